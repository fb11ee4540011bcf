"""The few words that forms are written in, for a float, an array of households, or a function of unknowns.

Single values never import numpy; arrays bring it with them. Floats and arrays give the same bits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias, cast

from xl_amt.arithmetic import piecewise, planes

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

HALF_A_CENT: Final = 0.005  # dollars: less tax than this is none (docs/decisions/half-a-cent.md)
_DUST: Final = 1e-9  # of a step: a cent is ten thousand times as much, what sums of cents lose in binary fractions less

Condition: TypeAlias = "bool | NDArray[numpy.bool_] | piecewise.Piecewise"


class Line(Protocol):
    """A line of a form: a float, an array with one element a household, or a function of one unknown or of several.

    What they have in common, for a type checker, which refuses a text, a date or a list in place of a line.
    """

    def __add__(self, other: Any, /) -> Line: ...
    def __radd__(self, other: Any, /) -> Line: ...
    def __sub__(self, other: Any, /) -> Line: ...
    def __rsub__(self, other: Any, /) -> Line: ...
    def __mul__(self, other: Any, /) -> Line: ...
    def __rmul__(self, other: Any, /) -> Line: ...
    def __truediv__(self, other: Any, /) -> Line: ...
    def __neg__(self) -> Line: ...
    def __lt__(self, other: Any, /) -> Condition: ...
    def __le__(self, other: Any, /) -> Condition: ...
    def __gt__(self, other: Any, /) -> Condition: ...
    def __ge__(self, other: Any, /) -> Condition: ...


def _words_for(*lines: Any) -> Any:
    """Where the words for other lines than floats are: a module of functions of unknowns, or numpy."""
    for line in lines:
        if isinstance(line, piecewise.Piecewise):
            return piecewise
        if isinstance(line, planes.Plane):
            return planes
    import numpy

    return numpy


def smaller_of(first: Line, second: Line) -> Line:
    """The smaller of two lines."""
    if type(first) is float and type(second) is float:
        return second if second < first else first
    return cast("Line", _words_for(first, second).minimum(first, second))


def larger_of(first: Line, second: Line) -> Line:
    """The larger of two lines."""
    if type(first) is float and type(second) is float:
        return second if second > first else first
    return cast("Line", _words_for(first, second).maximum(first, second))


def zero_or_more(line: Line) -> Line:
    """The line; if zero or less, zero."""
    if type(line) is float:
        return line if line > 0.0 else 0.0
    return cast("Line", _words_for(line).maximum(line, 0.0))


def choose(condition: Condition, chosen: Line, otherwise: Line) -> Line:
    """One line where the condition holds, the other elsewhere."""
    if type(condition) is bool:
        return chosen if condition else otherwise
    return cast("Line", _words_for(condition).where(condition, chosen, otherwise))


def whole(line: Line) -> Line:
    """The line without its fraction, towards zero."""
    if type(line) is float:
        return float(int(line))
    return cast("Line", _words_for(line).trunc(line))


def full_thousands(line: Line) -> Line:
    """How many whole times 1,000 dollars go into a line that is zero or more."""
    return whole(line / 1_000.0 + _DUST)


def begun_thousands(line: Line) -> Line:
    """How many steps of 1,000 dollars a line that is zero or more has begun."""
    return begun_steps(line, 1_000.0)


def begun_steps(line: Line, step: float) -> Line:
    """How many steps of so many dollars a line that is zero or more has begun."""
    steps = line / step - _DUST
    return float(ceil(steps)) if type(steps) is float else cast("Line", _words_for(steps).ceil(steps))


def given(amount: Line | None, otherwise: Line) -> Line:
    """An amount, or what holds where it is not given."""
    return otherwise if amount is None else amount


def is_blank(line: Line) -> bool:
    """Whether a line is zero for this household, or for every household of the column."""
    return line == 0.0 if type(line) is float else not cast("Any", line).any()


def everywhere(condition: Condition) -> bool:
    """Whether the condition holds for this household, or for every household of the column."""
    return condition if type(condition) is bool else bool(cast("Any", condition).all())


def ascending(lines: Sequence[Line]) -> Iterable[Line]:
    """Lines in ascending order, household by household, each zero or more."""
    if all(type(line) is float for line in lines):
        return sorted(line for line in cast("Sequence[float]", lines) if line > 0.0)
    import numpy

    rows = numpy.stack(numpy.broadcast_arrays(*cast("Sequence[Any]", lines)))
    return cast("Iterable[Line]", numpy.sort(numpy.maximum(rows, 0.0), axis=0))


def of_one(line: Line) -> float:
    """The line of a single household, which is a float: for a type checker, where no column is meant."""
    return cast("float", line)
