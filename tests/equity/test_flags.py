"""What an advisor is told to look at: terms that are none of an ISO's, and figures that rest on something unsaid."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from xl_amt.equity.flags import flags
from xl_amt.equity.grants import Grant, VestingEvent
from xl_amt.equity.history import follow
from xl_amt.equity.portfolio import Acceleration, Exercise, Portfolio, Sale, Termination
from xl_amt.errors import ArgumentError

END = date(2040, 12, 31)
ISO = Grant("ES-1", "ISO", date(2022, 1, 3), 10.0, 400, fmv_at_grant=10.0)


def flags_of(grant, *exercises, **more):
    """The flags of a portfolio of one grant."""
    portfolio = Portfolio((grant,), exercises, **more)
    return flags(portfolio, follow(portfolio, END))


@pytest.mark.parametrize(
    "grant",
    [
        ISO,
        replace(ISO, strike=12.0),
        replace(ISO, expiration_date=date(2032, 1, 3)),  # ten years
        replace(ISO, ten_percent_owner=True, strike=11.0, expiration_date=date(2027, 1, 3)),  # 110%, five years
        replace(ISO, ten_percent_owner=True, strike=1.32, fmv_at_grant=1.2),  # 110% to the cent
        replace(ISO, option_type="NSO", strike=5.0, expiration_date=date(2042, 1, 3)),
    ],
)
def test_terms_of_an_iso(grant):
    """Terms that IRC 422 allows are not flagged, and no term of an NSO is."""
    assert flags_of(grant) == []


@pytest.mark.parametrize(
    ("grant", "section"),
    [
        (replace(ISO, strike=9.99), "IRC 422(b)(4)"),
        (replace(ISO, expiration_date=date(2032, 1, 4)), "IRC 422(b)(3)"),
        (replace(ISO, ten_percent_owner=True, strike=10.99), "IRC 422(c)(5)"),
        (replace(ISO, ten_percent_owner=True, strike=11.0, expiration_date=date(2027, 1, 4)), "IRC 422(c)(5)"),
        (replace(ISO, fmv_at_grant=None), "$100,000 rule"),
    ],
)
def test_terms_of_no_iso(grant, section):
    """A strike below the value at grant, too long a life, an unknown value: one sentence that names the grant."""
    (flag,) = flags_of(grant)
    assert flag.startswith("ES-1: ")
    assert section in flag
    assert flag.endswith(".")


@pytest.mark.parametrize(("owner", "last_day"), [(False, date(2032, 1, 3)), (True, date(2027, 1, 3))])
def test_an_exercise_after_ten_years_is_refused(owner, last_day):
    """An ISO whose expiry nobody states expires ten years after its grant, five for a 10% owner."""
    grant = replace(ISO, ten_percent_owner=owner, fmv_at_grant=ISO.strike / 2)
    assert flags_of(grant, Exercise("ES-1", last_day, 10, 20.0)) == []
    with pytest.raises(ArgumentError, match=f"expire on {last_day}"):
        flags_of(grant, Exercise("ES-1", last_day + timedelta(days=1), 10, 20.0))


def test_an_exercise_after_the_law_s_clock_is_flagged():
    """Of an exercise that is taxed as an NSO's, the last day as an ISO is named; of one in time nothing is said."""
    ended = Termination(date(2026, 1, 31))
    assert flags_of(ISO, Exercise("ES-1", date(2026, 4, 30), 10, 20.0), termination=ended) == []
    (flag,) = flags_of(ISO, Exercise("ES-1", date(2026, 5, 1), 10, 20.0), termination=ended)
    assert flag.startswith("ES-1: the exercise of 2026-05-01 is after 2026-04-30")


def test_a_likely_wash_sale_over_the_end_of_the_year_is_flagged():
    """Stock units that vest in January make a loss of December one that is not allowed; one in November does not."""
    units = Grant("R", "RSU", date(2025, 1, 5), 0.0, 100, "100% yearly")
    exercised = Exercise("ES-1", date(2025, 3, 1), 100, 51.0)
    for sold, flagged in ((date(2025, 12, 20), True), (date(2025, 11, 20), False)):
        portfolio = Portfolio((ISO, units), (exercised,), (Sale(sold, 100, 21.0),))
        found = [flag for flag in flags(portfolio, follow(portfolio, date(2025, 12, 31))) if "wash sale" in flag]
        assert bool(found) is flagged
        assert all("R, vesting 2026-01-05" in flag for flag in found)


def test_a_platform_s_split_that_an_acceleration_overtakes_is_flagged():
    """The split of the accelerated year is figured again, and the client is told to ask for the company's new one."""
    events = tuple(VestingEvent(date(year, 1, 3), 5_000, 5_000) for year in (2023, 2024))
    grant = replace(ISO, shares_granted=10_000, vesting_events=events, fmv_at_grant=10.0)
    portfolio = Portfolio((grant,), accelerations=(Acceleration("ES-1", date(2023, 6, 1)),))
    history = follow(portfolio, END)
    assert [tranche.iso_shares for tranche in history.tranches] == [5_000, 5_000]
    assert any("set aside" in flag for flag in flags(portfolio, history))


def test_an_acceleration_of_other_awards_leaves_the_platform_s_split():
    """IRC 422(d) counts ISOs: stock units that vest early change nothing of it."""
    events = (VestingEvent(date(2023, 1, 3), 400, 300),)
    units = Grant("R", "RSU", date(2022, 1, 5), 0.0, 100, "100% yearly")
    portfolio = Portfolio(
        (replace(ISO, vesting_events=events), units),
        values=((date(2022, 1, 1), 10.0),),
        accelerations=(Acceleration("R", date(2022, 6, 1)),),
    )
    assert follow(portfolio, END).tranches[0].iso_shares == 300
