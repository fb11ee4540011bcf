"""The log of a record: one row for each thing that was done to it, on the day that is handed in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from xl_amt.client import ClientRecord, LogEntry, ReportedFigures
from xl_amt.client.fingerprint import fingerprint
from xl_amt.client.log_entry import Logged


def logged(
    record: ClientRecord,
    day: date,
    what: Logged,
    about: str = "",
    detail: str = "",
    *,
    before: ClientRecord | None = None,
    figures: ReportedFigures | None = None,
) -> ClientRecord:
    """The record with a row in its log that says what was done to it on a day.

    ``before`` is the record as it was read from its file. Where it is no longer the one that its log speaks of, a row
    before says that it was keyed by hand; answers that an advisor gave since have a row each. A row that repeats the
    last one of the same kind and day is left out.

    Args:
        record: the record after what was done.
        day: the day on which it was done.
        what: what was done, as `LogEntry` lists it.
        about: files, grants or years that it is about.
        detail: what came of it, in a sentence.
        before: the record before.
        figures: those of a letter, for what is reported.

    >>> from xl_amt.client import Client
    >>> record = logged(ClientRecord(client=Client(name="Ana")), date(2026, 11, 2), "keyed", detail="New record.")
    >>> [(str(row.day), row.what, row.detail, row.fingerprint) for row in record.log]
    [('2026-11-02', 'keyed', 'New record.', '0f53c12c85be7c76')]
    """
    own = LogEntry(day=day, what=what, about=about, detail=detail, fingerprint=fingerprint(record), figures=figures)
    rows = [*record.log, *_by_hand(before, day), *_answers(record, day)]
    same_day = [row for row in rows if (row.day, row.what) == (day, what)]
    return replace(record, log=tuple(rows) if same_day and same_day[-1] == own else (*rows, own))


def last_row(record: ClientRecord, what: Logged | None = None, before: date | None = None) -> LogEntry | None:
    """The latest row of the log, of one kind and before a day where these are given; None where there is none.

    Rows may be sorted in a workbook: of several days the latest counts, of one day the lowest row.
    """
    found = [row for row in record.log if (what is None or row.what == what) and (before is None or row.day < before)]
    return max(enumerate(found), key=lambda row: (row[1].day, row[0]))[1] if found else None


def _by_hand(before: ClientRecord | None, day: date) -> Iterator[LogEntry]:
    """That a record was changed by hand since its log was written; nothing where it was not, or has no log."""
    last = last_row(before) if before else None
    if before is None or last is None:
        return
    now = fingerprint(before)
    if last.fingerprint and last.fingerprint != now:
        yield LogEntry(day=day, what="keyed", detail=f"Found changed by hand since {last.day}.", fingerprint=now)


def _answers(record: ClientRecord, day: date) -> Iterator[LogEntry]:
    """A row for each answer that the log does not hold yet."""
    known = {(row.about, row.detail) for row in record.log if row.what == "answered"}
    for remark in record.remarks:
        told = (remark.about, f"{remark.text} Answer: {remark.answered}")
        if remark.answered and told not in known:
            yield LogEntry(day=day, what="answered", about=told[0], detail=told[1])
