"""Sheet Leaving: employment ends; what each way to exercise the options costs, live, and the best one found."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.worksheet.pagebreak import Break

from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import define, put
from xl_amt.workbook.page import YEAR_HEADING_ROW, fold_rows, open_sheet
from xl_amt.workbook.sheets.leaving_asked import put_asked
from xl_amt.workbook.sheets.leaving_found import put_found, rows_without_answer
from xl_amt.workbook.sheets.leaving_grants import put_grants
from xl_amt.workbook.sheets.leaving_layout import LAST, LeavingLayout, leaving_layout
from xl_amt.workbook.sheets.leaving_options import put_options
from xl_amt.workbook.sheets.leaving_ways import answer, put_ways
from xl_amt.workbook.sheets.leaving_years import put_facts, put_years

_WIDTHS = (42, 22, *(13.5,) * 10)
_ANSWER_HEIGHT = 40


def add_leaving(workbook: Workbook, book: Book) -> None:
    """Add the sheet."""
    rows = leaving_layout(book)
    sheet = open_sheet(workbook, book, "Leaving", "Leaving", _WIDTHS, landscape=True)
    row = YEAR_HEADING_ROW - 1
    sheet.merge_cells(f"A{row}:{LAST}{row}")
    sheet.row_dimensions[row].height = _ANSWER_HEIGHT
    put(sheet, f"A{row}", answer(rows), style.ANSWER_WORDS)
    define(sheet, "Leaving_in_words", f"A{row}")
    put_asked(sheet, book, rows)
    put_ways(sheet, book, rows)
    put_grants(sheet, rows)
    put_years(sheet, book, rows)
    put_found(sheet, book, rows)
    put_facts(sheet, book, rows)
    fold_rows(sheet, sorted({*_unused_grants(book, rows), *rows_without_answer(book, rows), *_workings(rows)}))
    put_options(sheet, book, rows.options)
    sheet.print_area = f"A1:{LAST}{rows.notes_found[-1]}"
    sheet.row_breaks.append(Break(id=rows.answer["in words"] - 2))
    define(sheet, "Leaving_block", f"A{YEAR_HEADING_ROW}:{LAST}{rows.facts[-1]}")


def _unused_grants(book: Book, rows: LeavingLayout) -> set[int]:
    """The rows beyond those of the holding with most grants of options."""
    options = [sum(grant.award != "RSU" for grant in holding.grants) for holding in book.record.holdings]
    return set(rows.grants[max([1, *options]) :])


def _workings(rows: LeavingLayout) -> range:
    return range(rows.once["first"] - 1, rows.facts[-1] + 1)
