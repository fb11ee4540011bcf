"""Sheet Outlook: what the value may do to each strategy of the plan, as the command ``xl-amt outlook`` found it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.planning.outlook.chances import PERCENTS
from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import allow_numbers, columns, define, put, put_headers, put_section, put_text, span
from xl_amt.workbook.found import OutlookFound
from xl_amt.workbook.page import YEAR_HEADING_ROW, fold_rows, open_sheet
from xl_amt.workbook.sheets.leaving_found import Line, lines_of, put_lines, put_value, stale_or_found
from xl_amt.workbook.sheets.outlook_charts import CHART_TITLES, put_charts
from xl_amt.workbook.sheets.outlook_layout import LAST, PRICES, STRATEGIES, YEARS, OutlookLayout, outlook_layout

_WIDTHS: Final = (46, *(13.0,) * 11, 24)
_ANSWER_HEIGHT: Final = 40
_OF_EACH: Final = columns("B", get_column_letter(1 + STRATEGIES))  # a column a strategy
_NOT_ASKED: Final = (
    "\"Not simulated yet. Enter the plan's exit on the sheet Client; then xl-amt outlook WORKBOOK --write brings here "
    'what the value may do to each strategy."'
)
_STALE: Final = '"The record has changed since "&{day}&". Ask again: xl-amt outlook WORKBOOK --write."'
_FORMATS: Final = (
    style.TEXT, *(style.DOLLARS,) * 7, style.RATE, style.RATE, style.DOLLARS,
)  # fmt: skip
_OWN: Final = "L"  # the column of money at a price of one's own
_REGRETS: Final = "M"
_HEADS: Final = {
    "day": ("Found on", style.DAY, "Outlook_found_on"),
    "about": ("In one sentence", style.TEXT, "Outlook_about"),
    "exit": ("Year of the exit", style.WHOLE, "Outlook_exit_year"),
    "price": ("Price at the exit by plan, dollars a share", style.PRICE, "Outlook_exit_price"),
    "volatility": ("Volatility: standard deviation of a year's growth", style.EXACT_RATE, "Outlook_volatility"),
    "drift": ("Growth a year; blank: as the plan's values", style.EXACT_RATE, "Outlook_drift"),
    "chance of zero": ("Chance of zero, each year after the first", style.EXACT_RATE, "Outlook_chance_of_zero"),
    "paths": ("Paths simulated", style.SHARES, "Outlook_paths"),
    "seed": ("Seed: the same seed gives the same paths", style.WHOLE, "Outlook_seed"),
    "record": ("The record's fingerprint", style.TEXT, "Outlook_record"),
}


def add_outlook(workbook: Workbook, book: Book) -> None:
    """Add the sheet; until something was found its blocks stand empty and folded."""
    rows, found = outlook_layout(), book.outlook
    sheet = open_sheet(workbook, book, "Outlook", "Outlook", _WIDTHS, landscape=True)
    _put_answer(sheet)
    _put_head(sheet, rows, found)
    _put_strategies(sheet, rows, found)
    put_charts(sheet, rows)
    _put_years(sheet, rows, found)
    put_section(sheet, rows.notes[0] - 1, "A", LAST, "What to know about it")
    put_lines(sheet, rows.notes, lines_of(found.notes if found else ()), (style.TEXT,))
    _put_prices(sheet, rows, found)
    fold_rows(sheet, sorted(set(_unused(rows, found))))
    sheet.print_area = f"A1:{LAST}{rows.notes[-1]}"
    sheet.row_breaks.append(Break(id=rows.charts[1][0] - 2))
    define(sheet, "Outlook_found", f"A{rows.found[0]}:{LAST}{rows.found[-1]}")
    define(sheet, "Outlook_block", f"A{YEAR_HEADING_ROW}:{LAST}{rows.prices[-1]}")


def _put_answer(sheet: Worksheet) -> None:
    row = YEAR_HEADING_ROW - 1
    sheet.merge_cells(f"A{row}:{LAST}{row}")
    sheet.row_dimensions[row].height = _ANSWER_HEIGHT
    shown = stale_or_found(
        "Outlook_record", 'TEXT(Outlook_found_on,"mmm d, yyyy")', _NOT_ASKED, _STALE, "Outlook_about"
    )
    put(sheet, f"A{row}", shown, style.ANSWER_WORDS)
    define(sheet, "Outlook_in_words", f"A{row}")


def _put_head(sheet: Worksheet, rows: OutlookLayout, found: OutlookFound | None) -> None:
    put_section(sheet, rows.words - 1, "A", LAST, "What was asked, and when")
    day = 'TEXT(Outlook_found_on,"mmm d, yyyy")'
    words = f'"Values found on "&{day}&", from the facts of that day; they are not figured again here."'
    put(sheet, f"A{rows.words}", f'=IF(Outlook_record="","",{words})', style.PLAIN_FORMULA)
    put(sheet, f"A{rows.own_price}", "Your own price at the exit, dollars a share", style.LABEL)
    put(sheet, f"B{rows.own_price}", '=IF(Outlook_record="","",Outlook_exit_price)', style.PREFILLED, style.PRICE)
    remark = "Type over it: column L of the strategies then shows what each leaves, the plan's values until then"
    put(sheet, f"C{rows.own_price}", remark, style.PLAIN_REMARK)
    allow_numbers(sheet, f"B{rows.own_price}", "Enter dollars a share, 0 or more.")
    define(sheet, "Outlook_own_price", f"B{rows.own_price}")
    values: dict[str, str | float | date | None] = {}
    if found:
        values = {
            "day": found.found_on, "about": found.about, "exit": found.exit_year, "price": found.exit_price,
            "volatility": found.volatility, "drift": found.drift, "chance of zero": found.chance_of_zero,
            "paths": found.paths, "seed": found.seed, "record": found.record,
        }  # fmt: skip
    for key, (label, number_format, name) in _HEADS.items():
        put(sheet, f"A{rows.head[key]}", label, style.LABEL)
        put_value(sheet, f"B{rows.head[key]}", values.get(key), number_format, is_first=True)
        define(sheet, name, f"B{rows.head[key]}")


def _put_strategies(sheet: Worksheet, rows: OutlookLayout, found: OutlookFound | None) -> None:
    header = rows.strategies[0] - 1
    put_section(
        sheet, header - 1, "A", LAST, "What each strategy leaves after tax, dollars, and how often it goes wrong"
    )
    percents = [f"{percent} of 100 paths below" for percent in PERCENTS]
    own = '="At "&IF(N(Outlook_own_price)=0,"your own price",TEXT(Outlook_own_price,"$#,##0.00"))'
    headers = ("Strategy", "On the plan's values", "Mean of the paths", *percents, "Loses money",
               "AMT not all back by the last year", "Mean AMT", own,
               "Less than waiting, at an exit's price")  # fmt: skip
    put_headers(sheet, header, "A", headers, words=1, height=48)
    lines: list[Line] = [
        (one.name, one.as_planned, one.mean, *one.percentiles, one.loses_money, one.not_recovered, one.amt)
        for one in (found.strategies if found else ())
    ]
    put_lines(sheet, rows.strategies, lines, _FORMATS)
    for place, row in enumerate(rows.strategies):
        # Between two prices money is straight: the workings say between which, and how far from the first one.
        of_each = span(_OF_EACH[place], rows.prices)
        low, high = f"INDEX({of_each},Outlook_at)", f"INDEX({of_each},Outlook_at+1)"
        amount = f'=IF(OR($A{row}="",Outlook_at=0),"",{low}+({high}-{low})*Outlook_part)'
        put(sheet, f"{_OWN}{row}", amount, style.PLAIN_FORMULA, style.DOLLARS)
        regrets = found.strategies[place].regrets if found and place < len(found.strategies) else None
        put_text(sheet, f"{_REGRETS}{row}", regrets or "", style.PLAIN_REMARK)
    define(sheet, "Outlook_strategies", f"A{rows.strategies[0]}:A{rows.strategies[-1]}")
    define(sheet, "Outlook_at_own_price", f"{_OWN}{rows.strategies[0]}:{_OWN}{rows.strategies[-1]}")


def _put_years(sheet: Worksheet, rows: OutlookLayout, found: OutlookFound | None) -> None:
    """The tables by year, from which the charts are drawn."""
    percents = [f"{percent} of 100 below" for percent in PERCENTS]
    put_section(sheet, rows.values[0] - 2, "A", LAST, CHART_TITLES["values"])
    put_headers(sheet, rows.values[0] - 1, "A", ("Year", "By plan", *percents), words=1, height=32)
    lines = [(year, *values) for year, values in found.values.items()] if found else []
    put_lines(sheet, rows.values, lines, (style.WHOLE, *(style.CENTS,) * 6))
    for block, title in ((rows.cash, CHART_TITLES["cash"]), (rows.credit, CHART_TITLES["credit"])):
        put_section(sheet, block[0] - 2, "A", LAST, title)
        _put_names(sheet, rows, block[0] - 1, "Year")
        columns_of = [one.cash if block is rows.cash else one.credit for one in (found.strategies if found else ())]
        lines = [(year, *amounts) for year, amounts in zip(found.years, zip(*columns_of, strict=True), strict=False)] \
            if found else []  # fmt: skip
        put_lines(sheet, block, lines, (style.WHOLE, *(style.DOLLARS,) * STRATEGIES))


def _put_names(sheet: Worksheet, rows: OutlookLayout, header: int, first: str) -> None:
    """The strategies over their columns; a blank for none, of which a chart would make up a name."""
    names = [f'=IF($A{row}=""," ",$A{row})' for row in rows.strategies]
    put_headers(sheet, header, "A", (first, *names), words=1, height=32)


def _put_prices(sheet: Worksheet, rows: OutlookLayout, found: OutlookFound | None) -> None:
    """Workings: money after tax at every price at which it bends, and where one's own price lies among them."""
    put_section(sheet, rows.workings["at"] - 1, "A", LAST, "Workings, not printed: your own price among those below")
    is_within = "AND(N(Outlook_own_price)>0,N(Outlook_own_price)<=MAX(Outlook_prices))"
    place = "MIN(MATCH(Outlook_own_price,Outlook_prices,1),COUNT(Outlook_prices)-1)"
    low, high = "INDEX(Outlook_prices,Outlook_at)", "INDEX(Outlook_prices,Outlook_at+1)"
    part = f"IF({high}={low},0,(Outlook_own_price-{low})/({high}-{low}))"
    for key, name, words, formula in (
        ("at", "Outlook_at", "The row before it; 0 beyond them", f"=IF({is_within},{place},0)"),
        ("part", "Outlook_part", "How far it is from there to the next", f"=IF(Outlook_at=0,0,{part})"),
    ):
        put(sheet, f"A{rows.workings[key]}", words, style.LABEL)
        put(sheet, f"B{rows.workings[key]}", formula, style.FORMULA, style.GENERAL)
        define(sheet, name, f"B{rows.workings[key]}")
    put_section(sheet, rows.prices[0] - 2, "A", LAST, "Workings, not printed: after tax by the price at the exit")
    _put_names(sheet, rows, rows.prices[0] - 1, "Price at the exit")
    lines = [
        (price, *(one.by_price[place] for one in found.strategies)) for place, price in enumerate(found.prices)
    ] if found else []  # fmt: skip
    for row, line in zip(rows.prices, lines[:PRICES], strict=False):
        for letter, value in zip(("A", *_OF_EACH), line, strict=False):
            sheet[f"{letter}{row}"].value = value
    define(sheet, "Outlook_prices", f"A{rows.prices[0]}:A{rows.prices[-1]}")


def _unused(rows: OutlookLayout, found: OutlookFound | None) -> Iterator[int]:
    """The rows that show nothing, and the workings."""
    if found is None:
        yield from range(rows.words - 1, rows.prices[-1] + 1)
        return
    yield from range(rows.workings["at"] - 1, rows.prices[-1] + 1)
    yield from (rows.head["about"], rows.head["record"])
    yield from rows.strategies[len(found.strategies) :]
    yield from rows.values[min(len(found.values), YEARS) :]
    yield from rows.cash[len(found.strategies[0].cash) :]
    yield from rows.credit[len(found.years) :]
    yield from rows.notes[len(lines_of(found.notes)) :]
