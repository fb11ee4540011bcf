"""The steps of a portfolio in the order in which they happen, and which of them cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from xl_amt.equity.grants import Grant
from xl_amt.equity.portfolio import (
    Acceleration,
    Cancellation,
    Exercise,
    Portfolio,
    Repurchase,
    Sale,
    Split,
    Step,
    Termination,
)
from xl_amt.equity.termination import last_day_by_plan
from xl_amt.errors import ArgumentError, NotHeldError


class ExercisedBefore(NamedTuple):
    """By this day at the latest, what a grant's ``exercised_before`` counts has been exercised."""

    grant: str
    day: date


_IN_ORDER: Final = (  # of what happens on one day
    Split,
    Acceleration,
    ExercisedBefore,
    Exercise,
    Sale,
    Termination,
    Repurchase,
    Cancellation,
)


def steps_until(portfolio: Portfolio, through: date) -> list[Step | ExercisedBefore]:
    """The steps up to a day, in order; NotHeldError for one that is no longer the client's."""
    steps = sorted(
        (step for step in (*portfolio.steps, *_exercised_before(portfolio)) if step.day <= through),
        key=lambda step: (step.day, _IN_ORDER.index(type(step))),
    )
    for step in steps:
        _refuse_after_death(step, portfolio.died)
    return steps


def _exercised_before(portfolio: Portfolio) -> Iterator[ExercisedBefore]:
    """When shares exercised on unknown days are gone: by the export's day, and before what would cancel them.

    Exercises on known days before it take the oldest shares first; without a day of an export they come after.
    """
    ended = [portfolio.termination.day] if portfolio.termination else []
    for grant in portfolio.grants:
        if grant.exercised_before:
            canceled = [step.day for step in portfolio.cancellations if step.grant == grant.label]
            yield ExercisedBefore(grant.label, min([portfolio.as_of or date.min, *ended, *canceled]))


def _refuse_after_death(step: Step | ExercisedBefore, died: date | None) -> None:
    """What an estate does is not a fact of the client's return (IRC 421(c), 691, 1014)."""
    if died and step.day > died and isinstance(step, Exercise | Sale | Repurchase):
        raise NotHeldError(
            f"the {type(step).__name__.lower()} of {step.day} is after the client's death on {died}: it belongs to the "
            "estate's return, which is not figured; leave it out."
        )


def check_exercise(exercise: Exercise, grant: Grant, termination: Termination | None) -> None:
    """Raise ArgumentError for an exercise that its grant does not allow on its day."""
    day, where = exercise.day, f"{grant.label}: the exercise of {exercise.day}"
    if grant.option_type == "RSU":
        raise ArgumentError(f"{where} is of restricted stock units, which become shares when they vest; leave it out.")
    if not isinstance(exercise.shares, int) or exercise.shares <= 0:
        raise ArgumentError(f"{where} is for {exercise.shares:g} shares; enter whole shares, at least one.")
    if day < grant.granted_on:
        raise ArgumentError(f"{where} is before the grant of {grant.granted_on}; correct a date.")
    if grant.last_day and day > grant.last_day:
        raise ArgumentError(f"{where} is after the options expire on {grant.last_day}; exercise them earlier.")
    if termination and day > termination.day:
        last_day = last_day_by_plan(grant, termination)
        if last_day and day > last_day:
            raise ArgumentError(
                f"{where} is after {last_day}, the plan's last day for options after employment ended on "
                f"{termination.day}; exercise them earlier."
            )
