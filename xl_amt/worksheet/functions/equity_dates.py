"""Days that decide how a sale is taxed, and until when an election may be filed."""

from __future__ import annotations

from datetime import date
from functools import partial

from xl_amt import days
from xl_amt.worksheet.functions.sales import GRANT_BEFORE_EXERCISE
from xl_amt.worksheet.registry import worksheet

_of_dates = partial(worksheet, category="Dates", answer="date", result="date", takes_columns=False)


@_of_dates("AMT_LONG_TERM_DATE(exercise_date)", example=("2023-02-28",), gives=45_352)
def amt_long_term_date(exercise_date: date) -> date:
    """First day on which a sale of the shares is long-term: more than one year after the exercise (IRC 1222(3)).

    The exercise date does not count, and shares acquired on the last day of a month become long-term on the first day
    of a month (Rev. Rul. 66-7). Shares that were not vested at exercise may count from a later day in a
    disqualifying sale.
    """
    return days.first_long_term_day(exercise_date)


@_of_dates(
    "AMT_QUALIFYING_DATE(grant_date, exercise_date)",
    example=("2023-01-10", "2024-06-01"),
    gives=45_810,
    refusals=(GRANT_BEFORE_EXERCISE,),
)
def amt_qualifying_date(grant_date: date, exercise_date: date) -> date:
    """First day of a qualifying sale of ISO shares: two years after the grant and one year after the exercise.

    A sale on an earlier day is disqualifying (IRC 422(a)(1)). The years are counted as in AMT_LONG_TERM_DATE, from the
    exercise even if the shares vested later.
    """
    return days.first_qualifying_day(grant_date, exercise_date)


@_of_dates("AMT_83B_DEADLINE(transfer_date)", example=("2022-03-16",), gives=44_669)
def amt_83b_deadline(transfer_date: date) -> date:
    """Last day to file an election under IRC 83(b): the 30th day after the transfer of the shares.

    On Form 15620, by mail or online in an IRS account, or by a letter with the same contents. A deadline on a Saturday,
    a Sunday or a legal holiday in the District of Columbia moves to the next business day (IRC 7503). It cannot be
    extended; a postmark of that day is timely (IRC 7502).
    """
    return days.deadline_83b(transfer_date)
