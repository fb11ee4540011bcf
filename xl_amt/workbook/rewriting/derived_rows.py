"""Tables whose rows follow from the record, rewritten; what an advisor noted next to a row stays with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from xl_amt.errors import FileError
from xl_amt.workbook.rewriting.built import DERIVED_TABLES, Built, columns_of, compared
from xl_amt.workbook.rewriting.record_rows import a_new_workbook
from xl_amt.workbook.splice import Edits
from xl_amt.workbook.splice.cell_bytes import Value, serial
from xl_amt.workbook.splice.growing import append_rows
from xl_amt.workbook.splice.names import Region
from xl_amt.workbook.splice.notes import Notes, columns_of_notes, notes_of, put_notes
from xl_amt.workbook.splice.sheet import moved_formula
from xl_amt.workbook.splice.table import Table, find_table, with_named_columns


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


class _Noted(NamedTuple):
    """What a person entered in a row, by what it is known: in its inputs, and in columns of their own."""

    key: tuple[Any, ...]
    inputs: dict[int, Value]
    beside: Notes


class _Rows:
    """One table, in the file and as it was built."""

    def __init__(self, edits: Edits, built: Built, region: Region, table: Table) -> None:
        self.edits, self.built, self.region, self.table = edits, built, region, table
        self.sheet = table.sheet.title
        self.pattern = table.pattern_row()
        area = with_named_columns(region, built.regions.values())
        headers = {column: built.value(region.sheet, (area.row, column)) for column in columns_of(area)}
        every = {
            column: table.columns.get(str(header), table.area.column + column - area.column)
            for column, header in headers.items()
        }
        first = area.row + 1
        is_empty = not any(built.rows_in_use(region))
        in_the_file = table.formula_columns(self.pattern) if is_empty and self.pattern is not None else set()
        self.formulas = {
            column: own
            for column, own in every.items()
            if own in in_the_file
            or any(built.formula(region.sheet, (row, column)) for row in range(first, area.last_row))
        }
        self.columns = {
            column: own for column, own in every.items() if column not in self.formulas and headers[column] is not None
        }
        self.is_moved = any(column != own for column, own in every.items())
        self.notes = columns_of_notes(table, {*every.values()})
        self.inputs = {column for column in self.columns if built.is_input(region.sheet, (first, column))}

    def write(self) -> None:
        """Write the rows in their order: over those of the file, then behind them; blank what is left."""
        self._check_columns()
        built = [self._built(row) for row in self.built.rows_in_use(self.region)]
        noted, alone = self._noted(built)
        rows = [values | one.inputs for values, one in zip(built, noted, strict=True)]
        # What was noted next to rows that are gone stands by itself, behind the others.
        beside = [one.beside for one in (*noted, *alone)]
        rows += [dict.fromkeys(self.columns) for _ in alone]
        first = self.table.header_row + 1
        in_use = self.table.last_row_in_use() - self.table.header_row
        for line, values in enumerate(rows[:in_use], first):
            for column, value in values.items():
                self.edits.set(self.sheet, (line, self.columns[column]), value)
        for line in range(first + len(rows), first + in_use):
            for column in self.columns.values():
                self.edits.set(self.sheet, (line, column), None)
        more = ({self.columns[column]: value for column, value in row.items()} for row in rows[in_use:])
        append_rows(self.edits, self.table, list(more))
        for line in range(first, max(self.table.closing_row, first + len(rows))):
            for column, own in self.formulas.items():
                self._write_formula(line, column, own)
            at = line - first
            put_notes(self.edits, self.table, line, self.notes, beside[at] if at < len(beside) else {})

    def _write_formula(self, line: int, column: int, own: int) -> None:
        """Let a row have the formula of the one that was built, or its value where that has no formula.

        One that names a sheet stays as it is, since an advisor may have renamed the sheet.
        """
        model = None if self.pattern is None else self.table.sheet.cell((self.pattern, own))
        has = self.table.sheet.formula(model) if model is not None else None
        if has is not None and model is not None:
            has = moved_formula(has, model.place, (line, own))
        like_the_others = has
        if line < self.table.closing_row:
            has = self.table.book.formula(self.sheet, (line, own))
        row = self.region.area.row + line - self.table.header_row
        is_built = row < self.region.area.last_row
        wanted = self.built.formula(self.region.sheet, (row, column)) if is_built else None
        if wanted is not None:
            wanted = like_the_others if self.is_moved else moved_formula(wanted, (row, column), (line, own))
        style = None if model is None else model.element.attributes.get("s")
        if wanted is None:
            value = self.built.value(self.region.sheet, (row, column)) if is_built else None
            if has is not None:
                self.edits.overwrite(self.sheet, (line, own), value, style)
            else:
                self.edits.set(self.sheet, (line, own), value, style)
        elif has is None or ("!" not in wanted and compared(has) != compared(wanted)):
            self.edits.replace_formula(self.sheet, (line, own), wanted, style)

    def _check_columns(self) -> None:
        """FileError where columns were moved, and rows have formulas of several kinds, whose columns they name."""
        first = self.region.area.row + 1
        rows = range(first, self.region.area.last_row)
        for column in self.formulas:
            found = ((row, self.built.formula(self.region.sheet, (row, column))) for row in rows)
            kinds = {moved_formula(text, (row, column), (first, column)) for row, text in found if text}
            if self.is_moved and len(kinds) > 1:
                raise FileError(
                    f"{self.table.where}: columns of the table, whose rows have formulas of several kinds, were moved; "
                    f"{a_new_workbook(self.table.book)}"
                )

    def _built(self, row: int) -> dict[int, Value]:
        """The values of a row that was built, by its columns."""
        return {column: self.built.value(self.region.sheet, (row, column)) for column in self.columns}

    def _noted(self, rows: Sequence[dict[int, Value]]) -> tuple[list[_Noted], list[_Noted]]:
        """What a person entered next to each of these rows, and what they noted next to rows that are gone.

        A row is the one with the same values, or else with the same ones in the columns that say what it is of.
        """
        left = [self._noted_in(line) for line in self.table.rows]
        found: dict[int, _Noted] = {}
        for known in (None, DERIVED_TABLES[self.table.name]):
            by_key: dict[tuple[Any, ...], list[_Noted]] = defaultdict(list)
            for one in left:
                by_key[one.key[:known]].append(one)
            for at, values in enumerate(rows):
                if at not in found and (same := by_key[self._key(values)[:known]]):
                    found[at] = same.pop(0)
            left = [one for several in by_key.values() for one in several]
        nothing = _Noted((), {}, {})
        return [found.get(at, nothing) for at in range(len(rows))], [one for one in left if one.beside]

    def _noted_in(self, line: int) -> _Noted:
        values = {column: self.table.value(line, own) for column, own in self.columns.items()}
        inputs = {column: values[column] for column in self.inputs}
        return _Noted(self._key(values), inputs, notes_of(self.table, line, self.notes))

    def _key(self, values: dict[int, Value]) -> tuple[Any, ...]:
        """What a row is known by: all that the advisor does not type."""
        return tuple(as_in_the_file(value) for column, value in values.items() if column not in self.inputs)


def as_in_the_file(value: Value) -> Value:
    """A value as a file holds it, to compare: days are numbers, with the digits that every program keeps."""
    if value is None or isinstance(value, str | bool):
        return value
    number = value if isinstance(value, float | int) else serial(value)
    return float(f"{number:.15g}")
