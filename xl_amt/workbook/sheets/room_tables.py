"""The tables of sheet Room under the grants: what more costs, each jurisdiction with its credit, and the checks."""

from __future__ import annotations

from typing import Final

from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.planning.room import BEYOND
from xl_amt.workbook import style
from xl_amt.workbook.cells import (
    CLIENT,
    FACTS,
    allow_numbers,
    define,
    facts_in,
    flag,
    put,
    put_headers,
    put_section,
    span,
)
from xl_amt.workbook.sheets.both_rooms import capital

JURISDICTIONS: Final = {"H": "First_asked", "I": "Second_asked", "J": "Jurisdiction_asked"}
FIGURES: Final = 8  # of each jurisdiction
CHECKS: Final = 4
_IN_ROOM: Final = "Used+Spread_in_room"


def _shown(column: str, formula: str) -> str:
    """A figure of a jurisdiction; of one alone only the last column has any."""
    asked = (
        'Missing_inputs=""'
        if JURISDICTIONS[column] == "Jurisdiction_asked"
        else 'AND(Missing_inputs="",Second_asked<>"")'
    )
    return f'=IF({asked},{formula},"")'


def _of_each(function: str, arguments: str) -> dict[str, str]:
    """What a function gives for each column of the jurisdictions."""
    return {column: f"{function}({arguments},{facts_in(asked)})" for column, asked in JURISDICTIONS.items()}


def put_beyond(sheet: Worksheet, rows: range) -> None:
    """What exercising more spread than the room costs; without a room, what parts of all spread cost."""
    title = rows[0] - 2
    put_section(sheet, title, "A", "J", '="What more would cost in "&Tax_year')
    of_one = [f'=IF(Second_asked="","","AMT, "&{which}_place)' for which in ("First", "Second")]
    headers = ("If more is exercised", "", "", "", "Spread, dollars", "Shares, same order", "AMT per extra dollar")
    put_headers(sheet, title + 1, "A", (*headers, *of_one, "AMT, dollars"), words=4, height=32)
    _unwrap(sheet, f"A{title + 1}")
    more = '=IF(Room_dollars>0,"More spread than the room","Part of all spread")'
    for row, part, shares in zip(rows, BEYOND, ("Fill_beyond_1", "Fill_beyond_2", "Fill_beyond_3"), strict=True):
        for column in "ABC":
            put(sheet, f"{column}{row}", more if column == "A" else None, style.LABEL)
        put(sheet, f"D{row}", part, style.INPUT.to_the("right"), style.PERCENT)
        extra = f"$E{row}-Extra_from"
        figures = {
            "E": (f"Extra_from+$D{row}*Extra_base", style.DOLLARS),
            "F": (f"SUM({shares})", style.SHARES),
            "G": (f'IF({extra}=0,"",($J{row}-AMT_from)/({extra}))', style.RATE),
        }
        for column, (formula, number_format) in figures.items():
            put(sheet, f"{column}{row}", f'=IF(Missing_inputs="",{formula},"")', style.FORMULA, number_format)
        for column, owed in _of_each("AMT_OWED", f"{CLIENT},$E{row}").items():
            put(sheet, f"{column}{row}", _shown(column, owed), style.FORMULA, style.DOLLARS)
    for number, row in enumerate(rows, start=1):
        define(sheet, f"Beyond_{number}", f"D{row}")
    for name, column in {"spread": "E", "AMT": "J"}.items():
        define(sheet, f"Room_beyond_{name}", span(column, rows))
    allow_numbers(sheet, f"D{rows[0]}:D{rows[-1]}", "Enter a percentage, 0% or more.")
    hypothetical = '"All ISO shares in the order hold "&TEXT(All_spread,"$#,##0")&" of spread: more is hypothetical."'
    largest = f"MAX($E{rows[0]}:$E{rows[-1]})"
    put(
        sheet,
        f"A{rows[-1] + 1}",
        f'=IF(AND(All_spread>0,{largest}>All_spread),{hypothetical},"")',
        style.NOTE,
    )


def _unwrap(sheet: Worksheet, address: str) -> None:
    """Let the words of a narrow header run on over the empty ones next to it."""
    cell = sheet[address]
    cell.alignment = Alignment(horizontal="left", vertical="center")


