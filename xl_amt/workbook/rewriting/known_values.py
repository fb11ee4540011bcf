"""What the ledger knows of each row of the record's tables, such as the shares that vest by year, next to its row."""

from __future__ import annotations

from collections.abc import Iterator

from xl_amt.client import ClientRecord
from xl_amt.workbook.rewriting.built import Built
from xl_amt.workbook.rewriting.record_rows import matched
from xl_amt.workbook.splice import Edits
from xl_amt.workbook.splice.names import Region
from xl_amt.workbook.tables.declared import RecordTable
from xl_amt.workbook.tables.read import read_rows
from xl_amt.workbook.tables.record_tables import TABLES


def write_known_values(edits: Edits, after: Built, record: ClientRecord) -> None:
    """Put the values that were built next to the record's own columns into the file, whose rows are the record's.

    A cell in which the file has a formula stays as it is.
    """
    for table in TABLES:
        named = dict(_beside(after, table))
        if not named:
            continue
        rows = table.rows(record)
        pairs, _, _ = matched(table, read_rows(edits.book, table), rows)
        line_of = {id(row): read.number for read, row in pairs}
        for name, region in named.items():
            own = edits.book.region(name)
            for at, row in enumerate(rows):
                place = (region.area.row + at, region.area.column)
                if own is None or id(row) not in line_of or after.formula(region.sheet, place) is not None:
                    continue
                target = (line_of[id(row)], own.area.column)
                value = after.value(region.sheet, place)
                if edits.book.formula(own.sheet, target) is None and edits.book.value(own.sheet, target) != value:
                    edits.set(own.sheet, target, value)


def _beside(after: Built, table: RecordTable) -> Iterator[tuple[str, Region]]:
    """The named columns of a table that are no columns of the record."""
    whole = after.regions.get(table.name)
    own = {table.named(column.field) for column in table.columns}
    for name, region in after.regions.items():
        is_column = region.area.column == region.area.last_column and region.area.row < region.area.last_row
        within = whole is not None and region.sheet == whole.sheet and whole.area.holds(region.area[:2])
        if is_column and within and name not in own:
            yield name, region
