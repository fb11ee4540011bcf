"""What each strategy leaves after tax along paths of the value, priced by the forms like any plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from xl_amt.arithmetic.lines import of_one, smaller_of
from xl_amt.planning.outlook.paths import Values
from xl_amt.planning.plan.amounts import amounts_of
from xl_amt.planning.plan.pricing import Priced, Pricer
from xl_amt.planning.plan.question import PlanQuestion, Schedule
from xl_amt.planning.plan.strategies import SAME_YEAR_ESCAPE, same_year_escape


class Course(NamedTuple):
    """A strategy as decided today: its schedule, whatever the value then does."""

    name: str
    schedule: Schedule

    @property
    def is_escape(self) -> bool:
        """Whether this year's shares are sold by December, which no schedule says."""
        return self.name == SAME_YEAR_ESCAPE


def outcomes(question: PlanQuestion, courses: Sequence[Course], values: Values) -> Mapping[str, Priced]:
    """What each course comes to along the values, by its name; every figure may be an array over the paths."""
    asked = along(question, values)
    pricer = Pricer(asked, amounts_of(asked))
    return {
        course.name: same_year_escape(asked, pricer).priced
        if course.is_escape
        else pricer.price(carried_out(question, course.schedule, values))
        for course in courses
    }


def amt_without_options(question: PlanQuestion) -> float:
    """The AMT of all years that the household owes without any options, in dollars."""
    pricer = Pricer(question, amounts_of(question))
    return of_one(sum(levied.alternative_minimum_tax for own in pricer.without for levied in own.values()))


def along(question: PlanQuestion, values: Values) -> PlanQuestion:
    """The question with other values of a share, and without limits, which hold for the plan's own values."""
    assert question.exit is not None
    own = [*values.by_place, None]
    years = tuple(
        replace(year, values={} if value is None else dict.fromkeys(year.values, value), cash=None, most_amt=None)
        for year, value in zip(question.years, own, strict=True)
    )
    return replace(
        question, years=years, exit=replace(question.exit, prices=dict.fromkeys(question.exit.prices, values.price))
    )


def carried_out(question: PlanQuestion, schedule: Schedule, values: Values) -> Any:
    """The shares exercised along the values: all of the schedule's but those that have come under water.

    Nobody pays a strike above the value. Shares that the plan exercises under water on its own values, for the long
    term to begin, are left out where the value is lower still.
    """
    rows = []
    for grant, row in zip(question.grants, schedule, strict=True):
        shares: list[Any] = []
        for planned, year, value in zip(row, question.exercise_years, values.by_place, strict=True):
            least = smaller_of(float(grant.strike), float(year.values[grant.company]))
            shares.append(planned * (value >= least) if planned else 0)
        rows.append(tuple(shares))
    return tuple(rows)
