"""From a portfolio to each year's household: what exercises, vesting and sales put on the forms, and carry on."""

from dataclasses import replace
from datetime import date

import pytest

from xl_amt.equity.amounts import amounts_of
from xl_amt.equity.grants import Grant
from xl_amt.equity.history import follow
from xl_amt.equity.portfolio import Exercise, Portfolio, Sale, Termination
from xl_amt.errors import ArgumentError, NotHeldError
from xl_amt.forms.us.form_6251 import part_i
from xl_amt.forms.us.total_tax import return_of
from xl_amt.household import Household
from xl_amt.law import federal_law
from xl_amt.planning.years import years

GRANTED = date(2022, 1, 3)


def iso(label="A", shares=10_000, *, strike=10.0, **terms):
    """An ISO whose strike is its value at grant."""
    return Grant(label, "ISO", GRANTED, strike, shares, fmv_at_grant=strike, **terms)


def facts(first, last, wages=150_000.0, **more):
    """The same facts in every year."""
    return [Household(year, "single", wages, **more) for year in range(first, last + 1)]


def line_2k(year):
    """Form 6251 line 2k of a year."""
    return part_i(year.household, year.tax_return.regular, year.tax_return.law).disposition_of_property


def amt_income_beside_regular(year):
    """What AMT income passes regular income by, of the equity alone: line 2i and line 2k."""
    return year.iso_spread + line_2k(year)


# One year


def test_a_year_without_equity_is_the_household_itself():
    """Where nothing happens, the year's facts and its tax are those of its household, and no AMT gain is stated."""
    own = facts(2024, 2024, long_term_gain=5_000.0)
    (year,) = years(Portfolio((iso(),)), own)
    assert year.household == replace(own[0], medicare_wages=150_000.0)
    assert year.iso_spread == 0.0
    assert year.tax == return_of(own[0], federal_law(2024, "single")).total_tax(0.0)


def test_an_exercise_is_line_2i_and_nothing_of_the_regular_tax():
    """The year's return is that of its own facts, with the spread on line 2i."""
    portfolio = Portfolio((iso(),), (Exercise("A", date(2024, 3, 1), 5_000, 40.0),))
    own = facts(2024, 2024)
    (year,) = years(portfolio, own)
    assert (year.iso_spread, year.amounts.strike_paid) == (150_000.0, 50_000.0)
    assert year.tax == return_of(own[0], federal_law(2024, "single")).total_tax(150_000.0)


def test_nso_wages_are_medicare_wages_and_disqualifying_wages_are_not():
    """The spread of NSOs and the value of stock units are in W-2 box 5; those of a disqualifying sale are not."""
    nso = Grant("N", "NSO", GRANTED, 10.0, 1_000)
    units = Grant("R", "RSU", GRANTED, 0.0, 100, "1/1 yearly", date(2023, 6, 1))
    portfolio = Portfolio(
        (iso(), nso, units),
        (Exercise("N", date(2024, 3, 1), 1_000, 40.0), Exercise("A", date(2024, 3, 1), 1_000, 40.0)),
        (Sale(date(2024, 9, 1), 1_000, 50.0, ("A",)),),
        values=((date(2024, 6, 1), 35.0),),
    )
    (year,) = years(portfolio, facts(2024, 2024))
    assert (year.amounts.wages, year.amounts.disqualifying_wages) == (30_000.0 + 3_500.0, 30_000.0)
    assert year.household.wages == 150_000.0 + 63_500.0
    assert year.household.medicare_wages == 150_000.0 + 33_500.0
    assert year.household.short_term_gain == 10_000.0
    assert (year.iso_spread, line_2k(year)) == (0.0, 0.0)


def test_stated_medicare_wages_grow_by_the_nso_wages():
    """Medicare wages that the facts state, with deferrals that wages leave out, are added to and not replaced."""
    portfolio = Portfolio((Grant("N", "NSO", GRANTED, 10.0, 100),), (Exercise("N", date(2024, 3, 1), 100, 40.0),))
    (year,) = years(portfolio, facts(2024, 2024, medicare_wages=173_000.0))
    assert (year.household.wages, year.household.medicare_wages) == (153_000.0, 176_000.0)


