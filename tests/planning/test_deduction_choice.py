"""The deduction that costs less in all: mortgage interest lowers the AMT, the standard deduction does not."""

import pytest

from xl_amt.forms.us.total_tax import return_of
from xl_amt.household import Household
from xl_amt.law import federal_law
from xl_amt.planning.deduction_choice import cheaper_deduction


def cheaper(spread, **facts):
    """For a single filer of 2024, wages 150,000 and 10,000 of mortgage interest; the standard deduction is 14,600."""
    household = Household(2024, "single", 150_000.0, mortgage_interest=10_000.0, **facts)
    return cheaper_deduction(return_of(household, federal_law(2024, "single")), spread)


def test_in_amt_the_smaller_itemized_deductions_are_cheaper():
    """AMTI 350,000 less 85,700 is taxed at 28% above 232,600; 10,000 less of it saves 2,800 (IRC 63(e))."""
    choice, saving = cheaper(200_000.0)
    assert (choice, saving) == ("itemized", pytest.approx(2_800.0))


def test_near_the_room_both_taxes_count():
    """Just above the room, regular tax rises by less than AMT falls; within it, the standard deduction is cheaper.

    Standard: regular tax 17,168.50 + 24% x 34,875 = 25,538.50; tentative tax 26% x (180,000 - 85,700) = 24,518: no
    AMT. With 50,000: 29,718, AMT 4,179.50. Itemized: regular tax 25,538.50 + 24% x 4,600 = 26,642.50, tentative
    27,118. So the whole tax falls from 29,718 to 27,118.
    """
    assert cheaper(30_000.0) is None
    choice, saving = cheaper(50_000.0)
    assert (choice, saving) == ("itemized", pytest.approx(2_600.0))


def test_without_amt_the_standard_deduction_is_cheaper_than_less():
    """Itemizing 10,000 by choice costs 24% of the 4,600 that the standard deduction is more."""
    choice, saving = cheaper(0.0, deduction="itemized")
    assert (choice, saving) == ("standard", pytest.approx(1_104.0))


def test_the_cheaper_one_is_not_told_where_it_is_chosen():
    """Nothing is said of a choice that costs least already."""
    assert cheaper(0.0) is None
    assert cheaper(200_000.0, deduction="itemized") is None
