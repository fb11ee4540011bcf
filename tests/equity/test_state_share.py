"""What a state keeps after a move: the agencies' own examples, days counted one by one, and bad input."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_amt.equity.state_share import WorkPeriod, state_share
from xl_amt.errors import ArgumentError, NotHeldError
from xl_amt.law import ALLOCATING_STATES, allocation_period
from xl_amt.worksheet import answer, call

PAGE = Path(__file__).parent.parent.parent / "docs" / "advisors" / "moving-states.md"
ONE_DAY = timedelta(days=1)

# The case of docs/advisors/moving-states.md
DATES = {"granted": date(2022, 7, 1), "vested": date(2024, 7, 1), "exercised": date(2025, 6, 30)}
MOVED = (WorkPeriod("CA", date(2021, 3, 1), date(2023, 12, 31)), WorkPeriod("TX", date(2024, 1, 1), date(2025, 12, 31)))


def share(state="CA", worked=MOVED, **changed):
    """The share of a state in the case of the page, some of its dates changed."""
    return state_share("ES-1", state, worked, **(DATES | changed))


def weekdays(first, last):
    """Mondays to Fridays, counted one by one."""
    return sum((first + ONE_DAY * day).weekday() < 5 for day in range((last - first).days + 1))


# Examples of the agencies


def test_all_services_in_california():
    """FTB Tax News, July/August 2001, example 2: 30,000 shares at 10, worth 50, are Californian wages of 1,200,000.

    The grant and the exercise came before the move, and the sale after it; the dates are moved to years that are held.
    """
    dates = {"granted": date(2020, 3, 1), "vested": date(2023, 3, 1), "exercised": date(2024, 9, 1)}
    worked = [
        WorkPeriod("CA", date(2015, 1, 1), date(2024, 9, 30)),
        WorkPeriod("FL", date(2024, 10, 1), date(2026, 1, 1)),
    ]
    all_of_it = state_share("Mr. Smith", "CA", worked, **dates, sold=date(2025, 3, 15))
    assert all_of_it.of_income(30_000 * 50 - 30_000 * 10) == 1_200_000
    assert all_of_it.of_amt_item(1_200_000) == 1_200_000


@pytest.mark.parametrize(
    ("state_days", "total_days", "income", "taxed"),
    [(270 - 80, 270, 50_000, 35_185.19), (190, 1_679, 100_000, 11_316.26)],
)
def test_the_examples_of_new_jersey(state_days, total_days, income, taxed):
    """N.J.A.C. 18:35-5.3(d), examples 1 and 2, by the regulation's formula on its days and gains."""
    assert round(call("AMT_STATE_SHARE", state_days, total_days) * income, 2) == taxed


def test_the_example_of_new_york():
    """20 NYCRR 132.24, example 1, ten years later: 720 of 960 days in four years, then none until vesting or after."""
    in_state, beside = (date(2017, 4, 1), date(2020, 3, 31)), (date(2020, 4, 1), date(2021, 3, 31))
    worked = [
        WorkPeriod("NY", *in_state, days_off=weekdays(*in_state) - 720),
        WorkPeriod("NJ", *beside, days_off=weekdays(*beside) - 240),
        WorkPeriod("NJ", date(2021, 4, 1), date(2030, 1, 1)),
    ]
    dates = {"granted": date(2017, 4, 1), "vested": date(2022, 4, 1), "exercised": date(2023, 8, 15)}
    found = state_share("S", "NY", worked, **dates)
    assert (found.state_days, found.total_days) == (720, 960 + weekdays(date(2021, 4, 1), date(2022, 4, 1)))


# The states' own periods


@pytest.mark.parametrize(
    ("state", "ends_with", "amt_item"), [("CA", "exercise", True), ("NJ", "exercise", False), ("NY", "vesting", False)]
)
def test_the_period_of_each_state(state, ends_with, amt_item):
    """California and New Jersey count to the exercise, New York to vesting; only California has a minimum tax."""
    assert state in ALLOCATING_STATES
    period = allocation_period(state, 2026)
    assert (period.ends_with, period.amt_item) == (ends_with, amt_item)
    worked = (WorkPeriod(state, *(MOVED[0].first_day, MOVED[0].last_day)), MOVED[1])
    last = DATES["exercised" if ends_with == "exercise" else "vested"]
    assert share(state, worked).state_days == weekdays(date(2022, 7, 1), date(2023, 12, 31)) == 391
    assert share(state, worked).total_days == weekdays(date(2022, 7, 1), last)


