"""A line of a form as a plane over several unknowns, on a convex cell where nothing bends.

A form that is given planes in place of amounts runs unchanged. A comparison that holds on all of the cell is a plain
yes or no; one that holds on a part of it raises `UndecidedError`, and whoever runs the form cuts the cell there and
runs it on both parts (`pieces`). What goes through is the form on that cell, exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from math import ceil as next_whole
from math import floor
from typing import Any, Final, NamedTuple, TypeAlias

NOTHING: Final = 1e-4  # dollars: what is nearer to a cut than this lies on it
_SAME_PLANE: Final = 1e-9  # of a coefficient

Coefficients: TypeAlias = tuple[float, ...]  # the constant, then one for each unknown
_faces: Final = count()


class UndecidedError(Exception):
    """A comparison with zero that holds on one part of the cell and not on the other."""

    def __init__(self, coefficients: Coefficients) -> None:
        super().__init__(coefficients)
        self.coefficients = coefficients


class Corner(NamedTuple):
    """A corner of a cell: its point, after a leading 1, and the faces that meet there."""

    point: Coefficients
    faces: frozenset[int]


class SlopedSteps:
    """Counts of begun steps as the straight line through their bottoms: never more than the count, nor a step less.

    ``met`` says whether any form has counted steps so.
    """

    __slots__ = ("met",)

    def __init__(self) -> None:
        self.met = False


class Cell:
    """A convex part of the space of the unknowns, kept as its corners; with ``sloped_steps`` no step cuts it."""

    __slots__ = ("corners", "sloped_steps", "unknowns")

    def __init__(self, corners: Sequence[Corner], unknowns: int, *, sloped_steps: SlopedSteps | None = None) -> None:
        self.corners = tuple(corners)
        self.unknowns = unknowns
        self.sloped_steps = sloped_steps

    @classmethod
    def box(cls, ranges: Sequence[tuple[float, float]], *, sloped_steps: SlopedSteps | None = None) -> Cell:
        """The cell of each unknown between its two ends."""
        corners = [Corner((1.0,), frozenset())]
        for ends in ranges:
            sides = [(end, next(_faces)) for end in ends]
            corners = [Corner((*corner.point, end), corner.faces | {face}) for corner in corners for end, face in sides]
        return cls(corners, len(ranges), sloped_steps=sloped_steps)

    def exact(self) -> Cell:
        """The same cell, which steps cut."""
        return Cell(self.corners, self.unknowns)

    def planes(self) -> list[Plane]:
        """The unknowns themselves."""
        size = self.unknowns + 1
        return [Plane(tuple(float(at == place) for at in range(size)), self) for place in range(1, size)]

    def range_of(self, coefficients: Coefficients) -> tuple[float, float]:
        """The least and the largest value of a plane on the cell."""
        values = [_at(coefficients, corner.point) for corner in self.corners]
        return min(values), max(values)

    def cut(self, coefficients: Coefficients) -> tuple[Cell, Cell]:
        """The parts of the cell where a plane is at most zero, and at least zero; both must be there."""
        values = [_at(coefficients, corner.point) for corner in self.corners]
        face = next(_faces)
        below: list[Corner] = []
        above: list[Corner] = []
        for corner, value in zip(self.corners, values, strict=True):
            if abs(value) <= NOTHING:
                on_it = corner._replace(faces=corner.faces | {face})
                below.append(on_it)
                above.append(on_it)
            else:
                (below if value < 0.0 else above).append(corner)
        for corner in self._crossings(values, face):
            below.append(corner)
            above.append(corner)
        return tuple(Cell(part, self.unknowns, sloped_steps=self.sloped_steps) for part in (below, above))  # type: ignore[return-value]

    def _crossings(self, values: Sequence[float], face: int) -> Iterator[Corner]:
        """Where the edges of the cell cross the cut.

        Two corners share an edge if all but one of the dimensions' faces are common, and no third corner has them all.
        """
        low = [(corner, value) for corner, value in zip(self.corners, values, strict=True) if value < -NOTHING]
        high = [(corner, value) for corner, value in zip(self.corners, values, strict=True) if value > NOTHING]
        for one, below in low:
            for two, above in high:
                common = one.faces & two.faces
                if len(common) < self.unknowns - 1 or sum(common <= corner.faces for corner in self.corners) > 2:
                    continue
                part = below / (below - above)
                point = tuple(start + part * (end - start) for start, end in zip(one.point, two.point, strict=True))
                yield Corner(point, common | {face})


class Plane:
    """A line of a form on a cell: a constant, and so many dollars for each dollar of each unknown."""

    __slots__ = ("cell", "coefficients")

    def __init__(self, coefficients: Coefficients, cell: Cell) -> None:
        self.coefficients = coefficients
        self.cell = cell

    def at(self, point: Coefficients) -> float:
        """The value at a point, which begins with 1."""
        return _at(self.coefficients, point)

    def any(self) -> bool:
        """Whether it differs from zero anywhere."""
        return any(self.coefficients)

    def tax(self, brackets: Iterator[tuple[float, float, float]]) -> Any:
        """A rate schedule's tax on this income; brackets are (start, base, rate), in ascending order."""
        result: Any = 0.0
        for start, base, rate in brackets:
            if not self > start:
                break
            result = base + rate * (self - start)
        return result

    def _with_constant(self, added: float) -> Plane:
        first, *others = self.coefficients
        return Plane((first + added, *others), self.cell)

    def _scaled(self, factor: float) -> Plane:
        return Plane(tuple(factor * own for own in self.coefficients), self.cell)

    def __add__(self, other: Any) -> Plane:
        if not isinstance(other, Plane):
            return self._with_constant(other)
        pairs = zip(self.coefficients, other.coefficients, strict=True)
        return Plane(tuple(own + others for own, others in pairs), self.cell)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Plane:
        if not isinstance(other, Plane):
            return self._with_constant(-other)
        pairs = zip(self.coefficients, other.coefficients, strict=True)
        return Plane(tuple(own - others for own, others in pairs), self.cell)

    def __rsub__(self, other: float) -> Plane:
        return (-self)._with_constant(other)

    def __mul__(self, factor: float) -> Plane:
        return self._scaled(factor)

    __rmul__ = __mul__

    def __truediv__(self, divisor: float) -> Plane:
        return self._scaled(1.0 / divisor)

    def __neg__(self) -> Plane:
        return self._scaled(-1.0)

    def _against(self, other: Any) -> int:
        """-1, 0 or 1 for a plane that is nowhere above, everywhere at, or nowhere below another line."""
        coefficients = self.__sub__(other).coefficients
        low, high = self.cell.range_of(coefficients)
        if low < -NOTHING and high > NOTHING:
            raise UndecidedError(coefficients)
        return (high > NOTHING) - (low < -NOTHING)

    def __lt__(self, other: Any) -> bool:
        return self._against(other) < 0

    def __le__(self, other: Any) -> bool:
        return self._against(other) <= 0

    def __gt__(self, other: Any) -> bool:
        return self._against(other) > 0

    def __ge__(self, other: Any) -> bool:
        return self._against(other) >= 0


