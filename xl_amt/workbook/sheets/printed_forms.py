"""Sheets Form 6251 and Schedule P: the forms of the minimum tax as they are printed, one column a year.

The first page of each is for the return's preparer: the lines that options touch, and the credit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import ceil
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.forms.printed import ListedLine
from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.law import Status, california_law, enacted, federal_law
from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import define, put, put_section, put_text
from xl_amt.workbook.page import YEAR_HEADING_ROW, fold_rows, open_year_sheet
from xl_amt.workbook.sheets import returns
from xl_amt.workbook.sheets.forms_shown import (
    FORM_6251,
    OF_CALIFORNIA,
    OF_THE_UNITED_STATES,
    SCHEDULE_P,
    ForThePreparer,
    OnTheSheet,
)

WORDS_WIDTH: Final = 62
LINE_WIDTH, YEARS_WIDTH = 8, 13
LETTERS_IN_A_LINE: Final = 74
FIRST_STATUS: Final[Status] = "single"  # where the record has none yet
LAWS: Final[dict[str, Callable[[int, Status, str], Any]]] = {"US": federal_law, "CA": california_law}
GAINS: Final = ("gain", "dividends")  # words in the labels of income that Part III of Form 6251 taxes apart


def add_form_6251(workbook: Workbook, book: Book) -> None:
    """Add the sheet of Form 6251, and of Form 8801 of this year and the next."""
    _add(workbook, book, "Form 6251", "Form 6251 and Form 8801", "US", FORM_6251, OF_THE_UNITED_STATES)


def add_schedule_p(workbook: Workbook, book: Book) -> None:
    """Add the sheet of California's Schedule P (540), and of FTB 3510 of the next year."""
    _add(workbook, book, "Schedule P", "Schedule P (540) and FTB 3510", "CA", SCHEDULE_P, OF_CALIFORNIA)


def _add(
    workbook: Workbook,
    book: Book,
    title: str,
    heading: str,
    code: str,
    forms: Sequence[OnTheSheet],
    preparer: Sequence[ForThePreparer],
) -> None:
    sheet = open_year_sheet(workbook, book, title, heading)
    for column, width in zip("ABC", (WORDS_WIDTH, LINE_WIDTH, YEARS_WIDTH), strict=True):
        sheet.column_dimensions[column].width = width
    put(sheet, f"A{YEAR_HEADING_ROW}", "Line of the form", style.HEADER)
    put(sheet, f"B{YEAR_HEADING_ROW}", "Line", style.HEADER)
    put(sheet, f"C{YEAR_HEADING_ROW}", "Years with it", style.HEADER)
    laws = _laws(book, code)
    put_text(sheet, "A4", f"Words and dollars in them are those of the form of {laws[0].year}.", style.NOTE)
    amounts = {column: returns.arguments(book, column, code) for column in book.year_columns}
    last = book.year_columns[-1]
    put_section(sheet, YEAR_HEADING_ROW + 1, "A", last, "For the return's preparer")
    row = YEAR_HEADING_ROW + 2
    for form, number, words in preparer:
        name = "Form 8801" if form.startswith("8801") else f"FTB {form}" if form == "3510" else form
        line = ListedLine(number, f"{'Form 6251' if form == '6251' else name}: {words}", True, None, None)
        _put_line(sheet, row, form, line, amounts)
        row += 1
    sheet.row_breaks.append(Break(id=row))
    row += 1
    folded: list[int] = []
    for one in forms:
        put_section(sheet, row, "A", last, one.title)
        row = _put_form(sheet, row + 1, one, _listed(code, one.form, laws), amounts, folded, has_gains=_has_gains(book))
        row += 1
    fold_rows(sheet, folded)
    sheet.print_area = f"A1:{last}{row - 2}"
    define(sheet, f"{title.replace(' ', '_')}_block", f"A{YEAR_HEADING_ROW}:{last}{row - 2}")


def _put_form(
    sheet: Worksheet,
    row: int,
    one: OnTheSheet,
    lines: Iterable[ListedLine],
    amounts: dict[str, str],
    folded: list[int],
    *,
    has_gains: bool,
) -> int:
    """The lines of a form under the titles of their parts; gives the row beneath, and adds to the rows to fold."""
    parts = {part.line: part for part in one.parts}
    part = parts.get("")
    titled: set[str] = set()
    for line in lines:
        part = parts.get(line.number, part)
        assert part is not None
        if part.title not in titled:
            titled.add(part.title)
            put(sheet, f"A{row}", part.title, style.PARAGRAPH_TITLE)
            if part.is_of_gains and not has_gains:
                folded.append(row)
            row += 1
        _put_line(sheet, row, one.form, line, amounts)
        if not line.has_amount or (part.is_of_gains and not has_gains):
            folded.append(row)
        row += 1
    return row


def _put_line(sheet: Worksheet, row: int, form: str, line: ListedLine, amounts: dict[str, str]) -> None:
    """A line's words, number and years, and its amount by year; nothing in a year whose form does not have it."""
    put_text(sheet, f"A{row}", line.words, style.REMARK)
    sheet.row_dimensions[row].height = max(16, 4 + 13 * ceil(len(line.words) / LETTERS_IN_A_LINE))
    number = float(line.number) if line.number.isdigit() else line.number
    put(sheet, f"B{row}", number, style.UNIT, style.GENERAL)
    bound, words, beyond = line.first_year, '"from "0', "<"
    if bound is None:
        bound, words, beyond = line.last_year, '"to "0', ">"
    put(sheet, f"C{row}", bound, style.UNIT, words)
    put(sheet, f"D{row}", None, style.FORMULA)
    if not line.has_amount:
        return
    years = f"${next(iter(amounts))}{row}:${list(amounts)[-1]}{row}"
    put(sheet, f"D{row}", f'=IF(D${YEAR_HEADING_ROW}="","",INDEX({years},Asked_place))', style.FORMULA, style.DOLLARS)
    for column, arguments in amounts.items():
        year = f"{column}${YEAR_HEADING_ROW}"
        without = f'{year}=""' if bound is None else f'OR({year}="",{year}{beyond}$C{row})'
        amount = f'=IF({without},"",AMT_LINE("{form}",$B{row},{arguments}))'
        put(sheet, f"{column}{row}", amount, style.FORMULA, style.DOLLARS)


def _laws(book: Book, code: str) -> list[Any]:
    """The laws by which lines are listed: of the record's years, then of the first and the last enacted one."""
    held = enacted(code)
    statuses = {own.year: own.status for own in book.record.years}
    years = dict.fromkeys([*book.years, held.verified_through, held.first_year])
    status: Status = FIRST_STATUS
    laws = []
    for year in years:
        status = statuses.get(year) or status
        laws.append(LAWS[code](year, status, book.record.client.law_book))
    return laws


def _listed(code: str, form: str, laws: Sequence[Any]) -> tuple[ListedLine, ...]:
    printed = TAX_SYSTEMS[code].printed
    assert printed is not None
    return printed.listed(form, laws)


def _has_gains(book: Book) -> bool:
    """Whether the record has income that Part III taxes apart: gains and dividends among its facts, or sales."""
    labels = [label.casefold() for own in book.record.years for label in own.facts]
    return bool(book.sold) or any(word in label for label in labels for word in GAINS)
