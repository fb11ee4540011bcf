"""What a year's exercises, vesting and sales put on its forms, whichever they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from xl_amt.equity.history import History
from xl_amt.equity.sales import Disposition
from xl_amt.equity.small_business import holding_dates
from xl_amt.errors import NotHeldError


@dataclass(slots=True)
class EquityAmounts:
    """What one year's exercises, vesting and sales put on the forms, in dollars."""

    iso_spread: float = 0.0  # Form 6251 line 2i
    wages: float = 0.0  # of NSOs exercised and RSUs vested: also Medicare wages
    disqualifying_wages: float = 0.0  # no Medicare wages (IRC 3121(a)(22))
    wages_already_taxed_by_amt: float = 0.0  # of them, what was AMT income before (line 2k)
    short_term_gain: float = 0.0
    long_term_gain: float = 0.0
    amt_short_term_gain: float = 0.0
    amt_long_term_gain: float = 0.0
    disallowed_loss: float = 0.0  # neither deducted nor carried
    amt_disallowed_loss: float = 0.0
    strike_paid: float = 0.0
    proceeds: float = 0.0
    has_sales: bool = False


def amounts_of(history: History, of_years: Iterable[int]) -> dict[int, EquityAmounts]:
    """What each of the years takes from a portfolio's lots and sales."""
    amounts = {year: EquityAmounts() for year in of_years}
    left_line_2i: dict[str, float] = {}  # shares of a lot sold in the year of its AMT income
    for sale in history.sales:
        if sale.kind == "same-year":
            left_line_2i[sale.lot.label] = left_line_2i.get(sale.lot.label, 0.0) + sale.lot.shares
        if (year := amounts.get(sale.day.year)) is not None:
            _add_sale(year, sale)
    for lot in history.lots:
        if (year := amounts.get(lot.acquired.year)) is not None:
            year.strike_paid += lot.shares * lot.strike
        if (year := amounts.get(lot.income_day.year)) is not None:
            if lot.kind == "ISO":
                year.iso_spread += (lot.shares - left_line_2i.get(lot.label, 0.0)) * lot.spread
            else:
                year.wages += lot.shares * lot.spread
    return amounts


def _add_sale(year: EquityAmounts, sale: Disposition) -> None:
    _refuse_exclusion(sale)
    year.has_sales = True
    year.proceeds += sale.proceeds
    year.disqualifying_wages += sale.wages
    year.disallowed_loss += sale.disallowed_loss
    year.amt_disallowed_loss += sale.amt_disallowed_loss
    year.iso_spread += sale.iso_spread
    year.wages_already_taxed_by_amt += sale.wages_already_taxed_by_amt
    if sale.long_term:
        year.long_term_gain += sale.gain
    else:
        year.short_term_gain += sale.gain
    if sale.amt_long_term:
        year.amt_long_term_gain += sale.amt_gain
    else:
        year.amt_short_term_gain += sale.amt_gain


def _refuse_exclusion(sale: Disposition) -> None:
    lot = sale.lot
    if not lot.qualified_small_business or sale.gain <= 0.0:
        return
    # when shares exercised early count as acquired is not settled: the earlier end of the holding period refuses
    if sale.day >= min(holding_dates(acquired)[0].day for acquired in (lot.acquired, lot.vested)):
        raise NotHeldError(
            f"{lot.label}: part of the gain of the sale of {sale.day} may be excluded as qualified small business "
            "stock (IRC 1202), which is not figured; leave the sale out, or say that the stock is none."
        )
