"""What can be exercised on the day that a workbook asks of each year, and the value of a share then."""

from dataclasses import replace
from datetime import date

import pytest

from tests.workbook.clients import ANA, client, grant, with_holding, with_year
from tests.workbook.filled import Filled
from xl_amt.client import ClientYear, Exercise, Grant, Holding, Plan, Sale, Split, Value, Vesting
from xl_amt.jobs.grants_by_year import day_in, grants_by_year, grants_in, value_in
from xl_amt.jobs.room_report import PLANNED_IN_ROOM, report_room, report_room_of
from xl_amt.jobs.workbook_contents import book_of

AS_OF = date(2026, 11, 20)
YEARS = tuple(ClientYear(year=year) for year in (2027, 2028))


def of(*grants, years=YEARS, **holding):
    """Ana with these grants, and two further years."""
    record = with_holding(ANA, grants=grants, **holding)
    return replace(record, years=(*record.years, *years))


@pytest.mark.parametrize(
    ("year", "day"),
    [(2025, date(2025, 12, 31)), (2026, AS_OF), (2027, date(2027, 1, 1))],
)
def test_the_day_of_a_year_is_that_of_the_counts_or_the_nearest(year, day):
    """Shares are counted on one day; of another year it is the nearest day."""
    assert day_in(ANA.holdings[0], year) == day
    assert day_in(Holding(), year) is None
    assert day_in(Holding(values=(Value(day=date(2024, 5, 1), price=1.0),)), 2026) == date(2026, 1, 1)


def test_shares_that_vest_later_can_be_exercised_in_a_later_year():
    """The platform's own days say when, and the sheet adds them to what the export counts."""
    days = {date(2024, 3, 14): 500, date(2027, 1, 1): 600, date(2027, 12, 1): 400}
    vests = tuple(Vesting(day=day, shares=shares) for day, shares in days.items())
    record = of(replace(grant("ES-1", "ISO", 1.0, 500, unvested=1_000), vests=vests))
    (row,) = grants_by_year(record).rows
    assert row.more == (None, 600, 1_000)
    asked = [Filled(record, {"Year_asked_input": year}) for year in (2026, 2027, 2028)]
    assert [filled["Grant_left"] for filled in asked] == [500, 1_100, 1_500]
    assert [filled["Shares_in_room"] for filled in asked] == [
        report_room(record, year).shares for year in (2026, 2027, 2028)
    ]


def test_shares_exercised_after_the_counts_are_none_that_can_be_exercised():
    """An exercise that is done takes its shares off, in the sheet and in the answer of the command line."""
    day = date(2026, 11, 25)
    exercise = Exercise(grant="ES-1", day=day, shares=100, value=12.4)
    record = of(grant("ES-1", "ISO", 2.4, 500), exercises=(exercise,), as_of=AS_OF, years=())
    record = with_holding(record, as_of=date(2026, 11, 25))
    filled, report = Filled(record), report_room(record)
    assert filled["Grant_left"] == 400
    assert filled["All_shares"] == 400 == sum(item.grant.shares_exercisable for item in report.filled)
    assert filled["Used"] == report.used == 1_000.0
    assert filled["Shares_in_room"] == report.shares


def test_a_grant_that_no_export_counts_is_followed_by_its_schedule():
    """Its shares are those that have vested by the day."""
    award = Grant(label="ES-9", award="ISO", granted=date(2025, 1, 15), strike=2.4, shares=4_000, vesting="1/4 yearly")
    record = of(award)
    assert [one.more for one in grants_by_year(record).rows] == [(1_000, 1_000, 2_000)]
    filled = Filled(record, {"Year_asked_input": 2028})
    assert filled["All_shares"] == 2_000
    assert filled["Shares_in_room"] == report_room(record, 2028).shares


def test_the_value_is_the_latest_one_by_the_years_end_or_the_planned_one():
    """A value of the year itself goes before the plan's; of several companies the plan says nothing."""
    values = (Value(day=date(2025, 3, 1), price=9.0), Value(day=date(2026, 12, 5), price=15.0))
    record = replace(of(grant("ES-1", "ISO", 1.0, 500), values=values), plan=Plan(values={2026: 20.0, 2027: 30.0}))
    holding = record.holdings[0]
    assert [value_in(record, holding, year) for year in (2024, 2025, 2026, 2027, 2028)] == [0.0, 9.0, 15.0, 30.0, 15.0]
    for year in (2026, 2027, 2028):
        filled = Filled(record, {"Year_asked_input": year})
        assert filled["Grant_value"] == value_in(record, holding, year)
    two = replace(record, holdings=(holding, Holding(company="Other", as_of=AS_OF)))
    assert value_in(two, holding, 2027) == 15.0
    assert Filled(two, {"Year_asked_input": 2027})["Grant_value"] == 15.0


def test_the_plans_window_is_the_last_day():
    """Words that are not understood are said, and leave the days that the law sets."""
    record = of(replace(grant("ES-1", "ISO", 1.0, 500), window="30 days"), work_ended=date(2026, 9, 30))
    assert grants_by_year(record).rows[0].last_day == date(2026, 10, 30)
    assert grants_in(record.holdings[0], 2026)[0].expiration_date == date(2026, 10, 30)
    unread = of(replace(grant("ES-1", "ISO", 1.0, 500), window="soon"), work_ended=date(2026, 9, 30))
    assert grants_by_year(unread).rows[0].last_day is None
    assert "'soon' is not understood as the plan's window" in book_of(unread).notes[-1]


