"""Schedule 1-A, Additional Deductions: Part V, the enhanced deduction for seniors (2025 on)."""

from __future__ import annotations

from xl_amt.forms.lines import Line, choose, zero_or_more
from xl_amt.household import Household
from xl_amt.law import FederalLaw


def senior_deduction(facts: Household, adjusted_gross_income: Line, law: FederalLaw) -> Line:
    """Schedule 1-A line 37, in dollars (IRC 151(d)(5)(C)); a separate filer has none.

    The phase-out is taken from each senior's own amount, so two seniors lose twice as much.
    """
    senior = law.senior_deduction
    if senior is None or senior.amount == 0.0:
        return 0.0
    excess = zero_or_more(adjusted_gross_income - senior.phase_out_start)
    each = zero_or_more(senior.amount - senior.phase_out_rate * excess)
    return choose(facts.age >= 65.0, each, 0.0) + choose(facts.spouse_age >= 65.0, each, 0.0)
