"""What holds of every Californian, of all years and statuses, with facts of both returns."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.households import californians, dollars, facts_asked
from xl_amt.arithmetic.piecewise import Piecewise
from xl_amt.forms.tax_systems import TAX_SYSTEMS, tax_returns_of
from xl_amt.reading.household import read_household, read_own_facts
from xl_amt.worksheet import FUNCTIONS, call

HALF_A_CENT = 0.005
DUST = 1e-4  # dollars: what binary fractions may lose where millions are added up
ROWS = 64  # a column of so many is answered in arrays
SMALLER = {"AMT_ROOM": (), "AMT_SPREAD_FOR": (5_000,), "AMT_CUSHION": (50_000,), "AMT_ROOM_KEEPING_CREDIT": ()}
SUM = {
    "AMT_REGULAR_TAX": (),
    "AMT_OWED": (90_000,),
    "AMT_TOTAL_TAX": (90_000,),
    "AMT_CREDIT_EARNED": (90_000,),
    "AMT_CREDIT_USED": (90_000,),
    "AMT_CREDIT_CARRIED": (90_000,),
}
ALONE = {"AMT_TAXABLE_INCOME": (), "AMT_INCOME": (90_000,), "AMT_TENTATIVE_TAX": (90_000,)}


def asked(name, household, *own, place="CA"):
    """A function's answer for a household in a jurisdiction."""
    return call(name, *household[:3], *own, *facts_asked(*household[3:], place), place)


def california_return(household):
    """California's return, all but the spread."""
    income, status, year, labels, amounts = household
    facts = dict(zip(labels, amounts, strict=True))
    read = read_household({"income": income, "status": status, "year": year}, facts)
    (of_california,) = tax_returns_of(read, [(TAX_SYSTEMS["CA"], read_own_facts(TAX_SYSTEMS["CA"], read, facts))])
    return of_california


@settings(max_examples=50)
@given(californians())
def test_room_is_confirmed_by_the_form(household):
    """The room owes nothing and a dollar more does; who owes without a spread has none."""
    room = asked("AMT_ROOM", household)
    if asked("AMT_OWED", household, 0) >= HALF_A_CENT:
        assert room == 0.0
    else:
        assert asked("AMT_OWED", household, room) < HALF_A_CENT
        assert asked("AMT_OWED", household, room + 1) >= HALF_A_CENT


@settings(max_examples=50)
@given(californians(), dollars(1_000_000))
def test_spread_for_inverts_owed(household, budget):
    """The spread within a budget owes the budget to the cent; none where AMT without a spread is above it."""
    spread = asked("AMT_SPREAD_FOR", household, budget)
    without = asked("AMT_OWED", household, 0)
    if without >= budget + HALF_A_CENT:
        assert spread == 0.0
    elif budget > without:
        assert asked("AMT_OWED", household, spread) == pytest.approx(budget, rel=0, abs=HALF_A_CENT)


@settings(max_examples=50)
@given(californians(), dollars(2_000_000), dollars(2_000_000))
def test_tentative_tax_never_falls(household, spread, more):
    """A larger spread has no less tentative tax, and 7% of it at least once the exemption is used."""
    first, second = asked("AMT_TENTATIVE_TAX", household, spread), asked("AMT_TENTATIVE_TAX", household, spread + more)
    assert second >= first - DUST
    if first > 0.0:
        assert second >= first + 0.07 * more - DUST


@settings(max_examples=50)
@given(californians(), dollars(1_000_000))
def test_credit_stays_within_its_limit(household, spread):
    """Tentative tax and the credit stay within the tax after exemption credits; nothing of the credit is lost."""
    of_california = california_return(household)
    taxes, form = of_california.total_tax(spread), of_california.minimum_tax(spread)
    credit = taxes.minimum_tax_credit
    assert 0.0 <= credit.credit_used <= max(credit.credit_available, 0.0)
    assert credit.credit_used + credit.credit_carried == pytest.approx(max(credit.credit_available, 0.0), abs=DUST)
    assert credit.credit_used <= max(credit.regular_tax_less_credits - form.tentative_minimum_tax, 0.0)
    assert credit.credit_used == 0.0 or form.alternative_minimum_tax == 0.0
    assert taxes.total >= taxes.alternative_minimum_tax


