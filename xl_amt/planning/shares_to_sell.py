"""How many of this year's exercised ISO shares to sell before the year ends, so that the rest owes no AMT.

A share sold in the year of its exercise leaves Form 6251 line 2i; its spread, or the gain where the price is below the
value at exercise, is wages (IRC 422(c)(2)), and the rest is short-term gain or loss.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import ceil
from typing import Any

from xl_amt.arithmetic.lines import given
from xl_amt.arithmetic.piecewise import Piecewise
from xl_amt.equity.lots import Lot
from xl_amt.equity.sales import Disposition, sell
from xl_amt.forms.us.form_6251 import HALF_A_CENT
from xl_amt.forms.us.total_tax import Return, return_of
from xl_amt.household import Household
from xl_amt.planning.unknown import DUST, first_without


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


def _after(year: Return, spread: float, share: Disposition, sold: Any, *, floored: bool = True) -> Any:
    """AMT once some of the shares are sold, or tentative less regular tax where that is not to be floored."""
    facts, left = with_sale(year.facts, spread, share, sold)
    form = return_of(facts, year.law).form_6251(left)
    return form.alternative_minimum_tax if floored else form.tentative_minimum_tax - form.regular_tax


def with_sale(facts: Household, spread: float, share: Disposition, sold: Any) -> tuple[Household, Any]:
    """The year's facts and spread once some shares are sold; ``sold`` may be a function of an unknown."""
    after = replace(
        facts,
        wages=facts.wages + sold * share.wages,
        medicare_wages=given(facts.medicare_wages, facts.wages),
        wages_already_taxed_by_amt=facts.wages_already_taxed_by_amt + sold * share.wages_already_taxed_by_amt,
        short_term_gain=facts.short_term_gain + sold * share.gain,
        amt_short_term_gain=given(facts.amt_short_term_gain, facts.short_term_gain) + sold * share.amt_gain,
    )
    return after, spread - sold * (share.lot.spread - share.iso_spread)
