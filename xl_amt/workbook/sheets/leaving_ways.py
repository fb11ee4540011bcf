"""The ways to leave compared on the sheet Leaving, over both years, and the answer in one sentence."""

from __future__ import annotations

from typing import Final

from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import columns, define, put, put_headers, put_section, span
from xl_amt.workbook.jurisdictions import codes_of
from xl_amt.workbook.sheets.leaving_grants import shares_across
from xl_amt.workbook.sheets.leaving_layout import (
    FIRST,
    LAST,
    OWN_SHARES,
    WAY_SHARES,
    WAYS,
    LeavingLayout,
    column_of,
)
from xl_amt.workbook.sheets.leaving_years import WAY_NAMES
from xl_amt.workbook.sheets.year_columns import dollars

_HEADERS: Final = (
    "Way", "By", "Shares as ISOs", "Shares as NSOs", "Shares that lapse", "AMT added", "Taxes added, before credit",
    "Cash: strikes and taxes", "Medicare tax withheld", "Credit back by next year", "Credit left of it then",
    "Worth at the later price, less all that",
)  # fmt: skip
_FIGURES: Final = ("isos", "nsos", "lapse", "amt", "added", "cash", "medicare", "back", "left", "worth")


def put_ways(sheet: Worksheet, book: Book, rows: LeavingLayout) -> None:
    """One row per way, each figure of both years together."""
    put_section(sheet, rows.ways[0] - 2, "A", LAST, "The ways compared, this year and next together")
    put_headers(sheet, rows.ways[0] - 1, "A", _HEADERS, words=2, height=48)
    vested = f"SUM({span('C', rows.grants)},{span('D', rows.grants)})"
    for way, row in zip(WAYS, rows.ways, strict=True):
        name = WAY_NAMES[way]
        put(sheet, f"A{row}", name, style.LABEL)
        put(sheet, f"B{row}", f'=IF(Leaving_problem<>"","",{_by(rows, way)})', style.UNIT, style.DAY)
        figures = _figures(book, rows, way, vested)
        for column, figure in zip(columns(FIRST, LAST), _FIGURES, strict=True):
            number_format = style.SHARES if figure in ("isos", "nsos", "lapse") else style.DOLLARS
            formula = f'=IF(Leaving_problem<>"","",{figures[figure].format(row=row)})'
            put(sheet, f"{column}{row}", formula, style.TOTAL if figure == "cash" else style.FORMULA, number_format)
    for column, figure in zip(columns(FIRST, LAST), _FIGURES, strict=True):
        define(sheet, f"Way_{figure}", f"{column}{rows.ways[0]}:{column}{rows.ways[-1]}")


def _by(rows: LeavingLayout, way: str) -> str:
    """The last day of a way."""
    return {
        "this year": "Leaving_new_year-1",
        "next year": f"MAX({span('E', rows.grants)})",
        "at the end": f"MAX({span('F', rows.grants)})",
    }.get(way, '""')


def _figures(book: Book, rows: LeavingLayout, way: str, vested: str) -> dict[str, str]:
    this, following = column_of(way, 0), column_of(way, 1)

    def both(key: str) -> str:
        return f"{this}{rows.years[key]}+{following}{rows.years[key]}"

    def more(figure: str, years: tuple[int, ...] = (0, 1)) -> str:
        """What a figure of all jurisdictions is beyond that of letting everything lapse."""
        every = [rows.years[f"{code} {figure}"] for code in codes_of(book.record)]
        return "+".join(
            f"{column_of(way, year)}{row}-{column_of('lapse', year)}{row}" for row in every for year in years
        )

    isos, nsos = (_shares(rows, way, kind) for kind in (0, 1))
    return {
        "isos": isos,
        "nsos": nsos,
        "lapse": f"{vested}-C{{row}}-D{{row}}",
        "amt": more("AMT"),
        "added": both("added"),
        "cash": f"{both('strikes')}+G{{row}}",
        "medicare": both("medicare"),
        "back": more("credit used"),
        "left": more("credit left", years=(1,)),
        "worth": "(C{row}+D{row})*Leaving_later_price-H{row}-I{row}+J{row}",
    }


def _shares(rows: LeavingLayout, way: str, kind: int) -> str:
    """The shares of a way as ISOs, 0, or as NSOs, 1."""
    if way == "own":
        return "+".join(f"SUM({shares_across(rows.grants, own[kind])})" for own in OWN_SHARES.values())
    found = [own[kind] for (of, _), own in WAY_SHARES.items() if of == way]
    return "+".join(f"SUM({shares_across(rows.way_shares, column)})" for column in found) or "0"


def answer(rows: LeavingLayout) -> str:
    """What the ways cost, in one sentence, as a formula; what is missing, where something is."""
    day = '"mmm d, yyyy"'
    this, following, end, *_ = rows.ways
    vested = f"SUM({span('C', rows.grants)},{span('D', rows.grants)})"
    words = (
        f'"Leaving on "&TEXT(Leaving_last_day,{day})&": "&TEXT({vested},"#,##0")&" options are vested, as ISOs until "'
        f'&TEXT(MAX({span("E", rows.grants)}),{day})&" and at all until "&TEXT(MAX({span("F", rows.grants)}),{day})'
        f'&". Cash for all in "&Leaving_year&": "&{dollars(f"H{this}")}'
        f'&", in "&Leaving_year+1&": "&{dollars(f"H{following}")}&", at the end: "&{dollars(f"H{end}")}&"."'
    )
    none = '"No options of this holding are vested on that day: there is nothing to decide."'
    return f'=IF(Leaving_problem<>"",Leaving_problem,IF({vested}=0,{none},{words}))'
