"""Sheet Room: how many shares fit in the year at $0 AMT, what more would cost, and the chart of both."""

from __future__ import annotations

from typing import Final

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.workbook import style
from xl_amt.workbook.cells import (
    CLIENT,
    FACTS,
    allow_numbers,
    define,
    flag,
    put,
    put_headers,
    put_section,
    span,
)
from xl_amt.workbook.client_facts import ClientFacts
from xl_amt.workbook.page import open_sheet
from xl_amt.workbook.sheets import room_workings
from xl_amt.workbook.sheets.grants import iso_rows

TILES_ROW: Final = 7
TABLES_ROW: Final = 10  # the title of both tables; headers and totals follow
FIRST_ROW: Final = TABLES_ROW + 3
BEYOND: Final = (0.25, 0.50, 1.00)  # of the room, as an advisor first asks
BEYOND_ROWS: Final = range(TABLES_ROW + 2, TABLES_ROW + 2 + len(BEYOND))
CHECKS_ROW: Final = BEYOND_ROWS[-1] + 3
CHART_ROW: Final = CHECKS_ROW + 6

WIDTHS: Final = (
    *(7, 17, 12, 13, 14, 14, 13, 14, 16),  # A to I: the grants
    3,
    *(14, 15, 14, 15, 14),  # K to O: what more costs, the checks and the chart
    6,
    *room_workings.WIDTHS,
)


def add_room(workbook: Workbook, client: ClientFacts) -> None:
    """Add the sheet; it fills the room with the ISO grants in the money, smallest spread per share first."""
    rows = range(FIRST_ROW, FIRST_ROW + len(iso_rows(client)))
    sheet = open_sheet(workbook, client, "Room", "AMT room", WIDTHS, landscape=True)
    _answer(sheet)
    _shares_per_grant(sheet, rows)
    _beyond_the_room(sheet, rows)
    _checks(sheet)
    put_section(sheet, CHART_ROW - 1, "K", "O", '="Tax against ISO shares exercised in "&Tax_year')
    sheet.add_chart(room_workings.add_workings(sheet, rows, BEYOND_ROWS), f"K{CHART_ROW}")
    last = max(rows[-1], CHART_ROW + 22)
    sheet.print_area = f"A1:O{last}"
    sheet.page_setup.fitToHeight = 1


def _answer(sheet: Worksheet) -> None:
    """The answer in words, and the five figures that an advisor looks for first."""
    put(sheet, "A5", _in_words(), style.ANSWER_WORDS)
    put(sheet, "A9", _what_is_missing(), style.NOTE)
    sheet.row_dimensions[5].height = 24
    sheet.row_dimensions[9].height = 24
    room = f"=AMT_ROOM({CLIENT},{FACTS})"
    _tile(sheet, "A", "C", '="AMT room in "&Tax_year&", dollars of spread"', room, style.TILE_DOLLARS)
    _tile(sheet, "D", "F", "ISO shares at $0 AMT", "=Shares_in_room", style.TILE_SHARES)
    _tile(sheet, "G", "I", "Cash to exercise them, dollars", "=Cash_in_room", style.TILE_DOLLARS)
    tax = f"=AMT_REGULAR_TAX({CLIENT},{FACTS})"
    _tile(sheet, "K", "L", '="Regular tax in "&Tax_year&", dollars"', tax, style.TILE_DOLLARS)
    amt = f"=AMT_OWED({CLIENT},0,{FACTS})"
    _tile(sheet, "M", "O", '="AMT before any exercise in "&Tax_year&", dollars"', amt, style.TILE_DOLLARS)
    for name, column in {"Room_dollars": "A", "Regular_tax": "K", "AMT_before": "M"}.items():
        define(sheet, name, f"{column}{TILES_ROW + 1}")
    sheet.row_dimensions[TILES_ROW].height = 18
    sheet.row_dimensions[TILES_ROW + 1].height = 36


