"""The one shape of a minimum tax, whoever levies it: what a return answers for any ISO spread.

It lives with the forms, because each jurisdiction's return is made of its own forms, and below everything that
asks: planning and the worksheet functions know this shape and no form. A spread, and every answer to it, is a `Line`:
a float, an array with one element a household, or a function of an unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Protocol, Self

from xl_amt.arithmetic.lines import Line
from xl_amt.household import Household

STEP_WIDTH: Final = 0.001  # dollars: on a spread of 10**12, neighboring floats are a tenth of it apart


class RegularFigures(Protocol):
    """The regular tax before credits, and the income that it is figured on, in dollars."""

    @property
    def adjusted_gross_income(self) -> Line:
        """All income before the deductions, as the jurisdiction defines it."""

    @property
    def tax(self) -> Line:
        """The regular tax before credits."""

    @property
    def taxable_income(self) -> Line:
        """All income less the deductions, zero or more."""


class MinimumTaxFigures(Protocol):
    """The minimum tax at one spread, in dollars."""

    @property
    def alternative_minimum_taxable_income(self) -> Line:
        """Income as the minimum tax defines it, the spread in it."""

    @property
    def tentative_minimum_tax(self) -> Line:
        """The tax on it, above the exemption."""

    @property
    def regular_tax(self) -> Line:
        """The regular tax that the tentative one is compared with."""

    @property
    def alternative_minimum_tax(self) -> Line:
        """What the tentative tax passes the regular one by, zero or more."""


class EarnedCredit(Protocol):
    """The part of the year's AMT that becomes credit, in dollars; below zero where the year has lowered it."""

    @property
    def credit_earned(self) -> Line:
        """The credit that goes on to later years."""


class UsedCredit(Protocol):
    """The credit of earlier years at one spread, in dollars."""

    @property
    def regular_tax_less_credits(self) -> Line:
        """What the tentative tax and the credit must stay within together (IRC 53(c)); infinite for no such limit."""

    @property
    def credit_used(self) -> Line:
        """What of it is used this year."""

    @property
    def credit_carried(self) -> Line:
        """What is left, without what this year earns."""


class AllTaxes(Protocol):
    """Every tax and credit of the jurisdiction at one spread, in dollars."""

    @property
    def minimum_tax_credit(self) -> UsedCredit:
        """The credit of earlier years."""

    @property
    def total(self) -> Line:
        """All taxes less all credits."""


class MinimumTax(Protocol):
    """One household's return in one jurisdiction, all but the ISO spread: planning asks it, and knows no form.

    A return is figured once and asked for many spreads.
    """

    @property
    def jurisdiction(self) -> str:
        """Its code, such as US."""

    @property
    def facts(self) -> Household:
        """The federal facts that it rests on; a state's return has its own facts next to them."""

    @property
    def own(self) -> Any:
        """The jurisdiction's own facts next to them; None where it has none."""

    @property
    def regular(self) -> RegularFigures:
        """The regular tax, which no ISO spread changes."""

    @property
    def compared_tax(self) -> Line:
        """The regular tax that tentative minimum tax is compared with: AMT is what passes it."""

    @property
    def top_rate(self) -> float:
        """The rate, a fraction, at which tentative tax rises above the last kink."""

    def kinks(self) -> Sequence[Line]:
        """Every spread, in dollars, at which `unlimited_tentative_tax` may bend; in any order, some perhaps below 0.

        A step stands there twice, on both of its sides (see `sides_of_step`).
        """

    def unlimited_tentative_tax(self, spread: Line) -> Line:
        """Tentative minimum tax less the credits that belong to it, which may be below zero.

        It never falls as the spread grows, and is straight from one kink to the next.
        """

    def minimum_tax(self, spread: Line) -> MinimumTaxFigures:
        """The minimum tax with this spread."""

    def credit_earned(self, spread: Line) -> EarnedCredit:
        """What the year's AMT with this spread adds to the minimum tax credit."""

    def total_tax(self, spread: Line) -> AllTaxes:
        """All taxes and credits of the jurisdiction with this spread."""

    def income_without_turns(self, spread: Line) -> Line:
        """Further wages, in dollars, above which regular and tentative tax both rise at one rate each for good."""

    def with_facts(self, facts: Household) -> Self:
        """The return of the same year with other federal facts, under the same law: more income, or a sale."""


def sides_of_step(spread: Line) -> list[Line]:
    """The two kinks of a step: just below it, and just above, where the whole of it is done."""
    return [spread - STEP_WIDTH, spread + STEP_WIDTH]
