"""Books in Excel files: a table on the first sheet, headings in its first row that holds anything."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import islice
from math import isfinite
from pathlib import Path
from typing import Any, Final

import openpyxl
import pandas
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from xl_amt.batch import books, csv_files
from xl_amt.batch.headings import PROBLEM, Headings, unit_of
from xl_amt.errors import FileError
from xl_amt.package import LAST_ROW, LONGEST_TEXT, Cell, Limits, check_package, damaged
from xl_amt.reading.words import NOT_IN_A_CELL

MOST_ROWS: Final = LAST_ROW  # of a sheet, the row of headings among them
_SMALLER: Final = "save the book as a .csv file, or remove what is not needed"
_MOST_BYTES: Final = 200_000_000
_TIMES_UNPACKED: Final = 40  # of a book's own bytes, in addition to the 64 MB that a small file may unpack to

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
    """Open a book; raises FileError where it is no Excel file that can be read."""
    empty = _check(path)
    with warnings.catch_warnings():
        # openpyxl names the features that it leaves aside; none holds households
        warnings.filterwarnings("ignore", module="openpyxl")
        with _open(path, empty) as book:
            yield book


@contextmanager
def _open(path: Path, empty: dict[str, frozenset[Cell]]) -> Iterator[books.Book]:
    """Open a book that was checked."""
    try:
        workbook = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        sheet = workbook.worksheets[0]
    except Exception as error:  # a damaged workbook makes openpyxl raise nearly anything
        raise FileError(damaged(str(path))) from error
    try:
        rows = _rows(sheet, empty.get(sheet.title, frozenset()), path)
        _, first, _ = next(rows, (0, (), ()))
        if not first:
            raise FileError(f"{path}: its first sheet is empty; give headings such as income, status and year there.")
        headings = [csv_files.cell_text(cell) for cell in first]

        def parts(meaning: Headings) -> Iterator[books.Part]:
            read = 0
            in_all = sheet.max_row or MOST_ROWS
            while some := list(islice(rows, books.ROWS_OF_A_PART)):
                read += len(some)
                yield _part(some, headings, meaning, path, min(read / in_all, 1.0))

        yield books.Book(headings, "\r\n", parts)
    finally:
        workbook.close()


def _check(path: Path) -> dict[str, frozenset[Cell]]:
    """The cells of each sheet whose formula has no stored value; FileError for a file that is not to be opened."""
    try:
        with path.open("rb") as file:
            size = path.stat().st_size
            limits = Limits(
                smaller=_SMALLER,
                packed_bytes=_MOST_BYTES,
                unpacked_bytes=64_000_000 + _TIMES_UNPACKED * size,
                rows=LAST_ROW,
                elements=4_000_000 + 2 * size,
                cost=5e6,
            )
            return check_package(file, str(path), limits).formulas_without_value
    except OSError as error:
        raise FileError(
            f"{path}: it cannot be read ({error.strerror or error}); close it wherever it is open."
        ) from error


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

    try:
        yield write
    except BaseException:
        sheet.close()  # or its unfinished rows would complain when they are thrown away
        raise
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


def _rows(sheet: Any, empty: frozenset[Cell], path: Path) -> Iterator[tuple[int, tuple[Any, ...], tuple[int, ...]]]:
    """The rows of a sheet that hold anything, without the blank cells at their ends.

    Each with its number, and the positions of the cells that look blank because their formula has no stored value.
    """
    sheet.reset_dimensions()  # the stated extent is often wrong, and rows beyond it would be lost
    columns: dict[int, list[int]] = {}
    for row, column in sorted(empty):
        columns.setdefault(row, []).append(column - 1)
    try:
        for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            without_value = tuple(at for at in columns.get(number, ()) if at >= len(cells) or cells[at] is None)
            width = len(cells)
            while width and (cells[width - 1] is None or cells[width - 1] == ""):
                width -= 1
            if width or without_value:
                yield number, cells[: max(width, *(at + 1 for at in without_value), 0)], without_value
    except Exception as error:  # a damaged sheet makes openpyxl raise nearly anything, in any row
        raise FileError(damaged(str(path))) from error


def _even(row: tuple[Any, ...], headings: list[str], path: Path) -> tuple[Any, ...]:
    if len(row) > len(headings):
        raise FileError(
            f"{path}: a row of its first sheet has {len(row)} cells under {len(headings)} headings; "
            "give every column a heading."
        )
    return row + (None,) * (len(headings) - len(row))


def _part(
    some: list[tuple[int, tuple[Any, ...], tuple[int, ...]]],
    headings: list[str],
    meaning: Headings,
    path: Path,
    done: float,
) -> books.Part:
    rows = [_even(cells, headings, path) for _, cells, _ in some]
    table = pandas.DataFrame(rows, columns=pandas.Index(headings), dtype=object).infer_objects()
    problems = {
        place: f"{headings[at]}: its formula has no stored value; open the file in Excel, save it, and use that file."
        for place, (_, _, without_value) in enumerate(some)
        for at in reversed(without_value)
        if at in meaning.read
    }
    return books.Part(table, lambda: map(csv_files.line_of, rows), lambda: rows, done, problems)


def _header(sheet: Any, heading: str, number_format: str) -> Any:
    cell = _cell(sheet, heading)
    cell.font, cell.fill, cell.border = _HEADER_FONT, _HEADER_FILL, _HEADER_BORDER
    cell.alignment = _OVER_WORDS if number_format == _GENERAL else _OVER_NUMBERS
    return cell


def _cell(sheet: Any, value: Any, number_format: str = _GENERAL) -> Any:
    """A cell whose text is text, whatever it begins with, whose number has the format, and whose day is a day."""
    if isinstance(value, float) and not isfinite(value):
        value = repr(value)  # beyond every number that a cell can hold
    if isinstance(value, date):
        at_midnight = not isinstance(value, datetime) or value.time() == time()
        return _formatted(sheet, value, _DAY) if at_midnight else value
    if isinstance(value, (int, float)) and not isinstance(value, bool) and number_format != _GENERAL:
        return _formatted(sheet, value, number_format)
    if not isinstance(value, str):
        return value
    if len(value) > LONGEST_TEXT or NOT_IN_A_CELL.search(value):
        raise FileError(
            f"'{NOT_IN_A_CELL.sub('?', value[:40])}': a cell of a sheet cannot hold this text, which is too "
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
