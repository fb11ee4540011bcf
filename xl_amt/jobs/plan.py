"""A plan from end to end: the question from a file or a record, the answer, and the schedule into the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from xl_amt.client import ClientRecord, Exercise
from xl_amt.jobs.plan_of_record import OptionsOf, RecordQuestion, question_of_record
from xl_amt.jobs.plan_question import read_question_file
from xl_amt.jobs.records import is_client_file, open_record
from xl_amt.jobs.rewrite_client import rewrite_client
from xl_amt.law import law_book
from xl_amt.planning.plan.amounts import amounts_of
from xl_amt.planning.plan.answer import answer_of
from xl_amt.planning.plan.pricing import Pricer
from xl_amt.planning.plan.solving import Solution, solve
from xl_amt.planning.plan.stages import Progress
from xl_amt.planning.plan.why import reasons


class PlanReport(NamedTuple):
    """The answer of a plan: figures as the JSON document has them, why it is so, and what to look at."""

    name: str
    solution: Solution
    answer: dict[str, Any]
    why: tuple[str, ...]
    notes: tuple[str, ...]
    found_on: date
    of_record: RecordQuestion | None = None


def plan_of_file(path: Path, today: date, seconds: float, progress: Progress) -> PlanReport:
    """The answer to a question in JSON form, or to the one that a client's record makes; AmtError for none."""
    if is_client_file(path):
        record = open_record(path)
        asked = question_of_record(record, today)
        report = _report(record.client.name or path.name, asked.question, today, seconds, progress)
        notes = (*asked.notes, *report.notes)
        return report._replace(notes=notes, of_record=asked)
    return _report(path.name, read_question_file(path), today, seconds, progress)


def _report(name: str, question: Any, today: date, seconds: float, progress: Progress) -> PlanReport:
    solution = solve(question, seconds, progress)
    pricer = Pricer(question, amounts_of(question))
    return PlanReport(
        name=name,
        solution=solution,
        answer=answer_of(solution),
        why=tuple(reasons(question, pricer, solution.best)),
        notes=tuple(_of_the_law(solution)),
        found_on=today,
    )


def _of_the_law(solution: Solution) -> list[str]:
    """A sentence on the years whose federal law is not enacted."""
    sentences: dict[str, list[str]] = {}
    for year in solution.question.all_years:
        basis = law_book(year.household.law_book).basis(year.year)
        if basis is not None:
            sentences.setdefault(basis.standing, []).append(str(year.year))
    return [f"The law of {', '.join(of_years)} is {standing}." for standing, of_years in sentences.items()]


def write_plan(path: Path, report: PlanReport) -> Path:
    """Put the schedule into the client's planned exercises, in place of those before; gives the backup's path.

    What the file held stays beside it under a name that was free.
    """
    assert report.of_record is not None
    record = open_record(path)
    backup = next(
        place
        for number in count(1)
        if not (place := path.with_name(f"{path.name}.bak{'' if number == 1 else number}")).exists()
    )
    found = report.answer | {"found_on": report.found_on}
    rewrite_client(path, record, _with_schedule(record, report), backup=backup, plan=found)
    return backup


def _with_schedule(record: ClientRecord, report: PlanReport) -> ClientRecord:
    of_record, question = report.of_record, report.solution.question
    assert of_record is not None
    planned: dict[int, list[Exercise]] = {}
    for grant, row in zip(question.grants, report.solution.best.schedule, strict=True):
        options = of_record.options[grant.label]
        for year, shares in zip(question.exercise_years, row, strict=True):
            if shares:
                step = _exercise(options, year.year, shares, year.values[grant.company])
                planned.setdefault(options.holding, []).append(step)
    holdings = tuple(
        replace(
            holding,
            exercises=(
                *(one for one in holding.exercises if one.status == "done"),
                *sorted(planned.get(place, []), key=lambda one: one.day),
            ),
        )
        for place, holding in enumerate(record.holdings)
    )
    return replace(record, holdings=holdings)


def _exercise(options: OptionsOf, year: int, shares: int, value: float) -> Exercise:
    """A planned exercise, on the last day of its year on which it can be made."""
    day = min(date(year, 12, 31), options.last_day or date.max)
    return Exercise(
        grant=options.grant, day=day, shares=shares, value=value, part=options.option_type, status="planned"
    )
