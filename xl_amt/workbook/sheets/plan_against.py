"""The plan's base: the same years with nothing more exercised or sold, and what the plan adds to them."""

from __future__ import annotations

from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.jurisdictions import codes_of
from xl_amt.workbook.page import YEAR_HEADING_ROW
from xl_amt.workbook.sheets import returns
from xl_amt.workbook.sheets.plan_layout import PlanLayout
from xl_amt.workbook.sheets.plan_outcome import OF_PLANNED, proceeds, strikes
from xl_amt.workbook.sheets.plan_taxes import put_taxes, put_together, row_of_all
from xl_amt.workbook.sheets.year_columns import YearColumns


def put_base(plan: YearColumns, book: Book, rows: PlanLayout) -> None:
    """The base, the taxes and the cash that the plan adds to it, and what a dollar of a year counts."""
    at, codes = rows.base, codes_of(book.record)
    plan.section(min(at.values()) - 1, "Compared with nothing exercised or sold beyond what is done already")
    for code in codes:

        def arguments(column: str, _: str, code: str = code) -> str:
            return returns.arguments_of_base(book, column, code)

        put_taxes(plan, at, code, arguments, "Base", ", base")
    if len(codes) > 1:
        put_together(plan, at, codes, "total tax", "Base_total_tax", ", base")
    planned, base = row_of_all(rows.outcome, codes, "total tax"), row_of_all(at, codes, "total tax")
    plan.row(
        at["added"],
        "The plan adds to the taxes",
        "dollars",
        lambda column: f"{column}{planned}-{column}{base}",
        remark="Below zero: a saving",
        look=style.TOTAL,
        total="discounted",
        name="Plan_added_tax",
    )
    plan.row(
        at["flow"],
        "The plan's own cash: proceeds, strikes, taxes added",
        "dollars",
        lambda column: (
            f"{proceeds(book, column, OF_PLANNED)}-{strikes(book, column, OF_PLANNED)}"
            f"-{column}{rows.tried['strikes']}-{column}{at['added']}"
        ),
        remark="Of planned exercises and sales",
        look=style.TOTAL,
        total="discounted",
        name="Plan_own_cash",
    )
    plan.row(
        at["discount"],
        "Worth of a dollar of the year, discounted",
        "factor",
        lambda column: f"1/(1+N(Discount_rate))^({column}${YEAR_HEADING_ROW}-${plan.years[0]}${YEAR_HEADING_ROW})",
        remark="Discount rate of the sheet Client",
        number_format=style.FACTOR,
    )