def _tile(sheet: Worksheet, first: str, last: str, label: str, formula: str, number_format: str) -> None:
    """A large figure with its label above it, across some columns."""
    for row in (TILES_ROW, TILES_ROW + 1):
        sheet.merge_cells(f"{first}{row}:{last}{row}")
    put(sheet, f"{first}{TILES_ROW}", label, style.TILE_LABEL)
    put(sheet, f"{first}{TILES_ROW + 1}", formula, style.TILE_FIGURE, number_format)


def _in_words() -> str:
    room = 'TEXT(Room_dollars,"$#,##0")'
    shares = 'TEXT(Shares_in_room,"#,##0")&" of "&TEXT(All_shares,"#,##0")'
    none = '"No AMT room in "&Tax_year&": AMT of "&TEXT(AMT_before,"$#,##0")&" is owed before any exercise."'
    empty = f'{room}&" of ISO spread can be exercised in "&Tax_year&" at $0 AMT."'
    answer = f'" ISO shares in the money can be exercised in "&Tax_year&" at $0 AMT: the room is "&{room}&" of spread."'
    return f"=IF(Room_dollars=0,{none},IF(All_shares=0,{empty},{shares}&{answer}))"


def _what_is_missing() -> str:
    """What the advisor still has to enter, or what the table leaves out."""
    under_water = 'SUMPRODUCT((ISO_standing="under water")*ISO_exercisable)'
    left_out = f'TEXT({under_water},"#,##0")&" ISO shares are under water (value not above strike) and left out."'
    without_value = (
        f'IF(Value_per_share="","Enter the value per share on the sheet Client.",IF({under_water}=0,"",{left_out}))'
    )
    return f'=IF(COUNT(ISO_strike)=0,"Enter the ISO grants on the sheet Grants.",{without_value})'


def _shares_per_grant(sheet: Worksheet, rows: range) -> None:
    title = '="Shares at $0 AMT in "&Tax_year&", smallest spread per share first"'
    put_section(sheet, TABLES_ROW, "A", "I", title)
    headers = (
        "Fill order",
        "ISO grant",
        "Strike, dollars",
        "Shares exercisable",
        "Spread per share, dollars",
        "Room left before it, dollars",
        "Shares at $0 AMT",
        "Spread used, dollars",
        "Cash to exercise, dollars",
    )
    put_headers(sheet, TABLES_ROW + 1, "A", headers, words=2)
    total = TABLES_ROW + 2
    put(sheet, f"A{total}", "All", style.TOTAL)
    for column in "BCDEFGHI":
        formula = f"=SUM({column}{rows[0]}:{column}{rows[-1]})" if column in "DGHI" else None
        put(sheet, f"{column}{total}", formula, style.TOTAL, style.SHARES if column in "DG" else style.DOLLARS)
    for row in rows:
        _grant_row(sheet, row, rows[0])
    flag(sheet, f"A{rows[0]}:I{rows[-1]}", f'$A{rows[0]}<>""', style.ROW_IN_USE)
    for name, column in {"All_shares": "D", "Shares_in_room": "G", "Spread_in_room": "H", "Cash_in_room": "I"}.items():
        define(sheet, name, f"{column}{total}")
    define(sheet, "Fill_shares", span("G", rows))


def _grant_row(sheet: Worksheet, row: int, first: int) -> None:
    """The grant that fills the room in this place, or an empty row."""
    last = f"MAX($A${first - 1}:$A{row - 1})"
    put(sheet, f"A{row}", f'=IF({last}<COUNT(ISO_order),{last}+1,"")', style.PLAIN_FORMULA.to_the("left"))

    def unless_empty(column: str, formula: str, number_format: str, *, linked: bool = False) -> None:
        look = style.PLAIN_LINK if linked else style.PLAIN_FORMULA
        put(sheet, f"{column}{row}", f'=IF($A{row}="","",{formula})', look, number_format)

    def of_grant(column: str) -> str:
        return f"INDEX(ISO_{column},MATCH($A{row},ISO_order,0))"

    unless_empty("B", f'{of_grant("label")}&""', style.GENERAL, linked=True)
    unless_empty("C", of_grant("strike"), style.PRICE, linked=True)
    unless_empty("D", of_grant("exercisable"), style.SHARES, linked=True)
    unless_empty("E", of_grant("spread_per_share"), style.CENTS, linked=True)
    unless_empty("F", "Room_dollars" if row == first else f"$F{row - 1}-$H{row - 1}", style.ROOM_LEFT)
    within = f"$F{row}+Slack"
    unless_empty("G", f"IF($D{row}*$E{row}<={within},$D{row},MAX(0,INT(({within})/$E{row})))", style.SHARES)
    unless_empty("H", f"AMT_BARGAIN($G{row},$C{row},Value_per_share)", style.DOLLARS)
    unless_empty("I", f"$G{row}*$C{row}", style.DOLLARS)


