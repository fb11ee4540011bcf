"""The sheets of the record's tables that hold nothing but the record."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from openpyxl import Workbook

from xl_amt.workbook.book import Book
from xl_amt.workbook.tables.declared import RecordTable
from xl_amt.workbook.tables.write import Written, write_table

# Columns that stand open also where no row has anything in them: what a person would type first.
_ALWAYS_SHOWN: Final = frozenset(
    {"company", "holder", "as_of", "work_ended", "grant", "label", "award", "granted", "acquired", "day", "shares",
     "strike", "price", "value", "method", "lots", "status", "kind", "state", "level", "about", "text", "answered",
     "file", "platform", "read_on"}
)  # fmt: skip


def add_table(workbook: Workbook, book: Book, table: RecordTable, *, for_commands: bool = False) -> None:
    """Add the sheet of a table, where the client has any row for it or it is there for every client.

    One ``for_commands``, which they add rows to, is built for every client too; a workbook without it is read all the
    same.
    """
    if table.is_always_there or for_commands or table.rows(book.record):
        fold_unused(write_table(workbook, book, table), book, table, _ALWAYS_SHOWN)


def fold_unused(written: Written, book: Book, table: RecordTable, always_shown: Collection[str]) -> None:
    """Fold the columns in which no row says anything but no, so the page is as narrow as the client's facts."""
    said = {
        field for row in table.rows(book.record) for field, value in row.items() if value not in (None, "", False, ())
    }
    for column in table.columns:
        if column.field not in said and column.field not in always_shown:
            dimension = written.sheet.column_dimensions[written.letters[column.field]]
            dimension.hidden, dimension.outlineLevel = True, 1
