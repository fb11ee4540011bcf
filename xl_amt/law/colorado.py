"""Colorado law of the income tax and its minimum tax, for one year and filing status."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from xl_amt.law.law_of import law_of
from xl_amt.law.record import number, part
from xl_amt.law.status import Status


class DeductionLimit(NamedTuple):
    """The federal deductions that count from an income on; what is above them is added back, in dollars."""

    adjusted_gross_income: float
    allowed: float
    itemized_only: bool


@dataclass(frozen=True, slots=True)
class ColoradoLaw:
    """The numbers of one tax year for one filing status; dollars, and rates as fractions."""

    year: int
    status: Status
    normal_rate: float | None = number("normal_tax.rate", where_none=None)  # None in a year that is not held
    minimum_rate: float = number("alternative_minimum_tax.rate")
    share_of_federal_credit: float = number("minimum_tax_credit.share_of_federal_credit")
    business_income_deduction_to: float | None = number(
        "business_income_deduction.adjusted_gross_income", where_none=None
    )
    deduction_limit: DeductionLimit | None = part(DeductionLimit, "deduction_limit", where_none=None)


def colorado_law(year: int, status: Status, book_name: str = "") -> ColoradoLaw:
    """Colorado law of a year for a filing status; NotHeldError for a year before or long after those that are held."""
    return law_of(ColoradoLaw, "CO", year, status, book_name)
