"""Estimated tax: the law's thresholds, the agencies' own examples, and schedules that add up."""

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from xl_amt.errors import ArgumentError, NotHeldError
from xl_amt.law import ESTIMATED_TAXES, STATUSES, Jurisdiction, estimated_tax_law
from xl_amt.planning.estimated_tax import (
    CashNeeded,
    ExerciseCost,
    LastYear,
    Payment,
    PaymentDue,
    ThisYear,
    cash_needed,
    remaining_payments,
    required_annual_payment,
)
from xl_amt.worksheet import answer, call

PAGE = Path(__file__).parents[2] / "docs" / "advisors" / "estimated-tax.md"
CA = Jurisdiction("CA")
A_CENT = 0.01


def law(code="US", year=2026, status="single"):
    """The law of estimated tax of one place, year and status."""
    return estimated_tax_law(year, status, Jurisdiction(code))


def required(this_year_tax, last_year_tax, last_year_agi, *, agi=None, withholding=0.0, of=None):
    """The required annual payment."""
    this_year = ThisYear(this_year_tax, withholding, agi)
    return required_annual_payment(this_year, LastYear(last_year_tax, last_year_agi), of or law())


# Examples of the agencies


def test_the_example_of_publication_505():
    """Pub. 505, Amended Estimated Tax Worksheet—Illustrated (2020): 1,800 becomes 4,100 in July, after two payments."""
    first, amended = ThisYear(1_800 / 0.9), ThisYear(4_100 / 0.9)
    paid = [Payment(date(2020, 4, 15), 450), Payment(date(2020, 6, 15), 450)]
    schedule = remaining_payments(first, amended, LastYear(None, 0), paid, date(2020, 7, 10), law(year=2020))
    assert [
        (due.day, round(due.without_exercise, 2), round(due.with_exercise, 2)) for due in schedule.installments
    ] == [
        (date(2020, 9, 15), 450.00, 2_175.00),
        (date(2021, 1, 15), 450.00, 1_025.00),
    ]
    assert schedule.late.with_exercise == pytest.approx(4_100 / 2 - 900)


def test_the_examples_of_the_franchise_tax_board():
    """FTB, Estimated tax payments: Mrs. Smith pays 110% of last year's tax, Mr. and Mrs. Grant 90% of this year's."""
    assert round(call("AMT_SAFE_HARBOR", 5_000, 3_000, 160_000, "single", 2020, "CA", 160_000), 2) == 3_300.00
    grants = call("AMT_SAFE_HARBOR", 127_518, 90_000, 1_100_000, "mfj", 2020, "CA", 1_250_000)
    assert int(grants) == 114_766  # as printed, cut to dollars


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2022, ["2022-04-18", "2022-06-15", "2022-09-15", "2023-01-17", "2023-04-18"]),
        (2023, ["2023-04-18", "2023-06-15", "2023-09-15", "2024-01-16", "2024-04-15"]),
        (2024, ["2024-04-15", "2024-06-17", "2024-09-16", "2025-01-15", "2025-04-15"]),
        (2025, ["2025-04-15", "2025-06-16", "2025-09-15", "2026-01-15", "2026-04-15"]),
    ],
)
@pytest.mark.parametrize("code", ESTIMATED_TAXES)
def test_dates_as_published(code, year, days):
    """The dates printed on Form 1040-ES, which California keeps too: none is a weekend or a legal holiday."""
    plan = ThisYear(50_000, agi=200_000)
    schedule = remaining_payments(plan, plan, LastYear(40_000, 100_000), [], date(year, 1, 1), law(code, year))
    assert [str(due.day) for due in schedule.payments] == days


# The law's thresholds


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("code", ESTIMATED_TAXES)
def test_one_hundred_and_ten_per_cent(code, status):
    """Above 150,000 of last year's income, 75,000 for separate filers of this year; exactly there it is 100%."""
    threshold = 75_000 if status == "mfs" else 150_000
    of = law(code, status=status)
    assert required(80_000, 40_000, threshold, agi=0, of=of) == 40_000
    assert required(80_000, 40_000, threshold + A_CENT, agi=0, of=of) == pytest.approx(44_000)


