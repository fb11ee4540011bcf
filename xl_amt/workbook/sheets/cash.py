"""Sheet Cash: what the exercises of each year take, what the sales bring in, and whether the cash stated is enough."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from openpyxl import Workbook

from xl_amt.planning.plan.answer import CASH_DUE
from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import allow_numbers, define, flag, put
from xl_amt.workbook.charts import Amounts, amounts_by_year, put_across
from xl_amt.workbook.charts.by_year import FEDERAL, INFLOW, STATE, STRIKES
from xl_amt.workbook.jurisdictions import codes_of, place_of
from xl_amt.workbook.page import YEAR_HEADING_ROW
from xl_amt.workbook.sheets import returns
from xl_amt.workbook.sheets.plan_layout import plan_layout
from xl_amt.workbook.sheets.plan_taxes import capital
from xl_amt.workbook.sheets.year_columns import FIRST_ROW, YearColumns, dollars, open_years
from xl_amt.workbook.tables.client_rows import row_by_name

WITHHELD_MESSAGE: Final = "Enter the income tax withheld from option wages in dollars, 0 or more."
CHART_LINES: Final = 16


class _Rows:
    """The rows of the sheet, by the name of their figure."""

    def __init__(self, book: Book) -> None:
        codes = codes_of(book.record)
        paid = ["strikes", *(f"tax {code}" for code in codes), "needed"]
        when = ["withheld", "in the year", "with the return", "due"]
        covered = ["proceeds", "net", "stated", "short"]
        self.titles: list[int] = []
        self.at: dict[str, int] = {}
        row = FIRST_ROW
        for names in (paid, when, covered):
            self.titles.append(row)
            self.at |= {name: row + 1 + place for place, name in enumerate(names)}
            row += len(names) + 2
        self.chart = row


def cash_rows(book: Book) -> dict[str, int]:
    """The row of each figure, such as "needed", the strikes and the taxes of a year."""
    return _Rows(book).at


def add_cash(workbook: Workbook, book: Book) -> None:
    """Add the sheet."""
    cash = open_years(workbook, book, "Cash", "Cash of the exercises")
    rows = _Rows(book)
    _paid(cash, book, rows)
    _when(cash, book, rows)
    _covered(cash, book, rows)
    codes = codes_of(book.record)
    _chart(cash, rows, codes)
    last = rows.chart + CHART_LINES
    put(cash.sheet, f"A{last}", CASH_DUE, style.NOTE)
    cash.answer(_in_words(cash, rows), "Cash_in_words")
    cash.finish(last)
    cash.sheet.page_setup.fitToHeight = 1


def _paid(cash: YearColumns, book: Book, rows: _Rows) -> None:
    at, codes = rows.at, codes_of(book.record)
    plan = plan_layout(book)
    cash.section(rows.titles[0], "What the exercises, vesting and sales of a year take")
    cash.row(
        at["strikes"],
        "Strikes",
        "dollars",
        lambda column: f"Plan!{column}{plan.outcome['strikes']}",
        remark="Done and planned",
        look=style.LINK,
        total="sum",
        name="Cash_strikes",
    )
    for code in codes:
        cash.row(
            at[f"tax {code}"],
            f"{capital(place_of(code))} tax that they add",
            "dollars",
            _added(book, code, plan.outcome[f"{code} total tax"]),
            remark="Below zero where credit comes back",
            total="sum",
            name=f"Cash_tax_{code}",
        )
    first, last = at["strikes"], at["needed"] - 1
    cash.row(
        at["needed"],
        "Cash needed",
        "dollars",
        lambda column: f"SUM({column}{first}:{column}{last})",
        look=style.TOTAL,
        total="sum",
        name="Cash_needed",
    )


def _added(book: Book, code: str, planned: int) -> Callable[[str], str]:
    """What all exercises, vesting and sales of these years add to a year's tax: less that of the years without any."""
    return lambda c: f"Plan!{c}{planned}-AMT_TOTAL_TAX({returns.arguments_of_base(book, c, code, 'nothing')})"


