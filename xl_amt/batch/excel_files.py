"""Books in Excel files: a table on the first sheet, headings in its first row that holds anything."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any, Final

import openpyxl
import pandas
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from xl_amt.batch import books, csv_files
from xl_amt.batch.headings import PROBLEM, Headings, unit_of
from xl_amt.errors import AmtError, FileError

MOST_ROWS: Final = 1_048_576  # of a sheet, the row of headings among them
_LONGEST_TEXT: Final = 32_767  # characters in a cell

# The look of the answers: that of the client workbook's tables.
_HEADER_FONT: Final = Font(name="Calibri", bold=True, color="1F3864")
_HEADER_FILL: Final = PatternFill("solid", start_color="E8EDF4", end_color="E8EDF4")
_HEADER_BORDER: Final = Border(bottom=Side(style="thin", color="1F3864"))
_OVER_WORDS: Final = Alignment(vertical="center", wrap_text=True)
_OVER_NUMBERS: Final = Alignment(horizontal="right", vertical="center", wrap_text=True)
_FORMATS: Final = {
    "dollars": "#,##0.00",
    "dollars per share": "#,##0.00##",
    "fraction": "0.00%",
    "shares": "#,##0",
}
_DAY: Final = "yyyy-mm-dd"
_GENERAL: Final = "General"
_NARROWEST, _WIDEST, _WIDTH_OF_PROBLEM = 14, 30, 80  # characters


@contextmanager
def open_book(path: Path) -> Iterator[books.Book]:
    """Open a book; raises FileError where it is no Excel file, or a formula has no stored value."""
    try:
        _check_formulas_have_values(path)
        workbook = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except AmtError:
        raise
    except Exception as error:  # a damaged workbook makes openpyxl raise nearly anything
        raise FileError(f"{path}: it is damaged or no Excel file; open it in Excel and save it as .xlsx.") from error
    try:
        rows = _rows(workbook)
        first = next(rows, ())
        if not first:
            raise FileError(f"{path}: its first sheet is empty; give headings such as income, status and year there.")
        headings = [csv_files.cell_text(cell) for cell in first]

        def parts(_: Headings) -> Iterator[books.Part]:
            read = 0
            in_all = workbook.worksheets[0].max_row or MOST_ROWS
            while some := [_even(row, headings, path) for row in islice(rows, books.ROWS_OF_A_PART)]:
                read += len(some)
                yield _part(some, headings, min(read / in_all, 1.0))

        yield books.Book(headings, "\r\n", parts)
    finally:
        workbook.close()


@contextmanager
def write_book(
    path: Path, headings: Sequence[str], _: str
) -> Iterator[Callable[[books.Part, pandas.DataFrame, pandas.Series[Any]], None]]:
    """A function that writes a part with its answers and problems; the sheet begins with the headings.

    They stay in sight. Numbers are shown as what they measure, dollars to the cent; the cells hold all their digits.
    """
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("Answers")
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", False
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for column, heading in enumerate(headings, 1):
        width = _WIDTH_OF_PROBLEM if heading == PROBLEM else min(max(len(heading) + 2, _NARROWEST), _WIDEST)
        sheet.column_dimensions[get_column_letter(column)].width = width
    formats = [_FORMATS.get(unit_of(heading), _GENERAL) for heading in headings]
    sheet.append([_header(sheet, heading, shown) for heading, shown in zip(headings, formats, strict=True)])

    def write(part: books.Part, answers: pandas.DataFrame, problems: pandas.Series[Any]) -> None:
        columns = [_values(answers[name]) for name in answers]
        for cells, *given, problem in zip(part.cells(), *columns, problems.tolist(), strict=True):
            row = (*cells, *given, problem or None)
            sheet.append([_cell(sheet, value, shown) for value, shown in zip(row, formats, strict=True)])

    yield write
    workbook.save(path)


def _values(answers: pandas.Series[Any]) -> list[Any]:
    """A column of answers, blank where there is none."""
    values = answers.dt.date if answers.dtype.kind == "M" else answers
    return [None if value != value else value for value in values.tolist()]  # noqa: PLR0124 - NaN, NaT


def check_fits(rows: int, target: Path) -> None:
    """Raise where a sheet cannot hold this many rows and their headings."""
    if rows >= MOST_ROWS:
        raise FileError(
            f"{target}: a sheet holds {MOST_ROWS - 1:,} rows under its headings, and the book has {rows:,}; "
            "write a .csv file."
        )


def _rows(workbook: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of the first sheet that hold anything, without the blank cells at their ends."""
    sheet = workbook.worksheets[0]
    sheet.reset_dimensions()  # the stated extent is often wrong, and rows beyond it would be lost
    for row in sheet.iter_rows(values_only=True):
        width = len(row)
        while width and (row[width - 1] is None or row[width - 1] == ""):
            width -= 1
        if width:
            yield row[:width]


