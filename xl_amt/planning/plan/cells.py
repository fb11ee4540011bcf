"""Each year's taxes as planes on cells of the few amounts that a schedule moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import cos, pi, sin
from typing import Any, Final, NamedTuple

from xl_amt.arithmetic.lines import Line
from xl_amt.arithmetic.planes import NOTHING, Cell, Plane, SlopedSteps, pieces, same_plane
from xl_amt.planning.plan.amounts import MEDICARE, Block, Sum, YearAmounts, reach
from xl_amt.planning.plan.question import PlanQuestion
from xl_amt.planning.plan.year_lines import ALL_CREDIT, levied, return_of, years_from

_WIDER: Final = 1_000.0  # dollars: a reachable set that is too tight makes a solver call a plan impossible
_DIRECTIONS: Final = 8  # cuts of a pair of unknowns to what can be reached, on each half of the circle
_WINDOW: Final = 10_000.0  # dollars on each side of a point around which steps are exact
_NO_PART: Final = 1e-9


class Lines(NamedTuple):
    """What a plan needs to know of one jurisdiction in one year: dollars, or planes of them."""

    taxes: Line
    alternative_minimum_tax: Line
    credit_usable: Line
    credit_earned: Line


class Piece(NamedTuple):
    """A cell: the unknowns at each corner, and there the lines of each year that it stands for."""

    corners: list[tuple[float, ...]]
    lines: list[list[Lines]]  # by corner, then by year


class Part(NamedTuple):
    """One jurisdiction's taxes in some years, which the same unknowns move.

    Steps, as of the child tax credit, are exact in ``windows`` around some points of the unknowns; elsewhere they are
    the line through their bottoms, if ``steps`` says that there are any. It costs no more than the steps do, since a
    dollar of credit less adds a dollar of tax, and at most a dollar of usable credit.
    """

    code: str
    first_year: int
    unknowns: list[Sum]
    pieces: list[Piece]
    steps: bool = False
    windows: tuple[tuple[float, ...], ...] = ()


def parts_of(question: PlanQuestion, amounts: Sequence[YearAmounts]) -> list[Part]:
    """The parts of every year and jurisdiction."""
    return [
        part
        for place, year in enumerate(amounts)
        for code in question.jurisdictions
        for part in _parts_of_year(question, place, year, code)
    ]


def _parts_of_year(question: PlanQuestion, place: int, amounts: YearAmounts, code: str) -> list[Part]:
    facts = dict(amounts.facts)
    medicare = facts.pop(MEDICARE, Sum())
    basis = basis_of(facts)
    if code != "US" or "Medicare" not in question.taxes:
        return [_part(question, place, facts, code)]
    if len(basis_of(facts | {MEDICARE: medicare})) == len(basis):
        return [_part(question, place, facts | {MEDICARE: medicare}, code)]
    # Additional Medicare Tax rests on Medicare wages alone, and on nothing else does
    return [_part(question, place, facts, code), _medicare_part(question, place, medicare)]


def refined(
    question: PlanQuestion, amounts: Sequence[YearAmounts], part: Part, shares: Sequence[Mapping[Block, float]]
) -> Part:
    """A part whose steps are exact around these schedules too, which may have parts of shares."""
    points = (tuple(_at(unknown, own) for unknown in part.unknowns) for own in shares)
    windows = (*part.windows, *points)
    facts = dict(amounts[part.first_year].facts)
    if MEDICARE in facts and part.code != "US":
        del facts[MEDICARE]
    if len(basis_of(facts)) > len(part.unknowns):  # Medicare wages have a part of their own
        facts.pop(MEDICARE)
    return _part(question, part.first_year, facts, part.code, windows)


def _part(
    question: PlanQuestion,
    place: int,
    facts: Mapping[str, Sum],
    code: str,
    windows: tuple[tuple[float, ...], ...] = (),
) -> Part:
    basis = basis_of(facts)
    unknowns = [Sum(0.0, dict(facts[name].per_share)) for name in basis]
    written = {name: in_terms_of(total, unknowns) for name, total in facts.items()}

    def run(cell: Cell) -> list[Lines]:
        planes = cell.planes()
        return lines_of(question, place, {name: _combined(own, planes) for name, own in written.items()}, code)

    steps = SlopedSteps()
    cells = _apart(_reachable(question, unknowns, steps), windows)
    found = [_piece(*own) for cell in cells for own in pieces(cell, run, _same)]
    return Part(code, place, unknowns, found, steps.met, windows)


def _medicare_part(question: PlanQuestion, place: int, medicare: Sum) -> Part:
    unknowns = [Sum(0.0, dict(medicare.per_share))]
    (without,) = lines_of(question, place, {}, "US")[:1]

    def run(cell: Cell) -> list[Lines]:
        wages = medicare.constant + cell.planes()[0]
        (own,) = lines_of(question, place, {"wages": 0.0, MEDICARE: wages}, "US")[:1]
        return [Lines(own.taxes - without.taxes, 0.0, 0.0, 0.0)]

    found = pieces(_reachable(question, unknowns, SlopedSteps()), run, _same)
    return Part("US", place, unknowns, [_piece(*one) for one in found])


def _at(unknown: Sum, shares: Mapping[Block, float]) -> float:
    return sum(amount * shares.get(block, 0.0) for block, amount in unknown.per_share.items())


def _apart(cell: Cell, windows: Sequence[tuple[float, ...]]) -> list[Cell]:
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


def lines_of(question: PlanQuestion, place: int, facts: Mapping[str, Line], code: str) -> list[Lines]:
    """The lines of a year in one jurisdiction, and for the exit those of the recovery years after it."""
    made = []
    for year in years_from(question, place, facts):
        own = levied(question, return_of(year, {code: ALL_CREDIT}, code), year.spread)
        made.append(Lines(own.taxes, own.alternative_minimum_tax, own.credit_used, own.credit_earned))
    return made


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


def _combined(written: tuple[float, ...], planes: Sequence[Plane]) -> Any:
    constant, *factors = written
    return sum((factor * plane for factor, plane in zip(factors, planes, strict=True) if factor), constant)


def _reachable(question: PlanQuestion, unknowns: Sequence[Sum], steps: SlopedSteps) -> Cell:
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
        return [(cos(angle), sin(angle)) for angle in angles if turn_is_slanted(angle)]
    return [signs for signs in product((-1.0, 0.0, 1.0), repeat=unknowns) if sum(map(abs, signs)) > 1.0]


def turn_is_slanted(angle: float) -> bool:
    """Whether a direction is along neither of the two unknowns, between whose ends the box lies already."""
    return min(abs(cos(angle)), abs(sin(angle))) > _NO_PART


def _same(one: Sequence[Lines], two: Sequence[Lines]) -> bool:
    pairs = zip(one, two, strict=True)
    return all(same_plane(own, other) for mine, yours in pairs for own, other in zip(mine, yours, strict=True))


def _piece(cell: Cell, lines: Sequence[Lines]) -> Piece:
    points = [corner.point for corner in cell.corners]
    at_corners = [
        [Lines(*(line.at(point) if isinstance(line, Plane) else line for line in own)) for own in lines]
        for point in points
    ]
    return Piece([point[1:] for point in points], at_corners)
