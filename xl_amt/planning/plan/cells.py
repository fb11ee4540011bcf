"""Each year's taxes as planes on cells of the few amounts that a schedule moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from xl_amt.arithmetic.lines import Line
from xl_amt.arithmetic.planes import Cell, Plane, SlopedSteps, pieces, same_plane
from xl_amt.planning.plan.amounts import MEDICARE, Block, Sum, YearAmounts
from xl_amt.planning.plan.question import PlanQuestion
from xl_amt.planning.plan.unknowns import apart, at_shares, basis_of, in_terms_of, reachable
from xl_amt.planning.plan.year_lines import ALL_CREDIT, levied, return_of, years_from


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
    dollar of credit less adds a dollar of tax, and at most a dollar of usable credit. Where the regular tax does not
    count, that dollar of tax is missing, and the steps are exact everywhere.
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
    points = (tuple(at_shares(unknown, own) for unknown in part.unknowns) for own in shares)
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

    steps = SlopedSteps() if code != "US" or "regular" in question.taxes else None
    cells = apart(reachable(question, unknowns, steps), windows)
    found = [_piece(*own) for cell in cells for own in pieces(cell, run, _same)]
    return Part(code, place, unknowns, found, steps is not None and steps.met, windows)


def _medicare_part(question: PlanQuestion, place: int, medicare: Sum) -> Part:
    unknowns = [Sum(0.0, dict(medicare.per_share))]
    (without,) = lines_of(question, place, {}, "US")[:1]

    def run(cell: Cell) -> list[Lines]:
        wages = medicare.constant + cell.planes()[0]
        (own,) = lines_of(question, place, {"wages": 0.0, MEDICARE: wages}, "US")[:1]
        return [Lines(own.taxes - without.taxes, 0.0, 0.0, 0.0)]

    found = pieces(reachable(question, unknowns, SlopedSteps()), run, _same)
    return Part("US", place, unknowns, [_piece(*one) for one in found])


def lines_of(question: PlanQuestion, place: int, facts: Mapping[str, Line], code: str) -> list[Lines]:
    """The lines of a year in one jurisdiction, and for the exit those of the recovery years after it."""
    made = []
    for year in years_from(question, place, facts, [code]):
        own = levied(question, return_of(year, {code: ALL_CREDIT}, code), year.spread)
        made.append(Lines(own.taxes, own.alternative_minimum_tax, own.credit_used, own.credit_earned))
    return made


def _combined(written: tuple[float, ...], planes: Sequence[Plane]) -> Any:
    constant, *factors = written
    return sum((factor * plane for factor, plane in zip(factors, planes, strict=True) if factor), constant)


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
