"""What Minnesota asks along with the federal facts."""

from __future__ import annotations

from dataclasses import dataclass

from xl_amt.arithmetic.lines import Line
from xl_amt.household import DeductionChoice, fact


@dataclass(frozen=True, slots=True)
class MinnesotaFacts:
    """The facts of a Minnesota resident that do not follow from federal ones, in dollars."""

    deduction: DeductionChoice = fact(
        "MN deduction",
        "larger, standard or itemized (Form M1 line 4), whatever the federal return uses",
        "choice",
        "larger",
        choices=("larger", "standard", "itemized"),
    )
    income_adjustments: Line = fact(
        "MN income adjustments",
        "Form M1 line 2 less line 7, excluding the subtraction for gifts; negative where subtractions exceed additions",
        may_be_negative=True,
    )
    amt_income_adjustments: Line | None = fact(
        "MN AMT income adjustments",
        "Schedule M1MT lines 4 to 7 less lines 12, 13 and 16 to 18; if not given, MN income adjustments",
        same_as="income_adjustments",
        may_be_negative=True,
    )
    other_credits: Line = fact(
        "MN other credits", "Nonrefundable credits (Schedule M1C), excluding the minimum tax credit"
    )
    minimum_tax_credit: Line = fact(
        "MN minimum tax credit", "Available this year: earned last year and carried in (Schedule M1MTC)"
    )
