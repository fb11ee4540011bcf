"""Sheet Gains: what each sale takes of each lot, its wages, gain and term under both systems."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from openpyxl import Workbook

from xl_amt.equity.sales import Disposition
from xl_amt.workbook import style
from xl_amt.workbook.book import Book, SoldRow
from xl_amt.workbook.tables.derived import At, DerivedColumn, write_derived

ABOUT: Final = (
    "One row per sale and lot. An ISO's wages are those of a disqualifying sale; an NSO's or RSU's basis includes the "
    "wages of its exercise or vesting."
)
_SALE: Final = (
    "Sold_shares", "Sold_strike", "Sold_value", "Sold_price", "Sold_granted", "Sold_acquired", "Sold_day",
    "Sold_vested", "Sold_value_at_vest", "Sold_83b", "Sold_loss_allowed",
)  # fmt: skip
_BASIS: Final = ("Sold_vested", "Sold_value_at_vest", "Sold_83b", "Sold_acquired")

Formula = Callable[[SoldRow, At], str | float | None]


def _figure(
    of_iso: Callable[[At], str], of_wages: Callable[[SoldRow, At], str], of_ledger: Callable[[Disposition], str | float]
) -> Formula:
    """The formula of an ISO's sale, or that of shares whose spread was wages; else the figure of the ledger."""

    def formula(row: SoldRow, at: At) -> str | float | None:
        if row.figures is not None:
            return of_ledger(row.figures)
        return f"={of_iso(at)}" if row.kind == "ISO" else f"={of_wages(row, at)}"

    return formula


def _of_iso(function: str, *more: str) -> Callable[[At], str]:
    return lambda at: f"{function}({','.join([*map(at, _SALE), *more])})"


def _gain_above_wages(row: SoldRow, at: At) -> str:
    """Proceeds less a basis of what was paid and the wages; a loss that is not allowed is none."""
    shares, strike, value = map(at, ("Sold_shares", "Sold_strike", "Sold_value"))
    basis = f'AMT_BASIS({shares},{strike},{value},"AMT",{",".join(map(at, _BASIS))})'
    gain = f"{shares}*{at('Sold_price')}-{basis}"
    return gain if row.loss_allowed else f"MAX(0,{gain})"


def _term_of_wages(_: SoldRow, at: At) -> str:
    return f'IF({at("Sold_day")}>=AMT_LONG_TERM_DATE({at("Sold_income_day")}),"long","short")'


def _term(sale: Disposition, *, is_long: bool) -> str:
    """Shares bought back that were never income are not the sale of a capital asset (Treas. Reg. 1.83-1(b)(2))."""
    if sale.lot.kind != "ISO" and not sale.lot.election_83b:
        return "ordinary"
    return "long" if is_long else "short"


def _taxed_before(row: SoldRow, at: At) -> str | float:
    if row.figures is not None:
        return row.figures.wages_already_taxed_by_amt
    return f"=MAX(0,{at('Sold_wages')}-{at('Sold_amt_income')})"


def _spread_left(row: SoldRow, at: At) -> str | float:
    if row.figures is not None:
        return row.figures.iso_spread
    return f"=MAX(0,{at('Sold_amt_income')}-{at('Sold_wages')})"


def _nothing(_: SoldRow, __: At) -> str:
    return "0"