def test_the_smaller_of_the_two():
    """90% of this year's tax where that is less, and where no return of last year counts."""
    assert required(40_000, 40_000, 100_000) == 36_000
    assert required(40_000, 36_001, 100_000) == 36_000
    assert required(40_000, 35_999, 100_000) == 35_999
    assert required(80_000, None, 100_000) == 72_000


def test_no_tax_last_year():
    """Without tax last year nothing is asked for before the return is due (IRC 6654(e)(2)), whatever this year's."""
    assert required(500_000, 0, 0) == 0
    assert required(500_000, 0, 5_000_000, agi=5_000_000, of=law("CA")) == 0


def test_the_thousand_dollars():
    """Nothing is asked for where this year's tax less withholding is under 1,000 dollars (IRC 6654(e)(1))."""
    assert required(50_000, 60_000, 100_000, withholding=49_000.01) == 0
    assert required(50_000, 60_000, 100_000, withholding=49_000) == 45_000
    assert required(999.99, 5_000, 100_000) == 0
    assert required(1_000, 5_000, 100_000) == 900


@pytest.mark.parametrize(("status", "least"), [("single", 500), ("mfj", 500), ("hoh", 500), ("qss", 500), ("mfs", 250)])
def test_the_five_hundred_dollars_of_california(status, least):
    """Either year's tax under 500 dollars, 250 for separate filers, excuses (R&TC 19136(c); Form FTB 5805)."""
    of = law("CA", status=status)
    assert required(least - A_CENT, 9_000, 60_000, agi=60_000, of=of) == 0
    assert required(9_000, least - A_CENT, 60_000, agi=2_000_000, of=of) == 0
    assert required(least, 9_000, 60_000, agi=60_000, of=of) == pytest.approx(0.9 * least)
    assert required(9_000, least, 60_000, agi=60_000, of=of) == least


@pytest.mark.parametrize("status", STATUSES)
def test_the_million_of_california(status):
    """From 1,000,000 of this year's income, half for separate filers, last year's does not count (R&TC 19136.3)."""
    million = 500_000 if status == "mfs" else 1_000_000
    of = law("CA", status=status)
    assert required(80_000, 40_000, 60_000, agi=million - A_CENT, of=of) == 40_000
    assert required(80_000, 40_000, 60_000, agi=million, of=of) == 72_000
    assert required(80_000, 40_000, 5_000_000, agi=60_000, of=of) == pytest.approx(44_000)
    assert required(80_000, 40_000, 60_000, agi=million) == 40_000  # federal law has no such rule


def test_california_without_this_years_income():
    """Where the smaller one is 90% of this year's tax, this year's income is not asked for; otherwise it must be."""
    assert call("AMT_SAFE_HARBOR", 40_000, 40_000, 100_000, "single", 2026, "CA") == 36_000
    with pytest.raises(ArgumentError) as refusal:
        call("AMT_SAFE_HARBOR", 80_000, 40_000, 100_000, "mfs", 2026, "CA", 0)
    assert str(refusal.value) == (
        "this_year_agi: it is missing, and the answer depends on it: last year's tax does not count at 500,000 "
        "dollars of it or more; enter this year's adjusted gross income."
    )


def test_jurisdictions():
    """US and CA are asked for one by one; no other one is held."""
    taxes = (80_000, 40_000, 180_000, "single", 2026)
    assert call("AMT_SAFE_HARBOR", *taxes, " us ") == call("AMT_SAFE_HARBOR", *taxes)
    assert call("AMT_SAFE_HARBOR", *taxes, "ca", 180_000) == pytest.approx(44_000)
    with pytest.raises(ArgumentError) as refusal:
        call("AMT_SAFE_HARBOR", *taxes, "US + CA", 180_000)
    assert str(refusal.value) == (
        "jurisdiction: 'US + CA' names more than one, and only one can be answered at a time; use US, CA or leave it "
        "blank."
    )
    for place, sentence in {
        "MN": "this is not available for Minnesota; use US, CA or leave it blank.",
        "CA+MN": "this is not available for Minnesota; use US, CA or leave it blank.",
        "TX": "this is not available for Texas; use US, CA or leave it blank.",
    }.items():
        with pytest.raises(NotHeldError) as missing:
            call("AMT_SAFE_HARBOR", *taxes, place)
        assert str(missing.value) == f"jurisdiction: {sentence}"
    with pytest.raises(NotHeldError, match="the estimated tax of NY is not available; use US or CA"):
        law("NY")
    with pytest.raises(NotHeldError, match="2017 is before 2018"):
        law("CA", 2017)


