"""Schedule D, Capital Gains and Losses: netting, carryovers and the limit on losses.

Out of scope: gain taxed at 28 % and unrecaptured section 1250 gain (lines 18 and 19).
"""

from __future__ import annotations

from typing import NamedTuple

from xl_amt.forms.lines import Line, larger_of, smaller_of, zero_or_more
from xl_amt.household import Household
from xl_amt.law import FederalLaw


class ScheduleD(NamedTuple):
    """What Form 1040 and its worksheets take from Schedule D, in dollars."""

    gain_or_loss: Line  # Form 1040, the capital gain or (loss) line: the loss as limited
    net_capital_gain: Line  # smaller of lines 15 and 16, taxed at the lower rates


def schedule_d(facts: Household, law: FederalLaw) -> ScheduleD:
    """Schedule D on one year's gains, losses and carryovers (IRC 1211(b), 1212(b), 1222)."""
    line_7 = facts.short_term_gain - facts.short_term_loss_carryover
    line_15 = facts.long_term_gain - facts.long_term_loss_carryover
    line_16 = line_7 + line_15
    line_21 = larger_of(line_16, -law.capital_loss_limit)  # gains pass; a loss stops at the limit
    return ScheduleD(gain_or_loss=line_21, net_capital_gain=zero_or_more(smaller_of(line_15, line_16)))
