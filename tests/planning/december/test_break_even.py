"""The later price at which holding equals selling: worked figures, and both sides of it by real sales."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.planning.december.by_years import exercised, households, money
from xl_amt.equity.amounts import moved_by
from xl_amt.equity.lots import Lot
from xl_amt.equity.sales import sell
from xl_amt.errors import AmtError
from xl_amt.planning.december.by_price import amounts_by_price
from xl_amt.worksheet import call

A_CENT = 0.01
ISSUE = (5_000, 2, 42, 30, 200_000, "single", 2024)  # shares, strike, value at exercise, price now, the household


@pytest.mark.parametrize(("credit_left_at", "price"), [(0, 29.10), (0.5, 27.21), (1, 24.97)])
def test_the_worked_figures(credit_left_at, price):
    """5,000 shares at 2, exercised at 42, now 30; single, wages of 200,000: by hand from the tables of both years."""
    found = call("AMT_BREAK_EVEN", *ISSUE, None, None, None, None, None, credit_left_at)
    assert round(found, 2) == price


def test_the_worth_of_the_credit_that_is_left():
    """By hand, at no worth: sold, 150,000 less 46,726.25. Held, 5,000 P less AMT of 45,813.50.

    The gain of 5,000 (P - 2) is taxed at 15% in 2025, which the credit takes back whole, since the AMT sees a loss;
    the credit gives back 7,973 and 26% of a loss of 3,000 besides. 3.8% of the gain is left.
    """
    loss_and_credit = 7_973 + 3_000 * 0.26
    without_worth = (103_273.75 + 45_813.50 - loss_and_credit - 0.038 * 10_000) / (5_000 * (1 - 0.038))
    assert call("AMT_BREAK_EVEN", *ISSUE) == pytest.approx(without_worth, abs=A_CENT)


# shares, strike, value at exercise, price now; income, status, year, facts; jurisdiction, later income, later year
CASES = [
    ((5_000, 2, 42, 30), (200_000, "single", 2024, {}), "US", None, 2025),
    ((5_000, 2, 42, 50), (200_000, "single", 2024, {}), "US", None, 2025),
    ((5_000, 2, 42, 1), (200_000, "single", 2024, {}), "US", None, 2025),
    ((800, 20, 21, 19), (90_000, "hoh", 2025, {"children_under_17": 2.0}), "US", None, 2026),
    ((9_000, 1, 60, 45), (390_000, "mfj", 2025, {"children_under_17": 3.0}), "US", None, 2026),
    ((3_000, 2, 42, 30), (200_000, "mfs", 2023, {"long_term_gain": 80_000.0}), "US", 120_000, 2024),
    ((20_000, 0.5, 12, 6), (250_000, "single", 2023, {"minimum_tax_credit": 9_000.0}), "US", 400_000, 2025),
    ((5_000, 2, 42, 30), (200_000, "single", 2024, {"interest": 3_000.0}), "CA", None, 2025),
    ((5_000, 2, 42, 30), (200_000, "single", 2024, {}), "US+CA", None, 2025),
    ((7_000, 3, 25, 22), (160_000, "mfj", 2024, {"mortgage_interest": 40_000.0}), "US+CA", 300_000, 2026),
    ((5_000, 2, 42, 30), (200_000, "single", 2024, {}), "US+CT", None, 2025),
    ((5_000, 2, 42, 30), (200_000, "single", 2023, {}), "US+MN", None, 2024),
    ((5_000, 2, 42, 30), (200_000, "single", 2024, {}), "US+TX", None, 2025),
]


LABELS = {
    "children_under_17": "Children under 17",
    "long_term_gain": "Long-term capital gain",
    "minimum_tax_credit": "Minimum tax credit",
    "interest": "Interest",
    "mortgage_interest": "Mortgage interest",
    "medical_expenses": "Medical expenses",
    "state_income_tax": "State income tax",
}


@pytest.mark.parametrize("credit_left_at", [0.0, 0.5, 1.0])
@pytest.mark.parametrize(("of_shares", "household", "place", "later_income", "later_year"), CASES)
def test_holding_is_worse_below_and_better_above(of_shares, household, place, later_income, later_year, credit_left_at):
    """By real sales, priced day by day through each year: a cent below the price selling is better, a cent above not.

    So it is on a grid of prices further off.
    """
    check_both_sides(of_shares, household, place, later_income, later_year, credit_left_at)


@st.composite
def questions(draw):
    """Shares, a household, whose taxes, and a later year; at most 100,000 dollars of options at grant, so all ISOs."""
    cents = st.integers(1, 6_000).map(lambda amount: amount / 100)
    shares = draw(st.integers(1, 30_000))
    strike = draw(st.floats(0.01, 100_000 / shares - 0.01).map(lambda price: round(price, 2)))
    fmv = strike + draw(cents)
    of_shares = (shares, strike, fmv, draw(cents.map(lambda price: price * fmv / 40)))
    year = draw(st.sampled_from((2018, 2022, 2023, 2024, 2025)))  # the child tax credit of 2021 is not held
    thousands = st.integers(1, 90).map(lambda amount: 1_000.0 * amount)
    facts = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "children_under_17": st.integers(1, 4).map(float),
                "long_term_gain": st.one_of(thousands, thousands.map(lambda gain: -gain)),
                "minimum_tax_credit": thousands,
                "interest": thousands,
                "mortgage_interest": thousands,
                "medical_expenses": thousands,
                "state_income_tax": thousands,
            },
        )
    )
    status = draw(st.sampled_from(("single", "mfj", "mfs", "hoh")))
    household = (draw(st.integers(1, 900_000)), status, year, facts)
    place = draw(st.sampled_from(("US", "CA", "US+CA")))
    later_income = draw(st.one_of(st.none(), st.integers(1, 600_000)))
    return of_shares, household, place, later_income, year + draw(st.integers(1, 2)), draw(st.floats(0.0, 1.0))


@settings(max_examples=40, deadline=None)
@given(questions())
def test_both_sides_of_any_break_even(question):
    """So it is for any household, at any worth of the credit left."""
    check_both_sides(*question, below=(0.01,))  # further below, a step of a form can put holding ahead again


OFF = (0.01, 0.02, 0.05, 0.25, 1.0, 5.0, 40.0)


def check_both_sides(of_shares, household, place, later_income, later_year, credit_left_at, below=OFF):
    """Real sales below the break-even leave less than selling now, and those above it more."""
    shares, strike, fmv, now = of_shares
    income, status, year, facts = household
    price = call(
        *("AMT_BREAK_EVEN", *of_shares, income, status, year, [LABELS[name] for name in facts] or None),
        *(list(facts.values()) or None, place, later_income, later_year, credit_left_at),
    )
    portfolio = exercised(
        granted=date(year - 2, 2, 1), day=date(year, 3, 1), shares=shares, strike=strike, fmv=float(fmv)
    )
    of_years = households(year, later_year, float(income), later_income and float(later_income), status, **facts)
    options = {"codes": place.split("+"), "credit_left_at": credit_left_at}
    selling = money(portfolio, of_years, [(date(year, 12, 31), shares, now)], **options)
    for off in OFF:
        holding = money(portfolio, of_years, [(date(later_year, 12, 31), shares, price + off)], **options)
        assert holding > selling
    for off in below:
        if price > off:
            holding = money(portfolio, of_years, [(date(later_year, 12, 31), shares, price - off)], **options)
            assert holding < selling


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2025, 1, 2), date(2025, 6, 2)])
@pytest.mark.parametrize("strike", [0.0, 2.0, 50.0])
def test_a_sale_is_the_same_as_a_function_of_its_price(day, strike):
    """Its amounts are those of the sale functions at every price, in all three kinds of sale."""
    lot = Lot("A", "A", "ISO", date(2021, 1, 5), date(2024, 5, 6), 700, strike, 42.0, vested=date(2024, 5, 6))
    lines = amounts_by_price(lot, day, 120.0)
    for price in (0.0, 0.5, 1.99, 2.0, 2.01, 30.0, 41.99, 42.0, 49.9, 50.0, 77.7, 119.0):
        sale = moved_by(sell(lot, price, day))
        for name in ("iso_spread", "disqualifying_wages", "wages_already_taxed_by_amt", "short_term_gain",
                     "long_term_gain", "amt_short_term_gain", "amt_long_term_gain", "proceeds"):  # fmt: skip
            line = getattr(lines, name)
            value = line if isinstance(line, float) else line.at(price)
            assert value == pytest.approx(getattr(sale, name), abs=1e-6), (name, price)


def test_where_holding_is_better_at_every_price():
    """A loss of 3,000 is worth 12% at 30,000 of wages now, and 35% at 500,000 later: even for nothing later, 0."""
    assert call("AMT_BREAK_EVEN", 600, 5, 5, 0.01, 30_000, "single", 2024, None, None, None, 500_000) == 0.0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({0: 0}, "shares: shares are whole; enter a whole number of at least 1."),
        ({0: 10.5}, "shares: shares are whole; enter a whole number of at least 1."),
        ({2: None}, "fmv_at_exercise: it is blank or 0; enter the value per share on the day of the exercise."),
        (
            {3: 0},
            (
                "price_now: it is blank or 0; enter what a buyer pays for a share: without a market there is no sale, "
                "and an appraised (409A) value is not a bid."
            ),
        ),
        (
            {11: 2024},
            (
                "later_year: 2024 is not after 2024, and a sale in the year of the exercise is not a later sale; "
                "enter a later year, or leave it blank."
            ),
        ),
        (
            {12: 1.5},
            "credit_left_at: a dollar of credit left is worth at most a dollar; enter a fraction from 0 to 1.",
        ),
        ({12: -1}, "credit_left_at: -1 is negative; enter zero or more."),
        ({11: 2025.5}, "later_year: 2025.5 is not a whole year; enter a tax year such as 2026."),
    ],
)
def test_bad_input(changes, sentence):
    """One sentence each."""
    arguments = [*ISSUE, None, None, None, None, None, None]
    for place, value in changes.items():
        arguments[place] = value
    with pytest.raises(AmtError) as refused:
        call("AMT_BREAK_EVEN", *arguments)
    assert str(refused.value) == sentence


def test_a_year_whose_law_is_not_held():
    """A sale too far ahead is refused by the law."""
    with pytest.raises(AmtError, match="2037 is after 2036, the last tax year that is projected"):
        call("AMT_BREAK_EVEN", *ISSUE, None, None, None, None, 2099)
