"""What each way to leave puts on the two years, on the sheet Leaving: taxes by the forms, and the facts behind them."""

from __future__ import annotations

from typing import Final

from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.household import LABELS
from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import columns, define, put, put_headers, put_section
from xl_amt.workbook.jurisdictions import codes_of, place_of
from xl_amt.workbook.sheets import return_rows, returns
from xl_amt.workbook.sheets.leaving_grants import shares_across
from xl_amt.workbook.sheets.leaving_layout import (
    FIRST,
    GRANT_FIGURES,
    LAST,
    OF_EACH,
    OWN_SHARES,
    WAY_SHARES,
    WAYS,
    LeavingLayout,
    column_of,
)
from xl_amt.workbook.sheets.plan_taxes import REGULAR_TAX, WORDS_OF_TAXES, capital
from xl_amt.workbook.sheets.return_base import base_rows
from xl_amt.workbook.sheets.return_facts import CREDIT, labels_of
from xl_amt.workbook.sheets.return_sections import law_of
from xl_amt.workbook.style import Look

WAY_NAMES: Final = {
    "this year": '="All "&IF(Leaving_year="","this year","in "&Leaving_year)',
    "next year": '="All "&IF(Leaving_year="","next year","in "&Leaving_year+1)',
    "at the end": "All at the window's end",
    "lapse": "Let all lapse",
    "own": "Your own split",
}
_FUNCTIONS: Final = {"AMT": "AMT_OWED", "credit used": "AMT_CREDIT_USED", "total tax": "AMT_TOTAL_TAX"}
_MEDICARE: Final = next(label.name for label in LABELS if label.field == "medicare_wages")


def put_years(sheet: Worksheet, book: Book, rows: LeavingLayout) -> None:
    """Two columns a way, one for each year: spread, wages, strikes, and the taxes of each jurisdiction."""
    at = rows.years
    top = at["spread"] - 2
    put_section(sheet, top - 1, "A", LAST, "Each way year by year, with nothing else exercised beyond what is done")
    put_headers(sheet, top, "A", ("", "", *[""] * len(columns(FIRST, LAST))), words=2, height=48)
    put_headers(sheet, top + 1, "A", ("", "", *[""] * len(columns(FIRST, LAST))), words=2, height=18)
    for way in WAYS:
        name = WAY_NAMES[way]
        put(sheet, f"{column_of(way, 0)}{top}", name, style.NUMBER_HEADER)
        for year in (0, 1):
            shown = f'=IF(Leaving_year="","",Leaving_year+{year})'
            put(sheet, f"{column_of(way, year)}{top + 1}", shown, style.NUMBER_HEADER, style.WHOLE)
    _put_labels(sheet, book, rows)
    for way in WAYS:
        for year in (0, 1):
            _put_column(sheet, book, rows, way, year)


def _put_labels(sheet: Worksheet, book: Book, rows: LeavingLayout) -> None:
    words = {
        "spread": ("ISO spread, of the options that are left", "6251 line 2i"),
        "wages": ("Wages of NSOs", "1040 line 1a"),
        "strikes": ("Strikes paid", "dollars"),
        "added": ("Taxes added, before the credit", "dollars"),
        "medicare": ("Medicare tax withheld, not on a return", "IRC 3101(b)(1)"),
    }
    for code in codes_of(book.record):
        for figure in OF_EACH:
            words[f"{code} {figure}"] = (WORDS_OF_TAXES[figure].format(capital(place_of(code))), "dollars")
    for key, row in rows.years.items():
        stands_out = key == "added"
        put(sheet, f"A{row}", words[key][0], style.TOTAL if stands_out else style.LABEL)
        put(sheet, f"B{row}", words[key][1], style.TOTAL_REMARK if stands_out else style.UNIT)
        define(sheet, f"Leaving_{key.replace(' ', '_')}", f"{FIRST}{row}:{LAST}{row}")


def _put_column(sheet: Worksheet, book: Book, rows: LeavingLayout, way: str, year: int) -> None:
    at, column = rows.years, column_of(way, year)
    isos, nsos = _shares(rows, way, year)
    spread, strike = (
        shares_across(rows.grant_workings, GRANT_FIGURES[figure])
        for figure in (("spread", "next spread")[year], "strike")
    )
    figures: dict[str, str] = {
        "spread": f"SUMPRODUCT({isos},{spread})" if isos else "0",
        "wages": f"SUMPRODUCT({nsos},{spread})" if nsos else "0",
        "strikes": f"SUMPRODUCT({isos},{strike})+SUMPRODUCT({nsos},{strike})" if isos else "0",
    }
    for code in codes_of(book.record):
        regular, described = _arguments(book, rows, column, code)
        wages, status, of_year = (f"{column}${rows.household[name]}" for name in ("wages", "status", "year"))
        own = f"{wages},{status},{of_year},{column}${rows.household['spread']},{described}"
        figures[f"{code} regular tax"] = f"{REGULAR_TAX}({regular})"
        figures |= {f"{code} {figure}": f"{function}({own})" for figure, function in _FUNCTIONS.items()}
        figures[f"{code} credit left"] = f"AMT_CREDIT_CARRIED({own})+AMT_CREDIT_EARNED({own})"
    # Before the minimum tax credit, as the planner counts what a year asks for: the credit stands beside it.
    before_credit = [(f"{code} total tax", f"{code} credit used") for code in codes_of(book.record)]
    figures["added"] = "+".join(
        f"{column}{at[name]}-{column_of('lapse', year)}{at[name]}" for pair in before_credit for name in pair
    )
    status, of_year = (f"{column}${rows.household[name]}" for name in ("status", "year"))
    rate = f'AMT_LAW("Medicare tax rate",{status},{of_year},US_law_asked)'
    figures["medicare"] = f"{column}{at['wages']}*{rate}"
    for key, formula in figures.items():
        look: Look = style.TOTAL if key == "added" else style.FORMULA
        put(sheet, f"{column}{at[key]}", f'=IF(Leaving_problem<>"","",{formula})', look, style.DOLLARS)


