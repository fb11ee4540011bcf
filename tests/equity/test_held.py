"""Grants as an export counts them: followed to its day they have its counts, or a remark says where not."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_amt.days import add_months
from xl_amt.equity.grants import Grant, HeldGrant, VestingEvent
from xl_amt.equity.held import portfolio_as_of
from xl_amt.equity.history import Counts, counts_on, follow
from xl_amt.equity.portfolio import Exercise, Portfolio, Split, Termination
from xl_amt.errors import ArgumentError, NotExercisableError
from xl_amt.household import Household
from xl_amt.planning.years import years

AS_OF = date(2026, 6, 30)
LATER = date(2026, 9, 1)


def held(**changes):
    """An export's count on June 30, 2026: of 10,000 shares, all vested but 2,000, 3,000 are gone and 5,000 left."""
    terms = {"label": "ES-1", "option_type": "ISO", "grant_date": date(2022, 1, 3), "strike": 2.0}
    terms |= {"shares_granted": 10_000, "vesting_schedule": "1/5 yearly", "fmv_at_grant": 2.0}
    counts = {"shares_exercised": 3_000, "shares_exercisable": 5_000, "shares_unvested": 2_000}
    return HeldGrant(**terms | counts | changes)


def counted(*grants, **more):
    """The portfolio as of the export's day."""
    return portfolio_as_of(Portfolio(grants, as_of=AS_OF, **more))


def kinds(*grants, **more):
    """The kinds of the remarks."""
    return [remark.kind for remark in counted(*grants, **more).remarks]


@pytest.mark.parametrize("shares", [5_000, 5_001])
def test_an_exported_grant_given_to_years(shares):
    """The 3,000 shares that are gone are not exercised again: 5,000 make a spread of 50,000, and 5,001 are refused."""
    portfolio = Portfolio((held(),), (Exercise("ES-1", LATER, shares, 12.0),), as_of=AS_OF)
    facts = [Household(2026, "single", 180_000.0)]
    if shares > 5_000:
        with pytest.raises(NotExercisableError, match="for 5,001 shares, but 5,000 shares can be exercised"):
            years(portfolio, facts)
        return
    (year,) = years(portfolio, facts)
    assert year.iso_spread == 50_000.0
    assert year.notes[0].startswith("ES-1: the export does not say when 3,000 of its shares were exercised")


def test_dated_exercises_are_among_those_of_the_export():
    """Of 3,000 exercised, 1,000 with a day make a lot; the other 2,000 are exercised before."""
    portfolio = Portfolio((held(),), (Exercise("ES-1", date(2024, 2, 14), 1_000, 6.0),), as_of=AS_OF)
    assert portfolio_as_of(portfolio).portfolio.grants[0].exercised_before == 2_000
    assert [(lot.acquired, lot.shares) for lot in follow(portfolio, AS_OF).lots] == [(date(2024, 2, 14), 1_000)]
    assert counts_on(portfolio, "ES-1", AS_OF) == Counts(3_000, 5_000, 2_000)


@pytest.mark.parametrize(("exercised", "left"), [(0, (900, 600)), (800, (100, 600)), (1_100, (0, 400))])
def test_the_platform_s_own_split_stays(exercised, left):
    """Of 1,500 the platform says that 900 are ISOs: what is gone takes ISO shares first, and NSOs stay NSOs."""
    events = (VestingEvent(date(2025, 1, 2), 500, 500), VestingEvent(date(2026, 1, 2), 1_000, 400))
    split = held(
        shares_granted=1_500, vesting_schedule="", vesting_events=events,
        shares_exercised=exercised, shares_exercisable=1_500 - exercised, shares_unvested=0,
    )  # fmt: skip
    tranches = follow(Portfolio((split,), as_of=AS_OF), AS_OF).tranches
    assert tuple(sum(tranche.left(kind) for tranche in tranches) for kind in ("ISO", "NSO")) == left


def test_what_is_followed_is_no_longer_counted():
    """The portfolio that comes out holds plain grants, and comes out of a second time as it is."""
    once = counted(held()).portfolio
    assert [type(grant) for grant in once.grants] == [Grant]
    assert portfolio_as_of(once).portfolio == once


def test_all_of_a_grant_is_gone():
    """Nothing is left to exercise, and the counts stand."""
    gone = held(shares_exercised=10_000, shares_exercisable=0, shares_unvested=0, vesting_schedule="")
    assert counts_on(Portfolio((gone,), as_of=AS_OF), "ES-1", AS_OF) == Counts(10_000, 0, 0)
    lapsed = held(shares_exercised=0, shares_exercisable=0, shares_unvested=0)
    found = counted(lapsed, held(label="ES-2"))
    assert [grant.label for grant in found.portfolio.grants] == ["ES-2"]
    assert found.remarks[0].about == "ES-1"


@pytest.mark.parametrize(
    ("changes", "more", "kind"),
    [
        ({}, {}, "exercises not dated"),
        ({"shares_exercisable": 4_000}, {}, "exercisable differs"),
        ({"shares_unvested": 1_500}, {}, "vesting not known"),
        ({"vesting_schedule": "as the board sees fit"}, {}, "vesting not known"),
        ({"shares_exercisable": 4_999, "shares_unvested": 2_001}, {}, "vesting rounded otherwise"),
        ({"exercised_before": 500}, {}, "counts differ"),
        ({"work_ended": date(2026, 5, 29), "shares_unvested": 0}, {}, "end of the work"),
        ({}, {"termination": Termination(date(2026, 5, 29))}, "canceled at the end of the work"),
        (
            {"vesting_schedule": "2026-06-30: 8,000; 2027-01-04: 2,000", "shares_exercised": 0, "shares_exercisable": 0,
             "shares_unvested": 10_000},
            {},
            "vesting of the day not counted",
        ),
        (
            {"vesting_schedule": "2026-03-02: 2,000; 2026-08-03: 8,000"},
            {"exercises": (Exercise("ES-1", date(2026, 2, 2), 3_000, 12.0),)},
            "exercised before vesting",
        ),
    ],
)  # fmt: skip
def test_where_the_export_cannot_be_followed(changes, more, kind):
    """Each disagreement has a kind to branch on, and a sentence that begins with the grant it is about."""
    remarks = counted(held(**changes), **more).remarks
    (remark, *_) = [remark for remark in remarks if remark.kind == kind]
    assert remark.sentence.startswith(f"{remark.about}: " if remark.about else "According to the export")
    assert remark.sentence.endswith(".")


