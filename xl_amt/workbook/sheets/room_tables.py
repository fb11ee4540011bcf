"""The tables of sheet Room under the grants: what more costs, each jurisdiction with its credit, and the checks."""

from __future__ import annotations

from typing import Final

from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.planning.room import BEYOND
from xl_amt.workbook import style
from xl_amt.workbook.cells import CLIENT, FACTS, allow_numbers, define, facts_in, flag, put, put_headers, put_section
from xl_amt.workbook.sheets.both_rooms import capital

JURISDICTIONS: Final = {"H": "First_asked", "I": "Second_asked", "J": "Jurisdiction_asked"}
FIGURES: Final = 8  # of each jurisdiction
CHECKS: Final = 4
_ALONE: Final = {"H": False, "I": False, "J": True}  # whether the column is shown where one jurisdiction is asked


def _shown(column: str, formula: str) -> str:
    """A figure of a jurisdiction; of one alone only the last column has any."""
    asked = 'Missing_inputs=""' if _ALONE[column] else 'AND(Missing_inputs="",Second_asked<>"")'
    return f'=IF({asked},{formula},"")'


def put_beyond(sheet: Worksheet, rows: range) -> None:
    """What exercising more spread than the room costs; without a room, what parts of all spread cost."""
    title = rows[0] - 2
    put_section(sheet, title, "A", "J", '="What more would cost in "&Tax_year')
    more = '=IF(Room_dollars>0,"More than the room","Part of all spread")'
    of_one = [f'=IF(Second_asked="","","AMT, "&{which}_place&", dollars")' for which in ("First", "Second")]
    headers = ("", more, "Spread, dollars", "", "Shares, same order", "", "AMT per extra dollar", *of_one, "AMT, dollars")
    put_headers(sheet, title + 1, "A", headers, words=2, height=32)
    for row, part, shares in zip(rows, BEYOND, ("Fill_beyond_1", "Fill_beyond_2", "Fill_beyond_3"), strict=True):
        for column in "ADF":
            put(sheet, f"{column}{row}", None, style.LABEL)
        put(sheet, f"B{row}", part, style.INPUT.to_the("left"), style.PERCENT)
        extra = f"$C{row}-Extra_from"
        figures = {
            "C": (f"Extra_from+$B{row}*Extra_base", style.DOLLARS),
            "E": (f"SUM({shares})", style.SHARES),
            "G": (f'IF({extra}=0,"",($J{row}-AMT_from)/({extra}))', style.RATE),
        }
        for column, (formula, number_format) in figures.items():
            put(sheet, f"{column}{row}", f'=IF(Missing_inputs="",{formula},"")', style.FORMULA, number_format)
        for column, asked in JURISDICTIONS.items():
            owed = f"AMT_OWED({CLIENT},$C{row},{facts_in(asked)})"
            put(sheet, f"{column}{row}", _shown(column, owed), style.FORMULA, style.DOLLARS)
    for number, row in enumerate(rows, start=1):
        define(sheet, f"Beyond_{number}", f"B{row}")
    allow_numbers(sheet, f"B{rows[0]}:B{rows[-1]}", "Enter a percentage, 0 % or more.")
    hypothetical = '"All ISO shares in the order hold "&TEXT(All_spread,"$#,##0")&" of spread: more is hypothetical."'
    largest = f"MAX($C{rows[0]}:$C{rows[-1]})"
    put(
        sheet,
        f"A{rows[-1] + 1}",
        f'=IF(AND(All_spread>0,{largest}>All_spread),{hypothetical},"")',
        style.NOTE,
    )


def put_jurisdictions(sheet: Worksheet, rows: range) -> None:
    """Room, taxes and minimum tax credit, a column for each jurisdiction and one for both together."""
    title = rows[0] - 2
    both = f'{capital("First_place")}&" and "&Second_place'
    named = f'IF(Second_asked="",{capital("First_place")},{both})'
    put_section(sheet, title, "A", "J", f'={named}&" in "&Tax_year')
    heads = [f'=IF(Second_asked="","",{capital(f"{which}_place")})' for which in ("First", "Second")]
    together = f'=IF(Second_asked="",{capital("First_place")},"Together")'
    put_headers(sheet, title + 1, "A", ("Dollars", *("",) * 6, *heads, together), words=7, height=20)
    binds = 'IF(Second_asked="","",": the "&Binding_place&" one binds")'
    filled = "MAX(Room_dollars,Used)"
    figures = {
        f'="AMT room, of ISO spread"&{binds}': "AMT_ROOM({client},{facts})",
        "Regular tax": "AMT_REGULAR_TAX({client},{facts})",
        "AMT before any exercise": "AMT_OWED({client},0,{facts})",
        "Minimum tax credit available": (
            "AMT_CREDIT_USED({client},Used,{facts})+AMT_CREDIT_CARRIED({client},Used,{facts})"
        ),
        "Credit used if no more is exercised": "AMT_CREDIT_USED({client},Used,{facts})",
        "Credit used if the room is filled": "AMT_CREDIT_USED({client}," + filled + ",{facts})",
        "Credit that filling the room postpones to a later year": "{column}{used}-{column}{filled}",
        "ISO spread of the year that uses the credit as if nothing was exercised": (
            "AMT_ROOM_KEEPING_CREDIT({client},{facts})"
        ),
    }
    for row, (label, formula) in zip(rows, figures.items(), strict=True):
        for column in "ABCDEFG":
            put(sheet, f"{column}{row}", label if column == "A" else None, style.LABEL)
        for column, asked in JURISDICTIONS.items():
            figure = formula.format(
                client=CLIENT, facts=facts_in(asked), column=column, used=rows[4], filled=rows[5]
            )
            put(sheet, f"{column}{row}", _shown(column, figure), style.FORMULA, style.DOLLARS)
    available, used, postponed, keeping = rows[3], rows[4], rows[6], rows[7]
    for name, row in {"Credit_available": available, "Credit_postponed": postponed, "Room_keeping_credit": keeping}.items():
        define(sheet, name, f"J{row}")
    put(sheet, f"A{rows[-1] + 1}", _credit_in_words(f"$J{used}"), style.NOTE)


def _credit_in_words(used: str) -> str:
    none = '"No minimum tax credit is available in "&Tax_year&", so that filling the room postpones none."'
    unused = '"No minimum tax credit can be used in "&Tax_year&", so that filling the room postpones none."'
    kept = f'"Filling the room leaves the "&TEXT({used},"$#,##0")&" of minimum tax credit used in "&Tax_year&" as it is."'
    postpones = '"Filling the room postpones "&TEXT(Credit_postponed,"$#,##0")&" of minimum tax credit to a later year; "'
    up_to = '"ISO spread of up to "&TEXT(Room_keeping_credit,"$#,##0")&" in the year postpones none."'
    some = f"IF(Credit_postponed<Half_a_cent,{kept},{postpones}&{up_to})"
    words = f"IF(Credit_available<Half_a_cent,{none},IF({used}<Half_a_cent,{unused},{some}))"
    return f'=IF(Missing_inputs<>"","",{words})'


def put_checks(sheet: Worksheet, rows: range) -> None:
    """What has to hold of the figures above; each says ok or FAILED."""
    put_section(sheet, rows[0] - 1, "A", "J", "Checks")
    more = f"AMT_OWED({CLIENT},Used+Spread_in_room+Next_spread,{FACTS})"
    checks = (
        (
            "AMT added by the shares above, dollars",
            f"AMT_OWED({CLIENT},Used+Spread_in_room,{FACTS})-AMT_so_far",
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
