"""What Colorado asks along with the federal facts."""

from __future__ import annotations

from dataclasses import dataclass

from xl_amt.arithmetic.lines import Line
from xl_amt.household import fact


@dataclass(frozen=True, slots=True)
class ColoradoFacts:
    """The facts of Form DR 0104 that do not follow from federal ones, in dollars."""

    additions: Line = fact(
        "CO additions",
        "Other additions of Form DR 0104, such as other states' bond interest; those for state income tax, business "
        "income and deductions above the limit follow from the federal facts",
    )
    subtractions: Line = fact("CO subtractions", "Form DR 0104AD without line 1, the state tax refund")
    other_credits: Line = fact(
        "CO other credits", "Nonrefundable credits, excluding the minimum tax credit (DR 0104CR)"
    )
