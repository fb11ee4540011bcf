"""The log alone brought to that of a record in a workbook's file: no figure rests on it, so nothing is recalculated."""

from __future__ import annotations

from xl_amt.client import ClientRecord
from xl_amt.errors import FileError
from xl_amt.workbook.rewriting.record_rows import missing_sheets, write_rows_of
from xl_amt.workbook.splice import Book, Edits
from xl_amt.workbook.tables.read import read_log
from xl_amt.workbook.tables.record_tables import LOG


def with_log(book: Book, record: ClientRecord) -> bytes:
    """The file with the log of a record, every other byte as it is.

    FileError where the file has no sheet Log, or does not read back with these rows.
    """
    edits = Edits(book)
    if not write_rows_of(edits, LOG, record):
        raise missing_sheets(book, [LOG.sheet])
    content = edits.content()
    written = read_log(Book(content, book.name))
    if sorted(map(repr, written)) != sorted(map(repr, record.log)):
        raise FileError(f"{book.name}: its log was not written soundly, so it stays as it was.")
    return content
