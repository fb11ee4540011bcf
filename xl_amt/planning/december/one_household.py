"""The break-even of shares that were exercised this year, for one household that is described in a cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from xl_amt.equity.amounts import EquityAmounts, moved_by
from xl_amt.equity.lots import Lot
from xl_amt.equity.sales import sell
from xl_amt.forms.following_year import years_later
from xl_amt.forms.minimum_tax import MinimumTax
from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.household import Household
from xl_amt.planning.december.by_price import LaterSale, break_even
from xl_amt.planning.december.question import December
from xl_amt.planning.state_years import StateFacts


def break_even_of_shares(
    tax_returns: Sequence[MinimumTax],
    shares: float,
    prices: tuple[float, float, float],
    later_income: float,
    later_year: int,
    credit_left_at: float,
) -> float:
    """The price in a qualifying sale of a later year at which holding ISO shares equals selling them this year.

    ``prices`` are the strike, the value at exercise and what is paid for a share now. The returns, of one household in
    one or several jurisdictions, are those of the exercise's year without the shares. In every year after it the
    household is the same one, with ``later_income`` as its wages.
    """
    strike, fmv, price = prices
    first = tax_returns[0].facts
    exercised, last_day = date(first.year, 1, 1), date(first.year, 12, 31)
    lot = Lot("shares", "", "ISO", date(first.year - 1, 1, 1), exercised, shares, strike, fmv, vested=exercised)
    count = later_year - first.year
    facts = (first, *(_later(first, years, later_income) for years in range(1, count + 1)))
    question = December(
        facts=facts,
        equity={one.year: EquityAmounts(iso_spread=shares * lot.spread if one is first else 0.0) for one in facts},
        codes=tuple(each.jurisdiction for each in tax_returns),
        states=tuple(_state(each, count) for each in tax_returns if each.jurisdiction != "US"),
        state_tax_given=frozenset(one.year for one in facts),
        credit_left_at=credit_left_at,
    )
    sold = question.after({first.year: moved_by(sell(lot, price, last_day))}, later_year)
    now: Any = question.money(sold, {first.year: shares * price})
    (held,) = question.after({}, first.year)
    sale = LaterSale(lot, date(later_year, 12, 31))
    return break_even(question, now, held, [sale], later_year, prices)


def _later(first: Household, years: int, income: float) -> Household:
    """The household so many years later, with other wages; Medicare wages that are given change by as much."""
    later = replace(years_later(first, years), year=first.year + years, wages=income)
    if first.medicare_wages is None:
        return later
    medicare: Any = first.medicare_wages + (income - first.wages)
    return replace(later, medicare_wages=max(medicare, 0.0))


def _state(tax_return: MinimumTax, count: int) -> StateFacts:
    """A state's own facts from the year of the return on."""
    own = tax_return.own
    later = (None if own is None else years_later(own, years) for years in range(1, count + 1))
    return StateFacts(TAX_SYSTEMS[tax_return.jurisdiction], (own, *later))
