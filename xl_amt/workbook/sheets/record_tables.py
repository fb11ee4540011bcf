"""The sheets of the record's tables that hold nothing but the record."""

from __future__ import annotations

from openpyxl import Workbook

from xl_amt.workbook.book import Book
from xl_amt.workbook.tables.declared import RecordTable
from xl_amt.workbook.tables.write import write_table


def add_table(workbook: Workbook, book: Book, table: RecordTable) -> None:
    """Add the sheet of a table, where the client has any row for it or it is there for every client."""
    if table.is_always_there or table.rows(book.record):
        write_table(workbook, book, table)
