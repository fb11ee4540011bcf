"""What a client workbook is built from: the record, and what follows from it, made before any cell is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Literal, NamedTuple

from openpyxl.utils import get_column_letter

from xl_amt.calendar.due import Due
from xl_amt.client import ClientRecord
from xl_amt.client.record import Standing
from xl_amt.client.year_asked import day_of, year_asked
from xl_amt.equity.amounts import EquityAmounts
from xl_amt.equity.grants import AwardType
from xl_amt.equity.sales import Disposition
from xl_amt.workbook.found import LeavingFound, OutlookFound

FIRST_YEAR_COLUMN: Final = 5  # E; before it words, unit, remark, and the year asked
LEAST_YEARS: Final = 10  # columns, so charts and edits have blocks of one size


class LotRow(NamedTuple):
    """One lot as the ledger has it on the last day of the record's years: shares of that day, dollars per share.

    ``value`` is that of the day of the income, None where nobody says it; ``income_shares`` are those whose spread is
    income of that day: no shares sold in the year of their AMT income, and none that never vested.
    """

    name: str
    company: str
    holder: Literal["client", "spouse"]
    grant: str
    kind: AwardType
    granted: date | None
    acquired: date
    vested: date | None  # where it is later than the exercise
    income_day: date
    shares: float
    held: float
    income_shares: float
    strike: float
    value: float | None
    standing: Standing


class GrantRow(NamedTuple):
    """What follows of one grant from its dates: the plan's last day after employment has ended, and shares by year.

    ``more`` are the shares that can be exercised on the day asked of each year beyond those that the export counts,
    below zero where some were exercised since; None where they are the same, or nothing can be followed.
    """

    last_day: date | None
    more: tuple[int | None, ...]


class SoldRow(NamedTuple):
    """What one sale takes of one lot: shares of its day, dollars per share.

    ``figures`` are the ledger's, where no worksheet function answers for the sale: a repurchase by the company, or a
    value that nobody states.
    """

    lot: str
    company: str
    holder: Literal["client", "spouse"]
    kind: AwardType
    granted: date | None
    acquired: date
    vested: date | None
    income_day: date
    strike: float
    value: float | None  # on the day of the exercise
    value_at_vest: float | None
    election_83b: bool
    day: date
    shares: float
    price: float
    loss_allowed: bool
    standing: Standing
    figures: Disposition | None


class OptionsLeft(NamedTuple):
    """Options of a grant that vest on one day, and nothing that is done has exercised: shares, dollars per share.

    The days are those of the options themselves, whenever the work ends; None where nothing sets one.
    """

    company: str
    holder: Literal["client", "spouse"]
    grant: str
    vests: date
    isos: int
    nsos: int
    strike: float
    ends: date | None  # the last day of the options
    iso_term: date | None  # the last day that the law gives an ISO at most
    disqualified: date | None  # from this day they are no ISOs


class DecemberLot(NamedTuple):
    """Shares of one ISO exercise of the year asked that are held at its end, as December's table decides on them.

    Shares and dollars per share are those of that day. ``near`` is what the record acquires within 30 days of a sale
    on the last trading day, which would make one at a loss a wash sale; "" for nothing.
    """

    lot: str
    company: str
    standing: Standing
    shares: float
    strike: float
    value: float
    granted: date
    acquired: date
    vested: date | None  # where it is later than the exercise
    value_at_vest: float | None
    election_83b: bool
    near: str


class DecemberYear(NamedTuple):
    """The lots of the year asked, and what equity puts on later years where nothing more is sold."""

    year: int
    lots: tuple[DecemberLot, ...]
    later: Mapping[int, EquityAmounts]


@dataclass(frozen=True, slots=True)
class Book:
    """A record, and what was made of it: lots and sales of the ledger, days, sentences, and answers found for it.

    ``notes`` say what to look at, such as why a record cannot be followed yet; the derived rows are empty then.
    """

    record: ClientRecord
    lots: tuple[LotRow, ...] = ()
    sold: tuple[SoldRow, ...] = ()
    grants: tuple[GrantRow, ...] = ()  # in the order of the record's
    due: tuple[Due, ...] = ()
    done: Mapping[int, EquityAmounts] = field(default_factory=dict)  # by year: what is done puts on the forms
    notes: tuple[str, ...] = ()
    plan: Mapping[str, Any] | None = None
    december: DecemberYear | None = None
    options_left: tuple[OptionsLeft, ...] = ()
    leaving: LeavingFound | None = None
    outlook: OutlookFound | None = None

    @property
    def years(self) -> tuple[int, ...]:
        """The tax years of the record, in order."""
        return tuple(own.year for own in self.record.years)

    @property
    def year_columns(self) -> tuple[str, ...]:
        """The letters of the columns of years, on every sheet that shows years side by side.

        >>> from xl_amt.client import Client
        >>> "".join(Book(ClientRecord(client=Client())).year_columns)
        'EFGHIJKLMN'
        """
        count = max(LEAST_YEARS, len(self.years))
        return tuple(get_column_letter(FIRST_YEAR_COLUMN + place) for place in range(count))

    @property
    def as_of(self) -> date | None:
        """The latest day on which shares were counted or a value of a share was known."""
        return day_of(self.record)

    @property
    def year_asked(self) -> int | None:
        """The year that Room and Scenarios open on."""
        return year_asked(self.record)
