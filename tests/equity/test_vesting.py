"""Schedules as exports write them: the spellings that are understood, those that are refused, and what vests when."""

from datetime import date
from fractions import Fraction

import pytest

from xl_amt.equity.grants import Grant, VestingEvent
from xl_amt.equity.vesting import read_schedule, schedule_events, vested_shares, vesting_of
from xl_amt.errors import ArgumentError

FOUR_YEARS_MONTHLY = (12, Fraction(1, 4), 48, 37)  # first step: months and part; last step: months; number of steps
SPELLINGS = {
    "1/48 monthly, 1 year cliff": FOUR_YEARS_MONTHLY,
    "1/48 monthly, 1-year cliff": FOUR_YEARS_MONTHLY,
    "1/48 monthly, 1yr cliff": FOUR_YEARS_MONTHLY,
    "1/48 monthly 1yr cliff": FOUR_YEARS_MONTHLY,
    "1/48 monthly, 12-month cliff": FOUR_YEARS_MONTHLY,
    "1/48 monthly, one-year cliff": FOUR_YEARS_MONTHLY,
    "1/48 monthly with a 1 year cliff": FOUR_YEARS_MONTHLY,
    "1/48 monthly, 25% vest at 12 month cliff": FOUR_YEARS_MONTHLY,
    "12-month cliff, 1/48 monthly": FOUR_YEARS_MONTHLY,
    "1 year cliff, then 1/48 monthly": FOUR_YEARS_MONTHLY,
    "1/4 after 1 year, then 1/48 monthly": FOUR_YEARS_MONTHLY,
    "25% after 1 year, then 1/48 monthly": FOUR_YEARS_MONTHLY,
    "25% after 1 year, then 1/36 monthly": FOUR_YEARS_MONTHLY,  # of the rest: the pace of the cliff
    "25% after one year, then 1/36 of the remainder monthly": FOUR_YEARS_MONTHLY,
    "25% of the shares after 1 year, then 1/48 of the shares monthly thereafter": FOUR_YEARS_MONTHLY,
    "25% after 1 year, then monthly for 36 months": FOUR_YEARS_MONTHLY,
    "Four Year Monthly With 1 Year Cliff": FOUR_YEARS_MONTHLY,
    "monthly over 4 years, 1 year cliff": FOUR_YEARS_MONTHLY,
    "M-48-12": FOUR_YEARS_MONTHLY,
    "m-48-12": FOUR_YEARS_MONTHLY,
    "1/48 monthly, 24-month cliff": (24, Fraction(1, 2), 48, 25),
    "1/48 monthly, six month cliff": (6, Fraction(1, 8), 48, 43),
    "1/48 monthly, no cliff": (1, Fraction(1, 48), 48, 48),
    "1/48th monthly": (1, Fraction(1, 48), 48, 48),
    "1/48th monthly w/ no cliff": (1, Fraction(1, 48), 48, 48),
    "1/48 per month": (1, Fraction(1, 48), 48, 48),
    "monthly over 4 years": (1, Fraction(1, 48), 48, 48),
    "M-48-0": (1, Fraction(1, 48), 48, 48),
    "1/24 monthly, no cliff": (1, Fraction(1, 24), 24, 24),
    "1/24 month, 3 month cliff": (3, Fraction(1, 8), 24, 22),
    "1/24 monthly, 12-month cliff": (12, Fraction(1, 2), 24, 13),
    "1/36 monthly, no cliff": (1, Fraction(1, 36), 36, 36),
    "1/36 monthly, 1yr cliff": (12, Fraction(1, 3), 36, 25),  # of the whole
    "1/36 monthly, 12-month cliff": (12, Fraction(1, 3), 36, 25),
    "3/48 at month 3, then 1/48 monthly": (3, Fraction(1, 16), 48, 46),
    "20% after 1 year, then 1/48 monthly": (12, Fraction(1, 5), 60, 49),  # of the rest: the pace of the cliff
    "1/16 quarterly": (3, Fraction(1, 16), 48, 16),
    "Q-48-12": (12, Fraction(1, 4), 48, 13),
    "quarterly over 4 years, 1 year cliff": (12, Fraction(1, 4), 48, 13),
    "1/4 after 1 year, then 1/16 quarterly": (12, Fraction(1, 4), 48, 13),
    "1/8 semi-annually": (6, Fraction(1, 8), 48, 8),
    "25% annual over 4 years": (12, Fraction(1, 4), 48, 4),
    "25% yearly": (12, Fraction(1, 4), 48, 4),
    "Y-48-12": (12, Fraction(1, 4), 48, 4),
    "1/3 annual over 3 years": (12, Fraction(1, 3), 36, 3),
    "20% annually": (12, Fraction(1, 5), 60, 5),
    "25% on first anniversary, 1/48 monthly thereafter": (12, Fraction(1, 4), 48, 37),
    "25% on the first anniversary, then 1/16 quarterly": (12, Fraction(1, 4), 48, 13),
    "5/15/40/40% annually": (12, Fraction(1, 20), 48, 4),
    "5%/15%/40%/40% yearly": (12, Fraction(1, 20), 48, 4),
    "Immediate": (0, Fraction(1), 0, 1),
    "Fully vested": (0, Fraction(1), 0, 1),
}
DECIMAL_SPELLINGS = {
    "6.25% quarterly": (3, Fraction(1, 16), 48, 16),
    "6.25% quarterly, 1 year cliff": (12, Fraction(1, 4), 48, 13),
    "12.5% semi-annually": (6, Fraction(1, 8), 48, 8),
    "2.5% monthly": (1, Fraction(1, 40), 40, 40),
    "2.0% monthly": (1, Fraction(1, 50), 50, 50),
    "12.5% after 6 months, then 12.5% semi-annually": (6, Fraction(1, 8), 48, 8),
}

