"""Sheet Plan: what is exercised in which year, what it comes to, and what nothing more would come to."""

from __future__ import annotations

from typing import Final

from openpyxl import Workbook
from openpyxl.worksheet.pagebreak import Break

from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import columns
from xl_amt.workbook.page import fold_rows
from xl_amt.workbook.sheets.plan_against import put_base
from xl_amt.workbook.sheets.plan_frozen import put_frozen
from xl_amt.workbook.sheets.plan_layout import PlanLayout, plan_layout
from xl_amt.workbook.sheets.plan_outcome import put_chart, put_outcome
from xl_amt.workbook.sheets.plan_shares import put_shares, put_values, put_workings
from xl_amt.workbook.sheets.plan_words import put_answer, put_planner, put_to_know
from xl_amt.workbook.sheets.year_columns import YearColumns, open_years

LINES, LETTERS = 33, 137  # of a landscape page that is not shrunk to its width
TALLER: Final = 5  # lines that the head and the titles are taller than their rows


def add_plan(workbook: Workbook, book: Book) -> None:
    """Add the sheet."""
    rows = plan_layout(book)
    plan = open_years(workbook, book, "Plan", "Plan", discount_row=rows.base["discount"])
    put_answer(plan, book, rows)
    put_shares(plan, rows)
    put_values(plan, book, rows)
    put_outcome(plan, book, rows)
    put_chart(plan, book, rows)
    put_base(plan, book, rows)
    put_frozen(plan, book, rows)
    put_to_know(plan, rows)
    put_planner(plan, book, rows)
    put_workings(plan, book, rows)
    grants = [grant.award for holding in book.record.holdings for grant in holding.grants]
    unused = [row for place, row in enumerate(rows.shares) if place >= len(grants) or grants[place] == "RSU"]
    fold_rows(plan.sheet, unused if grants else unused[3:])
    fold_rows(plan.sheet, rows.values[max(len(book.record.holdings), 1) :])
    _break_pages(plan, rows)
    plan.finish(rows.planner[-1])


def _break_pages(plan: YearColumns, rows: PlanLayout) -> None:
    """A new page before the chart, or behind it where the first page, shrunk to its width, has room for it.

    What is to be known begins another one, where a frozen plan stands before it.
    """
    heights, widths = plan.sheet.row_dimensions, plan.sheet.column_dimensions
    lines = sum(not (row in heights and heights[row].hidden) for row in range(1, rows.chart[-1] + 1)) + TALLER
    letters = sum(widths[column].width for column in columns("A", plan.last) if not widths[column].hidden)
    has_room = lines <= LINES * max(1.0, letters / LETTERS)
    plan.sheet.row_breaks.append(Break(id=rows.chart[-1] + 1 if has_room else rows.chart[0] - 2))
    if not heights[rows.frozen["words"]].hidden:
        plan.sheet.row_breaks.append(Break(id=rows.words[0] - 2))
