"""A line of a form as a function of one unknown: straight stretches, bends and steps, kept exactly.

A form that is given ``Piecewise.unknown(top)`` in place of an amount answers with the whole function of it, every
kink included, because forms are made of nothing but sums, smaller-of, larger-of, choices and rate schedules.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from math import ceil as next_whole
from math import floor
from operator import ge, gt, le, lt
from typing import Any, NamedTuple

_SAME_SLOPE = 1e-12
_SAME_VALUE = 1e-7  # dollars: what sums of dollars lose in binary fractions


class Stretch(NamedTuple):
    """A straight stretch from ``start`` on: its value there, and its slope."""

    start: float
    value: float
    slope: float

    def at(self, point: float) -> float:
        """The value at a point of the stretch."""
        return self.value + self.slope * (point - self.start)


class Piecewise:
    """A function of an unknown from 0 to ``top``, straight on each stretch; it may bend and step between them.

    A comparison gives 1 where it holds and 0 elsewhere, for ``where``.
    """

    __slots__ = ("kinks", "stretches", "top")

    def __init__(self, stretches: list[Stretch], top: float) -> None:
        self.stretches = _joined(stretches)
        self.kinks = [stretch.start for stretch in self.stretches]
        self.top = top

    @classmethod
    def unknown(cls, top: float) -> Piecewise:
        """The unknown itself, from 0 to ``top``."""
        return cls([Stretch(0.0, 0.0, 1.0)], top)

    def on(self, point: float) -> Stretch:
        """The stretch that begins at or before a point; on a step, the one after it."""
        return self.stretches[bisect_right(self.kinks, point) - 1]

    def at(self, point: float) -> float:
        """The value at a point."""
        return self.on(point).at(point)

    def first_at_most(self, limit: float) -> float | None:
        """The first point where the value is at most a limit; None where it never is."""
        for end, stretch in self.with_ends():
            if stretch.value <= limit:
                return stretch.start
            if stretch.slope < 0.0 and stretch.at(end) <= limit:
                return stretch.start + (limit - stretch.value) / stretch.slope
        return None

    def last_below(self, limit: float) -> float:
        """The last point up to which the value is below a limit; 0 where it nowhere is."""
        for end, stretch in reversed(list(self.with_ends())):
            if stretch.at(end) < limit:
                return end
            if stretch.value < limit:
                return stretch.start + (limit - stretch.value) / stretch.slope
        return 0.0

    def tax(self, brackets: Iterator[tuple[float, float, float]]) -> Piecewise:
        """A rate schedule's tax on this income; brackets are (start, base, rate), in ascending order."""
        result = self * 0.0
        for start, base, rate in brackets:
            result = where(self > start, base + rate * (self - start), result)
        return result

    def any(self) -> bool:
        """Whether it differs from zero anywhere."""
        return any(stretch.value or stretch.slope for stretch in self.stretches)

    def with_ends(self) -> Iterator[tuple[float, Stretch]]:
        """Each stretch with the point where it ends."""
        return zip([*self.kinks[1:], self.top], self.stretches, strict=True)

    def _scaled(self, factor: float, added: float) -> Piecewise:
        return Piecewise(
            [Stretch(start, value * factor + added, slope * factor) for start, value, slope in self.stretches], self.top
        )

    def __add__(self, other: Any) -> Piecewise:
        if not isinstance(other, Piecewise):
            return self._scaled(1.0, other)
        stretches = []
        for start in _kinks_of(self, other):
            one, two = self.on(start), other.on(start)
            stretches.append(Stretch(start, one.at(start) + two.at(start), one.slope + two.slope))
        return Piecewise(stretches, self.top)

    __radd__ = __add__

    def __mul__(self, factor: float) -> Piecewise:
        return self._scaled(factor, 0.0)

    __rmul__ = __mul__

    def __truediv__(self, divisor: float) -> Piecewise:
        return self._scaled(1.0 / divisor, 0.0)

    def __neg__(self) -> Piecewise:
        return self._scaled(-1.0, 0.0)

    def __sub__(self, other: Any) -> Piecewise:
        return self.__add__(-other)

    def __rsub__(self, other: float) -> Piecewise:
        return self._scaled(-1.0, other)

    def __le__(self, other: Any) -> Piecewise:
        return _compared(self - other, le)

    def __lt__(self, other: Any) -> Piecewise:
        return _compared(self - other, lt)

    def __ge__(self, other: Any) -> Piecewise:
        return _compared(self - other, ge)

    def __gt__(self, other: Any) -> Piecewise:
        return _compared(self - other, gt)


