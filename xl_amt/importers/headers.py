"""Find the header row of a sheet, and which column holds which fact of a grant.

The platforms move the header row about and rename columns; each fact lists the headers it goes by, the
surest first. Case, punctuation and line breaks in a header do not matter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from xl_amt.errors import FileError
from xl_amt.importers.cells import is_blank, shows_decimal_comma, text
from xl_amt.importers.money import US_DOLLARS, currency_in, without_currency
from xl_amt.importers.report import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xl_amt.importers.reading import Sheet

ROWS_SEARCHED = 30  # some reports put half a page of disclaimers above their headers


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
    CANCELED = "quantity canceled"
    ISSUE_DATE = "issue date"
    VESTING_START = "vesting start date"
    VESTING_SCHEDULE = "vesting schedule"
    EXPIRATION_DATE = "expiration date"
    TERMINATION_DATE = "termination date"
    CANCELED_DATE = "canceled date"
    EARLY_EXERCISE = "early exercise"
    PLAN = "plan name"
    CURRENCY = "currency"


ACCEPTED_HEADERS: dict[Fact, tuple[str, ...]] = {
    Fact.STAKEHOLDER: (
        "Stakeholder Name", "Stakeholder", "Optionholder", "Shareholder", "Holder", "Grantee", "Recipient",
        "Employee Name", "Participant Name", "Full Name", "Legal Name", "Name",
    ),
    Fact.STAKEHOLDER_ID: ("Stakeholder ID",),
    Fact.STAKEHOLDER_EMAIL: ("Stakeholder Email", "Optionholder Email"),
    Fact.LABEL: (
        "Formatted Security ID", "Security ID", "Award ID", "Grant ID", "Grant Number", "Grant Label",
        "Label", "ID",
    ),
    Fact.AWARD_TYPE: ("Base Award Type", "Award Type", "Option Type", "Grant Type", "Type"),
    Fact.IS_SPLIT: ("Is ISO/NSO Split?", "ISO/NSO Split"),
    Fact.STRIKE: ("Exercise Price", "Strike Price", "Exercise Price Per Share", "Strike"),
    Fact.ISSUED: (
        "Quantity Issued", "Options Granted", "Number Of Options", "Number Of Shares", "Shares Issued",
        "Original Quantity", "Quantity", "Options", "Shares", "Units", "Amount",
    ),
    Fact.OUTSTANDING: ("Quantity Outstanding", "Outstanding Quantity"),
    Fact.EXERCISED: ("Quantity Exercised", "Exercised Quantity"),
    Fact.VESTED_OUTSTANDING: ("Outstanding Vested Quantity",),
    Fact.UNVESTED_OUTSTANDING: ("Outstanding Unvested Quantity",),
    Fact.VESTED_IN_ALL: ("Total Time Vested Quantity", "Total Vested Quantity"),
    Fact.EXPIRED: ("Quantity Expired",),
    Fact.FORFEITED: ("Quantity Forfeited",),
    Fact.CANCELED: ("Quantity Canceled", "Quantity Cancelled"),
    Fact.ISSUE_DATE: ("Issue Date", "Grant Date", "Date Issued", "Date Of Grant"),
    Fact.VESTING_START: ("Vesting Start Date", "Vesting Commencement Date", "Vesting Start"),
    Fact.VESTING_SCHEDULE: ("Vesting Schedule", "Vesting Template", "Vesting"),
    # Carta's "Exercise Expiration Date" is the end of the post-termination window, another fact.
    Fact.EXPIRATION_DATE: ("Expiration Date", "Grant Expiration Date", "Expiry"),
    Fact.TERMINATION_DATE: ("Termination Date",),
    Fact.CANCELED_DATE: ("Canceled Date", "Cancelled Date"),
    Fact.EARLY_EXERCISE: ("Early Exercise", "Early Exercisable", "Early Exercise Allowed"),
    Fact.PLAN: ("Plan Name", "Equity Plan Name"),
    Fact.CURRENCY: ("Currency", "Currency Code", "Exercise Price Currency"),
}  # fmt: skip
"""The headers of Carta's own importer and reports, by fact, in order of preference."""


