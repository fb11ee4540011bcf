"""AMT_LOSS_CARRIED: what of a capital loss goes on to the next year, as cells ask for it."""

from itertools import product

import pytest

from xl_amt.equity.portfolio import Portfolio
from xl_amt.errors import ArgumentError
from xl_amt.household import Household
from xl_amt.planning.years import years
from xl_amt.worksheet import call

HOUSEHOLD = (150_000, "single", 2025, 0)
LOSSES = (
    ["Short-term capital gain", "Long-term capital gain", "AMT long-term capital gain"],
    [-4_000, -9_000, -50_000],
)


@pytest.mark.parametrize(
    ("term", "system", "expected"),
    [("short", "regular", 1_000.0), ("long", "regular", 9_000.0), ("short", "AMT", 1_000.0), ("long", "AMT", 50_000.0)],
)
def test_by_hand(term, system, expected):
    """3,000 a year is used, of the short-term loss first (Capital Loss Carryover Worksheet, lines 4 to 8)."""
    assert call("AMT_LOSS_CARRIED", *HOUSEHOLD, term, system, *LOSSES) == expected


def test_amt_income_may_use_what_taxable_income_does_not():
    """Nothing is taxable at wages of 1,000: the loss is not used up; the AMT takes the spread's income for it."""
    asked = (1_000, "single", 2025, 100_000)
    labels = (["Long-term capital gain"], [-20_000])
    assert call("AMT_LOSS_CARRIED", *asked, "long", "regular", *labels) == 20_000.0
    assert call("AMT_LOSS_CARRIED", *asked, "long", "AMT", *labels) == 17_000.0


def test_california_carries_its_own():
    """By Schedule D (540), on its own carryovers; Connecticut's income begins with the federal one."""
    own = (["Long-term capital gain", "CA long-term loss carryover"], [-1_000, 9_000])
    assert call("AMT_LOSS_CARRIED", *HOUSEHOLD, "long", "regular", *own, "CA") == 7_000.0
    assert call("AMT_LOSS_CARRIED", *HOUSEHOLD, "long", "regular", *LOSSES, "CT") == 0.0


def test_it_is_what_the_next_year_takes():
    """The same losses go on from year to year where planning follows a household."""
    facts = [
        Household(
            2025, "single", 150_000.0, short_term_gain=-4_000.0, long_term_gain=-9_000.0, amt_long_term_gain=-5e4
        ),
        Household(2026, "single", 150_000.0),
    ]
    later = years(Portfolio(()), facts)[1].household
    for term, system in product(("short", "long"), ("regular", "AMT")):
        field = f"{'amt_' if system == 'AMT' else ''}{term}_term_loss_carryover"
        assert call("AMT_LOSS_CARRIED", *HOUSEHOLD, term, system, *LOSSES) == getattr(later, field)


def test_two_jurisdictions_have_no_loss_together():
    """Each carries its own, so that none is their sum."""
    with pytest.raises(ArgumentError, match="names more than one, and only one can be answered at a time"):
        call("AMT_LOSS_CARRIED", *HOUSEHOLD, "long", "AMT", *LOSSES, "US+CA")
