"""The plan as a mixed-integer programme: shares, one cell per year, and the minimum tax credit from year to year.

A part's cell is a binary, and its corners share it as weights: each unknown and each line of the year is the weighted
sum of what it is at the corners, which is exact, because nothing bends on a cell. Using credit early is best where the
discount rate is zero or more and a dollar of credit left is worth at most a dollar, so the credit needs no binary
but where a year can take credit away (Form 8801 line 18 below zero). Money is in thousands of dollars.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Final

from xl_amt.arithmetic.lines import of_one
from xl_amt.planning.plan.amounts import Block, Sum, YearAmounts, blocks_of
from xl_amt.planning.plan.cells import Lines, Part
from xl_amt.planning.plan.pricing import Pricer
from xl_amt.planning.plan.question import PlanQuestion

THOUSAND: Final = 1_000.0

Terms = dict[int, float]  # factors by column


@dataclass(slots=True)
class Row:
    """A sum of columns between two ends; ``demand`` says in words what of the question asks it, if anything does."""

    low: float
    high: float
    terms: Terms
    demand: str = ""


@dataclass(slots=True)
class Programme:
    """Columns and rows, the cost to be least."""

    costs: list[float] = field(default_factory=list)
    ranges: list[tuple[float, float]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    blocks: dict[Block, int] = field(default_factory=dict)  # the column of each block's shares
    cells: list[int] = field(default_factory=list)  # binaries
    constant: float = 0.0

    def column(self, low: float = 0.0, high: float = inf) -> int:
        """A new column, which costs nothing yet."""
        self.costs.append(0.0)
        self.ranges.append((low, high))
        return len(self.costs) - 1

    def binary(self) -> int:
        """A new column that is 0 or 1."""
        self.cells.append(self.column(0.0, 1.0))
        return self.cells[-1]

    def add_cost(self, terms: Mapping[int, float], factor: float = 1.0) -> None:
        """Count a sum of columns among the costs."""
        for column, amount in terms.items():
            self.costs[column] += factor * amount

    def of_shares(self, total: Sum) -> Terms:
        """The part of a sum that shares make, in thousands."""
        return {self.blocks[block]: amount / THOUSAND for block, amount in total.per_share.items()}


@dataclass(slots=True)
class _YearLines:
    """A year's lines in one jurisdiction, each as a sum of columns."""

    taxes: Terms = field(default_factory=dict)
    amt: Terms = field(default_factory=dict)
    usable: Terms = field(default_factory=dict)
    earned: Terms = field(default_factory=dict)
    may_take_credit: bool = False


def programme_of(question: PlanQuestion, pricer: Pricer, parts: Sequence[Part]) -> Programme:
    """The program of a question, whose cost is what it asks to be least, or the negative of what is to be most."""
    programme = Programme()
    amounts = pricer.amounts
    _add_shares(programme, question)
    lines = _add_parts(programme, question, parts)
    _add_flows(programme, question, amounts, lines)
    for place in range(len(question.all_years)):
        programme.constant -= question.discount(place) * pricer.counted_base(place) / THOUSAND
    for code in question.jurisdictions:
        _add_credit(programme, question, code, [lines[place, code] for place in range(len(question.all_years))])
    _add_limits(programme, question, pricer, lines)
    return programme


def least_amt_programme(question: PlanQuestion, pricer: Pricer, parts: Sequence[Part]) -> Programme:
    """The program of the same shares and limits whose cost is the AMT of all years, and nothing else."""
    programme = Programme()
    _add_shares(programme, question)
    lines = _add_parts(programme, question, parts)
    for year in lines.values():
        programme.add_cost(year.amt)
    _add_limits(programme, question, pricer, lines)
    return programme


def _add_shares(programme: Programme, question: PlanQuestion) -> None:
    for block in blocks_of(question):
        programme.blocks[block] = programme.column(0.0, float(question.grants[block.grant].vested[block.year]))
    for same in question.same_options:
        own = {block: column for block, column in programme.blocks.items() if block.grant in same}
        years = sorted({block.year for block in own})
        for year in years:
            terms = {column: 1.0 for block, column in own.items() if block.year <= year}
            vested = question.vested_of(same, year)
            must = question.all_must_be_exercised and year == years[-1]
            label = question.grants[same[0]].label
            what = f"all {vested:,} shares of {label} exercised by {question.years[year].year}"
            programme.rows.append(Row(float(vested) if must else -inf, float(vested), terms, what if must else ""))


def _add_parts(
    programme: Programme, question: PlanQuestion, parts: Sequence[Part]
) -> dict[tuple[int, str], _YearLines]:
    lines = {(place, code): _YearLines() for place in range(len(question.all_years)) for code in question.jurisdictions}
    for part in parts:
        weights = _add_weights(programme, part)
        for number in range(len(part.pieces[0].lines[0])):
            year = lines[part.first_year + number, part.code]
            for column, at_corner in weights:
                _add_line(year, column, at_corner[number])
    return lines


