"""A workbook's values after edits made anywhere: recalculated without a spreadsheet program, in the file itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from xl_amt.errors import AmtError
from xl_amt.jobs.backups import backup_name, replace_and_keep

if TYPE_CHECKING:
    from xl_amt.workbook.splice import Book


class RecalcReport(NamedTuple):
    """What became of a workbook's formulas.

    ``changed`` of ``formulas`` have another value than before; ``not_recalculated`` says of each cell that keeps its
    value, and of each that rests on one, that it does. ``kept`` is where the file before is, None where nothing
    changed.
    """

    formulas: int
    changed: int
    not_recalculated: tuple[str, ...]
    kept: Path | None


def recalc(path: Path, day: date) -> RecalcReport:
    """Recalculate a workbook in place; the previous one is kept next to it, under the name of the day.

    FileError where it cannot be read, is open elsewhere, or the engine is not installed.
    """
    from xl_amt.workbook.recalculation import recalculated, sentences
    from xl_amt.workbook.splice import Edits, open_book

    book = open_book(path)
    stamped = _stamped(book)
    result = recalculated(stamped)
    edits = Edits(stamped)
    result.put_into(edits)
    changed = sum(len(sheet.cells) for sheet in edits.sheets.values())
    edits.mark_calculated()
    content = edits.content()
    kept = None
    if content != book.content:
        kept = backup_name(path, day)
        replace_and_keep(path, book.content, content, kept)
    formulas = len(result.values) + len(result.kept)
    return RecalcReport(formulas, changed, tuple(sentences(book, result)), kept)


def _stamped(book: Book) -> Book:
    """A client workbook with what it says of itself as it is now; one whose record cannot be read stays as it is."""
    from xl_amt.workbook.read import record_in
    from xl_amt.workbook.splice import Edits
    from xl_amt.workbook.stamp import RECORD, put_stamp

    if book.region(RECORD) is None:
        return book
    edits = Edits(book)
    try:
        put_stamp(edits, record_in(book))
    except AmtError:
        return book
    return edits.after()
