"""Open a spreadsheet from a client or a platform, without trusting it, and give its visible cells' values.

A workbook goes through `xl_amt.package.check_package` before a spreadsheet library sees it. Only stored values are
read: no formula is evaluated, no macro run, no link to another file followed.
"""

from __future__ import annotations

import csv
import io
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from xl_amt.errors import FileError
from xl_amt.importers.cells import FORMULA_WITHOUT_VALUE
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
    """The visible sheets of a file, in the file's order, and the names of the hidden ones, not read."""

    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...] = field(default=())


def read_spreadsheet(path: Path) -> Spreadsheet:
    """Return the values in an .xlsx workbook or a comma-separated .csv file.

    Raises FileError where the file cannot be read, is something else, or is larger than any export.
    """
    contents = _contents(path)
    if path.suffix.casefold() == ".csv" and b"\x00" not in contents and not is_package(contents):
        return Spreadsheet((_comma_separated(contents, path),))
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
    return Spreadsheet(sheets, tuple(hidden))


def _rows(sheet: Any, empty: frozenset[Cell]) -> tuple[tuple[object, ...], ...]:
    """A sheet's rows; ``empty`` are the cells whose formula has no stored value, which are no blanks."""
    sheet.reset_dimensions()  # the stated extent is often wrong, and rows beyond it would be lost
    rows: list[tuple[object, ...]] = []
    columns_of: dict[int, list[int]] = {}
    for row_number, column in empty:
        columns_of.setdefault(row_number, []).append(column)
    for number, values in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), start=1):
        row = list(values)
        for column in columns_of.get(number, ()):
            if column <= len(row) and row[column - 1] is None:
                row[column - 1] = FORMULA_WITHOUT_VALUE
        rows.append(_without_blank_end(tuple(row)))
    return tuple(rows)


def _comma_separated(contents: bytes, path: Path) -> Sheet:
    try:
        reader = csv.reader(io.StringIO(contents.decode("utf-8-sig"), newline=""))
        rows: list[tuple[object, ...]] = []
        for row in reader:
            if len(rows) == MOST_ROWS:
                message = f"{path.name} holds more than {MOST_ROWS:,} rows: {_SMALLER}."
                raise FileError(message)
            rows.append(_without_blank_end(tuple(value or None for value in row[:MOST_COLUMNS])))
    except UnicodeDecodeError:
        message = f"{path.name} is not UTF-8 text: save it as 'CSV UTF-8' or as .xlsx."
        raise FileError(message) from None
    except csv.Error as error:
        message = f"{path.name} is not a readable CSV file ({error}): save it as .xlsx."
        raise FileError(message) from None
    return Sheet(path.stem, tuple(rows))


def _without_blank_end(row: tuple[object, ...]) -> tuple[object, ...]:
    width = len(row)
    while width and row[width - 1] is None:
        width -= 1
    return row[:width]
