"""A client's file changed in place, record or workbook: the one way in which a command writes into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xl_amt.client import ClientRecord
from xl_amt.client.toml_file import is_record, write_record
from xl_amt.jobs.backups import keep, replace_and_keep

if TYPE_CHECKING:
    from xl_amt.workbook.found import LeavingFound, OutlookFound


def rewrite_client(
    path: Path,
    before: ClientRecord,
    after: ClientRecord,
    *,
    backup: Path,
    plan: Mapping[str, Any] | None = None,
    leaving: LeavingFound | None = None,
    outlook: OutlookFound | None = None,
) -> None:
    """Bring a client's file from the record that was read from it to another one; what it held is kept as ``backup``.

    In a workbook what differs is spliced in: pictures, notes, formulas, sheets and charts that a person put there
    stay. ``plan`` is the answer whose schedule is written, for the sheets that show it; ``leaving`` and ``outlook`` are
    what was found for theirs.

    FileError, and the file as it was, where it is open elsewhere, or a workbook has no place for what is new.
    """
    if not is_record(path):
        _rewrite_workbook(path, before, after, backup, plan, leaving, outlook)
        return
    keep(path, path.read_bytes(), backup)
    write_record(after, path, replace_existing=True)


def log_client(path: Path, after: ClientRecord, backup: Path) -> None:
    """Bring the log alone in a client's file to that of a record; what the file held is kept as ``backup``.

    No figure rests on the log, so that of a workbook nothing is recalculated. FileError as `rewrite_client` says.
    """
    if is_record(path):
        keep(path, path.read_bytes(), backup)
        write_record(after, path, replace_existing=True)
        return
    from xl_amt.workbook.rewriting import with_log
    from xl_amt.workbook.splice import open_book

    book = open_book(path)
    replace_and_keep(path, book.content, with_log(book, after), backup)


def _rewrite_workbook(
    path: Path,
    before: ClientRecord,
    after: ClientRecord,
    backup: Path,
    plan: Mapping[str, Any] | None,
    leaving: LeavingFound | None,
    outlook: OutlookFound | None,
) -> None:
    from xl_amt.jobs.workbook_contents import book_of
    from xl_amt.workbook.rewriting import rewritten
    from xl_amt.workbook.splice import open_book

    book = open_book(path)
    found = replace(book_of(after), plan=plan, leaving=leaving, outlook=outlook)
    content = rewritten(book, book_of(before), found)
    replace_and_keep(path, book.content, content, backup)