def _even(row: tuple[Any, ...], headings: list[str], path: Path) -> tuple[Any, ...]:
    if len(row) > len(headings):
        raise FileError(
            f"{path}: a row of its first sheet has {len(row)} cells under {len(headings)} headings; "
            "give every column a heading."
        )
    return row + (None,) * (len(headings) - len(row))


def _part(rows: list[tuple[Any, ...]], headings: list[str], done: float) -> books.Part:
    table = pandas.DataFrame(rows, columns=pandas.Index(headings), dtype=object).infer_objects()
    return books.Part(table, lambda: map(csv_files.line_of, rows), lambda: rows, done)


def _header(sheet: Any, heading: str, number_format: str) -> Any:
    cell = _cell(sheet, heading)
    cell.font, cell.fill, cell.border = _HEADER_FONT, _HEADER_FILL, _HEADER_BORDER
    cell.alignment = _OVER_WORDS if number_format == _GENERAL else _OVER_NUMBERS
    return cell


def _cell(sheet: Any, value: Any, number_format: str = _GENERAL) -> Any:
    """A cell whose text is text, whatever it begins with, whose number has the format, and whose day is a day."""
    if isinstance(value, date):
        at_midnight = not isinstance(value, datetime) or value.time() == time()
        return _formatted(sheet, value, _DAY) if at_midnight else value
    if isinstance(value, (int, float)) and not isinstance(value, bool) and number_format != _GENERAL:
        return _formatted(sheet, value, number_format)
    if not isinstance(value, str):
        return value
    if len(value) > _LONGEST_TEXT or ILLEGAL_CHARACTERS_RE.search(value):
        raise FileError(
            f"'{ILLEGAL_CHARACTERS_RE.sub('?', value[:40])}': a cell of a sheet cannot hold this text, which is too "
            "long or has control characters; write a .csv file."
        )
    cell = WriteOnlyCell(sheet, value)
    if cell.data_type == "f":
        cell.data_type = "s"
        cell.quotePrefix = True  # editing the cell must not turn it into a formula
    return cell


def _formatted(sheet: Any, value: Any, number_format: str) -> Any:
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = number_format
    return cell


def _check_formulas_have_values(path: Path) -> None:
    """Raise where a formula of the first sheet has no stored value: it would be read as a blank."""
    if not _has_formulas(path):
        return
    stored = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    written = openpyxl.load_workbook(path, read_only=True, keep_links=False)
    try:
        for values, cells in zip(stored.worksheets[0].iter_rows(), written.worksheets[0].iter_rows(), strict=True):
            for value, cell in zip(values, cells, strict=True):
                if cell.data_type == "f" and value.value is None:
                    raise FileError(
                        f"{path}, cell {cell.coordinate}: its formula has no stored value; "
                        "open the file in Excel, save it, and give that."
                    )
    finally:
        stored.close()
        written.close()


def _has_formulas(path: Path) -> bool:
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if not name.startswith("xl/worksheets/"):
                continue
            with package.open(name) as part:
                before = b""
                while block := part.read(1_000_000):
                    if b"<f>" in before + block or b"<f " in before + block:
                        return True
                    before = block[-2:]
    return False
