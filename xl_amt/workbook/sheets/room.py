"""Sheet Room: how many shares fit in the year at $0 AMT, what more would cost, and the chart of both."""

from __future__ import annotations

from typing import Final

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.planning.room import BEYOND
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
from xl_amt.workbook.jurisdictions import codes_of
from xl_amt.workbook.page import open_sheet
from xl_amt.workbook.sheets import room_workings
from xl_amt.workbook.sheets.both_rooms import both_rooms_in_words, put_both_rooms
from xl_amt.workbook.sheets.grants import iso_rows

TILES_ROW: Final = 7
TABLES_ROW: Final = 10  # the title of both tables; headers and totals follow
FIRST_ROW: Final = TABLES_ROW + 3
BEYOND_ROWS: Final = range(TABLES_ROW + 2, TABLES_ROW + 2 + len(BEYOND))
CHECKS_ROW: Final = BEYOND_ROWS[-1] + 3
CHART_ROW: Final = CHECKS_ROW + 6

WIDTHS: Final = (
    *(7, 18, 12, 14, 15, 15, 16, 15, 16),  # A to I: the grants
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
    drawn = '"Tax against ISO shares exercised in "&Tax_year'
    put_section(sheet, CHART_ROW - 1, "K", "O", f'=IF(All_shares=0,"No ISO shares to draw yet",{drawn})')
    sheet.add_chart(room_workings.add_workings(sheet, rows, BEYOND_ROWS, client.work_ended_by), f"K{CHART_ROW}")
    codes = codes_of(client)
    # Below the grants, so that no figure of a client with one jurisdiction stands elsewhere.
    last = max(rows[-1], CHART_ROW + 22)
    if len(codes) > 1:
        last = max(last, put_both_rooms(sheet, rows[-1] + 3, codes, BEYOND_ROWS))
        sheet.row_dimensions[6].height = 22
    sheet.print_area = f"A1:O{last}"
    sheet.page_setup.fitToHeight = 1


def _answer(sheet: Worksheet) -> None:
    """The answer in words, and the five figures that an advisor looks for first."""
    put(sheet, "A5", _in_words(), style.ANSWER_WORDS)
    put(sheet, "A6", both_rooms_in_words(), style.CLIENT_LINE)
    put(sheet, "A9", _what_is_missing(), style.NOTE)
    sheet.row_dimensions[5].height = 24
    sheet.row_dimensions[9].height = 24
    _tile(sheet, "A", "C", '="AMT room in "&Tax_year&", dollars of spread"', "Room_dollars", style.TILE_DOLLARS)
    _tile(sheet, "D", "F", '="ISO shares at "&No_AMT', "Shares_in_room", style.TILE_SHARES)
    _tile(sheet, "G", "I", "Cash to exercise them, dollars", "Cash_in_room", style.TILE_DOLLARS)
    tax = f"AMT_REGULAR_TAX({CLIENT},{FACTS})"
    _tile(sheet, "K", "L", '="Regular tax in "&Tax_year&", dollars"', tax, style.TILE_DOLLARS)
    label = '="AMT before any exercise in "&Tax_year&", dollars"'
    _tile(sheet, "M", "O", label, "AMT_before", style.TILE_DOLLARS)
    define(sheet, "Regular_tax", f"K{TILES_ROW + 1}")
    sheet.row_dimensions[TILES_ROW].height = 18
    sheet.row_dimensions[TILES_ROW + 1].height = 36


def _tile(sheet: Worksheet, first: str, last: str, label: str, formula: str, number_format: str) -> None:
    """A large figure with its label above it, across some columns; a dash before the client's facts are there."""
    for row in (TILES_ROW, TILES_ROW + 1):
        sheet.merge_cells(f"{first}{row}:{last}{row}")
    put(sheet, f"{first}{TILES_ROW}", label, style.TILE_LABEL)
    put(sheet, f"{first}{TILES_ROW + 1}", f'=IF(Missing_inputs="",{formula},"–")', style.TILE_FIGURE, number_format)


def _in_words() -> str:
    unread = f'AMT_WHY("AMT_ROOM",{CLIENT},{FACTS})'
    room = 'TEXT(Room_dollars,"$#,##0")'
    used = 'IF(Used=0,".",", of which "&TEXT(Used,"$#,##0")&" is used already.")'
    shares = 'TEXT(Shares_in_room,"#,##0")&" of "&TEXT(All_shares,"#,##0")'
    none = '"No AMT room in "&Tax_year&": AMT of "&TEXT(AMT_before,"$#,##0")&" is owed before any exercise."'
    full = f'"No AMT room is left in "&Tax_year&": the room is "&{room}&" of ISO spread"&{used}'
    left = 'TEXT(Room_left,"$#,##0")&IF(Used=0,""," more")'
    empty = f'{left}&" of ISO spread can be exercised in "&Tax_year&" at "&No_AMT&"."'
    answer = f'" ISO shares in the money can be exercised in "&Tax_year&" at "&No_AMT&": the room is "&{room}'
    shares = f'{shares}&{answer}&" of spread"&{used}'
    answered = f"IF(Room_dollars=0,{none},IF(Room_left=0,{full},IF(All_shares=0,{empty},{shares})))"
    return f'=IF(Missing_inputs<>"",Missing_inputs,IF(ISERROR(Room_dollars),{unread},{answered}))'


def _what_is_missing() -> str:
    """What the advisor still has to enter, or what the table leaves out."""
    standings = {
        "under water": '" ISO shares are under water (value not above strike) and left out."',
        "expired": '" ISO shares have expired and are left out."',
        "no longer an ISO": '" shares are of options that are no longer ISOs, and left out."',
    }
    sentences = []
    for standing, words in standings.items():
        shares = f'SUMPRODUCT((ISO_standing="{standing}")*1,ISO_exercisable)'
        sentences.append(f'IF({shares}=0,"",TEXT({shares},"#,##0")&{words}&" ")')
    rows = 'SUMPRODUCT((ISO_standing="check this row")*1)'
    sentences.append(f'IF({rows}=0,"","Rows of the sheet Grants to check, left out: "&{rows}&".")')
    without_value = 'IF(Value_per_share="","Enter the value per share on the sheet Client. ","")'
    every = "&".join((without_value, *sentences))
    return f'=IF(SUMPRODUCT((ISO_standing<>"")*1)=0,"Enter the ISO grants on the sheet Grants.",TRIM({every}))'


def _shares_per_grant(sheet: Worksheet, rows: range) -> None:
    title = '="Shares at "&No_AMT&" in "&Tax_year&", smallest spread per share first"'
    put_section(sheet, TABLES_ROW, "A", "I", title)
    headers = (
        "Fill order",
        "ISO grant",
        "Strike, dollars",
        "Shares exercisable",
        "Spread per share, dollars",
        "Room left before it, dollars",
        '="Shares at "&No_AMT',
        "Spread used, dollars",
        "Cash to exercise, dollars",
    )
    put_headers(sheet, TABLES_ROW + 1, "A", headers, words=2)
    define(sheet, "Fill_spread", span("E", rows))
    define(sheet, "Fill_all", span("D", rows))
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
        look = style.LINKED_NAME if linked else style.PLAIN_FORMULA
        put(sheet, f"{column}{row}", f'=IF($A{row}="","",{formula})', look, number_format)

    def of_grant(column: str) -> str:
        return f"INDEX(ISO_{column},MATCH($A{row},ISO_order,0))"

    unless_empty("B", f'{of_grant("label")}&""', style.GENERAL, linked=True)
    unless_empty("C", of_grant("strike"), style.PRICE, linked=True)
    unless_empty("D", of_grant("exercisable"), style.SHARES, linked=True)
    unless_empty("E", of_grant("spread_per_share"), style.CENTS, linked=True)
    unless_empty("F", "Room_dollars-Used" if row == first else f"$F{row - 1}-$H{row - 1}", style.ROOM_LEFT)
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
        extra = f"$L{row}-Extra_from"
        figures = {
            "L": (f"Extra_from+$K{row}*Extra_base", style.DOLLARS),
            "M": (f"SUM({shares}{rows[0]}:{shares}{rows[-1]})", style.SHARES),
            "N": (f"AMT_OWED({CLIENT},$L{row},{FACTS})", style.DOLLARS),
            "O": (f'IF({extra}=0,"",($N{row}-AMT_from)/({extra}))', style.RATE),
        }
        for column, (formula, number_format) in figures.items():
            put(sheet, f"{column}{row}", f'=IF(Missing_inputs="",{formula},"")', style.FORMULA, number_format)
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
    more = f"AMT_OWED({CLIENT},Used+Spread_in_room+Next_spread,{FACTS})"
    checks = (
        (
            "AMT added by the shares above, dollars",
            f"AMT_OWED({CLIENT},Used+Spread_in_room,{FACTS})-AMT_so_far",
            'IF({figure}<Half_a_cent,"ok","FAILED")',
        ),
        (
            '=IF(Next_grant="","No more shares to exercise","AMT added by one more of "&Next_label&", dollars")',
            f'IF(Next_grant="","",{more}-AMT_so_far)',
            'IF(Next_grant="","ok",IF({figure}>0,"ok","FAILED"))',
        ),
        (
            "Room left over, dollars",
            "Room_left-Spread_in_room",
            'IF({figure}<-Slack,"FAILED","ok")',
        ),
    )
    for row, (label, figure, verdict) in enumerate(checks, start=CHECKS_ROW + 1):
        for column in "LM":
            put(sheet, f"{column}{row}", None, style.LABEL)
        put(sheet, f"K{row}", label, style.LABEL)
        put(sheet, f"N{row}", f'=IF(Missing_inputs="",{figure},"")', style.FORMULA, style.CENTS)
        put(sheet, f"O{row}", f'=IF(Missing_inputs="",{verdict.format(figure=f"$N{row}")},"")', style.CHECK)
    first, last = CHECKS_ROW + 1, CHECKS_ROW + len(checks)
    flag(sheet, f"O{first}:O{last}", f'$O{first}="FAILED"', style.FAILED)
