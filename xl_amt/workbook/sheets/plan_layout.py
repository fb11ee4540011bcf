"""Where things stand on the sheet Plan, so that other sheets can refer to them."""

from __future__ import annotations

from itertools import count
from typing import Final, NamedTuple

from xl_amt.workbook.book import Book
from xl_amt.workbook.jurisdictions import codes_of
from xl_amt.workbook.page import YEAR_HEADING_ROW as HEADING_ROW

GRANTS: Final = 20  # rows for grants, and as many more, so that an update finds the layout that it left
LEAST_HOLDINGS: Final = 3
STRATEGIES: Final = 8  # rows for what other ways would come to
CHART_LINES: Final = 16
SENTENCES: Final = 7  # to know about the plan
OF_EACH: Final = ("regular tax", "AMT", "credit used", "total tax", "credit left")
OF_FROZEN: Final = (
    *("words", "shares", "shares done", "difference", "spread", "spread done", "AMT", "AMT now"),
    *("credit used", "credit used now"),
)
OF_EACH_BASE: Final = ("AMT", "credit used", "total tax", "credit left")


class PlanLayout(NamedTuple):
    """The rows of the sheet: ranges of blocks, and single rows by the name of their figure."""

    shares_total: int
    shares: range
    values: range
    outcome: dict[str, int]
    base: dict[str, int]
    frozen: dict[str, int]
    chart: range
    words: range
    planner: range
    recorded: range
    per_share: range
    tried: dict[str, int]


def plan_layout(book: Book) -> PlanLayout:
    """The layout for the grants, holdings and jurisdictions of a book."""
    codes = codes_of(book.record)
    grants = sum(len(holding.grants) for holding in book.record.holdings)
    capacity = GRANTS * (grants // GRANTS + 1)
    holdings = max(LEAST_HOLDINGS, len(book.record.holdings))
    free = count(HEADING_ROW + 1)

    def block(rows: int) -> range:
        """A section's title, so many rows, and an empty one."""
        next(free)
        taken = [next(free) for _ in range(rows)]
        next(free)
        return range(taken[0], taken[-1] + 1)

    def figures(names: list[str]) -> dict[str, int]:
        return dict(zip(names, block(len(names)), strict=True))

    every = codes if len(codes) > 1 else []
    shares = block(2 + capacity)
    values = block(holdings)
    outcome = figures(
        [
            *("spread", "wages", "strikes", "proceeds"),
            *(f"{code} {name}" for code in codes for name in OF_EACH),
            *(("AMT", "total tax") if every else ()),
            "after tax",
        ]
    )
    chart = block(CHART_LINES)
    base = figures(
        [
            *(f"{code} {name}" for code in codes for name in OF_EACH_BASE),
            *(("total tax",) if every else ()),
            *("added", "flow", "discount"),
        ]
    )
    frozen = figures(list(OF_FROZEN))
    words = block(SENTENCES)
    planner = block(4 + STRATEGIES)
    recorded, per_share = block(capacity), block(capacity)
    tried = figures(["spread", "wages", "strikes", "shares", "companies"])
    return PlanLayout(
        shares_total=shares[0],
        shares=shares[2:],
        values=values,
        outcome=outcome,
        base=base,
        frozen=frozen,
        chart=chart,
        words=words,
        planner=planner,
        recorded=recorded,
        per_share=per_share,
        tried=tried,
    )
