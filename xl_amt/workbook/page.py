"""A sheet's head, its printed page and its protection: the same on every sheet."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.protection import SheetProtection
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt import __version__
from xl_amt.workbook import style
from xl_amt.workbook.cells import flag, in_the_file, put
from xl_amt.workbook.client_facts import ClientFacts
from xl_amt.workbook.jurisdictions import codes_of, places_of

DISCLAIMER = "Planning estimate of {places} tax, not tax advice: check it against the filed forms."
LETTER_PAPER = 1


def open_sheet(
    workbook: Workbook,
    client: ClientFacts,
    title: str,
    heading: str,
    widths: Sequence[float],
    *,
    landscape: bool = False,
) -> Worksheet:
    """Add a sheet with its head (title, client, engine), column widths, page set-up and protection."""
    sheet: Worksheet = workbook.create_sheet(title)
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    put(sheet, "A1", heading, style.TITLE)
    put(sheet, "A2", "=Client_line", style.CLIENT_LINE)
    put(sheet, "A3", "=Engine", style.NOTE)
    flag(sheet, "A3", 'LEFT($A$3,7)="The AMT"', style.FAILED)
    sheet.row_dimensions[1].height = 30
    sheet.sheet_view.showGridLines = False
    _set_page(sheet, client, landscape=landscape)
    # No password: an advisor may unprotect a sheet to extend it. False means that the action is allowed.
    sheet.protection = SheetProtection(sheet=True, formatCells=False, formatColumns=False, formatRows=False)
    return sheet


def _set_page(sheet: Worksheet, client: ClientFacts, *, landscape: bool) -> None:
    """One page wide, with client, date and version above and the disclaimer and page below."""
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = LETTER_PAPER
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top = margins.bottom = 0.75
    sheet.print_options.horizontalCentered = True
    as_of = f"As of {client.as_of:%b} {client.as_of.day}, {client.as_of.year}" if client.as_of else ""
    header, footer = sheet.oddHeader, sheet.oddFooter
    assert header is not None
    assert footer is not None
    for part, text in (
        (header.left, _in_header(client.name or "Client workbook")),
        (header.center, as_of),
        (header.right, f"xl-amt {__version__}"),
        (footer.left, DISCLAIMER.format(places=places_of(codes_of(client)))),
        (footer.right, "&A, page &P of &N"),
    ):
        part.text, part.size = text, 8


def _in_header(text: str) -> str:
    """A text with the header's own sign doubled, and short enough for Excel's limit on a header."""
    return in_the_file(text[:60]).replace("&", "&&")