def _beyond_the_room(sheet: Worksheet, rows: range) -> None:
    """What exercising more spread than the room costs; without a room, what parts of all spread cost."""
    put_section(sheet, TABLES_ROW, "K", "O", '="What more would cost in "&Tax_year')
    more = '=IF(Room_dollars>0,"More spread than the room","Part of all spread")'
    headers = (more, "Spread, dollars", "Shares, same order", "AMT, dollars", "AMT per extra dollar")
    put_headers(sheet, TABLES_ROW + 1, "K", headers)
    for row, part, shares in zip(BEYOND_ROWS, BEYOND, "TUV", strict=True):
        put(sheet, f"K{row}", part, style.INPUT.to_the("left"), style.PERCENT)
        put(sheet, f"L{row}", f"=Room_dollars+$K{row}*Extra_base", style.FORMULA, style.DOLLARS)
        put(sheet, f"M{row}", f"=SUM({shares}{rows[0]}:{shares}{rows[-1]})", style.FORMULA, style.SHARES)
        put(sheet, f"N{row}", f"=AMT_OWED({CLIENT},$L{row},{FACTS})", style.FORMULA, style.DOLLARS)
        extra = f"$L{row}-Room_dollars"
        put(sheet, f"O{row}", f'=IF({extra}=0,"",($N{row}-AMT_before)/({extra}))', style.FORMULA, style.RATIO)
    for number, row in enumerate(BEYOND_ROWS, start=1):
        define(sheet, f"Beyond_{number}", f"K{row}")
    first, last = BEYOND_ROWS[0], BEYOND_ROWS[-1]
    allow_numbers(sheet, f"K{first}:K{last}", "Enter a percentage, 0 % or more.")
    hypothetical = '"All ISO shares in the order hold "&TEXT(All_spread,"$#,##0")&" of spread: more is hypothetical."'
    put(
        sheet,
        f"K{last + 1}",
        f'=IF(AND(All_spread>0,MAX($L{first}:$L{last})>All_spread),{hypothetical},"")',
        style.NOTE,
    )


def _checks(sheet: Worksheet) -> None:
    put_section(sheet, CHECKS_ROW, "K", "O", "Checks")
    more = f"AMT_OWED({CLIENT},Spread_in_room+Next_spread,{FACTS})"
    checks = (
        (
            "AMT added by the shares above, dollars",
            f"=AMT_OWED({CLIENT},Spread_in_room,{FACTS})-AMT_before",
            '=IF({figure}<Half_a_cent,"ok","FAILED")',
        ),
        (
            '=IF(Next_grant="","No more shares to exercise","AMT added by one more of "&Next_label&", dollars")',
            f'=IF(Next_grant="","",{more}-AMT_before)',
            '=IF(Next_grant="","ok",IF({figure}>0,"ok","FAILED"))',
        ),
        (
            "Room left over, dollars",
            "=Room_dollars-Spread_in_room",
            '=IF({figure}<-Slack,"FAILED","ok")',
        ),
    )
    for row, (label, figure, verdict) in enumerate(checks, start=CHECKS_ROW + 1):
        for column in "LM":
            put(sheet, f"{column}{row}", None, style.LABEL)
        put(sheet, f"K{row}", label, style.LABEL)
        put(sheet, f"N{row}", figure, style.FORMULA, style.CENTS)
        put(sheet, f"O{row}", verdict.format(figure=f"$N{row}"), style.CHECK)
    first, last = CHECKS_ROW + 1, CHECKS_ROW + len(checks)
    flag(sheet, f"O{first}:O{last}", f'$O{first}="FAILED"', style.FAILED)
