"""Where things stand on the sheet Leaving: two columns per way to leave, one for each of the two calendar years."""

from __future__ import annotations

from itertools import count
from typing import Final, NamedTuple

from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import columns
from xl_amt.workbook.jurisdictions import codes_of
from xl_amt.workbook.page import YEAR_HEADING_ROW as HEADING_ROW
from xl_amt.workbook.sheets import return_rows, returns
from xl_amt.workbook.sheets.plan_layout import plan_layout
from xl_amt.workbook.sheets.return_facts import labels_of

FIRST, LAST = "C", "L"  # ten columns: five ways, each this year and next
WAYS: Final = ("this year", "next year", "at the end", "lapse", "own")
ASKED: Final = ("company", "holder", "last day", "window", "value", "next value", "later price")
ONCE: Final = (
    "first",
    "place",
    "year",
    "at",
    "next at",
    "new year",
    "iso until",
    "units",
    "day",
    "month",
    "year unit",
    "no window",
    "not granted",
    "problem",
)
OF_EACH: Final = ("regular tax", "AMT", "credit used", "total tax", "credit left")
WAYS_FOUND, STEPS_FOUND, DAYS_FOUND, NOTES_FOUND = 8, 30, 20, 30
GRANT_FIGURES: Final = {
    "place": "B", "window": "C", "unit": "D", "number": "E", "strike": "F", "by window": "G", "nso from": "H",
    "nso until": "I", "spread": "J", "next spread": "K",
    "count": "L",
}  # fmt: skip
WAY_SHARES: Final = {
    ("this year", 0): ("C", "G"), ("next year", 1): ("D", "H"), ("at the end", 0): ("E", "I"),
    ("at the end", 1): ("F", "J"),
}  # fmt: skip
OWN_SHARES: Final = {0: ("G", "I"), 1: ("H", "J")}


class LeavingLayout(NamedTuple):
    """The rows of the sheet: ranges of blocks, and single rows by the name of their figure."""

    asked: dict[str, int]
    ways: range
    grants: range
    years: dict[str, int]
    answer: dict[str, int]
    ways_found: range
    steps_found: range
    days_found: range
    notes_found: range
    once: dict[str, int]
    grant_workings: range
    way_shares: range
    household: dict[str, int]
    facts: range
    options: int  # the section of the table that grows

    @property
    def found(self) -> range:
        """All rows of what was found."""
        return range(self.answer["day"], self.notes_found[-1] + 1)


def column_of(way: str, year: int) -> str:
    """The column of a way in this year, 0, or in the next one, 1.

    >>> column_of("this year", 0), column_of("own", 1)
    ('C', 'L')
    """
    return columns(FIRST, LAST)[2 * WAYS.index(way) + year]


def leaving_layout(book: Book) -> LeavingLayout:
    """The layout for the grants and jurisdictions of a book."""
    codes = codes_of(book.record)
    capacity = len(plan_layout(book).shares)
    free = count(HEADING_ROW + 1)

    def block(rows: int, *, headings: int = 0) -> range:
        """A section's title, its headings, so many rows, and an empty one."""
        for _ in range(1 + headings):
            next(free)
        taken = [next(free) for _ in range(rows)]
        next(free)
        return range(taken[0], taken[-1] + 1)

    def figures(names: list[str], *, headings: int = 0) -> dict[str, int]:
        return dict(zip(names, block(len(names), headings=headings), strict=True))

    rows = returns.rows_of(book)
    facts = rows[labels_of(codes[-1])[-1].name] - rows[return_rows.STATE_TAX] + 1
    return LeavingLayout(
        asked=figures(list(ASKED)),
        ways=block(len(WAYS), headings=1),
        grants=block(capacity, headings=1),
        years=figures(
            [
                *("spread", "wages", "strikes"),
                *(f"{code} {name}" for code in codes for name in OF_EACH),
                *("added", "medicare"),
            ],
            headings=2,
        ),
        answer=figures(["in words", "day", "record", "company", "holder", "last day", "about"]),
        ways_found=block(WAYS_FOUND, headings=1),
        steps_found=block(STEPS_FOUND, headings=1),
        days_found=block(DAYS_FOUND, headings=1),
        notes_found=block(NOTES_FOUND),
        once=figures(list(ONCE)),
        grant_workings=block(capacity, headings=1),
        way_shares=block(capacity, headings=1),
        household=figures(["wages", "status", "year", "spread"]),
        facts=block(facts),
        options=next(free) + 1,
    )
