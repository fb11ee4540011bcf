"""Sheet Room: how many shares fit in the year at $0 AMT, what more would cost, and the chart of both."""

from __future__ import annotations

from typing import Final, NamedTuple

from openpyxl import Workbook
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.planning.room import BEYOND
from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import CLIENT, FACTS, define, put, put_section
from xl_amt.workbook.charts import put_across
from xl_amt.workbook.page import fold_rows, open_sheet
from xl_amt.workbook.sheets import room_workings
from xl_amt.workbook.sheets.both_rooms import both_rooms_in_words
from xl_amt.workbook.sheets.room_fill import put_fill, what_is_left_out
from xl_amt.workbook.sheets.room_tables import CHECKS, FIGURES, put_beyond, put_checks, put_jurisdictions
from xl_amt.workbook.tables.record_tables import GRANTS
from xl_amt.workbook.tables.write import SPARE_ROWS

TILES_ROW: Final = 7
TABLES_ROW: Final = 10  # the title of the grants; headers and totals follow
FIRST_ROW: Final = TABLES_ROW + 3
LEAST_ROWS: Final = 20  # for grants, so some can be keyed in
LEAST_SHOWN: Final = 5  # of them, whatever they hold
MOST_ON_A_PAGE: Final = 30  # of them, with all that is under them; of more the chart begins a page
CHART_ROWS: Final = 22

WIDTHS: Final = (
    *(6, 18, 18, 12, 13, 13, 14, 14, 14, 14),  # A to J: what is printed
    3,
    *(13, 14, 13, 13, 13, 13),  # L to Q: the fill
    3,
    *room_workings.WIDTHS,
)


class Places(NamedTuple):
    """The rows of each part of the sheet, under each other."""

    grants: range
    beyond: range
    jurisdictions: range
    checks: range
    chart: range


def grant_rows(book: Book) -> range:
    """The rows of the grants in the filling order: as many as the sheet Grants has, and at least twenty."""
    grants = len(GRANTS.rows(book.record))
    return range(FIRST_ROW, FIRST_ROW + max(LEAST_ROWS, grants + SPARE_ROWS))


def shown_grants(book: Book) -> int:
    """How many rows of ISO grants are not folded."""
    isos = sum(grant.award == "ISO" for holding in book.record.holdings for grant in holding.grants)
    return max(isos, LEAST_SHOWN)


def places_of(book: Book) -> Places:
    """Where each part stands, for a client with so many grants."""
    grants = grant_rows(book)
    chart = range(grants[-1] + 3, grants[-1] + 3 + CHART_ROWS)
    beyond = range(chart[-1] + 4, chart[-1] + 4 + len(BEYOND))
    jurisdictions = range(beyond[-1] + 4, beyond[-1] + 4 + FIGURES)
    checks = range(jurisdictions[-1] + 4, jurisdictions[-1] + 4 + CHECKS)
    return Places(grants, beyond, jurisdictions, checks, chart)


def add_room(workbook: Workbook, book: Book) -> None:
    """Add the sheet; it fills the room with the ISO grants in the money, smallest spread per share first."""
    sheet = open_sheet(workbook, book, "Room", "AMT room", WIDTHS)
    places = places_of(book)
    _answer(sheet, book)
    put_fill(sheet, places.grants, places.beyond)
    shown = shown_grants(book)
    fold_rows(sheet, places.grants[shown:])
    put_beyond(sheet, places.beyond)
    put_jurisdictions(sheet, places.jurisdictions)
    put_checks(sheet, places.checks)
    drawn = '"Tax against ISO shares exercised in "&Tax_year'
    put_section(sheet, places.chart[0] - 1, "A", "J", f'=IF(All_shares=0,"No ISO shares to draw yet",{drawn})')
    chart = room_workings.add_workings(sheet, places.chart[0] - 1)
    put_across(sheet, chart, "A", "J", places.chart)
    define(sheet, "Room_block", f"A1:J{places.checks[-1]}")
    sheet.print_area = f"A1:J{places.checks[-1]}"
    if shown <= MOST_ON_A_PAGE:
        sheet.page_setup.fitToHeight = 1
    else:
        sheet.row_breaks.append(Break(id=places.chart[0] - 2))


