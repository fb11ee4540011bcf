"""The few words that forms are written in, for a float, an array of households, or a function of an unknown.

Single values never import numpy; arrays bring it with them. Floats and arrays give the same bits.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from typing import Any

from xl_amt.arithmetic import piecewise

_DUST = 1e-9  # of a step: a cent is ten thousand times as much, what sums of cents lose in binary fractions is less

Line = Any  # a float, an array with one element a household, or a Piecewise function of an unknown


def _words_for(*lines: Line) -> Any:
    """Where the words for other lines than floats are: the module of functions of an unknown, or numpy."""
    if any(isinstance(line, piecewise.Piecewise) for line in lines):
        return piecewise
    import numpy

    return numpy


def smaller_of(first: Line, second: Line) -> Line:
    """The smaller of two lines."""
    if type(first) is float and type(second) is float:
        return second if second < first else first
    return _words_for(first, second).minimum(first, second)


def larger_of(first: Line, second: Line) -> Line:
    """The larger of two lines."""
    if type(first) is float and type(second) is float:
        return second if second > first else first
    return _words_for(first, second).maximum(first, second)


def zero_or_more(line: Line) -> Line:
    """The line; if zero or less, zero."""
    if type(line) is float:
        return line if line > 0.0 else 0.0
    return _words_for(line).maximum(line, 0.0)


def choose(condition: Any, chosen: Line, otherwise: Line) -> Line:
    """One line where the condition holds, the other elsewhere."""
    if type(condition) is bool:
        return chosen if condition else otherwise
    return _words_for(condition).where(condition, chosen, otherwise)


def whole(line: Line) -> Line:
    """The line without its fraction, towards zero."""
    if type(line) is float:
        return float(int(line))
    return _words_for(line).trunc(line)


def full_thousands(line: Line) -> Line:
    """How many whole times 1,000 dollars go into a line that is zero or more."""
    return whole(line / 1_000.0 + _DUST)


def begun_thousands(line: Line) -> Line:
    """How many steps of 1,000 dollars a line that is zero or more has begun."""
    steps = line / 1_000.0 - _DUST
    return float(ceil(steps)) if type(steps) is float else _words_for(steps).ceil(steps)


def given(amount: Line | None, otherwise: Line) -> Line:
    """An amount, or what holds where it is not given."""
    return otherwise if amount is None else amount


def is_blank(line: Line) -> bool:
    """Whether a line is zero for this household, or for every household of the column."""
    return line == 0.0 if type(line) is float else not line.any()


def everywhere(condition: Any) -> bool:
    """Whether the condition holds for this household, or for every household of the column."""
    return condition if type(condition) is bool else bool(condition.all())


def ascending(lines: list[Line]) -> Iterable[Line]:
    """Lines in ascending order, household by household, each zero or more."""
    if all(type(line) is float for line in lines):
        return sorted(line for line in lines if line > 0.0)
    import numpy

    return numpy.sort(numpy.maximum(numpy.stack(numpy.broadcast_arrays(*lines)), 0.0), axis=0)
