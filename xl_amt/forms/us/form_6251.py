"""Form 6251, Alternative Minimum Tax—Individuals.

Line numbers are those of 2018 to 2024; from 2025 line 1 has parts 1a and 1b, and the lines after it are the same.
"""

from __future__ import annotations

from typing import NamedTuple

from xl_amt.arithmetic.lines import Line, choose, given, is_blank, smaller_of, zero_or_more
from xl_amt.forms.amt_exemption import (
    exemption,
    income_with_this_above_exemption,
    kinks_of_phase_out,
    with_separate_filer_addition,
)
from xl_amt.forms.us.form_1040 import RegularTax
from xl_amt.forms.us.schedule_d import amt_schedule_d, has_amt_gains
from xl_amt.household import Household
from xl_amt.law import FederalLaw


class PartI(NamedTuple):
    """Part I but the ISO spread: how taxable income becomes alternative minimum taxable income, in dollars."""

    income_less_deductions: Line  # line 1, with the senior deduction back in it; may be negative
    taxes_or_standard_deduction: Line  # line 2a
    tax_refund: Line  # line 2b, negative
    private_activity_bond_interest: Line  # line 2g
    disposition_of_property: Line  # line 2k: AMT less regular gain, less wages already taxed
    other_exclusion_items: Line  # lines 2c, 2d and 2h
    other_deferral_items: Line  # lines 2l to 2t
    limit_on_deductions: Line  # line 3: IRC 68 does not apply for the AMT; negative

    @property
    def exclusion_items(self) -> Line:
        """What Form 8801 line 2 takes: items that only exclude income, and so earn no credit."""
        return (
            self.taxes_or_standard_deduction
            + self.tax_refund
            + self.private_activity_bond_interest
            + self.other_exclusion_items
            + self.limit_on_deductions
        )

    @property
    def total(self) -> Line:
        """Line 4 without the ISO spread and before the separate filer's addition."""
        return (
            self.income_less_deductions
            + self.exclusion_items
            + self.disposition_of_property
            + self.other_deferral_items
        )


class MinimumTaxBase(NamedTuple):
    """Everything that Form 6251 is figured from but the ISO spread, in dollars."""

    income: Line  # line 4 without the spread and before the separate filer's addition
    preferential_income: Line  # line 13
    zero_rate_room: Line  # line 21: what the 0% bracket has left above ordinary income
    middle_rate_room: Line  # line 29: what the 15% bracket has left above both
    foreign_tax_credit: Line  # line 8, before it is limited to line 7
    regular_tax: Line  # line 10


class Form6251(NamedTuple):
    """Part II of Form 6251, in dollars."""

    alternative_minimum_taxable_income: Line  # line 4
    exemption: Line  # line 5
    income_above_exemption: Line  # line 6
    tax_before_credit: Line  # line 7
    foreign_tax_credit: Line  # line 8
    tentative_minimum_tax: Line  # line 9
    regular_tax: Line  # line 10
    alternative_minimum_tax: Line  # line 11


class PartIII(NamedTuple):
    """Part III of Form 6251: tax at the maximum capital gains rates, in dollars."""

    income_above_exemption: Line  # line 12
    preferential_income: Line  # line 13
    taxed_preferential_income: Line  # lines 16 and 22
    ordinary_income: Line  # line 17
    tax_on_ordinary_income: Line  # line 18
    zero_rate_room: Line  # line 21
    taxed_at_zero: Line  # line 23
    above_zero: Line  # line 24
    middle_rate_room: Line  # line 29
    taxed_at_middle_rate: Line  # line 30
    tax_at_middle_rate: Line  # line 31
    below_high_rate: Line  # line 32
    taxed_at_high_rate: Line  # line 33
    tax_at_high_rate: Line  # line 34
    tax_with_gains_rates: Line  # line 38
    tax_without_gains_rates: Line  # line 39
    tax: Line  # line 40


def part_i(facts: Household, regular: RegularTax, law: FederalLaw) -> PartI:
    """Form 6251 lines 1 to 3 on one year's facts, without line 2i (IRC 56, 57)."""
    disposition: Line = -facts.wages_already_taxed_by_amt
    if has_amt_gains(facts):
        disposition = disposition + amt_schedule_d(facts, law).gain_or_loss - regular.schedule_d.gain_or_loss
    return PartI(
        income_less_deductions=regular.income_less_deductions + regular.schedule_1_a.senior,
        taxes_or_standard_deduction=regular.deductions.not_allowed_for_amt,
        tax_refund=-facts.state_tax_refund,
        private_activity_bond_interest=facts.private_activity_bond_interest,
        disposition_of_property=disposition,
        other_exclusion_items=facts.other_amt_exclusion_items,
        other_deferral_items=facts.other_amt_deferral_items,
        limit_on_deductions=-regular.deductions.cut_not_made_for_amt,
    )


def minimum_tax_base(facts: Household, regular: RegularTax, law: FederalLaw) -> MinimumTaxBase:
    """What Form 6251 is figured from, spread apart: lines 20 and 27 keep the regular tax worksheet's line 5."""
    preferential = regular.preferential_income
    if has_amt_gains(facts):
        preferential = facts.qualified_dividends + amt_schedule_d(facts, law).net_capital_gain
    line_21 = zero_or_more(law.zero_rate_top - regular.ordinary_part)
    line_29 = zero_or_more(law.middle_rate_top - (line_21 + regular.ordinary_part))
    return MinimumTaxBase(
        income=part_i(facts, regular, law).total,
        preferential_income=preferential,
        zero_rate_room=line_21,
        middle_rate_room=line_29,
        foreign_tax_credit=given(facts.amt_foreign_tax_credit, facts.foreign_tax_credit),
        regular_tax=zero_or_more(regular.tax - facts.foreign_tax_credit),
    )


