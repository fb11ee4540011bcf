"""Years with a state beside the federal return: its credit and losses carried, and its tax on Schedule A."""

from datetime import date

import pytest

from xl_amt.equity.grants import Grant
from xl_amt.equity.portfolio import Exercise, Portfolio, Sale
from xl_amt.errors import ArgumentError
from xl_amt.forms.ca.facts import CaliforniaFacts
from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.household import Household
from xl_amt.planning.state_years import StateFacts
from xl_amt.planning.years import years

A_CENT = 0.01
GRANT = Grant("ES-1", "ISO", date(2022, 1, 15), 2.0, 5_000, fmv_at_grant=2.0)
EXERCISED = Portfolio((GRANT,), (Exercise("ES-1", date(2024, 3, 1), 5_000, fmv=42.0),))


def california(count, **first):
    """California beside so many years, the first with these own facts."""
    return StateFacts(TAX_SYSTEMS["CA"], (CaliforniaFacts(**first), *[CaliforniaFacts()] * (count - 1)))


def single(*of_years, **facts):
    """A single filer with 200,000 of wages in each year."""
    return [Household(year, "single", 200_000.0, **facts) for year in of_years]


def test_the_credit_of_california_comes_back_on_its_own():
    """8,160.13 of 2024: 6,847.41 comes back in 2025, 1,312.72 in 2026; the federal credit of 45,813.50 beside it."""
    plan = years(EXERCISED, single(2024, 2025, 2026), [california(3)])
    used = [one.states[0].tax.minimum_tax_credit.credit_used for one in plan]
    assert used == pytest.approx([0, 6_847.41, 1_312.72], abs=A_CENT)
    assert plan[0].states[0].tax.alternative_minimum_tax == pytest.approx(8_160.13, abs=A_CENT)
    assert [one.states[0].credit_carried for one in plan] == pytest.approx([8_160.13, 1_312.72, 0], abs=A_CENT)
    federal = [one.tax.minimum_tax_credit.credit_used for one in plan]
    assert federal == pytest.approx([0, 7_973, 8_160], abs=A_CENT)


def test_the_tax_of_a_state_is_paid_in_the_year_and_after_it():
    """What a year owes without its spread is Schedule A's of that year, and what the spread added the next year's."""
    own, following = years(EXERCISED, single(2024, 2025), [california(2)])
    without = 14_627.14 - 149  # Form 540 line 31 of 2024 less one exemption credit
    assert own.household.state_income_tax == pytest.approx(without, abs=A_CENT)
    withheld = 14_507.98 - 153 - 6_847.41  # line 31 of 2025 less the exemption credit and the minimum tax credit
    assert following.household.state_income_tax == pytest.approx(withheld + 8_160.13, abs=A_CENT)
    (given, *_) = years(EXERCISED, single(2024, state_income_tax=9_000.0), [california(1)], [2024])
    assert given.household.state_income_tax == 9_000.0


def test_deducted_state_tax_lowers_the_federal_room_and_not_the_states():
    """Itemized, the state's tax is deducted for the regular tax alone: 24 cents of each dollar of cushion are gone."""
    facts = single(2024, mortgage_interest=30_000.0)
    (paid,) = years(Portfolio(()), facts, [california(1)])
    (unpaid,) = years(Portfolio(()), facts, [california(1)], [2024])
    assert paid.household.state_income_tax > 10_000.0  # beyond the limit of Schedule A
    taxes = [unpaid.tax_return.regular.tax - paid.tax_return.regular.tax, unpaid.tax.alternative_minimum_tax]
    assert taxes == [pytest.approx(0.24 * 10_000), 0.0]
    assert paid.states[0].tax_return.regular.tax == unpaid.states[0].tax_return.regular.tax


