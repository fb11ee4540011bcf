"""What a plan asks of one year, proved on the form itself: budgets, curves, bonuses and sales of many households."""

from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from xl_amt.errors import NoAnswerError, NoSolutionError
from xl_amt.law import STATUSES
from xl_amt.worksheet import call

A_CENT = 0.01
HALF_A_CENT = 0.005
MOST = 3_000_000.0
SOON = 2.0  # seconds: an answer takes milliseconds, one that walks every step takes many times this


@st.composite
def households(draw, years=(2018, 2030)):
    """Income, status and year, with labels and amounts: gains for both taxes, itemized facts and credits."""
    year, status = draw(st.integers(*years)), draw(st.sampled_from(list(STATUSES)))
    qualified = draw(st.sampled_from([0, 0, 4_000, 90_000]))
    facts = {
        "Ordinary dividends": qualified + draw(st.sampled_from([0, 1_500])),
        "Qualified dividends": qualified,
        "Short-term capital gain": draw(st.sampled_from([0, 0, -9_000, 25_000])),
        "Long-term capital gain": draw(st.one_of(st.just(0), st.integers(-20_000, 900_000))),
        "State income tax": draw(st.sampled_from([0, 8_000, 70_000])),
        "Mortgage interest": draw(st.sampled_from([0, 15_000, 40_000])),
        "Cash gifts": draw(st.sampled_from([0, 800, 30_000])),
        "Age": draw(st.sampled_from([0, 66])),
        "Qualified business income deduction": draw(st.sampled_from([0, 0, 5_000])),
        "Foreign tax credit": draw(st.sampled_from([0, 0, 3_000])),
        "Other nonrefundable credits": draw(st.sampled_from([0, 0, 2_500])),
        "Other dependents": draw(st.sampled_from([0, 2])),
        "Minimum tax credit": draw(st.sampled_from([0, 6_000, 400_000])),
        "Other AMT deferral items": draw(st.sampled_from([0, 0, -12_000, 30_000])),
    }
    if draw(st.booleans()):
        facts["AMT long-term capital gain"] = draw(st.integers(-50_000, 300_000))
    return draw(st.integers(0, 1_800_000)), status, year, list(facts), list(facts.values())


spreads = st.integers(0, 2_000_000)


def at(household, spread):
    """The arguments with a spread."""
    income, status, year, *facts = household
    return income, status, year, spread, *facts


def with_amounts(household, **more):
    """The same household with some facts raised, named by field words."""
    income, status, year, labels, amounts = household
    facts = dict(zip(labels, amounts, strict=True))
    for name, amount in more.items():
        label = name.replace("_", " ")
        if label == "income":
            income += amount
        else:
            label = next((known for known in facts if known.lower().replace("-", " ") == label), label)
            facts[label] = facts.get(label, 0) + amount
    return income, status, year, list(facts), list(facts.values())


# A budget


@given(households())
def test_a_budget_of_nothing_is_the_room(household):
    """AMT_SPREAD_FOR at 0 is AMT_ROOM."""
    assert call("AMT_SPREAD_FOR", *at(household, 0)) == call("AMT_ROOM", *household)


@given(households(), st.integers(0, 400_000))
def test_a_budget_is_spent_and_not_a_dollar_more(household, budget):
    """The spread of a budget owes the budget, and a dollar more of it owes more; 0 where nothing fits it."""
    spread = call("AMT_SPREAD_FOR", *at(household, budget))
    owed = call("AMT_OWED", *at(household, spread))
    if call("AMT_OWED", *at(household, 0)) > budget:
        assert spread == 0.0
    else:
        assert owed == pytest.approx(budget, abs=A_CENT)
    assert call("AMT_OWED", *at(household, spread + 1.0)) > budget + HALF_A_CENT


# The room that keeps a credit


@given(households())
def test_the_room_keeping_credit(household):
    """It owes no AMT and uses the same credit as exercising nothing; a dollar more owes some or uses less."""
    spread = call("AMT_ROOM_KEEPING_CREDIT", *household)
    unexercised = call("AMT_CREDIT_USED", *at(household, 0))
    assert spread <= call("AMT_ROOM", *household)
    assert call("AMT_CREDIT_USED", *at(household, spread)) == pytest.approx(unexercised, abs=A_CENT)
    owed_at_zero = call("AMT_OWED", *at(household, 0))
    assert call("AMT_OWED", *at(household, spread)) <= owed_at_zero + A_CENT
    loses = call("AMT_CREDIT_USED", *at(household, spread + 1.0)) < unexercised - HALF_A_CENT
    owes = call("AMT_OWED", *at(household, spread + 1.0)) > owed_at_zero + HALF_A_CENT
    assert loses if unexercised > A_CENT else owes


