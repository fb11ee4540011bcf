"""Areas of cells, and what a file calls them."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from openpyxl.utils import column_index_from_string, get_column_letter

from xl_amt.package import LAST_COLUMN, LAST_ROW

Place = tuple[int, int]  # row and column, from 1

_CORNER: Final = re.compile(r"\$?([A-Za-z]{1,3})?\$?([1-9][0-9]{0,6})?")


class Area(NamedTuple):
    """Some cells in a rectangle: rows and columns from 1, the last ones included."""

    row: int
    column: int
    last_row: int
    last_column: int

    def holds(self, place: Place) -> bool:
        """Whether a cell is in it."""
        return self.row <= place[0] <= self.last_row and self.column <= place[1] <= self.last_column

    def meets(self, other: Area) -> bool:
        """Whether some cell is in both."""
        return (
            self.row <= other.last_row
            and other.row <= self.last_row
            and self.column <= other.last_column
            and other.column <= self.last_column
        )

    def __str__(self) -> str:
        first, last = address(self.row, self.column), address(self.last_row, self.last_column)
        if self.row == 1 and self.last_row == LAST_ROW:
            return f"{get_column_letter(self.column)}:{get_column_letter(self.last_column)}"
        if self.column == 1 and self.last_column == LAST_COLUMN:
            return f"{self.row}:{self.last_row}"
        return first if first == last else f"{first}:{last}"


def area_of(text: str) -> Area | None:
    """The area that a reference without a sheet names; None for one that names none.

    >>> area_of("$B$2:C9"), str(area_of("A:B")), str(area_of("C4")), area_of("Rate")
    (Area(row=2, column=2, last_row=9, last_column=3), 'A:B', 'C4', None)
    """
    first, colon, last = text.partition(":")
    corners = [_CORNER.fullmatch(corner) for corner in ((first, last) if colon else (first, first))]
    if any(corner is None or not corner[0] for corner in corners):
        return None
    (column, row), (last_column, last_row) = (corner.groups() for corner in corners if corner is not None)
    if (column is None) != (last_column is None) or (row is None) != (last_row is None):
        return None
    if not colon and (column is None or row is None):
        return None
    return Area(
        int(row or 1),
        column_index_from_string(column) if column else 1,
        int(last_row or LAST_ROW),
        column_index_from_string(last_column) if last_column else LAST_COLUMN,
    )


def areas_of(text: str) -> list[Area]:
    """The areas of a list with blanks between, as rules of a sheet have it.

    >>> [str(area) for area in areas_of("A1:A9 C1")]
    ['A1:A9', 'C1']
    """
    return [area for area in map(area_of, text.split()) if area is not None]


def address(row: int, column: int) -> str:
    """A cell as a file calls it.

    >>> address(3, 28)
    'AB3'
    """
    return f"{get_column_letter(column)}{row}"


def place_of(text: str) -> Place:
    """The row and the column of a cell's address.

    >>> place_of("AB3")
    (3, 28)
    """
    letters = text.rstrip("0123456789")
    return int(text[len(letters) :]), _column_of(letters)


@cache
def _column_of(letters: str) -> int:
    return column_index_from_string(letters)