def test_the_amt_item():
    """California shares the exercise of an ISO as it shares wages (FTB Pub. 1004); elsewhere there is no such tax."""
    assert share().of_amt_item(300_000) == share().of_income(300_000) == 150_000
    with pytest.raises(NotHeldError, match=r"^state: NY has no minimum tax on the exercise of an ISO\.$"):
        share("NY", [WorkPeriod("NY", date(2021, 1, 1), date(2025, 12, 31))]).of_amt_item(300_000)


def test_new_jersey_before_its_regulation():
    """The rule of New Jersey is held for income of 2024 on; a later sale counts by its own year."""
    with pytest.raises(NotHeldError, match=r"^year: the rule of NJ is available from 2024 on, not for 2023\.$"):
        share("NJ", exercised=date(2023, 9, 1), vested=date(2023, 7, 1))
    assert share("NJ", exercised=date(2023, 9, 1), vested=date(2023, 7, 1), sold=date(2024, 2, 1)).ratio == 0


def test_nothing_counts_after_the_work():
    """A former employee's share stays as it was when the work ended, however late the exercise."""
    left = share(worked=[WorkPeriod("CA", date(2021, 1, 1), date(2024, 7, 31))], work_ended=date(2024, 7, 31))
    assert left.ratio == 1
    moved = share(work_ended=date(2024, 12, 31))
    assert (moved.state_days, moved.total_days) == (391, weekdays(date(2022, 7, 1), date(2024, 12, 31)))


def test_a_state_without_a_day():
    """A state in which nobody worked keeps nothing."""
    assert share("NY").ratio == 0


# Days


def test_days_off_are_no_workdays():
    """Days off fall out of both numbers: given as a number for a whole period, or as dates, weekends among them."""
    in_state = WorkPeriod("CA", DATES["granted"], date(2023, 12, 31), days_off=41)
    assert share(worked=(in_state, MOVED[1])).state_days == 350
    july = frozenset({date(2022, 7, 4), date(2022, 7, 5), date(2022, 7, 9), date(2021, 7, 5)})
    dated = WorkPeriod("CA", date(2021, 3, 1), date(2023, 12, 31), days_off=july)
    found = share(worked=(dated, MOVED[1]))
    assert (found.state_days, found.total_days) == (389, 780)


def test_a_business_trip():
    """Days of work in another state are that state's, wherever the client lives."""
    worked = (
        MOVED[0],
        WorkPeriod("TX", date(2024, 1, 1), date(2024, 9, 1)),
        WorkPeriod("CA", date(2024, 9, 2), date(2024, 9, 8)),
        WorkPeriod("TX", date(2024, 9, 9), date(2025, 12, 31)),
    )
    assert share(worked=worked).state_days == 391 + 5


@given(st.data())
def test_workdays_counted_one_by_one(data):
    """The shares of all states are the whole; each is the weekdays that were worked there, in whatever order given."""
    changes = sorted(data.draw(st.sets(st.dates(date(2021, 1, 1), date(2026, 12, 31)), max_size=6)))
    firsts = [date(2020, 1, 1), *changes]
    lasts = [*(day - ONE_DAY for day in changes), date(2027, 12, 31)]
    places = data.draw(st.lists(st.sampled_from(ALLOCATING_STATES), min_size=len(firsts), max_size=len(firsts)))
    worked = [WorkPeriod(place, first, last) for place, first, last in zip(places, firsts, lasts, strict=True)]
    granted, vested, exercised = sorted(
        data.draw(st.lists(st.dates(date(2020, 1, 1), date(2027, 12, 31)), min_size=3, max_size=3))
    )
    exercised = max(exercised, date(2024, 1, 1))  # for New Jersey's regulation
    dates = {"granted": granted, "vested": vested, "exercised": max(exercised, vested)}
    if not weekdays(granted, vested):
        return
    for ends_with, states in (("exercised", ("CA", "NJ")), ("vested", ("NY",))):
        for state in states:
            found = state_share("ES-1", state, data.draw(st.permutations(worked)), **dates)
            assert found.total_days == weekdays(granted, dates[ends_with])
            assert found.state_days == sum(
                weekdays(max(work.first_day, granted), min(work.last_day, dates[ends_with]))
                for work in worked
                if work.state == state
            )
            assert 0 <= found.ratio <= 1


# Bad input