def pieces(cell: Cell, run: Callable[[Cell], Any], same: Callable[[Any, Any], bool]) -> list[tuple[Cell, Any]]:
    """The cells on which a form is one plane a line, each with what ``run`` gives there.

    ``run`` figures the form on a cell; two parts on which it is the ``same`` stay one cell.
    """
    try:
        return [(cell, run(cell))]
    except UndecidedError as undecided:
        parts = [pieces(part, run, same) for part in cell.cut(undecided.coefficients)]
    if all(len(part) == 1 for part in parts) and same(parts[0][0][1], parts[1][0][1]):
        return [(cell, parts[0][0][1])]
    return [piece for part in parts for piece in part]


def same_plane(one: Any, two: Any) -> bool:
    """Whether two lines, planes or floats, are the same function of the unknowns."""
    first, second = (line.coefficients if isinstance(line, Plane) else (float(line),) for line in (one, two))
    size = max(len(first), len(second))
    pairs = zip(first + (0.0,) * (size - len(first)), second + (0.0,) * (size - len(second)), strict=True)
    return all(abs(own - other) <= _SAME_PLANE * (1.0 if place else 1e5) for place, (own, other) in enumerate(pairs))


def minimum(first: Any, second: Any) -> Any:
    """The smaller of two lines."""
    return second if second < first else first


def maximum(first: Any, second: Any) -> Any:
    """The larger of two lines."""
    return second if second > first else first


def trunc(line: Plane) -> Any:
    """The whole part of a line that is zero or more."""
    return line - 1.0 if _is_sloped(line) else _in_steps(line, floor)


def ceil(line: Plane) -> Any:
    """A line raised to the next whole number."""
    return line if _is_sloped(line) else _in_steps(line, next_whole)


def _is_sloped(line: Plane) -> bool:
    steps = line.cell.sloped_steps
    if steps is not None:
        steps.met = True
    return steps is not None


def _in_steps(line: Plane, whole: Callable[[float], int]) -> float:
    low, high = line.cell.range_of(line.coefficients)
    if floor(low + NOTHING) < next_whole(high - NOTHING) - 1:
        number = floor((low + high) / 2.0)
        raise UndecidedError((line - float(number if number > low + NOTHING else number + 1)).coefficients)
    return float(whole((low + high) / 2.0))


def _at(coefficients: Coefficients, point: Coefficients) -> float:
    return sum(map(float.__mul__, coefficients, point))
