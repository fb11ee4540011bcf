"""What a person wrote into the rows of a table: in columns of their own, within the table or right next to it."""

from __future__ import annotations

from collections.abc import Collection
from itertools import takewhile
from typing import NamedTuple

from xl_amt.errors import FileError
from xl_amt.package import LAST_COLUMN
from xl_amt.workbook.splice.areas import address
from xl_amt.workbook.splice.cell_bytes import Value
from xl_amt.workbook.splice.edits import Edits
from xl_amt.workbook.splice.sheet import Cell
from xl_amt.workbook.splice.table import Table


class Note(NamedTuple):
    """What a person wrote into a cell, and the number of its look."""

    value: Value
    style: str | None


Notes = dict[int, Note]  # of a row, by column


def columns_of_notes(table: Table, ours: Collection[int]) -> list[int]:
    """The columns without formulas that go with a table's rows: of those next to it, up to the first blank one."""

    def is_filled(column: int) -> bool:
        return any(table.value(row, column) is not None for row in (table.header_row, *table.rows))

    before = takewhile(is_filled, range(min(ours) - 1, 0, -1))
    behind = takewhile(is_filled, range(max(ours) + 1, LAST_COLUMN + 1))
    within = (column for column in range(min(ours), max(ours)) if column not in ours)
    formulas = {cell.column for row in table.rows for cell in _cells(table, row) if cell.formula is not None}
    return sorted({*before, *within, *behind} - formulas)


def notes_of(table: Table, row: int, columns: Collection[int]) -> Notes:
    """What stands in a row's columns of notes."""
    return {
        cell.column: Note(value, cell.element.attributes.get("s"))
        for cell in _cells(table, row)
        if cell.column in columns and (value := table.value(row, cell.column)) is not None
    }


def is_noted(table: Table, row: int, ours: Collection[int]) -> bool:
    """Whether anything that no formula gives stands in a row next to our columns."""
    cells = (cell for cell in _cells(table, row) if cell.column not in ours and cell.formula is None)
    return any(table.value(row, cell.column) is not None for cell in cells)


def put_notes(edits: Edits, table: Table, row: int, columns: Collection[int], notes: Notes) -> None:
    """Let a row have these notes and no others; FileError where one of another row stands beneath the table."""
    for column in columns:
        note = notes.get(column)
        if row < table.closing_row:
            edits.set(table.sheet.title, (row, column), note and note.value, note and note.style)
        elif note is not None and table.value(row, column) is not None:
            raise FileError(
                f"{table.where}: {address(row, column)} is filled, and the table with its notes needs that cell to "
                "grow; move it away."
            )
        elif note is not None:
            edits.set(table.sheet.title, (row, column), note.value, note.style)


def _cells(table: Table, row: int) -> list[Cell]:
    found = table.sheet.rows.get(row)
    return found.cells if found else []
