"""Paths of the share's value: the plan's own, named ones, and simulated ones that are the same on every system."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from statistics import NormalDist
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from xl_amt.errors import ArgumentError
from xl_amt.planning.plan.question import Amount, PlanQuestion

if TYPE_CHECKING:
    from numpy.typing import NDArray

_PLACES: Final = 6  # decimals of a growth factor: the last bits, in which processors differ, do not reach them
_MOST_VOLATILITY: Final = 5.0
_MOST_DRIFT: Final = 10.0
_MOST_PATHS: Final = 50_000  # some 400 MB
_SEEDS: Final = 2**64


class Values(NamedTuple):
    """The value of a share in each year of exercise, and its price at the exit, in dollars.

    Each is a number, or along simulated paths an array with one element a path.
    """

    by_place: tuple[Amount, ...]
    price: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """How the value may move: lognormal steps of a year, and a jump to zero from which it does not come back.

    ``drift`` is the growth a year of a company that survives; None: the plan's own values are what it grows by.
    ArgumentError for an amount that cannot be.
    """

    volatility: float = 0.5  # standard deviation of a year's logarithmic growth
    drift: float | None = None  # a fraction a year
    chance_of_zero: float = 0.05  # a fraction, in each year after the first
    paths: int = 10_000
    seed: int = 1

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        _check("volatility", self.volatility, 0.0, _MOST_VOLATILITY, "enter a fraction a year, such as 0.5")
        _check("chance of zero", self.chance_of_zero, 0.0, 1.0, "enter a fraction a year, such as 0.05")
        _check("paths", self.paths, 1, _MOST_PATHS, f"enter from 1 to {_MOST_PATHS:,}")
        _check("seed", self.seed, 0, _SEEDS - 1, "enter a whole number, such as 1")
        if self.drift is not None:
            _check("drift", self.drift, -1.0, _MOST_DRIFT, "enter a fraction a year, such as 0.08")


def _check(name: str, amount: float, least: float, most: float, what_to_do: str) -> None:
    for beyond, side, bound in ((amount < least, "below", least), (not amount <= most, "above", most)):
        if beyond:
            raise ArgumentError(f"{name}: {amount:g} is {side} {bound:,g}; {what_to_do}.")


def values_of_plan(question: PlanQuestion) -> Values:
    """The plan's own values; ArgumentError for a plan without an exit, or of several companies."""
    if question.exit is None:
        raise ArgumentError("exit: an outlook ends with the sale of the shares; give the year and the price.")
    companies = {grant.company for grant in question.grants} | {lot.company for lot in question.lots}
    if len(companies) > 1:
        raise ArgumentError(
            f"the options are from {' and '.join(sorted(companies))}, and an outlook covers one company's value; leave "
            "the others out."
        )
    (company,) = companies
    return Values(
        tuple(float(year.values[company]) for year in question.exercise_years), float(question.exit.prices[company])
    )


def simulated(plan: Values, simulation: Simulation) -> Values:
    """Values along simulated paths, which begin with the plan's value of the first year, known today.

    The mean of the paths on which the company survives is the plan's value, or what the drift makes of the first one.
    """
    import numpy

    means = _means(plan, simulation.drift)
    source = numpy.random.PCG64(simulation.seed)
    wandered: Any = numpy.zeros(simulation.paths)
    alive: Any = numpy.ones(simulation.paths)
    made: list[Amount] = [means[0]]
    for place, mean in enumerate(means[1:], 1):
        wandered = wandered + _normal(_uniform(source, simulation.paths))
        alive = alive * (_uniform(source, simulation.paths) >= simulation.chance_of_zero)
        deviation = simulation.volatility
        growth = numpy.exp(deviation * wandered - 0.5 * deviation * deviation * place)
        made.append(mean * numpy.round(growth, _PLACES) * alive)
    return Values(tuple(made[:-1]), made[-1])


def _means(plan: Values, drift: float | None) -> list[float]:
    """What the value of a surviving company is on the average: of each year of exercise, and at the exit."""
    own = [*plan.by_place, plan.price]
    if drift is None:
        return own
    grown = own[:1]
    for _ in own[1:]:
        grown.append(grown[-1] * (1.0 + drift))
    if grown[-1] == inf:
        raise ArgumentError(f"drift: {drift:g} makes the value too large to count; enter less.")
    return grown


def _uniform(source: Any, count: int) -> NDArray[Any]:
    """Numbers between 0 and 1 from the generator's own integers, which numpy keeps alike from version to version."""
    import numpy

    upper_bits: Any = numpy.right_shift(source.random_raw(count), numpy.uint64(12))
    made: NDArray[Any] = (upper_bits.astype(float) + 0.5) * 2.0**-52
    return made


def _normal(uniform: NDArray[Any]) -> NDArray[Any]:
    """Standard normal numbers by the inverse of their distribution."""
    import numpy

    inverse = NormalDist().inv_cdf
    return numpy.array([inverse(each) for each in uniform.tolist()])
