"""How long options may be exercised after employment has ended: by the plan, and as ISOs by the law.

The plan's window is what its papers say, often 90 days. The law's is three months, one year for the disabled, and has
no end after death (IRC 422(a)(2), (c)(6), 421(c)(1)(A)); an ISO exercised later, where the plan allows it, is taxed
as an NSO. Neither is the other: 90 days are not three months.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from xl_amt.days import add_months
from xl_amt.equity.grants import Grant
from xl_amt.equity.portfolio import Termination
from xl_amt.errors import ArgumentError
from xl_amt.law.incentive_stock_options import incentive_stock_option_law

_LONGEST: Final = {"day": 36_500, "month": 1_200, "year": 100}  # a longer window is a mistake
_WINDOW: Final = re.compile(r"(?P<number>[0-9]{1,5})[ -]?(?P<unit>day|month|year)s?")


def last_day_as_iso(termination: Termination) -> date | None:
    """The last day on which an ISO may be exercised as one; None where the law sets no end.

    The exercise may be three months after the last day of work, the same day of the month (IRC 422(a)(2)).

    >>> last_day_as_iso(Termination(date(2026, 11, 30)))
    datetime.date(2027, 2, 28)
    """
    law = incentive_stock_option_law()
    if termination.reason == "death":
        return None
    disabled = termination.reason == "disability"
    return add_months(termination.day, law.months_after_disability if disabled else law.months_after_employment)


def last_day_by_plan(grant: Grant, termination: Termination) -> date | None:
    """The last day of the plan's window, never after the options end; None where neither is known.

    >>> grant = Grant("ES-1", "ISO", date(2024, 1, 15), 1.0, 1_000, exercise_window="90 days")
    >>> last_day_by_plan(grant, Termination(date(2026, 11, 30)))
    datetime.date(2027, 2, 28)
    """
    text = " ".join(grant.exercise_window.lower().split())
    if not text:
        return grant.last_day
    found = _WINDOW.fullmatch(text)
    if not found or int(found["number"]) > _LONGEST[found["unit"]]:
        raise ArgumentError(
            f"{grant.label}: '{text[:60]}' is not understood as the plan's window after employment ends; write one "
            "such as '90 days', '3 months' or '10 years'."
        )
    number = int(found["number"])
    if found["unit"] == "day":
        last = termination.day + timedelta(days=number)
    else:
        last = add_months(termination.day, number * (12 if found["unit"] == "year" else 1))
    return min(last, grant.last_day or last)
