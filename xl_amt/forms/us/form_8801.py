"""Form 8801, Credit for Prior Year Minimum Tax—Individuals.

Part I and lines 16 to 18 of Part II are figured on one year's facts, and stand on the next year's form: what the
year earns. Lines 21 to 26 are figured on the year in which the credit is used. Part III (gains in the tax on
exclusion items) takes the gains of the regular tax: see docs/decisions/form-8801-gains.md.
"""

from __future__ import annotations

from typing import NamedTuple

from xl_amt.arithmetic.lines import Line, smaller_of, zero_or_more
from xl_amt.forms.amt_exemption import above_phase_out_start, exemption, with_separate_filer_addition
from xl_amt.forms.us.form_1040 import RegularTax
from xl_amt.forms.us.form_6251 import Form6251, MinimumTaxBase, PartI, tax_on_line_6
from xl_amt.law import FederalLaw


class CreditEarned(NamedTuple):
    """Part I, and lines 16 to 18 of Part II: the year's AMT that becomes credit, in dollars."""

    income_less_deductions: Line  # line 1
    exclusion_items: Line  # line 2
    exclusion_income: Line  # line 4
    above_phase_out_start: Line  # line 7
    phase_out: Line  # line 8
    exemption: Line  # line 9
    income_above_exemption: Line  # line 10
    tax_before_credit: Line  # line 11
    foreign_tax_credit: Line  # line 12
    tentative_minimum_tax: Line  # line 13
    regular_tax: Line  # line 14
    net_minimum_tax_on_exclusion_items: Line  # line 15
    alternative_minimum_tax: Line  # line 16
    credit_earned: Line  # line 18; negative where deferral items have lowered the AMT


class CreditUsed(NamedTuple):
    """Lines 21 to 26 of Part II: the credit of this year, in dollars."""

    credit_available: Line  # line 21; zero or less is no credit
    regular_tax_less_credits: Line  # line 22
    tentative_minimum_tax: Line  # line 23
    most_usable: Line  # line 24
    credit_used: Line  # line 25
    credit_carried: Line  # line 26


def credit_earned(
    part_i: PartI, base: MinimumTaxBase, regular: RegularTax, form_6251: Form6251, law: FederalLaw
) -> CreditEarned:
    """The deferral part of the year's AMT (IRC 53(d)(1)(B)): AMT less the AMT on exclusion items alone.

    Line 12 takes the foreign tax credit of Form 6251: what it would be on exclusion items alone is not known.
    """
    line_1 = part_i.income_less_deductions
    line_2 = part_i.exclusion_items
    line_4 = with_separate_filer_addition(line_1 + line_2, law)
    line_7 = above_phase_out_start(line_4, law)
    line_8 = law.phase_out_rate * line_7
    line_9 = exemption(line_4, law)
    line_10 = zero_or_more(line_4 - line_9)
    line_11 = tax_on_line_6(line_10, exclusion_base(base, regular), law)
    line_12 = smaller_of(base.foreign_tax_credit, line_11)
    line_13 = line_11 - line_12
    line_14 = base.regular_tax
    line_15 = zero_or_more(line_13 - line_14)
    line_16 = form_6251.alternative_minimum_tax
    line_18 = line_16 - line_15
    return CreditEarned(
        income_less_deductions=line_1,
        exclusion_items=line_2,
        exclusion_income=line_4,
        above_phase_out_start=line_7,
        phase_out=line_8,
        exemption=line_9,
        income_above_exemption=line_10,
        tax_before_credit=line_11,
        foreign_tax_credit=line_12,
        tentative_minimum_tax=line_13,
        regular_tax=line_14,
        net_minimum_tax_on_exclusion_items=line_15,
        alternative_minimum_tax=line_16,
        credit_earned=line_18,
    )


def exclusion_base(base: MinimumTaxBase, regular: RegularTax) -> MinimumTaxBase:
    """What Part III is figured from: the gains of the regular tax, not those refigured for the AMT."""
    return base._replace(preferential_income=regular.preferential_income)


def credit_used(available: Line, regular_tax_less_credits: Line, form_6251: Form6251) -> CreditUsed:
    """The credit that the year can use (IRC 53(c)): the regular tax less other credits, less the tentative tax."""
    line_21 = available
    line_22 = regular_tax_less_credits
    line_23 = form_6251.tentative_minimum_tax
    line_24 = zero_or_more(line_22 - line_23)
    line_25 = smaller_of(zero_or_more(line_21), line_24)
    return CreditUsed(
        credit_available=line_21,
        regular_tax_less_credits=line_22,
        tentative_minimum_tax=line_23,
        most_usable=line_24,
        credit_used=line_25,
        credit_carried=zero_or_more(line_21) - line_25,
    )
