"""Shares exercised early that never vest: they go back to the company, and what an election included is lost."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_amt.calendar import calendar_of
from xl_amt.documents.form_1099b import sales_of
from xl_amt.documents.form_w2 import wages_of
from xl_amt.equity.grants import Grant
from xl_amt.equity.history import follow
from xl_amt.equity.portfolio import Acceleration, Exercise, Portfolio, Repurchase, Sale, Termination
from xl_amt.errors import AmtError, ArgumentError, NotHeldError
from xl_amt.household import Household
from xl_amt.planning.years import years

GRANTED, EXERCISED, LEFT, BACK = date(2024, 1, 2), date(2024, 2, 1), date(2026, 6, 1), date(2026, 7, 1)
END = date(2035, 12, 31)
VALUES = ((date(2025, 1, 2), 20.0), (date(2026, 1, 2), 30.0))


def plan(*repurchases, kind="ISO", election=False, shares=400, **more):
    """400 options at 2, 100 of which vest each year, exercised at once at a value of 5; the work ends after two."""
    grant = Grant("A", kind, GRANTED, 2.0, 400, "1/4 yearly", fmv_at_grant=2.0, early_exercisable=True)
    exercise = Exercise("A", EXERCISED, shares, 5.0, election_83b=election)
    terms = {"values": VALUES, "termination": Termination(LEFT)} | more
    return Portfolio((grant,), (exercise,), repurchases=repurchases, **terms)


def amounts(portfolio):
    """What each of the years 2024 to 2027 takes."""
    plan_of_years = years(portfolio, [Household(year, "single", 150_000.0) for year in range(2024, 2028)])
    return [year.amounts for year in plan_of_years]


def test_without_an_election_nothing_was_income():
    """The AMT income is that of the 200 that vested, 100 x 18 and 100 x 28; the 200 that go back at cost leave none."""
    own = amounts(plan(Repurchase(BACK, "A", 200, 2.0)))
    assert [year.iso_spread for year in own] == [0.0, 1_800.0, 2_800.0, 0.0]
    assert [(year.short_term_gain, year.amt_short_term_gain, year.ordinary_gain) for year in own] == [(0, 0, 0)] * 4
    assert [lot.shares for lot in follow(plan(Repurchase(BACK, "A", 200, 2.0)), END).held] == [100, 100]


def test_an_election_is_lost():
    """All 400 x 3 was AMT income in 2024; the 200 that go back at cost are no loss (IRC 83(b)(1); Kadillak)."""
    portfolio = plan(Repurchase(BACK, "A", 200, 2.0), election=True)
    own = amounts(portfolio)
    assert [year.iso_spread for year in own] == [1_200.0, 0.0, 0.0, 0.0]
    assert (own[2].short_term_gain, own[2].amt_short_term_gain) == (0.0, 0.0)
    assert own[2].amt_disallowed_loss == 600.0


@pytest.mark.parametrize(
    ("kind", "election", "price", "expected"),
    [
        # gain, AMT gain, ordinary gain, wages without Medicare
        ("ISO", False, 1.5, (-100.0, -100.0, 0.0, 0.0)),
        ("ISO", True, 1.5, (-100.0, -100.0, 0.0, 0.0)),  # what was paid less what is paid back, no more
        ("NSO", False, 1.5, (0.0, 0.0, -100.0, 0.0)),  # Treas. Reg. 1.83-1(b)(2)
        ("NSO", True, 1.5, (-100.0, -100.0, 0.0, 0.0)),  # Treas. Reg. 1.83-2(a)
        ("NSO", True, 2.0, (0.0, 0.0, 0.0, 0.0)),
        ("NSO", True, 4.0, (0.0, 0.0, 0.0, 0.0)),  # more than was paid, less than what was taxed
        ("NSO", True, 6.0, (200.0, 200.0, 0.0, 0.0)),  # over 2 paid and 3 of wages
        ("NSO", False, 6.0, (0.0, 0.0, 800.0, 0.0)),
    ],
)
def test_what_a_return_of_shares_is(kind, election, price, expected):
    """200 shares for which 2 was paid, at several prices."""
    own = amounts(plan(Repurchase(BACK, "A", 200, price), kind=kind, election=election))[2]
    gain, amt_gain = own.short_term_gain + own.long_term_gain, own.amt_short_term_gain + own.amt_long_term_gain
    assert (gain, amt_gain, own.ordinary_gain, own.disqualifying_wages) == expected


def test_a_repurchase_of_iso_shares_above_the_strike():
    """Within the holding periods the gain is wages, at most; after them, long-term gain (IRC 421(b), 422(a)(1))."""
    soon = plan(Repurchase(date(2025, 7, 1), "A", 300, 4.0), termination=Termination(date(2025, 6, 2)))
    assert amounts(soon)[1].disqualifying_wages == 600.0
    assert amounts(plan(Repurchase(BACK, "A", 200, 4.0)))[2].long_term_gain == 400.0


def test_an_ordinary_gain_is_other_income():
    """It is neither wages nor capital: Schedule 1."""
    portfolio = plan(Repurchase(BACK, "A", 200, 1.5), kind="NSO")
    facts = [Household(year, "single", 150_000.0) for year in (2024, 2025, 2026)]
    assert [year.household.other_income for year in years(portfolio, facts)] == [0.0, 0.0, -100.0]


def test_the_end_of_the_work_asks_for_the_repurchase():
    """How many shares, of which grant: its day and its price are to be given."""
    with pytest.raises(
        NotHeldError, match=("enter the repurchase of 200 shares of A, its date and what the company pays")
    ):
        follow(plan(), END)


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (
            Repurchase(BACK, "A", 150, 2.0),
            "A: 200 shares exercised early have not vested when employment ends on 2026-06",
        ),
        (Repurchase(date(2026, 5, 1), "A", 200, 2.0), "A: the repurchase of 2026-05-01 is for 200 shares, but 0 exer"),
        (Repurchase(BACK, "A", 0, 2.0), "A: the repurchase of 2026-07-01 is for 0 shares at 2; enter whole shares"),
        (Repurchase(BACK, "A", 200, -1.0), "A: the repurchase of 2026-07-01 is for 200 shares at -1; enter whole"),
        (Repurchase(date(2023, 1, 1), "A", 200, 2.0), "A: the repurchase of 2023-01-01 is before the grant"),
        (Repurchase(BACK, "B", 200, 2.0), "B: no grant has this label; existing grants: A."),
    ],
)
def test_what_cannot_be_repurchased(step, sentence):
    """One sentence that says what is wrong, where, and what would do."""
    with pytest.raises(AmtError) as refused:
        follow(plan(step), END)
    assert str(refused.value).startswith(sentence)
    assert str(refused.value).endswith(".")


def test_an_acceleration_leaves_nothing_to_repurchase():
    """What vests on the last day of work stays the client's."""
    portfolio = plan(accelerations=(Acceleration("A", LEFT),))
    assert sum(lot.shares for lot in follow(portfolio, END).held) == 400


