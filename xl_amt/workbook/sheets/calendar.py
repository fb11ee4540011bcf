"""Sheet Calendar: what is due on which day, and what is planned, one row each, with a tick for what is done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.calendar.due import Due
from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import allow_list, define, flag, put, put_headers, put_text, span
from xl_amt.workbook.page import open_sheet

HEADERS_ROW: Final = 6
FIRST_ROW: Final = HEADERS_ROW + 1
HEADERS: Final = ("Done", "Day", "What is due", "Grant or company", "In detail", "Rests on")
WIDTHS: Final = (8, 14, 46, 20, 78, 26, 9)
ORDER: Final = "G"  # the place among what is still to be done, for the Summary; not printed
DONE: Final = "yes"
DONE_MESSAGE: Final = "Enter yes for what is done, or leave it blank."
OF_ITSELF: Final = frozenset({"vesting"})  # kinds that need nobody's doing


def add_calendar(workbook: Workbook, book: Book) -> None:
    """Add the sheet, in the order of the days.

    A row has no height of its own: a spreadsheet fits it to its words, those of a later update too.
    """
    sheet = open_sheet(workbook, book, "Calendar", "Calendar", widths=WIDTHS, landscape=True)
    put(sheet, "A4", _in_words(book), style.NOTE)
    put_headers(sheet, HEADERS_ROW, "A", HEADERS, words=len(HEADERS), height=20)
    put(sheet, f"{ORDER}{HEADERS_ROW}", "To do", style.NUMBER_HEADER)
    spare = FIRST_ROW + len(book.due)
    closing = spare + 1
    for row, due in enumerate(book.due, start=FIRST_ROW):
        _put_due(sheet, row, due)
    _put_row(sheet, spare, None, ("", "", "", ""))  # an update fills it, and makes further rows like it
    put(sheet, f"{ORDER}{spare}", _order(spare), style.PLAIN_FORMULA, style.COUNT)
    for column in "ABCDEF":
        put(sheet, f"{column}{closing}", None, style.CLOSING_OF_WHAT_IS_DERIVED)
    sheet.row_dimensions[closing].height = 6
    rows = range(FIRST_ROW, closing + 1)
    names = dict(zip("ABCDEFG", ("done", "day", "what", "subject", "detail", "source", "order"), strict=True))
    for column, name in names.items():
        define(sheet, f"Due_{name}", span(column, rows))
    define(sheet, "Calendar_table", f"A{HEADERS_ROW}:F{closing}")
    allow_list(sheet, f"A{FIRST_ROW}:A{closing}", (DONE,), DONE_MESSAGE)
    flag(sheet, f"A{FIRST_ROW}:F{closing}", f'$A{FIRST_ROW}<>""', style.DIMMED)
    sheet.freeze_panes = f"A{FIRST_ROW}"
    sheet.print_title_rows = f"{HEADERS_ROW}:{HEADERS_ROW}"
    sheet.print_area = f"A1:F{closing}"


def _in_words(book: Book) -> str:
    if not book.due:
        return "Nothing is due for this record yet: it needs a year and a holding."
    return "Type yes next to what is done; the next open entries are on the Summary."


def _put_row(sheet: Worksheet, row: int, day: date | None, words: Sequence[str]) -> None:
    put_text(sheet, f"A{row}", "", style.INPUT.to_the("center").at_the_top())
    put(sheet, f"B{row}", day, style.FORM_WORDS.to_the("left").at_the_top(), style.DAY)
    for column, text in zip("CDEF", words, strict=True):
        look = style.FORM_WORDS if column == "C" else style.REMARK
        put_text(sheet, f"{column}{row}", text, look.at_the_top())


def _put_due(sheet: Worksheet, row: int, due: Due) -> None:
    _put_row(sheet, row, due.day, (due.title, due.subject, due.detail, due.source))
    put(sheet, f"{ORDER}{row}", None if due.kind in OF_ITSELF else _order(row), style.PLAIN_FORMULA, style.COUNT)


def _order(row: int) -> str:
    """The place of a row among those that are to be done."""
    return f'=IF(OR($A{row}<>"",$B{row}=""),"",MAX({ORDER}${HEADERS_ROW}:{ORDER}{row - 1})+1)'
