"""Sheet Plan: what is exercised in which year, what it comes to, and what nothing more would come to."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.worksheet.pagebreak import Break

from xl_amt.workbook.book import Book
from xl_amt.workbook.page import fold_rows
from xl_amt.workbook.sheets.plan_against import put_base
from xl_amt.workbook.sheets.plan_layout import plan_layout
from xl_amt.workbook.sheets.plan_outcome import put_chart, put_outcome
from xl_amt.workbook.sheets.plan_shares import put_shares, put_values, put_workings
from xl_amt.workbook.sheets.plan_words import put_answer, put_planner, put_to_know
from xl_amt.workbook.sheets.year_columns import open_years


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
    put_to_know(plan, rows)
    put_planner(plan, book, rows)
    put_workings(plan, book, rows)
    grants = [grant.award for holding in book.record.holdings for grant in holding.grants]
    unused = [row for place, row in enumerate(rows.shares) if place >= len(grants) or grants[place] == "RSU"]
    fold_rows(plan.sheet, unused if grants else unused[3:])
    fold_rows(plan.sheet, rows.values[max(len(book.record.holdings), 1) :])
    plan.sheet.row_breaks.append(Break(id=rows.chart[0] - 2))  # so that no page ends within the chart
    plan.finish(rows.planner[-1])