def test_own_gains_are_in_both_systems():
    """Gains of the facts are in the refigured Schedule D too, and make no difference on line 2k."""
    portfolio = Portfolio((iso(),), (Exercise("A", date(2023, 1, 9), 100, 15.0),), (Sale(date(2024, 3, 1), 100, 30.0),))
    own = facts(2024, 2024, long_term_gain=7_000.0, short_term_gain=-1_000.0)
    (year,) = years(portfolio, own)
    household = year.household
    assert (household.long_term_gain, household.amt_long_term_gain) == (9_000.0, 8_500.0)
    assert (household.short_term_gain, household.amt_short_term_gain) == (-1_000.0, -1_000.0)
    assert line_2k(year) == -500.0


def test_gains_stated_for_the_amt_are_added_to():
    """Where the facts state gains for the AMT apart, the sale's AMT gain goes to them."""
    portfolio = Portfolio((iso(),), (Exercise("A", date(2023, 1, 9), 100, 15.0),), (Sale(date(2024, 3, 1), 100, 30.0),))
    (year,) = years(portfolio, facts(2024, 2024, long_term_gain=7_000.0, amt_long_term_gain=4_000.0))
    assert (year.household.long_term_gain, year.household.amt_long_term_gain) == (9_000.0, 5_500.0)


# Sales in the year of the spread


EARLY = {"vesting_schedule": "2024-08-01: 1,000", "early_exercisable": True}


@pytest.mark.parametrize(
    ("price", "fmv_at_vest", "election", "spread", "wages", "already_taxed"),
    [
        # exercised at 12 with the election: AMT income of 2 a share; wages by the value at vesting
        (30.0, 20.0, True, 0, 10_000, 8_000),
        (30.0, 11.0, True, 1_000, 1_000, 0),  # worth less at vesting than at exercise: 1,000 more for the AMT
        (11.0, 20.0, True, 0, 1_000, 0),  # both at most the gain on the sale
        (9.0, 20.0, True, 0, 0, 0),
        (30.0, 20.0, False, 0, 10_000, 0),  # both count at vesting
        (15.0, 20.0, False, 0, 5_000, 0),
    ],
)
def test_early_exercise_vesting_and_sale_in_one_year(price, fmv_at_vest, election, spread, wages, already_taxed):
    """Where both systems take the value of different days, AMT income and regular income still end at the profit."""
    portfolio = Portfolio(
        (iso(shares=1_000, **EARLY),),
        (Exercise("A", date(2024, 2, 1), 1_000, 12.0, election),),
        (Sale(date(2024, 10, 1), 1_000, price),),
        values=((date(2024, 8, 1), fmv_at_vest),),
    )
    (year,) = years(portfolio, facts(2024, 2024))
    amounts = year.amounts
    assert amounts.iso_spread == pytest.approx(spread)
    assert amounts.disqualifying_wages == pytest.approx(wages)
    assert amounts.wages_already_taxed_by_amt == pytest.approx(already_taxed)
    profit = 1_000 * (price - 10.0)
    gains = amounts.short_term_gain + amounts.long_term_gain
    amt_gains = amounts.amt_short_term_gain + amounts.amt_long_term_gain
    assert wages + gains == pytest.approx(profit)
    assert wages + spread - already_taxed + amt_gains == pytest.approx(profit)


def vested_and_sold_in_one_year(granted):
    """Exercised early in 2023 without the election, worth 20 when vested in August 2024, sold in October at 14."""
    portfolio = Portfolio(
        (replace(iso(shares=1_000, **EARLY), grant_date=granted),),
        (Exercise("A", date(2023, 9, 1), 1_000, 12.0),),
        (Sale(date(2024, 10, 1), 1_000, 14.0),),
        values=((date(2024, 8, 1), 20.0),),
    )
    return years(portfolio, facts(2023, 2024))[1]


