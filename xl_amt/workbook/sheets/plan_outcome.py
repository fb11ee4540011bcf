"""What the plan comes to in each year, on the sheet Plan, and beside it what nothing more would come to."""

from __future__ import annotations

from typing import Final

from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.charts import Amounts, amounts_by_year, put_across
from xl_amt.workbook.charts.by_year import AMT, CREDIT, SPREAD
from xl_amt.workbook.jurisdictions import codes_of, place_of, places_of
from xl_amt.workbook.sheets import return_rows, returns
from xl_amt.workbook.sheets.plan_layout import PlanLayout
from xl_amt.workbook.sheets.year_columns import YearColumns

_LINES: Final = {"regular tax": "1040 line 16", "AMT": "6251 line 11", "credit used": "8801 line 25"}
_FUNCTIONS: Final = {
    "regular tax": "AMT_REGULAR_TAX",
    "AMT": "AMT_OWED",
    "credit used": "AMT_CREDIT_USED",
    "total tax": "AMT_TOTAL_TAX",
}
_WORDS: Final = {
    "regular tax": "{} regular tax",
    "AMT": "{} AMT",
    "credit used": "{} minimum tax credit used",
    "total tax": "{} tax in all, with surtaxes, less credits",
    "credit left": "{} minimum tax credit left at the end",
}

# Formulas of a column: which lots are acquired in its year; what is planned of strikes and proceeds.
_ACQUIRED: Final = "(Lot_acquired>=DATE({0}$5,1,1))*(Lot_acquired<DATE({0}$5+1,1,1))"
_STRIKES: Final = f"SUMPRODUCT({_ACQUIRED},Lot_shares,Lot_strike)"
_PROCEEDS: Final = "SUMPRODUCT((Sold_year={0}$5)*1,Sold_shares,Sold_price)"
_PLANNED_STRIKES: Final = f'SUMPRODUCT({_ACQUIRED}*(Lot_standing="planned"),Lot_shares,Lot_strike)'
_PLANNED_PROCEEDS: Final = 'SUMPRODUCT((Sold_year={0}$5)*(Sold_standing="planned"),Sold_shares,Sold_price)'


def put_outcome(plan: YearColumns, book: Book, rows: PlanLayout) -> None:
    """Spread, wages, taxes, credit and cash of each year, as planned above."""
    at, codes = rows.outcome, codes_of(book.record)
    strikes, proceeds = _STRIKES if book.lots else "0", _PROCEEDS if book.sold else "0"
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
        lambda column: (
            f"{returns.cell(book, return_rows.OPTION_WAGES, column)}+{returns.cell(book, return_rows.SALE_WAGES, column)}"
        ),
        remark="NSOs, RSUs, disqualifying sales",
        look=style.LINK,
        total="sum",
        name="Plan_wages",
    )
    plan.row(
        at["strikes"],
        "Strikes paid",
        "dollars",
        lambda column: f"{strikes.format(column)}+{column}{rows.tried['strikes']}",
        total="discounted",
        name="Plan_strikes",
    )
    plan.row(
        at["proceeds"],
        "Proceeds of sales",
        "dollars",
        proceeds.format,
        remark="As recorded, whatever is tried above",
        total="discounted",
        name="Plan_proceeds",
    )
    for code in codes:
        for figure in _FUNCTIONS:
            _tax(plan, book, at, code, figure)
        _credit_left(plan, book, at, code)
    if len(codes) > 1:
        for figure, words in (("AMT", "{} AMT together"), ("tax", "{} tax in all together")):
            of_each = "AMT" if figure == "AMT" else "total tax"
            plan.row(
                at[figure],
                words.format(_capital(places_of(codes))),
                "dollars",
                lambda column, of_each=of_each: "+".join(f"{column}{at[f'{code} {of_each}']}" for code in codes),
                look=style.TOTAL,
                total="discounted",
            )
    tax = tax_row(rows.outcome, codes)
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


def tax_row(at: dict[str, int], codes: list[str]) -> int:
    """The row of the tax of all jurisdictions together."""
    return at["tax"] if len(codes) > 1 else at[f"{codes[0]} total tax"]


def amt_row(at: dict[str, int], codes: list[str]) -> int:
    """The row of the AMT of all jurisdictions together."""
    return at["AMT"] if len(codes) > 1 else at[f"{codes[0]} AMT"]


def _tax(plan: YearColumns, book: Book, at: dict[str, int], code: str, figure: str) -> None:
    spread = figure != "regular tax"
    plan.row(
        at[f"{code} {figure}"],
        _WORDS[figure].format(_capital(place_of(code))),
        _LINES.get(figure, "dollars") if code == "US" else "dollars",
        lambda column: f"{_FUNCTIONS[figure]}({returns.arguments(book, column, code, spread=spread)})",
        look=style.TOTAL if figure == "total tax" else style.FORMULA,
        total="discounted",
        name=f"Plan_{figure.replace(' ', '_')}_{code}",
    )


