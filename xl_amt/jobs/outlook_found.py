"""An outlook as the sheet of a workbook shows it: the strategies, and the points between which money is straight."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from xl_amt.arithmetic.lines import of_one
from xl_amt.arithmetic.piecewise import Piecewise
from xl_amt.client import ClientRecord
from xl_amt.client.fingerprint import fingerprint
from xl_amt.jobs.outlook import OutlookReport, StrategyOutlook
from xl_amt.planning.outlook.regrets import in_words
from xl_amt.planning.plan.answer import cents
from xl_amt.planning.plan.strategies import SAME_YEAR_ESCAPE
from xl_amt.workbook.found import OutlookFound, StrategyFound
from xl_amt.workbook.sheets.outlook_layout import PRICES

_PAST_THE_PLAN: Final = 2.0  # times the plan's price at the exit, as the pictures
_THINNED: Final = (
    "Money after tax bends at more prices than the sheet has rows for; between the rows it is straight, but for the "
    "smallest bends."
)
Point = tuple[float, int]  # a price, and 1 for what a step at it leads to


def outlook_found(report: OutlookReport, record: ClientRecord, found_on: date) -> OutlookFound:
    """What the report found, of a ``record``."""
    points = _points([one.by_price for one in report.strategies], report.plan.price)
    kept = _with_the_largest_bends(points, [one.by_price for one in report.strategies])
    simulation = report.simulation
    return OutlookFound(
        found_on=found_on,
        record=fingerprint(record),
        about=_about(report),
        volatility=simulation.volatility,
        drift=simulation.drift,
        chance_of_zero=simulation.chance_of_zero,
        paths=simulation.paths,
        seed=simulation.seed,
        exit_year=report.years[-1],
        exit_price=report.plan.price,
        values={
            year: (of_one(value), *report.fan[year].percentiles.values())
            for year, value in zip(report.years, [*report.plan.by_place, report.plan.price], strict=True)
        },
        years=tuple(year.year for year in report.strategies[0].planned.years),
        prices=tuple(round(price, 6) for price, _ in kept),
        strategies=tuple(_strategy(one, kept, report.years[-1]) for one in report.strategies),
        notes=(*report.notes, *([_THINNED] if len(kept) < len(points) else [])),
    )


def _strategy(one: StrategyOutlook, points: Sequence[Point], exit_year: int) -> StrategyFound:
    found = one.chances
    years = one.planned.years
    return StrategyFound(
        name=one.course.name,
        as_planned=cents(one.planned.objective),
        mean=cents(found.after_tax.mean),
        percentiles=tuple(map(cents, found.after_tax.percentiles.values())),
        loses_money=found.loses_money,
        not_recovered=found.not_recovered,
        amt=cents(found.amt.mean),
        regrets=in_words(one.regrets),
        by_price=tuple(cents(_at(one.by_price, point)) for point in points),
        cash=tuple(cents(year.cash) for year in years if year.year < exit_year),
        credit=tuple(cents(sum(year.credit_out.values())) for year in years),
    )


def _about(report: OutlookReport) -> str:
    """Which strategy leaves most on the plan's values, and which in the mean of the paths; the escape apart."""
    open_to_all = [one for one in report.strategies if one.course.name != SAME_YEAR_ESCAPE]
    planned = max(open_to_all, key=lambda one: cents(one.planned.objective))
    mean = max(open_to_all, key=lambda one: cents(one.chances.after_tax.mean))
    return (
        f"To the exit of {report.years[-1]}: on the plan's values most is left by {planned.course.name}, "
        f"{of_one(planned.planned.objective):,.0f} after tax; in the mean of {report.simulation.paths:,} paths by "
        f"{mean.course.name}, {mean.chances.after_tax.mean:,.0f}, and on {mean.chances.not_recovered:.1%} of them some "
        f"AMT paid for it is not back by {report.question.all_years[-1].year}."
    )


def _points(lines: Sequence[Piecewise], price: float) -> list[Point]:
    """The prices at which any strategy bends, up to twice the plan's, which is one itself; a step is two points."""
    top = _PAST_THE_PLAN * max(price, 1.0)
    points: set[Point] = {(0.0, 1), (price, 1), (top, 1)}
    for line in lines:
        for (end, before), (_, after) in pairwise(line.with_ends()):
            if end < top:
                points.add((end, 1))
                if abs(before.at(end) - after.value) > _STEP:
                    points.add((end, 0))
    return sorted(points)


_STEP: Final = 0.005  # dollars


def _with_the_largest_bends(points: list[Point], lines: Sequence[Piecewise]) -> list[Point]:
    """As many points as the sheet has rows for: the ends and the plan's price, and those of the largest bends."""
    if len(points) <= PRICES:
        return points
    ends = {points[0], points[-1]}

    def bend(place: int) -> float:
        here, before, after = points[place], points[place - 1], points[place + 1]
        if here[0] in (before[0], after[0]):
            return max(abs(_at(line, (here[0], 1)) - _at(line, (here[0], 0))) for line in lines)
        part = (here[0] - before[0]) / (after[0] - before[0])
        return max(abs(_at(line, here) - (1.0 - part) * _at(line, before) - part * _at(line, after)) for line in lines)

    within = sorted(range(1, len(points) - 1), key=bend, reverse=True)[: PRICES - len(ends)]
    return sorted(ends | {points[place] for place in within})


def _at(line: Piecewise, point: Point) -> float:
    """The value at a point; before a step at it, what the stretch before leads to."""
    price, side = point
    if side or price == 0.0:
        return line.at(price)
    before = [stretch for stretch in line.stretches if stretch.start < price]
    return before[-1].at(price)