def test_the_year_of_the_inclusion_counts_not_that_of_the_exercise():
    """A disqualifying sale in the year of vesting: both systems take at most the gain on the sale.

    IRC 56(b)(3) speaks of the year of the inclusion, which is that of vesting.
    """
    year = vested_and_sold_in_one_year(granted=date(2023, 6, 1))
    assert (year.iso_spread, year.amounts.disqualifying_wages, line_2k(year)) == (0.0, 4_000.0, 0.0)


def test_a_qualifying_sale_in_the_year_of_the_inclusion_does_not_limit_it():
    """The limit of 422(c)(2) is one of disqualifying sales: after both periods the AMT takes the spread in full."""
    year = vested_and_sold_in_one_year(granted=GRANTED)
    assert (year.iso_spread, year.amounts.disqualifying_wages) == (10_000.0, 0.0)
    assert (year.household.long_term_gain, year.household.amt_short_term_gain) == (4_000.0, -6_000.0)
    assert line_2k(year) == -4_000.0 - 3_000.0


def test_sold_on_new_year_s_day():
    """A day later it is another year: the AMT keeps the whole spread, and wages stop at the gain."""
    portfolio = Portfolio(
        (iso(),), (Exercise("A", date(2024, 12, 31), 1_000, 40.0),), (Sale(date(2025, 1, 1), 1_000, 30.0),)
    )
    first, second = years(portfolio, facts(2024, 2025))
    assert first.iso_spread == 30_000.0
    assert second.amounts.disqualifying_wages == 20_000.0
    assert second.amounts.amt_short_term_gain == -10_000.0
    assert line_2k(second) == -20_000.0 - 3_000.0


def test_some_sold_this_year_and_some_next():
    """Of shares exercised in a year, only those not sold by its end are on line 2i."""
    sales = (Sale(date(2024, 12, 31), 600, 40.0), Sale(date(2025, 1, 2), 400, 40.0))
    first, second = years(
        Portfolio((iso(),), (Exercise("A", date(2024, 3, 1), 1_000, 40.0),), sales), facts(2024, 2025)
    )
    assert (first.iso_spread, first.amounts.disqualifying_wages) == (12_000.0, 18_000.0)
    assert (second.amounts.disqualifying_wages, line_2k(second)) == (12_000.0, -12_000.0)


def test_a_wash_sale_in_the_year_of_the_exercise():
    """Wages of the whole spread, no loss for either tax, and no adjustment."""
    sale = Sale(date(2024, 10, 1), 1_000, 25.0, loss_allowed=False)
    (year,) = years(Portfolio((iso(),), (Exercise("A", date(2024, 3, 1), 1_000, 40.0),), (sale,)), facts(2024, 2024))
    assert (year.iso_spread, line_2k(year)) == (0.0, 0.0)
    assert (year.amounts.disqualifying_wages, year.amounts.disallowed_loss) == (30_000.0, 15_000.0)
    assert (year.household.short_term_gain, year.household.amt_short_term_gain) == (0.0, 0.0)


def test_a_gift_in_a_later_year():
    """A gift within the periods: the spread is wages, which the AMT has had; no gain, no loss, nothing received."""
    gift = Sale(date(2025, 1, 2), 1_000, 0.0, loss_allowed=False)
    _, year = years(Portfolio((iso(),), (Exercise("A", date(2024, 3, 1), 1_000, 40.0),), (gift,)), facts(2024, 2025))
    assert (year.amounts.disqualifying_wages, year.amounts.wages_already_taxed_by_amt) == (30_000.0, 30_000.0)
    assert (year.amounts.proceeds, line_2k(year)) == (0.0, -30_000.0)
    assert (year.household.short_term_gain, year.household.amt_short_term_gain) == (0.0, 0.0)


