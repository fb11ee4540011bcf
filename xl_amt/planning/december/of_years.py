"""December's decision for lots and years that are described in cells rather than in a client's record."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, Final, NamedTuple

from xl_amt.arithmetic.lines import HALF_A_CENT
from xl_amt.equity.amounts import EquityAmounts
from xl_amt.equity.lots import Lot
from xl_amt.errors import ArgumentError
from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.household import Household
from xl_amt.planning.december.question import December
from xl_amt.planning.december.ways import Decision, day_of_qualifying_sale, last_trading_day
from xl_amt.planning.state_years import StateFacts
from xl_amt.planning.years import EquityYear, next_year

_CARRIED: Final = (
    "short_term_loss_carryover",
    "long_term_loss_carryover",
    "amt_short_term_loss_carryover",
    "amt_long_term_loss_carryover",
    "minimum_tax_credit",
)


class Asked(NamedTuple):
    """Years one after another, with the ISO spread of each, and the jurisdictions asked."""

    households: tuple[Household, ...]
    own_facts: tuple[Mapping[str, Any], ...]  # each year's, by the code of the state
    spreads: tuple[float, ...]  # dollars, those of the lots among them
    codes: tuple[str, ...]
    state_tax_given: Collection[int]  # the years that state the state income tax paid in them
    credit_left_at: float
    discount_rate: float


class Held(NamedTuple):
    """The question of a year, and that year with every share of it held."""

    question: December
    year: EquityYear


def held_in(asked: Asked, year: int) -> Held:
    """The question of the year of some lots; ArgumentError where it is none of those asked."""
    years = [own.year for own in asked.households]
    if year not in years:
        raise ArgumentError(f"years: the spread of the lots is income of {year}, which is not among them; add it.")
    states = tuple(
        StateFacts(TAX_SYSTEMS[code], tuple(own[code] for own in asked.own_facts))
        for code in asked.codes
        if code != "US"
    )
    facts = (asked.households[0], *(_following(*pair) for pair in pairwise(asked.households)))
    equity = {own: EquityAmounts(iso_spread=spread) for own, spread in zip(years, asked.spreads, strict=True)}
    given = frozenset(years if not states else asked.state_tax_given)
    before: list[EquityYear] = []
    for own in facts[: years.index(year)]:
        before.append(next_year(before, own, equity[own.year], (), states, given))
    question = December(
        facts=facts,
        equity=equity,
        codes=asked.codes,
        states=states,
        state_tax_given=given,
        before=tuple(before),
        credit_left_at=asked.credit_left_at,
        discount_rate=asked.discount_rate,
    )
    return Held(question, question.after({}, year)[0])


def _following(before: Household, own: Household) -> Household:
    """A year's facts, into which the year before carries its losses; after a joint return they are given again."""
    if before.status == "mfj" and own.status != "mfj":
        return own
    if any(getattr(own, name) for name in _CARRIED):
        raise ArgumentError(
            f"amounts: {own.year} gives a loss carryover or a minimum tax credit, which follows from {before.year}; "
            "leave it blank, or begin with that year."
        )
    return replace(own, amt_short_term_loss_carryover=None, amt_long_term_loss_carryover=None)


def year_of(lots: Sequence[Lot]) -> int:
    """The year whose AMT income the spread of the lots is; ArgumentError where they are of several, or not held."""
    years = {lot.income_day.year for lot in lots}
    if len(years) > 1:
        raise ArgumentError(
            f"lots: their spread is income of {min(years)} and of {max(years)}; ask of one year's lots."
        )
    (year,) = years
    for lot in lots:
        if lot.vested > last_trading_day(year):
            raise ArgumentError(
                f"lots: shares that vest on {lot.vested} cannot be sold by the end of {year}; leave them out."
            )
        if day_of_qualifying_sale(lot).year <= year:
            raise ArgumentError(
                f"lots: shares exercised on {lot.acquired} can be sold in a qualifying sale in {year} already; leave "
                "them out."
            )
    return year


def decision_of(held: Held, lots: Sequence[Lot], price: float | None, later_price: float) -> Decision:
    """The decision on lots; ArgumentError where a year is missing, or their spread is not in that of the year."""
    year, last = held.question.year, held.question.facts[-1].year
    through = max(day_of_qualifying_sale(lot).year for lot in lots)
    if through > last:
        raise ArgumentError(f"years: a qualifying sale is in {through}, and they end with {last}; add the years to it.")
    spread = sum(lot.shares * lot.spread for lot in lots)
    if spread > held.question.equity[year].iso_spread + HALF_A_CENT:
        raise ArgumentError(
            f"spreads: the lots alone have {spread:,.2f} of ISO spread in {year}, which is more than is given for it; "
            "give the whole spread of the year, with theirs in it."
        )
    return Decision(held.question, lots, price, later_price, held.year)
