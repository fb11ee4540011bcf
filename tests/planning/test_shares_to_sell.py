"""How many shares to sell, where the answer turns on single shares: against the exact reference, share by share."""

from fractions import Fraction

import pytest

from tests.law.reference import Return, alternative_minimum_tax, tables
from xl_amt.errors import NoSolutionError
from xl_amt.worksheet import call

HALF_A_CENT = Fraction(1, 200)


def owed(year, wages, spread):
    """AMT of a single filer by the statute, to the last fraction of a cent."""
    return alternative_minimum_tax(Return(tables(year, "single"), wages, 0, Fraction(spread)))


def test_shares_of_a_cent():
    """Where a share moves the AMT by a quarter of a cent, the two last shares need not be sold.

    4,000,000 options at 0.01, exercised at 0.02 and sold at that: every share turns a cent of spread into a cent of
    wages, taxed at 24%. After 658,123 of them AMT is 0.0048 dollars, no half a cent; 658,125 would leave none at all.
    """

    def after(sold):
        cents = Fraction(sold, 100)
        return owed(2024, 150_000 + cents, 40_000 - cents)

    assert [after(sold) for sold in (658_122, 658_123, 658_125)] == [Fraction(72, 10_000), Fraction(48, 10_000), 0]
    assert call("AMT_SHARES_TO_SELL", 150_000, "single", 2024, 4_000_000, 0.01, 0.02, 0.02) == 658_123


def test_a_share_may_be_larger_than_the_stretch_without_amt():
    """One of four large shares brings 19,000 of wages and 210,000 of gain, into the exemption's phase-out of 2026.

    On the way AMT falls to nothing, and is back before the share is whole; a second share drives it off for good.
    """

    def after(sold):
        return owed(2026, 381_000 + sold * 229_000, 76_000 - sold * 19_000)

    assert after(0) == Fraction("1357.75")
    assert after(Fraction(1, 4)) == 0
    assert after(1) == Fraction("3387.75")
    assert after(2) == 0
    assert call("AMT_SHARES_TO_SELL", 381_000, "single", 2026, 4, 1_000, 20_000, 230_000) == 2


def test_amt_that_ends_only_between_two_shares_does_not_end():
    """With 75,000 of other AMT items, AMT is gone for a moment after the second of three shares, at no whole number."""

    def after(sold):
        return owed(2026, 274_000 + sold * 87_000, 75_000 + (3 - sold) * 1_000)

    assert [after(sold) >= HALF_A_CENT for sold in range(4)] == [True] * 4
    assert min(after(Fraction(part, 20)) for part in range(61)) == 0
    with pytest.raises(NoSolutionError, match="AMT is owed even if all of them are sold"):
        call("AMT_SHARES_TO_SELL", 274_000, "single", 2026, 3, 1_000, 2_000, 88_000, "Other AMT deferral items", 75_000)