def shown(*arguments):
    """What a cell shows, an error as its sentence."""
    try:
        return call("AMT_SAFE_HARBOR", *arguments)
    except ArgumentError as error:
        return str(error)


@pytest.mark.parametrize("length", [3, 100])
def test_a_column(length):
    """A column of clients gives what its cells give, an error in its own place."""
    taxes = [40_000.0 + 1_000 * (row % 50) for row in range(length)]
    places = ["CA" if row % 2 else "US" for row in range(length)]
    alone = [shown(tax, 40_000, 100_000, "single", 2026, place) for tax, place in zip(taxes, places, strict=True)]
    column = answer("AMT_SAFE_HARBOR", taxes, 40_000, 100_000, "single", 2026, places)
    assert [cell if isinstance(cell, float) else str(cell) for cell in column] == alone
    assert any(isinstance(cell, str) for cell in alone) == (length > 3)


# What is left to pay


def test_installments_of_california():
    """30, 40, 0 and 30% (R&TC 19136.1), and withholding counts as paid in the same parts."""
    plan = ThisYear(20_000, withholding=5_000, agi=100_000)
    schedule = remaining_payments(plan, plan, LastYear(15_000, 100_000), [], date(2026, 1, 1), law("CA"))
    amounts = [round(due.with_exercise, 2) for due in schedule.payments]
    assert amounts == [3_000.00, 4_000.00, 0.00, 3_000.00, 5_000.00]


def test_a_missed_installment_is_made_up_by_the_next():
    """On the due date itself the payment is in time; the day after it is late, and the next one makes it up."""
    plan, last_year = ThisYear(50_000), LastYear(40_000, 100_000)
    in_time, late = (
        remaining_payments(plan, plan, last_year, [], day, law()) for day in (date(2026, 6, 15), date(2026, 6, 16))
    )
    assert [due.with_exercise for due in in_time.payments] == [20_000, 10_000, 10_000, 10_000]
    assert (in_time.late.day, in_time.late.with_exercise) == (date(2026, 6, 15), 10_000)
    assert [due.with_exercise for due in late.payments] == [30_000, 10_000, 10_000]
    assert (late.late.day, late.late.with_exercise) == (date(2026, 6, 16), 20_000)


def test_after_the_last_installment():
    """From January 16 only the balance is left, and what the installments lacked is late until then."""
    plan = ThisYear(50_000)
    schedule = remaining_payments(plan, plan, LastYear(40_000, 100_000), [], date(2027, 2, 1), law())
    assert schedule.installments == ()
    assert (schedule.balance.day, schedule.balance.with_exercise) == (date(2027, 4, 15), 50_000)
    assert (schedule.late.day, schedule.late.with_exercise) == (date(2027, 2, 1), 40_000)


def test_the_safe_harbor_leaves_the_tax_of_an_exercise_to_april():
    """Where 100% of last year's tax is withheld anyway, an exercise adds nothing before the return is due."""
    without, with_exercise = ThisYear(52_000, 50_000), ThisYear(132_000, 50_000)
    schedule = remaining_payments(without, with_exercise, LastYear(45_000, 240_000), [], date(2026, 8, 3), law())
    assert [due.added for due in schedule.installments] == [0, 0]
    assert schedule.balance.added == 80_000


MONEY = st.integers(0, 90_000_000).map(lambda cents: cents / 100)
DAYS = st.dates(date(2026, 1, 1), date(2027, 4, 15))


