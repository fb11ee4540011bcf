"""A sale's amounts as functions of its price, exactly, and the price at which holding equals selling now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import date
from itertools import pairwise
from typing import Any, Final, NamedTuple

from xl_amt.arithmetic.lines import Line
from xl_amt.arithmetic.piecewise import Piecewise, Stretch
from xl_amt.equity.amounts import EquityAmounts, moved_by, total_of
from xl_amt.equity.lots import Lot
from xl_amt.equity.sales import sell
from xl_amt.planning.december.question import December
from xl_amt.planning.years import EquityYear

_FIRST_TOP: Final = 1.5  # times the highest price that is known
_HIGHER: Final = 4.0  # times the top, where holding is not surely better there
_SURELY: Final = 10_000.0  # dollars: no step of a form, such as the AMT's where the deduction changes, takes that back


def amounts_by_price(lot: Lot, day: date, top: float) -> EquityAmounts:
    """What the sale of a lot on a day changes of its year's amounts, each a function of the price from 0 to ``top``.

    A sale bends at the strike, and where its price reaches a value that was taxed: between them its amounts are
    straight, and those points are the sale itself.
    """
    bends = {lot.strike, lot.strike + lot.disqualified_spread, lot.strike + lot.spread}
    prices = [0.0, *sorted(bend for bend in bends if 0.0 < bend < top), top]
    moved = [moved_by(sell(lot, price, day)) for price in prices]
    lines: dict[str, Any] = {}
    for item in fields(EquityAmounts):
        values = [getattr(one, item.name) for one in moved]
        if item.name != "has_sales" and any(values):
            lines[item.name] = _through(prices, values)
    return EquityAmounts(has_sales=True, **lines)


def _through(points: Sequence[float], values: Sequence[float]) -> Piecewise:
    corners = list(zip(points, values, strict=True))
    stretches = [
        Stretch(start, value, (next_value - value) / (end - start))
        for (start, value), (end, next_value) in pairwise(corners)
    ]
    return Piecewise(stretches, points[-1])


def price_equal_to(now: float, by_price: Callable[[float], Line], first_top: float) -> float:
    """The price from which on holding brings more than ``now``, in dollars; 0 where it does at every price.

    ``by_price`` gives the money of holding as a function of the price up to a top. Where a form steps down just above,
    as the child tax credit does, it is the last such price.
    """
    top = first_top
    while True:
        better: Any = by_price(top) - now
        if better.at(top) > _SURELY:
            return float(better.last_below(0.0))
        top *= _HIGHER


class LaterSale(NamedTuple):
    """Shares of a lot that are held beyond this year, and sold on a day of a later one."""

    lot: Lot
    day: date


def break_even(
    question: December,
    now: float,
    held: EquityYear,
    sales: Sequence[LaterSale],
    through: int,
    known: Sequence[float],
) -> float:
    """The later price, of all these sales alike, at which holding brings as much as ``now``: `price_equal_to`.

    ``held`` is this year without the sales, the last year that counts is ``through``, and ``known`` are prices near
    which it may be.
    """
    begun = question.after({}, min(sale.day.year for sale in sales) - 1, [held])

    def by_price(top: float) -> Line:
        moved: dict[int, list[EquityAmounts]] = {}
        proceeds: dict[int, Line] = {}
        for lot, day in sales:
            moved.setdefault(day.year, []).append(amounts_by_price(lot, day, top))
            proceeds[day.year] = proceeds.get(day.year, 0.0) + lot.shares * Piecewise.unknown(top)
        years = question.after({year: total_of(parts) for year, parts in moved.items()}, through, begun)
        return question.money(years, proceeds)

    shares = sum(sale.lot.shares for sale in sales)
    return price_equal_to(now, by_price, max(known) * _FIRST_TOP + 2.0 * _SURELY / shares)
