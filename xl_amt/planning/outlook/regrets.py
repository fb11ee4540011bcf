"""The prices at which a strategy leaves less than waiting, exactly: money after tax is straight between its kinks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from xl_amt.arithmetic.lines import HALF_A_CENT
from xl_amt.arithmetic.piecewise import Piecewise
from xl_amt.equity.words import dollars
from xl_amt.planning.outlook.outcomes import Course, outcomes
from xl_amt.planning.outlook.paths import Values
from xl_amt.planning.plan.question import PlanQuestion

_HIGHEST: Final = 4.0  # times the largest value and strike that the plan knows


class PriceRange(NamedTuple):
    """Prices from one to another, in dollars per share; no end is None."""

    start: float
    end: float | None


def highest_price(question: PlanQuestion, plan: Values) -> float:
    """The price up to which money after tax is looked at, in dollars."""
    strikes = [grant.strike for grant in question.grants]
    return _HIGHEST * float(max(*plan.by_place, plan.price, *strikes, 1.0))


def by_price(question: PlanQuestion, courses: Sequence[Course], plan: Values, top: float) -> Mapping[str, Piecewise]:
    """Money after tax of each course as a function of the exit's price up to a top, the plan's values until then."""
    price = Piecewise.unknown(top)
    found = outcomes(question, courses, plan._replace(price=price))
    return {name: price * 0.0 + priced.objective for name, priced in found.items()}


def regrets(own: Piecewise, other: Piecewise) -> list[PriceRange]:
    """The ranges of the price in which one course leaves less than another, with exact ends.

    >>> held = Piecewise.unknown(100.0) * 2.0
    >>> regrets(held, held * 0.0 + 50.0)
    [PriceRange(start=0.0, end=25.0)]
    """
    found: list[tuple[float, float, float]] = []  # start, end, and the most that is lost between them
    for end, stretch in (own - other).with_ends():
        first, last = stretch.value, stretch.at(end)
        if min(first, last) >= 0.0:
            continue
        crossing = stretch.start if first == last else stretch.start - first / stretch.slope
        start = crossing if first > 0.0 else stretch.start
        until = crossing if last > 0.0 else end
        lost = -min(first, last)
        if found and found[-1][1] == start:
            start, _, before = found.pop()
            lost = max(lost, before)
        found.append((start, until, lost))
    return [PriceRange(start, None if end == own.top else end) for start, end, lost in found if lost >= HALF_A_CENT]


def in_words(ranges: Sequence[PriceRange]) -> str:
    """Ranges of the price as a reader has them.

    >>> in_words([PriceRange(0.0, 6.99), PriceRange(40.0, None)])
    'below 6.99, from 40.00'
    """
    return ", ".join(map(_range, ranges))


def _range(prices: PriceRange) -> str:
    start, end = prices
    if end is None:
        return f"from {dollars(start)}" if start else "all"
    return f"{dollars(start)} to {dollars(end)}" if start else f"below {dollars(end)}"