def _shares(rows: LeavingLayout, way: str, year: int) -> tuple[str, str]:
    """The shares exercised as ISOs and as NSOs in a year, grant by grant; "" where there are none."""
    if way == "own":
        isos, nsos = OWN_SHARES[year]
        return shares_across(rows.grants, isos), shares_across(rows.grants, nsos)
    if (way, year) not in WAY_SHARES:
        return "", ""
    isos, nsos = WAY_SHARES[way, year]
    return shares_across(rows.way_shares, isos), shares_across(rows.way_shares, nsos)


def _arguments(book: Book, rows: LeavingLayout, column: str, code: str) -> tuple[str, str]:
    """The arguments of a function without a spread, and the last ones alone: labels, amounts, law."""
    last = rows.facts[_place(book, labels_of(code)[-1].name)]
    labels, amounts = f"$A${rows.facts[0]}:$A${last}", f"{column}${rows.facts[0]}:{column}${last}"
    described = f"{labels},{amounts},{law_of(code)}"
    household = ",".join(f"{column}${rows.household[name]}" for name in ("wages", "status", "year"))
    return f"{household},{described}", described


def _place(book: Book, name: str) -> int:
    """The place of a label among the facts of a return."""
    of_name = returns.rows_of(book)
    return of_name[name] - of_name[return_rows.STATE_TAX]


def put_facts(sheet: Worksheet, book: Book, rows: LeavingLayout) -> None:
    """The workings: the return of each way and year, which is the base's with what the way puts on it."""
    put_section(sheet, rows.household["wages"] - 1, "A", LAST, "Workings, not printed: each way's return")
    put_section(sheet, rows.facts[0] - 1, "A", LAST, "Workings, not printed: its facts")
    base = base_rows(returns.rows_of(book), codes_of(book.record), "done")
    words = {"wages": "Wages", "status": "Filing status", "year": "Tax year", "spread": "ISO spread"}
    of_base = {"wages": return_rows.INCOME, "status": return_rows.STATUS_ASKED, "spread": return_rows.SPREAD}
    for key, row in rows.household.items():
        put(sheet, f"A{row}", words[key], style.LABEL)
    first = returns.rows_of(book)[return_rows.STATE_TAX]
    for at, row in enumerate(rows.facts):
        put(sheet, f"A{row}", f"=Returns!$A{first + at}", style.LINK)
    carried = {rows.facts[_place(book, _credit(code))]: code for code in codes_of(book.record) if _credit(code)}
    medicare = rows.facts[_place(book, _MEDICARE)]
    first_of_base = base[return_rows.STATE_TAX]
    for way in WAYS:
        for year in (0, 1):
            column = column_of(way, year)
            for key, row in rows.household.items():
                figure = _of_base(book, base[of_base[key]], year) if key in of_base else f"Leaving_year+{year}"
                if key in ("wages", "spread"):
                    figure += f"+N({column}${rows.years[key]})"
                _put_fact(sheet, f"{column}{row}", figure)
            for at, row in enumerate(rows.facts):
                figure = _of_base(book, first_of_base + at, year)
                if row == medicare:
                    figure += f"+N({column}${rows.years['wages']})"
                elif year and row in carried:
                    figure = f"N({column_of(way, 0)}${rows.years[f'{carried[row]} credit left']})"
                _put_fact(sheet, f"{column}{row}", figure)


def _put_fact(sheet: Worksheet, cell: str, figure: str) -> None:
    put(sheet, cell, f'=IF(Leaving_problem<>"","",{figure})', style.FORMULA, style.GENERAL)


def _of_base(book: Book, row: int, year: int) -> str:
    """A cell of the sheet Returns in this year or the next one."""
    first, last = book.year_columns[0], book.year_columns[-1]
    return f"INDEX(Returns!${first}${row}:${last}${row},{('Leaving_at', 'Leaving_next_at')[year]})"


def _credit(code: str) -> str:
    """The label of a jurisdiction's minimum tax credit; "" where it has none."""
    return next((label.name for label in labels_of(code) if label.field == CREDIT), "")