def test_whatever_is_sold_in_a_year_leaves_no_dust_on_line_2i():
    """All shares of the year sold in it, in odd parts: line 2i is 0, and nothing below."""
    for strike, fmv in ((0.1, 0.4), (0.07, 0.74), (1.13, 33.337)):
        sales = tuple(Sale(date(2024, month, 1), shares, 55.0) for month, shares in ((7, 701), (8, 1_103), (9, 1_196)))
        portfolio = Portfolio(
            (iso(shares=3_000, strike=strike),), (Exercise("A", date(2024, 3, 1), 3_000, fmv),), sales
        )
        (year,) = years(portfolio, facts(2024, 2024))
        assert 0.0 <= year.iso_spread < 1e-6


# Years after one another


def test_losses_are_carried_under_both_systems():
    """Each year uses 3,000 of each system's loss, short-term first, as the Schedule D worksheet says."""
    portfolio = Portfolio(
        (iso(),),
        (Exercise("A", date(2024, 3, 1), 1_000, 40.0),),
        (Sale(date(2025, 2, 1), 400, 6.0), Sale(date(2025, 6, 1), 600, 5.0)),
    )
    carried = [
        (
            year.household.short_term_loss_carryover,
            year.household.long_term_loss_carryover,
            year.household.amt_short_term_loss_carryover,
            year.household.amt_long_term_loss_carryover,
        )
        for year in years(portfolio, facts(2024, 2028))
    ]
    # 400 sold at a loss of 4 (34 for the AMT) within a year, 600 at one of 5 (35) after it
    assert carried[2:] == [
        (0.0, 1_600.0, 10_600.0, 21_000.0),
        (0.0, 0.0, 7_600.0, 21_000.0),
        (0.0, 0.0, 4_600.0, 21_000.0),
    ]
    assert [line_2k(year) for year in years(portfolio, facts(2024, 2028))] == [0.0, 0.0, -1_400.0, -3_000.0, -3_000.0]


def test_carryovers_of_the_first_year_are_its_facts():
    """What earlier years left is given in the facts of the first year, and is used up from there."""
    own = facts(2024, 2026)
    own[0] = replace(own[0], long_term_loss_carryover=5_000.0, amt_long_term_loss_carryover=50_000.0)
    plan = years(Portfolio((iso(),)), own)
    assert [year.household.long_term_loss_carryover for year in plan] == [5_000.0, 2_000.0, 0.0]
    assert [year.household.amt_long_term_loss_carryover for year in plan] == [50_000.0, 47_000.0, 44_000.0]
    assert [line_2k(year) for year in plan] == [0.0, -1_000.0, -3_000.0]


def test_a_year_without_taxable_income_uses_up_a_loss_for_the_amt_alone():
    """Wages below the standard deduction: the regular loss is carried whole, the AMT's less 3,000 (IRC 1212(b)(2)).

    Taxable income is below zero and uses none of the loss; AMT income, without the standard deduction, uses it.
    """
    own = facts(2024, 2025, wages=10_000.0)
    own[0] = replace(own[0], long_term_loss_carryover=10_000.0)
    second = years(Portfolio((iso(),)), own)[1].household
    assert second.long_term_loss_carryover == 10_000.0
    assert second.amt_long_term_loss_carryover == 7_000.0


def test_the_minimum_tax_credit_is_earned_carried_and_used():
    """The AMT of an exercise comes back as the regular tax passes the tentative tax, never more than was earned."""
    portfolio = Portfolio((iso(),), (Exercise("A", date(2024, 3, 1), 5_000, 40.0),))
    plan = years(portfolio, facts(2024, 2030, wages=200_000.0))
    earned = plan[0].tax.alternative_minimum_tax
    assert earned > 10_000.0
    available = [year.household.minimum_tax_credit for year in plan]
    used = [year.tax.minimum_tax_credit.credit_used for year in plan]
    assert available[:2] == pytest.approx([0.0, earned])
    assert used[1] > 0.0
    for before, after, spent in zip(available[1:], available[2:], used[1:], strict=False):
        assert after == pytest.approx(before - spent)
    assert sum(used) <= earned + 1e-6


