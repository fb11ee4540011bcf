"""What comes of each way in December's table: of a lot with all others held, and of all lots of a company."""

from __future__ import annotations

from typing import Final, NamedTuple

from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import put, put_headers, put_section
from xl_amt.workbook.jurisdictions import codes_of, place_of
from xl_amt.workbook.page import fold_rows
from xl_amt.workbook.sheets import december_layout as at

_YEARS: Final = (
    "December_incomes,December_statuses,December_years,December_spreads,December_labels,December_amounts,"
    "Jurisdiction_asked,December_credit_left_at,N(Discount_rate)"
)
_HOLD, _SELL, _LATER = at.WAYS
_AFTER_TAX, _BREAK_EVEN = "after tax", "break-even price"
_FIGURES: Final = {
    "D": "tax this year",
    "E": "tax later",
    "F": _AFTER_TAX,
    "G": "AMT undone",
    "H": "credit given up",
    "I": "credit left",
    "J": _BREAK_EVEN,
}


class _Decided(NamedTuple):
    """What a block of ways is about: its rows, and the cells that say of which lots at which prices."""

    rows: range
    title: str  # a formula, "" where the block is for nobody
    shares: str
    lots: str
    price: str
    later_price: str
    qualifies: str  # the first day of a qualifying sale; "" where each lot has its own
    qualifies_early: str  # whether a sale on the first business day of the next year is a qualifying one


def put_ways(sheet: Worksheet, book: Book, lots: int) -> None:
    """The ways of each lot; rows for nobody are folded."""
    put_section(sheet, at.WAYS_HEAD - 1, "A", at.LAST_SHOWN, "Each way, lot by lot, with all other lots held")
    put_headers(sheet, at.WAYS_HEAD, "A", _headers(book), words=1, height=48)
    for place, row in enumerate(at.LOTS):
        shares = f'TEXT($D${row},"#,##0")&" shares at "&TEXT($E${row},"$#,##0.00##")'
        decided = _Decided(
            rows=at.rows_of_lot(place),
            title=f'IF($A${row}="","",$A${row}&": "&{shares}&IF($B${row}="planned",", planned",""))',
            shares=f"${at.SHARES}${row}",
            lots=f"${at.STRIKE}${row}:${at.ELECTION}${row}",
            price=f"$I${row}",
            later_price=f"$J${row}",
            qualifies=f"$H${row}",
            qualifies_early=f"$H${row}<={at.EARLY_DAY}",
        )
        _put_block(sheet, book, decided)
        if place >= lots:
            fold_rows(sheet, decided.rows)


def put_joint(sheet: Worksheet, book: Book, companies: list[int]) -> None:
    """All lots of each company decided together; ``companies`` are the numbers of their lots."""
    title = "All lots of a company together: tax is not additive, so these are not sums of the lots above"
    put_section(sheet, at.JOINT_TITLE, "A", at.LAST_SHOWN, title)
    first, last = at.LOTS[0], at.LOTS[-1]
    for place, row in enumerate(at.PRICES):
        column = at.of_company(place)
        own = f"${at.PLACE}${first}:${at.PLACE}${last}=${column}${at.LOTS_HEAD}"
        decided = _Decided(
            rows=at.rows_of_company(place),
            title=f'IF(COUNT(${column}${first}:${column}${last})<=1,"","All lots of "&$A${row})',
            shares=f"${column}${first}:${column}${last}",
            lots=f"${at.STRIKE}${first}:${at.ELECTION}${last}",
            price=f"$D${row}",
            later_price=f"$E${row}",
            qualifies="",
            qualifies_early=f"SUMPRODUCT(({own})*($H${first}:$H${last}<={at.EARLY_DAY}))>0",
        )
        _put_block(sheet, book, decided)
        if place >= len(companies) or companies[place] < 2:
            fold_rows(sheet, decided.rows)
    if not any(number > 1 for number in companies):
        fold_rows(sheet, [at.JOINT_TITLE])


def _headers(book: Book) -> list[str]:
    codes = codes_of(book.record)
    headers = ["", "Price", "From", f"Tax of {book.year_asked or ''}, added", "Tax of later years, added",
               "After tax: proceeds less taxes, and the worth of credit left", "AMT undone", "Credit given up",
               "Credit left", "Break-even: later price that equals selling now"]  # fmt: skip
    if len(codes) > 1:
        place = place_of(codes[-1])
        headers += [f"AMT undone, of it {place}'s", f"Credit given up, of it {place}'s"]
    return headers


def _put_block(sheet: Worksheet, book: Book, decided: _Decided) -> None:
    title = decided.rows[0]
    put(sheet, f"A{title}", f"={decided.title}", style.PARAGRAPH_TITLE)
    for row, way in zip(decided.rows[1:], at.WAYS, strict=True):
        put(sheet, f"A{row}", f'=IF($A${title}="","","{way}")', style.LABEL)
        price = decided.price if way == _SELL else decided.later_price
        guard = [f'$A${title}<>""', 'Missing_inputs=""', f"N({decided.later_price})>0"]
        if way == _SELL:
            guard.append(f"N({price})>0")
        elif way == _LATER:
            guard.append(f"NOT({decided.qualifies_early})")
        put(sheet, f"{at.GUARD}{row}", f"=IF(AND({','.join(guard)}),1,0)", style.NOTE, style.WHOLE)
        put(sheet, f"B{row}", f'=IF(${at.GUARD}{row}=0,"",{price})', style.FORMULA, style.PRICE)
        _put_from(sheet, decided, row, way)
        _put_figures(sheet, book, decided, row, way)


def _put_from(sheet: Worksheet, decided: _Decided, row: int, way: str) -> None:
    """The first day of the way."""
    day = {_HOLD: decided.qualifies or '"by lot"', _SELL: at.SELL_DAY, _LATER: at.EARLY_DAY}[way]
    look = style.FORMULA.to_the("right")
    put(sheet, f"C{row}", f'=IF(${at.GUARD}{row}=0,"",{day})', look, style.DAY)


def _put_figures(sheet: Worksheet, book: Book, decided: _Decided, row: int, way: str) -> None:
    """Each figure is one function; n/a where it has no answer."""
    codes = codes_of(book.record)
    figures = dict(_FIGURES)
    if len(codes) > 1:
        figures |= {"K": f"AMT undone,{codes[-1]}", "L": f"credit given up,{codes[-1]}"}
    asked = f"{decided.shares},{decided.lots},{decided.price},{decided.later_price},{_YEARS}"
    for column, figure in figures.items():
        look = style.TOTAL if figure == _AFTER_TAX else style.FORMULA.to_the("right")
        number_format = style.PRICE if figure == _BREAK_EVEN else style.DOLLARS
        without = f"${at.GUARD}{row}=0"
        if figure == _BREAK_EVEN:
            without = "TRUE" if way == _SELL else f"OR({without},N({decided.price})=0)"
        found = f'IFERROR(AMT_DECEMBER($A{row},"{figure}",{asked}),"n/a")'
        shown = None if without == "TRUE" else f'=IF({without},"",{found})'
        put(sheet, f"{column}{row}", shown, look, number_format)
