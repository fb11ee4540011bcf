"""Books in Excel files: a table on the first sheet, headings in its first row that holds anything."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from math import isfinite
from pathlib import Path
from typing import Any, Final

import openpyxl
import pandas
from openpyxl.cell import WriteOnlyCell

from xl_amt.batch import books, csv_files
from xl_amt.batch.headings import Headings
from xl_amt.errors import FileError
from xl_amt.package import LAST_ROW, LONGEST_TEXT, Cell, Limits, check_package, damaged
from xl_amt.reading.words import NOT_IN_A_CELL

MOST_ROWS: Final = LAST_ROW  # of a sheet, the row of headings among them
_SMALLER: Final = "write the book as a .csv file, or take out what is not needed"
_MOST_BYTES: Final = 200_000_000
_TIMES_UNPACKED: Final = 40  # of a book's own bytes, beside the 64 MB that a small file may unpack to


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
        raise FileError(f"{path}: it cannot be read ({error.strerror or error}); close it where it is open.") from error


@contextmanager
def write_book(
    path: Path, headings: Sequence[str], _: str
) -> Iterator[Callable[[books.Part, pandas.DataFrame, pandas.Series[Any]], None]]:
    """A function that writes a part with its answers and problems; the sheet begins with the headings."""
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("Answers")
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, heading) for heading in headings])

    def write(part: books.Part, answers: pandas.DataFrame, problems: pandas.Series[Any]) -> None:
        columns = [_values(answers[name]) for name in answers]
        for cells, *given, problem in zip(part.cells(), *columns, problems.tolist(), strict=True):
            sheet.append([*(_cell(sheet, cell) for cell in cells), *given, _cell(sheet, problem or None)])

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
        place: f"{headings[at]}: its formula has no stored value; open the file in Excel, save it, and give that."
        for place, (_, _, without_value) in enumerate(some)
        for at in reversed(without_value)
        if at in meaning.read
    }
    return books.Part(table, lambda: map(csv_files.line_of, rows), lambda: rows, done, problems)


def _cell(sheet: Any, value: Any) -> Any:
    """A cell whose text is text, whatever it begins with."""
    if isinstance(value, float) and not isfinite(value):
        value = repr(value)  # beyond every number that a cell can hold
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
