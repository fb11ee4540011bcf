"""Sheet Import: the rows that an import set aside, what it noted, and what is to be asked; only where there is any."""

from __future__ import annotations

from math import ceil
from typing import Final

from openpyxl import Workbook

from xl_amt.workbook import style
from xl_amt.workbook.cells import put_headers, put_section, put_text
from xl_amt.workbook.client_facts import ClientFacts
from xl_amt.workbook.page import open_sheet

HEADERS_ROW: Final = 6
FIRST_ROW: Final = HEADERS_ROW + 1
WIDTHS: Final = (10, 16, 26, 76)
_LEVELS: Final = {"ask": "Ask", "check": "Check", "note": "Note"}


def add_import(workbook: Workbook, client: ClientFacts) -> None:
    """Add the sheet, a row a remark, in the import's order."""
    sheet = open_sheet(workbook, client, "Import", "Import", widths=WIDTHS)
    put_section(sheet, HEADERS_ROW - 1, "A", "D", "What was set aside, noted, or is to be asked")
    put_headers(sheet, HEADERS_ROW, "A", ("To do", "About", "Sheet and rows", "What was found"), words=4, height=20)
    for row, remark in enumerate(client.remarks, FIRST_ROW):
        what = f"{remark.text} Answer: {remark.answered}" if remark.answered else remark.text
        words = (_LEVELS[remark.level], remark.about, _rows(remark.place), what)
        for column, text in zip("ABCD", words, strict=True):
            put_text(sheet, f"{column}{row}", text, style.REMARK)
        lines = max(
            ceil(len(text) / (width * style.LETTERS_IN_A_WIDTH)) for text, width in zip(words, WIDTHS, strict=True)
        )
        sheet.row_dimensions[row].height = 4 + 15 * lines
    sheet.freeze_panes = f"A{FIRST_ROW}"
    sheet.print_title_rows = f"{HEADERS_ROW}:{HEADERS_ROW}"


def _rows(place: str) -> str:
    """The rows that a remark rests on, as in "2019 Plan 6, 7"; which source they are of stands on the sheet Client."""
    return place.partition(":")[2]
