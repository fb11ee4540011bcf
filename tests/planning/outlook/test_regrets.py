"""The prices at which a strategy leaves less than waiting: both sides of each, by questions of their own."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.planning.outlook.questions import ANA, BEN, by_hand, courses, question
from xl_amt.arithmetic.piecewise import Piecewise, Stretch
from xl_amt.planning.outlook.outcomes import Course
from xl_amt.planning.outlook.paths import values_of_plan
from xl_amt.planning.outlook.regrets import PriceRange, by_price, highest_price, regrets

A_CENT = 0.01
NEAR = 1e-4  # dollars per share, to either side
WAITING = "wait and sell"


def lines_of(document):
    """Each course with its money by the exit's price, and the plan's values."""
    asked = question(document)
    plan = values_of_plan(asked)
    return courses(asked), by_price(asked, courses(asked), plan, highest_price(asked, plan)), plan


@pytest.mark.parametrize("document", [ANA, BEN])
def test_a_line_is_what_each_price_gives(document):
    """At every kink, and between, the money of a question with that price."""
    strategies, lines, plan = lines_of(document)
    for course in strategies:
        line = lines[course.name]
        for start, end in zip(line.kinks, [*line.kinks[1:], line.top], strict=True):
            price = (start + end) / 2.0
            assert line.at(price) == pytest.approx(by_hand(document, course, plan.by_place, price), abs=A_CENT)


@pytest.mark.parametrize("document", [ANA, BEN])
def test_both_sides_of_each_end(document):
    """Just inside a range the strategy leaves less than waiting, just outside it more."""
    strategies, lines, plan = lines_of(document)
    waiting = next(course for course in strategies if course.name == WAITING)

    def more_than_waiting(course, price):
        return by_hand(document, course, plan.by_place, price) - by_hand(document, waiting, plan.by_place, price)

    ends = 0
    for course in strategies:
        for start, end in regrets(lines[course.name], lines[WAITING]):
            if start:
                assert more_than_waiting(course, start + NEAR) < 0.0 < more_than_waiting(course, start - NEAR)
            if end is not None:
                assert more_than_waiting(course, end - NEAR) < 0.0 < more_than_waiting(course, end + NEAR)
            ends += bool(start) + (end is not None)
    assert ends >= 3


def test_waiting_does_not_regret_itself():
    """Nor does what comes to the same."""
    _, lines, _ = lines_of(ANA)
    assert regrets(lines[WAITING], lines[WAITING]) == []


@settings(max_examples=10)
@given(shares=st.lists(st.integers(0, 6_000), min_size=3, max_size=3), strike=st.sampled_from([0.5, 4.0, 13.0]))
def test_any_schedule(shares, strike):
    """A schedule of any shares regrets below its price and not above it."""
    document = ANA | {"grants": [ANA["grants"][0] | {"strike": strike}]}
    asked = question(document)
    plan = values_of_plan(asked)
    own, waiting = Course("own", (tuple(shares),)), Course(WAITING, ((0, 0, 0),))
    lines = by_price(asked, [own, waiting], plan, highest_price(asked, plan))
    found = regrets(lines["own"], lines[WAITING])
    for number in range(1, 40):
        price = number * 1.7
        less = by_hand(document, own, plan.by_place, price) - by_hand(document, waiting, plan.by_place, price)
        within = any(start < price and (end is None or price < end) for start, end in found)
        assert within == (less < 0.0) or abs(less) < 2 * A_CENT


def line(*corners):
    """A line through corners from 0 to 10, straight between them."""
    stretches = [Stretch(float(x), float(y), (after[1] - y) / (after[0] - x)) for (x, y), after in pairwise(corners)]
    return Piecewise(stretches, 10.0)


@pytest.mark.parametrize(
    ("corners", "ranges"),
    [
        ([(0, -2), (4, 2), (10, 8)], [(0.0, 2.0)]),
        ([(0, 2), (4, -2), (10, -8)], [(2.0, None)]),
        ([(0, -1), (10, -1)], [(0.0, None)]),
        ([(0, 1), (2, -1), (4, 1), (6, -1), (10, 3)], [(1.0, 3.0), (5.0, 7.0)]),
        ([(0, 0), (4, -4), (6, 0), (10, 0)], [(0.0, 6.0)]),
        ([(0, 0), (4, -0.004), (10, 5)], []),
        ([(0, 0), (10, 0)], []),
    ],
)
def test_ranges_of_lines(corners, ranges):
    """Ranges are joined across kinks; what is less than half a cent is none."""
    own = line(*corners)
    assert [tuple(one) for one in regrets(own, own * 0.0)] == [tuple(PriceRange(*one)) for one in ranges]


def test_a_step_ends_a_range():
    """Money that jumps at 3 from below to above: the range ends there."""
    own = Piecewise([Stretch(0.0, -5.0, 0.0), Stretch(3.0, 2.0, 0.0)], 10.0)
    assert regrets(own, own * 0.0) == [PriceRange(0.0, 3.0)]