BAD_INPUT = [
    (
        {"state": "TX"}, NotHeldError,
        "state: how TX allocates the income of options is not available; use CA, NJ or NY.",
    ),
    ({"state": "California"}, ArgumentError, "ES-1: 'California' is not the two letters of a state, such as CA."),
    (
        {"worked": [WorkPeriod("Calif.", date(2021, 1, 1), date(2026, 1, 1))]}, ArgumentError,
        "ES-1: 'Calif.' is not the two letters of a state, such as CA.",
    ),
    (
        {"vested": date(2022, 6, 30)}, ArgumentError,
        "ES-1: it was granted on 2022-07-01; vesting and exercise cannot be before that.",
    ),
    (
        {"exercised": date(2024, 6, 30)}, NotHeldError,
        "ES-1: how states allocate stock that vests after its exercise is not covered.",
    ),
    (
        {"work_ended": date(2022, 6, 1)}, ArgumentError,
        "ES-1: employment ended on 2022-06-01, before the grant on 2022-07-01; correct one of them.",
    ),
    (
        {"worked": [MOVED[1]]}, ArgumentError,
        (
            "ES-1: nothing says where the client worked on 2022-07-01; the periods of work must cover 2022-07-01 to "
            "2025-06-30 without a gap."
        ),
    ),
    (
        {"worked": [MOVED[0], WorkPeriod("TX", date(2024, 1, 2), date(2025, 12, 31))]}, ArgumentError,
        (
            "ES-1: nothing says where the client worked on 2024-01-01; the periods of work must cover 2022-07-01 to "
            "2025-06-30 without a gap."
        ),
    ),
    (
        {"worked": [MOVED[0], WorkPeriod("TX", date(2024, 1, 1), date(2025, 6, 29))]}, ArgumentError,
        (
            "ES-1: nothing says where the client worked on 2025-06-30; the periods of work must cover 2022-07-01 to "
            "2025-06-30 without a gap."
        ),
    ),
    (
        {"worked": [WorkPeriod("TX", date(2023, 12, 31), date(2025, 12, 31)), MOVED[0]]}, ArgumentError,
        "ES-1: work in CA until 2023-12-31 overlaps work in TX from 2023-12-31; assign each day to one state.",
    ),
    (
        {"worked": [WorkPeriod("CA", date(2024, 1, 1), date(2023, 1, 1))]}, ArgumentError,
        "ES-1: work in CA ends on 2023-01-01, before 2024-01-01.",
    ),
    (
        {"worked": [WorkPeriod("CA", date(2021, 1, 1), date(2026, 1, 1), days_off=20)]}, ArgumentError,
        (
            "ES-1: only a part of the work in CA from 2021-01-01 counts, and a number does not say which days off "
            "fall within it; enter the days off as dates."
        ),
    ),
    (
        {"worked": [WorkPeriod("CA", DATES["granted"], DATES["exercised"], days_off=783)]}, ArgumentError,
        "ES-1: 783 days off do not fit within the work in CA from 2022-07-01 to 2025-06-30.",
    ),
    (
        {"worked": [WorkPeriod("CA", DATES["granted"], DATES["exercised"], days_off=-1)]}, ArgumentError,
        "ES-1: -1 days off do not fit within the work in CA from 2022-07-01 to 2025-06-30.",
    ),
    (
        {"worked": [WorkPeriod("CA", DATES["granted"], DATES["exercised"], days_off=782)]}, ArgumentError,
        "ES-1: no day was worked from 2022-07-01 to 2025-06-30; without workdays nothing can be allocated.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "kind", "sentence"), BAD_INPUT, ids=[case[2][:60] for case in BAD_INPUT])
def test_bad_input(changed, kind, sentence):
    """One sentence names the grant and what is wrong."""
    with pytest.raises(kind) as refusal:
        share(**changed)
    assert type(refusal.value) is kind
    assert str(refusal.value) == sentence


# The worksheet function


@pytest.mark.parametrize("length", [1, 50])
def test_a_column(length):
    """A column gives what its cells give, an error in its own place."""
    column = answer("AMT_STATE_SHARE", [190.0, 0.0, 3.0, 271.0] * length, [270.0, 0.0, 3.0, 270.0] * length)
    assert [cell if isinstance(cell, float) else str(cell).partition(":")[0] for cell in column] == (
        [190 / 270, "total_days", 1.0, "state_days"] * length
    )


def test_the_case_of_the_page():
    """The numbers of docs/advisors/moving-states.md."""
    page = PAGE.read_text("utf-8")
    for worked in (MOVED, (WorkPeriod("NY", *(MOVED[0].first_day, MOVED[0].last_day)), MOVED[1])):
        found = share(worked[0].state, worked)
        assert f"{found.state_days} of {found.total_days}" in page
        assert f"{found.of_income(300_000):,.0f}" in page
