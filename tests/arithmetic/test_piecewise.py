"""A line as a function of one unknown: arithmetic, comparisons and steps, with figures worked out by hand."""

import pytest

from xl_amt.arithmetic.piecewise import Piecewise, ceil, maximum, minimum, trunc, where

X = Piecewise.unknown(10.0)


@pytest.mark.parametrize(
    ("line", "at_3", "at_8"),
    [
        (2.0 * X + 1.0, 7.0, 17.0),
        (5.0 - X, 2.0, -3.0),
        (-X / 4.0, -0.75, -2.0),
        (X - 0.5 * X, 1.5, 4.0),
        (maximum(5.0 - X, 0.0), 2.0, 0.0),
        (minimum(X, 5.0), 3.0, 5.0),
        (trunc(X / 2.0), 1.0, 4.0),
        (ceil(X / 2.0 + 0.25), 2.0, 5.0),
    ],
)
def test_lines(line, at_3, at_8):
    """Each line has the value that the same words give for 3 and for 8."""
    assert (line.at(3.0), line.at(8.0)) == (at_3, at_8)


def test_the_first_point_within_a_limit():
    """A falling line meets a limit where it crosses it; a floor may never, and a step falls on its edge."""
    assert (5.0 - X).first_at_most(2.0) == 3.0
    assert maximum(5.0 - X, 1.0).first_at_most(0.5) is None
    assert (4.0 - ceil(X / 2.0)).first_at_most(2.0) == 2.0


def test_the_last_point_below_a_limit():
    """A line may pass a limit several times: the last time counts; 0 where it never is below, the end where it ends so.

    On a step it is the step.
    """
    assert (X - 4.0).last_below(0.0) == 4.0
    assert (maximum(4.0 - X, X - 6.0) - 1.0).last_below(0.0) == 7.0
    assert (X + 1.0).last_below(0.0) == 0.0
    assert (5.0 - X).last_below(0.0) == 10.0
    assert (ceil(X / 2.0) - 3.0).last_below(0.0) == 4.0


LIMITED = (X, 5.0 - X, X * 0.0 + 2.0, maximum(4.0 - X, X - 6.0), ceil(X / 2.0), trunc(X) - X, minimum(X, 3.0) - 3.0)


@pytest.mark.parametrize("limit", [-3.0, 0.0, 2.0, 2.5, 12.0])
@pytest.mark.parametrize("line", LIMITED)
def test_a_limit_is_the_choice_between_a_line_and_a_number(line, limit):
    """The larger and the smaller of a line and a number are what a comparison chooses, stretch by stretch."""
    assert maximum(line, limit).stretches == where(line >= limit, line, limit).stretches
    assert minimum(line, limit).stretches == where(line <= limit, line, limit).stretches


def test_stretches_that_go_on_straight_are_one():
    """What bends nowhere has one stretch, however it was made."""
    assert (maximum(X, 5.0) + minimum(X, 5.0)).kinks == [0.0]
