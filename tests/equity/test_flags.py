"""What an advisor is told to look at: terms that are none of an ISO's, and figures that rest on something unsaid."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from xl_amt.equity.flags import flags
from xl_amt.equity.grants import Grant
from xl_amt.equity.history import follow
from xl_amt.equity.portfolio import Exercise, Portfolio, Termination
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
        replace(ISO, ten_percent_owner=True, strike=11.0, expiration_date=date(2027, 1, 3)),  # 110 %, five years
        replace(ISO, ten_percent_owner=True, strike=1.32, fmv_at_grant=1.2),  # 110 % to the cent
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
    """An ISO whose expiry nobody states expires ten years after its grant, five for a 10 % owner."""
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
