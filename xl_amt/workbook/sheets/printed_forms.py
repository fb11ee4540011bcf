"""Sheets Form 6251 and Schedule P: the forms of the minimum tax as they are printed, one column a year.

The first page of each is for the return's preparer: the lines that options touch, and the credit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
from xl_amt.workbook.jurisdictions import codes_of
from xl_amt.workbook.page import YEAR_HEADING_ROW, fold_columns, fold_rows, open_year_sheet
from xl_amt.workbook.sheets import returns
from xl_amt.workbook.sheets.forms_shown import (
    BESIDE_IT,
    FOR_THE_PREPARER,
    FORM_6251,
    SCHEDULE_P,
    OnTheSheet,
)

WORDS_WIDTH: Final = 56
LINE_WIDTH, REVISION_WIDTH, AMOUNT_WIDTH = 6, 12, 11.5
LETTERS_IN_A_LINE: Final = 66
FIRST_STATUS: Final[Status] = "single"  # where the record has none yet
# Of the jurisdictions whose printed forms are shown.
LAWS: Final[dict[str, Callable[[int, Status, str], Any]]] = {"US": federal_law, "CA": california_law}
GAINS: Final = ("gain", "dividends")  # words in the labels of income that Part III of Form 6251 taxes apart


def add_form_6251(workbook: Workbook, book: Book) -> None:
    """Add the sheet of Form 6251, and of Form 8801 of this year and the next, where federal tax is figured."""
    if "US" in codes_of(book.record):
        _add(workbook, book, "Form 6251", "Form 6251 and Form 8801", "US", FORM_6251)


def add_schedule_p(workbook: Workbook, book: Book) -> None:
    """Add the sheet of California's Schedule P (540), and of FTB 3510 of the next year, where its tax is figured."""
    if "CA" in codes_of(book.record):
        _add(workbook, book, "Schedule P", "Schedule P (540) and FTB 3510", "CA", SCHEDULE_P)


def _add(workbook: Workbook, book: Book, title: str, heading: str, code: str, forms: Sequence[OnTheSheet]) -> None:
    sheet = open_year_sheet(workbook, book, title, heading)
    headings = ("Line of the form", "Line", "Years")
    for column, width, words in zip("ABC", (WORDS_WIDTH, LINE_WIDTH, REVISION_WIDTH), headings, strict=True):
        sheet.column_dimensions[column].width = width
        put(sheet, f"{column}{YEAR_HEADING_ROW}", words, style.HEADER)
    for column in book.year_columns:
        sheet.column_dimensions[column].width = AMOUNT_WIDTH
    fold_columns(sheet, "D")
    row = YEAR_HEADING_ROW + 1
    if code == codes_of(book.record)[0]:
        row = _put_preparers_page(sheet, row, book)
    last = book.year_columns[-1]
    written = _Forms(sheet, book, code)
    put_text(sheet, "A4", f"Words, and the dollars in them, are those of the form of {written.year}.", style.NOTE)
    for form in forms:
        put_section(sheet, row, "A", last, form.title)
        row = written.put_form(row + 1, form) + 1
    fold_rows(sheet, written.folded)
    sheet.print_area = f"A1:{last}{row - 2}"
    define(sheet, f"{title.replace(' ', '_')}_block", f"A{YEAR_HEADING_ROW}:{last}{row - 2}")


def _put_preparers_page(sheet: Worksheet, row: int, book: Book) -> int:
    """The lines that options touch, of every form, on a page of their own; gives the row beneath."""
    put_section(sheet, row, "A", book.year_columns[-1], "For the return's preparer")
    for code in (code for code in codes_of(book.record) if code in LAWS):
        written = _Forms(sheet, book, code)
        for one in FOR_THE_PREPARER:
            if one.code == code:
                row += 1
                written.put_line(row, one.form, one.as_listed())
    for sentence in BESIDE_IT:
        row += 1
        put_text(sheet, f"A{row}", sentence, style.NOTE)
    sheet.row_breaks.append(Break(id=row))
    return row + 1