def _when(cash: YearColumns, book: Book, rows: _Rows) -> None:
    """The part that is paid within the year, and the part that is due with the return."""
    at = rows.at
    cash.section(rows.titles[1], "When it is paid")
    row = at["withheld"]
    cash.row(
        row,
        "Withheld on the wages of NSOs",
        "dollars",
        lambda _: "0",
        remark="Enter it; nothing is withheld for AMT",
        total="sum",
    )
    for column in cash.years:
        put(cash.sheet, f"{column}{row}", None, style.INPUT, style.DOLLARS)
    allow_numbers(cash.sheet, f"{cash.years[0]}{row}:{cash.years[-1]}{row}", WITHHELD_MESSAGE)
    cash.row(
        at["in the year"],
        "Paid within the year: strikes and withholding",
        "dollars",
        lambda column: f"{column}{at['strikes']}+{column}{at['withheld']}",
        total="sum",
        name="Cash_in_the_year",
    )
    cash.row(
        at["with the return"],
        "Left to pay with the return, or by estimated tax",
        "dollars",
        lambda column: f"{column}{at['needed']}-{column}{at['in the year']}",
        remark="Estimated tax: the sheet Calendar",
        total="sum",
        name="Cash_with_the_return",
    )
    returns_due = {due.day.year - 1: due.day for due in book.due if due.kind == "tax return"}
    put(cash.sheet, f"A{at['due']}", "Due on", style.LABEL)
    put(cash.sheet, f"B{at['due']}", "date", style.UNIT)
    put(cash.sheet, f"C{at['due']}", "Of the years with income from equity", style.REMARK)
    cash.asked(at["due"], style.FORMULA, style.DAY)
    for place, column in enumerate(cash.years):
        due = returns_due.get(book.years[place]) if place < len(book.years) else None
        put(cash.sheet, f"{column}{at['due']}", due, style.FORMULA.to_the("right"), style.DAY)
    put(cash.sheet, f"{cash.total}{at['due']}", None, style.FORMULA)
    define(cash.sheet, "Cash_due", cash.across(at["due"]))


def _covered(cash: YearColumns, book: Book, rows: _Rows) -> None:
    at, client = rows.at, row_by_name(book.record)["cash"]
    cash.section(rows.titles[2], "What it is paid from")
    cash.row(
        at["proceeds"],
        "Proceeds of sales",
        "dollars",
        lambda column: f"Plan!{column}{plan_layout(book).outcome['proceeds']}",
        remark="The sheet Gains",
        look=style.LINK,
        total="sum",
        name="Cash_proceeds",
    )
    cash.row(
        at["net"],
        "Net: proceeds less the cash needed",
        "dollars",
        lambda column: f"{column}{at['proceeds']}-{column}{at['needed']}",
        look=style.TOTAL,
        total="sum",
        name="Cash_net",
    )
    cash.row(
        at["stated"],
        "Cash stated for the year",
        "dollars",
        lambda column: f'IF(Client!{column}{client}="","",Client!{column}{client})',
        remark="The sheet Client, under the plan",
        look=style.LINK,
        total="sum",
        name="Cash_stated",
    )
    cash.row(
        at["short"],
        "Short of the cash stated",
        "dollars",
        lambda column: f'IF({column}{at["stated"]}="","",MAX(0,-{column}{at["net"]}-{column}{at["stated"]}))',
        total="sum",
        name="Cash_short",
    )
    short = cash.across(at["short"]).replace("$", "")
    flag(cash.sheet, short, f"N({cash.years[0]}{at['short']})>0", style.FAILED)


def _in_words(cash: YearColumns, rows: _Rows) -> str:
    """The whole need and its largest year, what credit brings back, and whether the cash stated covers it."""
    needed = cash.across(rows.at["needed"])
    short = f"{cash.total}{rows.at['short']}"
    largest = f"INDEX({cash.across(YEAR_HEADING_ROW)},MATCH(MAX({needed}),{needed},0))"
    all_needed, back = f'SUMIF({needed},">0")', f'-SUMIF({needed},"<0")'
    need = f'{dollars(all_needed)}&" of cash is needed for the exercises and sales of "'
    most = f'"all years, "&{dollars(f"MAX({needed})")}&" of it for those of "&{largest}'
    most = f"IF(COUNT(Years)=1,MAX(Years),{most})"
    returned = f'IF({back}=0,"","; "&{dollars(back)}&" comes back in other years")'
    covered = f'IF({short}>0,"; "&{dollars(short)}&" more than the cash stated.",".")'
    nothing = '"No exercise or sale takes cash in these years."'
    return f'=IF(Missing_inputs<>"",Missing_inputs,IF(MAX({needed})<=0,{nothing},{need}&{most}&{returned}&{covered}))'


def _chart(cash: YearColumns, rows: _Rows, codes: list[str]) -> None:
    at = rows.at
    title = rows.chart
    needed = cash.across(at["needed"])
    drawn = "Cash by year: strikes, taxes that are added, and the cash stated, dollars"
    nothing = "Nothing to draw: no exercise or sale takes cash in these years"
    cash.chart_title(title, f"COUNTIF({needed},0)=COUNT({needed})", nothing, drawn)
    columns = [Amounts(at["strikes"], STRIKES)]
    columns += [Amounts(at[f"tax {code}"], color) for code, color in zip(codes, (FEDERAL, STATE), strict=False)]
    chart = amounts_by_year(cash.sheet, cash.charted, columns, [Amounts(at["stated"], INFLOW)])
    put_across(cash.sheet, chart, "A", cash.last, range(title + 1, title + CHART_LINES - 1))
