"""Tables whose rows follow from the record, written anew; what an advisor noted beside a row stays with it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from xl_amt.workbook.rewriting.built import DERIVED_TABLES, Built, columns_of
from xl_amt.workbook.splice import Edits
from xl_amt.workbook.splice.cell_bytes import Value, serial
from xl_amt.workbook.splice.growing import append_rows
from xl_amt.workbook.splice.names import Region
from xl_amt.workbook.splice.table import Table, find_table


def write_derived_rows(edits: Edits, before: Built, after: Built) -> list[str]:
    """Bring every derived table to the rows that were built; gives the sheets that the file would need and has not."""
    missing: list[str] = []
    for name in DERIVED_TABLES:
        region = after.regions.get(name)
        if region is None:
            continue
        table = find_table(edits.book, name)
        if table is not None:
            _Rows(edits, after, region, table).write()
        elif name not in before.regions and any(after.rows_in_use(region)):
            missing.append(region.sheet)
    return missing


class _Rows:
    """One table, in the file and as it was built."""

    def __init__(self, edits: Edits, built: Built, region: Region, table: Table) -> None:
        self.edits, self.built, self.region, self.table = edits, built, region, table
        first = region.area.row + 1
        self.columns: dict[int, int] = {}  # of values, as built and in the file
        for column in columns_of(region.area):
            header = built.value(region.sheet, (region.area.row, column))
            is_formula = built.formula(region.sheet, (first, column)) is not None
            if not is_formula and header is not None and (own := table.columns.get(str(header))):
                self.columns[column] = own
        self.inputs = {column for column in self.columns if built.is_input(region.sheet, (first, column))}

    def write(self) -> None:
        """Write the rows in their order: over those of the file, then behind them; blank what is left."""
        noted = self._noted()
        rows = [self._values(row, noted) for row in self.built.rows_in_use(self.region)]
        title = self.table.sheet.title
        lines = [*self.table.rows]
        in_place = min(len(rows), self.table.last_row_in_use() - self.table.header_row)
        for line, values in zip(lines, rows[:in_place], strict=False):
            for column, value in values.items():
                self.edits.set(title, (line, column), value)
        for line in lines[in_place:]:
            if self.table.inputs(line) and in_place == len(rows):
                for column in self.columns.values():
                    self.edits.set(title, (line, column), None)
        append_rows(self.edits, self.table, rows[in_place:])

    def _noted(self) -> dict[tuple[Any, ...], list[dict[int, Value]]]:
        """What stands in the inputs of each row of the file, by the values beside them."""
        noted: dict[tuple[Any, ...], list[dict[int, Value]]] = defaultdict(list)
        for line in self.table.rows:
            values = {column: self.table.value(line, own) for column, own in self.columns.items()}
            noted[self._key(values)].append({column: values[column] for column in self.inputs})
        return noted

    def _values(self, row: int, noted: dict[tuple[Any, ...], list[dict[int, Value]]]) -> dict[int, Value]:
        """The values of a row by the file's columns."""
        values = {column: self.built.value(self.region.sheet, (row, column)) for column in self.columns}
        if kept := noted.get(self._key(values)):
            values |= kept.pop(0)
        return {self.columns[column]: value for column, value in values.items()}

    def _key(self, values: dict[int, Value]) -> tuple[Any, ...]:
        """What a row is known by: all that the advisor does not type."""
        return tuple(as_in_the_file(value) for column, value in values.items() if column not in self.inputs)


def as_in_the_file(value: Value) -> Value:
    """A value as a file holds it, to compare: days are numbers, with the digits that every program keeps."""
    if value is None or isinstance(value, str | bool):
        return value
    number = value if isinstance(value, float | int) else serial(value)
    return float(f"{number:.15g}")
