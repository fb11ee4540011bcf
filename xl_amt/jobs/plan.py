"""A plan from end to end: the question from a file or a record, the answer, and the schedule into the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from xl_amt.client import ClientRecord, Exercise
from xl_amt.client.toml_file import is_record, read_record, write_record
from xl_amt.files import written_whole
from xl_amt.jobs.law_notes import years_not_enacted
from xl_amt.jobs.plan_grants import OptionsOf
from xl_amt.jobs.plan_of_record import RecordQuestion, question_of_record
from xl_amt.jobs.plan_question import read_question_file
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
    of_record: RecordQuestion | None = None


def plan_of_file(path: Path, today: date, seconds: float, progress: Progress) -> PlanReport:
    """The answer to a question in JSON form, or to the one that a client's record makes; AmtError for none."""
    if is_record(path):
        record = read_record(path)
        asked = question_of_record(record, today)
        return _report(record.client.name or path.name, asked.question, asked, seconds, progress)
    return _report(path.name, read_question_file(path), None, seconds, progress)


def _report(
    name: str, question: Any, of_record: RecordQuestion | None, seconds: float, progress: Progress
) -> PlanReport:
    solution = solve(question, seconds, progress)
    pricer = Pricer(question, amounts_of(question))
    notes = [*(of_record.notes if of_record else ()), *years_not_enacted(year.household for year in question.all_years)]
    return PlanReport(
        name=name,
        solution=solution,
        answer=answer_of(solution),
        why=tuple(reasons(question, pricer, solution.best)),
        notes=tuple(notes),
        of_record=of_record,
    )


def write_plan(path: Path, report: PlanReport) -> Path:
    """Put the schedule into the record's planned exercises, in place of those that it had; gives the backup's path.

    What the record held stays beside it under a name that was free.
    """
    assert report.of_record is not None
    return replace_record(path, with_schedule(read_record(path), report.of_record, report.solution))


def replace_record(path: Path, record: ClientRecord) -> Path:
    """Write a record in place of the one there, which stays beside it under a name that was free; gives its path."""
    before = path.read_bytes()
    backup = next(
        place
        for number in count(1)
        if not (place := path.with_name(f"{path.name}.bak{'' if number == 1 else number}")).exists()
    )
    with written_whole(backup, replace_existing=False) as temporary:
        temporary.write_bytes(before)
    write_record(record, path, replace_existing=True)
    return backup


def with_schedule(record: ClientRecord, of_record: RecordQuestion, solution: Solution) -> ClientRecord:
    """The record with the schedule as the planned exercises of the holdings that the question asks about."""
    question = solution.question
    asked = {options.holding for options in of_record.options.values()}
    planned: dict[int, list[Exercise]] = {}
    for grant, row in zip(question.grants, solution.best.schedule, strict=True):
        options = of_record.options[grant.label]
        for year, shares in zip(question.exercise_years, row, strict=True):
            if shares:
                step = _exercise(options, year.year, shares, year.values[grant.company])
                planned.setdefault(options.holding, []).append(step)
    holdings = tuple(
        replace(
            holding,
            exercises=(
                *(one for one in holding.exercises if one.status == "done" or place not in asked),
                *sorted(planned.get(place, []), key=lambda one: one.day),
            ),
        )
        for place, holding in enumerate(record.holdings)
    )
    return replace(record, holdings=holdings)


def _exercise(options: OptionsOf, year: int, shares: int, value: float) -> Exercise:
    """A planned exercise, on the last day of its year on which it can be made."""
    day = min(date(year, 12, 31), options.last_day or date.max)
    part = None if options.first_day else options.option_type  # the day says that it is an ISO no longer
    return Exercise(grant=options.grant, day=day, shares=shares, value=value, part=part, status="planned")
