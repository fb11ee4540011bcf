"""A frozen plan compared and planned again: with what was done, and the new optimum from today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Any, Final, NamedTuple

from xl_amt.client import ClientRecord
from xl_amt.errors import ArgumentError, NoAnswerError
from xl_amt.jobs.compared_plan import Compared, Comparison, compare
from xl_amt.jobs.compared_shares import PartRow, options_of, within
from xl_amt.jobs.frozen_plan import frozen_plan_in
from xl_amt.jobs.plan_of_record import RecordQuestion, question_of_record
from xl_amt.jobs.records import is_client_file, open_record
from xl_amt.planning.plan.amounts import amounts_of
from xl_amt.planning.plan.answer import CASH_DUE, NOT_FIGURED, assumptions, cents, schedule_by_year
from xl_amt.planning.plan.pricing import Priced, Pricer
from xl_amt.planning.plan.solving import Solution, solve
from xl_amt.planning.plan.stages import Progress

FORMAT: Final = "xl-amt plan comparison 1"


class PlannedAgain(NamedTuple):
    """The new optimum from today and what is left of the frozen plan, both by the record's plan of today."""

    solution: Solution
    rest: Priced

    @property
    def gained(self) -> float | None:
        """Dollars by which the new schedule is better than going on as planned; None where that is no whole plan."""
        if self.rest.broken:
            return None
        new, rest = self.solution.best.objective, self.rest.objective
        return cents(rest - new if self.solution.question.all_must_be_exercised else new - rest)


class ComparisonReport(NamedTuple):
    """A client's frozen plan, what was done of it, and what is best from today; None where nothing is left to plan."""

    name: str
    today: date
    comparison: Comparison
    again: PlannedAgain | None
    notes: tuple[str, ...]


def compare_plan(path: Path, today: date, seconds: float, progress: Progress) -> ComparisonReport:
    """The frozen plan of a client's file and what was done; AmtError for none, or one that is not of this client."""
    if not is_client_file(path):
        raise ArgumentError("--compare: a question file has no frozen plan; give a client's record.")
    record = open_record(path)
    comparison = compare(record, frozen_plan_in(record), today)
    notes = list(comparison.notes)
    again = None
    try:
        asked = question_of_record(record, today)
        solution = solve(asked.question, seconds, progress)
    except (ArgumentError, NoAnswerError) as error:
        notes += [f"No new plan from today: {error}", CASH_DUE, NOT_FIGURED]
    else:
        again = PlannedAgain(solution, _rest(record, asked, comparison.parts))
        notes += [*asked.notes, *assumptions(asked.question)]
    return ComparisonReport(record.client.name or path.name, today, comparison, again, tuple(dict.fromkeys(notes)))


def _rest(record: ClientRecord, asked: RecordQuestion, parts: Sequence[PartRow]) -> Priced:
    """What is still to do of the frozen plan as a schedule of today's question."""
    question = asked.question
    to_do = {one.options.key: one.to_do for one in parts}
    years = [year.year for year in question.exercise_years]
    schedule = []
    for grant in question.grants:
        own = to_do.get(options_of(record, asked.options[grant.label]).key, {})
        shares = within(own, years, question.exercisable(grant))
        schedule.append(tuple(int(shares.get(year, 0.0)) for year in years))
    return Pricer(question, amounts_of(question)).price(tuple(schedule))


def comparison_answer(report: ComparisonReport) -> dict[str, Any]:
    """The report as a JSON object, "xl-amt plan comparison 1"."""
    comparison, frozen = report.comparison, report.comparison.frozen
    return {
        "format": FORMAT,
        "client": report.name,
        "frozen_on": frozen.day.isoformat(),
        "today": report.today.isoformat(),
        "aim": frozen.aim,
        "jurisdiction": frozen.jurisdiction,
        "objective": _compared(comparison.worth),
        "shares": [row for part in comparison.parts for row in _shares(part)],
        "years": [
            {"year": one.year} | {name: _compared(figure) for name, figure in one.figures.items()}
            for one in comparison.years
        ],
        "from_today": _again(report.again) if report.again else None,
        "notes": list(report.notes),
    }


def _compared(figure: Compared) -> dict[str, float]:
    return figure._asdict() | {"from_facts": figure.from_facts, "from_shares": figure.from_shares}


def _shares(part: PartRow) -> list[dict[str, Any]]:
    """One row per year in which anything was planned or done."""
    options = part.options

    def of(shares: Mapping[int, float], year: int) -> float:
        return round(shares.get(year, 0.0), 4)

    return [
        {"company": options.company, "holder": options.holder, "grant": options.grant, "type": options.part}
        | {"year": year, "planned": of(part.planned, year), "done": of(part.done, year)}
        | {"to_do": of(part.to_do, year), "gone": of(part.gone, year)}
        for year in sorted({*part.planned, *part.done, *part.to_do})
    ]


def _again(again: PlannedAgain) -> dict[str, Any]:
    solution, question = again.solution, again.solution.question
    return {
        "aim": question.aim,
        "objective": cents(solution.best.objective),
        "bound": cents(solution.bound) if isfinite(solution.bound) else None,
        "proved": solution.proved,
        "gap": cents(abs(solution.best.objective - solution.bound)) if isfinite(solution.bound) else None,
        "schedule": schedule_by_year(question, solution.best.schedule),
        "frozen_rest": {
            "objective": cents(again.rest.objective),
            "schedule": schedule_by_year(question, again.rest.schedule),
            "breaks": list(again.rest.broken),
        },
        "gained": again.gained,
    }
