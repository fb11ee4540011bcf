"""Schedule A, Itemized Deductions: taxes, mortgage interest and cash gifts, 2018 to 2024.

What changed for itemizers in 2025 (the limit on taxes) and 2026 (gifts, and the limit of IRC 68) is refused.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from xl_amt.errors import NotHeldError
from xl_amt.forms.lines import Line, smaller_of
from xl_amt.household import Household, Refusal
from xl_amt.law import FederalLaw

LAST_YEAR: Final = 2024


class ScheduleA(NamedTuple):
    """The itemized deductions, and the part that the AMT does not allow, in dollars."""

    deductions: Line  # line 17
    taxes: Line  # line 7


def schedule_a(facts: Household, adjusted_gross_income: Line, law: FederalLaw) -> ScheduleA:
    """Schedule A on one year's facts (IRC 164(b)(6), 163(h)(3), 170(b)(1)(G))."""
    line_5d = facts.state_income_tax + facts.real_estate_tax + facts.personal_property_tax
    line_5e = smaller_of(line_5d, law.state_and_local_tax_limit)
    line_7 = line_5e
    line_8e = facts.mortgage_interest
    line_11 = smaller_of(facts.cash_gifts, law.cash_gift_limit * adjusted_gross_income)
    return ScheduleA(deductions=line_7 + line_8e + line_11, taxes=line_7)


def _itemizes_after_last_year(facts: Household) -> Any:
    if facts.year <= LAST_YEAR or facts.deduction == "standard":
        return False
    if facts.deduction == "itemized":
        return True
    return _itemized_facts(facts) > 0.0


def _itemized_facts(facts: Household) -> Line:
    return (
        facts.state_income_tax
        + facts.real_estate_tax
        + facts.personal_property_tax
        + facts.mortgage_interest
        + facts.cash_gifts
    )


REFUSALS: Final = (
    Refusal(
        _itemizes_after_last_year,
        f"Deduction: itemized deductions are held through {LAST_YEAR}; for a later year "
        "set Deduction to standard or leave the itemized amounts blank.",
        NotHeldError,
    ),
)
