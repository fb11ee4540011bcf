"""A growing table of a sheet: a header row, rows, and a closing row, all inside the table's name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from xl_amt.errors import FileError
from xl_amt.workbook.splice.areas import Area, Place, address
from xl_amt.workbook.splice.book import Book
from xl_amt.workbook.splice.cell_bytes import Value
from xl_amt.workbook.splice.names import Region
from xl_amt.workbook.splice.sheet import Row, Sheet


class Table(NamedTuple):
    """A table as it stands in a file: its ``area`` from header to closing row, and each column's number by header."""

    book: Book
    name: str
    sheet: Sheet
    area: Area
    columns: dict[str, int]

    @property
    def header_row(self) -> int:
        """The number of the row of headers."""
        return self.area.row

    @property
    def closing_row(self) -> int:
        """The number of the row that ends the table, and stays blank."""
        return self.area.last_row

    @property
    def rows(self) -> range:
        """The numbers of the rows between, those in use and spare ones."""
        return range(self.area.row + 1, self.area.last_row)

    @property
    def where(self) -> str:
        """How a sentence calls it."""
        return f"{self.book.name}, sheet '{self.sheet.title}'"

    def value(self, row: int, column: int) -> Value:
        """What a cell holds; None for a blank text too."""
        value = self.book.value(self.sheet.title, (row, column))
        return None if value == "" else value

    def formula_columns(self, row: int) -> set[int]:
        """The columns in which a row holds a formula."""
        found = self.sheet.rows.get(row)
        cells = found.cells if found else []
        return {cell.column for cell in cells if cell.formula is not None and self.area.holds(cell.place)}

    def pattern_row(self) -> int | None:
        """The row that others are made like: the last of those with the most formulas, and cells. None without rows."""
        return max(self.rows, key=lambda row: (len(self.formula_columns(row)), self._cells_in(row), row), default=None)

    def _cells_in(self, row: int) -> int:
        """How many cells of a row the file has, blank ones with a look of their own included."""
        found = self.sheet.rows.get(row)
        return sum(self.area.holds(cell.place) for cell in found.cells) if found else 0

    def inputs(self, row: int) -> dict[int, Value]:
        """What is entered in a row, by column: what no formula gives."""
        formulas = self.formula_columns(row)
        values = {column: self.value(row, column) for column in self.columns.values() if column not in formulas}
        return {column: value for column, value in values.items() if value is not None}

    def last_row_in_use(self) -> int:
        """The number of the last row with something entered; that of the header where there is none."""
        return max((row for row in self.rows if self.inputs(row)), default=self.header_row)

    def rows_beneath(self) -> Iterator[Row]:
        """The rows of the sheet below the closing row."""
        return (row for number, row in self.sheet.rows.items() if number > self.closing_row)


def find_table(book: Book, name: str) -> Table | None:
    """The table that a name of the workbook names; None for no such name.

    FileError where a header is doubled, or something stands where the table ends, which nobody would read.
    """
    region = book.region(name)
    if region is None or region.area.last_row <= region.area.row:
        return None
    sheet, area = book.sheet(region.sheet), with_named_columns(region, book.regions.values())
    columns: dict[str, int] = {}
    table = Table(book, name, sheet, area, columns)
    for column in range(area.column, area.last_column + 1):
        header = table.value(area.row, column)
        if header is None or book.formula(sheet.title, (area.row, column)) is not None:
            continue  # the heading of a formula, which may be like another's
        if str(header) in columns:
            raise FileError(f"{table.where}: two columns of the table have the header '{header}'; rename one of them.")
        columns[str(header)] = column
    for place in _filled(table, table.closing_row):
        raise FileError(
            f"{table.where}: {address(*place)} is filled in the last row of the table, which must stay blank; insert a "
            "row above it, and enter it there."
        )
    for row in table.rows_beneath():
        for place in _filled(table, row.number):
            raise FileError(
                f"{table.where}: {address(*place)} is below the table, where nothing is read; insert a row in the "
                "table and enter it there, or move it next to the table."
            )
    return table


def with_named_columns(region: Region, named: Iterable[Region]) -> Area:
    """A table's area with the columns next to it that have a name of their own, from its first row to its last."""
    area = region.area
    rows = (area.row + 1, area.last_row)
    beside = [
        other.area for other in named if other.sheet == region.sheet and (other.area.row, other.area.last_row) == rows
    ]
    first = min([area.column, *(other.column for other in beside)])
    last = max([area.last_column, *(other.last_column for other in beside)])
    return area._replace(column=first, last_column=last)


def _filled(table: Table, row: int) -> Iterator[Place]:
    """The cells of a row that hold something, in the columns of the table."""
    found = table.sheet.rows.get(row)
    for cell in found.cells if found else []:
        if not table.area.column <= cell.column <= table.area.last_column:
            continue
        if cell.formula is not None or table.value(row, cell.column) is not None:
            yield cell.place
