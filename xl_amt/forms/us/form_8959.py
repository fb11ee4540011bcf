"""Form 8959, Additional Medicare Tax, on wages."""

from __future__ import annotations

from xl_amt.arithmetic.lines import Line, given, zero_or_more
from xl_amt.household import Household
from xl_amt.law import FederalLaw


def additional_medicare_tax(facts: Household, law: FederalLaw) -> Line:
    """Form 8959 line 7, in dollars (IRC 3101(b)(2))."""
    tax = law.additional_medicare_tax
    wages = given(facts.medicare_wages, facts.wages)
    return tax.rate * zero_or_more(wages - tax.threshold)