def _add_line(year: _YearLines, column: int, line: Lines) -> None:
    taxes, amt, usable, earned = (of_one(amount) / THOUSAND for amount in line)
    for terms, amount in ((year.taxes, taxes), (year.amt, amt), (year.usable, usable), (year.earned, earned)):
        if amount:
            terms[column] = amount
    year.may_take_credit |= earned < 0.0


def _add_weights(programme: Programme, part: Part) -> list[tuple[int, list[Lines]]]:
    """The weights of all corners of a part, each with its lines; rows tie them to the cells and to the shares."""
    weights: list[tuple[int, list[Lines]]] = []
    unknowns: list[Terms] = [programme.of_shares(unknown) for unknown in part.unknowns]
    one_cell = len(part.pieces) == 1
    cells = [] if one_cell else [programme.binary() for _ in part.pieces]
    for number, piece in enumerate(part.pieces):
        columns = [programme.column(0.0, 1.0) for _ in piece.corners]
        own = dict.fromkeys(columns, 1.0)
        programme.rows.append(Row(1.0, 1.0, own) if one_cell else Row(0.0, 0.0, own | {cells[number]: -1.0}))
        for column, point in zip(columns, piece.corners, strict=True):
            for terms, coordinate in zip(unknowns, point, strict=True):
                terms[column] = -coordinate / THOUSAND
        weights += zip(columns, piece.lines, strict=True)
    if not one_cell:
        programme.rows.append(Row(1.0, 1.0, dict.fromkeys(cells, 1.0)))
    programme.rows += [Row(0.0, 0.0, terms) for terms in unknowns]
    return weights


def _add_flows(
    programme: Programme,
    question: PlanQuestion,
    amounts: Sequence[YearAmounts],
    lines: Mapping[tuple[int, str], _YearLines],
) -> None:
    for (place, _), year in lines.items():
        programme.add_cost(year.taxes, question.discount(place))
    if question.exit:
        for place, year_amounts in enumerate(amounts):
            discount = question.discount(place)
            programme.add_cost(programme.of_shares(year_amounts.strike_paid), discount)
            programme.add_cost(programme.of_shares(year_amounts.proceeds), -discount)
            programme.constant -= discount * year_amounts.proceeds.constant / THOUSAND


def _add_credit(programme: Programme, question: PlanQuestion, code: str, years: Sequence[_YearLines]) -> None:
    opening = question.credits.get(code, 0.0) / THOUSAND
    credit = programme.column(opening, opening)
    most = opening + sum(max([*year.earned.values(), 0.0]) for year in years)
    for place, year in enumerate(years):
        used, left = programme.column(), programme.column(0.0, most)
        programme.add_cost({used: -1.0}, question.discount(place))
        programme.rows.append(Row(-inf, 0.0, {used: 1.0} | {column: -own for column, own in year.usable.items()}))
        programme.rows.append(Row(-inf, 0.0, {used: 1.0, credit: -1.0}))
        carried = {left: 1.0, credit: -1.0, used: 1.0} | {column: -own for column, own in year.earned.items()}
        if year.may_take_credit:
            _stop_at_zero(programme, carried, left, most - min(year.earned.values()))
        programme.rows.append(Row(-inf, 0.0, carried))
        credit = left
    programme.add_cost({credit: -question.credit_left_at}, question.discount(len(years)))


def _stop_at_zero(programme: Programme, carried: Terms, left: int, most: float) -> None:
    """More credit taken away than there is leaves none: the row may be slack where nothing is left."""
    slack, none_left = programme.column(0.0, most), programme.binary()
    carried[slack] = -1.0
    programme.rows.append(Row(-inf, 0.0, {slack: 1.0, none_left: -most}))
    programme.rows.append(Row(-inf, most, {left: 1.0, none_left: most}))


def _add_limits(
    programme: Programme, question: PlanQuestion, pricer: Pricer, lines: Mapping[tuple[int, str], _YearLines]
) -> None:
    for place, year in enumerate(question.exercise_years):
        own = [lines[place, code] for code in question.jurisdictions]
        if year.most_amt is not None:
            demand = f"at most {year.most_amt:,.2f} of AMT in {year.year}"
            amt = _together([line.amt for line in own])
            programme.rows.append(Row(-inf, year.most_amt / THOUSAND, amt, demand))
        if year.cash is not None:
            demand = f"at most {year.cash:,.2f} of cash in {year.year}"
            spent = _together([line.taxes for line in own], programme.of_shares(pricer.amounts[place].strike_paid))
            most = (year.cash + pricer.base(place)) / THOUSAND
            programme.rows.append(Row(-inf, most, spent, demand))


def _together(sums: Sequence[Terms], first: Terms | None = None) -> Terms:
    total = dict(first or {})
    for terms in sums:
        for column, amount in terms.items():
            total[column] = total.get(column, 0.0) + amount
    return total
