"""Schedule P (540), Alternative Minimum Tax and Credit Limitations—Residents: Parts I and II.

Its lines 1 to 26 have had the same numbers since 2018.
"""

from __future__ import annotations

from typing import NamedTuple

from xl_amt.arithmetic.lines import Line, choose, smaller_of, zero_or_more
from xl_amt.forms.amt_exemption import (
    exemption,
    income_with_this_above_exemption,
    kinks_of_phase_out,
    with_separate_filer_addition,
)
from xl_amt.forms.ca.facts import CaliforniaFacts
from xl_amt.forms.ca.form_540 import Form540
from xl_amt.forms.ca.schedule_d_540 import amt_schedule_d_540
from xl_amt.household import Household
from xl_amt.law import CaliforniaLaw


class PartI(NamedTuple):
    """Part I but the ISO spread: how taxable income becomes alternative minimum taxable income, in dollars."""

    standard_deduction: Line  # line 1
    medical: Line  # line 2
    taxes: Line  # line 3
    miscellaneous: Line  # line 5
    property_tax_refund: Line  # line 6, negative
    other_exclusion_items: Line  # lines 4 and 7, and depletion of line 13
    gain_or_loss: Line  # line 9: AMT less regular gain, less wages already taxed
    other_deferral_items: Line  # lines 8, 11, 12 and the rest of 13
    income_less_deductions: Line  # line 15; may be negative
    limit_on_deductions: Line  # line 18: the cut of itemized deductions undone; negative

    @property
    def exclusion_items(self) -> Line:
        """What FTB 3510 line 2 takes: items that only exclude income, and so earn no credit."""
        return (
            self.standard_deduction
            + self.medical
            + self.taxes
            + self.miscellaneous
            + self.property_tax_refund
            + self.other_exclusion_items
        )

    @property
    def income(self) -> Line:
        """Lines 15 and 18: FTB 3510 line 1."""
        return self.income_less_deductions + self.limit_on_deductions

    @property
    def total(self) -> Line:
        """Line 21 without the ISO spread of line 10 and before the separate filer's addition."""
        return self.income + self.exclusion_items + self.gain_or_loss + self.other_deferral_items


class ScheduleP(NamedTuple):
    """Part I line 21, and Part II, in dollars."""

    alternative_minimum_taxable_income: Line  # line 21
    exemption: Line  # line 22
    income_above_exemption: Line  # line 23
    tentative_minimum_tax: Line  # line 24
    regular_tax: Line  # line 25
    alternative_minimum_tax: Line  # line 26


def part_i(facts: Household, own: CaliforniaFacts, form_540: Form540, law: CaliforniaLaw) -> PartI:
    """Lines 1 to 18 on one year's facts, without line 10 (R&TC 17062, 17062.3)."""
    itemized, itemizes = form_540.itemized_deductions, form_540.itemizes
    medical = smaller_of(itemized.medical, law.medical_part * zero_or_more(form_540.federal_income))
    return PartI(
        choose(itemizes, 0.0, form_540.standard_deduction),
        choose(itemizes, medical, 0.0),
        choose(itemizes, itemized.taxes, 0.0),
        choose(itemizes, itemized.miscellaneous, 0.0),
        -own.property_tax_refund,
        own.other_amt_exclusion_items,
        _gain_or_loss(facts, own, form_540, law),
        own.other_amt_deferral_items,
        form_540.income_less_deductions,
        choose(itemizes, -itemized.cut, 0.0),
    )


def schedule_p(line_21_without_spread: Line, iso_spread: Line, regular_tax: Line, law: CaliforniaLaw) -> ScheduleP:
    """California's AMT with an ISO spread on line 10 (R&TC 17062).

    ``line_21_without_spread`` is `PartI.total`. The tax is compared with Form 540 line 31, before exemption credits.
    """
    line_21 = with_separate_filer_addition(line_21_without_spread + iso_spread, law)
    line_22 = exemption(line_21, law)
    line_23 = zero_or_more(line_21 - line_22)
    line_24 = law.minimum_tax_rate * line_23
    line_25 = regular_tax
    return ScheduleP(line_21, line_22, line_23, line_24, line_25, zero_or_more(line_24 - line_25))


def kinks(line_21_without_spread: Line, law: CaliforniaLaw) -> list[Line]:
    """Every ISO spread, in dollars, at which line 24 may bend; unordered, and some may be below zero."""
    on_line_21 = [income_with_this_above_exemption(0.0, law), *kinks_of_phase_out(law)]
    return [kink - line_21_without_spread for kink in on_line_21]


def _gain_or_loss(facts: Household, own: CaliforniaFacts, form_540: Form540, law: CaliforniaLaw) -> Line:
    """Line 9: each net result after its own limit on losses, and wages of an ISO sale that were taxed before."""
    amt = (
        own.amt_short_term_gain,
        own.amt_long_term_gain,
        own.amt_short_term_loss_carryover,
        own.amt_long_term_loss_carryover,
        facts.amt_short_term_gain,
        facts.amt_long_term_gain,
        facts.amt_short_term_loss_carryover,
        facts.amt_long_term_loss_carryover,
    )
    line_9 = -facts.wages_already_taxed_by_amt
    if all(amount is None for amount in amt):
        return line_9
    return line_9 + amt_schedule_d_540(facts, own, law).gain_or_loss - form_540.schedule_d.gain_or_loss
