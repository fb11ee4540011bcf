"""What every source gives: sheets of rows of values, whatever kind of file they stood in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xl_amt.reading.dates import SERIAL_NUMBER_0

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Sheet:
    """A visible sheet: its name, and its rows of values from row 1 on.

    ``day_zero`` is serial number 0; ``file`` which of the files of one import it stands in, from 0. ``inherited`` are
    the headers of columns that repeat what another sheet says.
    """

    name: str
    rows: tuple[tuple[object, ...], ...]
    day_zero: date = SERIAL_NUMBER_0
    file: int = 0
    inherited: frozenset[object] = frozenset()

    @property
    def title(self) -> str:
        """The name without the spaces that some exports put around it."""
        return self.name.strip()


@dataclass(frozen=True, slots=True)
class Sheets:
    """The visible sheets of a file, in the file's order, and the names of the hidden ones, not read.

    ``delimiter`` is what divides the columns of a text file, "" in any other; ``are_lists`` says that the sheets are
    the lists of a JSON file, of which many are of no interest.
    """

    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...] = ()
    delimiter: str = ""
    are_lists: bool = False


def without_blank_end(row: tuple[object, ...]) -> tuple[object, ...]:
    """A row without the empty cells at its end."""
    width = len(row)
    while width and row[width - 1] is None:
        width -= 1
    return row[:width]
