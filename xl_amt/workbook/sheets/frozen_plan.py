"""Sheet Frozen plan: the rows of the plan that was kept, there in every workbook, so that one can be frozen in it."""

from __future__ import annotations

from openpyxl import Workbook

from xl_amt.workbook.book import Book
from xl_amt.workbook.tables.record_tables import FROZEN_PLAN
from xl_amt.workbook.tables.write import write_table


def add_frozen_plan(workbook: Workbook, book: Book) -> None:
    """Add the sheet, hidden until a plan is frozen."""
    sheet = write_table(workbook, book, FROZEN_PLAN).sheet
    if not FROZEN_PLAN.rows(book.record):
        sheet.sheet_state = "hidden"