def _credit_left(plan: YearColumns, book: Book, at: dict[str, int], code: str) -> None:
    def left(column: str) -> str:
        asked = returns.arguments(book, column, code)
        return f"AMT_CREDIT_CARRIED({asked})+AMT_CREDIT_EARNED({asked})"

    plan.row(
        at[f"{code} credit left"],
        _WORDS["credit left"].format(_capital(place_of(code))),
        "dollars",
        left,
        remark="See the sheet Credit",
        name=f"Plan_credit_left_{code}",
    )


def put_base(plan: YearColumns, book: Book, rows: PlanLayout) -> None:
    """The same years with no more exercised or sold than is done, and what the plan adds."""
    at, codes = rows.base, codes_of(book.record)
    plan.section(min(at.values()) - 1, "Beside it: nothing more exercised or sold than is done already")
    for code in codes:
        for figure in ("AMT", "credit used", "total tax"):
            plan.row(
                at[f"{code} {figure}"],
                f"{_WORDS[figure].format(_capital(place_of(code)))}, base",
                "dollars",
                lambda column, code=code, figure=figure: (
                    f"{_FUNCTIONS[figure]}({returns.arguments_of_base(book, column, code)})"
                ),
                total="discounted",
                name=f"Base_{figure.replace(' ', '_')}_{code}",
            )

        def left(column: str, code: str = code) -> str:
            asked = returns.arguments_of_base(book, column, code)
            return f"AMT_CREDIT_CARRIED({asked})+AMT_CREDIT_EARNED({asked})"

        plan.row(
            at[f"{code} credit left"],
            f"{_WORDS['credit left'].format(_capital(place_of(code)))}, base",
            "dollars",
            left,
        )
    if len(codes) > 1:
        plan.row(
            at["tax"],
            f"{_capital(places_of(codes))} tax in all together, base",
            "dollars",
            lambda column: "+".join(f"{column}{at[f'{code} total tax']}" for code in codes),
            total="discounted",
        )
    strikes, proceeds = _PLANNED_STRIKES if book.lots else "0", _PLANNED_PROCEEDS if book.sold else "0"
    planned, base = tax_row(rows.outcome, codes), tax_row(at, codes)
    plan.row(
        at["added"],
        "The plan adds to the taxes",
        "dollars",
        lambda column: f"{column}{planned}-{column}{base}",
        remark="Below zero: it saves",
        look=style.TOTAL,
        total="discounted",
        name="Plan_added_tax",
    )
    plan.row(
        at["flow"],
        "The plan's own cash: proceeds, strikes, taxes added",
        "dollars",
        lambda c: f"{proceeds.format(c)}-{strikes.format(c)}-{c}{rows.tried['strikes']}-{c}{at['added']}",
        remark="Of planned exercises and sales",
        look=style.TOTAL,
        total="discounted",
        name="Plan_own_cash",
    )
    plan.row(
        at["discount"],
        "What a dollar of the year counts, discounted",
        "factor",
        lambda column: f"1/(1+N(Discount_rate))^({column}$5-${plan.years[0]}$5)",
        remark="Discount rate of the sheet Client",
        number_format=style.FACTOR,
    )


def put_chart(plan: YearColumns, book: Book, rows: PlanLayout) -> None:
    """ISO spread, AMT and the credit used, beside each other by year."""
    at, codes = rows.outcome, codes_of(book.record)
    title = rows.chart[0] - 1
    drawn = '"ISO spread, AMT and credit used by year, dollars"'
    nothing = '"Nothing to draw: no ISO is exercised, no AMT owed and no credit used in these years"'
    figures = [at["spread"], *(at[f"{code} {name}"] for name in ("AMT", "credit used") for code in codes)]
    total = "+".join(f"SUM({plan.across(row)})" for row in figures)
    plan.section(title, f"=IF({total}=0,{nothing},{drawn})")
    columns = [Amounts(at["spread"], SPREAD)]
    columns += [Amounts(at[f"{code} AMT"], color) for code, color in zip(codes, (AMT, "E3A57C"), strict=False)]
    columns += [
        Amounts(at[f"{code} credit used"], color) for code, color in zip(codes, (CREDIT, "8FC3A3"), strict=False)
    ]
    chart = amounts_by_year(plan.sheet, plan.charted, columns, grouping="clustered")
    put_across(plan.sheet, chart, "A", plan.last, rows.chart)


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
