"""The few amounts that a schedule moves in a year, each on its own, and how far schedules can move them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import cos, pi, sin
from typing import Final

from xl_amt.arithmetic.lines import of_one
from xl_amt.arithmetic.planes import NOTHING, Cell, SlopedSteps
from xl_amt.planning.plan.amounts import Block, Sum, reach
from xl_amt.planning.plan.question import PlanQuestion

_WIDER: Final = 1_000.0  # dollars: a reachable set that is too tight makes a solver call a plan impossible
_DIRECTIONS: Final = 8  # cuts of a pair of unknowns to what can be reached, on each half of the circle
_WINDOW: Final = 10_000.0  # dollars on each side of a point around which steps are exact
_NO_PART: Final = 1e-9


def basis_of(facts: Mapping[str, Sum]) -> list[str]:
    """Facts, in order, of which each moves on its own: every other one is a sum of multiples of them."""
    chosen: list[str] = []
    reduced: list[dict[Block, float]] = []
    for name, total in facts.items():
        rest = _rest(dict(total.per_share), reduced)
        if rest:
            chosen.append(name)
            reduced.append(rest)
    return chosen


def in_terms_of(total: Sum, unknowns: Sequence[Sum]) -> tuple[float, ...]:
    """A sum as its constant and multiples of the unknowns, of which it must be made."""
    rows = [dict(unknown.per_share) for unknown in unknowns]
    shares = [[float(place == own) for own in range(len(rows))] for place in range(len(rows))]
    factors = [0.0] * len(rows)
    rest = dict(total.per_share)
    for place, row in enumerate(rows):  # each row without those before it, and what of the unknowns it then is
        for earlier in range(place):
            factor = _factor(row, rows[earlier])
            _subtract(row, rows[earlier], factor)
            shares[place] = [own - factor * other for own, other in zip(shares[place], shares[earlier], strict=True)]
        factor = _factor(rest, row)
        _subtract(rest, row, factor)
        factors = [own + factor * other for own, other in zip(factors, shares[place], strict=True)]
    return (total.constant, *factors)


def _rest(row: dict[Block, float], reduced: Sequence[dict[Block, float]]) -> dict[Block, float]:
    largest = max(map(abs, row.values()), default=0.0)
    for other in reduced:
        _subtract(row, other, _factor(row, other))
    return {block: amount for block, amount in row.items() if abs(amount) > _NO_PART * largest}


def _factor(row: Mapping[Block, float], other: Mapping[Block, float]) -> float:
    pivot = max(other, key=lambda block: abs(other[block]))
    return row.get(pivot, 0.0) / other[pivot]


def _subtract(row: dict[Block, float], other: Mapping[Block, float], factor: float) -> None:
    if factor:
        for block, amount in other.items():
            row[block] = row.get(block, 0.0) - factor * amount
        row.pop(max(other, key=lambda block: abs(other[block])), None)


def reachable(question: PlanQuestion, unknowns: Sequence[Sum], steps: SlopedSteps | None) -> Cell:
    """The box of the unknowns, cut to what schedules can reach, a little wider."""
    ranges = [reach(question, unknown.per_share) for unknown in unknowns]
    cell = Cell.box([(low - _WIDER, high + _WIDER) for low, high in ranges], sloped_steps=steps)
    sizes = [max(high - low, _WIDER) for low, high in ranges]
    for weights in _directions(len(unknowns)):
        scaled = [weight / size for weight, size in zip(weights, sizes, strict=True)]
        mixed: dict[Block, float] = {}
        for factor, unknown in zip(scaled, unknowns, strict=True):
            for block, amount in unknown.per_share.items():
                mixed[block] = mixed.get(block, 0.0) + factor * amount
        most = reach(question, mixed)[1] + sum(abs(factor) * _WIDER for factor in scaled)
        size = max(sizes)  # back to dollars
        cut = (-most * size, *(factor * size for factor in scaled))
        low, high = cell.range_of(cut)
        if low < -_WIDER < _WIDER < high:
            cell = cell.cut(cut)[0]
    return cell


def _directions(unknowns: int) -> list[tuple[float, ...]]:
    if unknowns < 2:
        return []
    if unknowns == 2:
        angles = [pi * turn / _DIRECTIONS for turn in range(2 * _DIRECTIONS)]
        return [(cos(angle), sin(angle)) for angle in angles if _is_slanted(angle)]
    return [signs for signs in product((-1.0, 0.0, 1.0), repeat=unknowns) if sum(map(abs, signs)) > 1.0]


def _is_slanted(angle: float) -> bool:
    """Whether a direction is along neither of the two unknowns, between whose ends the box lies already."""
    return min(abs(cos(angle)), abs(sin(angle))) > _NO_PART


def apart(cell: Cell, windows: Sequence[tuple[float, ...]]) -> list[Cell]:
    """The cell, apart from its windows, in which steps are exact."""
    cells = [cell]
    for point in windows:
        cells = [part for own in cells for part in _window_of(own, point)]
    return cells


def _window_of(cell: Cell, point: tuple[float, ...]) -> list[Cell]:
    if cell.sloped_steps is None:
        return [cell]
    outside, inside = [], cell
    for place, middle in enumerate(point, 1):
        for sign in (-1.0, 1.0):
            beyond = [-sign * middle - _WINDOW, *([0.0] * len(point))]
            beyond[place] = sign
            low, high = inside.range_of(tuple(beyond))
            if low > -NOTHING:
                return [cell]
            if high > NOTHING:
                inside, out = inside.cut(tuple(beyond))
                outside.append(out)
    return [*outside, inside.exact()]


def at_shares(unknown: Sum, shares: Mapping[Block, float]) -> float:
    """What a sum without its constant comes to for shares, which may be parts of shares."""
    return of_one(sum(amount * shares.get(block, 0.0) for block, amount in unknown.per_share.items()))
