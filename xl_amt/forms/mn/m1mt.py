"""Schedule M1MT, Alternative Minimum Tax. It does not ask whether federal AMT is owed.

Line numbers are those of 2024; what is on line 2 there stood on line 3 in 2019.
"""

from __future__ import annotations

from typing import NamedTuple

from xl_amt.arithmetic.lines import Line, choose, given, zero_or_more
from xl_amt.forms.mn.facts import MinnesotaFacts
from xl_amt.forms.mn.m1 import FormM1
from xl_amt.forms.us.form_6251 import part_i
from xl_amt.forms.us.total_tax import TaxReturn
from xl_amt.law.minnesota import MinnesotaLaw


class MinnesotaIncome(NamedTuple):
    """Lines 1 to 20 without the ISO spread, in dollars."""

    without_timing_items: Line  # exclusion items alone, as Schedule M1MTC Part 1 has them
    timing_items: Line  # of line 2, without the spread

    @property
    def total(self) -> Line:
        """Line 20."""
        return self.without_timing_items + self.timing_items


class ScheduleM1MT(NamedTuple):
    """Schedule M1MT, in dollars."""

    alternative_minimum_taxable_income: Line  # line 20
    exemption: Line  # line 25
    income_above_exemption: Line  # line 26
    tentative_minimum_tax: Line  # line 27
    regular_tax: Line  # line 28: Form M1 line 10
    alternative_minimum_tax: Line  # line 29


def minnesota_income(federal: TaxReturn, own: MinnesotaFacts, form_m1: FormM1) -> MinnesotaIncome:
    """Lines 1 to 20 but the ISO spread: federal adjusted gross income, preferences in, some deductions out.

    The standard deduction, mortgage interest, taxes and exemptions do not count; medical expenses, investment interest
    and gifts do where Schedule M1SA is filed (docs/decisions/minnesota-deductions-for-the-amt.md).
    """
    items, schedule = part_i(federal.facts, federal.regular, federal.law), form_m1.schedule_m1sa
    line_2_exclusion = items.private_activity_bond_interest + items.other_exclusion_items
    line_2_timing = items.disposition_of_property + items.other_deferral_items
    lines_9_to_11 = schedule.medical + schedule.investment_interest + schedule.gifts
    deductions = choose(form_m1.itemized, lines_9_to_11, form_m1.gifts_without_itemizing)
    adjustments = given(own.amt_income_adjustments, own.income_adjustments)
    return MinnesotaIncome(
        without_timing_items=(
            form_m1.federal_adjusted_gross_income + line_2_exclusion + adjustments - deductions - form_m1.tax_refund
        ),
        timing_items=line_2_timing,
    )


def schedule_m1mt(income: MinnesotaIncome, regular_tax: Line, iso_spread: Line, law: MinnesotaLaw) -> ScheduleM1MT:
    """Minnesota's AMT on one year's facts with an ISO spread on line 2, in dollars (Minn. Stat. 290.091)."""
    line_20 = income.total + iso_spread
    line_25 = exemption(line_20, law)
    line_26 = zero_or_more(line_20 - line_25)
    line_27 = law.minimum_rate * line_26
    return ScheduleM1MT(
        alternative_minimum_taxable_income=line_20,
        exemption=line_25,
        income_above_exemption=line_26,
        tentative_minimum_tax=line_27,
        regular_tax=regular_tax,
        alternative_minimum_tax=zero_or_more(line_27 - regular_tax),
    )


def exemption(line_20: Line, law: MinnesotaLaw) -> Line:
    """Line 25: the exemption after its phase-out, in dollars."""
    return zero_or_more(whole_exemption(law) - law.phase_out_rate * zero_or_more(line_20 - law.phase_out_start))


def whole_exemption(law: MinnesotaLaw) -> float:
    """Line 21, which every law that is given out has."""
    assert law.exemption is not None
    return law.exemption


def kinks(income: MinnesotaIncome, law: MinnesotaLaw) -> list[Line]:
    """Every ISO spread, in dollars, at which line 27 may bend: the exemption used up, phasing out, and gone."""
    line_21 = whole_exemption(law)
    on_line_20 = (line_21, law.phase_out_start, law.phase_out_start + line_21 / law.phase_out_rate)
    return [kink - income.total for kink in on_line_20]
