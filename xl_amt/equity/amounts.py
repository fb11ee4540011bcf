"""What a year's exercises, vesting and sales put on its forms, whichever they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Final

from xl_amt.equity.ledger import History
from xl_amt.equity.lots import Lot, LotKey
from xl_amt.equity.sales import Disposition
from xl_amt.equity.small_business import holding_dates
from xl_amt.errors import NotHeldError

_PART_OF_A_SHARE: Final = 1e-9  # less is what binary fractions of thirds of shares are off


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
    ordinary_gain: float = 0.0  # of repurchases, neither wages nor capital (Treas. Reg. 1.83-1(b)(2)); a loss below 0
    disallowed_loss: float = 0.0  # neither deducted nor carried
    amt_disallowed_loss: float = 0.0
    strike_paid: float = 0.0
    proceeds: float = 0.0
    has_sales: bool = False


def amounts_of(history: History, of_years: Iterable[int]) -> dict[int, EquityAmounts]:
    """What each of the years takes from a portfolio's lots and sales."""
    amounts = {year: EquityAmounts() for year in of_years}
    no_income = shares_without_income(history)
    for sale in history.sales:
        if (year := amounts.get(sale.day.year)) is not None:
            _add_sale(year, sale)
    for lot in history.lots:
        if (year := amounts.get(lot.acquired.year)) is not None:
            year.strike_paid += lot.shares * lot.strike
        if (year := amounts.get(lot.income_day.year)) is not None:
            income = income_at_its_day(lot, no_income)
            if lot.kind == "ISO":
                year.iso_spread += income
            else:
                year.wages += income
    return amounts


def shares_without_income(history: History) -> dict[LotKey, float]:
    """Shares of each lot, as acquired, whose spread is no income of the lot's day.

    Those sold in the year of the AMT income leave line 2i; those that never vested have none.
    """
    shares = never_vested(history)
    for sale in history.sales:
        if sale.kind == "same-year":
            _add_shares(shares, sale)
    return shares


def never_vested(history: History) -> dict[LotKey, float]:
    """Shares that the company took back before they vested, with no election: their spread never is income."""
    shares: dict[LotKey, float] = {}
    for sale in history.sales:
        if sale.kind == "repurchase" and sale.lot.is_taxed_at_vesting:
            _add_shares(shares, sale)
    return shares


def income_at_its_day(lot: Lot, no_income: dict[LotKey, float]) -> float:
    """The spread of a lot in dollars, less so many shares, as acquired, that are no income."""
    shares = income_shares(lot, no_income)
    return shares * (lot.spread * lot.split_by) if shares else 0.0


def income_shares(lot: Lot, no_income: dict[LotKey, float]) -> float:
    """The shares of a lot, as acquired, whose spread is income on the lot's day."""
    shares = lot.shares / lot.split_by - no_income.get(lot.key, 0.0)
    return shares if shares > _PART_OF_A_SHARE else 0.0


def total_of(amounts: Sequence[EquityAmounts]) -> EquityAmounts:
    """The sum of what several portfolios put on one year's forms."""
    first, *others = amounts
    if not others:
        return first
    total = EquityAmounts()
    for own in amounts:
        for item in fields(EquityAmounts):
            setattr(total, item.name, getattr(total, item.name) + getattr(own, item.name))
    total.has_sales = any(own.has_sales for own in amounts)
    return total


def moved_by(sale: Disposition) -> EquityAmounts:
    """What a sale changes of its year's amounts; one in the year of the AMT income takes that off line 2i.

    >>> from datetime import date
    >>> from xl_amt.equity.lots import Lot
    >>> from xl_amt.equity.sales import sell
    >>> day = date(2024, 3, 1)
    >>> moved = moved_by(sell(Lot("ES-1", "ES-1", "ISO", day, day, 100, 2.0, 42.0, vested=day), 30.0, day))
    >>> moved.iso_spread, moved.disqualifying_wages
    (-4000.0, 2800.0)
    """
    moved = EquityAmounts()
    _add_sale(moved, sale)
    if sale.kind == "same-year":
        moved.iso_spread -= sale.lot.shares * sale.lot.spread
    return moved


def _add_shares(to: dict[LotKey, float], sale: Disposition) -> None:
    to[sale.lot.key] = to.get(sale.lot.key, 0.0) + sale.lot.shares / sale.lot.split_by


def _add_sale(year: EquityAmounts, sale: Disposition) -> None:
    _refuse_exclusion(sale)
    year.proceeds += sale.proceeds
    if sale.kind == "repurchase" and sale.lot.kind != "ISO" and not sale.lot.election_83b:
        year.ordinary_gain += sale.gain
        return
    year.has_sales = True
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
            f"{lot.label}: part of the gain on the sale of {sale.day} may be excluded as qualified small business "
            "stock (IRC 1202), which is not figured; leave the sale out, or state that the stock does not qualify."
        )
