"""Where things stand on the sheet Scenarios: a row each, a column a scenario."""

from __future__ import annotations

from typing import Final, NamedTuple

from xl_amt.client import ClientRecord
from xl_amt.household import LABELS, Label
from xl_amt.workbook.book import Book
from xl_amt.workbook.jurisdictions import codes_of
from xl_amt.workbook.sheets import room
from xl_amt.workbook.sheets.both_rooms import FIGURES_OF_EACH
from xl_amt.workbook.tables.client_rows import YearRow, rows_by_year

BASE: Final = "B"
EDITED: Final = "CDEF"
COLUMNS: Final = BASE + EDITED
LETTERS: Final = ("Base", "A", "B", "C", "D")  # what a scenario is called, whatever it is named
DIFFERENCE: Final = "H"
PLACE, GRANT, STRIKE, EXERCISABLE, HOLDING = "JKLMN"  # workings beside the grants, not printed
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
STATE_TAX: Final = "State income tax"


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
    return max(*grant_rows(book), *each_rows(book))


def fact_rows(book: Book) -> dict[int, FactRow]:
    """The rows of the other facts, below all that is printed; the federal ones first, then those of each state.

    Where a state is among them the state income tax stands there twice: first as the federal return deducts it, and
    after the federal facts as the states' returns begin with it.
    """
    first = last_printed_row(book) + 3
    return dict(enumerate(_facts(book.record), first))


def federal_rows(book: Book) -> range:
    """The rows of the federal return's facts."""
    first = next(iter(fact_rows(book)))
    return range(first, first + len(LABELS))


def every_row(book: Book) -> range:
    """The rows of all the facts that a question of a state is asked with."""
    rows = list(fact_rows(book))
    return range(rows[0] if len(rows) == len(LABELS) else rows[1], rows[-1] + 1)


def _facts(record: ClientRecord) -> list[FactRow]:
    federal = [FactRow("US", label) for label in LABELS]
    known = {label.name for label in LABELS}
    rows = (row for row in rows_by_year(record).values() if isinstance(row, YearRow))
    states = [FactRow(row.name[:2], row.label) for row in rows if row.label and row.name not in known]
    if not states:
        return federal
    (tax,) = (fact for fact in federal if fact.label.name == STATE_TAX)
    return [tax, *(fact for fact in federal if fact != tax), tax, *states]
