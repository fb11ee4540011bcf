"""The room on the form itself, for every household: what fits owes nothing, and a dollar or a share more does."""

from hypothesis import example, given
from hypothesis import strategies as st

from tests.households import gainful_households, households, owed
from xl_amt.worksheet import call

HALF_A_CENT = 0.005


@given(st.one_of(households(), gainful_households()))
def test_exactly_the_room_is_free_and_a_dollar_more_is_not(household):
    """Exercising the room adds no AMT and a dollar more does; for a household in AMT already the room is 0."""
    room = call("AMT_ROOM", *household)
    if owed(household, 0) >= HALF_A_CENT:
        assert room == 0.0
    else:
        assert owed(household, room) < HALF_A_CENT
        assert owed(household, room + 1) >= HALF_A_CENT


CHEAP = st.integers(1, 500).map(lambda hundredths: hundredths / 10_000)  # of a cent up to five cents
DEAR = st.integers(1, 500_000).map(lambda cents: cents / 100)


@given(households(), st.integers(0, 10_000), st.one_of(CHEAP, DEAR))
@example((150_000, "single", 2021, (), ()), 7, 0.67)
@example((150_000, "single", 2021, (), ()), 0, 0.001)
@example((0, "mfj", 2024, ("Ordinary dividends", "Qualified dividends"), (124_000, 124_000)), 2, 0.03)
def test_whole_shares_fit_and_one_more_does_not(household, strike_in_cents, spread_per_share):
    """The shares owe less than half a cent, and one more owes at least that, however little a share has gained."""
    strike = strike_in_cents / 100
    fmv = strike + spread_per_share
    shares = call("AMT_ROOM_SHARES", *household[:3], strike, fmv, *household[3:])
    assert shares == int(shares) >= 0
    if owed(household, 0) >= HALF_A_CENT:
        assert shares == 0
    else:
        assert owed(household, shares * (fmv - strike)) < HALF_A_CENT
        assert owed(household, (shares + 1) * (fmv - strike)) >= HALF_A_CENT


@given(households(), st.integers(1, 100_000))
def test_available_shares_limit_the_answer(household, available):
    """No more shares than are available; all of them under water."""
    unlimited = call("AMT_ROOM_SHARES", *household[:3], 1, 3, *household[3:])
    limited = call("AMT_ROOM_SHARES", *household[:3], 1, 3, *household[3:], None, available)
    assert limited == min(unlimited, available)
    assert call("AMT_ROOM_SHARES", *household[:3], 3, 1, *household[3:], None, available) == available
