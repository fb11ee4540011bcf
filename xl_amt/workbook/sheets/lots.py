"""Sheet Lots: the shares of each exercise and vesting, with both bases and the days of both clocks."""

from __future__ import annotations

from typing import Final

from openpyxl import Workbook

from xl_amt.workbook import style
from xl_amt.workbook.book import Book, LotRow
from xl_amt.workbook.tables.derived import At, DerivedColumn, write_derived

ABOUT: Final = (
    "What the grants, exercises, vesting and sales add up to, by lot, through the end of the last year. Bases are "
    "those of the shares still held, in dollars."
)


def _spread(_: LotRow, at: At) -> str:
    value = at("Lot_value")
    return f'=IF({value}="","",AMT_BARGAIN({at("Lot_income_shares")},{at("Lot_strike")},{value}))'


def _basis(at: At, system: str) -> str:
    """The basis of the shares held; "" where the value is not known, or is nothing."""
    value = at("Lot_value")
    return f'=IF(N({value})=0,"",AMT_BASIS({at("Lot_held")},{at("Lot_strike")},{value},"{system}"))'


def _long_term_from(row: LotRow, at: At) -> str:
    """An ISO counts from vesting, even with an election under IRC 83(b); other awards from the day of the income."""
    clock = f"MAX({at('Lot_acquired')},{at('Lot_vested')})" if row.kind == "ISO" else at("Lot_income_day")
    return f"=AMT_LONG_TERM_DATE({clock})"


def _qualifies_from(row: LotRow, at: At) -> str | None:
    """Of a grant that is not known, the day that qualifies whenever it was: it cannot be after the exercise."""
    granted = at("Lot_granted" if row.granted else "Lot_acquired")
    return f"=AMT_QUALIFYING_DATE({granted},{at('Lot_acquired')})" if row.kind == "ISO" else None


COLUMNS: Final = (
    DerivedColumn("Lot_name", "Lot", None, lambda row: row.name, width=38),
    DerivedColumn("Lot_company", "Company", None, lambda row: row.company, width=16),
    DerivedColumn("Lot_holder", "Holder", None, lambda row: row.holder, width=9),
    DerivedColumn("Lot_grant", "Grant", None, lambda row: row.grant, width=12, is_working=True),
    DerivedColumn("Lot_kind", "Taxed as", None, lambda row: row.kind, width=9),
    DerivedColumn("Lot_standing", "Done or planned", None, lambda row: row.standing, width=10),
    DerivedColumn("Lot_granted", "Granted", style.DAY, lambda row: row.granted, is_working=True),
    DerivedColumn("Lot_acquired", "Acquired", style.DAY, lambda row: row.acquired),
    DerivedColumn("Lot_vested", "Vested later, on", style.DAY, lambda row: row.vested),
    DerivedColumn("Lot_income_day", "Day of the spread's income", style.DAY, lambda row: row.income_day),
    DerivedColumn("Lot_shares", "Shares acquired", style.SHARES, lambda row: row.shares, width=11),
    DerivedColumn("Lot_held", "Shares still held", style.SHARES, lambda row: row.held, width=11),
    DerivedColumn("Lot_income_shares", "Shares whose spread is income that day", style.SHARES,
                  lambda row: row.income_shares, width=12),
    DerivedColumn("Lot_strike", "Strike, dollars per share", style.PRICE, lambda row: row.strike, width=11),
    DerivedColumn("Lot_value", "Value that day, dollars per share", style.PRICE, lambda row: row.value, width=11),
    DerivedColumn("Lot_year", "Year of the income", style.WHOLE, width=9,
                  formula=lambda _, at: f"=YEAR({at('Lot_income_day')})"),
    DerivedColumn("Lot_spread", "Spread in that year's income, dollars", style.DOLLARS, formula=_spread),
    DerivedColumn("Lot_regular_basis", "Basis held, regular tax, dollars", style.DOLLARS,
                  formula=lambda row, at: _basis(at, "regular" if row.kind == "ISO" else "AMT")),
    DerivedColumn("Lot_amt_basis", "Basis held, AMT, dollars", style.DOLLARS, formula=lambda _, at: _basis(at, "AMT")),
    DerivedColumn("Lot_long_term_from", "Long-term from", style.DAY, formula=_long_term_from),
    DerivedColumn("Lot_qualifies_from", "ISO sale qualifies from", style.DAY, formula=_qualifies_from),
)  # fmt: skip


def add_lots(workbook: Workbook, book: Book) -> None:
    """Add the sheet, one row per lot; none for a client without lots or grants, of which a plan would make some."""
    if book.lots or any(holding.grants for holding in book.record.holdings):
        write_derived(workbook, book, "Lots", ABOUT, COLUMNS, book.lots)
