"""Form 6251, Alternative Minimum Tax—Individuals.

Line numbers are those of 2018 to 2024; from 2025 line 1 has parts 1a and 1b, the senior deduction is left out
of line 1a, and the lines after it are the same.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from xl_amt.forms.form_1040 import RegularTax
from xl_amt.forms.lines import Line, choose, is_blank, larger_of, smaller_of, zero_or_more
from xl_amt.law import FederalLaw

HALF_A_CENT: Final = 0.005


class Form6251(NamedTuple):
    """The results of Form 6251, in dollars."""

    alternative_minimum_taxable_income: Line  # line 4
    exemption: Line  # line 5
    income_above_exemption: Line  # line 6
    tentative_minimum_tax: Line  # line 9
    regular_tax: Line  # line 10
    alternative_minimum_tax: Line  # line 11


def form_6251(regular: RegularTax, iso_spread: Line, law: FederalLaw) -> Form6251:
    """AMT on one year's facts, in dollars (IRC 55 to 59)."""
    # Part I: alternative minimum taxable income
    line_4 = with_separate_filer_addition(income_without_spread(regular) + iso_spread, law)
    # Part II: alternative minimum tax
    line_5 = exemption(line_4, law)
    line_6 = zero_or_more(line_4 - line_5)
    line_9 = _tax_on_line_6(line_6, regular, law)
    line_10 = regular.tax
    line_11 = zero_or_more(line_9 - line_10)
    return Form6251(line_4, line_5, line_6, line_9, line_10, line_11)


def income_without_spread(regular: RegularTax) -> Line:
    """Line 4 before line 2i and before the separate filer's addition: lines 1 and 2a."""
    line_1 = regular.income_less_deductions + regular.senior_deduction  # may be negative
    line_2a = regular.deduction_not_allowed_for_amt
    return line_1 + line_2a


def with_separate_filer_addition(line_4: Line, law: FederalLaw) -> Line:
    """Line 4 of a separate filer, raised as its instructions say (IRC 55(d)(2), last sentence)."""
    if law.separate_filer_addition == 0.0:
        return line_4
    excess = zero_or_more(line_4 - law.exemption_gone)
    return line_4 + smaller_of(law.phase_out_rate * excess, law.separate_filer_addition)


def exemption(line_4: Line, law: FederalLaw) -> Line:
    """Line 5: the exemption after its phase-out (Exemption Worksheet; IRC 55(d)(1), (2))."""
    return zero_or_more(law.exemption - law.phase_out_rate * zero_or_more(line_4 - law.phase_out_start))


def _tax_on_line_6(line_6: Line, regular: RegularTax, law: FederalLaw) -> Line:
    """Line 7: by Part III with preferential income, else at the two rates."""
    if is_blank(regular.preferential_income):
        return _two_rate_tax(line_6, law)
    return _part_iii(line_6, regular, law)


def _two_rate_tax(line: Line, law: FederalLaw) -> Line:
    """Lines 7, 18 and 39: 26 %, or 28 % less what the 26 % bracket saves (IRC 55(b)(1)(A))."""
    saved = (law.high_rate - law.low_rate) * law.high_rate_start
    return choose(line <= law.high_rate_start, line * law.low_rate, line * law.high_rate - saved)


def _part_iii(line_12: Line, regular: RegularTax, law: FederalLaw) -> Line:
    """Part III: tax computation using maximum capital gains rates (IRC 55(b)(3))."""
    line_13 = regular.preferential_income
    line_16 = smaller_of(line_12, line_13)
    line_17 = line_12 - line_16
    line_18 = _two_rate_tax(line_17, law)
    line_21 = _zero_rate_room(regular, law)
    line_22 = smaller_of(line_12, line_13)
    line_23 = smaller_of(line_21, line_22)  # taxed at 0 %
    line_24 = line_22 - line_23
    line_29 = _middle_rate_room(regular, law)
    line_30 = smaller_of(line_24, line_29)
    line_31 = line_30 * law.middle_gain_rate
    line_32 = line_23 + line_30
    line_33 = line_22 - line_32
    line_34 = line_33 * law.high_gain_rate
    line_38 = line_18 + line_31 + line_34
    line_39 = _two_rate_tax(line_12, law)
    return smaller_of(line_38, line_39)


def _zero_rate_room(regular: RegularTax, law: FederalLaw) -> Line:
    """Line 21: what the 0 % bracket has left above ordinary income."""
    return zero_or_more(law.zero_rate_top - regular.ordinary_part)


def _middle_rate_room(regular: RegularTax, law: FederalLaw) -> Line:
    """Line 29: what the 15 % bracket has left above ordinary income and line 21."""
    return zero_or_more(law.middle_rate_top - (_zero_rate_room(regular, law) + regular.ordinary_part))


def kinks(regular: RegularTax, law: FederalLaw) -> tuple[Line, ...]:
    """Every ISO spread, in dollars, at which line 9 may bend; unordered, and some may be below zero.

    Between two neighbours line 9 is a straight line; above the last one it rises at the high rate.
    """
    preferential = regular.preferential_income
    on_line_6 = [0.0, preferential + law.high_rate_start]
    if not is_blank(preferential):
        zero_rate = _zero_rate_room(regular, law)
        middle_rate = zero_rate + _middle_rate_room(regular, law)
        on_line_6 += [smaller_of(zero_rate, preferential), smaller_of(middle_rate, preferential), preferential]
    on_line_4 = [law.phase_out_start, law.exemption_gone]
    if law.separate_filer_addition:
        on_line_4.append(law.exemption_gone + law.separate_filer_addition / law.phase_out_rate)
    start = income_without_spread(regular)
    return (
        *(_line_4_before_addition(kink, law) - start for kink in on_line_6),
        *(kink - start for kink in on_line_4),
    )


def _line_4_before_addition(line_6: Line, law: FederalLaw) -> Line:
    """The line 4, before a separate filer's addition, that leaves this much on line 6.

    Line 6 is line 4 less the whole exemption; in the phase-out it rises by 1 + rate; above it, line 4 itself
    (for a separate filer, line 4 with the whole addition). Each of the three is taken backwards.
    """
    rate = law.phase_out_rate
    whole_exemption = line_6 + law.exemption
    phasing_out = (line_6 + law.exemption + rate * law.phase_out_start) / (1.0 + rate)
    no_exemption = line_6 - law.separate_filer_addition
    return smaller_of(whole_exemption, larger_of(phasing_out, no_exemption))
