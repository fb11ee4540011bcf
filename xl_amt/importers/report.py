"""What an import gives back: grants, what was done with them, and every row that is not kept, with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xl_amt.equity.grants import HeldGrant, OptionType

MOST_LISTED = 5

RemarkKind = Literal[
    "delimiter",  # the columns of a text file are not divided by commas
    "sheet not read",  # hidden, or without a table, or its table lacks a column
    "columns not read",  # columns that state nothing that is read
    "row not of a grant",  # totals, footnotes, repeated headers
    "rows ignored",  # of record types that hold nothing that is read
    "rows of others",  # other stakeholders' rows, which are counted and not kept
    "several names",  # one person was chosen by several names
    "date order",  # of dates written as text
    "day of the export",  # not stated, or not the same on every sheet
    "grant date missing",
    "grant dates differ",  # two sheets state two days of one grant
    "expiration missing",
    "vesting schedule missing",  # of shares that are still to vest
    "award type missing",  # ISO or NSO is not said
    "columns disagree",  # two columns state one fact differently
    "counts do not foot",  # shares are neither exercised nor outstanding, and the export does not say where they are
    "exercised is taken",  # from other counts, since the export does not state it
    "tranches do not foot",  # the vesting events are not of as many shares as the grant
    "vesting without a day",  # on a condition, whose day is not known
    "exercises do not foot",  # the dated exercises are of more shares than the export counts
    "exercise without a grant",  # the export does not say of which grant
    "value at exercise missing",
    "lot is an exercise",  # a lot was taken as the shares of an exercise of a grant
    "lot not all held",  # shares of it were sold or given away, on days that are not known
    "lot without a grant",  # the shares are of no grant, or of one of several
    "sale without shares",  # which shares were sold is not known
    "to check",  # a fact that the platform does not explain
    "canceled",  # a canceled grant whose exercised shares are kept
    "disqualified",  # its options are NSOs from a day on
    "under water",  # the strike is above the value
    "split",  # of the company's shares
    "expired",  # before the day of the export
    "dates out of order",  # a grant after the day of the export, or an expiration before the grant
    "end of the work",  # a termination date is stated
]
RemarkLevel = Literal["ask", "check", "note"]
"""``ask``: an answer depends on what only the client or the company knows; ``check``: look at it; ``note``."""


class RowRejected(Exception):  # noqa: N818 - an outcome of reading a row, not an error of the program
    """A row that cannot be read; ``str()`` is the reason, one sentence, and ``column`` the header that it is about."""

    def __init__(self, reason: str, column: str = "") -> None:
        super().__init__(reason)
        self.column = column


class Place(NamedTuple):
    """A row of an export: the sheet's name without spaces around it, the row's number, and which of the files.

    ``file`` counts the files of one import from 0.
    """

    sheet: str
    row: int
    file: int = 0


class ImportRemark(NamedTuple):
    """What to ask, to check or to know of an export: one sentence, told apart by its kind and not by its words.

    ``about`` are the labels of the grants that it is about, none where it is about the file; ``places`` are the rows
    on which it rests, in the file's order.
    """

    kind: RemarkKind
    level: RemarkLevel
    text: str
    about: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that was read but kept nothing: where it stands, its label, and why, in one sentence."""

    sheet: str
    row: int
    label: str
    reason: str
    column: str = ""
    file: int = 0

    @property
    def place(self) -> Place:
        """Where the row stands."""
        return Place(self.sheet, self.row, self.file)


