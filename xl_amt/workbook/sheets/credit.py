"""Sheet Credit: how the minimum tax credit grows and comes back, year by year and jurisdiction by jurisdiction."""

from __future__ import annotations

from typing import Final

from openpyxl import Workbook

from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import flag, put
from xl_amt.workbook.charts import Amounts, amounts_by_year, put_across
from xl_amt.workbook.charts.by_year import CREDIT, STATE
from xl_amt.workbook.jurisdictions import codes_of, place_of
from xl_amt.workbook.sheets import returns
from xl_amt.workbook.sheets.later_years import LaterYears
from xl_amt.workbook.sheets.plan_taxes import capital
from xl_amt.workbook.sheets.return_facts import CREDIT as CREDIT_FIELD
from xl_amt.workbook.sheets.return_facts import labels_of
from xl_amt.workbook.sheets.year_columns import FIRST_ROW, YearColumns, dollars, open_years

FIGURES: Final = ("AMT", "opening", "used", "earned", "closing", "usable", "check")
ROWS_OF_EACH: Final = len(FIGURES) + 3  # with a title, a sentence and an empty row
CHART_LINES: Final = 15
COLORS: Final = (CREDIT, STATE)
NO_CREDIT: Final = "The jurisdictions asked carry no minimum tax credit."


def credit_codes(book: Book) -> list[str]:
    """The jurisdictions asked that carry a minimum tax credit from year to year."""
    return [code for code in codes_of(book.record) if _carries(code)]


def credit_row(book: Book, code: str, figure: str) -> int:
    """The row of a figure of a jurisdiction, such as "closing", the credit that it carries into the next year."""
    return _title_of(book, code) + 2 + FIGURES.index(figure)


def _title_of(book: Book, code: str) -> int:
    return FIRST_ROW + ROWS_OF_EACH * credit_codes(book).index(code)


def _carries(code: str) -> bool:
    return any(label.field == CREDIT_FIELD for label in labels_of(code))


def _label(code: str) -> str:
    return next(label.name for label in labels_of(code) if label.field == CREDIT_FIELD)


def add_credit(workbook: Workbook, book: Book) -> None:
    """Add the sheet."""
    credit = open_years(workbook, book, "Credit", "Minimum tax credit")
    codes = credit_codes(book)
    chart = FIRST_ROW + ROWS_OF_EACH * len(codes)
    last = chart + CHART_LINES
    later = LaterYears(credit, book, codes, last + 3)
    for code in codes:
        _of_jurisdiction(credit, book, code)
        rows = {figure: credit_row(book, code, figure) for figure in FIGURES}
        put(credit.sheet, f"A{_title_of(book, code) + 1}", later.sentence(code, rows), style.PLAIN_FORMULA)
    later.put({code: credit_row(book, code, "closing") for code in codes})
    _chart(credit, book, codes, chart)
    credit.answer(_in_words(credit, book, codes), "Credit_in_words")
    credit.finish(last)
    credit.sheet.page_setup.fitToHeight = 1


def _in_words(credit: YearColumns, book: Book, codes: list[str]) -> str:
    """What is left at the end, of each jurisdiction."""

    def closing(code: str) -> str:
        return f"INDEX({credit.across(credit_row(book, code, 'closing'))},COUNT(Years))"

    if not codes:
        return NO_CREDIT
    left = '&" and "&'.join(f'{dollars(closing(code))}&" {place_of(code)}"' for code in codes)
    rows = [credit_row(book, code, figure) for code in codes for figure in ("opening", "earned")]
    any_credit = "+".join(f"SUM({credit.across(row)})" for row in rows)
    none = '"No minimum tax credit: none is carried in, and no year earns one."'
    words = f'{left}&" minimum tax credit is left at the end of "&MAX(Years)&"."'
    return f'=IF(Missing_inputs<>"",Missing_inputs,IF({any_credit}=0,{none},{words}))'


def _of_jurisdiction(credit: YearColumns, book: Book, code: str) -> None:
    """Opening, used, earned, closing; next to them what the use is limited by, and a check."""
    place = place_of(code)
    credit.section(_title_of(book, code), f"{capital(place)} minimum tax credit")

    def cell(column: str, figure: str) -> str:
        return f"{column}{credit_row(book, code, figure)}"

    def of(function: str, column: str) -> str:
        return f"{function}({returns.arguments(book, column, code)})"

    is_federal = code == "US"
    rows = {
        "AMT": ("AMT of the year", "6251 line 11", lambda column: of("AMT_OWED", column)),
        "opening": ("Credit at the start", "", lambda column: f"N({returns.cell(book, _label(code), column)})"),
        "used": ("Less: used in the year", "8801 line 25", lambda column: f"-{of('AMT_CREDIT_USED', column)}"),
        "earned": ("Plus: earned by the AMT of the year", "8801 line 18", lambda c: of("AMT_CREDIT_EARNED", c)),
        "closing": (
            f"{capital(place)} credit at the end of the year",
            "8801 line 26",
            lambda c: f"{cell(c, 'opening')}+{cell(c, 'used')}+{cell(c, 'earned')}",
        ),
        "usable": (
            "Regular tax above tentative tax, before credits",
            "6251 lines 7, 10",
            lambda c: f"MAX(0,{of('AMT_CUSHION', c)})",
        ),
        "check": (
            "Check: the forms carry as much, to be 0",
            "",
            lambda c: f"ROUND({cell(c, 'closing')}-{of('AMT_CREDIT_CARRIED', c)}-{of('AMT_CREDIT_EARNED', c)},0)",
        ),
    }
    for figure, (label, line, formula) in rows.items():
        row = credit_row(book, code, figure)
        credit.row(
            row,
            label,
            (line if is_federal else "") or "dollars",
            formula,
            remark=_REMARKS.get(figure, ""),
            look=style.TOTAL if figure == "closing" else style.FORMULA,
            total="sum" if figure in {"AMT", "used", "earned"} else "",
            name=f"Credit_{figure}_{code}",
        )
    check = credit_row(book, code, "check")
    flag(credit.sheet, credit.across(check), f"N({credit.years[0]}${check})<>0", style.FAILED)


_REMARKS: Final = {
    "opening": "What the year before left",
    "used": "Regular tax above tentative tax, at most",
    "earned": "The part of the AMT from ISO spread",
    "usable": "What limits the use",
}


def _chart(credit: YearColumns, book: Book, codes: list[str], title: int) -> None:
    """The balance at the end of each year."""
    closings = [credit_row(book, code, "closing") for code in codes]
    total = "+".join(f"SUM({credit.across(row)})" for row in closings) or "0"
    drawn = "Credit at the end of each year, dollars"
    nothing = "Nothing to draw: there is no minimum tax credit at the end of any year"
    credit.chart_title(title, f"{total}=0", nothing, drawn)
    if codes:
        columns = [Amounts(row, color) for row, color in zip(closings, COLORS, strict=False)]
        chart = amounts_by_year(credit.sheet, credit.charted, columns)
        put_across(credit.sheet, chart, "A", credit.last, range(title + 1, title + CHART_LINES))


def credit_total(book: Book, sheet: str, column: str, figure: str) -> str:
    """A figure of all jurisdictions together, in a column."""
    return "+".join(f"{sheet}!{column}{credit_row(book, code, figure)}" for code in credit_codes(book)) or "0"
