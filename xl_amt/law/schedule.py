"""A tax rate schedule, as the Rev. Proc. tables print it: a base and a rate on the excess over a start."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, cast

from xl_amt.arithmetic.lines import Line


class Schedule:
    """Rates by bracket.

    ``tops`` are the tops of every bracket but the last, in dollars of taxable income; ``rates`` are fractions,
    one more than the tops.

    >>> Schedule(tops=[10_000.0], rates=[0.10, 0.20]).tax(15_000.0)
    2000.0
    """

    __slots__ = ("_arrays", "bases", "rates", "starts")

    def __init__(self, tops: Sequence[float], rates: Sequence[float]) -> None:
        self.starts = (0.0, *map(float, tops))
        self.rates = tuple(map(float, rates))
        bases = [0.0]
        for start, top, rate in zip(self.starts, self.starts[1:], self.rates, strict=False):
            # dollars times hundredths of per cents are exact in four places; the rounding only removes binary dust
            bases.append(round(bases[-1] + (top - start) * rate, 4))
        self.bases = tuple(bases)
        self._arrays: Any = None

    def tax(self, income: Line) -> Line:
        """Tax on taxable income, in dollars: a float for a float, an array for an array.

        Any other kind of line is asked to go through the brackets itself.
        """
        if type(income) is float:
            row = bisect_left(self.starts, income, 1) - 1
            return self.bases[row] + self.rates[row] * (income - self.starts[row])
        if hasattr(income, "tax"):
            return cast("Line", income.tax(zip(self.starts, self.bases, self.rates, strict=True)))
        return self._tax_of_column(income)

    def _tax_of_column(self, income: Any) -> Line:
        import numpy

        if self._arrays is None:
            self._arrays = tuple(numpy.array(column) for column in (self.starts, self.bases, self.rates))
        starts, bases, rates = self._arrays
        rows = numpy.searchsorted(starts[1:], income, side="left")
        return cast("Line", bases[rows] + rates[rows] * (income - starts[rows]))
