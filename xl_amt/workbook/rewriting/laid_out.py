"""Whose taxes a workbook's sheets are laid out for, as the names in it tell, against whose its record asks."""

from __future__ import annotations

from typing import Final

from xl_amt.client import ClientRecord
from xl_amt.errors import ArgumentError
from xl_amt.workbook.jurisdictions import codes_of
from xl_amt.workbook.rewriting.record_rows import a_new_workbook
from xl_amt.workbook.splice import Book

_OF_EACH: Final = "Base_AMT_"  # a row of the sheet Plan for each jurisdiction, with its code


def not_laid_out(book: Book, record: ClientRecord) -> str:
    """What to do where the record's jurisdictions are not those of the workbook's sheets; "" where they are."""
    try:
        asked = codes_of(record)
    except ArgumentError as error:
        return f"{book.name}, sheet 'Client': {error}"
    codes = {name.name.removeprefix(_OF_EACH) for name in book.names if name.name.startswith(_OF_EACH)}
    if not codes or codes == set(asked):
        return ""
    has = "+".join(sorted(codes, key=lambda code: (code != "US", code)))
    return (
        f"{book.name}, sheet 'Client': the jurisdiction is {'+'.join(asked)}, and the sheets are those of {has}; "
        f"{a_new_workbook(book)}"
    )
