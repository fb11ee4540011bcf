"""Schedule M1SA, Minnesota Itemized Deductions, and how high income reduces any deduction.

Gifts are those that federal law allows, without its floor of 2026, which Minnesota does not have.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from xl_amt.arithmetic.lines import Line, choose, smaller_of, zero_or_more
from xl_amt.forms.us.schedule_a import schedule_a
from xl_amt.forms.us.total_tax import TaxReturn
from xl_amt.law.minnesota import MinnesotaLaw


class ScheduleM1SA(NamedTuple):
    """Schedule M1SA, in dollars."""

    medical: Line  # line 4
    taxes: Line  # line 10
    mortgage_interest: Line  # lines 11 and 12
    investment_interest: Line  # line 13
    gifts: Line  # line 18
    other: Line  # line 24
    reduction: Line  # line 26

    @property
    def before_reduction(self) -> Line:
        """Line 25."""
        return self.medical + self.taxes + self.mortgage_interest + self.investment_interest + self.gifts + self.other

    @property
    def total(self) -> Line:
        """Line 27."""
        return self.before_reduction - self.reduction


def schedule_m1sa(federal: TaxReturn, law: MinnesotaLaw) -> ScheduleM1SA:
    """Schedule M1SA on one year's facts (Minn. Stat. 290.0122)."""
    facts, income = federal.facts, zero_or_more(federal.regular.adjusted_gross_income)
    line_4 = zero_or_more(facts.medical_expenses - law.medical_floor * income)
    line_10 = smaller_of(facts.real_estate_tax + facts.personal_property_tax, law.property_tax_limit)
    line_18 = gifts_allowed(federal)
    line_24 = facts.other_itemized_deductions
    reduced = line_10 + facts.mortgage_interest + line_18 + line_24
    return ScheduleM1SA(
        medical=line_4,
        taxes=line_10,
        mortgage_interest=facts.mortgage_interest,
        investment_interest=facts.investment_interest,
        gifts=line_18,
        other=line_24,
        reduction=reduction(reduced, federal.regular.adjusted_gross_income, law),
    )


def gifts_allowed(federal: TaxReturn) -> Line:
    """Line 18: gifts within the federal limits, and without a floor."""
    without_floor = replace(federal.law, gifts=federal.law.gifts._replace(floor=0.0))
    return schedule_a(federal.facts, zero_or_more(federal.regular.adjusted_gross_income), without_floor).gifts


def reduction(deduction: Line, adjusted_gross_income: Line, law: MinnesotaLaw) -> Line:
    """What high income takes from a deduction (the worksheet of line 26; Minn. Stat. 290.0122 subd. 2, 290.0123)."""
    rule = law.deduction_reduction
    most = rule.most * deduction
    above_start = zero_or_more(adjusted_gross_income - rule.start)
    if rule.second_start is None or rule.whole_from is None:
        return smaller_of(rule.rate * above_start, most)
    first = rule.rate * smaller_of(above_start, rule.second_start - rule.start)
    second = rule.second_rate * zero_or_more(adjusted_gross_income - rule.second_start)
    return choose(adjusted_gross_income > rule.whole_from, most, smaller_of(first + second, most))
