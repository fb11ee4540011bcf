"""Sheet Law: the numbers in force in each year, where each is enacted, and which are estimated or projected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.law import is_held, parameters
from xl_amt.law.law_file import Name
from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import define, flag, put, put_section, put_text
from xl_amt.workbook.jurisdictions import codes_of, place_of
from xl_amt.workbook.page import YEAR_HEADING_ROW, fold_columns, open_year_sheet
from xl_amt.workbook.sheets.asked import asked

WIDTHS: Final = (38, 10, 52)
ASKED_OF_ALL: Final = "AMT exemption"  # the number by whose source a year's law is told from enacted law
FORMATS: Final = {"dollars": style.DOLLARS, "fraction": style.EXACT_RATE, "word": style.WORDS}


def add_law(workbook: Workbook, book: Book) -> None:
    """Add the sheet, a section for each jurisdiction whose law is held by name."""
    sheet = open_year_sheet(workbook, book, "Law", "The law in force")
    for column, width in zip("ABC", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    for column, words in zip("ABC", ("Number of the law", "Unit", "Enacted by, for the year asked"), strict=True):
        put(sheet, f"{column}{YEAR_HEADING_ROW}", words, style.HEADER)
    fold_columns(sheet, "D")
    last = book.year_columns[-1]
    row = YEAR_HEADING_ROW + 1
    for code in (code for code in codes_of(book.record) if is_held(code)):
        put_section(sheet, row, "A", last, f"{place_of(code)[0].upper()}{place_of(code)[1:]} law")
        _put_standing(sheet, row + 1, book, code)
        for place, name in enumerate(parameters(code), start=row + 2):
            _put_number(sheet, place, name, book, code)
        end = row + 1 + len(parameters(code))
        flag(sheet, f"D{row + 1}:{last}{end}", f'AND(D${row + 1}<>"enacted",D${row + 1}<>"")', style.DIMMED)
        row = end + 2
    sheet.print_area = f"A1:{last}{row - 2}"
    define(sheet, "Law_block", f"A{YEAR_HEADING_ROW}:{last}{row - 2}")


def _put_standing(sheet: Worksheet, row: int, book: Book, code: str) -> None:
    """Whether each year's law is enacted, estimated from a published index, projected, or not held at all."""
    put(sheet, f"A{row}", "Is it enacted?", style.LABEL)
    put(sheet, f"B{row}", "word", style.UNIT)
    put(sheet, f"C{row}", "Estimated and projected numbers are gray and italic", style.REMARK)
    _put_asked(sheet, row, book.year_columns, style.WORDS)
    for column in book.year_columns:
        source = f'AMT_LAW_SOURCE("{ASKED_OF_ALL}",{_asked(book, column, code)})'
        words = '"enacted"'
        for standing in ("estimated", "projected"):
            words = f'IF(ISNUMBER(SEARCH("{standing}",{source})),"{standing}",{words})'
        words = f'IF(ISERROR({source}),"not held",{words})'
        put(sheet, f"{column}{row}", _unless_blank(column, words), style.FORMULA.to_the("right"), style.WORDS)
    define(sheet, f"Law_standing_{code}", f"{book.year_columns[0]}{row}:{book.year_columns[-1]}{row}")


def _put_number(sheet: Worksheet, row: int, name: Name, book: Book, code: str) -> None:
    """One number by year; a dash in a year in which it is no law."""
    unit = name.unit.partition(" ")[0]
    number_format = FORMATS.get(unit, style.GENERAL)
    put_text(sheet, f"A{row}", name.name, style.LABEL)
    put_text(sheet, f"B{row}", unit, style.UNIT)
    _put_asked(sheet, row, book.year_columns, number_format)
    asked = "Status_asked,Year_asked"
    put(sheet, f"C{row}", f'=IFERROR(AMT_LAW_SOURCE($A{row},{asked},"{code}"),"–")', style.REMARK)
    for column in book.year_columns:
        number = f'IFERROR(AMT_LAW($A{row},{_asked(book, column, code)}),"–")'
        look = style.FORMULA.to_the("right")
        put(sheet, f"{column}{row}", _unless_blank(column, number), look, number_format)


def _put_asked(sheet: Worksheet, row: int, years: Sequence[str], number_format: str) -> None:
    formula = f'=IF(D${YEAR_HEADING_ROW}="","",INDEX(${years[0]}{row}:${years[-1]}{row},Asked_place))'
    put(sheet, f"D{row}", formula, style.FORMULA.to_the("right"), number_format)


def _asked(book: Book, column: str, code: str) -> str:
    """The status, the year and the jurisdiction of a column."""
    one = asked(book, column, code)
    return f"{one.status},{one.year},{one.jurisdiction}"


def _unless_blank(column: str, formula: str) -> str:
    return f'=IF({column}${YEAR_HEADING_ROW}="","",{formula})'
