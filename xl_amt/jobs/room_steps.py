"""The room in steps: what can be exercised this December and again in January, and what a late bonus does to each."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from xl_amt.errors import ArgumentError
from xl_amt.jobs.room_answer import answer_room
from xl_amt.reading.cells import not_negative


class RoomStep(NamedTuple):
    """One year's room that is left, in dollars, and its whole shares; the same with a bonus paid in that year."""

    year: int
    room: float
    shares: float | None  # none where no strike and no value are given
    room_with_bonus: float
    shares_with_bonus: float | None


def room_in_steps(
    income: float,
    status: str,
    year: int,
    facts: Mapping[str, float | str],
    *,
    bonus: float = 0.0,
    spread_exercised: float = 0.0,
    **of_shares: Any,
) -> tuple[RoomStep, RoomStep]:
    """The room of this year, by December 31, and of the next one, from January 1, under the law of each.

    The household is the same in both years; ``bonus``, in dollars of wages, is paid in the one or in the other. What is
    exercised this year has used this year's room alone. The other arguments are those of `answer_room`, which also says
    what AmtError is raised.

    >>> december, january = room_in_steps(150_000, "single", 2021, {}, bonus=30_000, strike=0.07, fmv_at_exercise=0.74)
    >>> december.shares, december.shares_with_bonus, january.year, january.shares
    (41016.0, 38731.0, 2022, 42832.0)
    """
    not_negative(bonus, "bonus")

    def step(of_year: int, used: float) -> RoomStep:
        plain, more = (
            answer_room(wages, status, of_year, facts, spread_exercised=used, **of_shares)
            for wages in (income, income + bonus)
        )
        return RoomStep(of_year, plain.room_left, plain.shares, more.room_left, more.shares)

    return step(year, spread_exercised), step(year + 1, 0.0)


def pay_of_the_year(paid: float, through: date, year: int) -> float:
    """Wages of a whole year whose pay until a day goes on at the same rate, in dollars; ArgumentError for another year.

    >>> pay_of_the_year(91_000, date(2026, 9, 30), 2026)
    121666.67
    """
    if through.year != year:
        raise ArgumentError(f"--paid-through: {through} is not in {year}, the year of the pay; correct one of them.")
    days = (through - date(year, 1, 1)).days + 1
    return round(paid * (366 if isleap(year) else 365) / days, 2)
