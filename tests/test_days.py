"""Holding periods and deadlines: the revenue ruling's rule, and due dates as the IRS published them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.tseries.holiday import USFederalHolidayCalendar

from xl_amt.days import (
    add_months,
    deadline_83b,
    first_day_after_years,
    first_long_term_day,
    first_qualifying_day,
    legal_holidays,
    next_business_day,
)

DAYS = st.dates(date(1970, 1, 1), date(2099, 12, 31))

# Form 1040 was due on these days. The IRS itself put off the returns of 2019 and 2020, which IRC 7503 does not know.
RETURNS_DUE = [
    "2007-04-17", "2008-04-15", "2009-04-15", "2010-04-15", "2011-04-18", "2012-04-17", "2013-04-15", "2014-04-15",
    "2015-04-15", "2016-04-18", "2017-04-18", "2018-04-17", "2019-04-15", "2022-04-18", "2023-04-18", "2024-04-15",
    "2025-04-15", "2026-04-15",
]  # fmt: skip

# Form 1040-ES: the payments of June 15, 15 September, and January 15 after the year.
ESTIMATED_TAX_DUE = [
    "2017-01-17", "2017-06-15", "2017-09-15", "2018-01-16", "2018-06-15", "2018-09-17", "2019-01-15", "2019-06-17",
    "2019-09-16", "2020-01-15", "2020-09-15", "2021-01-15", "2021-06-15", "2021-09-15", "2022-01-18", "2022-06-15",
    "2022-09-15", "2023-01-17", "2023-06-15", "2023-09-15", "2024-01-16", "2024-06-17", "2024-09-16", "2025-01-15",
    "2025-06-16", "2025-09-15", "2026-01-15",
]  # fmt: skip


@pytest.mark.parametrize("due", [*RETURNS_DUE, *ESTIMATED_TAX_DUE])
def test_published_due_dates(due):
    """The 15th, moved past weekends and holidays, is the day that the IRS published."""
    published = date.fromisoformat(due)
    assert next_business_day(published.replace(day=15)) == published


@pytest.mark.parametrize("year", range(1990, 2060))
def test_federal_holidays_are_those_of_pandas(year):
    """Beside Emancipation Day and Inauguration Day, the legal holidays are the federal ones."""
    federal = {day.date() for day in USFederalHolidayCalendar().holidays(f"{year}-01-01", f"{year}-12-31")}
    ours = legal_holidays(year)
    emancipation_day = {date(year, 4, day) for day in (15, 16, 17)}
    inauguration_day = {date(year, 1, day) for day in (20, 21) if year % 4 == 1}
    assert len(ours & emancipation_day) == (year >= 2007)
    assert ours - emancipation_day - inauguration_day == federal - inauguration_day


@pytest.mark.parametrize(
    ("inauguration", "kept"),
    [("2025-01-20", "2025-01-20"), ("2013-01-20", "2013-01-21"), ("2029-01-20", "2029-01-20")],
)
def test_inauguration_day(inauguration, kept):
    """It is a holiday every fourth year, moved from a Sunday, but not from a Saturday."""
    day = date.fromisoformat(inauguration)
    assert legal_holidays(day.year) & {day + timedelta(days=late) for late in (-1, 0, 1)} == {date.fromisoformat(kept)}


@given(DAYS)
def test_a_business_day_is_the_next_one(day):
    """No weekend and no holiday, and nothing but these lies before it."""
    moved = next_business_day(day)
    assert moved.weekday() < 5
    assert moved not in legal_holidays(moved.year)
    for days in range((moved - day).days):
        passed = day + timedelta(days=days)
        assert passed.weekday() >= 5 or passed in legal_holidays(passed.year)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-03-31", -1, "2024-02-29"),
        ("2024-11-15", 2, "2025-01-15"),
        ("2024-12-01", 0, "2024-12-01"),
        ("2024-01-31", -13, "2022-12-31"),
    ],
)
def test_months_end_with_the_month(day, months, later):
    """The day of the month stays, or is the last one where the month is too short."""
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(later)


@pytest.mark.parametrize(
    ("acquired", "first"),
    [
        ("2024-03-15", "2025-03-16"),
        ("2023-02-27", "2024-02-28"),
        ("2023-02-28", "2024-03-01"),  # the last day of February, though the next one has another
        ("2024-02-28", "2025-03-01"),
        ("2024-02-29", "2025-03-01"),
        ("2024-04-30", "2025-05-01"),
        ("2024-12-31", "2026-01-01"),
    ],
)
def test_first_long_term_day(acquired, first):
    """More than a year, where what begins on a month's last day ends on one (Rev. Rul. 66-7)."""
    assert first_long_term_day(date.fromisoformat(acquired)) == date.fromisoformat(first)


@given(DAYS, st.integers(1, 10))
def test_a_later_day_never_ends_earlier(day, years):
    """Each day later begins a period that ends as late or later, and none is shorter than its years."""
    first = first_day_after_years(day, years)
    assert first <= first_day_after_years(day + timedelta(days=1), years)
    assert first > add_months(day, 12 * years)


@pytest.mark.parametrize(
    ("granted", "exercised", "first"),
    [
        ("2023-01-10", "2023-06-01", "2025-01-11"),  # two years from the grant
        ("2023-01-10", "2024-06-01", "2025-06-02"),  # one year from the exercise
        ("2022-02-28", "2022-03-01", "2024-03-01"),
        ("2024-02-29", "2024-02-29", "2026-03-01"),
        ("2023-01-10", "2024-01-10", "2025-01-11"),  # both
    ],
)
def test_first_qualifying_day(granted, exercised, first):
    """A qualifying sale comes after both periods (IRC 422(a)(1))."""
    assert first_qualifying_day(date.fromisoformat(granted), date.fromisoformat(exercised)) == date.fromisoformat(first)


@pytest.mark.parametrize(
    ("transferred", "deadline"),
    [
        ("2026-03-03", "2026-04-02"),
        ("2024-03-01", "2024-04-01"),  # the 30th day is a Sunday
        ("2022-03-16", "2022-04-18"),  # Emancipation Day, kept on a Friday
        ("2021-12-01", "2022-01-03"),  # New Year's Day, kept on the Friday before it
        ("2024-12-21", "2025-01-21"),  # the birthday of Martin Luther King, Jr., and Inauguration Day
        ("2024-12-20", "2025-01-21"),
        ("2024-05-20", "2024-06-20"),  # Juneteenth
    ],
)
def test_deadline_of_an_election(transferred, deadline):
    """The 30th day after the transfer, or the next business day."""
    assert deadline_83b(date.fromisoformat(transferred)) == date.fromisoformat(deadline)
