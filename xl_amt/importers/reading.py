"""Open a spreadsheet from a client or a platform, without trusting it, and give its visible cells' values.

A workbook goes through `xl_amt.package.check_package` before a spreadsheet library sees it. Only stored values are
read: no formula is evaluated, no macro run, no link to another file followed.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from xl_amt.errors import FileError
from xl_amt.importers.cells import FORMULA_WITHOUT_VALUE
from xl_amt.importers.delimited import decoded, delimiter_and_table, is_text, rows_of
from xl_amt.importers.money import Money, currency_of_format
from xl_amt.package import Limits, check_package, damaged, is_package
from xl_amt.reading.dates import SERIAL_NUMBER_0

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from xl_amt.package import Cell

MOST_BYTES = 20_000_000
MOST_UNPACKED_BYTES = 64_000_000
MOST_PARTS = 1_000
MOST_ROWS = 20_000
MOST_ELEMENTS = 2_000_000
MOST_COST = 5e6  # five seconds, and four more for each megabyte of the file
MOST_COLUMNS = 256  # further ones hold no grants

_SMALLER = "export one report or one stakeholder only"
_TEXT_FILES = frozenset({".csv", ".tsv", ".txt"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """A visible sheet: its name, and its rows of values from row 1 on; ``day_zero`` is serial number 0."""

    name: str
    rows: tuple[tuple[object, ...], ...]
    day_zero: date = SERIAL_NUMBER_0

    @property
    def title(self) -> str:
        """The name without the spaces that some exports put around it."""
        return self.name.strip()


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """The visible sheets of a file, in the file's order, and the names of the hidden ones, not read.

    ``delimiter`` is what divides the columns of a text file, "" in a workbook.
    """

    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...] = field(default=())
    delimiter: str = ""


def read_spreadsheet(path: Path) -> Spreadsheet:
    """Return the values in an .xlsx workbook or in a text file of rows, such as .csv.

    A number that the workbook shows with a currency is `Money`.

    Raises FileError where the file cannot be read, is something else, or is larger than any export.
    """
    contents = _contents(path)
    if path.suffix.casefold() in _TEXT_FILES and is_text(contents) and not is_package(contents):
        return _delimited(contents, path)
    limits = Limits(
        smaller=_SMALLER,
        packed_bytes=MOST_BYTES,
        unpacked_bytes=MOST_UNPACKED_BYTES,
        rows=MOST_ROWS,
        elements=MOST_ELEMENTS,
        cost=MOST_COST,
        parts=MOST_PARTS,
    )
    package = check_package(io.BytesIO(contents), path.name, limits)
    return _workbook(contents, path.name, package.formulas_without_value)


def _contents(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            contents = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        message = f"There is no file {path}: check its name and folder."
        raise FileError(message) from None
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        message = f"{path} cannot be read ({reason}): give a file that you may open and close it elsewhere."
        raise FileError(message) from None
    if not contents:
        message = f"{path.name} is empty: export it again."
        raise FileError(message)
    if len(contents) > MOST_BYTES:
        message = f"{path.name} is larger than {MOST_BYTES // 1_000_000} MB: {_SMALLER}."
        raise FileError(message)
    return contents


def _workbook(contents: bytes, file: str, empty: dict[str, frozenset[Cell]]) -> Spreadsheet:
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl names the features that it leaves aside; none holds grants
        try:
            workbook = openpyxl.load_workbook(io.BytesIO(contents), read_only=True, data_only=True, keep_links=False)
            visible = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
            hidden = [sheet.title for sheet in workbook.worksheets if sheet.sheet_state != "visible"]
            day_zero = workbook.epoch.date()
            sheets = tuple(Sheet(sheet.title, _rows(sheet, empty[sheet.title]), day_zero) for sheet in visible)
            workbook.close()
        except Exception as error:  # a damaged workbook makes openpyxl raise nearly anything
            raise FileError(damaged(file)) from error
    if not sheets:
        message = (
            f"{file} holds no visible sheet that can be read: unhide the report's sheet, or, where it was saved as a "
            "'Strict Open XML' workbook, save it as a plain .xlsx."
        )
        raise FileError(message)
    return Spreadsheet(sheets, tuple(hidden))


def _rows(sheet: Any, empty: frozenset[Cell]) -> tuple[tuple[object, ...], ...]:
    """A sheet's rows; ``empty`` are the cells whose formula has no stored value, which are no blanks."""
    sheet.reset_dimensions()  # the stated extent is often wrong, and rows beyond it would be lost
    rows: list[tuple[object, ...]] = []
    columns_of: dict[int, list[int]] = {}
    for row_number, column in empty:
        columns_of.setdefault(row_number, []).append(column)
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        row = list(map(_value, cells))
        for column in columns_of.get(number, ()):
            if column <= len(row) and row[column - 1] is None:
                row[column - 1] = FORMULA_WITHOUT_VALUE
        rows.append(_without_blank_end(tuple(row)))
    return tuple(rows)


def _value(cell: Any) -> object:
    """The value of a cell; Money where it is a number that the cell shows with a currency."""
    value: object = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        currency = currency_of_format(cell.number_format)
        return Money(value, currency) if currency else value
    return value


def _delimited(contents: bytes, path: Path) -> Spreadsheet:
    delimiter, table = delimiter_and_table(decoded(contents, path.name))
    rows: list[tuple[object, ...]] = []
    for row in rows_of(table, delimiter, path.name):
        if len(rows) == MOST_ROWS:
            message = f"{path.name} holds more than {MOST_ROWS:,} rows: {_SMALLER}."
            raise FileError(message)
        rows.append(_without_blank_end(tuple(value or None for value in row[:MOST_COLUMNS])))
    return Spreadsheet((Sheet(path.stem, tuple(rows)),), delimiter=delimiter)


def _without_blank_end(row: tuple[object, ...]) -> tuple[object, ...]:
    width = len(row)
    while width and row[width - 1] is None:
        width -= 1
    return row[:width]
