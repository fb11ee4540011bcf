"""How the minimum tax credit comes back, year after year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from xl_amt.arithmetic.lines import HALF_A_CENT, of_one
from xl_amt.errors import NoAnswerError
from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.planning.plan.question import PlanYear
from xl_amt.planning.plan.year_lines import YearFacts, after, of_year, return_of

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
    counts in what it leaves. Capital losses go on to the next year that states none. NoAnswerError for a jurisdiction
    that carries no such credit.
    """
    _check_carried(code)
    made: list[CreditYear] = []
    before: YearFacts | None = None
    for year in years:
        facts = of_year(year)
        if before and before.year.year + 1 == year.year and not any(getattr(year.household, name) for name in _LOSSES):
            facts = after(before, year, [code])
        tax_return = return_of(facts, {code: credit}, code)
        use = tax_return.total_tax(0.0).minimum_tax_credit
        earned = of_one(tax_return.credit_earned(0.0).credit_earned)
        credit = max(of_one(use.credit_carried) + earned, 0.0)
        made.append(CreditYear(year.year, of_one(use.credit_used), credit))
        before = facts
    return made


def _check_carried(code: str) -> None:
    system = TAX_SYSTEMS[code]
    if code != "US" and all(label.field != "minimum_tax_credit" for label in system.labels):
        raise NoAnswerError(
            f"jurisdiction: {system.place} carries no minimum tax credit from year to year, so none comes back; use US "
            "for the federal one."
        )


def until_used_up(first: PlanYear, later: Sequence[PlanYear], code: str, credit: float) -> list[CreditYear]:
    """The same through the year in which the credit is used up, or the last one given."""
    rows = credit_years([first, *later], code, credit)
    used_up = next((place for place, row in enumerate(rows) if row.left < HALF_A_CENT), len(rows))
    return rows[: used_up + 1]
