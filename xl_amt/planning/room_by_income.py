"""The room as a function of income: which further income makes room, and which takes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from itertools import pairwise
from typing import Any, Final

from xl_amt.arithmetic.lines import Line, larger_of, of_one
from xl_amt.arithmetic.planes import Cell, Plane, pieces, same_plane
from xl_amt.forms.minimum_tax import STEP_WIDTH, MinimumTax
from xl_amt.forms.tax_systems import limiting
from xl_amt.planning.room import amt_room

_A_DOLLAR: Final = 1.0
_ON_THE_ROOM: Final = 1e-3  # dollars of AMT
_SAME_RATE: Final = 1e-6
_DIGITS: Final = 9  # of a rate: what is beyond is binary dust
_SAME_INCOME: Final = 1e-6  # dollars
_MORE_SPREAD: Final = 100_000.0  # dollars above the rooms at both ends, to begin with


def room_by_income(tax_returns: Sequence[MinimumTax], to_income: float) -> list[list[float]]:
    """Income, room and the change of room per further dollar of it, a row at every kink, in dollars.

    From the income of the returns, of one household in one or several jurisdictions, to another one: the room that
    binds. The forms themselves, over income and spread at once, say where the room turns; where it jumps, as at the
    change of a deduction, there is a row on each side.
    """
    tax_returns = limiting(tuple(tax_returns))
    start = of_one(tax_returns[0].facts.wages)
    incomes = _turns(tax_returns, to_income - start + _A_DOLLAR)
    points = [0.0, *(point for point in incomes if point < to_income - start), to_income - start]
    rooms = {point: _room(tax_returns, point) for point in [*points, to_income - start + _A_DOLLAR]}
    rows = [
        [start + point, rooms[point], round((rooms[later] - rooms[point]) / (later - point), _DIGITS)]
        for point, later in pairwise(rooms)
        if later - point > _SAME_INCOME
    ]
    kept = [
        row
        for place, row in enumerate(rows)
        if place in (0, len(rows) - 1) or abs(row[2] - rows[place - 1][2]) > _SAME_RATE
    ]
    return [row for row in kept if row[0] <= to_income]


def _room(tax_returns: Sequence[MinimumTax], more: float) -> float:
    return min(of_one(amt_room(_with_income(tax_return, more))) for tax_return in tax_returns)


def _with_income(tax_return: MinimumTax, more: Line) -> MinimumTax:
    facts = tax_return.facts
    return tax_return.with_facts(replace(facts, wages=facts.wages + more))


def _turns(tax_returns: Sequence[MinimumTax], most: float) -> list[float]:
    """Further incomes, ascending, at which the room may turn; both sides of one at which it jumps."""
    spread = max(_room(tax_returns, 0.0), _room(tax_returns, most)) + _MORE_SPREAD

    def excess(cell: Cell) -> Any:
        more, exercised = cell.planes()
        return _excess(tax_returns, more, exercised)

    while True:
        found = pieces(Cell.box([(0.0, most), (0.0, spread)]), excess, same_plane)
        if all(_at(line, corner.point) > 0.0 for cell, line in found for corner in _top(cell, spread)):
            break
        spread *= 2.0
    points: set[float] = set()
    for cell, line in found:
        points.update(_zeros(cell, line))
    return _with_jumps(tax_returns, sorted(points), most)


def _excess(tax_returns: Sequence[MinimumTax], more: Line, spread: Line) -> Line:
    """By how much tentative tax passes regular tax in the return in which it does most."""
    taxes = [_with_income(tax_return, more).minimum_tax(spread) for tax_return in tax_returns]
    return reduce(larger_of, (each.tentative_minimum_tax - each.regular_tax for each in taxes))


def _at(line: Any, point: tuple[float, ...]) -> float:
    return line.at(point) if isinstance(line, Plane) else float(line)


def _top(cell: Cell, spread: float) -> list[Any]:
    return [corner for corner in cell.corners if corner.point[2] >= spread - _ON_THE_ROOM]


def _zeros(cell: Cell, line: Any) -> list[float]:
    """The incomes of the corners of a cell, or of its cut, where nothing is owed and nothing left."""
    if not isinstance(line, Plane):
        return [corner.point[1] for corner in cell.corners] if abs(float(line)) <= _ON_THE_ROOM else []
    low, high = cell.range_of(line.coefficients)
    parts = cell.cut(line.coefficients) if low < -_ON_THE_ROOM and high > _ON_THE_ROOM else (cell,)
    return [corner.point[1] for part in parts for corner in part.corners if abs(line.at(corner.point)) <= _ON_THE_ROOM]


def _with_jumps(tax_returns: Sequence[MinimumTax], points: Sequence[float], most: float) -> list[float]:
    """Points inside the range, apart from each other; two, just below and above, for one at which the room jumps."""
    made: list[float] = []
    for point in points:
        if not STEP_WIDTH < point < most - STEP_WIDTH or (made and point - made[-1] <= 2.0 * STEP_WIDTH):
            continue
        below, above = point - STEP_WIDTH, point + STEP_WIDTH
        jumps = abs(_room(tax_returns, above) - _room(tax_returns, below)) > _A_DOLLAR
        made += [below, above] if jumps else [point]
    return made
