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
LETTERS_IN_A_LINE: Final = 84
_LEVELS: Final = {"ask": "Ask", "check": "Check", "note": "Note"}


def add_import(workbook: Workbook, client: ClientFacts) -> None:
    """Add the sheet, a row a remark, in the import's order."""
    sheet = open_sheet(workbook, client, "Import", "Import", widths=(10, 16, 26, 76))
    put_section(sheet, HEADERS_ROW - 1, "A", "D", "What was set aside, noted, or is to be asked")
    put_headers(sheet, HEADERS_ROW, "A", ("To do", "About", "Where", "What was found"), words=4, height=20)
    for row, remark in enumerate(client.remarks, FIRST_ROW):
        what = f"{remark.text} Answer: {remark.answered}" if remark.answered else remark.text
        words = (_LEVELS[remark.level], remark.about, remark.place, what)
        for column, text in zip("ABCD", words, strict=True):
            put_text(sheet, f"{column}{row}", text, style.REMARK)
        sheet.row_dimensions[row].height = 4 + 15 * ceil(len(what) / LETTERS_IN_A_LINE)
    sheet.freeze_panes = f"A{FIRST_ROW}"
    sheet.print_title_rows = f"{HEADERS_ROW}:{HEADERS_ROW}"
