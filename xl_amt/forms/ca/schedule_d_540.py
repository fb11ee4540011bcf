"""Schedule D (540), California Capital Gain or Loss Adjustment: its own carryovers, and the same for Schedule P.

California taxes all gain as ordinary income, and limits losses as the federal return does (R&TC 18151).
"""

from __future__ import annotations

from xl_amt.arithmetic.lines import Line, given
from xl_amt.forms.ca.facts import CaliforniaFacts
from xl_amt.forms.us.schedule_d import ScheduleD, net_gains
from xl_amt.household import Household
from xl_amt.law import CaliforniaLaw


def schedule_d_540(facts: Household, own: CaliforniaFacts, law: CaliforniaLaw) -> ScheduleD:
    """The year's gains with California's carryovers."""
    return net_gains(
        facts.short_term_gain,
        given(own.short_term_loss_carryover, facts.short_term_loss_carryover),
        facts.long_term_gain,
        given(own.long_term_loss_carryover, facts.long_term_loss_carryover),
        law.capital_loss_limit,
    )


def amt_schedule_d_540(facts: Household, own: CaliforniaFacts, law: CaliforniaLaw) -> ScheduleD:
    """The same refigured for Schedule P line 9; what is not given is as for the federal AMT."""
    return net_gains(
        _first_given(own.amt_short_term_gain, facts.amt_short_term_gain, facts.short_term_gain),
        _first_given(
            own.amt_short_term_loss_carryover,
            own.short_term_loss_carryover,
            facts.amt_short_term_loss_carryover,
            facts.short_term_loss_carryover,
        ),
        _first_given(own.amt_long_term_gain, facts.amt_long_term_gain, facts.long_term_gain),
        _first_given(
            own.amt_long_term_loss_carryover,
            own.long_term_loss_carryover,
            facts.amt_long_term_loss_carryover,
            facts.long_term_loss_carryover,
        ),
        law.capital_loss_limit,
    )


def _first_given(*amounts: Line | None) -> Line:
    """The first amount that is given; the last always is."""
    return next(amount for amount in amounts if amount is not None)