def minimum(first: Any, second: Any) -> Piecewise:
    """The smaller of two lines, everywhere."""
    if not isinstance(second, Piecewise):
        return _limited(first, second, le)
    return where(first <= second, first, second)


def maximum(first: Any, second: Any) -> Piecewise:
    """The larger of two lines, everywhere."""
    if not isinstance(second, Piecewise):
        return _limited(first, second, ge)
    return where(first >= second, first, second)


def _limited(line: Piecewise, limit: float, stays: Callable[[float, float], bool]) -> Piecewise:
    """A line where it stays on its side of a number, and the number elsewhere: `where` in a single pass."""
    stretches = []
    for end, stretch in line.with_ends():
        start, value, slope = stretch
        beyond = value - limit
        crossing = start - beyond / slope if slope else start
        starts = (start, crossing) if start < crossing < end else (start,)
        for place, own_start in enumerate(starts):
            own_end = end if place == len(starts) - 1 else starts[place + 1]
            middle = beyond + slope * ((own_start + own_end) / 2.0 - start)
            kept = stays(middle, 0.0)
            stretches.append(
                Stretch(own_start, stretch.at(own_start), slope) if kept else Stretch(own_start, limit, 0.0)
            )
    return Piecewise(stretches, line.top)


def where(condition: Piecewise, chosen: Any, otherwise: Any) -> Piecewise:
    """One line where a comparison holds, the other elsewhere."""
    one, two = (
        line if isinstance(line, Piecewise) else Piecewise([Stretch(0.0, line, 0.0)], condition.top)
        for line in (chosen, otherwise)
    )
    stretches = []
    for start in _kinks_of(condition, one, two):
        source = (one if condition.at(start) else two).on(start)
        stretches.append(Stretch(start, source.at(start), source.slope))
    return Piecewise(stretches, condition.top)


def trunc(line: Piecewise) -> Piecewise:
    """The whole part of a line that is zero or more."""
    return _in_steps(line, floor)


def ceil(line: Piecewise) -> Piecewise:
    """A line raised to the next whole number."""
    return _in_steps(line, next_whole)


def _in_steps(line: Piecewise, whole: Callable[[float], int]) -> Piecewise:
    def crossings(end: float, stretch: Stretch) -> list[float]:
        if stretch.slope == 0.0:
            return []
        low, high = sorted((stretch.value, stretch.at(end)))
        return [
            stretch.start + (number - stretch.value) / stretch.slope for number in range(floor(low), floor(high) + 1)
        ]

    return _cut(line, crossings, lambda value: float(whole(value)))


def _compared(difference: Piecewise, operator: Callable[[float, float], bool]) -> Piecewise:
    def crossings(_: float, stretch: Stretch) -> list[float]:
        return [stretch.start - stretch.value / stretch.slope] if stretch.slope else []

    return _cut(difference, crossings, lambda value: float(operator(value, 0.0)))


def _cut(
    line: Piecewise, crossings: Callable[[float, Stretch], list[float]], value_of: Callable[[float], float]
) -> Piecewise:
    """A function that is flat between the crossings of each stretch, by what holds in the middle between them."""
    stretches = []
    for end, stretch in line.with_ends():
        inside = sorted(point for point in crossings(end, stretch) if stretch.start < point < end)
        starts = [stretch.start, *inside]
        for start, next_start in zip(starts, [*inside, end], strict=True):
            stretches.append(Stretch(start, value_of(stretch.at((start + next_start) / 2.0)), 0.0))
    return Piecewise(stretches, line.top)


def _kinks_of(*lines: Piecewise) -> list[float]:
    return sorted({kink for line in lines for kink in line.kinks})


def _joined(stretches: list[Stretch]) -> list[Stretch]:
    """Neighbours that go on in one straight line as one stretch."""
    joined = stretches[:1]
    for stretch in stretches[1:]:
        last = joined[-1]
        if abs(stretch.slope - last.slope) > _SAME_SLOPE or abs(last.at(stretch.start) - stretch.value) > _SAME_VALUE:
            joined.append(stretch)
    return joined
