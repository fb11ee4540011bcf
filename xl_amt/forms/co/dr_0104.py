"""Form DR 0104, Colorado Individual Income Tax Return: from federal taxable income to the normal tax.

Its lines have other numbers from year to year; those named here are those of 2023. Line 10 is the normal tax in all.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from xl_amt.arithmetic.lines import Line, choose, smaller_of, zero_or_more
from xl_amt.forms.co.facts import ColoradoFacts
from xl_amt.forms.us.form_1040 import standard_deduction
from xl_amt.forms.us.total_tax import TaxReturn
from xl_amt.law.colorado import ColoradoLaw


class FormDR0104(NamedTuple):
    """Form DR 0104 to line 10, in dollars."""

    adjusted_gross_income: Line  # federal: Colorado has none of its own, and begins with taxable income
    federal_taxable_income: Line  # line 1
    state_income_tax: Line  # line 2
    business_income_deduction: Line  # line 3
    deductions_above_limit: Line  # line 4
    other_additions: Line  # the other additions
    subtractions: Line  # Form DR 0104AD
    taxable_income: Line  # line 9; zero or more
    tax: Line  # line 10: the normal tax


def form_dr_0104(federal: TaxReturn, own: ColoradoFacts, normal_rate: float, law: ColoradoLaw) -> FormDR0104:
    """The normal tax on one year's facts, in dollars (C.R.S. 39-22-104)."""
    line_1 = federal.regular.taxable_income
    line_2 = _state_income_tax(federal)
    line_3 = business_income_addition(federal, law)
    line_4 = _deductions_above_limit(federal, line_2, law)
    subtractions = own.subtractions + federal.facts.state_tax_refund
    line_9 = zero_or_more(line_1 + line_2 + line_3 + line_4 + own.additions - subtractions)
    return FormDR0104(
        adjusted_gross_income=federal.regular.adjusted_gross_income,
        federal_taxable_income=line_1,
        state_income_tax=line_2,
        business_income_deduction=line_3,
        deductions_above_limit=line_4,
        other_additions=own.additions,
        subtractions=subtractions,
        taxable_income=line_9,
        tax=normal_rate * line_9,
    )


def business_income_addition(federal: TaxReturn, law: ColoradoLaw) -> Line:
    """Line 3: the federal deduction for business income, above the income to which it counts (39-22-104(3)(o))."""
    most = law.business_income_deduction_to
    if most is None:
        return 0.0
    regular = federal.regular
    return choose(regular.adjusted_gross_income > most, federal.facts.qualified_business_income_deduction, 0.0)


def is_limited(federal: TaxReturn, law: ColoradoLaw) -> Any:
    """Whether the household's income is so high that its federal deductions count only in part."""
    limit = law.deduction_limit
    return False if limit is None else federal.regular.adjusted_gross_income >= limit.adjusted_gross_income


def _state_income_tax(federal: TaxReturn) -> Line:
    """Line 2: the state income tax that Schedule A deducts, as far as itemizing deducts more than not to itemize.

    Where the federal limit cuts state and local taxes, the property taxes are deducted first (the worksheet of line 2).
    """
    facts, deductions = federal.facts, federal.regular.deductions
    other_taxes = facts.real_estate_tax + facts.personal_property_tax
    line_a = smaller_of(facts.state_income_tax, zero_or_more(deductions.not_allowed_for_amt - other_taxes))
    line_d = zero_or_more(deductions.taken - standard_deduction(facts, federal.law))
    return choose(deductions.itemized, smaller_of(line_a, line_d), 0.0)


def _deductions_above_limit(federal: TaxReturn, line_2: Line, law: ColoradoLaw) -> Line:
    """Line 4: federal deductions above what counts, less what line 2 adds back already (Rule 39-22-104(3)(p.5))."""
    limit = law.deduction_limit
    if limit is None:
        return 0.0
    deductions = federal.regular.deductions
    above = zero_or_more(deductions.taken - line_2 - limit.allowed)
    if limit.itemized_only:
        above = choose(deductions.itemized, above, 0.0)
    return choose(is_limited(federal, law), above, 0.0)
