"""Days that the law counts: holding periods, and deadlines that fall on a weekend or a legal holiday."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Final

from xl_amt.errors import ArgumentError

FIRST_YEAR, LAST_YEAR = 1900, 2200  # what is counted from a day in them stays within the calendar

_ONE_DAY: Final = timedelta(days=1)
_MONDAY, _THURSDAY, _FRIDAY, _SATURDAY, _SUNDAY = 0, 3, 4, 5, 6


def today() -> date:
    """The day where this machine stands."""
    return datetime.now(UTC).astimezone().date()


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months later (earlier where negative), or that month's last day.

    >>> add_months(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def check_in_calendar(day: date, where: str) -> None:
    """ArgumentError for a day from which no periods can be counted, such as the 9999-12-31 that means never.

    >>> check_in_calendar(date(2024, 3, 1), "the grant")
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ArgumentError(f"{where}: {day} is not between {FIRST_YEAR} and {LAST_YEAR}; correct it, or leave it out.")


def first_day_after_years(day: date, years: int) -> date:
    """The first day on which more than so many years have passed since a day, which itself does not count.

    Rev. Rul. 66-7, 1966-1 C.B. 188: the day after the anniversary; but what begins on the last day of a month ends
    with the last day of a month, so the first day of the next one is the first after it.

    >>> first_day_after_years(date(2023, 2, 28), 1), first_day_after_years(date(2024, 2, 28), 1)
    (datetime.date(2024, 3, 1), datetime.date(2025, 3, 1))
    """
    next_day = day + _ONE_DAY
    if next_day.month != day.month:
        return next_day.replace(year=next_day.year + years)
    return day.replace(year=day.year + years) + _ONE_DAY


def first_long_term_day(acquired: date) -> date:
    """The first day of a long-term sale: the shares are then held for more than one year (IRC 1222(3)).

    >>> first_long_term_day(date(2024, 3, 15))
    datetime.date(2025, 3, 16)
    """
    return first_day_after_years(acquired, 1)


def first_qualifying_day(granted: date, exercised: date) -> date:
    """The first day of a qualifying sale of ISO shares (IRC 422(a)(1)).

    It lies after the two years from the grant and after the one year from the transfer of the shares, which is the
    exercise, vested or not (Treas. Reg. 1.421-1(g)).

    >>> first_qualifying_day(date(2023, 1, 10), date(2023, 6, 1))
    datetime.date(2025, 1, 11)
    """
    return max(first_day_after_years(granted, 2), first_day_after_years(exercised, 1))


def is_wash_sale_window(acquired: date, sold: date) -> bool:
    """Whether shares acquired on a day can make a sale at a loss a wash sale: 30 days before or after (IRC 1091(a)).

    >>> is_wash_sale_window(date(2027, 1, 5), date(2026, 12, 20))
    True
    """
    return abs((acquired - sold).days) <= 30


def deadline_83b(transferred: date) -> date:
    """The last day to file an election under IRC 83(b): 30 days after the transfer, moved as IRC 7503 says.

    The day of the transfer does not count (Treas. Reg. 1.83-2(b)). A letter postmarked on the last day is in time
    (IRC 7502).

    >>> deadline_83b(date(2024, 3, 1)), deadline_83b(date(2022, 3, 16))
    (datetime.date(2024, 4, 1), datetime.date(2022, 4, 18))
    """
    return next_business_day(thirtieth_day(transferred))


def thirtieth_day(transferred: date) -> date:
    """The 30th day after a transfer, before IRC 7503 moves it (IRC 83(b)(2))."""
    return transferred + timedelta(days=30)


def next_business_day(day: date) -> date:
    """The day itself, or the next one that is not a Saturday, Sunday or legal holiday (IRC 7503).

    >>> next_business_day(date(2022, 4, 15))
    datetime.date(2022, 4, 18)
    """
    while not is_business_day(day):
        day += _ONE_DAY
    return day


def last_business_day(day: date) -> date:
    """The day itself, or the last one before it that is not a Saturday, Sunday or legal holiday.

    >>> last_business_day(date(2027, 9, 6))  # Labor Day
    datetime.date(2027, 9, 3)
    """
    while not is_business_day(day):
        day -= _ONE_DAY
    return day


def last_weekday(day: date) -> date:
    """The day itself, or the Friday before a weekend: exchanges are open on some legal holidays.

    >>> last_weekday(date(2028, 12, 31))
    datetime.date(2028, 12, 29)
    """
    return day - timedelta(days=max(0, day.weekday() - _FRIDAY))


def is_business_day(day: date) -> bool:
    """Whether a day is not a Saturday, Sunday or legal holiday.

    >>> is_business_day(date(2026, 9, 27)), is_business_day(date(2026, 9, 25))
    (False, True)
    """
    return day.weekday() <= _FRIDAY and day not in legal_holidays(day.year)


@cache
def legal_holidays(year: int) -> frozenset[date]:
    """The days of a year on which the District of Columbia keeps a legal holiday (IRC 7503).

    One on a Saturday is kept on the Friday before, one on a Sunday on the Monday after; Inauguration Day is not moved
    from a Saturday (5 USC 6103; D.C. Code 28-2701). Emancipation Day counts from 2007 (D.C. Code 1-612.02(a)(11)),
    Juneteenth from 2021 (P.L. 117-17).

    >>> date(2021, 12, 31) in legal_holidays(2021)
    True
    """
    fixed = [date(year, 1, 1), date(year + 1, 1, 1), date(year, 7, 4), date(year, 11, 11), date(year, 12, 25)]
    if year >= 2007:
        fixed.append(date(year, 4, 16))  # Emancipation Day
    if year >= 2021:
        fixed.append(date(year, 6, 19))  # Juneteenth
    holidays = {_kept_on(day) for day in fixed} | {
        _first(_MONDAY, date(year, 1, 15)),  # birthday of Martin Luther King, Jr.: the third Monday
        _first(_MONDAY, date(year, 2, 15)),  # Washington's birthday: the third Monday
        _first(_MONDAY, date(year, 5, 25)),  # Memorial Day: the last Monday
        _first(_MONDAY, date(year, 9, 1)),  # Labor Day
        _first(_MONDAY, date(year, 10, 8)),  # Columbus or Indigenous Peoples' Day: the second Monday
        _first(_THURSDAY, date(year, 11, 22)),  # Thanksgiving Day: the fourth Thursday
    }
    inauguration = date(year, 1, 20)
    if year % 4 == 1:
        holidays.add(inauguration if inauguration.weekday() == _SATURDAY else _kept_on(inauguration))
    return frozenset(day for day in holidays if day.year == year)  # New Year's Day may be kept in the year before


def _kept_on(holiday: date) -> date:
    if holiday.weekday() == _SATURDAY:
        return holiday - _ONE_DAY
    return holiday + _ONE_DAY if holiday.weekday() == _SUNDAY else holiday


def _first(weekday: int, start: date) -> date:
    """The first such day of the week from a day on."""
    return start + timedelta(days=(weekday - start.weekday()) % 7)
