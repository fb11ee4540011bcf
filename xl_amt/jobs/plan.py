"""A plan from end to end: the question from a file or a record, the answer, and the schedule into the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from xl_amt.client import ClientRecord, Exercise
from xl_amt.errors import AmtError, ArgumentError
from xl_amt.jobs.backups import changed_meanwhile
from xl_amt.jobs.frozen_plan import with_frozen_plan
from xl_amt.jobs.law_notes import years_not_enacted
from xl_amt.jobs.log import logged
from xl_amt.jobs.plan_grants import OptionsOf
from xl_amt.jobs.plan_of_record import RecordQuestion, question_of_record
from xl_amt.jobs.plan_question import read_question_file
from xl_amt.jobs.records import is_client_file, open_record
from xl_amt.jobs.rewrite_client import rewrite_client
from xl_amt.jobs.years_report import report_years
from xl_amt.planning.plan.amounts import amounts_of
from xl_amt.planning.plan.answer import answer_of
from xl_amt.planning.plan.pricing import Pricer
from xl_amt.planning.plan.question import PlanQuestion
from xl_amt.planning.plan.solving import Solution, solve
from xl_amt.planning.plan.stages import Progress
from xl_amt.planning.plan.why import reasons

if TYPE_CHECKING:
    from xl_amt.workbook.found import LeavingFound, OutlookFound


class PlanReport(NamedTuple):
    """The answer of a plan: figures as the JSON document has them, why it is so, and what to look at."""

    name: str
    solution: Solution
    answer: dict[str, Any]
    why: tuple[str, ...]
    notes: tuple[str, ...]
    found_on: date
    of_record: RecordQuestion | None = None
    frozen_before: date | None = None  # the day of the plan that the record has as the frozen one


def plan_of_file(path: Path, today: date, seconds: float, progress: Progress) -> PlanReport:
    """The answer to a question in JSON form, or to the one that a client's record makes; AmtError for none."""
    if is_client_file(path):
        record = open_record(path)
        asked = question_of_record(record, today)
        report = _report(record.client.name or path.name, asked.question, today, seconds, progress)
        notes = (*_of_one_year(asked.question), *asked.notes, *report.notes)
        before = record.plan.frozen if record.plan else None
        return report._replace(notes=notes, of_record=asked, frozen_before=before.day if before else None)
    return _report(path.name, read_question_file(path), today, seconds, progress)


def _of_one_year(question: PlanQuestion) -> Iterator[str]:
    """That nothing is spread where a record has a single year and everything has to be exercised in it."""
    years = [year.year for year in question.exercise_years]
    if len(years) == 1 and question.aim == "least tax":
        yield (
            f"The record has no year after {years[0]}, so all is exercised in it; to spread the shares, add the next "
            "years: a [[year]] each, or a column each on the sheet Client."
        )


def _report(name: str, question: Any, today: date, seconds: float, progress: Progress) -> PlanReport:
    solution = solve(question, seconds, progress)
    pricer = Pricer(question, amounts_of(question))
    return PlanReport(
        name=name,
        solution=solution,
        answer=answer_of(solution),
        why=tuple(reasons(question, pricer, solution.best)),
        notes=tuple(years_not_enacted(year.household for year in question.all_years)),
        found_on=today,
    )


def write_plan(path: Path, report: PlanReport, *, schedule: bool = True, freeze: bool = False) -> Path:
    """Put the schedule into the client's planned exercises, in place of those before; gives the backup's path.

    ``freeze`` keeps the plan as the frozen one, too, or alone without the ``schedule``. What the file held stays beside
    it under a name that was free. FileError where the file asks another question by now than the one that was answered.
    """
    assert report.of_record is not None
    record = after = open_record(path)
    check_question(path, report.of_record.question, question_of_record(record, report.found_on).question)
    answer, found_on = report.answer, report.found_on
    detail = f"{answer['aim'].capitalize()}: {answer['objective']:,.2f}."
    if schedule:
        after = with_schedule(after, report.of_record, report.solution)
        after = logged(after, found_on, "planned", "planned exercises", detail, before=record)
    if freeze:
        after = with_frozen_plan(after, report.of_record, report.solution, found_on)
        after = logged(after, found_on, "frozen", "plan", detail, before=None if schedule else record)
    check_figured(record, after)
    return replace_client(path, record, after, answer | {"found_on": found_on})


def check_figured(before: ClientRecord, after: ClientRecord) -> None:
    """AmtError where a schedule does not go with what else is planned, such as a sale of shares that it brings later.

    A record whose years could not be figured before either is not asked.
    """
    try:
        report_years(after)
    except AmtError as error:
        try:
            report_years(before)
        except AmtError:
            return
        raise ArgumentError(
            f"the schedule does not go with what else is planned: {error} Change that first; nothing was written."
        ) from None


def check_question(path: Path, answered: PlanQuestion, asked: PlanQuestion) -> None:
    """FileError where the question that a file asks is not the one that was answered, since it was changed."""
    if asked != answered:
        raise changed_meanwhile(path)


def replace_client(
    path: Path,
    before: ClientRecord,
    after: ClientRecord,
    found: dict[str, Any] | None = None,
    *,
    leaving: LeavingFound | None = None,
    outlook: OutlookFound | None = None,
) -> Path:
    """Bring a client's file from one record to another; the previous one stays next to it, by the path returned.

    ``found`` is the planner's answer, for the sheet Plan of a workbook; ``leaving`` and ``outlook`` are for the sheets
    of these names.
    """
    backup = next(
        place
        for number in count(1)
        if not (place := path.with_name(f"{path.name}.bak{'' if number == 1 else number}")).exists()
    )
    rewrite_client(path, before, after, backup=backup, plan=found, leaving=leaving, outlook=outlook)
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
