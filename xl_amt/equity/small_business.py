"""Qualified small business stock (IRC 1202): the days on which its holding periods end.

The exclusion itself is not figured: whether the company and the issue qualify, and the limits of IRC 1202(b), are not
facts of a portfolio.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from xl_amt.days import first_day_after_years
from xl_amt.law.small_business_stock import small_business_tiers


class HoldingDate(NamedTuple):
    """The first day of a sale of which a fraction of the gain may be excluded."""

    day: date
    fraction: float


def holding_dates(acquired: date) -> tuple[HoldingDate, ...]:
    """When shares acquired on a day have been held for the years of IRC 1202(a), counted to the safe day.

    Shares count as acquired when the option is exercised. Until July 4, 2025 they must be held for more than five
    years; later ones for three, four or five (1202(a)(5)).

    >>> [(item.day.isoformat(), item.fraction) for item in holding_dates(date(2026, 3, 1))]
    [('2029-03-02', 0.5), ('2030-03-02', 0.75), ('2031-03-02', 1.0)]
    """
    return tuple(
        HoldingDate(first_day_after_years(acquired, years), fraction)
        for years, fraction in small_business_tiers(acquired)
    )