REFUSED = [
    "4yr / 1yr cliff",  # how often?
    "4 years with 1 year cliff",
    "Four Year / One Year Cliff",
    "1 year cliff",
    '"Snapchat" Vesting',
    "25% at cliff then 1/48 monthly",  # which cliff?
    "12-month cliff (no release); 1/36 monthly thereafter to month 48",
    "1/48 monthly, 50% vest at 12 month cliff",  # 12/48 are 25%
    "1/48 monthly, 60 month cliff",
    "1/16 quarterly, 4 month cliff",
    "1/48 monthly over 3 years",
    "33% annually",
    "10% after 1 year, then 1/36 monthly",  # neither of the whole nor of the rest does it keep a pace
    "1/48 weekly",
    "1/0 monthly",
    "0/48 monthly",
    "-25% yearly",
    "M-0-0",
    "M-48-60",
    "M-9999-0",
    "Q-47-0",
    "M-48",
    "soon",
]


@pytest.mark.parametrize(("text", "meant"), [*SPELLINGS.items(), *DECIMAL_SPELLINGS.items()], ids=str)
def test_spelling(text, meant):
    """A schedule is understood as its first and last step, and its number of steps, and ends with everything."""
    steps = read_schedule(text.lower())
    first, last = steps[0], steps[-1]
    assert (first.months, first.vested, last.months, len(steps)) == meant
    assert last.vested == 1
    assert list(steps) == sorted(steps)


@pytest.mark.parametrize("text", REFUSED)
def test_refused_spelling(text):
    """What leaves the days or the parts open is refused in a sentence that names the award and shows what would do."""
    with pytest.raises(ArgumentError) as refused:
        schedule_events(4_800, date(2024, 1, 1), text, "ES-1")
    assert str(refused.value).startswith(f"ES-1: '{text.lower()}' is not understood")
    assert "M-48-12" in str(refused.value)
    assert str(refused.value).endswith(".")


def test_parts_of_the_total_that_do_not_keep_the_pace():
    """A text that says "of the total" is not read as parts of the rest: 27 months of 1/36 after the first quarter."""
    steps = read_schedule("25% after 1 year, then 1/36 of the total monthly")
    assert steps[1] == (13, Fraction(1, 4) + Fraction(1, 36))
    assert steps[-1] == (39, 1)


