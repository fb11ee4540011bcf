"""The amounts that the pages of docs/decisions give for equity are those of the functions."""

from datetime import date
from math import floor
from pathlib import Path

import pytest

from xl_amt.days import first_long_term_day, first_qualifying_day
from xl_amt.equity.grants import Grant, HeldGrant, VestingEvent
from xl_amt.equity.history import follow
from xl_amt.equity.portfolio import Exercise, Portfolio, Repurchase, Sale, Split, Termination
from xl_amt.equity.vesting import schedule_events
from xl_amt.household import Household
from xl_amt.planning.years import years
from xl_amt.worksheet import call

DECISIONS = Path(__file__).parent.parent.parent / "docs" / "decisions"
WAGES = 180_000.0


def page(name):
    """The text of a page, in one line."""
    return " ".join((DECISIONS / f"{name}.md").read_text("utf-8").split())


def followed(grant, exercise, sale=None, *, values=(), wages=WAGES, through=2026):
    """The years of a single client from the exercise on."""
    portfolio = Portfolio((grant,), (exercise,), (sale,) if sale else (), values)
    return years(portfolio, [Household(year, "single", wages) for year in range(exercise.day.year, through + 1)])


def exercised_early(granted, exercised, vests, sale, *, election=False):
    """5,000 ISOs at 1, exercised at a value of 1 before they vest at a value of 30."""
    grant = Grant(
        "1", "ISO", granted, 1.0, 5_000,
        fmv_at_grant=1.0, early_exercisable=True, vesting_events=(VestingEvent(vests, 5_000),),
    )  # fmt: skip
    exercise = Exercise("1", exercised, 5_000, 1.0, election_83b=election)
    return followed(grant, exercise, sale, values=((vests, 30.0),))


def total(year):
    """The tax of a year as a page writes it."""
    return f"{year.tax.total:,.0f}"


def test_vesting_rounds_down():
    """The monthly shares of the page, and how far every rule of the Open Cap Format is from ours."""
    award, months = 10_000, 48
    ours = [event.shares for event in schedule_events(award, date(2026, 1, 1), "1/48 monthly")]
    assert ours[:6] == [208, 208, 209, 208, 208, 209]
    assert "208, 208, 209, 208, 208, 209" in page("vesting-rounds-down")
    whole, rest = divmod(award, months)
    rules = {
        "CUMULATIVE_ROUNDING": [
            floor(award * month / months + 0.5) - floor(award * (month - 1) / months + 0.5) for month in range(1, 49)
        ],
        "FRONT_LOADED": [whole + 1] * rest + [whole] * (months - rest),
        "BACK_LOADED": [whole] * (months - rest) + [whole + 1] * rest,
        "FRONT_LOADED_TO_SINGLE_TRANCHE": [whole + rest] + [whole] * (months - 1),
        "BACK_LOADED_TO_SINGLE_TRANCHE": [whole] * (months - 1) + [whole + rest],
    }
    apart = {}
    for name, rule in rules.items():
        assert sum(rule) == award
        apart[name] = max(abs(sum(rule[:month]) - sum(ours[:month])) for month in range(months + 1))
    assert apart["CUMULATIVE_ROUNDING"] == 1
    assert max(apart.values()) == 16
    assert f"{16 * 10 * 0.28:.2f}" in page("vesting-rounds-down")


def test_first_qualifying_day():
    """The days of the page, and what the one day is worth."""
    grant = Grant("1", "ISO", date(2024, 3, 12), 0.0938, 4_000, fmv_at_grant=0.0938)
    exercise = Exercise("1", date(2025, 2, 3), 4_000, 12.0)
    assert first_qualifying_day(grant.grant_date, exercise.day) == date(2026, 3, 13)
    assert first_long_term_day(date(2023, 2, 28)) == date(2024, 3, 1)
    before, after = (followed(grant, exercise, Sale(date(2026, 3, day), 4_000, 15.0))[-1] for day in (12, 13))
    text = page("first-qualifying-day")
    assert f"on March 12, the tax is {total(before)}; sold on March 13, {total(after)}" in text
    assert f"**{before.tax.total - after.tax.total:,.0f} dollars**" in text


def rows(*columns):
    """Wages, tax and AMT of some years as rows of a table."""
    return [
        f"| {what} | " + " | ".join(f"{amount(year):,.0f}" for year in columns) + " |"
        for what, amount in (
            ("Wages of the NSO part", lambda year: year.amounts.wages),
            ("Tax of the year", lambda year: year.tax.total),
            ("of which AMT, which comes back as credit", lambda year: year.tax.alternative_minimum_tax),
        )
    ]