COUNTS = frozenset(
    {
        Fact.ISSUED, Fact.OUTSTANDING, Fact.EXERCISED, Fact.VESTED_OUTSTANDING, Fact.UNVESTED_OUTSTANDING,
        Fact.VESTED_IN_ALL, Fact.EXPIRED, Fact.FORFEITED, Fact.CANCELED,
    }
)  # fmt: skip
"""The facts that are numbers of shares."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet, counted from 0, the accepted header that it goes by, and the currency that it names."""

    index: int
    header: str
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet's table of grants: where its headers stand (row counted from 1) and what they mean.

    ``others`` are further columns that state a fact of ``columns`` under another of its headers; ``decimal_comma``
    says that some number of the table can only have been written with one.
    """

    sheet: Sheet
    header_row: int
    columns: Mapping[Fact, Column]
    others: tuple[tuple[Fact, Column], ...] = ()
    decimal_comma: bool = False

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
        return self.value_under(column) if column else None

    def value_under(self, column: Column) -> object:
        """Return the row's cell in a column, None where it is empty."""
        return self.values[column.index] if column.index < len(self.values) else None

    def words(self, fact: Fact) -> str:
        """Return the row's cell for the fact as one line of text, "" where it says nothing."""
        value = self.value(fact)
        return "" if is_blank(value) else text(value)

    def header(self, fact: Fact) -> str:
        """Return the header over the fact's cell; the fact must be a column of the table."""
        return self.table.columns[fact].header

    @property
    def place(self) -> Place:
        """Where the row stands."""
        return Place(self.table.sheet.title, self.number)

    @property
    def place_in_words(self) -> str:
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
    """Return the table under the row, of the first thirty, in which most facts are found."""
    candidates = [table_under(sheet, number) for number in range(1, len(sheet.rows[:ROWS_SEARCHED]) + 1)]
    likeliest = max(candidates, key=lambda table: len(table.columns), default=Table(sheet, 1, {}))
    numbers = (row.value(fact) for row in likeliest.rows() for fact in (*COUNTS, Fact.STRIKE))
    return replace(likeliest, decimal_comma=any(map(shows_decimal_comma, numbers)))


def money_headers(table: Table) -> list[str]:
    """Return the headers that would be of a number of shares, were they not of money: "Amount ($)"."""
    return [text(value) for value in table.sheet.rows[table.header_row - 1] if _is_of_money(value)]


def check_repeated_headers(table: Table, file: str) -> None:
    """Raise FileError where two columns go by one header and disagree: neither can be preferred."""
    header_values = table.sheet.rows[table.header_row - 1]
    for fact, column in table.columns.items():
        for index, value in enumerate(header_values):
            same = Column(index, column.header, column.currency)
            if index == column.index or _column(index, value) != (fact, same):
                continue
            if any(row.value(fact) != row.value_under(same) for row in table.rows()):
                message = (
                    f"{file}, sheet '{table.sheet.title}', row {table.header_row}: two columns are "
                    f"headed '{column.header}' and differ, so delete the one that is wrong."
                )
                raise FileError(message)


def table_under(sheet: Sheet, header_row: int) -> Table:
    """Match a row of headers to facts; of two headers for one fact, one in dollars counts, and the preferred one."""
    found: defaultdict[Fact, list[Column]] = defaultdict(list)
    for index, value in enumerate(sheet.rows[header_row - 1]):
        if (known := _column(index, value)) and not _is_of_money(value):
            fact, column = known
            found[fact].append(column)
    columns = {fact: min(every, key=_preference) for fact, every in found.items()}
    others = [(fact, one) for fact, every in found.items() for one in every if one.header != columns[fact].header]
    return Table(sheet, header_row, columns, tuple(others))


def _preference(column: Column) -> tuple[bool, int]:
    _, preference, _ = _MEANINGS[normalised(column.header)]
    return column.currency not in {"", US_DOLLARS}, preference


def _column(index: int, header: object) -> tuple[Fact, Column] | None:
    meaning = _meaning(header)
    return meaning and (meaning[0], Column(index, meaning[2], currency_in(text(header))))


def _meaning(header: object) -> tuple[Fact, int, str] | None:
    """What a header means, whatever currency it names; None where it is not one of those that are known."""
    if not isinstance(header, str):
        return None
    return _MEANINGS.get(normalised(header)) or _MEANINGS.get(normalised(without_currency(header)))


def _is_of_money(header: object) -> bool:
    meaning = _meaning(header)
    return meaning is not None and meaning[0] in COUNTS and bool(currency_in(text(header)))