class IgnoredRow(NamedTuple):
    """A row of the client's that holds nothing that is read, such as a tax withheld: where it stands, and why."""

    sheet: str
    row: int
    reason: str
    file: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TrancheRow:
    """Shares of a grant that vest on a day; None where the day, or the number, is not stated.

    ``iso_shares`` are those that the platform calls ISO by its own $100,000 split; ``expires`` is the end of the grant,
    where the row states it.
    """

    grant: str
    day: date | None
    shares: int | None
    iso_shares: int | None = None
    expires: date | None = None
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseRow:
    """Shares of a grant exercised on a day; prices in dollars per share, None where the file does not say.

    ``grant`` is "" where the file does not say it; ``granted``, ``paid`` and ``option_type`` are what the row says of
    the grant.
    """

    grant: str
    day: date
    shares: int
    value: float | None = None
    paid: float | None = None
    granted: date | None = None
    option_type: OptionType | None = None
    fmv_at_grant: float | None = None
    valued_on: date | None = None
    method: Literal["cash", "cashless", "net"] = "cash"
    election_83b: bool = False
    lot: str = ""
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleRow:
    """Shares sold on a day at a price, in dollars per share; ``acquired`` is the day of their exercise, if stated.

    ``platform_says`` is the platform's word on the disposition, which is compared and never used.
    """

    day: date
    shares: int
    price: float
    grant: str = ""
    acquired: date | None = None
    lot: str = ""
    platform_says: str = ""
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class LotRow:
    """Shares acquired on a day at a price, in dollars per share; ``held`` of them are still held, if stated."""

    label: str
    acquired: date
    shares: int
    paid: float
    held: int | None = None
    granted: date | None = None
    grant: str = ""
    option_type: OptionType | None = None
    place: Place


class ValueRow(NamedTuple):
    """The fair market value of a share from a day on, in dollars."""

    day: date
    price: float
    place: Place


class SplitRow(NamedTuple):
    """A split of the company's shares: so many new ones for old ones."""

    day: date
    new: int
    old: int
    place: Place


class ReadFile(NamedTuple):
    """A file that was read: its name, whose export it is, which tables of theirs, and what became of its rows.

    ``read`` rows are the client's: as many as are ``kept``, set aside and ``ignored``.
    """

    name: str
    platform: str
    tables: tuple[str, ...]
    read: int
    kept: int
    rejected: int
    ignored: int


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What one client has and did, out of one export or several; no other stakeholder's data is in it.

    Every row of the client's is kept, in ``rejected`` or in ``ignored``: ``rows_read`` is their sum, and where a file
    holds grants only, ``rows_read == len(grants) + len(rejected)``. Texts stand as the file has them: whoever writes
    them into a spreadsheet writes them as text, since a label may begin with "=".

    ``company`` is "", and ``as_of`` None, where the export does not say; ``source`` is the file's name;
    ``grant_places`` are the rows of ``grants``, one for one.
    """

    company: str
    as_of: date | None
    stakeholder: str
    grants: tuple[HeldGrant, ...]
    rejected: tuple[RejectedRow, ...]
    remarks: tuple[ImportRemark, ...]
    rows_read: int
    source: str
    grant_places: tuple[Place, ...]
    exercises: tuple[ExerciseRow, ...] = ()
    sales: tuple[SaleRow, ...] = ()
    lots: tuple[LotRow, ...] = ()
    tranches: tuple[TrancheRow, ...] = ()
    values: tuple[ValueRow, ...] = ()
    splits: tuple[SplitRow, ...] = ()
    ignored: tuple[IgnoredRow, ...] = ()
    files: tuple[ReadFile, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """The sentences of the remarks."""
        return tuple(remark.text for remark in self.remarks)

    @property
    def rows_kept(self) -> int:
        """The rows of which something is kept."""
        return self.rows_read - len(self.rejected) - len(self.ignored)


def listed(words: Iterable[str], between: str = ", ") -> str:
    """Return the first few for a sentence, and how many more there are.

    >>> listed(["ES-1", "ES-2"]), listed("abcdefg")
    ('ES-1, ES-2', 'a, b, c, d, e and 2 more')
    """
    every = list(words)
    more = f" and {len(every) - MOST_LISTED:,} more" if len(every) > MOST_LISTED else ""
    return between.join(every[:MOST_LISTED]) + more