COLUMNS: Final = (
    DerivedColumn("Sold_lot", "Lot sold from", None, lambda row: row.lot, width=38),
    DerivedColumn("Sold_company", "Company sold", None, lambda row: row.company, width=16),
    DerivedColumn("Sold_holder", "Holder", None, lambda row: row.holder, width=9),
    DerivedColumn("Sold_award", "Award", None, lambda row: row.kind, width=9),
    DerivedColumn("Sold_standing", "Done or planned", None, lambda row: row.standing, width=10),
    DerivedColumn("Sold_day", "Sold on", style.DAY, lambda row: row.day),
    DerivedColumn("Sold_shares", "Shares sold", style.SHARES, lambda row: row.shares, width=11),
    DerivedColumn("Sold_price", "Price, dollars per share", style.PRICE, lambda row: row.price, width=11),
    DerivedColumn("Sold_year", "Year of the sale", style.WHOLE, width=9,
                  formula=lambda _, at: f"=YEAR({at('Sold_day')})"),
    DerivedColumn("Sold_kind", "Kind of sale", None, width=15,
                  formula=_figure(_of_iso("AMT_SALE_KIND"), lambda *_: '"taxed as wages"', lambda sale: sale.kind)),
    DerivedColumn("Sold_wages", "Wages of the sale, dollars", style.DOLLARS,
                  formula=_figure(_of_iso("AMT_SALE_WAGES"), _nothing, lambda sale: sale.wages)),
    DerivedColumn("Sold_taxed_before", "Of them AMT income before (2k), dollars", style.DOLLARS,
                  formula=_taxed_before),
    DerivedColumn("Sold_spread", "AMT income beyond the wages (2i), dollars", style.DOLLARS, formula=_spread_left),
    DerivedColumn("Sold_gain", "Gain, regular tax, dollars", style.DOLLARS,
                  formula=_figure(_of_iso("AMT_SALE_GAIN"), _gain_above_wages, lambda sale: sale.gain)),
    DerivedColumn("Sold_term", "Term, regular tax", None, width=9,
                  formula=_figure(_of_iso("AMT_SALE_TERM"), _term_of_wages,
                                  lambda sale: _term(sale, is_long=sale.long_term))),
    DerivedColumn("Sold_amt_gain", "Gain, AMT, dollars", style.DOLLARS,
                  formula=_figure(_of_iso("AMT_SALE_AMT_GAIN"), _gain_above_wages, lambda sale: sale.amt_gain)),
    DerivedColumn("Sold_amt_term", "Term, AMT", None, width=9,
                  formula=_figure(_of_iso("AMT_SALE_TERM", '"AMT"'), _term_of_wages,
                                  lambda sale: _term(sale, is_long=sale.amt_long_term))),
    DerivedColumn("Sold_amt_income", "AMT income of a same-year sale, dollars", style.DOLLARS, is_working=True,
                  formula=_figure(_of_iso("AMT_SALE_AMT_INCOME"), _nothing, lambda _: 0.0)),
    DerivedColumn("Sold_granted", "Granted; acquired, where that is not known", style.DAY,
                  lambda row: row.granted or row.acquired, is_working=True),
    DerivedColumn("Sold_acquired", "Acquired", style.DAY, lambda row: row.acquired, is_working=True),
    DerivedColumn("Sold_vested", "Vested later, on", style.DAY, lambda row: row.vested, is_working=True),
    DerivedColumn("Sold_income_day", "Day of the spread's income", style.DAY, lambda row: row.income_day,
                  is_working=True),
    DerivedColumn("Sold_strike", "Strike, dollars per share", style.PRICE, lambda row: row.strike, is_working=True),
    DerivedColumn("Sold_value", "Value at exercise, dollars per share", style.PRICE, lambda row: row.value,
                  is_working=True),
    DerivedColumn("Sold_value_at_vest", "Value at vesting, dollars per share", style.PRICE,
                  lambda row: row.value_at_vest, is_working=True),
    DerivedColumn("Sold_83b", "83(b) election", None, lambda row: "yes" if row.election_83b else "no",
                  is_working=True),
    DerivedColumn("Sold_loss_allowed", "Loss allowed", None, lambda row: "yes" if row.loss_allowed else "no",
                  is_working=True),
)  # fmt: skip


def add_gains(workbook: Workbook, book: Book) -> None:
    """Add the sheet, one row per sale and lot; none where nothing is sold."""
    if book.sold:
        write_derived(workbook, book, "Gains", ABOUT, COLUMNS, book.sold)
