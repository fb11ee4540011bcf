"""Form 540, California Resident Income Tax Return: from income to the tax before and after exemption credits.

Line numbers are those of 2021 to 2025. The tax comes from the rate schedules, not from the $100 steps of the tax table.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from xl_amt.arithmetic.lines import Line, begun_steps, choose, smaller_of, zero_or_more
from xl_amt.forms.ca.facts import CaliforniaFacts
from xl_amt.forms.ca.schedule_ca import ItemizedDeductions, california_income, itemized_deductions
from xl_amt.forms.ca.schedule_d_540 import schedule_d_540
from xl_amt.forms.us.form_1040 import RegularTax
from xl_amt.forms.us.schedule_d import ScheduleD
from xl_amt.household import Household
from xl_amt.law import CaliforniaLaw


class Form540(NamedTuple):
    """Form 540 lines 13 to 31, in dollars."""

    federal_income: Line  # line 13: federal adjusted gross income
    schedule_d: ScheduleD
    adjusted_gross_income: Line  # line 17
    standard_deduction: Line
    itemized_deductions: ItemizedDeductions
    itemizes: Any  # whether Schedule CA Part II is taken
    deduction: Line  # line 18
    income_less_deductions: Line  # line 17 less line 18: line 19 before it is floored at zero
    taxable_income: Line  # line 19
    tax: Line  # line 31


class ExemptionCredits(NamedTuple):
    """Lines 7 to 11, and what the AGI Limitation Worksheet leaves of them on line 32, in dollars."""

    personal: Line  # lines 7 to 9
    dependent: Line  # line 10
    allowed: Line  # line 32


def form_540(facts: Household, own: CaliforniaFacts, federal: RegularTax, law: CaliforniaLaw) -> Form540:
    """California's regular tax on one year's facts, before any credit (R&TC 17041)."""
    line_13 = federal.adjusted_gross_income
    gains = schedule_d_540(facts, own, law)
    line_17 = california_income(facts, own, federal, gains.gain_or_loss, law.year)
    standard = 0.0 if facts.spouse_itemizes else law.standard_deduction
    itemized = itemized_deductions(facts, own, line_13, law)
    if own.deduction == "larger":
        itemizes: Any = itemized.allowed > standard
    else:
        itemizes = own.deduction == "itemized"
    line_18 = choose(itemizes, itemized.allowed, standard)
    line_19 = zero_or_more(line_17 - line_18)
    return Form540(
        line_13,
        gains,
        line_17,
        standard,
        itemized,
        itemizes,
        line_18,
        line_17 - line_18,
        line_19,
        law.ordinary_rates.tax(line_19),
    )


def exemption_credits(facts: Household, federal_income: Line, law: CaliforniaLaw) -> ExemptionCredits:
    """Lines 7 to 10 and 32: each credit falls by $6 for every begun step of high income (R&TC 17054, 17054.1)."""
    reduction = law.exemption_credit_reduction
    seniors = choose(facts.age >= 65.0, 1.0, 0.0) + choose(facts.spouse_age >= 65.0, 1.0, 0.0)
    persons = reduction.filers + facts.blind + seniors
    dependents = facts.children_under_17 + facts.other_dependents
    personal = law.personal_exemption_credit * persons
    dependent = law.dependent_exemption_credit * dependents
    steps = begun_steps(zero_or_more(federal_income - law.high_income_start), reduction.step)
    each = reduction.each_step * steps
    line_32 = zero_or_more(personal - each * persons) + zero_or_more(dependent - each * dependents)
    return ExemptionCredits(personal, dependent, line_32)


def tax_after_exemption_credits(line_31: Line, credits_: ExemptionCredits) -> Line:
    """Lines 33 and 35."""
    return line_31 - smaller_of(credits_.allowed, line_31)


def behavioral_health_services_tax(line_19: Line, law: CaliforniaLaw) -> Line:
    """Line 62: 1% of taxable income above $1,000,000, whatever the filing status (R&TC 17043)."""
    surtax = law.behavioral_health_services_tax
    return surtax.rate * zero_or_more(line_19 - surtax.threshold)
