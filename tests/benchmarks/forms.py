"""How fast the forms themselves are on 1,000,000 households: python tests/benchmarks/forms.py."""

from __future__ import annotations

import numpy
from figures import Figure, best_time, print_figures

from xl_amt.forms.us.total_tax import return_of
from xl_amt.household import Household
from xl_amt.law import STATUSES, federal_law
from xl_amt.planning.room import amt_room

HOUSEHOLDS = 1_000_000
BLOCK = 10_000
YEARS = range(2018, 2027)


def main() -> None:
    """Households of every status and year, half of them with gains and dividends, in blocks as the functions use."""
    chance = numpy.random.default_rng(6251)
    groups = [(year, status) for year in YEARS for status in STATUSES]
    blocks = []
    for number in range(HOUSEHOLDS // BLOCK):
        law = federal_law(*groups[number % len(groups)])
        gains = numpy.where(chance.random(BLOCK) < 0.5, chance.uniform(0, 200_000, BLOCK), 0.0)
        facts = Household(
            law.year,
            law.status,
            chance.uniform(20_000, 900_000, BLOCK),
            long_term_gain=gains,
            ordinary_dividends=gains * 0.1,
            qualified_dividends=gains * 0.1,
        )
        blocks.append((facts, law, chance.uniform(0, 300_000, BLOCK)))

    def taxes() -> None:
        for facts, law, spreads in blocks:
            return_of(facts, law).form_6251(spreads)

    def rooms() -> None:
        for facts, law, _ in blocks:
            amt_room(return_of(facts, law))

    print_figures(
        [
            Figure("Regular tax and Form 6251 with Part III, a household", best_time(taxes, 3), 0.25, "µs"),
            Figure("AMT room, a household", best_time(rooms, 3), 1.0, "µs"),
        ]
    )  # seconds for a million are microseconds each


if __name__ == "__main__":
    main()