def form_6251(base: MinimumTaxBase, iso_spread: Line, law: FederalLaw) -> Form6251:
    """AMT on one year's facts with an ISO spread on line 2i, in dollars (IRC 55 to 59)."""
    line_4, line_5, line_6 = lines_4_to_6(base, iso_spread, law)
    line_7 = tax_on_line_6(line_6, base, law)
    line_8 = smaller_of(base.foreign_tax_credit, line_7)
    line_9 = line_7 - line_8
    line_10 = base.regular_tax
    line_11 = zero_or_more(line_9 - line_10)
    return Form6251(
        alternative_minimum_taxable_income=line_4,
        exemption=line_5,
        income_above_exemption=line_6,
        tax_before_credit=line_7,
        foreign_tax_credit=line_8,
        tentative_minimum_tax=line_9,
        regular_tax=line_10,
        alternative_minimum_tax=line_11,
    )


def tax_before_credit(base: MinimumTaxBase, iso_spread: Line, law: FederalLaw) -> Line:
    """Line 7 with an ISO spread, in dollars: all that a search for a spread needs of the form."""
    _, _, line_6 = lines_4_to_6(base, iso_spread, law)
    return tax_on_line_6(line_6, base, law)


def lines_4_to_6(base: MinimumTaxBase, iso_spread: Line, law: FederalLaw) -> tuple[Line, Line, Line]:
    """Alternative minimum taxable income with an ISO spread, its exemption, and what is above that, in dollars."""
    line_4 = with_separate_filer_addition(base.income + iso_spread, law)
    line_5 = exemption(line_4, law)
    line_6 = zero_or_more(line_4 - line_5)
    return line_4, line_5, line_6


def tax_on_line_6(line_6: Line, base: MinimumTaxBase, law: FederalLaw) -> Line:
    """Line 7: by Part III with preferential income, else at the two rates."""
    if is_blank(base.preferential_income):
        return _two_rate_tax(line_6, law)
    return part_iii(line_6, base, law).tax


def _two_rate_tax(line: Line, law: FederalLaw) -> Line:
    """Lines 7, 18 and 39: 26%, or 28% less what the 26% bracket saves (IRC 55(b)(1)(A))."""
    return choose(line <= law.high_rate_start, line * law.low_rate, line * law.high_rate - saved_by_low_rate(law))


def saved_by_low_rate(law: FederalLaw) -> float:
    """What lines 7, 18 and 39 subtract from 28%, because the first dollars are taxed at 26%."""
    return (law.high_rate - law.low_rate) * law.high_rate_start


def part_iii(line_12: Line, base: MinimumTaxBase, law: FederalLaw) -> PartIII:
    """Part III: tax computation using maximum capital gains rates (IRC 55(b)(3))."""
    line_13 = base.preferential_income
    line_16 = smaller_of(line_12, line_13)
    line_17 = line_12 - line_16
    line_18 = _two_rate_tax(line_17, law)
    line_21 = base.zero_rate_room
    line_22 = line_16
    line_23 = smaller_of(line_21, line_22)
    line_24 = line_22 - line_23
    line_29 = base.middle_rate_room
    line_30 = smaller_of(line_24, line_29)
    line_31 = line_30 * law.middle_gain_rate
    line_32 = line_23 + line_30
    line_33 = line_22 - line_32
    line_34 = line_33 * law.high_gain_rate
    line_38 = line_18 + line_31 + line_34
    line_39 = _two_rate_tax(line_12, law)
    line_40 = smaller_of(line_38, line_39)
    # in paper order, by position: by name, the room of a household with gains takes a twentieth longer
    return PartIII(
        line_12,
        line_13,
        line_16,
        line_17,
        line_18,
        line_21,
        line_23,
        line_24,
        line_29,
        line_30,
        line_31,
        line_32,
        line_33,
        line_34,
        line_38,
        line_39,
        line_40,
    )


def kinks(base: MinimumTaxBase, law: FederalLaw) -> list[Line]:
    """Every ISO spread, in dollars, at which line 7 may bend; unordered, and some may be below zero.

    Between two neighbours line 7 is a straight line; above the last one it rises at the high rate.
    """
    on_line_6 = kinks_on_line_6(base, law)
    return [income_with_this_above_exemption(kink, law) - base.income for kink in on_line_6] + [
        kink - base.income for kink in kinks_of_phase_out(law)
    ]


def kinks_on_line_6(base: MinimumTaxBase, law: FederalLaw) -> list[Line]:
    """Every line 6, in dollars, at which line 7 may bend."""
    preferential = base.preferential_income
    on_line_6 = [0.0, preferential + law.high_rate_start]
    if not is_blank(preferential):
        middle_rate_end = base.zero_rate_room + base.middle_rate_room
        on_line_6 += [smaller_of(base.zero_rate_room, preferential), smaller_of(middle_rate_end, preferential)]
        on_line_6.append(preferential)
    return on_line_6
