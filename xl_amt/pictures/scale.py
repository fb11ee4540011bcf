"""From an amount to a place on an axis, and the round amounts that the axis names."""

from __future__ import annotations

from math import floor, log10
from typing import Final, NamedTuple

_STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)
_FEWEST: Final = 4  # gaps between the amounts that an axis names


class Scale(NamedTuple):
    """An axis from the amount ``low`` at the place ``start`` to ``high`` at ``end``, with a name every ``step``.

    >>> Scale(0.0, 100.0, 40.0, 440.0, 20.0).at(25.0)
    140.0
    """

    low: float
    high: float
    start: float
    end: float
    step: float

    def at(self, amount: float) -> float:
        """The place of an amount."""
        return self.start + (amount - self.low) / (self.high - self.low) * (self.end - self.start)


def scale_of(low: float, high: float, start: float, end: float) -> Scale:
    """An axis that begins and ends with these very amounts."""
    return Scale(low, high, start, end, _step(low, high))


def scale_over(low: float, high: float, start: float, end: float) -> Scale:
    """An axis over amounts from the round one at or below ``low`` to the one at or above ``high``."""
    step = _step(low, high)
    first, last = floor(low / step), -floor(-high / step)
    return Scale(first * step, max(last, first + 1) * step, start, end, step)


def ticks(scale: Scale) -> list[float]:
    """The round amounts along an axis.

    >>> ticks(scale_of(0.0, 90.0, 0.0, 1.0))
    [0.0, 20.0, 40.0, 60.0, 80.0]
    """
    first, last = -floor(-scale.low / scale.step), floor(scale.high / scale.step)
    return [number * scale.step for number in range(first, last + 1)]


def short(amount: float) -> str:
    """An amount in few characters.

    >>> short(0.0), short(12.5), short(-40_000.0), short(1_250_000.0)
    ('0', '12.5', '-40k', '1.25M')
    """
    for unit, letter in ((1e9, "B"), (1e6, "M"), (1e3, "k")):
        if abs(amount) >= unit:
            return f"{amount / unit:.4g}{letter}"
    return f"{amount:.4g}"


def _step(low: float, high: float) -> float:
    """The largest round step by which at least four gaps lie between two amounts."""
    width = (high - low) / _FEWEST or 1.0
    power = 10.0 ** floor(log10(width))
    return max(step for step in _STEPS if step * power <= width * (1.0 + 1e-9)) * power
