"""A row of the record's log: what was done to the record, and the figures of a letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from xl_amt.client.columns import column

Logged = Literal["keyed", "imported", "updated", "answered", "planned", "frozen", "rolled", "reported"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedFigures:
    """The three figures of a letter, by which the next one says what has changed."""

    shares: int = column("Shares reported", "shares", "Shares that the letter says to exercise", default=0)
    amt: float = column("AMT reported", "dollars", "AMT of all years and jurisdictions in the letter", default=0.0)
    cash: float = column(
        "Cash reported", "number", "Cash of all years in the letter, with taxes", unit="dollars", default=0.0
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """What was done to the record on a day; the log only grows, and no figure rests on it."""

    day: date = column("Logged on", "date", "Day on which it was done", required=True)
    what: Logged = column(
        "What was done",
        "choice",
        "keyed by hand, imported, updated, answered, planned, frozen, rolled or reported",
        choices=("keyed", "imported", "updated", "answered", "planned", "frozen", "rolled", "reported"),
    )
    about: str = column("Done about", "text", "Files, grants, years or the kind of letter that it is about")
    detail: str = column("Detail", "text", "What came of it, in a sentence")
    fingerprint: str = column("Record's hash then", "text", "Fingerprint of the record from then on, without its log")
    figures: ReportedFigures | None = column("Figures", "row", "Figures of a letter", of=ReportedFigures)
