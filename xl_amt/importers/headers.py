"""Find the header row of a sheet, and which column holds which fact of a grant.

The platforms move the header row about and rename columns; each fact lists the headers it goes by, the
surest first. Case, punctuation and line breaks in a header do not matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from xl_amt.errors import FileError
from xl_amt.importers.cells import is_blank, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xl_amt.importers.reading import Sheet

ROWS_SEARCHED = 15


class Fact(Enum):
    """A fact that a column states about a grant, in the words of a sentence."""

    STAKEHOLDER = "stakeholder's name"
    STAKEHOLDER_ID = "stakeholder's ID"
    STAKEHOLDER_EMAIL = "stakeholder's e-mail"
    LABEL = "security ID"
    AWARD_TYPE = "award type"
    IS_SPLIT = "ISO/NSO split"
    STRIKE = "exercise price"
    ISSUED = "quantity issued"
    OUTSTANDING = "quantity outstanding"
    EXERCISED = "quantity exercised"
    VESTED_OUTSTANDING = "outstanding vested quantity"
    UNVESTED_OUTSTANDING = "outstanding unvested quantity"
    VESTED_IN_ALL = "total vested quantity"
    EXPIRED = "quantity expired"
    FORFEITED = "quantity forfeited"
    ISSUE_DATE = "issue date"
    VESTING_START = "vesting start date"
    VESTING_SCHEDULE = "vesting schedule"
    EXPIRATION_DATE = "expiration date"
    TERMINATION_DATE = "termination date"
    CANCELED_DATE = "canceled date"
    EARLY_EXERCISE = "early exercise"
    PLAN = "plan name"


ACCEPTED_HEADERS: dict[Fact, tuple[str, ...]] = {
    Fact.STAKEHOLDER: (
        "Stakeholder Name", "Stakeholder", "Optionholder", "Shareholder", "Holder", "Grantee", "Recipient",
        "Employee Name", "Full Name", "Legal Name", "Name",
    ),
    Fact.STAKEHOLDER_ID: ("Stakeholder ID",),
    Fact.STAKEHOLDER_EMAIL: ("Stakeholder Email", "Optionholder Email"),
    Fact.LABEL: (
        "Formatted Security ID", "Security ID", "Award ID", "Grant ID", "Grant Number", "Grant Label",
        "Label", "ID",
    ),
    Fact.AWARD_TYPE: ("Base Award Type", "Award Type", "Option Type", "Grant Type", "Type"),
    Fact.IS_SPLIT: ("Is ISO/NSO Split?", "ISO/NSO Split"),
    Fact.STRIKE: ("Exercise Price", "Strike Price", "Exercise Price Per Share"),
    Fact.ISSUED: (
        "Quantity Issued", "Options Granted", "Number Of Options", "Number Of Shares", "Quantity", "Options",
        "Shares", "Units", "Amount",
    ),
    Fact.OUTSTANDING: ("Quantity Outstanding",),
    Fact.EXERCISED: ("Quantity Exercised",),
    Fact.VESTED_OUTSTANDING: ("Outstanding Vested Quantity",),
    Fact.UNVESTED_OUTSTANDING: ("Outstanding Unvested Quantity",),
    Fact.VESTED_IN_ALL: ("Total Time Vested Quantity", "Total Vested Quantity"),
    Fact.EXPIRED: ("Quantity Expired",),
    Fact.FORFEITED: ("Quantity Forfeited",),
    Fact.ISSUE_DATE: ("Issue Date", "Grant Date", "Date Issued", "Date Of Grant"),
    Fact.VESTING_START: ("Vesting Start Date", "Vesting Commencement Date", "Vesting Start"),
    Fact.VESTING_SCHEDULE: ("Vesting Schedule", "Vesting Template", "Vesting"),
    # Carta's "Exercise Expiration Date" is the end of the post-termination window, another fact.
    Fact.EXPIRATION_DATE: ("Expiration Date", "Grant Expiration Date", "Expiry"),
    Fact.TERMINATION_DATE: ("Termination Date",),
    Fact.CANCELED_DATE: ("Canceled Date", "Cancelled Date"),
    Fact.EARLY_EXERCISE: ("Early Exercise", "Early Exercisable", "Early Exercise Allowed"),
    Fact.PLAN: ("Plan Name", "Equity Plan Name"),
}  # fmt: skip
"""The headers of Carta's own importer and reports, by fact, in order of preference."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet, counted from 0, and the accepted header that it goes by."""

    index: int
    header: str


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet's table of grants: where its headers stand (row counted from 1) and what they mean."""

    sheet: Sheet
    header_row: int
    columns: Mapping[Fact, Column]

    def rows(self) -> Iterator[TableRow]:
        """Give the rows under the headers that hold anything, in the sheet's order."""
        for number, values in enumerate(self.sheet.rows[self.header_row :], start=self.header_row + 1):
            if not all(is_blank(value) for value in values):
                yield TableRow(self, number, values)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table; ``number`` is its number in the spreadsheet."""

    table: Table
    number: int
    values: tuple[object, ...]

    def value(self, fact: Fact) -> object:
        """Return the row's cell for the fact, None where it is empty or the table has no such column."""
        column = self.table.columns.get(fact)
        return self.values[column.index] if column and column.index < len(self.values) else None

    def words(self, fact: Fact) -> str:
        """Return the row's cell for the fact as one line of text, "" where it says nothing."""
        value = self.value(fact)
        return "" if is_blank(value) else text(value)

    def header(self, fact: Fact) -> str:
        """Return the header over the fact's cell; the fact must be a column of the table."""
        return self.table.columns[fact].header

    @property
    def place(self) -> str:
        """Where the row stands, as a sentence names it."""
        return f"row {self.number} of sheet '{self.table.sheet.title}'"


