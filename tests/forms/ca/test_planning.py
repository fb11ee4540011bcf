"""Questions that change a Californian's federal facts: more income, a sale before the year ends, the next dollar."""

import itertools
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forms.ca.test_properties import asked, california_return
from tests.households import californians
from tests.planning.december.by_years import exercised, households, money
from xl_amt.errors import ArgumentError, NoAnswerError, NoSolutionError, NotHeldError
from xl_amt.forms.ca.facts import CaliforniaFacts
from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.worksheet import answer, call

HALF_A_CENT = 0.005
PLACES = ("CA", "US+CA")
APART = ("Short-term capital gain", "AMT short-term capital gain", "CA AMT short-term capital gain")
HOUSEHOLD = (150_000, "single", 2024)


def with_facts(household, **changed):
    """A household with other amounts beside some labels."""
    income, status, year, labels, amounts = household
    facts = dict(zip(labels, amounts, strict=True)) | changed
    return income, status, year, tuple(facts), tuple(facts.values())


def owed(household, spread, place):
    """The most AMT that any of the jurisdictions asks."""
    return max(asked("AMT_OWED", household, spread, place=code) for code in place.split("+"))


@pytest.mark.parametrize("place", PLACES)
@settings(max_examples=25)
@given(californians(), st.integers(0, 40).map(lambda steps: steps * 10_000.0))
def test_income_that_absorbs_amt(place, household, spread):
    """With that much more income nothing is owed in any jurisdiction; a dollar less leaves AMT."""
    try:
        more = asked("AMT_INCOME_FOR", household, spread, place=place)
    except NoAnswerError:
        assert owed((household[0] + 5e8, *household[1:]), spread, place) >= HALF_A_CENT
        return
    assert owed((household[0] + more, *household[1:]), spread, place) < 2 * HALF_A_CENT
    if more >= 1.0:
        assert owed((household[0] + more - 1.0, *household[1:]), spread, place) >= HALF_A_CENT


@pytest.mark.parametrize("apart", [{}, {APART[2]: 3_000}, {APART[1]: -2_000, APART[2]: 3_000}], ids=str)
@pytest.mark.parametrize("place", PLACES)
def test_shares_to_sell(place, apart):
    """The fewest shares: sold by hand, with the gain of each system, they leave no AMT, and one share fewer does.

    A share bought at 1 when worth 21 and sold at 26 is 20 of wages and 5 of short-term gain for every system, that of
    California's AMT too where its gains are given apart.
    """
    labels = tuple(apart)
    household = (*HOUSEHOLD, labels, tuple(apart.values()))
    sold = call("AMT_SHARES_TO_SELL", *HOUSEHOLD, 20_000, 1, 21, 26, labels, tuple(apart.values()), place)
    assert 0 < sold < 20_000

    def left(shares):
        gains = {label: apart.get(label, 0) + 5 * shares for label in APART if label in apart or label == APART[0]}
        after = with_facts(household, **gains)
        return owed((HOUSEHOLD[0] + 20 * shares, *after[1:]), 20 * (20_000 - shares), place)

    assert left(sold) < HALF_A_CENT
    assert left(sold - 1) >= HALF_A_CENT


@settings(max_examples=25)
@given(californians(), st.integers(-200_000, 200_000))
def test_gains_given_apart_move_with_the_federal_ones(household, gain):
    """More short-term gain of the year's own is more of each system's, whatever is given apart."""
    of_california = california_return(household)
    facts = of_california.facts
    amt = facts.short_term_gain if facts.amt_short_term_gain is None else facts.amt_short_term_gain
    changed = of_california.with_facts(
        replace(facts, short_term_gain=facts.short_term_gain + gain, amt_short_term_gain=amt + gain)
    )
    own = of_california.own.amt_short_term_gain
    moved = changed.own.amt_short_term_gain
    assert moved is own is None or moved == pytest.approx(own + gain, abs=1e-6)
    assert changed.with_facts(facts).minimum_tax(90_000.0) == pytest.approx(
        of_california.minimum_tax(90_000.0), abs=1e-4
    )


@pytest.mark.parametrize("place", PLACES)
@settings(max_examples=30)
@given(californians(), st.integers(0, 40).map(lambda steps: steps * 10_000.0 + 0.5))
def test_marginal_rate(place, household, spread):
    """The rate is what the next cent costs in all."""
    taxes = [asked("AMT_TOTAL_TAX", household, spread + more, place=place) for more in (0.0, 0.01)]
    assert asked("AMT_MARGINAL_RATE", household, spread, place=place) == pytest.approx(
        (taxes[1] - taxes[0]) / 0.01, abs=1e-3
    )


@settings(max_examples=50)
@given(californians())
def test_curve(household):
    """Each row has the taxes of both jurisdictions at its spread, and between two rows they are straight."""
    rows = asked("AMT_CURVE", household, 900_000, place="US+CA")
    assert (rows[0][0], rows[-1][0]) == (0.0, 900_000.0)
    for row in rows:
        for at, code in ((1, "US"), (4, "CA")):
            assert row[at + 1] == asked("AMT_TENTATIVE_TAX", household, row[0], place=code)
            assert row[at + 2] == asked("AMT_OWED", household, row[0], place=code)
    for first, second in itertools.pairwise(rows):
        middle = (first[0] + second[0]) / 2
        assert asked("AMT_OWED", household, middle) == pytest.approx((first[6] + second[6]) / 2, abs=0.01)


