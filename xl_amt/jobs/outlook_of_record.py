"""The outlook's question from a client's record: the plan's question with its exit, and the schedule that it plans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from xl_amt.client import ClientRecord, Exercise, Plan
from xl_amt.equity.words import shares_of
from xl_amt.errors import ArgumentError
from xl_amt.jobs.plan_of_record import RecordQuestion, question_of_record
from xl_amt.planning.outlook.outcomes import Course

PLANNED: Final = "as planned"


class Planned(NamedTuple):
    """The schedule of the record's planned exercises, None where it has none, and what of them is not in it."""

    course: Course | None
    notes: tuple[str, ...]


def outlook_question(record: ClientRecord, today: date) -> RecordQuestion:
    """The question of most after tax, whatever the plan's aim; ArgumentError for a plan without an exit."""
    plan = record.plan or Plan()
    if plan.exit is None:
        raise ArgumentError(
            "[plan], exit: an outlook ends with the sale of the shares; enter its year and price, as in "
            "exit = { year = 2028, price = 30 }."
        )
    return question_of_record(replace(record, plan=replace(plan, aim="most after tax")), today)


def planned_course(record: ClientRecord, made: RecordQuestion) -> Planned:
    """The record's planned exercises as a schedule, as far as their shares are vested in the year and the plan."""
    question = made.question
    years = [year.year for year in question.exercise_years]
    rows = {grant.label: [0] * len(years) for grant in question.grants}
    vested = {grant.label: grant.vested for grant in question.grants}
    notes = []
    for holding, exercise in _planned(record):
        left = exercise.shares
        if exercise.day.year in years:
            place = years.index(exercise.day.year)
            for label in _parts(made, holding, exercise):
                shares = min(left, vested[label][place] - sum(rows[label][: place + 1]))
                rows[label][place] += shares
                left -= shares
        if left:
            notes.append(
                f"{shares_of(left)} of {exercise.grant} planned for {exercise.day} are left out: they are not vested "
                "by the end of that year, or that year is not before the exit."
            )
    schedule = tuple(tuple(rows[grant.label]) for grant in question.grants)
    course = Course(PLANNED, schedule) if any(map(any, schedule)) else None
    return Planned(course, tuple(notes))


def _planned(record: ClientRecord) -> list[tuple[int, Exercise]]:
    """Each planned exercise with the place of its holding, in order of their days."""
    steps = [
        (place, exercise)
        for place, holding in enumerate(record.holdings)
        for exercise in holding.exercises
        if exercise.status == "planned"
    ]
    return sorted(steps, key=lambda step: step[1].day)


def _parts(made: RecordQuestion, holding: int, exercise: Exercise) -> list[str]:
    """The plan's grants that an exercise takes, the ISO part first."""
    options: Mapping[str, str] = {
        label: own.option_type
        for label, own in made.options.items()
        if (own.holding, own.grant) == (holding, exercise.grant) and exercise.part in (None, own.option_type)
    }
    return sorted(options, key=options.__getitem__)
