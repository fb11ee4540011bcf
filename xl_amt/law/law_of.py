"""The law of any jurisdiction, as the record that its forms read."""

from __future__ import annotations

from xl_amt.law.books import book_over
from xl_amt.law.record import Record, built
from xl_amt.law.status import Status


def law_of(record_class: type[Record], jurisdiction: str, year: int, status: Status, book_name: str = "") -> Record:
    """The law of a year and filing status, enacted, projected or by a firm's book; made once for each book's contents.

    A book that changes another jurisdiction leaves this law as it is. ``record_class`` is a record that is held for the
    jurisdiction. NotHeldError for a jurisdiction or a year that is
    not held.

    >>> from xl_amt.law import FederalLaw
    >>> law_of(FederalLaw, "US", 2026, "single").exemption
    90100.0
    """
    return built(record_class, book_over(book_name, jurisdiction), year, status)
