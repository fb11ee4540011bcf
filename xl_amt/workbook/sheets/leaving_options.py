"""The options left by day of vesting, at the foot of the sheet Leaving: a table that follows from the record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final, NamedTuple

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.workbook import style
from xl_amt.workbook.book import Book, OptionsLeft
from xl_amt.workbook.cells import define, put, put_headers, put_section, put_text
from xl_amt.workbook.tables.write import CLOSING_HEIGHT

TABLE: Final = "Options_left_table"


class _Column(NamedTuple):
    name: str
    header: str
    number_format: str | None  # None for words
    value: Callable[[OptionsLeft], str | float | date | None]


COLUMNS: Final = (
    _Column("Left_grant", "Grant of the options left", None, lambda row: row.grant),
    _Column("Left_company", "Company of the options", None, lambda row: row.company),
    _Column("Left_holder", "Whose options", None, lambda row: row.holder),
    _Column("Left_vests", "Vest on", style.DAY, lambda row: row.vests),
    _Column("Left_isos", "ISOs left", style.SHARES, lambda row: row.isos),
    _Column("Left_nsos", "NSOs left", style.SHARES, lambda row: row.nsos),
    _Column("Left_strike", "Strike of them", style.PRICE, lambda row: row.strike),
    _Column("Left_ends", "Options end", style.DAY, lambda row: row.ends),
    _Column("Left_term", "ISO at most until", style.DAY, lambda row: row.iso_term),
    _Column("Left_disqualified", "No ISO from", style.DAY, lambda row: row.disqualified),
)


def put_options(sheet: Worksheet, book: Book, section: int) -> None:
    """Write the table under its section's title: nothing stands beneath it, so that it can grow."""
    letters = [get_column_letter(place) for place in range(1, len(COLUMNS) + 1)]
    put_section(sheet, section, "A", letters[-1], "Workings, not printed: options that nothing done has exercised")
    header = section + 1
    put_headers(sheet, header, "A", [column.header for column in COLUMNS], words=3, height=32)
    rows = book.options_left or (None,)  # a blank row, like which an update makes others
    for line, row in enumerate(rows, header + 1):
        for letter, column in zip(letters, COLUMNS, strict=True):
            value = column.value(row) if row else None
            look = style.PLAIN_LINK if column.number_format is None else style.PLAIN_FORMULA
            if isinstance(value, str):
                put_text(sheet, f"{letter}{line}", value, look)
            else:
                put(sheet, f"{letter}{line}", value, look, column.number_format or style.GENERAL)
    closing = header + len(rows) + 1
    for letter, column in zip(letters, COLUMNS, strict=True):
        put(sheet, f"{letter}{closing}", None, style.CLOSING_OF_WHAT_IS_DERIVED)
        define(sheet, column.name, f"{letter}{header + 1}:{letter}{closing}")
    sheet.row_dimensions[closing].height = CLOSING_HEIGHT
    define(sheet, TABLE, f"A{header}:{letters[-1]}{closing}")
