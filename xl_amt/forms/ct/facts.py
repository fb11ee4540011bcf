"""What Connecticut asks along with the federal facts."""

from __future__ import annotations

from dataclasses import dataclass

from xl_amt.arithmetic.lines import Line
from xl_amt.household import fact


@dataclass(frozen=True, slots=True)
class ConnecticutFacts:
    """The facts of a Connecticut resident that do not follow from federal ones, in dollars."""

    income_adjustments: Line = fact(
        "CT income adjustments",
        "Form CT-1040 line 2 less line 4, excluding the state tax refund; negative where subtractions exceed additions",
        may_be_negative=True,
    )
    amt_income_adjustments: Line | None = fact(
        "CT AMT income adjustments",
        "Form CT-6251 line 2 less line 4; if not given, CT income adjustments",
        same_as="income_adjustments",
        may_be_negative=True,
    )
    other_credits: Line = fact(
        "CT other credits", "For other states' tax, property tax and the like (Form CT-1040 lines 7, 11 and 15)"
    )
    minimum_tax_credit: Line = fact("CT minimum tax credit", "Available this year (Form CT-8801 line 26)")
