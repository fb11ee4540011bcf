"""What changed since the last letter: its three figures next to those of today, and what was done to the record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from xl_amt.client import ClientRecord, LogEntry, ReportedFigures
from xl_amt.client.fingerprint import fingerprint
from xl_amt.equity.words import listed, shares_of
from xl_amt.jobs.report_words import clipped, day_in_words, money

_MOST: Final = 3  # things done, in a sentence
_DONE: Final = {
    "keyed": "changed by hand",
    "imported": "imported",
    "updated": "updated with newer exports",
    "answered": "questions answered",
    "planned": "planned again",
    "frozen": "a plan frozen",
    "rolled": "rolled into the next year",
}


def since_the_last(record: ClientRecord, figures: ReportedFigures | None, kind: str, last: LogEntry | None) -> str:
    """What changed since the last letter, in a few sentences.

    Args:
        record: the record, with its log.
        figures: today's three figures; None where there is no answer.
        kind: what today's letter is about, as the log's row has it.
        last: the log's row of the letter before; None for the first one.
    """
    if last is None:
        return "This is the first letter in the record's log."
    day = day_in_words(last.day)
    if last.fingerprint == fingerprint(record):
        return f"Nothing in the record has changed since the letter of {day}."
    done = _what_was_done(record, last)
    if last.figures is None or figures is None or last.about != kind:
        about = {"plan": "a plan", "room": "how much can be exercised without AMT"}.get(last.about, "no answer yet")
        return f"The letter of {day} was about something else: {about}. {done}".strip()
    changes = list(moved(last.figures, figures))
    then = (
        f"The letter of {day} said {shares_of(last.figures.shares)}, {money(last.figures.amt)} of AMT and "
        f"{money(last.figures.cash)} of cash."
    )
    now = f"Since then: {', '.join(changes)}." if changes else "The three figures are the same."
    return " ".join(filter(None, (then, now, done)))


def moved(then: ReportedFigures, now: ReportedFigures) -> Iterator[str]:
    """Each of the three figures that moved since a letter, and by how much."""
    if now.shares != then.shares:
        yield f"{_more(now.shares - then.shares)} {shares_of(abs(now.shares - then.shares))}"
    for amount, what in ((now.amt - then.amt, "of AMT"), (now.cash - then.cash, "of cash")):
        if round(amount):
            yield f"{_more(amount)} {money(abs(amount))} {what}"


def _more(amount: float) -> str:
    return "up by" if amount > 0 else "down by"


def _what_was_done(record: ClientRecord, last: LogEntry) -> str:
    rows = rows_after(record, last)
    what = [
        f"{_DONE[row.what]}{f' ({clipped(row.about, 40)})' if row.about else ''}" for row in rows if row.what in _DONE
    ]
    if not what:
        return "The record was changed by hand."
    kept = list(dict.fromkeys(what))[-_MOST:]
    return f"The record was {listed(kept)}."


def rows_after(record: ClientRecord, row: LogEntry) -> Sequence[LogEntry]:
    """The rows of the log that came after one, in the order of their days."""
    rows = sorted(record.log, key=lambda one: one.day)
    return rows[rows.index(row) + 1 :]
