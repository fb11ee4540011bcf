"""What a type checker must refuse in place of a form's line: no code that runs.

mypy reads this file with the package (`files` in pyproject.toml), and reports a comment below that has nothing to
ignore: so an argument that it takes again fails the check.
"""

import numpy
from numpy.typing import NDArray

from xl_amt.arithmetic.lines import Line, choose, larger_of, smaller_of, zero_or_more
from xl_amt.arithmetic.piecewise import Piecewise
from xl_amt.forms.minimum_tax import MinimumTax
from xl_amt.forms.spread_within import spread_within
from xl_amt.household import Household


def right(tax_return: MinimumTax, column: NDArray[numpy.float64]) -> list[Line]:
    """A float, an array and a function of an unknown are lines."""
    return [smaller_of(1.0, column), zero_or_more(Piecewise.unknown(10.0)), spread_within(tax_return, 0.0)]


def wrong(tax_return: MinimumTax) -> None:
    """A text, a list, nothing at all and a household are none."""
    smaller_of("1", 2.0)  # type: ignore[arg-type]
    larger_of(1.0, [2.0])  # type: ignore[arg-type]
    zero_or_more(None)  # type: ignore[arg-type]
    choose("yes", 1.0, 0.0)  # type: ignore[arg-type]
    spread_within(tax_return, "0")  # type: ignore[arg-type]
    spread_within(tax_return.facts, 0.0)  # type: ignore[arg-type]
    Household(2026, "single", "150,000")  # type: ignore[arg-type]
