"""Where things stand on the sheet Outlook: blocks of fixed size, to which its charts refer."""

from __future__ import annotations

from itertools import count
from typing import Final, NamedTuple

from xl_amt.workbook.page import YEAR_HEADING_ROW as HEADING_ROW

LAST: Final = "M"
STRATEGIES: Final = 8
YEARS: Final = 15
PRICES: Final = 240
NOTES: Final = 30
CHART_LINES: Final = 17
HEAD: Final = ("day", "about", "exit", "price", "volatility", "drift", "chance of zero", "paths", "seed", "record")


class OutlookLayout(NamedTuple):
    """The rows of the sheet: ranges of blocks, and single rows by the name of their figure."""

    words: int
    own_price: int
    head: dict[str, int]
    strategies: range
    charts: tuple[range, range]
    values: range
    cash: range
    credit: range
    notes: range
    workings: dict[str, int]
    prices: range

    @property
    def found(self) -> range:
        """All rows of what was found."""
        return range(self.head["day"], self.prices[-1] + 1)


def outlook_layout() -> OutlookLayout:
    """The layout, the same for every client."""
    free = count(HEADING_ROW + 1)

    def block(rows: int, *, headings: int = 0) -> range:
        """A section's title, its headings, so many rows, and an empty one."""
        for _ in range(1 + headings):
            next(free)
        taken = [next(free) for _ in range(rows)]
        next(free)
        return range(taken[0], taken[-1] + 1)

    asked = block(2 + len(HEAD))
    return OutlookLayout(
        words=asked[0],
        own_price=asked[1],
        head=dict(zip(HEAD, asked[2:], strict=True)),
        strategies=block(STRATEGIES, headings=1),
        charts=(block(CHART_LINES), block(CHART_LINES)),
        values=block(YEARS, headings=1),
        cash=block(YEARS, headings=1),
        credit=block(YEARS, headings=1),
        notes=block(NOTES),
        workings=dict(zip(("at", "part"), block(2), strict=True)),
        prices=block(PRICES, headings=1),
    )