@settings(max_examples=50)
@given(californians(), st.integers(1, 500_000).map(lambda cents: cents / 100))
def test_whole_shares(household, spread_per_share):
    """The shares owe less than half a cent in both, and one more owes at least that in one of them."""
    labels = household[3:]
    shares = call("AMT_ROOM_SHARES", *household[:3], 1, 1 + spread_per_share, *labels, "US+CA")
    spread = 1 + spread_per_share - 1
    if owed(household, 0, "US+CA") >= HALF_A_CENT:
        assert shares == 0
    else:
        assert owed(household, shares * spread, "US+CA") < HALF_A_CENT
        assert owed(household, (shares + 1) * spread, "US+CA") >= HALF_A_CENT


# What is refused


@pytest.mark.parametrize(
    ("kind", "arguments", "sentence"),
    [
        (ArgumentError, (*HOUSEHOLD, None, None, "CA+VI"), "jurisdiction: 'CA+VI' is not available; use US, CA"),
        (ArgumentError, (*HOUSEHOLD, None, None, "CA+CA"), "jurisdiction: 'CA+CA' names more than one"),
        (NotHeldError, (150_000, "single", 2017, None, None, "CA"), "year: "),
        (
            ArgumentError, (*HOUSEHOLD, "CA income adjustment", 5, "CA"),
            "labels: 'CA income adjustment' is not a label; did you mean 'CA income adjustments'?",
        ),
        (
            ArgumentError, (*HOUSEHOLD, "CA long term los carryover", 5, "US"),
            "labels: 'CA long term los carryover' is not a label; did you mean 'CA long-term loss carryover'?",
        ),
        (
            ArgumentError, (*HOUSEHOLD, "CA deduction", "both", "CA"),
            "CA deduction: 'both' is not one of the choices; use larger, standard or itemized.",
        ),
        (
            ArgumentError, (*HOUSEHOLD, "CA other credits", -5, "CA"),
            "CA other credits: -5 is negative; enter zero or more.",
        ),
        (
            ArgumentError, (*HOUSEHOLD, ["CA other credits", "ca OTHER credits"], [1, 2], "CA"),
            "labels: 'CA other credits' is listed twice; combine its amounts on one line.",
        ),
    ],
)  # fmt: skip
def test_bad_input(kind, arguments, sentence):
    """One sentence, in a cell and in each cell of a column."""
    with pytest.raises(kind) as refused:
        call("AMT_ROOM", *arguments)
    assert str(refused.value).startswith(sentence)
    cells = answer("AMT_ROOM", [arguments[0]] * 100, *arguments[1:])
    assert {(type(cell), str(cell)) for cell in cells} == {(kind, str(refused.value))}


def test_lines_of_both_at_once_are_refused():
    """What does not add up is asked of each jurisdiction alone."""
    for name, own in (("AMT_INCOME", (0,)), ("AMT_TENTATIVE_TAX", (0,)), ("AMT_TAXABLE_INCOME", ())):
        with pytest.raises(
            ArgumentError, match=r"'US\+CA' names more than one, and only one can be answered at a time"
        ):
            call(name, *HOUSEHOLD, *own, None, None, "US+CA")


def test_a_label_of_california_without_california():
    """Any fact of California's own is refused where its tax is not asked for, in a cell and in a column; 0 is none."""
    for label in TAX_SYSTEMS["CA"].labels:
        amount = label.choices[-1] if label.choices else 40_000
        sentence = (
            f"labels: '{label.name}' is a fact of California, whose tax the jurisdiction does not name; use US+CA, "
        )
        with pytest.raises(ArgumentError, match=f"^{re.escape(sentence)}"):
            call("AMT_ROOM", *HOUSEHOLD, label.name, amount)
        cells = answer("AMT_ROOM", [HOUSEHOLD[0]] * 100, *HOUSEHOLD[1:], label.name, amount)
        assert all(str(cell).startswith(sentence) for cell in cells)
        for nothing in (None, "", *(() if label.choices else (0,))):
            assert call("AMT_ROOM", *HOUSEHOLD, label.name, nothing) == call("AMT_ROOM", *HOUSEHOLD)


def test_no_shares_are_enough():
    """A sentence where selling all of them still leaves California's AMT."""
    with pytest.raises(NoSolutionError, match="AMT is owed even if all of them are sold"):
        call("AMT_SHARES_TO_SELL", *HOUSEHOLD, 10, 1, 21, 26, "CA other AMT deferral items", 900_000, "CA")


@pytest.mark.parametrize("place", ["CA", "US+CA"])
def test_the_room_by_income(place):
    """Every row holds the room of its income."""
    for income, room, _ in call("AMT_ROOM_BY_INCOME", 60_000, 400_000, "mfj", 2025, None, None, place):
        assert room == pytest.approx(call("AMT_ROOM", income, "mfj", 2025, None, None, place), abs=0.01)


@pytest.mark.parametrize("place", ["CA", "US+CA"])
@pytest.mark.parametrize("gain", [-30_000.0, 40_000.0])
def test_the_break_even_with_gains_of_its_own(place, gain):
    """By real sales through both returns, a gain of California's own given apart: below the price selling is better."""
    labels = ("CA AMT long-term capital gain", gain)
    price = call("AMT_BREAK_EVEN", 5_000, 2, 42, 30, 200_000, "single", 2024, *labels, place, None, None, 0.5)
    portfolio = exercised(granted=date(2021, 2, 1), day=date(2024, 3, 1), shares=5_000, strike=2.0, fmv=42.0)
    facts = households(2024, 2025, 200_000.0)
    options = {"codes": place.split("+"), "credit_left_at": 0.5, "own": CaliforniaFacts(amt_long_term_gain=gain)}
    selling = money(portfolio, facts, [(date(2024, 12, 31), 5_000, 30.0)], **options)
    for off in (0.01, 0.5, 6.0):
        assert money(portfolio, facts, [(date(2025, 12, 31), 5_000, price + off)], **options) > selling
        assert money(portfolio, facts, [(date(2025, 12, 31), 5_000, price - off)], **options) < selling