def put_jurisdictions(sheet: Worksheet, rows: range) -> None:
    """Room, taxes and minimum tax credit, a column for each jurisdiction and one for both together."""
    title = rows[0] - 2
    both = f'{capital("First_place")}&" and "&Second_place'
    named = f'IF(Second_asked="",{capital("First_place")},{both})'
    put_section(sheet, title, "A", "J", f'={named}&" in "&Tax_year&", dollars"')
    heads = [f'=IF(Second_asked="","",{capital(f"{which}_place")})' for which in ("First", "Second")]
    together = f'=IF(Second_asked="",{capital("First_place")},"Together")'
    put_headers(sheet, title + 1, "A", (*("",) * 7, *heads, together), words=7, height=20)
    binds = 'IF(Second_asked="","",": the "&Binding_place&" one binds")'
    unused, filled = f"{CLIENT},Used", f"{CLIENT},MAX(Room_dollars,Used)"
    available, used, after, postponed, keeping = rows[3:]
    figures = {
        rows[0]: (f'="AMT room, of ISO spread"&{binds}', _of_each("AMT_ROOM", CLIENT)),
        rows[1]: ("Regular tax", _of_each("AMT_REGULAR_TAX", CLIENT)),
        rows[2]: ("AMT before any exercise", _of_each("AMT_OWED", f"{CLIENT},0")),
        available: (
            "Minimum tax credit available",
            {column: f"{column}{used}+{left}" for column, left in _of_each("AMT_CREDIT_CARRIED", unused).items()},
        ),
        used: ("Credit used if no more is exercised", _of_each("AMT_CREDIT_USED", unused)),
        after: ("Credit used if the room is filled", _of_each("AMT_CREDIT_USED", filled)),
        postponed: (
            "Credit that filling the room postpones to a later year",
            {column: f"{column}{used}-{column}{after}" for column in JURISDICTIONS},
        ),
        keeping: (
            "ISO spread of the year that uses the credit as if nothing was exercised",
            _of_each("AMT_ROOM_KEEPING_CREDIT", CLIENT),
        ),
    }
    for row, (label, of_each) in figures.items():
        for column in "ABCDEFG":
            put(sheet, f"{column}{row}", label if column == "A" else None, style.LABEL)
        for column, figure in of_each.items():
            put(sheet, f"{column}{row}", _shown(column, figure), style.FORMULA, style.DOLLARS)
    define(sheet, "Credit_available", f"J{available}")
    define(sheet, "Credit_postponed", f"J{postponed}")
    define(sheet, "Room_keeping_credit", f"J{keeping}")
    put(sheet, f"A{rows[-1] + 1}", _credit_in_words(f"$J{used}"), style.NOTE)
    define(sheet, "Postponed_in_words", f"A{rows[-1] + 1}")


def _credit_in_words(used: str) -> str:
    none = '"No minimum tax credit is available in "&Tax_year&", so filling the room postpones none."'
    unused = '"No minimum tax credit can be used in "&Tax_year&", so filling the room postpones none."'
    kept = (
        f'"Filling the room leaves the "&TEXT({used},"$#,##0")&" of minimum tax credit used in "&Tax_year&" as it is."'
    )
    postpones = (
        '"Filling the room postpones "&TEXT(Credit_postponed,"$#,##0")&" of minimum tax credit to a later year; "'
    )
    up_to = '"ISO spread of up to "&TEXT(Room_keeping_credit,"$#,##0")&" in the year postpones none."'
    some = f"IF(Credit_postponed<Half_a_cent,{kept},{postpones}&{up_to})"
    words = f"IF(Credit_available<Half_a_cent,{none},IF({used}<Half_a_cent,{unused},{some}))"
    return f'=IF(Missing_inputs<>"","",{words})'


def put_checks(sheet: Worksheet, rows: range) -> None:
    """What has to hold of the figures above; each says ok or FAILED."""
    put_section(sheet, rows[0] - 1, "A", "J", "Checks")
    filled, more = (f"AMT_OWED({CLIENT},{spread},{FACTS})" for spread in (_IN_ROOM, f"{_IN_ROOM}+Next_spread"))
    checks = (
        (
            "AMT added by the shares above, dollars",
            f"{filled}-AMT_so_far",
            'IF({figure}<Half_a_cent,"ok","FAILED")',
            style.CENTS,
        ),
        (
            '=IF(Next_grant="","No more shares to exercise","AMT added by one more of "&Next_label&", dollars")',
            f'IF(Next_grant="","",{more}-AMT_so_far)',
            'IF(Next_grant="","ok",IF({figure}>0,"ok","FAILED"))',
            style.CENTS,
        ),
        (
            "Room left over, dollars",
            "Room_left-Spread_in_room",
            'IF({figure}<-Slack,"FAILED","ok")',
            style.CENTS,
        ),
        (
            "ISO grants in the money that have no row above",
            "COUNT(ISO_order)-MAX(Fill_order)",
            'IF({figure}=0,"ok","FAILED")',
            style.SHARES,
        ),
    )
    for row, (label, figure, verdict, number_format) in zip(rows, checks, strict=True):
        for column in "ABCDEFGH":
            put(sheet, f"{column}{row}", label if column == "A" else None, style.LABEL)
        put(sheet, f"I{row}", f'=IF(Missing_inputs="",{figure},"")', style.FORMULA, number_format)
        put(sheet, f"J{row}", f'=IF(Missing_inputs="",{verdict.format(figure=f"$I{row}")},"")', style.CHECK)
    define(sheet, "Room_checks", f"J{rows[0]}:J{rows[-1]}")
    flag(sheet, f"J{rows[0]}:J{rows[-1]}", f'$J{rows[0]}="FAILED"', style.FAILED)
