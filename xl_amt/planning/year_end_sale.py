"""How many of this year's exercised ISO shares to sell by 31 December, so that the rest owes no AMT.

A share sold in the year of its exercise leaves Form 6251 line 2i; its spread, or the gain where the price is below the
value at exercise, is wages (IRC 422(c)(2)), and the rest is short-term gain or loss.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import ceil
from typing import Any, NamedTuple

from xl_amt.equity.history import follow, lots_called
from xl_amt.equity.lots import Lot
from xl_amt.equity.portfolio import Portfolio
from xl_amt.equity.sales import Disposition, sell
from xl_amt.equity.years import years
from xl_amt.forms.form_6251 import HALF_A_CENT
from xl_amt.forms.piecewise import Piecewise
from xl_amt.forms.schedule_d import amt_amount, has_amt_gains
from xl_amt.forms.total_tax import Return, return_of
from xl_amt.household import Household
from xl_amt.planning.unknown import DUST, first_without


class SharesOfLot(NamedTuple):
    """Whole shares of one lot, with their sale."""

    lot: Lot
    shares: int
    sale: Disposition


def sale_of_a_share(year: int, strike: float, fmv: float, price: float) -> Disposition:
    """The sale, by the end of a year, of one ISO share exercised and vested in that year, in dollars per share."""
    day = date(year, 12, 31)
    return sell(Lot("shares", "", "ISO", day, day, 1.0, strike, fmv, vested=day), price, day)


def shares_to_sell(year: Return, spread: float, most: float, share: Disposition) -> float | None:
    """Fewest whole shares, of so many at most, without which the year owes no AMT; None where none do.

    ``year`` and ``spread`` are those without the sale, and the spread holds that of the shares; ``share`` is the sale
    of one of them.
    """
    if _after(year, spread, share, 0.0) < HALF_A_CENT:
        return 0.0
    sold = first_without(_after(year, spread, share, Piecewise.unknown(most), floored=False))
    if sold is None:
        return None
    whole = float(ceil(sold - DUST))
    while whole > 0.0 and _after(year, spread, share, whole - 1.0) < HALF_A_CENT:
        whole -= 1.0
    while _after(year, spread, share, whole) >= HALF_A_CENT:
        whole += 1.0
        if whole > most:
            return None
    return whole


def sales_without_amt(
    portfolio: Portfolio, facts: Household, price: float, lots: Sequence[str] = ()
) -> list[SharesOfLot] | None:
    """The shares to sell at a price by 31 December, lot after lot, so that the year owes no AMT; None if none do.

    ``facts`` hold the rest of that year. Lots whose spread is AMT income of the year are sold in the order of
    ``lots``, labels as in `Sale`; with none, the oldest first. A lot whose sale would be qualifying is left alone:
    its spread would stay.

    >>> from xl_amt.equity.grants import Grant
    >>> from xl_amt.equity.portfolio import Exercise
    >>> grant = Grant("ES-1", "ISO", date(2023, 1, 15), 1.0, 10_000, fmv_at_grant=1.0)
    >>> portfolio = Portfolio((grant,), (Exercise("ES-1", date(2024, 3, 1), 10_000, fmv=11.0),))
    >>> sold = sales_without_amt(portfolio, Household(2024, "single", 150_000.0), price=9.0)
    >>> [(item.lot.label, item.shares) for item in sold]
    [('ES-1 / 2024-03-01 / ISO vesting 2023-01-15', 7041)]
    """
    last_day = date(facts.year, 12, 31)
    this_year = portfolio.until(last_day)
    (begun,) = years(this_year, [facts])
    year, spread = begun.tax_return, begun.iso_spread
    chosen: list[SharesOfLot] = []
    if year.form_6251(spread).alternative_minimum_tax < HALF_A_CENT:
        return chosen
    for lot in lots_called(follow(this_year, last_day).held, lots, f"the sale of {last_day}"):
        if lot.kind != "ISO" or lot.income_day.year != facts.year or lot.vested > last_day:
            continue
        share = sell(lot.of(1), price, last_day)
        if share.kind != "same-year":
            continue
        shares = shares_to_sell(year, spread, lot.shares, share)
        enough = shares is not None
        sold = lot.shares if shares is None else shares
        chosen.append(SharesOfLot(lot, int(sold), sell(lot.of(sold), price, last_day)))
        if enough:
            return chosen
        left, spread = _with_sale(year.facts, spread, share, sold)
        year = return_of(left, year.law)
    return None


def _after(year: Return, spread: float, share: Disposition, sold: Any, *, floored: bool = True) -> Any:
    """AMT once some of the shares are sold, or tentative less regular tax where that is not to be floored."""
    facts, left = _with_sale(year.facts, spread, share, sold)
    form = return_of(facts, year.law).form_6251(left)
    return form.alternative_minimum_tax if floored else form.tentative_minimum_tax - form.regular_tax


def _with_sale(facts: Household, spread: float, share: Disposition, sold: Any) -> tuple[Household, Any]:
    """The year's facts and spread once some shares are sold; ``sold`` may be a function of an unknown."""
    after = replace(
        facts,
        wages=facts.wages + sold * share.wages,
        medicare_wages=facts.wages if facts.medicare_wages is None else facts.medicare_wages,
        wages_already_taxed_by_amt=facts.wages_already_taxed_by_amt + sold * max(share.wages - share.amt_income, 0.0),
        short_term_gain=facts.short_term_gain + sold * share.gain,
    )
    if has_amt_gains(facts) or share.amt_gain != share.gain:
        amt_gain = amt_amount(facts.amt_short_term_gain, facts.short_term_gain)
        after = replace(after, amt_short_term_gain=amt_gain + sold * share.amt_gain)
    return after, spread - sold * (share.lot.spread - max(share.amt_income - share.wages, 0.0))
