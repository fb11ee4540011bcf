"""A workbook (.xlsx) from a client or a platform, opened without trusting it -> its visible cells' values.

It goes through `xl_amt.package.check_package` before a spreadsheet library sees it. Only stored values are read: no
formula is evaluated, no macro run, no link to another file followed.
"""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Any

from xl_amt.errors import FileError
from xl_amt.importers.cells import FORMULA_WITHOUT_VALUE
from xl_amt.importers.money import Money, currency_of_format
from xl_amt.importers.sources import limits
from xl_amt.importers.sources.sheets import Sheet, Sheets, without_blank_end
from xl_amt.package import Limits, check_package, damaged

if TYPE_CHECKING:
    from xl_amt.package import Package


def read_workbook(contents: bytes, file: str) -> Sheets:
    """The values in a workbook; a number that it shows with a currency is `Money`.

    FileError where it cannot be read, is something else, or is larger than any export.
    """
    most = Limits(
        smaller=limits.SMALLER,
        packed_bytes=limits.MOST_BYTES,
        unpacked_bytes=limits.MOST_UNPACKED_BYTES,
        rows=limits.MOST_ROWS,
        elements=limits.MOST_ELEMENTS,
        cost=limits.MOST_COST,
        parts=limits.MOST_PARTS,
    )
    package = check_package(io.BytesIO(contents), file, most)
    return _opened(contents, file, package)


def _opened(contents: bytes, file: str, package: Package) -> Sheets:
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl names the features that it leaves aside; none holds grants
        try:
            workbook = openpyxl.load_workbook(io.BytesIO(contents), read_only=True, data_only=True, keep_links=False)
            visible = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
            hidden = [sheet.title for sheet in workbook.worksheets if sheet.sheet_state != "visible"]
            day_zero = workbook.epoch.date()
            sheets = tuple(Sheet(sheet.title, _rows(sheet, package), day_zero) for sheet in visible)
            workbook.close()
        except Exception as error:  # a damaged workbook makes openpyxl raise nearly anything
            raise FileError(damaged(file)) from error
    if not sheets:
        message = (
            f"{file} holds no visible sheet that can be read: unhide the report's sheet, or, where it was saved as a "
            "'Strict Open XML' workbook, save it as a plain .xlsx."
        )
        raise FileError(message)
    return Sheets(sheets, tuple(hidden))


def _rows(sheet: Any, package: Package) -> tuple[tuple[object, ...], ...]:
    """A sheet's rows; a cell whose formula has no stored value is no blank."""
    sheet.reset_dimensions()  # the stated extent is often wrong, and rows beyond it would be lost
    rows: list[tuple[object, ...]] = []
    columns_of: dict[int, list[int]] = {}
    last_column = min(package.last_columns[sheet.title], limits.MOST_COLUMNS)
    for row_number, column in package.formulas_without_value[sheet.title]:
        columns_of.setdefault(row_number, []).append(column)
    for number, cells in enumerate(sheet.iter_rows(max_col=max(last_column, 1)), start=1):
        row = list(map(_value, cells))
        for column in columns_of.get(number, ()):
            if column <= len(row) and row[column - 1] is None:
                row[column - 1] = FORMULA_WITHOUT_VALUE
        rows.append(without_blank_end(tuple(row)))
    return tuple(rows)


def _value(cell: Any) -> object:
    """The value of a cell; Money where it is a number that the cell shows with a currency."""
    value: object = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        currency = currency_of_format(cell.number_format)
        return Money(value, currency) if currency else value
    return value
