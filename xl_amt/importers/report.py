"""What an import gives back: the grants, and every row that did not become one, with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from xl_amt.equity.grants import HeldGrant

MOST_LISTED = 5

RemarkKind = Literal[
    "delimiter",  # the columns of a text file are not divided by commas
    "sheet not read",  # hidden, or without a table of grants, or its table lacks a column
    "row not of a grant",  # totals, footnotes, repeated headers
    "rows of others",  # other stakeholders' rows, which are counted and not kept
    "several names",  # one person was chosen by several names
    "date order",  # of dates written as text
    "day of the export",  # not stated, or not the same on every sheet
    "grant date missing",
    "expiration missing",
    "vesting schedule missing",  # of shares that are still to vest
    "columns disagree",  # two columns state one fact differently
    "counts do not foot",  # shares are neither exercised nor outstanding, and the export does not say where they are
    "expired",  # before the day of the export
    "dates out of order",  # a grant after the day of the export, or an expiration before the grant
    "end of the work",  # a termination date is stated
]
RemarkLevel = Literal["ask", "check", "note"]
"""``ask``: an answer depends on what only the client or the company knows; ``check``: look at it; ``note``."""


class RowRejected(Exception):  # noqa: N818 - an outcome of reading a row, not an error of the program
    """A row that cannot become a grant; ``str()`` is the reason, one sentence."""


class Place(NamedTuple):
    """A row of an export: the sheet's name without spaces around it, and the row's number in the spreadsheet."""

    sheet: str
    row: int


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
    """A row that was read but gave no grant: where it stands, its label, and why, in one sentence."""

    sheet: str
    row: int
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class ImportResult:
    """One stakeholder's grants out of an export; no other stakeholder's data is in it.

    Every row of the stakeholder is either in ``grants`` or in ``rejected``, so that
    ``rows_read == len(grants) + len(rejected)``. Texts stand as the file has them: whoever writes them
    into a spreadsheet writes them as text, since a label may begin with "=".

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

    @property
    def notes(self) -> tuple[str, ...]:
        """The sentences of the remarks."""
        return tuple(remark.text for remark in self.remarks)


def listed(words: Iterable[str], between: str = ", ") -> str:
    """Return the first few for a sentence, and how many more there are.

    >>> listed(["ES-1", "ES-2"]), listed("abcdefg")
    ('ES-1, ES-2', 'a, b, c, d, e and 2 more')
    """
    every = list(words)
    more = f" and {len(every) - MOST_LISTED:,} more" if len(every) > MOST_LISTED else ""
    return between.join(every[:MOST_LISTED]) + more