@settings(max_examples=50)
@given(californians(), dollars(1_000_000))
def test_credit_earned_is_the_deferral_part(household, spread):
    """AMT is what exclusion items alone would owe, and what becomes credit."""
    of_california = california_return(household)
    earned, form = of_california.credit_earned(spread), of_california.minimum_tax(spread)
    assert form.alternative_minimum_tax == pytest.approx(
        earned.minimum_tax_on_exclusion_items + earned.credit_earned, abs=DUST
    )
    assert earned.minimum_tax_on_exclusion_items >= 0.0


@settings(max_examples=50)
@given(californians())
def test_both_jurisdictions(household):
    """Rooms, budgets and cushions are the smaller of the two; taxes and credits add up."""
    for name, own in (SMALLER | SUM).items():
        us, ca, both = (asked(name, household, *own, place=place) for place in ("US", "CA", "US+CA"))
        assert both == (min(us, ca) if name in SMALLER else us + ca), name


@settings(max_examples=25)
@given(californians())
def test_a_column_gives_the_bits_of_a_cell(household):
    """The same household in every row of a column long enough for arrays."""
    together = product((SMALLER | SUM).items(), ("CA", "US+CA"))
    for (name, own), place in (*together, *product(ALONE.items(), ("CA",))):
        alone = asked(name, household, *own, place=place)
        facts = facts_asked(*household[3:], place)
        in_column = call(name, [household[0]] * ROWS, *household[1:3], *own, *facts, place)
        assert {figure.hex() for figure in in_column} == {alone.hex()}, (name, place)


@settings(max_examples=50)
@given(californians(), st.floats(0.0, 2_000_000.0))
def test_a_function_of_the_unknown_gives_what_a_cell_gives(household, spread):
    """Schedule P and all taxes as functions of the spread, at any spread."""
    of_california = california_return(household)
    unknown = Piecewise.unknown(2_000_001.0)
    for of_any, of_one in (
        (of_california.minimum_tax(unknown).tentative_minimum_tax, of_california.minimum_tax(spread)[3]),
        (of_california.total_tax(unknown).total, of_california.total_tax(spread).total),
    ):
        assert (of_any.at(spread) if isinstance(of_any, Piecewise) else of_any) == pytest.approx(of_one, abs=0.01)


@settings(max_examples=50)
@given(californians(), dollars(500_000))
def test_income_as_the_unknown_gives_what_a_cell_gives(household, more):
    """The whole return as a function of further wages, at any of them, but on a step of the exemption credits."""
    of_california = california_return(household)
    facts = of_california.facts
    wages = facts.wages + Piecewise.unknown(500_001.0)
    unknown = of_california.with_facts(replace(facts, wages=wages)).minimum_tax(90_000.0)
    one = california_return((household[0] + more, *household[1:])).minimum_tax(90_000.0)
    for of_any, of_one in zip(unknown, one, strict=True):
        assert (of_any.at(more) if isinstance(of_any, Piecewise) else of_any) == pytest.approx(of_one, abs=0.01)


def test_all_functions_of_a_household_are_asked():
    """No function of a household that answers for California is left out, but those tried elsewhere, as named here."""
    elsewhere = {
        "AMT_INCOME_FOR",
        "AMT_SHARES_TO_SELL",
        "AMT_CURVE",
        "AMT_ROOM_SHARES",
        "AMT_MARGINAL_RATE",
        "AMT_ROOM_BY_INCOME",
        "AMT_BREAK_EVEN",
        "AMT_LOSS_CARRIED",
    }
    printed = {"AMT_FORM", "AMT_LINE"}
    tried = {*SMALLER, *SUM, *ALONE} | elsewhere | printed
    assert tried == {name for name, function in FUNCTIONS.items() if function.takes_household}
