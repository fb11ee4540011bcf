"""What an advisor would name beside the best way to leave, each a schedule of a plan question, priced by the forms."""

from __future__ import annotations

from typing import Final

from xl_amt.law import federal_law
from xl_amt.planning.plan.amounts import MEDICARE
from xl_amt.planning.plan.pricing import Pricer
from xl_amt.planning.plan.question import PlanQuestion, Schedule
from xl_amt.planning.plan.strategies import Strategy, nothing, room_ladder

BEFORE_LEAVING: Final = "all before leaving"
WITHOUT_AMT: Final = "at $0 AMT each year"
REST_AT_THE_END: Final = "at $0 AMT, the rest at the end"
AT_THE_END: Final = "all at the window's end"
LAPSE: Final = "let all lapse"


def ways_beside(question: PlanQuestion, pricer: Pricer, last_year_of_work: int) -> list[Strategy]:
    """All options above water in the last year of work; at $0 AMT, without and with the rest; at the end; and none."""
    schedules = {
        BEFORE_LEAVING: in_the_year(question, last_year_of_work),
        WITHOUT_AMT: room_ladder(question),
        REST_AT_THE_END: at_the_end(question, room_ladder(question)),
        AT_THE_END: at_the_end(question),
        LAPSE: nothing(question),
    }
    return [Strategy(name, pricer.price(schedule)) for name, schedule in schedules.items()]


def in_the_year(question: PlanQuestion, year: int) -> Schedule:
    """All that is above water exercised in a year, or in the first of the plan after it; as ISOs as long as they are.

    What cannot be exercised in that year is left.
    """
    place = max(year - question.years[0].year, 0)
    rows = [[0] * len(question.exercise_years) for _ in question.grants]
    for same in question.same_options:
        alive = [own for own in same if _can_be_exercised(question, own, place)]
        if alive:
            rows[alive[0]][place] = question.grants[alive[0]].vested[place]
    return tuple(map(tuple, rows))


def at_the_end(question: PlanQuestion, before: Schedule | None = None) -> Schedule:
    """All that is above water, and not exercised before, in its last year.

    It is as NSOs where the window outlasts the law's three months.
    """
    rows = [list(row) for row in before or nothing(question)]
    for same in question.same_options:
        place = question.last_place(question.grants[same[-1]])
        if place >= 0 and _can_be_exercised(question, same[-1], place):
            rows[same[-1]][place] += question.grants[same[-1]].vested[place] - sum(sum(rows[own]) for own in same)
    return tuple(map(tuple, rows))


def medicare_tax_withheld(pricer: Pricer, schedule: Schedule) -> float:
    """The employee's Medicare tax on the spread of a schedule's NSOs, in dollars (IRC 3101(b)(1)).

    It is withheld, is on no income tax return, and in no figure of a plan.
    """
    withheld = 0.0
    for year, amounts in zip(pricer.question.years, pricer.amounts, strict=True):
        law = federal_law(year.year, year.household.status, year.household.law_book)
        withheld += law.medicare_tax_rate * amounts.fact(MEDICARE).at(schedule)
    return withheld


def _can_be_exercised(question: PlanQuestion, number: int, place: int) -> bool:
    """Whether options are alive, vested and above water in a year."""
    grant = question.grants[number]
    return place <= question.last_place(grant) and grant.vested[place] > 0 and question.spread_of(grant, place) > 0.0