@st.composite
def clients(draw):
    """A client's two plans, last year, payments already made, and the day of planning."""
    today = draw(DAYS)
    plans = [ThisYear(draw(MONEY), draw(MONEY) / 2, draw(MONEY)) for _ in range(2)]
    paid = [
        Payment(
            date(2026, 1, 1) + timedelta(days=draw(st.integers(0, (today - date(2026, 1, 1)).days))), draw(MONEY) / 8
        )
        for _ in range(draw(st.integers(0, 3)))
    ]
    last_year = LastYear(draw(st.one_of(st.none(), MONEY)), draw(MONEY))
    return (*plans, last_year, paid, today, law(draw(st.sampled_from(ESTIMATED_TAXES))))


@given(clients())
def test_payments_add_up_to_the_tax(client):
    """Withholding, payments made, installments and the balance are the tax; no installment is negative."""
    *plans, _, paid, _, _ = client
    schedule = remaining_payments(*client)
    for plan, amounts in zip(
        plans,
        (
            [due.without_exercise for due in schedule.payments],
            [due.with_exercise for due in schedule.payments],
        ),
        strict=True,
    ):
        total = plan.withholding + sum(payment.amount for payment in paid) + sum(amounts)
        assert total == pytest.approx(plan.tax)
        assert all(amount >= 0 for amount in amounts[:-1])
    assert sum(due.added for due in schedule.payments) == pytest.approx(
        plans[1].tax - plans[0].tax - plans[1].withholding + plans[0].withholding
    )


@given(clients())
def test_the_payments_are_enough_and_no_more(client):
    """With the last installment the required annual payment is reached, and not passed by what is still to pay."""
    _, plan, last_year, paid, today, of = client
    assume(today <= date(2027, 1, 15))
    schedule = remaining_payments(*client)
    still = sum(due.with_exercise for due in schedule.installments)
    before = plan.withholding + sum(payment.amount for payment in paid)
    needed = required_annual_payment(plan, last_year, of)
    assert before + still == pytest.approx(max(before, needed))
    assert needed <= 0.9 * plan.tax + A_CENT or needed == 0


@given(clients())
def test_a_schedule_that_is_kept_stays_the_same(client):
    """Whoever pays the first installment and asks again the day after finds the others as they were, and none late."""
    without, plan, last_year, paid, today, of = client
    assume(today <= date(2027, 1, 15))
    first, *others = remaining_payments(*client).payments
    paid = [*paid, Payment(first.day, first.with_exercise)]
    again = remaining_payments(without, plan, last_year, paid, first.day + timedelta(days=1), of)
    assert [due.with_exercise for due in again.payments] == pytest.approx(
        [due.with_exercise for due in others], abs=A_CENT
    )
    assert again.late.with_exercise == pytest.approx(0, abs=A_CENT)


@pytest.mark.parametrize("tax", [0, None, ""])
def test_a_blank_tax_of_last_year_is_asked_back(tax):
    """A blank cannot say whether no tax was owed, and 0 would then be the answer: the sentence names both cases."""
    with pytest.raises(ArgumentError, match=r"^last_year_tax: .*no payment is needed"):
        call("AMT_SAFE_HARBOR", 131_332, tax, 240_000, "single", 2026)


def test_a_blank_income_of_last_year_is_asked_back():
    """A tax without an income behind it would miss the 110%."""
    with pytest.raises(ArgumentError, match=r"^last_year_agi: it is blank or 0 although a tax is entered; "):
        call("AMT_SAFE_HARBOR", 131_332, 51_000, None, "single", 2026)


@given(MONEY, MONEY.filter(bool), MONEY.filter(bool), st.sampled_from(list(STATUSES)))
def test_the_federal_answer_by_the_statute(this_year_tax, last_year_tax, agi, status):
    """The function against IRC 6654(d)(1) and (e), written out in whole fractions."""
    part = Fraction(11, 10) if agi > (75_000 if status == "mfs" else 150_000) else 1
    expected = min(Fraction(9, 10) * Fraction(this_year_tax), part * Fraction(last_year_tax))
    if this_year_tax < 1_000:
        expected = 0
    assert call("AMT_SAFE_HARBOR", this_year_tax, last_year_tax, agi, status, 2026) == pytest.approx(float(expected))


