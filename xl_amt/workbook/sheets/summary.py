"""Sheet Summary: one page for the client, with the answer first."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import define, flag, put, put_section
from xl_amt.workbook.page import fold_rows, open_sheet
from xl_amt.workbook.sheets.calendar import OF_ITSELF
from xl_amt.workbook.sheets.checks import FAILED_IN_WORDS
from xl_amt.workbook.sheets.summary_words import put_assumptions, put_if_the_value_falls
from xl_amt.workbook.sheets.summary_years import FIRST, LAST, TOTAL_ROW, YEARS, place_in, put_years
from xl_amt.workbook.style import Look

WIDTHS = (9, 13, 13, 14, 13, 14, 13, 14, 17)
ANSWER_ROW = 5
TILES_ROW = 8
TO_DO_ROW = TOTAL_ROW + 3  # the title; the rows of what is to be done follow
TO_DO_ROWS = 8
FALL_ROW = TO_DO_ROW + TO_DO_ROWS + 2
RESTS_ROW = FALL_ROW + 4
NOT_ADVICE = (
    "Planning estimate, not tax, legal or investment advice; confirm with your return preparer before exercising."
)


def add_summary(workbook: Workbook, book: Book) -> None:
    """Add the sheet; the sheets that it takes its figures from are there already."""
    sheet = open_sheet(workbook, book, "Summary", "AMT plan", widths=WIDTHS)
    sheet.page_setup.fitToHeight = 1
    has_plan, has_room = (name in workbook.defined_names for name in ("Plan_shares", "Room_answer"))
    put_years(sheet, book, has_plan=has_plan)
    _put_answer(sheet, has_plan=has_plan, has_room=has_room)
    _put_tiles(sheet, has_plan=has_plan, has_room=has_room)
    _put_to_do(sheet)
    _put_december(sheet)
    put_if_the_value_falls(sheet, book, FALL_ROW, has_plan=has_plan)
    row = put_assumptions(sheet, book, RESTS_ROW, has_plan=has_plan)
    last = _put_signature(sheet, row + 1)
    fold_rows(sheet, YEARS[max(len(book.years), 1) if has_plan else 0 :])
    to_do = sum(one.kind not in OF_ITSELF for one in book.due)
    fold_rows(sheet, range(TO_DO_ROW + 1 + to_do, TO_DO_ROW + 1 + TO_DO_ROWS))
    sheet.print_area = f"A1:{LAST}{last}"
    define(sheet, "Summary_block", f"A1:{LAST}{last}")


def put_across(sheet: Worksheet, row: int, words: str, look: Look, height: float) -> None:
    """A sentence across the page, which wraps."""
    put(sheet, f"{FIRST}{row}", words, look)
    sheet.merge_cells(f"{FIRST}{row}:{LAST}{row}")
    sheet.row_dimensions[row].height = height


def _put_answer(sheet: Worksheet, *, has_plan: bool, has_room: bool) -> None:
    """What is planned, in one sentence; else what the room is."""
    room = "Room_answer" if has_room else 'IF(Missing_inputs="","",Missing_inputs)'
    tried = 'IF(Plan_tried=0,"","Tried, not recorded: ")'
    amt = f'IF({_total("amt")}=0,"no AMT",TEXT({_total("amt")},"$#,##0")&" of AMT")'
    planned = (
        f'{tried}&"Exercise "&Planned_in_words&": "&{amt}&", "&TEXT(SUM(Cash_needed),"$#,##0")&" of cash in total."'
    )
    answer = f'IF(OR(Missing_inputs<>"",Planned_in_words=""),{room},{planned})' if has_plan else room
    put_across(sheet, ANSWER_ROW, f"={answer}", style.SUMMARY_ANSWER, 48)
    besides = 'IF(Planned_in_words="",Both_rooms,Room_answer)' if has_plan else "Both_rooms"
    put_across(sheet, ANSWER_ROW + 1, f"={besides}" if has_room else "", style.PARAGRAPH, 32)


def _put_tiles(sheet: Worksheet, *, has_plan: bool, has_room: bool) -> None:
    """Five figures."""
    if not has_room:
        return
    cash = 'IF(Planned_in_words="",Cash_in_room,SUM(Cash_needed))' if has_plan else "Cash_in_room"
    of_cash = (
        '=IF(Planned_in_words="","Cash to exercise them","Total cash, with taxes")'
        if has_plan
        else "Cash to exercise them"
    )
    tiles = [
        ("A", "B", '="AMT room, "&Tax_year', "Room_dollars", style.TILE_DOLLARS),
        ("C", "D", '="ISO shares at "&No_AMT', "Shares_in_room", style.TILE_SHARES),
        ("E", "F", of_cash, cash, style.TILE_DOLLARS),
    ]
    if has_plan:
        tiles += [
            ("G", "H", "AMT of all years", _total("amt"), style.TILE_DOLLARS),
            ("I", "I", '="Credit left, "&MAX(Years)', "INDEX(Summary_credit,COUNT(Years))", style.TILE_DOLLARS),
        ]
    for first, last, label, formula, number_format in tiles:
        for row in (TILES_ROW, TILES_ROW + 1):
            if first != last:
                sheet.merge_cells(f"{first}{row}:{last}{row}")
        put(sheet, f"{first}{TILES_ROW}", label, style.TILE_LABEL)
        shown = f'=IF(Missing_inputs="",{formula},"–")'
        put(sheet, f"{first}{TILES_ROW + 1}", shown, style.TILE_FIGURE, number_format)
    sheet.row_dimensions[TILES_ROW].height = 30
    sheet.row_dimensions[TILES_ROW + 1].height = 36


def _put_to_do(sheet: Worksheet) -> None:
    """The next entries of the calendar that are not done."""
    nothing, some = '"Nothing is due yet: the calendar is empty"', '"What to do by when"'
    put_section(sheet, TO_DO_ROW, FIRST, LAST, f"=IF(COUNT(Due_order)=0,{nothing},{some})")
    for place, row in enumerate(range(TO_DO_ROW + 1, TO_DO_ROW + 1 + TO_DO_ROWS)):
        number = place_in(range(TO_DO_ROW + 1, row + 1))
        found = f"MATCH({number},Due_order,0)"
        put(sheet, f"{FIRST}{row}", f'=IFERROR(INDEX(Due_day,{found}),"")', style.PLAIN_LINK.to_the("left"), style.DAY)
        put(sheet, f"C{row}", f'=IFERROR(INDEX(Due_what,{found}),"")', style.PLAIN_LINK)
        sheet.merge_cells(f"{FIRST}{row}:B{row}")
        sheet.merge_cells(f"C{row}:{LAST}{row}")
        sheet.row_dimensions[row].height = 17 if place else 18


def _put_december(sheet: Worksheet) -> None:
    """December's decision, where there are lots to decide on, with a link to its table."""
    cell = sheet[f"{FIRST}{FALL_ROW - 1}"]
    words = '=IF(INDEX(December_lots,1)="","","December, sheet Sales: "&December_answer)'
    put(sheet, cell.coordinate, words, style.PLAIN_LINK)
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location="December")