def test_two_grants_state_two_ends_of_the_work():
    """The last day is asked for; where the portfolio gives it, the grants' word does not count."""
    grants = held(work_ended=date(2026, 5, 29)), held(label="ES-2")
    with pytest.raises(
        ArgumentError, match=("according to the export it is 2026-05-29 for ES-1 and none for ES-2; enter the last")
    ):
        counted(*grants)
    assert counted(*grants, termination=Termination(date(2026, 12, 31))).portfolio.termination.day.year == 2026


def test_the_day_of_the_export_is_needed():
    """Without it the counts mean nothing, and no grant is followed as if nothing of it were gone."""
    with pytest.raises(ArgumentError, match="ES-1: an export counts its shares; enter the date of the export"):
        follow(Portfolio((held(),)), LATER)


def test_a_split_that_the_export_contains():
    """Its figures are in the shares of its day: an earlier split is refused, a later one is followed."""
    with pytest.raises(
        ArgumentError, match=("the split of 2026-06-30: the export of 2026-06-30 counts post-split shares")
    ):
        counted(held(), splits=(Split(AS_OF, 2, 1),))
    portfolio = Portfolio((held(),), as_of=AS_OF, splits=(Split(date(2026, 7, 1), 2, 1),))
    assert counts_on(portfolio, "ES-1", AS_OF) == Counts(3_000, 5_000, 2_000)
    assert counts_on(portfolio, "ES-1", date(2026, 7, 1)) == Counts(6_000, 10_000, 4_000)


def test_stock_units_of_an_export():
    """What is unvested vests; units that have vested are shares, which the export's row does not make."""
    units = held(option_type="RSU", strike=0.0, shares_exercised=8_000, shares_exercisable=0)
    assert kinds(units) == ["shares of vested units"]
    portfolio = Portfolio((units,), as_of=AS_OF, values=((date(2026, 1, 2), 12.0),))
    (lot,) = follow(portfolio, date(2027, 12, 31)).lots
    assert (lot.acquired, lot.shares, lot.spread) == (date(2027, 1, 3), 2_000, 12.0)
    assert kinds(held(option_type="RSU", strike=0.0, shares_exercised=0, shares_exercisable=0, shares_unvested=1)) == [
        "vesting not known"
    ]


@given(st.integers(1, 48), st.integers(48, 20_000), st.booleans(), st.data())
def test_followed_to_its_day_a_grant_has_the_export_s_counts(months, shares, left_work, data):
    """Whatever was exercised, dated or not, has lapsed or was canceled: the three counts are the export's."""
    vested = shares * months // 48
    exercised = data.draw(st.integers(0, vested))
    exercisable = data.draw(st.integers(0, vested - exercised))
    first_vesting = add_months(date(2026, 6, 15), 1 - months)
    dated = data.draw(st.integers(0, min(exercised, shares // 48)))
    one = held(
        vesting_schedule="1/48 monthly",
        grant_date=add_months(date(2026, 6, 15), -months),
        shares_granted=shares,
        shares_exercised=exercised,
        shares_exercisable=exercisable,
        shares_unvested=0 if left_work else shares - vested,
    )
    portfolio = Portfolio(
        (one,),
        (Exercise("ES-1", first_vesting, dated),) if dated else (),
        termination=Termination(AS_OF) if left_work else None,
        as_of=AS_OF,
    )
    found = portfolio_as_of(portfolio)
    if not found.portfolio.grants:
        assert exercised == exercisable == one.shares_unvested == 0
        return
    stated = Counts(exercised, exercisable, one.shares_unvested)
    assert counts_on(portfolio, "ES-1", AS_OF) == stated
    assert not [remark for remark in found.remarks if remark.kind == "counts differ"]
    more = Exercise("ES-1", AS_OF + timedelta(days=1), exercisable + 1)
    with pytest.raises(ArgumentError):
        follow(Portfolio((one,), (*portfolio.exercises, more), termination=portfolio.termination, as_of=AS_OF), LATER)


@given(
    st.integers(0, 400), st.integers(0, 400), st.integers(0, 400), st.booleans(),
    st.sampled_from(["1/4 yearly", "as the board sees fit", "", "2026-06-30: 400"]),
)  # fmt: skip
def test_where_the_counts_are_not_the_export_s_a_remark_says_so(exercised, exercisable, unvested, left_work, schedule):
    """Any three counts, in or out of step with the schedule."""
    one = held(
        shares_granted=400, vesting_schedule=schedule, grant_date=date(2024, 2, 1),
        shares_exercised=exercised, shares_exercisable=exercisable, shares_unvested=unvested,
        work_ended=date(2026, 5, 1) if left_work else None,
    )  # fmt: skip
    portfolio = Portfolio((one,), as_of=AS_OF)
    found = portfolio_as_of(portfolio)
    said = {remark.kind for remark in found.remarks} - {"exercises not dated", "exercisable differs", "end of the work"}
    if not found.portfolio.grants or counts_on(portfolio, "ES-1", AS_OF) != Counts(exercised, exercisable, unvested):
        assert said