def test_value_at_grant_not_known():
    """The table of the page, and the two differences under it."""
    at_strike, at_value = (
        followed(
            Grant("1", "ISO", date(2025, 3, 12), 2.0, 60_000, fmv_at_grant=value),
            Exercise("1", date(2026, 2, 3), 60_000, 12.0),
        )[0]
        for value in (None, 1.60)
    )
    text = page("value-at-grant-not-known")
    for row in rows(at_strike, at_value):
        assert row in text
    credits_earned = [year.tax_return.credit_earned(year.iso_spread).credit_earned for year in (at_strike, at_value)]
    assert f"{at_strike.tax.total - at_value.tax.total:,.0f} dollars too high" in text
    assert f"and {credits_earned[1] - credits_earned[0]:,.0f} less of it is shown as coming back" in text


def test_platform_split():
    """The table of the page, and the two differences under it."""
    by_platform, by_rule = (
        followed(
            Grant(
                "1", "ISO", date(2025, 3, 12), 10.0, 12_000,
                fmv_at_grant=10.0, vesting_events=(VestingEvent(date(2026, 1, 12), 12_000, stated),),
            ),
            Exercise("1", date(2026, 2, 3), 12_000, 30.0),
        )[0]
        for stated in (9_000, None)
    )  # fmt: skip
    text = page("platform-split")
    for row in rows(by_platform, by_rule):
        assert row in text
    credit = by_rule.tax.alternative_minimum_tax - by_platform.tax.alternative_minimum_tax
    assert f"{by_platform.tax.total - by_rule.tax.total:,.0f} dollars in the year, and {credit:,.0f} of credit" in text


def test_capital_loss_carryover_for_amt():
    """AMT income of 7,000 uses 3,000 up, where taxable income would not."""
    grant = Grant("1", "ISO", date(2024, 1, 3), 1.0, 1_000, fmv_at_grant=1.0)
    exercise, sale = Exercise("1", date(2025, 1, 15), 1_000, 61.0), Sale(date(2026, 3, 2), 1_000, 1.0)
    _, sold, after = followed(grant, exercise, sale, wages=10_000.0, through=2027)
    assert sold.tax_return.regular.income_less_deductions == -6_100
    assert sold.tax_return.form_6251(0.0).alternative_minimum_taxable_income == 7_000
    assert after.household.amt_long_term_loss_carryover == 57_000
    text = page("capital-loss-carryover-for-amt")
    for amount in ("−6,100", "7,000", "57,000", "60,000", f"{3_000 * 0.26:,.0f} dollars", f"{3_000 * 0.28:,.0f} at 28"):
        assert amount in text


def test_same_year_means_the_year_of_inclusion():
    """Our tax, and the AMT if only a sale in the year of the exercise were limited."""
    own = exercised_early(date(2025, 3, 3), date(2025, 11, 3), date(2026, 3, 3), Sale(date(2026, 9, 1), 5_000, 20.0))[
        -1
    ]
    assert (own.amounts.disqualifying_wages, own.amounts.iso_spread) == (95_000, 0)
    labels = ("Medicare wages", "Wages already taxed by AMT", "Short-term capital gain", "AMT short-term capital gain")
    other = call("AMT_OWED", WAGES + 95_000, "single", 2026, 145_000, list(labels), [WAGES, 95_000, 0, -50_000])
    text = page("same-year-means-the-year-of-inclusion")
    assert f"a tax of {total(own)}." in text
    assert f"**{other:,.0f} dollars** of AMT" in text


def test_qualifying_sale_in_the_year_of_vesting():
    """Our tax and AMT, and the tax if nothing had to be adjusted."""
    own = exercised_early(date(2023, 3, 3), date(2023, 11, 3), date(2026, 3, 3), Sale(date(2026, 9, 1), 5_000, 20.0))[
        -1
    ]
    assert (own.iso_spread, own.amounts.amt_short_term_gain) == (145_000, -50_000)
    amt = own.tax.alternative_minimum_tax
    assert own.tax_return.credit_earned(own.iso_spread).credit_earned == pytest.approx(amt)
    other = call("AMT_TOTAL_TAX", WAGES, "single", 2026, 0, ["Long-term capital gain"], [95_000])
    text = page("qualifying-sale-in-the-year-of-vesting")
    assert f"a tax of {total(own)}, of which {amt:,.0f} is AMT" in text
    assert f"it would be {other:,.0f}: **{own.tax.total - other:,.0f} dollars** less" in text