def test_spaces_and_case_do_not_matter():
    """A schedule is read as it stands in a cell, with spaces and line breaks in any place."""
    plain = schedule_events(4_800, date(2024, 1, 1), "1/48 monthly, 1 year cliff")
    assert schedule_events(4_800, date(2024, 1, 1), "  1/48  MONTHLY,\n1 Year   Cliff ") == plain


# Days


@pytest.mark.parametrize(
    ("start", "days"),
    [
        (date(2024, 1, 31), ["02-29", "03-31", "04-30", "05-31"]),  # never March 29: counted from the start
        (date(2023, 1, 31), ["02-28", "03-31", "04-30", "05-31"]),
        (date(2023, 1, 30), ["02-28", "03-30", "04-30", "05-30"]),
        (date(2024, 2, 29), ["03-29", "04-29", "05-29", "06-29"]),
        (date(2023, 12, 31), ["01-31", "02-29", "03-31", "04-30"]),
    ],
    ids=str,
)
def test_month_ends(start, days):
    """A month without the day of the start vests on its last one, and the next month again on the day of the start."""
    assert [f"{event.day:%m-%d}" for event in schedule_events(4, start, "1/4 monthly")] == days


def test_years_from_a_leap_day():
    """What starts on February 29 vests on February 28, and on the 29th of a leap year."""
    days = [event.day for event in schedule_events(4, date(2024, 2, 29), "1/4 yearly")]
    assert days == [date(2025, 2, 28), date(2026, 2, 28), date(2027, 2, 28), date(2028, 2, 29)]


def test_vesting_starts_where_it_says_and_else_at_grant():
    """A vesting start before the grant counts; where none is given, the grant date does."""
    terms = ("ES-1", "ISO", date(2024, 6, 1), 1.0, 400, "1/4 yearly")
    assert vesting_of(Grant(*terms))[0].day == date(2025, 6, 1)
    assert vesting_of(Grant(*terms, vesting_start=date(2023, 3, 1)))[0].day == date(2024, 3, 1)


# Cumulative rounding


@pytest.mark.parametrize(
    ("shares", "schedule", "tranches"),
    [
        (18, "1/4 yearly", [4, 5, 4, 5]),  # Open Cap Format, CUMULATIVE_ROUND_DOWN
        (10, "1/3 monthly", [3, 3, 4]),
        (100, "1/3 yearly", [33, 33, 34]),
        (2, "1/4 yearly", [1, 1]),  # half a share a year: in the second and in the fourth
        (1, "1/48 monthly", [1]),
        (1_001, "25% after 1 year, then 1/4 yearly", [250, 250, 250, 251]),
    ],
)
def test_cumulative_rounding(shares, schedule, tranches):
    """Fractions of a share wait until they are a whole one; the tranches add up, and none is empty."""
    events = schedule_events(shares, date(2024, 1, 1), schedule)
    assert [event.shares for event in events] == tranches
    assert sum(tranches) == shares


@pytest.mark.parametrize("text", ["6.25% quarterly", "1/16 quarterly", "Q-48-0", "quarterly over 4 years"])
def test_parts_are_exact(text):
    """However a part is written, sixteen of them are the whole award, to the share."""
    assert [event.shares for event in schedule_events(1_600_000_000, date(2024, 1, 1), text)] == [100_000_000] * 16


