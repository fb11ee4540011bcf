"""Form CT-6251, Connecticut Alternative Minimum Tax Return—Individuals.

It is filed only by those who owe federal AMT: where they begin to, Connecticut's tax may begin with a step.
"""

from __future__ import annotations

from typing import NamedTuple

from xl_amt.arithmetic.lines import HALF_A_CENT, Condition, Line, choose, given, larger_of, smaller_of, zero_or_more
from xl_amt.forms.amt_exemption import exemption
from xl_amt.forms.ct.facts import ConnecticutFacts
from xl_amt.forms.us.form_6251 import (
    MinimumTaxBase,
    kinks_on_line_6,
    lines_4_to_6,
    tax_on_line_6,
)
from xl_amt.forms.us.total_tax import TaxReturn
from xl_amt.law import FederalLaw
from xl_amt.law.connecticut import ConnecticutLaw


class FormCT6251(NamedTuple):
    """Form CT-6251 of a resident, in dollars."""

    alternative_minimum_taxable_income: Line  # line 5: federal AMT income as adjusted
    exemption: Line  # line 10
    income_above_exemption: Line  # line 11
    federal_tentative_tax: Line  # line 14
    part_of_tentative_tax: Line  # line 15
    part_of_income: Line  # line 16
    tentative_minimum_tax: Line  # lines 17 and 19; up to line 20 where no federal AMT is owed
    regular_tax: Line  # line 20
    alternative_minimum_tax: Line  # line 23


def form_ct_6251(
    federal: TaxReturn, own: ConnecticutFacts, income_tax: Line, iso_spread: Line, law: ConnecticutLaw
) -> FormCT6251:
    """Connecticut's AMT on one year's facts with an ISO spread, in dollars (C.G.S. 12-700a)."""
    line_1, _, _ = lines_4_to_6(federal.base, iso_spread, federal.law)
    line_5 = line_1 + given(own.amt_income_adjustments, own.income_adjustments)
    line_10, line_11, line_14 = lines_10_to_14(line_5, federal.base, federal.law)
    line_15 = law.part_of_tentative_tax * line_14
    line_16 = law.part_of_income * zero_or_more(line_5)
    line_17 = smaller_of(line_15, line_16)
    line_20 = income_tax
    line_19 = choose(owes_federal_amt(federal, iso_spread), line_17, smaller_of(line_17, line_20))
    return FormCT6251(
        alternative_minimum_taxable_income=line_5,
        exemption=line_10,
        income_above_exemption=line_11,
        federal_tentative_tax=line_14,
        part_of_tentative_tax=line_15,
        part_of_income=line_16,
        tentative_minimum_tax=line_19,
        regular_tax=line_20,
        alternative_minimum_tax=zero_or_more(line_19 - line_20),
    )


def owes_federal_amt(federal: TaxReturn, iso_spread: Line) -> Condition:
    """Whether the household owes federal AMT with this spread, and so files the form."""
    return federal.minimum_tax(iso_spread).alternative_minimum_tax >= HALF_A_CENT


def lines_10_to_14(line_5: Line, base: MinimumTaxBase, law: FederalLaw) -> tuple[Line, Line, Line]:
    """The federal exemption, what is above it, and the federal tentative tax on that, less the foreign tax credit."""
    line_10, line_11 = _above_exemption(line_5, law)
    line_12 = tax_on_line_6(line_11, base, law)
    return line_10, line_11, line_12 - smaller_of(base.foreign_tax_credit, line_12)


def unlimited_line_17(line_5: Line, federal: TaxReturn, law: ConnecticutLaw) -> Line:
    """Line 17 before the foreign tax credit is limited to the tax, which may be below zero."""
    _, line_11 = _above_exemption(line_5, federal.law)
    line_14 = tax_on_line_6(line_11, federal.base, federal.law) - federal.base.foreign_tax_credit
    return smaller_of(law.part_of_tentative_tax * line_14, law.part_of_income * zero_or_more(line_5))


def kinks_of_line_17(base: MinimumTaxBase, adjustments: Line, law: FederalLaw) -> list[Line]:
    """Every ISO spread, in dollars, at which line 17 may bend.

    Line 15 is always the smaller while the federal rates are 28% at most, for 19% of 28% is less than 5.5%. The
    kinks of line 12 stand at amounts of line 5; line 1, and what it is before a separate filer's addition, follow.
    """
    rate, most, gone = law.phase_out_rate, law.separate_filer_addition, law.exemption_gone
    on_line_5 = [_line_5_of(line_11, law) for line_11 in kinks_on_line_6(base, law)] + [law.phase_out_start, gone]
    on_line_1 = [line_5 - adjustments for line_5 in on_line_5] + [gone, gone + (1.0 + rate) * most / rate]
    before_addition = [
        larger_of(smaller_of(line_1, gone + (line_1 - gone) / (1.0 + rate)), line_1 - most) for line_1 in on_line_1
    ]
    return [line - base.income for line in before_addition]


def _above_exemption(line_5: Line, law: FederalLaw) -> tuple[Line, Line]:
    line_10 = exemption(line_5, law)
    return line_10, zero_or_more(line_5 - line_10)


def _line_5_of(line_11: Line, law: FederalLaw) -> Line:
    """The line 5 that leaves this much on line 11: below, inside and above the phase-out of the exemption."""
    rate = law.phase_out_rate
    phasing_out = (line_11 + law.exemption + rate * law.phase_out_start) / (1.0 + rate)
    return smaller_of(line_11 + law.exemption, larger_of(phasing_out, line_11))