class _Forms:
    """The forms of one jurisdiction on a sheet; ``folded`` are the rows that are for nobody."""

    def __init__(self, sheet: Worksheet, book: Book, code: str) -> None:
        self.sheet = sheet
        self.book = book
        self.code = code
        self.laws = _laws(book, code)
        self.arguments = {column: returns.arguments(book, column, code) for column in book.year_columns}
        self.has_gains = _has_gains(book)
        self.folded: list[int] = []

    @property
    def year(self) -> int:
        """The year whose form's words are shown."""
        year: int = self.laws[0].year
        return year

    def put_form(self, row: int, form: OnTheSheet) -> int:
        """The lines of a form under the titles of their parts; gives the row beneath."""
        printed = TAX_SYSTEMS[self.code].printed
        assert printed is not None
        parts = {part.line: part for part in form.parts}
        part, shown = form.parts[0], ""
        for line in printed.listed(form.form, self.laws):
            part = parts.get(line.number, part)
            for_nobody = part.is_of_gains and not self.has_gains
            if part.title != shown:
                shown = part.title
                put(self.sheet, f"A{row}", shown, style.PARAGRAPH_TITLE)
                self.folded += [row] if for_nobody else []
                row += 1
            self.put_line(row, form.form, line)
            self.folded += [row] if for_nobody or not line.has_amount or not self._is_of_the_record(line) else []
            row += 1
        return row

    def put_line(self, row: int, form: str, line: ListedLine) -> None:
        """A line's words, number and years, and its amount by year; nothing in a year whose form does not have it."""
        sheet = self.sheet
        put_text(sheet, f"A{row}", line.words, style.FORM_WORDS)
        sheet.row_dimensions[row].height = max(16, 4 + 13 * ceil(len(line.words) / LETTERS_IN_A_LINE))
        number = float(line.number) if line.number.isdigit() else line.number
        put(sheet, f"B{row}", number, style.UNIT, style.GENERAL)
        bound, words, beyond = line.first_year, '"from "0', "<"
        if bound is None:
            bound, words, beyond = line.last_year, '"to "0', ">"
        put(sheet, f"C{row}", bound, style.UNIT, words)
        if not line.has_amount:
            return
        asked = f"INDEX(${self.book.year_columns[0]}{row}:${self.book.year_columns[-1]}{row},Asked_place)"
        put(sheet, f"D{row}", f'=IF(D${YEAR_HEADING_ROW}="","",{asked})', style.FORMULA, style.DOLLARS)
        for column, arguments in self.arguments.items():
            year = f"{column}${YEAR_HEADING_ROW}"
            without = f'{year}=""' if bound is None else f'OR({year}="",{year}{beyond}$C{row})'
            amount = f'=IF({without},"",AMT_LINE("{form}",$B{row},{arguments}))'
            put(sheet, f"{column}{row}", amount, style.FORMULA, style.DOLLARS)

    def _is_of_the_record(self, line: ListedLine) -> bool:
        """Whether a year of the record has the line."""
        first, last = line.first_year or min(self.book.years), line.last_year or max(self.book.years)
        return any(first <= year <= last for year in self.book.years)


def _laws(book: Book, code: str) -> list[Any]:
    """The laws by which lines are listed: of the record's years, then of the first and the last enacted one."""
    held = enacted(code)
    statuses = {own.year: own.status for own in book.record.years}
    status: Status = FIRST_STATUS
    laws = []
    for year in dict.fromkeys([*book.years, held.verified_through, held.first_year]):
        status = statuses.get(year) or status
        laws.append(LAWS[code](year, status, book.record.client.law_book))
    return laws


def _has_gains(book: Book) -> bool:
    """Whether the record has income that Part III taxes apart: gains and dividends among its facts, or sales."""
    labels = [label.casefold() for own in book.record.years for label in own.facts]
    return bool(book.sold) or any(word in label for label in labels for word in GAINS)
