"""The answer for one client and year: the room, the shares that fill it, and what more would cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xl_amt.arithmetic.lines import of_one
from xl_amt.forms.us.total_tax import tax_return_of
from xl_amt.jobs.room_answer import BEYOND, Beyond
from xl_amt.planning.deduction_choice import CheaperDeduction, cheaper_deduction
from xl_amt.planning.filling import FilledGrant, fill_room
from xl_amt.planning.room import amt_room
from xl_amt.reading.household import read_household

if TYPE_CHECKING:
    from xl_amt.workbook import ClientFacts


class RoomReport(NamedTuple):
    """The answer for one client and year, in dollars and whole shares."""

    regular_tax: float
    amt_without_exercise: float
    room: float
    filled: list[FilledGrant]
    shares_under_water: int
    beyond: list[Beyond]
    cheaper_deduction: CheaperDeduction | None  # at the largest of the spreads beyond the room

    @property
    def shares(self) -> int:
        """All shares that can be exercised with no AMT."""
        return sum(item.shares for item in self.filled)


def report_room(client: ClientFacts) -> RoomReport:
    """The room, the shares of each grant that fill it, and what more would cost.

    Beyond the room is counted from the room; for a client already in AMT there is none, and from the spread of
    all exercisable ISO shares. A client without wages has wages of 0.
    """
    household = read_household(
        {"income": client.wages, "status": client.status, "year": client.year}, dict(client.facts)
    )
    tax_return = tax_return_of(household)
    room = of_one(amt_room(tax_return))
    value = client.value_per_share or 0.0
    exercisable = sum(
        grant.shares_exercisable * max(value - grant.strike, 0.0)
        for grant in client.grants
        if grant.option_type == "ISO"
    )
    spreads = [room * (1.0 + part) if room else exercisable * part for part in BEYOND]
    return RoomReport(
        regular_tax=of_one(tax_return.regular.tax),
        amt_without_exercise=of_one(tax_return.minimum_tax(0.0).alternative_minimum_tax),
        room=room,
        filled=fill_room(client.grants, value, tax_return),
        shares_under_water=sum(
            grant.shares_exercisable for grant in client.grants if grant.option_type == "ISO" and grant.strike >= value
        ),
        cheaper_deduction=cheaper_deduction(tax_return, spreads[-1]),
        beyond=[
            Beyond(part, spread, of_one(tax_return.minimum_tax(spread).alternative_minimum_tax))
            for part, spread in zip(BEYOND, spreads, strict=True)
        ],
    )
