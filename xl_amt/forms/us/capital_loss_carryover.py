"""Capital Loss Carryover Worksheet of the Schedule D instructions: what of a loss goes on to next year."""

from __future__ import annotations

from typing import NamedTuple

from xl_amt.arithmetic.lines import Line, is_blank, smaller_of, zero_or_more
from xl_amt.forms.us.schedule_d import ScheduleD


class CapitalLossCarryover(NamedTuple):
    """The losses that next year's Schedule D takes on lines 6 and 14, in dollars, zero or more."""

    short_term: Line
    long_term: Line


def capital_loss_carryover(income: Line, schedule: ScheduleD) -> CapitalLossCarryover:
    """What is carried to next year (IRC 1212(b)); for the AMT, of the Schedule D refigured for it.

    ``income`` is taxable income before it is limited to zero, and for the AMT alternative minimum taxable income: a
    loss that this year's income could not use is not used up.
    """
    line_2 = zero_or_more(-schedule.gain_or_loss)
    line_3 = zero_or_more(income + line_2)
    line_4 = smaller_of(line_2, line_3)
    line_5 = zero_or_more(-schedule.net_short_term)
    line_6 = zero_or_more(schedule.net_long_term)
    line_7 = line_4 + line_6
    line_8 = zero_or_more(line_5 - line_7)
    line_9 = zero_or_more(-schedule.net_long_term)
    line_10 = zero_or_more(schedule.net_short_term)
    line_11 = zero_or_more(line_4 - line_5)
    line_12 = line_10 + line_11
    line_13 = zero_or_more(line_9 - line_12)
    return CapitalLossCarryover(short_term=line_8, long_term=line_13)


def carryover_facts(losses: CapitalLossCarryover, amt_losses: CapitalLossCarryover) -> dict[str, Line | None]:
    """The losses as the next year's facts have them, by field; those for the AMT, if no others, are not given apart.

    >>> both = CapitalLossCarryover(0.0, 17_000.0)
    >>> carryover_facts(both, both)["amt_long_term_loss_carryover"] is None
    True
    """
    apart = not all(is_blank(of_amt - regular) for of_amt, regular in zip(amt_losses, losses, strict=True))
    return {
        "short_term_loss_carryover": losses.short_term,
        "long_term_loss_carryover": losses.long_term,
        "amt_short_term_loss_carryover": amt_losses.short_term if apart else None,
        "amt_long_term_loss_carryover": amt_losses.long_term if apart else None,
    }
