"""Form 6251 as the spread grows, for every household: it never falls, and bends only at its kinks."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.households import dollars, gainful_households, households, owed
from xl_amt.forms.us.form_6251 import kinks
from xl_amt.forms.us.total_tax import return_of
from xl_amt.law import federal_law
from xl_amt.reading.household import read_household
from xl_amt.worksheet import call

A_MILLIONTH = 1e-6  # of a dollar: what binary fractions may cost


def forms_of(income, status, year, labels, amounts):
    """The return that Form 6251 is figured from."""
    household = read_household(
        {"income": income, "status": status, "year": year}, dict(zip(labels, amounts, strict=True))
    )
    return return_of(household, federal_law(year, status))


@given(households(), dollars(3_000_000), dollars(3_000_000))
def test_amt_never_falls_as_the_spread_grows(household, spread, more):
    """More spread never means less AMT, nor a larger cushion."""
    assert owed(household, spread + more) >= owed(household, spread) - A_MILLIONTH
    cushion, smaller = (
        call("AMT_CUSHION", *household[:3], amount, *household[3:]) for amount in (spread, spread + more)
    )
    assert smaller <= cushion + A_MILLIONTH


@given(households(), dollars(3_000_000))
def test_owed_is_the_cushion_below_zero(household, spread):
    """AMT is what tentative tax passes regular tax by, and the cushion is the same with the other sign."""
    tentative = call("AMT_TENTATIVE_TAX", *household[:3], spread, *household[3:])
    regular = call("AMT_REGULAR_TAX", *household)
    assert owed(household, spread) == max(tentative - regular, 0.0)
    assert call("AMT_CUSHION", *household[:3], spread, *household[3:]) == regular - tentative


@given(st.one_of(households(), gainful_households()))
def test_nothing_bends_between_the_kinks(household):
    """Between two kinks tentative tax is a straight line; above the last one it rises at the high rate."""
    tax_return = forms_of(*household)
    law = tax_return.law

    def tentative(spread):
        return tax_return.form_6251(spread).tax_before_credit

    bends = sorted({0.0, *(kink for kink in kinks(tax_return.base, law) if kink > 0.0)})
    stretches = [*pairwise(bends), (bends[-1], bends[-1] + 1_000_000.0)]
    for start, end in stretches:
        for part in (1 / 3, 1 / 2, 2 / 3):
            on_line = tentative(start) + part * (tentative(end) - tentative(start))
            assert tentative(start + part * (end - start)) == pytest.approx(on_line, rel=1e-12, abs=1e-6)
    rise = tentative(bends[-1] + 1_000_000.0) - tentative(bends[-1])
    assert rise == pytest.approx(law.high_rate * 1_000_000.0)
