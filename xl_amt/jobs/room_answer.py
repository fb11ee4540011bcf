"""The room of one household, the shares that fill it, and what more would cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from xl_amt.arithmetic.lines import of_one
from xl_amt.forms.us.total_tax import tax_return_of
from xl_amt.law import Number, look_up, read_status
from xl_amt.planning.deduction_choice import CheaperDeduction, cheaper_deduction
from xl_amt.planning.room import BEYOND, shares_within
from xl_amt.reading.household import read_household, read_jurisdiction
from xl_amt.worksheet import call


class Beyond(NamedTuple):
    """What exercising beyond the room costs: the fraction beyond it, the whole spread, and the AMT on it."""

    fraction: float
    spread: float
    amt: float


class RoomAnswer(NamedTuple):
    """The answer for one household, in dollars and whole shares."""

    regular_tax: float
    room: float
    shares: float | None  # none where no strike and no value are given
    amt_without_exercise: float
    beyond: list[Beyond]  # empty where there is no room to go beyond
    cheaper_deduction: CheaperDeduction | None  # at twice the room
    law: Number  # the year's AMT exemption, which says whether its law is enacted
    used: float = 0.0  # of the room, by this year's exercises

    @property
    def room_left(self) -> float:
        """The room that this year's exercises have not used."""
        return max(self.room - self.used, 0.0)


def answer_room(
    income: float,
    status: str,
    year: int,
    facts: Mapping[str, float | str],
    *,
    jurisdiction: str = "US",
    strike: float | None = None,
    fmv_at_exercise: float | None = None,
    spread_exercised: float = 0.0,
) -> RoomAnswer:
    """The room of a household; with the strike and value of a share, in dollars, its whole shares too.

    ``spread_exercised``, in dollars, has used as much of the room already: the shares fit what is left.

    Raises AmtError where a worksheet function would refuse the household.

    >>> answer = answer_room(150_000, "single", 2021, {}, strike=0.07, fmv_at_exercise=0.74)
    >>> round(answer.room, 2), answer.shares
    (27480.77, 41016.0)
    """
    household = (income, status, year)
    described = (list(facts), list(facts.values()), jurisdiction)
    room = call("AMT_ROOM", *household, *described)
    regular_tax = call("AMT_REGULAR_TAX", *household, *described)
    shares = None if strike is None else call("AMT_ROOM_SHARES", *household, strike, fmv_at_exercise, *described)
    start = max(room, spread_exercised)
    spreads = [(part, start + part * room) for part in BEYOND] if room else []
    given = {"income": income, "status": status, "year": year}
    tax_return = tax_return_of(read_household(given, dict(facts), read_jurisdiction(jurisdiction).law_book))
    if spread_exercised and strike is not None and fmv_at_exercise is not None:
        shares = of_one(shares_within(tax_return, fmv_at_exercise - strike, spread_exercised))
    return RoomAnswer(
        regular_tax=regular_tax,
        room=room,
        shares=shares,
        amt_without_exercise=call("AMT_OWED", *household, 0, *described),
        beyond=[Beyond(part, spread, call("AMT_OWED", *household, spread, *described)) for part, spread in spreads],
        cheaper_deduction=cheaper_deduction(tax_return, room * 2),
        law=look_up("AMT exemption", read_status(status), year, read_jurisdiction(jurisdiction)),
        used=spread_exercised,
    )