@pytest.mark.parametrize(
    ("paid", "today", "sentence"),
    [
        ([], date(2027, 4, 16), "today: 2027-04-16 is after 2027-04-15, when all of the year's tax is due."),
        (
            [Payment(date(2026, 9, 15), 100)], date(2026, 8, 3),
            "paid: the payment of 2026-09-15 is after 2026-08-03; enter only payments already made.",
        ),
        (
            [Payment(date(2026, 4, 15), -100)], date(2026, 8, 3),
            "paid: -100 on 2026-04-15 is negative; enter zero or more.",
        ),
    ],
)  # fmt: skip
def test_bad_input(paid, today, sentence):
    """One sentence says which payment or day is wrong."""
    plan = ThisYear(50_000)
    with pytest.raises(ArgumentError) as refusal:
        remaining_payments(plan, plan, LastYear(40_000, 100_000), paid, today, law())
    assert str(refusal.value) == sentence


# Cash


@given(clients(), MONEY, MONEY)
def test_cash_in_all(client, strike, withheld):
    """The exercise adds its strike and its tax, however much of it is withheld on the day; rows stand in order."""
    without, plan, *others = client
    plan = plan._replace(withholding=without.withholding + withheld)
    cash = cash_needed(ExerciseCost(date(2026, 10, 15), strike, withheld), [remaining_payments(without, plan, *others)])
    assert cash.added == pytest.approx(strike + plan.tax - without.tax, abs=A_CENT)
    assert cash.with_exercise - cash.without_exercise == pytest.approx(cash.added, abs=A_CENT)
    assert [row.day for row in cash.rows] == sorted(row.day for row in cash.rows)


def test_a_state_whose_tax_the_advisor_gives():
    """Payments of another state stand among the others, on their day."""
    oregon = PaymentDue(date(2026, 12, 15), "Oregon estimated tax", 1_000, 4_000)
    cash = cash_needed(ExerciseCost(date(2026, 10, 15), 20_000), [], [oregon])
    assert cash == CashNeeded((PaymentDue(date(2026, 10, 15), "Strike", 0.0, 20_000), oregon))
    assert (cash.without_exercise, cash.with_exercise, cash.added) == (1_000, 24_000, 23_000)


def test_the_case_of_the_page():
    """The table of docs/advisors/estimated-tax.md, to the dollar: both taxes are those of the functions."""
    household = (250_000, "single", 2026)
    tax, with_tax = (call("AMT_TOTAL_TAX", *household, spread) for spread in (0, 300_000))
    today, last_year = date(2026, 8, 3), LastYear(51_000, 240_000)
    federal = remaining_payments(ThisYear(tax, 50_000), ThisYear(with_tax, 50_000), last_year, [], today, law())
    owed = [call("AMT_TOTAL_TAX", *household, spread, None, None, "CA") for spread in (0, 300_000)]
    without, with_it = (ThisYear(of_year, 18_000, 250_000) for of_year in owed)
    california = remaining_payments(without, with_it, LastYear(18_000, 240_000), [], today, law("CA"))
    cash = cash_needed(ExerciseCost(date(2026, 10, 15), 20_000), [federal, california])
    page = PAGE.read_text("utf-8")
    for row in cash.rows:
        day = f"{row.day:%B} {row.day.day}, {row.day.year}"
        amounts = " | ".join(f"{amount:,.0f}" for amount in (row.without_exercise, row.with_exercise, row.added))
        assert f"| {day} | {row.what} | {amounts} |" in page
    totals = " | ".join(f"**{amount:,.0f}**" for amount in (cash.without_exercise, cash.with_exercise, cash.added))
    assert f"| | **In all** | {totals} |" in page
    assert f"{federal.late.with_exercise:,.0f} of the federal" in page