def test_what_cannot_be_followed_is_said_and_the_counts_stand():
    """The sheet goes on with the shares of the export."""
    exercise = Exercise(grant="ES-1", day=date(2026, 11, 25), shares=900, value=12.4)
    record = of(grant("ES-1", "ISO", 2.4, 500), exercises=(exercise,))
    followed = grants_by_year(record)
    assert followed.rows[0].more == (None, None, None)
    assert followed.notes[0].startswith("Juniper Robotics: the shares that can be exercised in 2027 are those counted")


def test_shares_counted_before_a_split_fill_no_room_after_it():
    """Their strikes are those of the export's day: the sheet and the answer leave them out, and say so."""
    record = of(grant("ES-1", "ISO", 2.4, 500), splits=(Split(day=date(2027, 1, 1), ratio="2:1"),))
    before, after = Filled(record), Filled(record, {"Year_asked_input": 2027})
    assert [filled["Grant_standing"] for filled in (before, after)] == ["in the money", "split since the counts"]
    assert "counted before a split and are left out" in after["Left_out"]
    assert (before["Shares_in_room"], after["All_shares"]) == (report_room(record).shares, 0)
    report = report_room(record, 2027)
    assert report.shares == 0
    assert "its shares were counted before the split of 2027-01-01, and do not fill the room of 2027" in report.notes[0]


def test_what_is_planned_of_the_year_asked_is_said():
    """Wages of a planned exercise of NSOs are in the facts of the sheet Room, and its note says so."""
    exercise = Exercise(grant="ES-205", day=date(2026, 12, 1), shares=100, value=12.4, status="planned")
    record = with_holding(ANA, exercises=(exercise,))
    filled = Filled(record)
    assert filled["Wages"] == pytest.approx(185_000 + 100 * (12.4 - 4.75))
    assert filled["Left_out"].endswith(PLANNED_IN_ROOM.format(2026))
    done = Filled(with_holding(record, exercises=(replace(exercise, status="done"),)))
    assert "planned" not in done["Left_out"]


def test_the_room_has_all_that_is_planned_but_the_iso_exercises_that_fill_it():
    """The sheet, and both answers of the command line: wages of a planned NSO count, spread of a planned ISO does not.

    A planned sale by the year's end of shares exercised in it takes their spread out of what is used, for its wages.
    """
    day = date(2026, 12, 1)
    planned = (
        Exercise(grant="ES-1", day=day, shares=2_000, value=12.4, status="planned"),
        Exercise(grant="NS-1", day=day, shares=1_000, value=12.4, status="planned"),
    )
    done = Exercise(grant="ES-1", day=date(2026, 11, 23), shares=500, value=12.4)
    sold = Sale(day=day, shares=300, price=12.0, lots=("ES-1 / 2026-11-23",), status="planned")
    grants = (grant("ES-1", "ISO", 2.4, 5_000), grant("NS-1", "NSO", 2.4, 1_000))
    record = of(*grants, exercises=(done, *planned), sales=(sold,))
    filled, reports = Filled(record), (report_room(record), report_room_of(record, day))
    assert filled["Used"] == pytest.approx(200 * 10.0)
    assert filled["Wages"] == pytest.approx(record.years[0].income + 1_000 * 10.0 + 300 * 9.6)
    for report in reports:
        assert (report.room, report.used) == pytest.approx((filled["Room_dollars"], filled["Used"]))
        assert report.shares == filled["Shares_in_room"]
        assert PLANNED_IN_ROOM.format(2026) in report.notes
    later, by_command = Filled(record, {"Year_asked_input": 2027}), report_room_of(record, day, year=2027)
    assert later["All_shares"] == 5_000 - 500 - 2_000 == by_command.filled[0].grant.shares_exercisable
    assert by_command.room == pytest.approx(later["Room_dollars"])


def test_shares_exercised_of_grants_that_nobody_counts_cannot_be_exercised_again():
    """Without a day of counts the shares are those of the last exercise or value of the year."""
    award = Grant(label="ES-9", award="ISO", granted=date(2023, 1, 15), strike=2.4, shares=4_000)
    done = Exercise(grant="ES-9", day=date(2026, 12, 3), shares=1_000, value=12.4)
    record = with_holding(of(award, exercises=(done,)), as_of=None)
    assert Filled(record)["All_shares"] == 3_000
    assert report_room(record).filled[0].grant.shares_exercisable == 3_000


def test_a_spouse_who_files_apart_has_no_share_in_the_room():
    """The standing says whose return it is, in a workbook and in the answer."""
    record = client(status="mfs", wages=100_000.0, value=12.0, grants=(grant("ES-1", "ISO", 2.0, 900),))
    record = with_holding(record, holder="spouse")
    assert Filled(record)["Grant_standing"] == "on the spouse's return"
    assert report_room(record).shares == 0
    joint = with_year(record, status="mfj")
    assert Filled(joint)["Shares_in_room"] == report_room(joint).shares == 900
