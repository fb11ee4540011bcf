"""Form 1040: from income to the tax of line 16, by the rate schedules."""

from __future__ import annotations

from typing import NamedTuple

from xl_amt.forms.lines import Line, choose, is_blank, larger_of, smaller_of, zero_or_more
from xl_amt.forms.qualified_dividends_worksheet import qualified_dividends_and_capital_gain_tax
from xl_amt.forms.schedule_1_a import senior_deduction
from xl_amt.forms.schedule_a import schedule_a
from xl_amt.forms.schedule_d import schedule_d
from xl_amt.household import Household
from xl_amt.law import FederalLaw


class RegularTax(NamedTuple):
    """What Form 6251 and the worksheet functions take from the regular return, in dollars."""

    income_less_deductions: Line  # before it is floored at zero
    taxable_income: Line
    tax: Line
    deduction_not_allowed_for_amt: Line  # the standard deduction, or Schedule A line 7
    senior_deduction: Line  # not allowed for AMT either
    preferential_income: Line  # qualified dividends and net capital gain
    ordinary_part: Line  # taxable income less the preferential income


def form_1040(facts: Household, law: FederalLaw) -> RegularTax:
    """The regular tax on one year's facts, in dollars, before credits.

    Tax comes from the rate schedules, not from the $50 steps of the Tax Table, so it can differ from a printed
    return of less than $100,000 by a few dollars.
    """
    capital = schedule_d(facts, law)
    income = facts.wages + facts.interest + facts.ordinary_dividends + capital.gain_or_loss
    senior = senior_deduction(facts, income, law)
    deduction, disallowed = _deduction(facts, income, law)
    income_less_deductions = income - deduction - senior
    taxable_income = zero_or_more(income_less_deductions)
    preferential_income = facts.qualified_dividends + capital.net_capital_gain
    if is_blank(preferential_income):
        tax = law.ordinary_rates.tax(taxable_income)
    else:
        tax = qualified_dividends_and_capital_gain_tax(taxable_income, preferential_income, law)
    return RegularTax(
        income_less_deductions=income_less_deductions,
        taxable_income=taxable_income,
        tax=tax,
        deduction_not_allowed_for_amt=disallowed,
        senior_deduction=senior,
        preferential_income=preferential_income,
        ordinary_part=zero_or_more(taxable_income - preferential_income),
    )


def standard_deduction(facts: Household, law: FederalLaw) -> Line:
    """The standard deduction with the additional amounts for age and blindness, in dollars (IRC 63(c), (f))."""
    if facts.spouse_itemizes:
        return 0.0
    older = choose(facts.age >= 65.0, 1.0, 0.0) + choose(facts.spouse_age >= 65.0, 1.0, 0.0)
    return law.standard_deduction + law.additional_standard_deduction * (older + facts.blind)


def _deduction(facts: Household, income: Line, law: FederalLaw) -> tuple[Line, Line]:
    """The deduction taken, and the part of it that the AMT does not allow."""
    standard = standard_deduction(facts, law)
    with_gifts = standard + smaller_of(facts.cash_gifts, law.gifts_without_itemizing_limit)
    if facts.deduction == "standard":
        return with_gifts, standard
    itemized = schedule_a(facts, zero_or_more(income), law)
    if facts.deduction == "itemized":
        return itemized.deductions, itemized.taxes
    itemizes = itemized.deductions > with_gifts
    return larger_of(itemized.deductions, with_gifts), choose(itemizes, itemized.taxes, standard)