# Explicit tables


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01: 100; 2026-06-01: 1,100",
        "2026-06-01: 1100; 2026-03-01: 100",
        "2026-03-01:100;2026-06-01:1100;",
        "2026-03-01: 100\n2026-06-01: 1,100",
        "2026-03-01: 100\n2026-06-01: 1,100\n",
    ],
)
def test_table(text):
    """Days and shares, in any order, in one line or in several."""
    assert schedule_events(1_200, date(2024, 1, 1), text) == [
        VestingEvent(date(2026, 3, 1), 100),
        VestingEvent(date(2026, 6, 1), 1_100),
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2026-02-30: 1200", "ES-1: '2026-02-30: 1200' is not a date and shares"),
        ("2026-03-01: 100; later: 1100", "ES-1: 'later: 1100' is not a date and shares"),
        ("2026-03-01: 100; 2026-06-01: ,", "ES-1: '2026-06-01: ,' is not a date and shares"),
        ("2026-03-01: 100; 2026-06-01: 1000", "ES-1: its dates list 1,100 shares, but the award has 1,200"),
        ("2026-03-01: 12.5; 2026-06-01: 1187.5", "ES-1: '2026-03-01: 12.5; "),
    ],
)
def test_bad_table(text, sentence):
    """A row that cannot be read, or rows that do not add up, are named."""
    with pytest.raises(ArgumentError) as refused:
        schedule_events(1_200, date(2024, 1, 1), text, "ES-1")
    assert str(refused.value).startswith(sentence)
    assert str(refused.value).endswith(".")


def test_events_go_before_the_text():
    """The platform's own events hold, whatever the text says, in the order of their days."""
    later, sooner = VestingEvent(date(2026, 6, 1), 60), VestingEvent(date(2026, 3, 1), 40, 10)
    grant = Grant("ES-1", "ISO", date(2024, 1, 15), 1.0, 100, "soon", vesting_events=(later, sooner))
    assert vesting_of(grant) == [sooner, later]


def test_events_of_one_day_with_and_without_the_platform_s_split():
    """Two events of one day and size, one of which says how many are ISO shares, are no error."""
    day = date(2026, 3, 1)
    events = (VestingEvent(day, 50, 50), VestingEvent(day, 50))
    assert len(vesting_of(Grant("ES-1", "ISO", date(2024, 1, 15), 1.0, 100, vesting_events=events))) == 2


def test_events_that_do_not_add_up():
    """Events of more or fewer shares than were granted are refused by the award's name."""
    grant = Grant("ES-1", "ISO", date(2024, 1, 15), 1.0, 100, vesting_events=(VestingEvent(date(2026, 3, 1), 90),))
    with pytest.raises(ArgumentError, match=r"^ES-1: its vesting events total 90 shares, but 100 were granted; .*\.$"):
        vesting_of(grant)


def test_no_schedule_is_vested_at_grant():
    """An award of which nothing is said is vested from its grant."""
    assert vesting_of(Grant("ES-1", "ISO", date(2024, 1, 15), 1.0, 100)) == [VestingEvent(date(2024, 1, 15), 100)]


# Vested by a day


@pytest.mark.parametrize(
    ("as_of", "vested"),
    [
        (date(2024, 3, 1), 0),
        (date(2025, 2, 28), 0),
        (date(2025, 3, 1), 1_200),
        (date(2025, 3, 31), 1_200),
        (date(2025, 4, 1), 1_300),
        (date(2028, 2, 29), 4_700),
        (date(2028, 3, 1), 4_800),
        (date(2050, 1, 1), 4_800),
        (date(2000, 1, 1), 0),
    ],
    ids=str,
)
def test_vested_shares(as_of, vested):
    """Nothing before the cliff, the cliff on its day, a share in 48 each month, and never more than the award."""
    assert vested_shares(4_800, date(2024, 3, 1), "1/48 monthly, 1 year cliff", as_of) == vested


def test_vested_at_once():
    """What vests at once is vested on the day of the start, and not before."""
    assert vested_shares(100, date(2024, 3, 1), "immediate", date(2024, 3, 1)) == 100
    assert vested_shares(100, date(2024, 3, 1), "immediate", date(2024, 2, 29)) == 0


def test_a_long_schedule_does_not_leave_the_calendar():
    """A start so late that the calendar ends before the schedule is refused in a sentence."""
    with pytest.raises(ArgumentError):
        vested_shares(100, date(9996, 1, 1), "1/48 monthly", date(9997, 1, 1))