# The curve and the next dollar


@given(households(), st.lists(st.floats(0.01, 0.99), min_size=3, max_size=3))
def test_the_curve_is_straight_between_its_rows(household, parts):
    """Between two rows every tax lies on the straight line, and each row is the form at its spread."""
    rows = call("AMT_CURVE", *at(household, MOST))
    assert rows[0][0] == 0.0
    assert rows[-1][0] == MOST
    for spread, regular_tax, tentative_tax, owed in rows:
        assert owed == call("AMT_OWED", *at(household, spread))
        assert tentative_tax == call("AMT_TENTATIVE_TAX", *at(household, spread))
        assert tentative_tax + call("AMT_CUSHION", *at(household, spread)) == pytest.approx(regular_tax)
    for (start, _, tentative_1, owed_1), (end, _, tentative_2, owed_2) in pairwise(rows):
        assert end - start > A_CENT
        for part in parts:
            here = at(household, start + part * (end - start))
            assert call("AMT_OWED", *here) == pytest.approx(owed_1 + part * (owed_2 - owed_1), abs=A_CENT)
            assert call("AMT_TENTATIVE_TAX", *here) == pytest.approx(
                tentative_1 + part * (tentative_2 - tentative_1), abs=A_CENT
            )


@given(households())
def test_the_room_is_a_row_of_the_curve(household):
    """AMT begins at a row of its own, and it never falls."""
    rows = call("AMT_CURVE", *at(household, MOST))
    owed = [row[3] for row in rows]
    assert owed == sorted(owed)
    room = call("AMT_ROOM", *household)
    if 0.0 < room < MOST:
        assert min(abs(row[0] - room) for row in rows) < A_CENT


def total_tax(household, spread):
    """The year's whole tax with a spread."""
    return call("AMT_TOTAL_TAX", *at(household, spread))


@given(households(), spreads)
def test_the_marginal_rate_inside_a_stretch(household, spread):
    """It is the difference quotient of the total tax, where no kink is within reach."""
    step = 0.25
    before, here, after = (total_tax(household, spread + move) for move in (0.0, step, 2 * step))
    assume(abs((after - here) - (here - before)) < 1e-6)
    assert call("AMT_MARGINAL_RATE", *at(household, spread + step)) == pytest.approx((after - here) / step, abs=1e-5)


@given(households())
def test_the_marginal_rate_at_a_kink_is_that_of_the_next_dollar(household):
    """At the rows of the curve, the room among them, the rate is that of what comes next."""
    rows = call("AMT_CURVE", *at(household, MOST))
    for spread in [row[0] for row in rows[:-1]] + [call("AMT_ROOM", *household)]:
        first, second = (total_tax(household, spread + move) - total_tax(household, spread) for move in (0.125, 0.25))
        if abs(second - 2 * first) < 1e-6:
            assert call("AMT_MARGINAL_RATE", *at(household, spread)) == pytest.approx(second / 0.25, abs=1e-5)


def test_the_marginal_rate_counts_credit_lost():
    """Within the room every dollar of spread postpones 26 cents of an old credit."""
    facts = ["Minimum tax credit"], [50_000]
    assert call("AMT_MARGINAL_RATE", 150_000, "single", 2021, 1_000) == 0.0
    assert call("AMT_MARGINAL_RATE", 150_000, "single", 2021, 1_000, *facts) == pytest.approx(0.26)


# AMT income of 720,000 in 2025 and 600,000 after: 28% x 1.25, and 28% x 1.5 from 2026
@pytest.mark.parametrize(
    ("year", "spread", "rate"), [(2025, 420_000, 0.35), (2026, 300_000, 0.42), (2030, 300_000, 0.42)]
)
def test_the_marginal_rate_in_the_phase_out(year, spread, rate):
    """Inside the phase-out a dollar takes part of the exemption along."""
    assert call("AMT_MARGINAL_RATE", 300_000, "single", year, spread) == pytest.approx(rate)


# Further income


@given(households(), st.integers(1, 600_000), st.lists(st.floats(0.0, 1.0), min_size=10, max_size=10))
def test_income_that_absorbs_the_spread(household, spread, parts):
    """With the income there is no AMT, with a dollar less there is some, and no smaller income does it."""

    def owed(more):
        return call("AMT_OWED", *at(with_amounts(household, income=more), spread))

    try:
        income = call("AMT_INCOME_FOR", *at(household, spread))
    except NoAnswerError:
        for power in range(40):
            assert owed(1.5**power * 1_000) > HALF_A_CENT
        return
    if income == 0.0:
        assert owed(0.0) < HALF_A_CENT
        return
    assert owed(income) < A_CENT
    assert owed(max(income - 1.0, 0.0)) > HALF_A_CENT / 2.0
    for part in [*parts, *(tenth / 40.0 for tenth in range(40))]:
        if income * part < income - 0.5:
            assert owed(income * part) > HALF_A_CENT / 2.0


