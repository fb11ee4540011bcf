"""Form M1, Minnesota Individual Income Tax: from federal adjusted gross income to the tax of line 10."""

from __future__ import annotations

from typing import Any, NamedTuple

from xl_amt.arithmetic.lines import Line, begun_thousands, choose, smaller_of, zero_or_more
from xl_amt.forms.mn.facts import MinnesotaFacts
from xl_amt.forms.mn.m1sa import ScheduleM1SA, gifts_allowed, reduction, schedule_m1sa
from xl_amt.forms.us.form_1040 import older_or_blind
from xl_amt.forms.us.total_tax import TaxReturn
from xl_amt.law.minnesota import MinnesotaLaw


class FormM1(NamedTuple):
    """Form M1 to line 10, in dollars."""

    federal_adjusted_gross_income: Line  # line 1
    deduction: Line  # line 4
    dependent_exemptions: Line  # line 5
    tax_refund: Line  # line 6
    gifts_without_itemizing: Line  # in line 7
    taxable_income: Line  # line 9; zero or more
    tax: Line  # line 10
    schedule_m1sa: ScheduleM1SA
    itemized: Any  # whether Schedule M1SA is filed

    @property
    def adjusted_gross_income(self) -> Line:
        """Line 1: Minnesota begins with the federal one."""
        return self.federal_adjusted_gross_income


def form_m1(federal: TaxReturn, own: MinnesotaFacts, law: MinnesotaLaw) -> FormM1:
    """The tax on one year's facts, in dollars (Minn. Stat. 290.01, 290.06)."""
    line_1 = federal.regular.adjusted_gross_income
    itemized_deductions = schedule_m1sa(federal, law)
    standard = _standard_deduction(federal, law)
    gifts = law.part_of_gifts * zero_or_more(gifts_allowed(federal) - law.part_of_gifts_above)
    if own.deduction == "larger":
        itemizes: Any = itemized_deductions.total > standard + gifts
    else:
        itemizes = own.deduction == "itemized"
    line_4 = choose(itemizes, itemized_deductions.total, standard)
    gifts_without_itemizing = choose(itemizes, 0.0, gifts)
    line_5 = _dependent_exemptions(federal, law)
    line_6 = federal.facts.state_tax_refund
    line_9 = zero_or_more(line_1 + own.income_adjustments - line_4 - line_5 - line_6 - gifts_without_itemizing)
    return FormM1(
        federal_adjusted_gross_income=line_1,
        deduction=line_4,
        dependent_exemptions=line_5,
        tax_refund=line_6,
        gifts_without_itemizing=gifts_without_itemizing,
        taxable_income=line_9,
        tax=law.rates.tax(line_9),
        schedule_m1sa=itemized_deductions,
        itemized=itemizes,
    )


def _standard_deduction(federal: TaxReturn, law: MinnesotaLaw) -> Line:
    """Line 4 without itemizing, after its reduction (Minn. Stat. 290.0123)."""
    if federal.facts.spouse_itemizes:
        return 0.0
    whole = law.standard_deduction + law.additional_standard_deduction * older_or_blind(federal.facts)
    return whole - reduction(whole, federal.regular.adjusted_gross_income, law)


def _dependent_exemptions(federal: TaxReturn, law: MinnesotaLaw) -> Line:
    """Line 5: so much for each dependent, less a part for every step of income that has begun (290.0121)."""
    rule = law.dependent_exemption
    dependents = federal.facts.children_under_17 + federal.facts.other_dependents
    above_start = zero_or_more(federal.regular.adjusted_gross_income - rule.phase_out_start)
    steps = begun_thousands(1_000.0 / rule.step * smaller_of(above_start, rule.step / rule.part_each_step))
    return rule.amount * zero_or_more(dependents - rule.part_each_step * steps * dependents)
