"""The functions of a workbook under their plain names, in the file itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

from xl_amt.jobs.backups import backup_name, replace_and_keep


class ConvertReport(NamedTuple):
    """The cells whose formula was stored under another name, and where the file before is; None for no change."""

    cells: tuple[str, ...]
    kept: Path | None


def convert(path: Path, day: date) -> ConvertReport:
    """Write the functions of a workbook under their plain names; the file before is kept, under the name of the day.

    FileError where it cannot be read, or is open elsewhere.
    """
    from xl_amt.workbook.conversion import converted
    from xl_amt.workbook.recalculation import name_of
    from xl_amt.workbook.splice import open_book

    book = open_book(path)
    cells, content = converted(book)
    kept = None
    if content != book.content:
        kept = backup_name(path, day)
        replace_and_keep(path, book.content, content, kept)
    return ConvertReport(tuple(map(name_of, cells)), kept)
