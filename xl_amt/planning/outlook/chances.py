"""What the paths say of each strategy: means, percentiles and chances, of money, cash and credit."""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from xl_amt.arithmetic.lines import HALF_A_CENT
from xl_amt.planning.plan.pricing import Priced
from xl_amt.planning.plan.question import Amount

if TYPE_CHECKING:
    from numpy.typing import NDArray

PERCENTS: Final = (5, 25, 50, 75, 95)


class Spread(NamedTuple):
    """How a figure is spread over the paths, in dollars."""

    mean: float
    least: float
    percentiles: Mapping[int, float]


class Chances(NamedTuple):
    """One strategy over all paths: dollars, and chances as fractions of the paths."""

    after_tax: Spread
    loses_money: float  # less than nothing is left after tax
    leaves_most: float  # no other that can be chosen leaves more; strategies that leave the same all count
    less_than_waiting: float
    owes_amt: float  # for the options
    not_recovered: float  # AMT is owed for them, and some of the credit is still left after the last year
    amt: Spread  # more than without any options
    credit_left: Spread
    cash: Mapping[int, Spread]  # strikes and the taxes they add, by year of exercise
    credit: Mapping[int, Spread]  # the credit after each year


class Frame(NamedTuple):
    """What all strategies are held against."""

    paths: int
    exit_year: int
    amt_without: float  # of all years without any options, in dollars
    waiting: str  # the strategy that exercises nothing before the exit
    not_open: frozenset[str] = frozenset()  # strategies that nobody may be able to choose: none is held against them


def chances(outcomes: Mapping[str, Priced], frame: Frame) -> Mapping[str, Chances]:
    """The chances of each strategy; cash is that of the years before the exit."""
    import numpy

    paths = frame.paths
    after_tax = {name: column(priced.objective, paths) for name, priced in outcomes.items()}
    most = numpy.max([own for name, own in after_tax.items() if name not in frame.not_open], axis=0)
    return {
        name: _of(priced, frame, after_tax[name], after_tax[frame.waiting], most) for name, priced in outcomes.items()
    }


def spread(figures: NDArray[Any]) -> Spread:
    """How figures are spread; their sum is exact before it is rounded, so that no order of adding shows."""
    import numpy

    percentiles = numpy.percentile(figures, PERCENTS).tolist()
    return Spread(
        fsum(figures.tolist()) / len(figures), float(figures.min()), dict(zip(PERCENTS, percentiles, strict=True))
    )


def column(amount: Amount, paths: int) -> NDArray[Any]:
    """A figure with one element a path, though it may be the same on all of them."""
    import numpy

    return numpy.broadcast_to(numpy.asarray(amount, dtype=float), (paths,))


def _of(priced: Priced, frame: Frame, after_tax: NDArray[Any], waiting: NDArray[Any], most: NDArray[Any]) -> Chances:
    paths = frame.paths
    amt = column(sum(year.amt for year in priced.years), paths) - frame.amt_without
    left = column(sum(priced.credit_left.values()), paths)
    owes = amt > HALF_A_CENT
    return Chances(
        after_tax=spread(after_tax),
        loses_money=_share(after_tax < -HALF_A_CENT),
        leaves_most=_share(after_tax > most - HALF_A_CENT),
        less_than_waiting=_share(after_tax < waiting - HALF_A_CENT),
        owes_amt=_share(owes),
        not_recovered=_share(owes & (left > HALF_A_CENT)),
        amt=spread(amt),
        credit_left=spread(left),
        cash={year.year: spread(column(year.cash, paths)) for year in priced.years if year.year < frame.exit_year},
        credit={year.year: spread(column(sum(year.credit_out.values()), paths)) for year in priced.years},
    )


def _share(holds: NDArray[Any]) -> float:
    return float(holds.sum()) / len(holds)