def test_early_exercise_83b():
    """Our tax with the election, the tax if it counted for the regular tax, and the AMT without it."""
    days = date(2024, 6, 3), date(2024, 7, 1), date(2025, 6, 3)
    sale = Sale(date(2026, 3, 2), 5_000, 40.0)
    own = exercised_early(*days, sale, election=True)[-1]
    assert (own.amounts.disqualifying_wages, own.amounts.short_term_gain) == (145_000, 50_000)
    other = call("AMT_TOTAL_TAX", WAGES, "single", 2026, 0, ["Long-term capital gain"], [195_000])
    without = exercised_early(*days, sale)[1]
    text = page("early-exercise-83b")
    assert f"a tax of {total(own)}." in text
    assert f"it would be {other:,.0f}: **{own.tax.total - other:,.0f} dollars** less" in text
    assert f"{without.tax.alternative_minimum_tax:,.0f} of AMT for 2025" in text


def amt(year):
    """The AMT of a year as a page writes it."""
    return f"{year.tax.alternative_minimum_tax:,.0f}"


EXERCISED_LATER = date(2026, 9, 1)


def test_shares_exercised_before():
    """The AMT on what is left of the grant, and on all of it."""
    terms = Grant("1", "ISO", date(2022, 3, 1), 2.0, 10_000, fmv_at_grant=2.0)
    held = HeldGrant(
        "1", "ISO", date(2022, 3, 1), 2.0, 10_000, fmv_at_grant=2.0,
        shares_exercised=3_000, shares_exercisable=7_000, shares_unvested=0,
    )  # fmt: skip
    portfolio = Portfolio((held,), (Exercise("1", EXERCISED_LATER, 7_000, 12.0),), as_of=date(2026, 6, 30))
    (left,) = years(portfolio, [Household(2026, "single", WAGES)])
    (whole,) = followed(terms, Exercise("1", EXERCISED_LATER, 10_000, 12.0))
    text = page("shares-exercised-before")
    assert f"make an AMT of {amt(left)}. All 10,000 would make {amt(whole)}." in text


def test_value_at_exercise_not_known():
    """The AMT at both values."""
    terms = Grant("1", "ISO", date(2022, 3, 1), 2.0, 10_000, fmv_at_grant=2.0)
    wrong, right = (followed(terms, Exercise("1", EXERCISED_LATER, 10_000, value))[0] for value in (12.0, 15.0))
    text = page("value-at-exercise-not-known")
    assert f"The AMT is {amt(right)}, and would be shown as {amt(wrong)}" in text
    difference = right.tax.alternative_minimum_tax - wrong.tax.alternative_minimum_tax
    assert f"**{difference:,.0f} dollars**" in text


def test_stock_splits():
    """The options of the page by both roundings, and the limit that stays filled."""
    text = page("stock-splits")
    split = (Split(date(2024, 6, 3), 3, 2),)
    tranches = follow(
        Portfolio((Grant("1", "ISO", date(2024, 1, 15), 2.0, 134, "1/4 yearly"),), splits=split), date(2024, 12, 31)
    ).tranches
    assert [tranche.shares for tranche in tranches] == [49, 51, 50, 51]
    assert [int(shares * 1.5) for shares in (33, 34, 33, 34)] == [49, 51, 49, 51]
    assert "are 49, 51, 50 and 51 after three for two: 201" in text
    assert "each tranche would give 49, 51, 49 and 51" in text


def test_repurchase_of_unvested_shares():
    """The AMT of the election, the credit that comes back, and none without it."""
    grant = Grant(
        "1", "ISO", date(2025, 1, 6), 1.0, 5_000, "2028-01-06: 5,000", fmv_at_grant=1.0, early_exercisable=True
    )
    facts = [Household(year, "single", WAGES) for year in (2025, 2026)]
    plans = [
        years(
            Portfolio(
                (grant,),
                (Exercise("1", date(2025, 2, 3), 5_000, 11.0, election_83b=election),),
                termination=Termination(date(2026, 6, 1)),
                repurchases=(Repurchase(date(2026, 7, 1), "1", 5_000, 1.0),),
            ),
            facts,
        )
        for election in (True, False)
    ]
    (elected, back), (without, _) = plans
    text = page("repurchase-of-unvested-shares")
    assert f"the AMT of 2025 is {amt(elected)} on a spread of {elected.iso_spread:,.0f}" in text
    assert back.tax.minimum_tax_credit.credit_used == elected.tax.alternative_minimum_tax
    assert without.tax.alternative_minimum_tax == 0.0


def test_disqualified_options():
    """The tax of both kinds of options."""
    exercise = Exercise("1", EXERCISED_LATER, 10_000, 12.0)
    as_iso, as_nso = (
        followed(Grant("1", "ISO", date(2022, 3, 1), 2.0, 10_000, fmv_at_grant=2.0, disqualified=day), exercise)[0]
        for day in (None, date(2026, 8, 3))
    )
    text = page("disqualified-options")
    assert f"a tax of {total(as_iso)}, of which {amt(as_iso)} AMT" in text
    assert f"{as_nso.amounts.wages:,.0f} of wages, and a tax of {total(as_nso)}." in text
