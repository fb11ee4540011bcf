"""What the plan comes to in each year, on the sheet Plan, with its chart."""

from __future__ import annotations

from typing import Final

from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.charts import Amounts, amounts_by_year, put_across
from xl_amt.workbook.charts.by_year import AMT, CREDIT, PALE_AMT, PALE_CREDIT, SPREAD
from xl_amt.workbook.jurisdictions import codes_of
from xl_amt.workbook.page import YEAR_HEADING_ROW
from xl_amt.workbook.sheets import return_rows, returns
from xl_amt.workbook.sheets.plan_layout import PlanLayout
from xl_amt.workbook.sheets.plan_taxes import REGULAR_TAX, put_taxes, put_together, row_of_all
from xl_amt.workbook.sheets.year_columns import YearColumns

OF_PLANNED: Final = '*({}_standing="planned")'
_WAGES: Final = (return_rows.OPTION_WAGES, return_rows.SALE_WAGES)


def put_outcome(plan: YearColumns, book: Book, rows: PlanLayout) -> None:
    """Spread, wages, taxes, credit and cash of each year, as planned above."""
    at, codes = rows.outcome, codes_of(book.record)
    plan.section(at["spread"] - 1, "What it comes to, with all exercises and sales of the year")
    plan.row(
        at["spread"],
        "ISO spread",
        "6251 line 2i",
        lambda column: returns.cell(book, return_rows.SPREAD, column),
        remark="Done and planned",
        look=style.LINK,
        total="sum",
        name="Plan_spread",
    )
    plan.row(
        at["wages"],
        "Wages of options and stock units",
        "1040 line 1a",
        lambda column: "+".join(returns.cell(book, name, column) for name in _WAGES),
        remark="NSOs, RSUs, disqualifying sales",
        total="sum",
        name="Plan_wages",
    )
    plan.row(
        at["strikes"],
        "Strikes paid",
        "dollars",
        lambda column: f"{strikes(book, column)}+{column}{rows.tried['strikes']}",
        remark="Done and planned",
        total="discounted",
        name="Plan_strikes",
    )
    plan.row(
        at["proceeds"],
        "Proceeds of sales",
        "dollars",
        lambda column: proceeds(book, column),
        remark="As recorded, whatever is tried above",
        total="discounted",
        name="Plan_proceeds",
    )
    for code in codes:

        def arguments(column: str, function: str, code: str = code) -> str:
            return returns.arguments(book, column, code, spread=function != REGULAR_TAX)

        put_taxes(plan, at, code, arguments, "Plan")
    if len(codes) > 1:
        put_together(plan, at, codes, "AMT", "Plan_AMT")
        put_together(plan, at, codes, "total tax", "Plan_total_tax")
    tax = row_of_all(at, codes, "total tax")
    plan.row(
        at["after tax"],
        "After-tax cash: income, proceeds, strikes, taxes",
        "dollars",
        lambda c: f"{returns.cell(book, return_rows.WAGES, c)}+{c}{at['proceeds']}-{c}{at['strikes']}-{c}{tax}",
        remark="Without other income and payroll tax",
        look=style.TOTAL,
        total="discounted",
        name="Plan_after_tax_cash",
    )


def strikes(book: Book, column: str, standing: str = "") -> str:
    """The strikes paid for the lots of a year, as a formula; ``standing`` says of which."""
    if not book.lots:
        return "0"
    year = f"{column}${YEAR_HEADING_ROW}"
    of_year = f"(Lot_acquired>=DATE({year},1,1))*(Lot_acquired<DATE({year}+1,1,1))"
    return f"SUMPRODUCT({of_year}*{_on_the_return(book, column, 'Lot')}{standing.format('Lot')},Lot_shares,Lot_strike)"


def proceeds(book: Book, column: str, standing: str = "") -> str:
    """The proceeds of the sales of a year, as a formula; ``standing`` says of which."""
    if not book.sold:
        return "0"
    of_year = f"(Sold_year={column}${YEAR_HEADING_ROW})"
    whose = _on_the_return(book, column, "Sold")
    return f"SUMPRODUCT({of_year}*{whose}{standing.format('Sold')},Sold_shares,Sold_price)"


def _on_the_return(book: Book, column: str, prefix: str) -> str:
    """Of which rows the holder's equity is on the return: a spouse's on joint ones alone."""
    return f'((({prefix}_holder="client")+({returns.cell(book, return_rows.WHOSE, column)}="*"))>0)'


def put_chart(plan: YearColumns, book: Book, rows: PlanLayout) -> None:
    """ISO spread, AMT and the credit used, side by side by year."""
    at, codes = rows.outcome, codes_of(book.record)
    figures = [(at["spread"], SPREAD)]
    for figure, colors in (("AMT", (AMT, PALE_AMT)), ("credit used", (CREDIT, PALE_CREDIT))):
        figures += [(at[f"{code} {figure}"], color) for code, color in zip(codes, colors, strict=False)]
    drawn = "ISO spread, AMT and credit used by year, dollars"
    nothing = "Nothing to draw: no ISO is exercised, no AMT owed and no credit used in these years"
    total = "+".join(f"SUM({plan.across(row)})" for row, _ in figures)
    plan.chart_title(rows.chart[0] - 1, f"{total}=0", nothing, drawn)
    columns = [Amounts(row, color) for row, color in figures]
    chart = amounts_by_year(plan.sheet, plan.charted, columns, grouping="clustered")
    put_across(plan.sheet, chart, "A", plan.last, rows.chart)
