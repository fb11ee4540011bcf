"""A workbook as it is built for a record, seen by the names of its blocks and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.workbook.evaluation_copy import with_function_names
from xl_amt.workbook.splice.areas import Area, Place
from xl_amt.workbook.splice.cell_bytes import Value, plain_text
from xl_amt.workbook.splice.names import Region, regions_of

# Tables whose rows follow from the record, and are rewritten: a row for each lot, sale, day, or check. So many of
# its first columns, without those that a person fills, say what a row is of.
DERIVED_TABLES: Final = {
    "Lots_table": 3,
    "Gains_table": 6,
    "Calendar_table": 3,
    "Checks_table": 1,
    "Options_left_table": 4,
}

_BLANKS: Final = re.compile(r"\s+")


class Built:
    """A workbook that was built and is not in a file yet."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.sheets: dict[str, Worksheet] = {sheet.title: sheet for sheet in workbook.worksheets}
        self.regions: dict[str, Region] = {}
        for name, defined in workbook.defined_names.items():
            regions = regions_of(defined.attr_text or "")
            if len(regions) == 1:
                self.regions[name] = regions[0]

    def sheet(self, region: Region) -> Worksheet:
        """The sheet of a region."""
        return self.sheets[region.sheet]

    def formula(self, sheet: str, place: Place) -> str | None:
        """The formula in a cell, without "="; None for none."""
        cell = self._cell(sheet, place)
        return str(cell.value).removeprefix("=") if cell.data_type == "f" else None

    def value(self, sheet: str, place: Place) -> Value:
        """What a cell holds that no formula gives; None for a blank one."""
        cell = self._cell(sheet, place)
        if cell.data_type == "f" or cell.value is None or cell.value == "":
            return None
        value = cell.value
        assert isinstance(value, str | float | int) or hasattr(value, "year")
        return plain_text(value) if isinstance(value, str) else value  # type: ignore[return-value]

    def is_input(self, sheet: str, place: Place) -> bool:
        """Whether the advisor is meant to type into a cell."""
        return not self._cell(sheet, place).protection.locked

    def rows_in_use(self, region: Region) -> Iterator[int]:
        """The rows of a growing table, between header and closing row, in which a value stands."""
        for row in range(region.area.row + 1, region.area.last_row):
            if any(self.value(region.sheet, (row, column)) is not None for column in columns_of(region.area)):
                yield row

    def _cell(self, sheet: str, place: Place) -> Cell | MergedCell:
        cell: Cell | MergedCell = self.sheets[sheet].cell(*place)
        return cell


def columns_of(area: Area) -> range:
    """The numbers of an area's columns."""
    return range(area.column, area.last_column + 1)


def compared(formula: str) -> str:
    """A formula as it is compared, whoever saved it.

    >>> compared('[1]!amt_room( A1)') == compared('AMT_ROOM(A1)')
    True
    """
    return _BLANKS.sub("", with_function_names(formula)).casefold()
