"""Where things stand on the sheet Scenarios: a row each, one column per scenario."""

from __future__ import annotations

from typing import Final, NamedTuple

from xl_amt.client import ClientRecord
from xl_amt.household import Label
from xl_amt.workbook.book import Book
from xl_amt.workbook.jurisdictions import codes_of
from xl_amt.workbook.sheets import room
from xl_amt.workbook.sheets.both_rooms import FIGURES_OF_EACH
from xl_amt.workbook.sheets.return_facts import labels_of

BASE: Final = "B"
EDITED: Final = "CDEF"
COLUMNS: Final = BASE + EDITED
LETTERS: Final = ("Base", "A", "B", "C", "D")  # what a scenario is called, whatever it is named
DIFFERENCE: Final = "H"
PLACE, GRANT, STRIKE, EXERCISABLE, HOLDING = "JKLMN"  # workings next to the grants, not printed
PER_SHARE: Final = "OPQRS"  # spread per share of each scenario

LETTERS_ROW: Final = 5
NAMES_ROW, NOTES_ROW = LETTERS_ROW + 1, LETTERS_ROW + 2
SHARES_ROW: Final = NOTES_ROW + 2
SPREAD_ROW, CASH_ROW, TAXABLE_ROW, REGULAR_ROW, AMT_INCOME_ROW = range(SHARES_ROW + 1, SHARES_ROW + 6)
EXEMPTION_ROW, TENTATIVE_ROW, AMT_ROW, TAX_ROW, MORE_TAX_ROW = range(AMT_INCOME_ROW + 1, AMT_INCOME_ROW + 6)
ADDED_REGULAR_ROW, ADDED_AMT_ROW, ADDED_REST_ROW = range(MORE_TAX_ROW + 1, MORE_TAX_ROW + 4)
ROOM_ROW, CUSHION_ROW, LAW_ROW, CHECK_ROW = range(ADDED_REST_ROW + 1, ADDED_REST_ROW + 5)
CHART_ROWS: Final = range(CHECK_ROW + 3, CHECK_ROW + 18)
STATUS_ROW: Final = CHART_ROWS[-1] + 3
YEAR_ROW, WAGES_ROW, EXERCISED_ROW, EDITED_FACTS_ROW = range(STATUS_ROW + 1, STATUS_ROW + 5)
FIRST_VALUE_ROW: Final = EDITED_FACTS_ROW + 1
SPARE_HOLDINGS: Final = 2
FEDERAL_FACTS: Final = len(labels_of("US"))


class FactRow(NamedTuple):
    """A fact of the scenarios: the code of the jurisdiction that asks for it, and its label."""

    code: str
    label: Label


def value_rows(book: Book) -> range:
    """The rows of the value of a share, in the order of the sheet Holdings."""
    return range(FIRST_VALUE_ROW, FIRST_VALUE_ROW + len(book.record.holdings) + SPARE_HOLDINGS)


def grant_rows(book: Book) -> range:
    """The rows of the ISO grants, in the order of the sheet Grants."""
    first = value_rows(book)[-1] + 3
    return range(first, first + len(room.grant_rows(book)))


def each_rows(book: Book) -> range:
    """The rows of the figures of each jurisdiction, below the grants; none where there is one jurisdiction."""
    first, codes = grant_rows(book)[-1] + 3, codes_of(book.record)
    return range(first, first + (FIGURES_OF_EACH * len(codes) if len(codes) > 1 else 0))


def last_printed_row(book: Book) -> int:
    """The last row of what is printed."""
    return (each_rows(book) or grant_rows(book))[-1]


def fact_rows(book: Book) -> dict[int, FactRow]:
    """The rows of the other facts, below all that is printed; the federal ones first, then those of each state."""
    first = last_printed_row(book) + 3
    return dict(enumerate(_facts(book.record), first))


def _facts(record: ClientRecord) -> list[FactRow]:
    return [FactRow(code, label) for code in dict.fromkeys(("US", *codes_of(record))) for label in labels_of(code)]
