"""Blocks of a fixed layout, and single named cells: what was built into them, put where the file has them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from xl_amt.errors import FileError
from xl_amt.workbook.rewriting.built import DERIVED_TABLES, Built, columns_of, compared
from xl_amt.workbook.rewriting.derived_rows import as_in_the_file
from xl_amt.workbook.rewriting.record_rows import a_new_workbook
from xl_amt.workbook.splice import Edits
from xl_amt.workbook.splice.areas import Area, Place
from xl_amt.workbook.splice.cell_bytes import Value
from xl_amt.workbook.splice.names import Region
from xl_amt.workbook.tables.record_tables import TABLES

_RECORD_TABLES: Final = frozenset(table.name for table in TABLES)
_OF_THE_RECORD: Final = frozenset({"Client_block", "Facts_table"})
_YEAR_ASKED: Final = "Year_asked_input"  # among the client's rows, and the advisor's choice


def write_blocks(edits: Edits, before: Built, after: Built) -> list[str]:
    """Put into every block what differs between two builds; gives the sheets that the file would need and has not."""
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
        """Put each value that differs; FileError where a row that is new has no place in the file.

        Nor has a block whose rows are others now: its formulas name rows that the file has elsewhere.
        """
        if self.name not in _OF_THE_RECORD and _height(self.older.area) != _height(self.region.area):
            raise self._no_room()
        own = _Rows(self.own.area, lambda place: self.edits.book.value(self.own.sheet, place))
        older = _Rows(self.older.area, lambda place: self.before.value(self.older.sheet, place))
        height = _height(self.region.area)
        for at, row in enumerate(range(self.region.area.row, self.region.area.last_row + 1)):
            label = self.after.value(self.region.sheet, (row, self.region.area.column))
            line, earlier = own.find(at, label, height), older.find(at, label, height)
            if line is not None:
                for column in columns_of(self.region.area):
                    self._write(row, line, earlier, column)
            elif label is not None and not own.has(label) and not older.has(label):
                raise self._no_room()

    def _write(self, row: int, line: int, earlier: int | None, column: int) -> None:
        place: Place = (row, column)
        offset = column - self.region.area.column
        value = self.after.value(self.region.sheet, place)
        formula = self.after.formula(self.region.sheet, place)
        old_place = None if earlier is None else (earlier, self.older.area.column + offset)
        old = None if old_place is None else self.before.value(self.older.sheet, old_place)
        old_formula = None if old_place is None else self.before.formula(self.older.sheet, old_place)
        if (value, formula) == (old, old_formula):
            return
        if len(columns_of(self.own.area)) != len(columns_of(self.older.area)):
            raise self._other_columns()
        target: Place = (line, self.own.area.column + offset)
        if formula is not None:
            self._write_formula(target, formula, old_formula)
        elif self.edits.book.formula(self.own.sheet, target) is None and not self._is_the_advisors(place, target, old):
            self.edits.set(self.own.sheet, target, value)

    def _is_the_advisors(self, place: Place, target: Place, old: Value) -> bool:
        """Whether an input that is not part of the record holds another value than was put there."""
        asked = self.after.regions.get(_YEAR_ASKED)
        is_asked = asked is not None and self.region.sheet == asked.sheet and place == asked.area[:2]
        if (self.name in _OF_THE_RECORD and not is_asked) or not self.after.is_input(self.region.sheet, place):
            return False
        return as_in_the_file(self.edits.book.value(self.own.sheet, target) or None) != as_in_the_file(old)

    def _write_formula(self, target: Place, formula: str, older: str | None) -> None:
        """Put a formula in the place of the one that was built before; one that a person wrote stays."""
        sheet = self.own.sheet
        own = self.edits.book.formula(sheet, target)
        cell = self.edits.book.sheet(sheet).cell(target)
        if own is not None and older is not None and compared(own) == compared(older):
            assert cell is not None
            self.edits.formula(sheet, cell, formula)
        elif own is None and self.edits.book.value(sheet, target) in {None, ""}:
            self.edits.new_formula(sheet, target, formula, None)

    def _other_columns(self) -> FileError:
        return FileError(
            f"{self.edits.book.name}, sheet '{self.own.sheet}': columns were inserted or deleted among its own, so the "
            "place for the new figures is not known; undo that, keep your own columns beyond the last one, or "
            f"{a_new_workbook(self.edits.book)}"
        )

    def _no_room(self) -> FileError:
        return FileError(
            f"{self.edits.book.name}, sheet '{self.own.sheet}': it has {_height(self.own.area)} rows, and the record "
            f"now needs {_height(self.region.area)}; {a_new_workbook(self.edits.book)}"
        )


def _height(area: Area) -> int:
    return area.last_row - area.row + 1


class _Rows:
    """The rows of a block by their labels, which stand in its first column."""

    def __init__(self, area: Area, value_in: Callable[[Place], Value]) -> None:
        self.area = area
        self.rows: dict[Value, list[int]] = {}
        for row in range(area.row, area.last_row + 1):
            self.rows.setdefault(value_in((row, area.column)), []).append(row)

    def find(self, at: int, label: Value, height: int) -> int | None:
        """The row that has a place in a block of some height; in one of another height, the only one with a label."""
        if _height(self.area) == height:
            return self.area.row + at
        rows = self.rows.get(label, []) if label is not None else []
        return rows[0] if len(rows) == 1 else None

    def has(self, label: Value) -> bool:
        """Whether a label stands there, however often."""
        return label in self.rows
