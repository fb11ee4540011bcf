"""Forms on cells of several unknowns: on each cell they are what they are for single amounts."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from xl_amt.arithmetic.lines import begun_thousands, larger_of, smaller_of, whole, zero_or_more
from xl_amt.arithmetic.planes import Cell, Plane, SlopedSteps, pieces, same_plane
from xl_amt.forms.us.total_tax import tax_return_of
from xl_amt.household import Household

HOUSEHOLDS = (
    Household(2025, "single", 90_000.0, deduction="standard"),
    Household(2026, "mfj", 250_000.0, interest=9_000.0, real_estate_tax=30_000.0, mortgage_interest=20_000.0),
    Household(2024, "mfs", 400_000.0, short_term_loss_carryover=9_000.0, foreign_tax_credit=500.0),
)


def at(line, point):
    """The value of a line, which may be a plane, at a point."""
    return line.at(point) if isinstance(line, Plane) else float(line)


def inside(cell, random):
    """A random point of a cell."""
    weights = [random.random() for _ in cell.corners]
    return tuple(
        sum(weight * corner.point[place] for weight, corner in zip(weights, cell.corners, strict=True)) / sum(weights)
        for place in range(cell.unknowns + 1)
    )


def lines_of(household, wages, gain, spread):
    """A return's taxes with more wages, a gain whose AMT gain is smaller, and a spread."""
    facts = replace(
        household,
        wages=household.wages + wages,
        long_term_gain=gain,
        amt_long_term_gain=gain - 50_000.0,
        minimum_tax_credit=30_000.0,
    )
    tax_return = tax_return_of(facts)
    return tax_return.total_tax(spread).total, tax_return.credit_earned(spread).credit_earned


@pytest.mark.parametrize("household", HOUSEHOLDS, ids=["single", "mfj", "mfs"])
def test_a_return_on_cells_of_three_unknowns(household):
    """Wages, gain and spread at once: total tax and credit on every cell, at points between its corners."""
    random = Random(7)  # noqa: S311 - points, no secrets
    box = Cell.box([(0.0, 300_000.0), (-20_000.0, 400_000.0), (0.0, 500_000.0)])

    def same(one, two):
        return all(map(same_plane, one, two))

    found = pieces(box, lambda cell: lines_of(household, *cell.planes()), same)
    assert len(found) > 10
    for cell, lines in found:
        point = inside(cell, random)
        exact = lines_of(household, *point[1:])
        assert [at(line, point) for line in lines] == pytest.approx(exact, abs=0.01)


def test_the_cells_fill_the_box():
    """Every point of the box is in a cell on which the lines are right: none is lost at a cut."""
    random = Random(8)  # noqa: S311 - points, no secrets
    found = pieces(
        Cell.box([(0.0, 200_000.0), (0.0, 300_000.0)]),
        lambda cell: (
            tax_return_of(replace(HOUSEHOLDS[0], wages=cell.planes()[0]))
            .minimum_tax(cell.planes()[1])
            .alternative_minimum_tax
        ),
        same_plane,
    )
    for _ in range(200):
        wages, spread = random.uniform(0.0, 200_000.0), random.uniform(0.0, 300_000.0)
        exact = tax_return_of(replace(HOUSEHOLDS[0], wages=wages)).minimum_tax(spread).alternative_minimum_tax
        values = [at(line, (1.0, wages, spread)) for cell, line in found if holds(cell, wages, spread)]
        assert values
        assert values == pytest.approx([exact] * len(values), abs=0.01)


def holds(cell, *point):
    """Whether a cell of two unknowns holds a point: it is on one side of every edge's line."""
    corners = sorted_around([corner.point[1:] for corner in cell.corners])
    turns = []
    for (x, y), (u, v) in zip(corners, [*corners[1:], corners[0]], strict=True):
        turns.append((u - x) * (point[1] - y) - (v - y) * (point[0] - x))
    return all(turn >= -1e-3 for turn in turns)


def sorted_around(corners):
    """Corners of a convex cell, against the clock."""
    from math import atan2

    middle = [sum(values) / len(corners) for values in zip(*corners, strict=True)]
    return sorted(corners, key=lambda corner: atan2(corner[1] - middle[1], corner[0] - middle[0]))


def test_steps_cut_or_slope():
    """A count of thousands is a cell a step, or the line through the bottoms where cells are told so."""
    found = pieces(Cell.box([(0.0, 3_500.0)]), lambda cell: begun_thousands(cell.planes()[0]), same_plane)
    assert sorted(float(line) for _, line in found) == [1.0, 2.0, 3.0, 4.0]
    steps = SlopedSteps()
    (only,) = pieces(
        Cell.box([(0.0, 3_500.0)], sloped_steps=steps), lambda cell: begun_thousands(cell.planes()[0]), same_plane
    )
    assert steps.met
    assert at(only[1], (1.0, 2_500.0)) == pytest.approx(2.5)


def test_the_words_of_forms():
    """Smaller of, larger of, zero or more and whole, on a cell where they are decided."""
    (unknown,) = Cell.box([(10.0, 20.0)]).planes()
    assert at(smaller_of(unknown, 30.0), (1.0, 12.0)) == 12.0
    assert at(larger_of(30.0, unknown), (1.0, 12.0)) == 30.0
    assert at(zero_or_more(unknown - 25.0), (1.0, 12.0)) == 0.0
    assert at(whole(unknown * 0.0 + 3.7), (1.0, 12.0)) == 3.0
