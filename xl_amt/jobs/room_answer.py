"""The room of one household, the shares that fill it, and what more would cost, in each jurisdiction asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from xl_amt.arithmetic.lines import of_one
from xl_amt.forms.minimum_tax import MinimumTax
from xl_amt.forms.tax_systems import TAX_SYSTEMS, limiting, tax_returns_of
from xl_amt.jobs.law_notes import law_notes
from xl_amt.law import Jurisdiction
from xl_amt.planning.deduction_choice import CheaperDeduction, cheaper_deduction
from xl_amt.planning.room import BEYOND, Rooms, rooms, shares_within
from xl_amt.reading.cells import not_negative, read_number
from xl_amt.reading.household import check_asked, read_household, read_jurisdiction, read_own_facts


class Beyond(NamedTuple):
    """What exercising beyond the room costs: the fraction beyond it, the whole spread, and the AMT on it."""

    fraction: float
    spread: float
    amt_by_jurisdiction: dict[str, float]

    @property
    def amt(self) -> float:
        """The AMT of all jurisdictions."""
        return sum(self.amt_by_jurisdiction.values())


class RoomAnswer(NamedTuple):
    """The answer for one household, in dollars and whole shares; what is by jurisdiction has its code as the key."""

    regular_tax: dict[str, float]
    rooms: Rooms
    shares: float | None  # none where no strike and no value are given
    amt_without_exercise: dict[str, float]
    beyond: list[Beyond]  # empty where there is no room to go beyond
    cheaper_deduction: CheaperDeduction | None  # of the federal return, at twice the room
    used: float = 0.0  # of the room, by this year's exercises
    notes: tuple[str, ...] = ()  # on the law that it rests on

    @property
    def room(self) -> float:
        """The room that binds."""
        return self.rooms.room

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

    ``jurisdiction`` may name several, as US+CA: the smallest room binds. ``spread_exercised``, in dollars, has used as
    much of the room already: the shares fit what is left.

    Raises AmtError where a worksheet function would refuse the household.

    >>> answer = answer_room(150_000, "single", 2021, {}, strike=0.07, fmv_at_exercise=0.74)
    >>> round(answer.room, 2), answer.shares
    (27480.77, 41016.0)
    """
    place = read_jurisdiction(jurisdiction, together=True)
    tax_returns = read_returns({"income": income, "status": status, "year": year}, dict(facts), place)
    found = rooms(tax_returns)
    shares = None
    if strike is not None and fmv_at_exercise is not None:
        named = {"strike": strike, "fmv_at_exercise": fmv_at_exercise}
        paid, value = (not_negative(read_number(amount, name), name) for name, amount in named.items())
        per_share = value - paid
        shares = min(of_one(shares_within(one, per_share, spread_exercised)) for one in limiting(tax_returns))
    start = max(found.room, spread_exercised)
    return RoomAnswer(
        regular_tax={one.jurisdiction: of_one(one.regular.tax) for one in tax_returns},
        rooms=found,
        shares=shares,
        amt_without_exercise=amt_of(tax_returns, 0.0),
        beyond=beyond(tax_returns, [(part, start + part * found.room) for part in BEYOND] if found.room else []),
        cheaper_deduction=cheaper_of_federal(tax_returns, found.room * 2),
        used=spread_exercised,
        notes=law_notes(place, year, tax_returns[0].facts.status),
    )


def read_returns(
    given: Mapping[str, Any], facts: Mapping[str, float | str], place: Jurisdiction
) -> tuple[MinimumTax, ...]:
    """A household's returns in the jurisdictions of a place; AmtError where a form refuses it."""
    household = read_household(dict(given), dict(facts), place.law_book)
    check_asked(dict(facts), place.codes)
    systems = [TAX_SYSTEMS[code] for code in place.codes]
    return tax_returns_of(household, [(system, read_own_facts(system, household, dict(facts))) for system in systems])


def amt_of(tax_returns: tuple[MinimumTax, ...], spread: float) -> dict[str, float]:
    """The AMT of each jurisdiction on a spread, in dollars."""
    return {one.jurisdiction: of_one(one.minimum_tax(spread).alternative_minimum_tax) for one in limiting(tax_returns)}


def beyond(tax_returns: tuple[MinimumTax, ...], spreads: Sequence[tuple[float, float]]) -> list[Beyond]:
    """What each spread costs, of those that are so much beyond the room."""
    return [Beyond(part, spread, amt_of(tax_returns, spread)) for part, spread in spreads]


def cheaper_of_federal(tax_returns: Sequence[MinimumTax], spread: float) -> CheaperDeduction | None:
    """The federal deduction that would cost less; None where none does, or the federal return is not asked for."""
    federal = next((one for one in tax_returns if one.jurisdiction == "US"), None)
    return cheaper_deduction(federal, spread) if federal else None
