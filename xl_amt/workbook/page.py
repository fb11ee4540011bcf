"""A sheet's head, its printed page and its protection: the same on every sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.protection import SheetProtection
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt import __version__
from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import flag, in_the_file, put
from xl_amt.workbook.jurisdictions import codes_of, places_of
from xl_amt.workbook.tables.client_rows import YEARS_ROW

DISCLAIMER = "Planning estimate of {places} tax, not tax advice: check it against the filed forms."
LETTER_PAPER = 1
YEAR_HEADING_ROW = 5  # on every sheet of years but Client
YEAR_SHEET_WIDTHS = (34, 17, 50, 16)  # words, unit or line, remark, the year asked
YEAR_WIDTH = 14
TWO_LINES = 30  # points, for a filing status within the width of a year
YEAR_ASKED = '=IF(Year_asked_input="","",Year_asked_input)'


def open_sheet(
    workbook: Workbook,
    book: Book,
    title: str,
    heading: str,
    widths: Sequence[float],
    *,
    landscape: bool = False,
    is_protected: bool = True,
) -> Worksheet:
    """Add a sheet with its head (title, client, engine), column widths, page set-up and protection.

    A table of the record ``is_protected`` from nothing, so its rows can be sorted.
    """
    sheet: Worksheet = workbook.create_sheet(title)
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    put(sheet, "A1", heading, style.TITLE)
    put(sheet, "A2", "=Client_line", style.CLIENT_LINE)
    put(sheet, "A3", "=Engine", style.NOTE)
    flag(sheet, "A3", 'LEFT($A$3,7)="The AMT"', style.FAILED)
    sheet.row_dimensions[1].height = 30
    sheet.sheet_view.showGridLines = False
    _set_page(sheet, book, landscape=landscape)
    if is_protected:
        # No password: an advisor may unprotect a sheet to extend it. False means that the action is allowed.
        sheet.protection = SheetProtection(sheet=True, formatCells=False, formatColumns=False, formatRows=False)
    return sheet


def open_year_sheet(workbook: Workbook, book: Book, title: str, heading: str) -> Worksheet:
    """Add a sheet that shows years side by side: words, unit, remark, the year asked, and a column for each year.

    Its heading row repeats the years of the sheet Client; columns of years that the record does not have are folded.
    """
    widths = (*YEAR_SHEET_WIDTHS, *(YEAR_WIDTH for _ in book.year_columns))
    sheet = open_sheet(workbook, book, title, heading, widths, landscape=True)
    for column in "ABC":
        put(sheet, f"{column}{YEAR_HEADING_ROW}", None, style.HEADER)
    put(sheet, f"D{YEAR_HEADING_ROW}", YEAR_ASKED, style.NUMBER_HEADER, style.WHOLE)
    for column in book.year_columns:
        year = f"Client!{column}${YEARS_ROW}"
        put(sheet, f"{column}{YEAR_HEADING_ROW}", f'=IF({year}="","",{year})', style.NUMBER_HEADER, style.WHOLE)
    fold_years(sheet, book)
    sheet.freeze_panes = f"E{YEAR_HEADING_ROW + 1}"
    sheet.print_title_rows = f"{YEAR_HEADING_ROW}:{YEAR_HEADING_ROW}"
    return sheet


def fold_years(sheet: Worksheet, book: Book) -> None:
    """Fold the columns of years that the record does not have."""
    fold_columns(sheet, book.year_columns[len(book.years) or 1 :])
    last = column_index_from_string(book.year_columns[-1])
    sheet.column_dimensions[get_column_letter(last + 1)].collapsed = True


def fold_columns(sheet: Worksheet, columns: Iterable[str]) -> None:
    """Fold columns, by their letters: hidden, in an outline that opens them."""
    for column in columns:
        dimension = sheet.column_dimensions[column]
        dimension.hidden, dimension.outlineLevel = True, 1


def fold_rows(sheet: Worksheet, rows: Iterable[int]) -> None:
    """Fold rows that are for nobody: hidden, in an outline that opens them."""
    for row in rows:
        dimension = sheet.row_dimensions[row]
        dimension.hidden, dimension.outlineLevel = True, 1


def _set_page(sheet: Worksheet, book: Book, *, landscape: bool) -> None:
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
    day = book.as_of
    as_of = f"As of {day:%b} {day.day}, {day.year}" if day else ""
    header, footer = sheet.oddHeader, sheet.oddFooter
    assert header is not None
    assert footer is not None
    for part, text in (
        (header.left, _in_header(book.record.client.name or "Client workbook")),
        (header.center, as_of),
        (header.right, f"xl-amt {__version__}"),
        (footer.left, DISCLAIMER.format(places=places_of(codes_of(book.record)))),
        (footer.right, "&A, page &P of &N"),
    ):
        part.text, part.size = text, 8


def _in_header(text: str) -> str:
    """A text with the header's own sign doubled, and short enough for Excel's limit on a header."""
    return in_the_file(text[:60]).replace("&", "&&")