def normalised(header: object) -> str:
    """Return the header as it is compared: lower case, letters and digits, single spaces.

    >>> normalised(" Is ISO/NSO  Split?")
    'is iso nso split'
    """
    return " ".join(re.findall(r"[^\W_]+", text(header).casefold()))


_MEANINGS = {
    normalised(header): (fact, preference, header)
    for fact, headers in ACCEPTED_HEADERS.items()
    for preference, header in enumerate(headers)
}


def likeliest_table(sheet: Sheet) -> Table:
    """Return the table under the row, of the first fifteen, in which most facts are found."""
    candidates = [Table(sheet, number, _columns(row)) for number, row in enumerate(sheet.rows[:ROWS_SEARCHED], start=1)]
    return max(candidates, key=lambda table: len(table.columns), default=Table(sheet, 1, {}))


def check_repeated_headers(table: Table, file: str) -> None:
    """Raise FileError where two columns go by one header and disagree: neither can be preferred."""
    header_values = table.sheet.rows[table.header_row - 1]
    for fact, column in table.columns.items():
        for index, value in enumerate(header_values):
            if index == column.index or normalised(value) != normalised(column.header):
                continue
            if any(row.value(fact) != (row.values[index] if index < len(row.values) else None) for row in table.rows()):
                message = (
                    f"{file}, sheet '{table.sheet.title}', row {table.header_row}: two columns are "
                    f"headed '{column.header}' and differ, so delete the one that is wrong."
                )
                raise FileError(message)


def _columns(row: tuple[object, ...]) -> dict[Fact, Column]:
    """Match a row of headers to facts; of two headers for one fact, the preferred one counts."""
    found: dict[Fact, tuple[int, Column]] = {}
    for index, value in enumerate(row):
        if not isinstance(value, str) or normalised(value) not in _MEANINGS:
            continue
        fact, preference, header = _MEANINGS[normalised(value)]
        if fact not in found or preference < found[fact][0]:
            found[fact] = preference, Column(index, header)
    return {fact: column for fact, (_, column) in found.items()}
