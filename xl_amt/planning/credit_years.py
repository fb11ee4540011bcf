"""How the minimum tax credit comes back, year after year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from xl_amt.arithmetic.lines import HALF_A_CENT, of_one
from xl_amt.household import Household
from xl_amt.planning.plan.question import PlanYear
from xl_amt.planning.plan.year_lines import losses_carried, of_year, return_of

_LOSSES: Final = (
    "short_term_loss_carryover",
    "long_term_loss_carryover",
    "amt_short_term_loss_carryover",
    "amt_long_term_loss_carryover",
)


class CreditYear(NamedTuple):
    """One year of the credit's return, in dollars."""

    year: int
    used: float
    left: float  # with what the year itself earns


def credit_years(years: Sequence[PlanYear], code: str, credit: float) -> list[CreditYear]:
    """What is used and left of a credit in each year, without exercises, in one jurisdiction.

    Form 8801 lines 21 to 26; what a year earns, or takes away by a sale whose AMT gain is smaller (Form 6251 line 2k),
    counts in what it leaves. Capital losses go on to the next year that states none.
    """
    made: list[CreditYear] = []
    before: Household | None = None
    for year in years:
        household = year.household
        if before and before.year + 1 == year.year and not any(getattr(household, name) for name in _LOSSES):
            household = _with_losses(household, losses_carried(before, 0.0))
        tax_return = return_of(of_year(year)._replace(household=household), {code: credit}, code)
        use = tax_return.total_tax(0.0).minimum_tax_credit
        earned = of_one(tax_return.credit_earned(0.0).credit_earned)
        credit = max(of_one(use.credit_carried) + earned, 0.0)
        made.append(CreditYear(year.year, of_one(use.credit_used), credit))
        before = household
    return made


def until_used_up(first: PlanYear, later: Sequence[PlanYear], code: str, credit: float) -> list[CreditYear]:
    """The same through the year in which the credit is used up, or the last one given."""
    rows = credit_years([first, *later], code, credit)
    used_up = next((place for place, row in enumerate(rows) if row.left < HALF_A_CENT), len(rows))
    return rows[: used_up + 1]


def _with_losses(household: Household, losses: dict[str, Any]) -> Household:
    """The household with the losses of the year before; unchanged where there are none, so that no form is longer."""
    return replace(household, **losses) if any(losses.values()) else household
