"""The plan by year on the sheet Summary: one row per year, from the sheets Plan, Cash and Credit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.workbook import style
from xl_amt.workbook.book import LEAST_YEARS, Book
from xl_amt.workbook.cells import define, flag, put, put_headers, put_section, span
from xl_amt.workbook.jurisdictions import codes_of, place_of
from xl_amt.workbook.sheets.credit import credit_codes

FIRST, LAST = "A", "I"
YEARS_TITLE: Final = 11
FIRST_ROW: Final = YEARS_TITLE + 2
YEARS: Final = range(FIRST_ROW, FIRST_ROW + LEAST_YEARS)
TOTAL_ROW: Final = YEARS[-1] + 1
IN_WORDS, LOST = "K", "L"  # workings, not printed


def place_in(rows: range) -> str:
    """The place of the last of some rows among them, counted and not typed.

    >>> place_in(range(13, 15))
    'ROWS($J$13:$J14)'
    """
    return f"ROWS($J${rows[0]}:$J{rows[-1]})"


class Column(NamedTuple):
    """A column: its heading, its formula from the place of a year, its format, and whether it is added up."""

    heading: str
    formula: str
    number_format: str
    is_added: bool = False


def put_years(sheet: Worksheet, book: Book, *, has_plan: bool) -> None:
    """The table, and the years and shares in words, which the answer takes."""
    if not has_plan:
        put_section(sheet, YEARS_TITLE, FIRST, LAST, "No plan: enter grants and plan exercises to see it by year")
        return
    codes = codes_of(book.record)
    title = '"The plan by year"&IF(SUM(Plan_shares)=0,": no exercise is planned","")'
    put_section(sheet, YEARS_TITLE, FIRST, LAST, f"={title}")
    columns = _columns(codes, credit_codes(book), has_lots=bool(book.lots))
    put_headers(sheet, YEARS_TITLE + 1, FIRST, [column.heading for column in columns], height=34)
    for row in YEARS:
        _put_year(sheet, row, columns)
    _put_totals(sheet, columns)
    flag(sheet, f"{FIRST}{YEARS[0]}:{LAST}{YEARS[-1]}", f'${FIRST}{YEARS[0]}<>""', style.ROW_IN_USE)
    standing = " * Law estimated or projected." if book.years else ""
    note = f"AMT is mostly due with the return, by April 15 of the next year; nothing is withheld for it.{standing}"
    put(sheet, f"{FIRST}{TOTAL_ROW + 1}", note, style.NOTE)
    amt = [letter for letter, column in zip("ABCDEFGHI", columns, strict=True) if " AMT" in column.heading]
    put(sheet, f"{IN_WORDS}{TOTAL_ROW}", f"={'+'.join(f'{letter}{TOTAL_ROW}' for letter in amt)}", style.NOTE)
    define(sheet, "Summary_amt_in_all", f"{IN_WORDS}{TOTAL_ROW}")
    define(sheet, "Summary_credit", span("I", YEARS))
    define(sheet, "Planned_in_words", f"{IN_WORDS}{YEARS[-1]}")


def _columns(codes: Sequence[str], with_credit: Sequence[str], *, has_lots: bool) -> tuple[Column, ...]:
    """Nine columns, with a second jurisdiction or without one."""
    not_enacted = ",".join(f'INDEX(Law_standing_{code},{{place}})<>"enacted"' for code in codes)
    credit = "+".join(f"N(INDEX(Credit_closing_{code},{{place}}))" for code in with_credit) or "0"
    year = f'INDEX(Years,{{place}})&IF(OR({not_enacted}),"*","")'
    planned = 'SUMPRODUCT(MAX((Lot_standing="planned")*(Lot_kind<>"RSU")*(Lot_year=INDEX(Years,{place}))*Lot_acquired))'
    shares = Column("Shares to exercise", "INDEX(Plan_shares,{place})", style.SHARES, is_added=True)
    by = Column("By", f'IF(OR($B{{row}}=0,{planned}=0),"",{planned})' if has_lots else '""', style.DAY)
    first, *others = ((_amt(code), _due(code)) for code in codes)
    if others:
        taxes = (*first, *others[0])
    else:
        spread = Column("ISO spread", "INDEX(Plan_spread,{place})", style.DOLLARS, is_added=True)
        strikes = Column("Strikes paid", "INDEX(Plan_strikes,{place})", style.DOLLARS, is_added=True)
        taxes = (spread, *first, strikes)
    cash = Column("Cash, with taxes", "INDEX(Cash_needed,{place})", style.DOLLARS, is_added=True)
    left = Column("Credit left at the year's end", credit, style.DOLLARS)
    return (Column("Year", year, style.WORDS), shares, by, *taxes, cash, left)


def _amt(code: str) -> Column:
    place = place_of(code)
    return Column(
        f"{place[0].upper()}{place[1:]} AMT", f"INDEX(Plan_AMT_{code},{{place}})", style.DOLLARS, is_added=True
    )


def _due(code: str) -> Column:
    """When the year's tax is due, by the calendar; nothing in a year without AMT in the column before."""
    begins = '"Tax of "' if code == "US" else f'"{place_of(code)}: tax of "'
    found = f'INDEX(Due_day,MATCH({begins}&INDEX(Years,{{place}})&" is due",Due_what,0))'
    return Column("Due", f'IF({{before}}{{row}}=0,"",IFERROR({found},""))', style.DAY)


def _put_year(sheet: Worksheet, row: int, columns: Sequence[Column]) -> None:
    place = place_in(range(YEARS[0], row + 1))
    letters = "ABCDEFGHI"
    for number, (letter, column) in enumerate(zip(letters, columns, strict=True)):
        formula = column.formula.format(place=place, row=row, before=f"${letters[number - 1]}")
        look = style.PLAIN_FORMULA.to_the("left" if number == 0 else "right")
        is_blank = f'INDEX(Years,{place})=""' if number == 0 else f'${FIRST}{row}=""'
        put(sheet, f"{letter}{row}", f'=IF({is_blank},"",{formula})', look, column.number_format)
    before = f"{IN_WORDS}{row - 1}" if row > YEARS[0] else '""'
    more = f'{before}&IF({before}="","",", ")&TEXT($B{row},"#,##0")&" shares in "&INDEX(Years,{place})'
    put(sheet, f"{IN_WORDS}{row}", f"=IF(N($B{row})=0,{before},{more})", style.NOTE)


def _put_totals(sheet: Worksheet, columns: Sequence[Column]) -> None:
    for letter, column in zip("ABCDEFGHI", columns, strict=True):
        total = f"=SUM({letter}{YEARS[0]}:{letter}{YEARS[-1]})" if column.is_added else None
        put(sheet, f"{letter}{TOTAL_ROW}", "All" if letter == FIRST else total, style.TOTAL, column.number_format)
