"""A client's file changed in place, record or workbook: the one way in which a command writes into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xl_amt.client import ClientRecord
from xl_amt.client.fingerprint import fingerprint
from xl_amt.client.toml_file import is_record, read_record, write_record
from xl_amt.jobs.backups import changed_meanwhile, keep, replace_and_keep

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

    FileError, and the file as it was, where it is open elsewhere, holds another record than ``before`` by now, or a
    workbook has no place for what is new.
    """
    if not is_record(path):
        _rewrite_workbook(path, before, after, backup, plan, leaving, outlook)
        return
    _check_unchanged(path, read_record(path), before)
    keep(path, path.read_bytes(), backup)
    write_record(after, path, replace_existing=True)


def log_client(path: Path, after: ClientRecord, backup: Path) -> None:
    """Bring the log alone in a client's file to that of a record; what the file held is kept as ``backup``.

    No figure rests on the log, so that of a workbook nothing is recalculated. FileError as `rewrite_client` says.
    """
    if is_record(path):
        _check_log(path, read_record(path), after)
        keep(path, path.read_bytes(), backup)
        write_record(after, path, replace_existing=True)
        return
    from xl_amt.workbook.read import record_in
    from xl_amt.workbook.rewriting import with_log
    from xl_amt.workbook.splice import open_book

    book = open_book(path)
    _check_log(path, record_in(book), after)
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
    from xl_amt.workbook.read import record_in
    from xl_amt.workbook.rewriting import rewritten
    from xl_amt.workbook.splice import open_book

    book = open_book(path)
    _check_unchanged(path, record_in(book), before)
    found = replace(book_of(after), plan=plan, leaving=leaving, outlook=outlook)
    content = rewritten(book, book_of(before), found)
    replace_and_keep(path, book.content, content, backup)


def _check_unchanged(path: Path, held: ClientRecord, known: ClientRecord) -> None:
    """FileError where a file holds other facts by now than those that are known; the log is none of them."""
    if fingerprint(held) != fingerprint(known):
        raise changed_meanwhile(path)


def _check_log(path: Path, held: ClientRecord, after: ClientRecord) -> None:
    """FileError where a file holds other facts than a record that only has more in its log, or rows that it lacks."""
    _check_unchanged(path, held, after)
    if not set(held.log) <= set(after.log):
        raise changed_meanwhile(path)
