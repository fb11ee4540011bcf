"""Form 1040: from income to the tax of line 16, by the rate schedules."""

from __future__ import annotations

from typing import Any, NamedTuple

from xl_amt.arithmetic.lines import Line, choose, is_blank, smaller_of, zero_or_more
from xl_amt.forms.us.qualified_dividends_worksheet import qualified_dividends_worksheet
from xl_amt.forms.us.schedule_1_a import Schedule1A, schedule_1_a
from xl_amt.forms.us.schedule_a import schedule_a
from xl_amt.forms.us.schedule_d import ScheduleD, schedule_d
from xl_amt.household import Household
from xl_amt.law import FederalLaw


class Deductions(NamedTuple):
    """The standard deduction or the itemized ones, as taken, in dollars."""

    taken: Line  # Schedule A after the limit of IRC 68, or the standard deduction
    gifts_without_itemizing: Line
    not_allowed_for_amt: Line  # Schedule A's taxes, or the standard deduction
    cut_not_made_for_amt: Line  # the limit of IRC 68, where the AMT does not have it
    itemized: Any  # whether Schedule A is filed


class RegularTax(NamedTuple):
    """What Form 6251 and the worksheet functions take from the regular return, in dollars."""

    adjusted_gross_income: Line
    deductions: Deductions
    schedule_1_a: Schedule1A
    schedule_d: ScheduleD
    income_less_deductions: Line  # before it is floored at zero
    taxable_income: Line
    tax: Line
    preferential_income: Line  # qualified dividends and net capital gain
    ordinary_part: Line  # taxable income less the preferential income


def form_1040(facts: Household, law: FederalLaw) -> RegularTax:
    """The regular tax on one year's facts, in dollars, before credits.

    Tax comes from the rate schedules, not from the $50 steps of the Tax Table, so it can differ from a printed
    return of less than $100,000 by a few dollars.
    """
    capital = schedule_d(facts, law)
    income = (
        facts.wages
        + facts.interest
        + facts.ordinary_dividends
        + capital.gain_or_loss
        + facts.other_income
        + facts.rental_and_passive_income
        + facts.business_income
        + facts.state_tax_refund
        - facts.adjustments_to_income
    )
    additional = schedule_1_a(facts, income, law)
    deductions = _deductions(facts, income, additional, law)
    # in 2020 gifts in addition to the standard deduction reduced adjusted gross income, later taxable income
    adjusted_gross_income = income - deductions.gifts_without_itemizing if law.year == 2020 else income
    income_less_deductions = (
        income
        - deductions.taken
        - deductions.gifts_without_itemizing
        - facts.qualified_business_income_deduction
        - additional.total
    )
    taxable_income = zero_or_more(income_less_deductions)
    preferential_income = facts.qualified_dividends + capital.net_capital_gain
    if is_blank(preferential_income):
        tax = law.ordinary_rates.tax(taxable_income)
    else:
        tax = qualified_dividends_worksheet(taxable_income, preferential_income, law).tax
    return RegularTax(
        adjusted_gross_income=adjusted_gross_income,
        deductions=deductions,
        schedule_1_a=additional,
        schedule_d=capital,
        income_less_deductions=income_less_deductions,
        taxable_income=taxable_income,
        tax=tax,
        preferential_income=preferential_income,
        ordinary_part=zero_or_more(taxable_income - preferential_income),
    )


def standard_deduction(facts: Household, law: FederalLaw) -> Line:
    """The standard deduction with the additional amounts for age and blindness, in dollars (IRC 63(c), (f))."""
    if facts.spouse_itemizes:
        return 0.0
    return law.standard_deduction + law.additional_standard_deduction * older_or_blind(facts)


def older_or_blind(facts: Household) -> Line:
    """How many times the additional amount is due: for each filer of 65 or older, and for each who is blind."""
    older = choose(facts.age >= 65.0, 1.0, 0.0) + choose(facts.spouse_age >= 65.0, 1.0, 0.0)
    return older + facts.blind


def _deductions(facts: Household, income: Line, additional: Schedule1A, law: FederalLaw) -> Deductions:
    standard = standard_deduction(facts, law)
    gifts = smaller_of(facts.cash_gifts, law.gifts_without_itemizing_limit)
    if facts.deduction == "standard":
        return Deductions(standard, gifts, standard, 0.0, itemized=False)
    itemized = schedule_a(facts, zero_or_more(income), law)
    cut = _itemized_deduction_cut(facts, income, itemized.total, additional, law)
    allowed = itemized.total - cut
    limit = law.itemized_deduction_limit
    cut_not_made_for_amt = 0.0 if limit is None or limit.applies_for_amt else cut
    if facts.deduction == "itemized":
        return Deductions(allowed, 0.0, itemized.taxes, cut_not_made_for_amt, itemized=True)
    itemizes = allowed > standard + gifts
    return Deductions(
        taken=choose(itemizes, allowed, standard),
        gifts_without_itemizing=choose(itemizes, 0.0, gifts),
        not_allowed_for_amt=choose(itemizes, itemized.taxes, standard),
        cut_not_made_for_amt=choose(itemizes, cut_not_made_for_amt, 0.0),
        itemized=itemizes,
    )


def _itemized_deduction_cut(
    facts: Household, income: Line, itemized: Line, additional: Schedule1A, law: FederalLaw
) -> Line:
    """The cut of IRC 68(a): 2/37 of the deductions, or of the income in the highest bracket if that is less."""
    limit = law.itemized_deduction_limit
    if limit is None:
        return 0.0
    income_before_itemizing = income - facts.qualified_business_income_deduction - additional.total
    return limit.fraction * smaller_of(itemized, zero_or_more(income_before_itemizing - law.highest_bracket_start))