def test_income_far_up_absorbs_other_items_too():
    """The answer can lie far above the spread, where other AMT items are large.

    2025, single: 28% of 50,000,000 less the lower brackets is made good at 37% - 28% = 9 cents a dollar.
    """
    facts = ["Other AMT deferral items"], [50_000_000]
    income = call("AMT_INCOME_FOR", 250_000, "single", 2025, 1_000, *facts)
    assert 150_000_000 < income < 160_000_000
    assert call("AMT_OWED", 250_000 + income, "single", 2025, 1_000, *facts) < A_CENT


@pytest.mark.parametrize("spread", [60_000, 20_000_000])
@pytest.mark.parametrize("label", ["Car loan interest deduction", "Tips deduction", "Overtime deduction"])
def test_income_with_a_deduction_in_steps(label, spread):
    """Deductions that fall in steps of 1,000 dollars are figured again with the income, at any spread, in no time."""
    facts = [label], [9_000]
    started = perf_counter()
    income = call("AMT_INCOME_FOR", 250_000, "single", 2025, spread, *facts)
    assert perf_counter() - started < SOON
    assert call("AMT_OWED", 250_000 + income, "single", 2025, spread, *facts) < A_CENT
    assert call("AMT_OWED", 250_000 + income - 1.0, "single", 2025, spread, *facts) > HALF_A_CENT


# Sales


prices = st.tuples(st.integers(1, 40), st.integers(1, 160), st.integers(1, 200))


def owed_after_sale(household, shares, strike, fmv, price, sold):
    """AMT with some of the shares sold, by IRC 422(c)(2): wages of the spread, or of the gain where it is less."""
    wages = max(min(fmv, price) - strike, 0)
    gain = price - strike - wages
    more = {"income": sold * wages, "short_term_capital_gain": sold * gain}
    return call("AMT_OWED", *at(with_amounts(household, **more), (shares - sold) * max(fmv - strike, 0)))


@given(households(), st.integers(1, 20_000), prices)
def test_shares_to_sell(household, shares, prices):
    """Selling the shares leaves no AMT and selling one share fewer leaves some, recomputed with the sale entered."""
    strike, fmv, price = prices
    income, status, year, *facts = household

    def owed(sold):
        return owed_after_sale(household, shares, strike, fmv, price, sold)

    try:
        sold = call("AMT_SHARES_TO_SELL", income, status, year, shares, strike, fmv, price, *facts)
    except NoSolutionError:
        for part in range(11):
            assert owed(shares * part // 10) > HALF_A_CENT / 2.0
        return
    assert sold == int(sold)
    assert 0 <= sold <= shares
    assert owed(sold) < HALF_A_CENT
    if sold:
        assert owed(sold - 1) >= HALF_A_CENT
        for part in range(20):
            assert owed(int(sold * part / 20.0)) >= HALF_A_CENT


def test_shares_to_sell_at_a_price_below_the_value_at_exercise():
    """A sale at a loss since exercise brings wages of the gain alone: 2024, single, by hand.

    10,000 shares, strike 1, value 11, price 9: a share sold takes 10 of spread away and brings 8 of wages. With
    7,041 sold: wages 206,328, spread 29,590; regular tax 39,110.50 - 24% x 222 = 39,057.22; tentative tax
    (235,918 - 85,700) x 26% = 39,056.68. With 7,040: 39,055.30 and 39,057.20.
    """
    assert call("AMT_SHARES_TO_SELL", 150_000, "single", 2024, 10_000, 1, 11, 9) == 7_041


def test_shares_to_sell_at_a_profit_since_exercise():
    """What the price has gained since exercise is short-term gain: regular tax on it brings the answer sooner."""
    below, at_value, above = (
        call("AMT_SHARES_TO_SELL", 150_000, "single", 2024, 10_000, 1, 11, price) for price in (9, 11, 30)
    )
    assert above < at_value < below


def test_shares_to_sell_with_a_deduction_in_steps():
    """A deduction that falls in steps with income does not slow the answer, however large the sale."""
    facts = ["Car loan interest deduction"], [9_000]
    started = perf_counter()
    sold = call("AMT_SHARES_TO_SELL", 150_000, "single", 2025, 1_000_000, 1, 1_001, 900, *facts)
    assert perf_counter() - started < SOON
    assert 0 < sold < 1_000_000


def test_nothing_to_sell_within_the_room():
    """Within the room no share need be sold."""
    assert call("AMT_SHARES_TO_SELL", 150_000, "single", 2024, 100, 1, 11, 9) == 0
