"""Schedule A, Itemized Deductions.

Gifts are to public charities; a gift carryover is of cash. Out of scope: casualty losses but as other deductions.
"""

from __future__ import annotations

from typing import NamedTuple

from xl_amt.arithmetic.lines import Line, larger_of, smaller_of, zero_or_more
from xl_amt.household import Household
from xl_amt.law import FederalLaw


class ScheduleA(NamedTuple):
    """Schedule A, in dollars, before the limit of IRC 68 (lines of 2018 to 2025).

    From 2026 gifts count above a floor (IRC 170(b)(1)(I)); docs/decisions/gift-floor-and-carryover.md says whether it
    reaches what was carried over.
    """

    medical_floor: Line  # line 3
    medical: Line  # line 4
    state_and_local_taxes: Line  # line 5d
    taxes: Line  # line 7: not allowed for the AMT
    interest: Line  # line 10
    cash_gifts: Line  # line 11, as far as allowed
    property_gifts: Line  # line 12, as far as allowed
    gifts_above_floor: Line  # both, less the floor (line 13 of 2026)
    gift_carryover: Line  # line 13, as far as allowed
    gifts: Line  # line 14
    other: Line  # lines 15 and 16

    @property
    def total(self) -> Line:
        """Line 17."""
        return self.medical + self.taxes + self.interest + self.gifts + self.other


def schedule_a(facts: Household, adjusted_gross_income: Line, law: FederalLaw) -> ScheduleA:
    """Schedule A on one year's facts (IRC 213, 164(b)(6)-(7), 163, 170)."""
    line_3 = law.medical_floor * adjusted_gross_income
    line_4 = zero_or_more(facts.medical_expenses - line_3)
    line_5d = facts.state_income_tax + facts.real_estate_tax + facts.personal_property_tax
    line_7 = smaller_of(line_5d, _state_and_local_tax_limit(adjusted_gross_income, law))
    line_10 = facts.mortgage_interest + facts.investment_interest
    line_11, line_12, line_13 = _gifts(facts, adjusted_gross_income, law)
    floor = law.gifts.floor * adjusted_gross_income
    above_floor = zero_or_more(line_11 + line_12 - floor)
    if law.gifts.floor_reaches_carryover:
        line_13 = zero_or_more(line_13 - zero_or_more(floor - line_11 - line_12))
    return ScheduleA(
        line_3,
        line_4,
        line_5d,
        line_7,
        line_10,
        line_11,
        line_12,
        above_floor,
        line_13,
        above_floor + line_13,
        facts.other_itemized_deductions,
    )


def _state_and_local_tax_limit(adjusted_gross_income: Line, law: FederalLaw) -> Line:
    """State and Local Tax Deduction Worksheet (IRC 164(b)(7)): the limit falls with income, to the least."""
    limit = law.state_and_local_taxes
    if limit.phase_down_rate == 0.0:
        return limit.limit
    excess = zero_or_more(adjusted_gross_income - limit.phase_down_start)
    return larger_of(limit.limit - limit.phase_down_rate * excess, limit.least)


def _gifts(facts: Household, adjusted_gross_income: Line, law: FederalLaw) -> tuple[Line, Line, Line]:
    """Lines 11 to 13: cash, property and carryover, each up to its share of income (IRC 170(b)(1)(A), (C), (G)).

    Cash comes first under its limit; where it is a qualified contribution, as in 2020 and 2021, it is the last of all,
    up to all income. What was carried over comes after the year's own gifts.
    """
    limits = law.gifts
    base = adjusted_gross_income
    property_limit = limits.property_limit * base
    if limits.qualified_contributions:
        carryover_limit = limits.cash_limit if limits.carryover_limit is None else limits.carryover_limit
        property_gifts = smaller_of(facts.property_gifts, property_limit)
        carryover = smaller_of(facts.gift_carryover, zero_or_more(carryover_limit * base - property_gifts))
        cash = smaller_of(facts.cash_gifts, zero_or_more(limits.cash_limit * base - property_gifts - carryover))
    else:
        cash = smaller_of(facts.cash_gifts, limits.cash_limit * base)
        besides_cash = smaller_of(property_limit, zero_or_more(limits.limit_besides_cash * base - cash))
        property_gifts = smaller_of(facts.property_gifts, besides_cash)
        room = zero_or_more(limits.cash_limit * base - cash - property_gifts)
        carryover = smaller_of(facts.gift_carryover, room)
    return cash, property_gifts, carryover
