"""Harvesting an AMT capital loss: which gain of the year frees how much of the credit."""

from itertools import pairwise

import pytest

from xl_amt.forms.ca.facts import CaliforniaFacts
from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.forms.us.total_tax import tax_return_of
from xl_amt.household import Household
from xl_amt.planning.december.harvest import harvest

A_CENT = 0.01
LOST = {"amt_long_term_loss_carryover": 60_000.0, "minimum_tax_credit": 45_813.50}


def filer(wages=200_000.0, **facts):
    """A single filer of 2025."""
    return tax_return_of(Household(2025, "single", wages, **facts))


def test_the_worked_figures():
    """57,000 of gain is taxed at 15%, and the AMT sees none of it: 8,550 of credit; 3.8% of it is left to pay.

    The loss of 60,000 less the gain is still 3,000, which the AMT deducts either way.
    """
    rows = harvest(filer(**LOST), 0.0)
    assert rows[0] == (0.0, 0.0, 0.0)
    assert rows[-1] == pytest.approx((57_000.0, 0.15 * 57_000, 0.038 * 57_000), abs=A_CENT)


@pytest.mark.parametrize("wages", [60_000.0, 200_000.0, 480_000.0])
@pytest.mark.parametrize(
    "facts",
    [
        LOST,
        LOST | {"minimum_tax_credit": 9_000.0},
        LOST | {"long_term_loss_carryover": 20_000.0},
        {"minimum_tax_credit": 20_000.0, "long_term_gain": 30_000.0, "amt_long_term_gain": -90_000.0},
    ],
)
def test_by_the_forms_gain_by_gain(wages, facts):
    """On a grid of gains, the credit freed and the tax are those of the forms; up to the loss none frees more."""
    rows = harvest(filer(wages, **facts), 0.0)
    before = filer(wages, **facts).total_tax(0.0)

    def with_gain(gain):
        regular = facts.get("long_term_gain", 0.0)
        apart = {
            "long_term_gain": regular + gain,
            "amt_long_term_gain": facts.get("amt_long_term_gain", regular) + gain,
        }
        after = filer(wages, **facts | apart).total_tax(0.0)
        freed = after.minimum_tax_credit.credit_used - before.minimum_tax_credit.credit_used
        return freed, after.total - before.total

    assert bool(rows) == (before.minimum_tax_credit.credit_carried > 0.0)
    for start, end in pairwise(rows):
        for part in (0.0, 0.25, 0.5, 0.75, 1.0):
            gain = start.gain + part * (end.gain - start.gain)
            freed = start.credit_freed + part * (end.credit_freed - start.credit_freed)
            added = start.tax_added + part * (end.tax_added - start.tax_added)
            assert with_gain(gain) == pytest.approx((freed, added), abs=A_CENT)
    most, loss = rows[-1] if rows else (0.0, 0.0, 0.0), 60_000.0
    for gain in (most[0] + 0.5 * (loss - most[0]), loss):
        assert with_gain(gain)[0] <= most[1] + A_CENT


def test_where_nothing_is_freed():
    """No credit, no further loss for the AMT, or a credit that the year uses up anyway: no rows."""
    assert harvest(filer(amt_long_term_loss_carryover=60_000.0), 0.0) == []
    assert harvest(filer(minimum_tax_credit=40_000.0, long_term_loss_carryover=60_000.0), 0.0) == []
    assert harvest(filer(amt_long_term_loss_carryover=60_000.0, minimum_tax_credit=500.0), 0.0) == []


def test_a_states_own_loss_and_credit():
    """California's credit of 1,000 is freed by its own loss, though the federal return has neither."""
    own = CaliforniaFacts(amt_long_term_loss_carryover=30_000.0, minimum_tax_credit=7_500.0)
    california = TAX_SYSTEMS["CA"].tax_return(filer(), own)
    used = california.total_tax(0.0).minimum_tax_credit.credit_used
    rows = harvest(california, 0.0)
    assert used < 7_500.0
    assert rows[-1].credit_freed == pytest.approx(7_500.0 - used, abs=A_CENT)
    assert harvest(filer(), 0.0) == []