def _answer(sheet: Worksheet, book: Book) -> None:
    """The answer in words, and the five figures that an advisor looks for first."""
    put(sheet, "A5", _in_words(), style.ANSWER_WORDS)
    put(sheet, "A6", both_rooms_in_words(), style.CLIENT_LINE)
    left_out = what_is_left_out(has_lots=bool(book.lots), has_sold=bool(book.sold))
    put(sheet, f"A{TILES_ROW + 2}", left_out, style.SENTENCES)
    for row in (5, TILES_ROW + 2):
        sheet.merge_cells(f"A{row}:J{row}")
    for name, row in {"Room_answer": 5, "Both_rooms": 6, "Left_out": TILES_ROW + 2}.items():
        define(sheet, name, f"A{row}")
    tax = f"AMT_REGULAR_TAX({CLIENT},{FACTS})"
    tiles = (
        ("A", "B", '="AMT room in "&Tax_year&", of spread"', "Room_dollars", style.TILE_DOLLARS),
        ("C", "D", '="ISO shares at "&No_AMT', "Shares_in_room", style.TILE_SHARES),
        ("E", "F", "Cash to exercise them", "Cash_in_room", style.TILE_DOLLARS),
        ("G", "H", '="Regular tax in "&Tax_year', tax, style.TILE_DOLLARS),
        ("I", "J", '="AMT before any exercise in "&Tax_year', "AMT_before", style.TILE_DOLLARS),
    )
    for tile in tiles:
        _tile(sheet, *tile)
    define(sheet, "Regular_tax", f"G{TILES_ROW + 1}")
    for row, height in {5: 42, TILES_ROW: 30, TILES_ROW + 1: 36, TILES_ROW + 2: 30}.items():
        sheet.row_dimensions[row].height = height


def _tile(sheet: Worksheet, first: str, last: str, label: str, formula: str, number_format: str) -> None:
    """A large figure with its label above it, across some columns; a dash before the client's facts are there."""
    for row in (TILES_ROW, TILES_ROW + 1):
        sheet.merge_cells(f"{first}{row}:{last}{row}")
    put(sheet, f"{first}{TILES_ROW}", label, style.TILE_LABEL)
    put(sheet, f"{first}{TILES_ROW + 1}", f'=IF(Missing_inputs="",{formula},"–")', style.TILE_FIGURE, number_format)


def _in_words() -> str:
    unread = f'AMT_WHY("AMT_ROOM",{CLIENT},{FACTS})'
    room = 'TEXT(Room_dollars,"$#,##0")'
    spent = 'TEXT(Used,"$#,##0")'
    part, more = f'", of which "&{spent}&" is already used."', f'", and exercises of the year have used "&{spent}&"."'
    used = f'IF(Used=0,".",IF(Used>Room_dollars,{more},{part}))'
    shares = 'TEXT(Shares_in_room,"#,##0")&" of "&TEXT(All_shares,"#,##0")'
    none = '"No AMT room in "&Tax_year&": AMT of "&TEXT(AMT_before,"$#,##0")&" is owed before any exercise."'
    full = f'"No AMT room is left in "&Tax_year&": the room is "&{room}&" of ISO spread"&{used}'
    left = 'TEXT(Room_left,"$#,##0")&IF(Used=0,""," more")'
    empty = f'{left}&" of ISO spread can be exercised in "&Tax_year&" at "&No_AMT&"."'
    answer = f'" ISO shares in the money can be exercised in "&Tax_year&" at "&No_AMT&": the room is "&{room}'
    shares = f'{shares}&{answer}&" of spread"&{used}'
    answered = f"IF(Room_dollars=0,{none},IF(Room_left=0,{full},IF(All_shares=0,{empty},{shares})))"
    return f'=IF(Missing_inputs<>"",Missing_inputs,IF(ISERROR(Room_dollars),{unread},{answered}))'
