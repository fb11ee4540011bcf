"""Schedule M1MTC, Alternative Minimum Tax Credit.

Part 1 is figured on one year's facts, and stands on the next year's schedule: what the year earns. Parts 2 and 3 are
figured on the year in which the credit is used.
"""

from __future__ import annotations

from typing import NamedTuple

from xl_amt.arithmetic.lines import Line, smaller_of, zero_or_more
from xl_amt.forms.mn.m1mt import MinnesotaIncome, ScheduleM1MT, schedule_m1mt
from xl_amt.law.minnesota import MinnesotaLaw


class MinnesotaCreditEarned(NamedTuple):
    """Part 1: the year's AMT that becomes credit, in dollars."""

    exclusion_income: Line  # the AMT income of exclusion items alone
    amt_on_exclusion_items: Line
    alternative_minimum_tax: Line
    credit_earned: Line  # zero or more


class MinnesotaCreditUsed(NamedTuple):
    """Parts 2 and 3: the credit of this year, in dollars."""

    credit_available: Line
    regular_tax_less_credits: Line
    tentative_minimum_tax: Line
    most_usable: Line
    credit_used: Line
    credit_carried: Line


def credit_earned(income: MinnesotaIncome, schedule: ScheduleM1MT, law: MinnesotaLaw) -> MinnesotaCreditEarned:
    """The year's AMT less what exclusion items alone would owe; an exercise of ISOs is a timing item."""
    exclusion = schedule_m1mt(income._replace(timing_items=0.0), schedule.regular_tax, 0.0, law)
    on_exclusion_items, amt = exclusion.alternative_minimum_tax, schedule.alternative_minimum_tax
    return MinnesotaCreditEarned(
        exclusion.alternative_minimum_taxable_income, on_exclusion_items, amt, zero_or_more(amt - on_exclusion_items)
    )


def credit_used(available: Line, other_credits: Line, schedule: ScheduleM1MT) -> MinnesotaCreditUsed:
    """The credit that the year can use: the tax of Form M1 less the tentative tax, and less other credits.

    The statute limits it to the regular tax less the tentative tax (Minn. Stat. 290.091, subd. 6); other credits count
    only where they leave less than that.
    """
    regular, tentative = schedule.regular_tax, schedule.tentative_minimum_tax
    most_usable = smaller_of(zero_or_more(regular - tentative), zero_or_more(regular - other_credits))
    used = smaller_of(available, most_usable)
    return MinnesotaCreditUsed(available, regular, tentative, most_usable, used, available - used)