def test_the_credit_of_the_first_year_goes_on():
    """A credit carried into the first year is available in it, and what it leaves in the next one."""
    own = facts(2024, 2025)
    own[0] = replace(own[0], minimum_tax_credit=1_000_000.0)
    first, second = years(Portfolio((iso(),)), own)
    used = first.tax.minimum_tax_credit.credit_used
    assert 0.0 < used < 1_000_000.0
    assert second.household.minimum_tax_credit == pytest.approx(1_000_000.0 - used)


def test_each_year_is_the_return_of_its_own_household():
    """A year's tax is what its household and spread give by themselves: nothing else goes from year to year."""
    portfolio = Portfolio(
        (iso(), Grant("N", "NSO", GRANTED, 10.0, 1_000)),
        (Exercise("A", date(2024, 3, 1), 5_000, 40.0), Exercise("N", date(2025, 3, 1), 1_000, 45.0)),
        (Sale(date(2025, 2, 1), 2_000, 30.0), Sale(date(2026, 2, 1), 2_500, 60.0)),
    )
    for year in years(portfolio, facts(2024, 2028)):
        law = federal_law(year.household.year, "single")
        assert year.tax == return_of(year.household, law).total_tax(year.iso_spread)


def test_exercises_before_the_first_year_make_lots_and_no_income():
    """An exercise of 2022 is no income of a plan from 2025 on, but its AMT basis counts in the sale."""
    portfolio = Portfolio(
        (iso(),), (Exercise("A", date(2022, 6, 1), 1_000, 40.0),), (Sale(date(2025, 3, 1), 1_000, 70.0),)
    )
    plan = years(portfolio, facts(2025, 2026))
    assert plan[0].iso_spread == 0.0
    assert plan[0].amounts.strike_paid == 0.0
    assert (plan[0].household.long_term_gain, plan[0].household.amt_long_term_gain) == (60_000.0, 30_000.0)
    assert line_2k(plan[0]) == -30_000.0


def test_sales_before_the_first_year_are_sold():
    """Shares sold in earlier years are no longer there, and put nothing on later ones."""
    sales = (Sale(date(2023, 3, 1), 900, 70.0), Sale(date(2025, 3, 1), 100, 70.0))
    portfolio = Portfolio((iso(),), (Exercise("A", date(2022, 6, 1), 1_000, 40.0),), sales)
    (year,) = years(portfolio, facts(2025, 2025))
    assert year.amounts.proceeds == 7_000.0
    assert year.household.long_term_gain == 6_000.0


def test_a_plan_that_starts_later_agrees_with_one_that_starts_earlier():
    """Years given from 2025, with what 2024 left, are those of a plan from 2024."""
    portfolio = Portfolio(
        (iso(),),
        (Exercise("A", date(2024, 3, 1), 2_000, 60.0), Exercise("A", date(2025, 3, 1), 2_000, 50.0)),
        (Sale(date(2024, 12, 1), 100, 5.0), Sale(date(2025, 4, 1), 1_900, 30.0), Sale(date(2027, 1, 4), 2_000, 20.0)),
    )
    whole = years(portfolio, facts(2024, 2028))
    own = facts(2025, 2028)
    left = ("short_term_loss_carryover", "long_term_loss_carryover", "amt_short_term_loss_carryover",
            "amt_long_term_loss_carryover", "minimum_tax_credit")  # fmt: skip
    own[0] = replace(own[0], **{name: getattr(whole[1].household, name) for name in left})
    assert [year.tax for year in years(portfolio, own)] == [year.tax for year in whole[1:]]