def _put_signature(sheet: Worksheet, row: int) -> int:
    """Whether the checks hold, who prepared the page and when; gives the last row of the page."""
    checks = f'={FAILED_IN_WORDS}&IF(Failed_checks=0,""," (sheet Checks)")'
    put(sheet, f"A{row}", checks, style.PARAGRAPH_TITLE)
    flag(sheet, f"A{row}", "Failed_checks>0", style.FAILED)
    put(sheet, f"E{row}", "Prepared by", style.PLAIN_FORMULA.to_the("right"))
    put(sheet, f"H{row}", "On", style.PLAIN_FORMULA.to_the("right"))
    for cell, look, number_format in (
        (f"F{row}", style.INPUT, style.TEXT),
        (f"G{row}", style.INPUT, style.TEXT),
        (f"I{row}", style.INPUT, style.DAY),
    ):
        put(sheet, cell, None, look.to_the("left"), number_format)
    sheet.merge_cells(f"F{row}:G{row}")
    define(sheet, "Prepared_by", f"F{row}")
    define(sheet, "Prepared_on", f"I{row}")
    put_across(sheet, row + 2, NOT_ADVICE, style.PARAGRAPH_TITLE, 20)
    return row + 2


def _total(figure: str) -> str:
    return f"Summary_{figure}_in_all"
