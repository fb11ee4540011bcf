"""Schedule CA (540), California Adjustments: from federal to California income, and California's itemized deductions.

Part II has no line for each amount here: the numbers are those of 2021 to 2025.
"""

from __future__ import annotations

from typing import NamedTuple

from xl_amt.arithmetic.lines import Line, smaller_of, zero_or_more
from xl_amt.forms.ca.facts import CaliforniaFacts
from xl_amt.forms.us.form_1040 import RegularTax
from xl_amt.household import Household
from xl_amt.law import CaliforniaLaw


class ItemizedDeductions(NamedTuple):
    """Part II, in dollars."""

    medical: Line  # line 4
    taxes: Line  # lines 5b and 5c: without a limit, and without income tax (R&TC 17220)
    mortgage_interest: Line  # line 8
    investment_interest: Line  # line 9
    gifts: Line  # line 14
    other: Line  # lines 15 and 16: taken as casualty and gambling losses, which are not cut
    miscellaneous: Line  # line 25
    adjustments: Line  # line 27 and those in addition to the lines above
    total: Line  # line 28
    cut: Line  # by the worksheet of line 29
    allowed: Line  # line 29


def california_income(
    facts: Household, own: CaliforniaFacts, federal: RegularTax, california_gain: Line, year: int
) -> Line:
    """Form 540 line 17, California adjusted gross income, in dollars (Schedule CA Part I).

    The federal gain or loss gives way to California's own; a state tax refund is subtracted (R&TC 17142). What the
    federal return of 2020 let those who do not itemize deduct for gifts is added back.
    """
    income = (
        federal.adjusted_gross_income
        - facts.state_tax_refund
        + (california_gain - federal.schedule_d.gain_or_loss)
        + own.income_adjustments
    )
    return income + federal.deductions.gifts_without_itemizing if year == 2020 else income


def itemized_deductions(
    facts: Household, own: CaliforniaFacts, federal_income: Line, law: CaliforniaLaw
) -> ItemizedDeductions:
    """Schedule CA Part II; every floor and limit is of federal adjusted gross income (Form 540 line 13)."""
    base = zero_or_more(federal_income)
    line_4 = zero_or_more(facts.medical_expenses - law.medical_floor * base)
    line_5 = facts.real_estate_tax + facts.personal_property_tax
    line_14 = _gifts(facts, base, law)
    line_25 = zero_or_more(own.miscellaneous_deductions - law.miscellaneous_deductions_floor * base)
    line_28 = zero_or_more(
        line_4
        + line_5
        + facts.mortgage_interest
        + facts.investment_interest
        + line_14
        + facts.other_itemized_deductions
        + line_25
        + own.itemized_deduction_adjustments
    )
    not_cut = line_4 + facts.investment_interest + facts.other_itemized_deductions
    cut = _cut(line_28, not_cut, federal_income, law)
    return ItemizedDeductions(
        line_4,
        line_5,
        facts.mortgage_interest,
        facts.investment_interest,
        line_14,
        facts.other_itemized_deductions,
        line_25,
        own.itemized_deduction_adjustments,
        line_28,
        cut,
        line_28 - cut,
    )


def _gifts(facts: Household, base: Line, law: CaliforniaLaw) -> Line:
    """Line 14: cash up to half of the income, property up to three tenths, what was carried over after both."""
    limits = law.gifts
    cash = smaller_of(facts.cash_gifts, limits.cash_limit * base)
    property_gifts = smaller_of(
        facts.property_gifts, smaller_of(limits.property_limit * base, limits.cash_limit * base - cash)
    )
    return cash + property_gifts + smaller_of(facts.gift_carryover, limits.cash_limit * base - cash - property_gifts)


def _cut(line_28: Line, not_cut: Line, federal_income: Line, law: CaliforniaLaw) -> Line:
    """Itemized Deductions Worksheet, lines 2 to 9: what is cut where the income is high (R&TC 17077)."""
    limit = law.itemized_deduction_limit
    line_3 = zero_or_more(line_28 - not_cut)
    line_4 = limit.part_of_deductions * line_3
    line_8 = limit.part_of_excess * zero_or_more(federal_income - law.high_income_start)
    return smaller_of(line_4, line_8)
