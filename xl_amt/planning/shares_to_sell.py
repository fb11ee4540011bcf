"""How many of this year's exercised ISO shares to sell before the year ends, so the rest owes no AMT.

A share sold in the year of its exercise leaves Form 6251 line 2i; its spread, or the gain where the price is below the
value at exercise, is wages (IRC 422(c)(2)), and the rest is short-term gain or loss.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from math import ceil

from xl_amt.arithmetic.lines import HALF_A_CENT, Line, given
from xl_amt.arithmetic.piecewise import Piecewise
from xl_amt.equity.lots import Lot
from xl_amt.equity.sales import Disposition, sell
from xl_amt.forms.minimum_tax import MinimumTax
from xl_amt.forms.tax_systems import limiting
from xl_amt.household import Household
from xl_amt.planning.unknown import DUST, excess_of, first_without, owed


def sale_of_a_share(year: int, strike: float, fmv: float, price: float) -> Disposition:
    """The sale, by the end of a year, of one ISO share exercised and vested in that year, in dollars per share."""
    day = date(year, 12, 31)
    return sell(Lot("shares", "", "ISO", day, day, 1.0, strike, fmv, vested=day), price, day)


def shares_to_sell(tax_returns: Sequence[MinimumTax], spread: float, most: float, share: Disposition) -> float | None:
    """Fewest whole shares, of so many at most, without which the year owes no AMT; None where none do.

    The returns, of one household in one or several jurisdictions, and ``spread`` are those without the sale, and the
    spread holds that of the shares; ``share`` is the sale of one of them.
    """
    tax_returns = limiting(tuple(tax_returns))

    def owed_after(sold: float) -> float:
        return owed(*_after(tax_returns, spread, share, sold))

    if owed_after(0.0) < HALF_A_CENT:
        return 0.0
    sold = first_without(excess_of(*_after(tax_returns, spread, share, Piecewise.unknown(most))))
    if sold is None:
        return None
    whole = float(ceil(sold - DUST))
    while whole > 0.0 and owed_after(whole - 1.0) < HALF_A_CENT:
        whole -= 1.0
    while owed_after(whole) >= HALF_A_CENT:
        whole += 1.0
        if whole > most:
            return None
    return whole


def _after(
    tax_returns: Sequence[MinimumTax], spread: Line, share: Disposition, sold: Line
) -> tuple[list[MinimumTax], Line]:
    """The returns, and the spread that is left, once some of the shares are sold."""
    facts, left = with_sale(tax_returns[0].facts, spread, share, sold)
    return [tax_return.with_facts(facts) for tax_return in tax_returns], left


def with_sale(facts: Household, spread: Line, share: Disposition, sold: Line) -> tuple[Household, Line]:
    """The year's facts and spread once some shares are sold; ``sold`` may be a function of an unknown."""
    return with_sales(facts, spread, [(share, sold)])


def with_sales(facts: Household, spread: Line, sales: Sequence[tuple[Disposition, Line]]) -> tuple[Household, Line]:
    """The same for several sales: each that of one share, with the number of such shares that are sold."""

    def added(amount: Callable[[Disposition], float]) -> Line:
        return sum((sold * amount(share) for share, sold in sales), 0.0)

    after = replace(
        facts,
        wages=facts.wages + added(lambda share: share.wages),
        medicare_wages=given(facts.medicare_wages, facts.wages),
        wages_already_taxed_by_amt=facts.wages_already_taxed_by_amt
        + added(lambda share: share.wages_already_taxed_by_amt),
        short_term_gain=facts.short_term_gain + added(lambda share: share.gain),
        amt_short_term_gain=given(facts.amt_short_term_gain, facts.short_term_gain)
        + added(lambda share: share.amt_gain),
    )
    return after, spread - added(lambda share: share.lot.spread - share.iso_spread)