def test_a_whole_life_of_shares_ends_at_the_same_income():
    """Exercised in 2023 and sold in 2025: lines 2i and 2k of all years add up to nothing where no loss is limited."""
    portfolio = Portfolio(
        (iso(),),
        (Exercise("A", date(2023, 2, 1), 3_000, 40.0),),
        (Sale(date(2023, 12, 1), 500, 45.0), Sale(date(2024, 1, 9), 500, 50.0), Sale(date(2025, 3, 1), 2_000, 55.0)),
    )
    assert sum(amt_income_beside_regular(year) for year in years(portfolio, facts(2023, 2025))) == pytest.approx(0.0)


# Qualified small business stock


def small_business(exercised, sold, price, **terms):
    """1,000 shares of such stock, exercised and sold."""
    grant = iso(qualified_small_business=True, **terms)
    return Portfolio((grant,), (Exercise("A", exercised, 1_000, 12.0),), (Sale(sold, 1_000, price),))


@pytest.mark.parametrize(
    ("exercised", "sold"),
    [
        (date(2022, 3, 1), date(2027, 3, 2)),  # more than five years
        (date(2025, 7, 5), date(2028, 7, 6)),  # acquired after July 4, 2025: three years
    ],
)
def test_the_exclusion_of_small_business_stock_is_refused(exercised, sold):
    """Once a part of the gain may be excluded (IRC 1202), the sale is refused by the name of its lot."""
    history = follow(small_business(exercised, sold, 50.0), date(2030, 12, 31))
    with pytest.raises(NotHeldError, match=rf"^A / {exercised} / ISO vesting 2022-01-03: .*IRC 1202.*\.$"):
        amounts_of(history, [sold.year])


@pytest.mark.parametrize(
    ("exercised", "sold", "price"),
    [
        (date(2022, 3, 1), date(2027, 3, 1), 50.0),  # not more than five years
        (date(2025, 7, 4), date(2028, 7, 6), 50.0),  # acquired by July 4, 2025: five years
        (date(2025, 7, 5), date(2028, 7, 5), 50.0),
        (date(2022, 3, 1), date(2028, 3, 1), 9.0),  # a loss
    ],
)
def test_other_sales_of_small_business_stock_are_figured(exercised, sold, price):
    """Before that, and at a loss, such stock is sold as any other."""
    history = follow(small_business(exercised, sold, price), date(2030, 12, 31))
    assert amounts_of(history, [sold.year])[sold.year].long_term_gain == 1_000 * (price - 10.0)


# What a year cannot take over from the year before, and what does not end in it


JOINT = [Household(2024, "mfj", 200_000.0, minimum_tax_credit=90_000.0, long_term_loss_carryover=50_000.0)]


@pytest.mark.parametrize(
    "given", [{}, {"minimum_tax_credit": 10_000.0}, {"long_term_loss_carryover": 10_000.0}], ids=str
)
def test_leaving_a_joint_return_asks_whose_carryovers_they_are(given):
    """A joint loss and credit are not the client's alone: each has to be given again."""
    with pytest.raises(
        ArgumentError, match=r"^facts: 2025 is filed as single after a joint return, .*begin with it\.$"
    ):
        years(Portfolio((iso(),)), [*JOINT, Household(2025, "single", 100_000.0, **given)])


def test_what_is_given_after_a_joint_return_is_taken():
    """The client's own part of the loss and of the credit stands in the facts of the first year alone."""
    own = Household(2025, "single", 100_000.0, minimum_tax_credit=10_000.0, long_term_loss_carryover=20_000.0)
    year = years(Portfolio((iso(),)), [*JOINT, own])[1]
    assert (year.household.minimum_tax_credit, year.household.long_term_loss_carryover) == (10_000.0, 20_000.0)


def test_no_year_follows_a_death():
    """The credit ends with the client: facts of a later year are refused, those of the year of death are not."""
    portfolio = Portfolio((iso(),), termination=Termination(date(2024, 5, 1), "death"))
    assert years(portfolio, facts(2024, 2024))[0].tax.total > 0.0
    with pytest.raises(ArgumentError, match=r"^facts: 2025 is after the client's death on 2024-05-01; "):
        years(portfolio, facts(2024, 2025))
