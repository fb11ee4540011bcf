"""Blocks of a fixed layout, and single named cells: what was built into them, put where the file has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from xl_amt.errors import FileError
from xl_amt.workbook.evaluation_copy import with_function_names
from xl_amt.workbook.rewriting.built import DERIVED_TABLES, Built, columns_of
from xl_amt.workbook.rewriting.derived_rows import as_in_the_file
from xl_amt.workbook.rewriting.record_rows import a_new_workbook
from xl_amt.workbook.splice import Edits
from xl_amt.workbook.splice.areas import Area, Place
from xl_amt.workbook.splice.cell_bytes import Value
from xl_amt.workbook.splice.names import Region
from xl_amt.workbook.tables.record_tables import TABLES

_RECORD_TABLES: Final = frozenset(table.name for table in TABLES)
_GROWING: Final = "Checks_table"  # its last rows are sentences, which are no loss where they do not fit
_BLANKS: Final = re.compile(r"\s+")


def write_blocks(edits: Edits, before: Built, after: Built) -> list[str]:
    """Bring every block to what was built; gives the sheets that the file would need and does not have."""
    missing: list[str] = []
    for name, region in after.regions.items():
        if not _is_block(name, region.area):
            continue
        own, older = edits.book.region(name), before.regions.get(name)
        if own is None and older is None and name.endswith("_block"):
            missing.append(region.sheet)
        elif own is not None and older is not None:
            _Block(edits, before, after, name, (own, older, region)).write()
    return missing


def _is_block(name: str, area: Area) -> bool:
    if name in _RECORD_TABLES or name in DERIVED_TABLES:
        return False
    is_one_cell = area.row == area.last_row and area.column == area.last_column
    return is_one_cell or name.endswith(("_block", "_table"))


class _Block:
    """One block: in the file, as it was built before, and as it is built now."""

    def __init__(
        self, edits: Edits, before: Built, after: Built, name: str, regions: tuple[Region, Region, Region]
    ) -> None:
        self.edits, self.before, self.after, self.name = edits, before, after, name
        self.own, self.older, self.region = regions

    def write(self) -> None:
        """Put each value that differs; FileError where a row that is new has no place in the file."""
        own = _rows_by_label(self.own.area, lambda place: self.edits.book.value(self.own.sheet, place))
        older = _rows_by_label(self.older.area, lambda place: self.before.value(self.older.sheet, place))
        for row, label in self._rows():
            line = self._line(row, label, own, self.own.area)
            earlier = self._line(row, label, older, self.older.area)
            for column in columns_of(self.region.area):
                self._write(row, line, earlier, column)

    def _rows(self) -> Iterator[tuple[int, Value]]:
        for row in range(self.region.area.row, self.region.area.last_row + 1):
            yield row, self.after.value(self.region.sheet, (row, self.region.area.column))

    def _line(self, row: int, label: Value, rows: dict[Value, int], area: Area) -> int | None:
        """The row in another block that a row of this one is: by its place, or by its label in one of another size."""
        if _height(area) == _height(self.region.area):
            return area.row + row - self.region.area.row
        return rows.get(label) if label is not None else None

    def _write(self, row: int, line: int | None, earlier: int | None, column: int) -> None:
        place: Place = (row, column)
        offset = column - self.region.area.column
        value = self.after.value(self.region.sheet, place)
        formula = self.after.formula(self.region.sheet, place)
        old_place = None if earlier is None else (earlier, self.older.area.column + offset)
        old = None if old_place is None else self.before.value(self.older.sheet, old_place)
        old_formula = None if old_place is None else self.before.formula(self.older.sheet, old_place)
        changed = (value, formula) != (old, old_formula)
        if line is None:
            if changed and self.name != _GROWING and (value is not None or formula is not None):
                raise self._no_room()
            return
        target: Place = (line, self.own.area.column + offset)
        if formula is not None:
            if changed:
                self._write_formula(target, formula, old_formula)
        elif changed or not (self._is_the_advisors(place, value) or value is None):
            self._write_value(target, value)

    def _is_the_advisors(self, place: Place, value: Value) -> bool:
        """Whether what stands there may be the advisor's own: an input, or a label in other words."""
        is_label = place[1] == self.region.area.column and isinstance(value, str)
        return is_label or self.after.is_input(self.region.sheet, place)

    def _write_value(self, target: Place, value: Value) -> None:
        book, sheet = self.edits.book, self.own.sheet
        if as_in_the_file(book.value(sheet, target)) != as_in_the_file(value) and book.formula(sheet, target) is None:
            self.edits.set(sheet, target, value)

    def _write_formula(self, target: Place, formula: str, older: str | None) -> None:
        """Put a formula in the place of the one that was built before; one that a person wrote stays."""
        sheet = self.own.sheet
        own = self.edits.book.formula(sheet, target)
        cell = self.edits.book.sheet(sheet).cell(target)
        if own is not None and older is not None and _compared(own) == _compared(older):
            assert cell is not None
            self.edits.formula(sheet, cell, formula)
        elif own is None and self.edits.book.value(sheet, target) in {None, ""}:
            self.edits.new_formula(sheet, target, formula, None)

    def _no_room(self) -> FileError:
        return FileError(
            f"{self.edits.book.name}, sheet '{self.own.sheet}': it has {_height(self.own.area)} rows for what the "
            f"record now needs {_height(self.region.area)} for; {a_new_workbook(self.edits.book)}"
        )


def _height(area: Area) -> int:
    return area.last_row - area.row + 1


def _rows_by_label(area: Area, value_in: object) -> dict[Value, int]:
    """The row of each label in the first column; those that stand there twice are left out."""
    assert callable(value_in)
    rows: dict[Value, int] = {}
    twice: set[Value] = set()
    for row in range(area.row, area.last_row + 1):
        label = value_in((row, area.column))
        if label in rows:
            twice.add(label)
        rows[label] = row
    return {label: row for label, row in rows.items() if label is not None and label not in twice}


def _compared(formula: str) -> str:
    """A formula as it is compared, whoever saved it."""
    return _BLANKS.sub("", with_function_names(formula)).casefold()
