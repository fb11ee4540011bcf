"""The cash of an exercise, from the statute's own words: regular tax and AMT of 2026 by tests/law/reference.py."""

from datetime import date
from fractions import Fraction

import pytest

from tests.law.reference import Return, alternative_minimum_tax, regular_tax, tables
from xl_amt.equity.grants import Grant
from xl_amt.equity.portfolio import Exercise, Portfolio
from xl_amt.errors import ArgumentError
from xl_amt.forms.ca.facts import CaliforniaFacts
from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.household import Household
from xl_amt.planning.estimated_tax import LastYear, Payment, PaymentDue
from xl_amt.planning.exercise_cash import StatePayments, Withholding, cash_of_exercise
from xl_amt.planning.state_years import StateFacts

TODAY = date(2026, 8, 3)
FACTS = Household(2026, "single", 250_000.0)
LAST_YEAR = LastYear(51_000, 240_000)  # above 150,000, so that 110% of it, 56,100, is enough
SEPTEMBER, JANUARY, APRIL = date(2026, 9, 15), date(2027, 1, 15), date(2027, 4, 15)
A_CENT = 0.01

# 1,000 ISOs were exercised in March, with a spread of 20,000; 10,000 are to be in October, with one of 300,000.
PORTFOLIO = Portfolio(
    (
        Grant("ES-1", "ISO", date(2024, 1, 15), 2.0, 11_000, fmv_at_grant=2.0),
        Grant("ES-2", "NSO", date(2024, 1, 15), 2.0, 1_000, fmv_at_grant=2.0),
    ),
    (Exercise("ES-1", date(2026, 3, 2), 1_000, fmv=22.0),),
)
IN_OCTOBER = Exercise("ES-1", date(2026, 10, 15), 10_000, fmv=32.0)


def tax(wages, spread):
    """The whole tax of a single filer: regular tax, AMT, and 0.9% of wages above 200,000 (IRC 3101(b)(2))."""
    of = Return(tables(2026, "single"), wages, 0, Fraction(spread))
    return regular_tax(of) + alternative_minimum_tax(of) + Fraction(9, 1_000) * (wages - 200_000)


def payments(year_tax, withheld):
    """September, January and April, where 56,100 is the smaller of last year's 110% and 90% of this year's tax."""
    assert Fraction(90, 100) * year_tax > 56_100
    september, january = Fraction(75, 100) * (56_100 - withheld), Fraction(25, 100) * (56_100 - withheld)
    return [september, january, year_tax - withheld - september - january]


def near(figure):
    """An exact figure, to be met within a cent."""
    return pytest.approx(float(figure), abs=A_CENT)


def rows_of(cash):
    """Day, words, and the amounts without and with the exercise."""
    return [(row.day, row.what, row.without_exercise, row.with_exercise) for row in cash.rows]


def test_what_an_exercise_adds_to_those_of_the_year():
    """Without it, 50,000 of withholding is more than 90% of the year's tax; with it, 6,100 are missing by January.

    The strike of March is paid and is none of the exercise's cash; its spread is in both plans.
    """
    without, with_it = tax(250_000, 20_000), tax(250_000, 320_000)
    assert Fraction(90, 100) * without < 50_000
    cash = cash_of_exercise(PORTFOLIO, FACTS, IN_OCTOBER, LAST_YEAR, TODAY, withholding=Withholding(of_the_year=50_000))
    in_september, in_january, in_april = payments(with_it, 50_000)
    assert (in_september, in_january) == (4_575, 1_525)
    assert rows_of(cash) == [
        (SEPTEMBER, "US estimated tax, 3 of 4", 0.0, near(4_575)),
        (date(2026, 10, 15), "Strike", 0.0, 20_000.0),
        (JANUARY, "US estimated tax, 4 of 4", 0.0, near(1_525)),
        (APRIL, "US balance with the return", near(without - 50_000), near(in_april)),
    ]
    assert cash.added == near(20_000 + with_it - without)


def test_withholding_on_nsos_and_the_payments_of_others():
    """NSOs of 30,000 of wages, 6,600 of it withheld, beside social security, a state, and 1,000 paid in April."""
    with_it = tax(280_000, 20_000)
    social_security = PaymentDue(date(2026, 10, 15), "Medicare on NSO wages", 0.0, 435.0)
    california = StatePayments(
        StateFacts(TAX_SYSTEMS["CA"], (CaliforniaFacts(),)),
        LastYear(17_000, 240_000),
        Withholding(of_the_year=17_000, at_exercise=3_000),
        [Payment(date(2026, 4, 15), 100)],
    )
    cash = cash_of_exercise(
        PORTFOLIO,
        FACTS,
        Exercise("ES-2", date(2026, 10, 15), 1_000, fmv=32.0),
        LAST_YEAR,
        TODAY,
        withholding=Withholding(of_the_year=48_000, at_exercise=6_600),
        paid=[Payment(date(2026, 4, 15), 1_000)],
        states=[california],
        others=[social_security],
    )
    federal = [row for row in rows_of(cash) if row[1].startswith("US")]
    assert Fraction(90, 100) * with_it < 56_100  # so that 90% of this year's tax counts
    without = tax(250_000, 20_000)
    assert Fraction(90, 100) * without < 48_000
    missing = Fraction(90, 100) * with_it - 54_600
    assert Fraction(75, 100) * missing < 1_000 < missing  # what was paid in April is enough until January
    assert federal == [
        (SEPTEMBER, "US estimated tax, 3 of 4", 0.0, 0.0),
        (JANUARY, "US estimated tax, 4 of 4", 0.0, near(missing - 1_000)),
        (APRIL, "US balance with the return", near(without - 49_000), near(with_it - 54_600 - missing)),
    ]
    on_the_day = [row for row in cash.rows if row.day == date(2026, 10, 15)]
    assert [(row.what, row.with_exercise) for row in on_the_day] == [
        ("Strike", 2_000.0),
        ("Tax withheld on NSO wages", 9_600.0),
        ("Medicare on NSO wages", 435.0),
    ]
    # Form 540 of 250,000 less 5,900: 3,310.88 on the first 75,197, 9.3% above, less one exemption credit of 158
    without = 3_310.88 + 0.093 * (244_100 - 75_197) - 158
    with_it = without + 0.093 * 30_000 + 8 * 6  # eight steps of 2,500 above 260,778 take 6 each of the credit
    assert 0.9 * without < 17_000  # so that no installment is missing without the exercise,
    assert 1.1 * 17_000 < 20_000  # nor with it
    assert [row for row in rows_of(cash) if row[1].startswith("CA")] == [
        (SEPTEMBER, "CA estimated tax, 3 of 4", 0.0, 0.0),
        (JANUARY, "CA estimated tax, 4 of 4", 0.0, 0.0),
        (APRIL, "CA balance with the return", near(without - 17_100), near(with_it - 20_100)),
    ]


def test_facts_of_another_year_are_refused():
    """The tax of an exercise is that of its own year."""
    with pytest.raises(ArgumentError) as refused:
        cash_of_exercise(PORTFOLIO, FACTS, Exercise("ES-1", date(2027, 2, 1), 1, fmv=32.0), LAST_YEAR, TODAY)
    assert str(refused.value) == (
        "ES-1: the exercise of 2027-02-01 is not in 2026, the year of the facts; enter those of 2027."
    )
