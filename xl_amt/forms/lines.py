"""The few words that forms are written in, for a float or for an array of households alike.

Single values never import numpy; arrays bring it with them. Both give the same bits.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Line = Any  # a float, or an array with one element a household


def smaller_of(first: Line, second: Line) -> Line:
    """The smaller of two lines."""
    if type(first) is float and type(second) is float:
        return second if second < first else first
    import numpy

    return numpy.minimum(first, second)


def larger_of(first: Line, second: Line) -> Line:
    """The larger of two lines."""
    if type(first) is float and type(second) is float:
        return second if second > first else first
    import numpy

    return numpy.maximum(first, second)


def zero_or_more(line: Line) -> Line:
    """The line; if zero or less, zero."""
    if type(line) is float:
        return line if line > 0.0 else 0.0
    import numpy

    return numpy.maximum(line, 0.0)


def choose(condition: Any, chosen: Line, otherwise: Line) -> Line:
    """One line where the condition holds, the other elsewhere."""
    if type(condition) is bool:
        return chosen if condition else otherwise
    import numpy

    return numpy.where(condition, chosen, otherwise)


def whole(line: Line) -> Line:
    """The line without its fraction, towards zero."""
    if type(line) is float:
        return float(int(line))
    import numpy

    return numpy.trunc(line)


def is_blank(line: Line) -> bool:
    """Whether a line is zero for this household, or for every household of the column."""
    return line == 0.0 if type(line) is float else not line.any()


def everywhere(condition: Any) -> bool:
    """Whether the condition holds for this household, or for every household of the column."""
    return condition if type(condition) is bool else bool(condition.all())


def ascending(lines: tuple[Line, ...]) -> Iterable[Line]:
    """Lines in ascending order, household by household, each zero or more."""
    if all(type(line) is float for line in lines):
        return sorted(line for line in lines if line > 0.0)
    import numpy

    return numpy.sort(numpy.maximum(numpy.stack(numpy.broadcast_arrays(*lines)), 0.0), axis=0)
