"""What an import gives back: the grants, and every row that did not become one, with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from xl_amt.equity.grants import HeldGrant

MOST_LISTED = 5


class RowRejected(Exception):  # noqa: N818 - an outcome of reading a row, not an error of the program
    """A row that cannot become a grant; ``str()`` is the reason, one sentence."""


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

    ``company`` is "", and ``as_of`` None, where the export does not say; ``source`` is the file's name.
    """

    company: str
    as_of: date | None
    stakeholder: str
    grants: tuple[HeldGrant, ...]
    rejected: tuple[RejectedRow, ...]
    notes: tuple[str, ...]
    rows_read: int
    source: str


def listed(words: Iterable[str]) -> str:
    """Return the first few for a sentence, and how many more there are.

    >>> listed(["ES-1", "ES-2"]), listed("abcdefg")
    ('ES-1, ES-2', 'a, b, c, d, e and 2 more')
    """
    every = list(words)
    more = f" and {len(every) - MOST_LISTED:,} more" if len(every) > MOST_LISTED else ""
    return ", ".join(every[:MOST_LISTED]) + more