def test_a_public_sale_at_a_loss_for_the_amt():
    """25,000 shares of 2024 bought at 5 when worth 31, sold in 2026 at 11: both systems carry the loss of the AMT.

    The regular gain is 150,000, the AMT loss 500,000, of which 3,000 count: line 2k of Form 6251 and line 9 of
    Schedule P are -153,000, and 497,000 go on in both.
    """
    labels = {"ES-1": 2021, "ES-2": 2022}  # each first exercisable at a value of 62,500, within the limit of 100,000
    grants = [Grant(label, "ISO", date(year, 1, 15), 5.0, 12_500, fmv_at_grant=5.0) for label, year in labels.items()]
    exercises = [Exercise(label, date(2024, 3, 1), 12_500, fmv=31.0) for label in labels]
    sold = Portfolio(tuple(grants), tuple(exercises), (Sale(date(2026, 6, 1), 25_000, 11.0),))
    plan = years(sold, single(2024, 2025, 2026, 2027), [california(4)])
    state = plan[2].states[0]
    assert state.tax_return.regular.schedule_d.gain_or_loss == 150_000.0
    assert state.tax_return.part_i.gain_or_loss == -153_000.0
    assert state.carried["amt_long_term_loss_carryover"] == 497_000.0
    assert state.carried["long_term_loss_carryover"] == 0.0
    assert plan[3].states[0].tax_return.part_i.gain_or_loss == -3_000.0
    assert plan[2].amt_losses_carried.long_term == 497_000.0


def test_gains_that_california_has_apart_move_with_a_sale():
    """A gain given for California's AMT apart has the sale's in it too."""
    grant = Grant("ES-1", "ISO", date(2022, 1, 15), 5.0, 100, fmv_at_grant=5.0)
    exercise = Exercise("ES-1", date(2024, 3, 1), 100, fmv=31.0)
    sale = Sale(date(2026, 6, 1), 100, 41.0)
    (own,) = years(Portfolio((grant,), (exercise,), (sale,)), single(2026), [california(1, amt_long_term_gain=7_000.0)])
    assert own.states[0].tax_return.own.amt_long_term_gain == 7_000.0 + 100 * (41 - 31)
    assert own.states[0].tax_return.part_i.gain_or_loss == 8_000.0 - 100 * (41 - 5)


def test_what_follows_from_the_year_before_is_not_given():
    """A credit of a later year follows; after a joint return it is asked."""
    later = StateFacts(TAX_SYSTEMS["CA"], (CaliforniaFacts(), CaliforniaFacts(minimum_tax_credit=5.0)))
    with pytest.raises(ArgumentError, match=r"2025 gives 'CA minimum tax credit', which follows from 2024"):
        years(EXERCISED, single(2024, 2025), [later])
    facts = [Household(2024, "mfj", 200_000.0), Household(2025, "single", 200_000.0, minimum_tax_credit=1.0)]
    with pytest.raises(ArgumentError, match="credit of California are the client's is not known"):
        years(EXERCISED, facts, [california(2)])
    (_, alone) = years(EXERCISED, facts, [later])
    assert alone.states[0].tax.minimum_tax_credit.credit_available == 5.0


@pytest.mark.parametrize(
    ("given", "federal", "known"),
    [
        ({"minimum_tax_credit": 5.0}, 0.0, False),  # the losses are dropped
        ({"long_term_loss_carryover": 9.0}, 0.0, False),  # the credit is
        ({"minimum_tax_credit": 5.0, "long_term_loss_carryover": 9.0}, 0.0, True),
        ({"minimum_tax_credit": 5.0}, 7.0, True),  # California's losses, not given, are the federal ones
    ],
)
def test_neither_losses_nor_credit_of_a_joint_return_are_dropped(given, federal, known):
    """Each is asked for itself: what one label gives says nothing of the other."""
    carried = {"minimum_tax_credit": 1.0, "long_term_loss_carryover": federal}
    facts = [
        Household(2024, "mfj", 200_000.0),
        Household(2025, "single", 200_000.0, **carried),
    ]
    own = StateFacts(TAX_SYSTEMS["CA"], (CaliforniaFacts(long_term_loss_carryover=50_000.0), CaliforniaFacts(**given)))
    if known:
        assert years(EXERCISED, facts, [own])[1].states[0].tax.minimum_tax_credit.credit_available == 5.0
    else:
        with pytest.raises(ArgumentError, match="losses and minimum tax credit of California are the client's"):
            years(EXERCISED, facts, [own])