def test_shares_that_go_back_are_not_sold():
    """Between the end of the work and the repurchase only vested shares can be sold."""
    step = Repurchase(date(2027, 2, 1), "A", 200, 2.0)  # after the day on which some of them would have vested
    sold = plan(step, sales=(Sale(date(2027, 1, 20), 200, 40.0),))
    assert [lot.shares for lot in follow(sold, END).held] == []
    with pytest.raises(ArgumentError, match="but 200 shares are held that day"):
        follow(plan(step, sales=(Sale(date(2027, 1, 20), 201, 40.0),)), END)


def test_documents_and_calendar_of_a_repurchase():
    """No Form 1099-B, no wages on Form W-2, no day of vesting, and no income of that year."""
    portfolio = plan(Repurchase(BACK, "A", 200, 2.0), kind="NSO")
    history = follow(portfolio, END)
    assert sales_of(history, 2026) == ()
    assert [wages_of(history, year).nso for year in (2025, 2026, 2027, 2028)] == [1_800.0, 2_800.0, 0.0, 0.0]
    found = calendar_of(portfolio, date(2026, 7, 1), date(2029, 12, 31)).entries
    assert {due.kind for due in found} == {"estimated tax", "tax return", "long-term"}
    assert not [due for due in found if "2027," in due.title or "of 2028" in due.title]


@given(st.integers(1, 400), st.booleans(), st.sampled_from(["ISO", "NSO"]), st.integers(0, 800), st.data())
def test_no_share_and_no_dollar_is_lost(shares, election, kind, cents, data):
    """What goes back and what is held are all that was exercised; income and gain of both systems are the profit."""
    unvested = max(shares - 200, 0)
    first = data.draw(st.integers(0, unvested))
    steps = tuple(
        Repurchase(day, "A", part, cents / 100)
        for day, part in ((BACK, first), (date(2026, 8, 3), unvested - first))
        if part
    )
    history = follow(plan(*steps, kind=kind, election=election, shares=shares), END)
    assert sum(sale.lot.shares for sale in history.sales) == unvested
    assert sum(lot.shares for lot in history.held) == min(shares, 200)
    for sale in history.sales:
        profit = pytest.approx(sale.proceeds - sale.cost, abs=1e-6)
        assert sale.wages + sale.earlier_wages + sale.gain - sale.disallowed_loss == profit
        assert sale.amt_income + sale.amt_gain - sale.amt_disallowed_loss == profit
        assert min(sale.wages, sale.disallowed_loss, sale.amt_disallowed_loss) >= 0.0
