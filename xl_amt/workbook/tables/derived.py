"""A table that follows from the record: its rows are the ledger's, and its figures are formulas next to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import define, put, put_section, put_text
from xl_amt.workbook.page import open_sheet
from xl_amt.workbook.tables.write import CLOSING_HEIGHT, FIRST_ROW, HEADER_ROW, TOTALS_ROW

At = Callable[[str], str]
"""Gives the address of a cell of the same row, by the name of its column."""


class DerivedColumn(NamedTuple):
    """A column: its defined name, its words, and what of a row of the ledger stands in it, or the formula there.

    Of a column of words, ``number_format`` is None; a working is folded next to the others.
    """

    name: str
    header: str
    number_format: str | None
    value: Callable[[Any], str | float | date | None] | None = None
    formula: Callable[[Any, At], str | float | None] | None = None
    width: float = 13
    is_working: bool = False


def write_derived(
    workbook: Workbook,
    book: Book,
    title: str,
    about: str,
    columns: Sequence[DerivedColumn],
    rows: Iterable[Any],
) -> None:
    """Add the sheet of a table, a row each; there is a name for each column and for the whole table."""
    sheet = open_sheet(workbook, book, title, title, [column.width for column in columns], landscape=True)
    letters = {column.name: get_column_letter(place) for place, column in enumerate(columns, 1)}
    last = get_column_letter(len(columns))
    put(sheet, "A4", about, style.PLAIN_FORMULA)
    put_section(sheet, TOTALS_ROW, "A", last, title)
    for column in columns:
        look = style.UNIT_HEADER if column.number_format is None else style.NUMBER_HEADER
        put(sheet, f"{letters[column.name]}{HEADER_ROW}", column.header, look)
    sheet.row_dimensions[HEADER_ROW].height = 64
    line = HEADER_ROW
    for line, row in enumerate(rows, FIRST_ROW):
        for column in columns:
            _put(sheet, column, row, line, letters)
    if line == HEADER_ROW:  # a blank row, like which an update makes others
        line = FIRST_ROW
        for column in columns:
            look = style.WORDS_BESIDE if column.number_format is None else style.FORMULA
            put(sheet, f"{letters[column.name]}{line}", None, look, column.number_format or style.GENERAL)
    closing = line + 1
    for column in columns:
        letter = letters[column.name]
        put(sheet, f"{letter}{closing}", None, style.CLOSING)
        define(sheet, column.name, f"{letter}{FIRST_ROW}:{letter}{closing}")
        if column.is_working:
            dimension = sheet.column_dimensions[letter]
            dimension.hidden, dimension.outlineLevel = True, 1
    sheet.row_dimensions[closing].height = CLOSING_HEIGHT
    define(sheet, f"{title}_table", f"A{HEADER_ROW}:{last}{closing}")
    sheet.freeze_panes = f"B{FIRST_ROW}"
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"


def _put(sheet: Worksheet, column: DerivedColumn, row: Any, line: int, letters: dict[str, str]) -> None:
    address = f"{letters[column.name]}{line}"
    look = style.WORDS_BESIDE if column.number_format is None else style.FORMULA
    if column.formula is None:
        assert column.value is not None
        value = column.value(row)
        if isinstance(value, str):
            put_text(sheet, address, value, look)
            return
    else:
        value = column.formula(row, lambda name: f"${letters[name]}{line}")
    put(sheet, address, value, look, column.number_format or style.GENERAL)
