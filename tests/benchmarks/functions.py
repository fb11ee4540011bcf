"""How fast the worksheet functions answer once loaded: python tests/benchmarks/functions.py."""

from __future__ import annotations

import random

from figures import Figure, best_time, print_figures

from xl_amt.household import LABELS, Label
from xl_amt.worksheet import call

ROWS = 200_000
CALIFORNIANS = 1_000_000
BOTH = None, None, "US+CA"
STATUSES = ("single", "mfj", "mfs", "hoh", "qss")


def _on_the_sheet(label: Label) -> object:
    """What the client workbook has beside a label that is not filled in."""
    if label.choices:
        return label.choices[0]
    return "no" if label.unit == "yes or no" else None if label.same_as else 0.0


def main() -> None:
    """One household, and columns of 200,000, in Python's lists as a host hands them over."""
    chance = random.Random(6251)  # noqa: S311 - the same households every time
    incomes = [float(chance.randrange(0, 2_000_000)) for _ in range(ROWS)]
    spreads = [float(chance.randrange(0, 500_000)) for _ in range(ROWS)]
    statuses = [chance.choice(STATUSES) for _ in range(ROWS)]
    years = [float(chance.randrange(2018, 2027)) for _ in range(ROWS)]
    labels = ["Ordinary dividends", "Qualified dividends", "Long-term capital gain", "Age"]
    amounts = [9_000, 8_000, 60_000, 67]
    sheet = [[label.name] for label in LABELS], [[_on_the_sheet(label)] for label in LABELS]

    def one_by_one(*facts: list[object]) -> None:
        for income in incomes[:1_000]:
            call("AMT_ROOM", income, "single", 2026, *facts)

    def again(*facts: list[object]) -> None:
        for _ in range(1_000):
            call("AMT_ROOM", 150_000.0, "single", 2026, *facts)

    def of_california(*facts: object) -> None:
        for income in incomes[:1_000]:
            call("AMT_ROOM", income, "single", 2026, *(facts or (None, None)), "US+CA")

    def californians() -> float:
        times = CALIFORNIANS // ROWS
        return best_time(lambda: call("AMT_ROOM", incomes * times, statuses * times, years * times, *BOTH), 3)

    def column(name: str, *arguments: object) -> float:
        return best_time(lambda: call(name, *arguments), 3) / ROWS * 1e6

    one_by_one()
    print_figures(
        [
            Figure("AMT_ROOM, one household", best_time(one_by_one) / 1_000 * 1e6, 60, "µs"),
            Figure("AMT_ROOM, one household with dividends and gains",
                   best_time(lambda: one_by_one(labels, amounts)) / 1_000 * 1e6, 60, "µs"),
            Figure("AMT_ROOM, all labels of the client workbook",
                   best_time(lambda: one_by_one(*sheet)) / 1_000 * 1e6, 60, "µs"),
            Figure("AMT_ROOM, the same household again", best_time(again) / 1_000 * 1e6, 25, "µs"),
            Figure("AMT_ROOM, the same again, all labels",
                   best_time(lambda: again(*sheet)) / 1_000 * 1e6, 25, "µs"),
            Figure("AMT_ROOM, a column of incomes, a row", column("AMT_ROOM", incomes, "single", 2026), 2, "µs"),
            Figure("AMT_ROOM, incomes, statuses and years mixed, a row",
                   column("AMT_ROOM", incomes, statuses, years), 2, "µs"),
            Figure("AMT_OWED, columns of incomes and spreads, a row",
                   column("AMT_OWED", incomes, "single", 2026, spreads), 0.5, "µs"),
            Figure("AMT_OWED, statuses and years mixed too, a row",
                   column("AMT_OWED", incomes, statuses, years, spreads), 0.5, "µs"),
            Figure("AMT_ROOM, US+CA, one household", best_time(of_california) / 1_000 * 1e6, 80, "µs"),
            Figure("AMT_ROOM, US+CA, one household with dividends and gains",
                   best_time(lambda: of_california(labels, amounts)) / 1_000 * 1e6, 80, "µs"),
            Figure("AMT_ROOM, US+CA, 1,000,000 households, mixed", californians(), 4, "s"),
        ]
    )  # fmt: skip


if __name__ == "__main__":
    main()
