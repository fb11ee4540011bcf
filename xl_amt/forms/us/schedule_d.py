"""Schedule D, Capital Gains and Losses: netting, carryovers and the limit on losses.

Out of scope: gain taxed at 28% and unrecaptured section 1250 gain (lines 18 and 19).
"""

from __future__ import annotations

from typing import NamedTuple

from xl_amt.arithmetic.lines import Line, given, larger_of, smaller_of, zero_or_more
from xl_amt.household import Household
from xl_amt.law import FederalLaw


class ScheduleD(NamedTuple):
    """Schedule D, for the regular tax or refigured for the AMT, in dollars."""

    short_term: Line  # lines 1 to 5
    short_term_carryover: Line  # line 6, zero or more
    long_term: Line  # lines 8 to 13
    long_term_carryover: Line  # line 14, zero or more
    net_short_term: Line  # line 7
    net_long_term: Line  # line 15
    net_gain_or_loss: Line  # line 16
    gain_or_loss: Line  # line 16, or the loss of line 21: what Form 1040 takes
    net_capital_gain: Line  # smaller of lines 15 and 16, if both are gains: taxed at the lower rates


def schedule_d(facts: Household, law: FederalLaw) -> ScheduleD:
    """Schedule D on one year's gains, losses and carryovers (IRC 1211(b), 1212(b), 1222)."""
    return net_gains(
        facts.short_term_gain,
        facts.short_term_loss_carryover,
        facts.long_term_gain,
        facts.long_term_loss_carryover,
        law.capital_loss_limit,
    )


def amt_schedule_d(facts: Household, law: FederalLaw) -> ScheduleD:
    """Schedule D refigured for the AMT; what is not given is as for the regular tax (IRC 56(b)(3), 1211(b))."""
    return net_gains(
        given(facts.amt_short_term_gain, facts.short_term_gain),
        given(facts.amt_short_term_loss_carryover, facts.short_term_loss_carryover),
        given(facts.amt_long_term_gain, facts.long_term_gain),
        given(facts.amt_long_term_loss_carryover, facts.long_term_loss_carryover),
        law.capital_loss_limit,
    )


def has_amt_gains(facts: Household) -> bool:
    """Whether any gain or carryover is given for the AMT apart."""
    return not (
        facts.amt_short_term_gain is None
        and facts.amt_long_term_gain is None
        and facts.amt_short_term_loss_carryover is None
        and facts.amt_long_term_loss_carryover is None
    )


def net_gains(
    short_term: Line, short_term_carryover: Line, long_term: Line, long_term_carryover: Line, loss_limit: float
) -> ScheduleD:
    """The netting of Schedule D; a loss beyond the limit, in dollars, is not deducted this year."""
    line_7 = short_term - short_term_carryover
    line_15 = long_term - long_term_carryover
    line_16 = line_7 + line_15
    line_21 = larger_of(line_16, -loss_limit)  # a gain passes; a loss stops at the limit
    return ScheduleD(
        short_term=short_term,
        short_term_carryover=short_term_carryover,
        long_term=long_term,
        long_term_carryover=long_term_carryover,
        net_short_term=line_7,
        net_long_term=line_15,
        net_gain_or_loss=line_16,
        gain_or_loss=line_21,
        net_capital_gain=zero_or_more(smaller_of(line_15, line_16)),
    )
