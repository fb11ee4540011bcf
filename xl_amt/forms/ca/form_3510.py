"""FTB 3510, Credit for Prior Year Alternative Minimum Tax—Individuals or Fiduciaries, and its limit on Schedule P.

Part I Section A and lines 28 to 30 of Part II are figured on one year's facts, and stand on the next year's form: what
the year earns.
"""

from __future__ import annotations

from typing import NamedTuple

from xl_amt.arithmetic.lines import Line, smaller_of, zero_or_more
from xl_amt.forms.amt_exemption import above_phase_out_start, exemption, with_separate_filer_addition
from xl_amt.forms.ca.schedule_p import PartI, ScheduleP
from xl_amt.law import CaliforniaLaw


class CreditEarned(NamedTuple):
    """Part I Section A, and lines 28 to 30 of Part II: the year's AMT that becomes credit, in dollars."""

    income: Line  # line 1
    exclusion_items: Line  # line 2
    exclusion_income: Line  # line 4
    above_phase_out_start: Line  # line 7
    phase_out: Line  # line 8
    exemption: Line  # line 9
    income_above_exemption: Line  # line 10
    tentative_minimum_tax: Line  # line 11
    regular_tax: Line  # line 12
    minimum_tax_on_exclusion_items: Line  # line 13
    alternative_minimum_tax: Line  # line 28
    credit_earned: Line  # line 30; negative where deferral items have lowered the AMT


class CreditUsed(NamedTuple):
    """Schedule P Part III, the line of code 188: the credit of this year, in dollars."""

    credit_available: Line  # FTB 3510 line 32; zero or less is no credit
    regular_tax_less_credits: Line  # Part III line 1: Form 540 line 35
    tentative_minimum_tax: Line  # Part III line 2
    most_usable: Line  # line 1 less line 2
    credit_used: Line  # column b
    credit_carried: Line  # column d


def credit_earned(part_i: PartI, schedule_p: ScheduleP, law: CaliforniaLaw) -> CreditEarned:
    """The deferral part of the year's AMT (R&TC 17063): AMT less the AMT on exclusion items alone."""
    line_1 = part_i.income
    line_2 = part_i.exclusion_items
    line_4 = with_separate_filer_addition(line_1 + line_2, law)
    line_7 = above_phase_out_start(line_4, law)
    line_8 = law.phase_out_rate * line_7
    line_9 = exemption(line_4, law)
    line_10 = zero_or_more(line_4 - line_9)
    line_11 = law.minimum_tax_rate * line_10
    line_12 = schedule_p.regular_tax
    line_13 = zero_or_more(line_11 - line_12)
    line_28 = schedule_p.alternative_minimum_tax
    return CreditEarned(
        line_1,
        line_2,
        line_4,
        line_7,
        line_8,
        line_9,
        line_10,
        line_11,
        line_12,
        line_13,
        line_28,
        line_28 - line_13,
    )


def credit_used(available: Line, tax_after_exemption_credits: Line, schedule_p: ScheduleP) -> CreditUsed:
    """The credit that the year can use: the tax after exemption credits less the tentative tax (R&TC 17063, 17039).

    Credits that may go below the tentative tax come after it, and do not limit it (Schedule P Part III Section B).
    """
    line_1 = tax_after_exemption_credits
    line_2 = schedule_p.tentative_minimum_tax
    most = zero_or_more(line_1 - line_2)
    used = smaller_of(zero_or_more(available), most)
    return CreditUsed(available, line_1, line_2, most, used, zero_or_more(available) - used)
