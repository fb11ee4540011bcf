"""Minnesota law of the income tax and its minimum tax, for one year and filing status."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from xl_amt.errors import NotHeldError
from xl_amt.law.books import law_book
from xl_amt.law.law_of import law_of
from xl_amt.law.record import number, part, schedule
from xl_amt.law.schedule import Schedule
from xl_amt.law.status import Status


class DeductionReduction(NamedTuple):
    """What high income takes from the deduction; the second start, and where the most is taken whole, came in 2023."""

    start: float
    rate: float
    most: float
    second_start: float | None = None
    second_rate: float = 0.0
    whole_from: float | None = None


class DependentExemption(NamedTuple):
    """The exemption of each dependent, and its fall with income in steps."""

    amount: float
    phase_out_start: float
    step: float
    part_each_step: float


class Surtax(NamedTuple):
    """A flat rate above a threshold."""

    rate: float
    threshold: float


@dataclass(frozen=True, slots=True)
class MinnesotaLaw:
    """The numbers of one tax year for one filing status; dollars, and rates as fractions."""

    year: int
    status: Status
    rates: Schedule = schedule("income_tax_brackets.tops", "income_tax_rates.rates")
    standard_deduction: float = number("standard_deduction.amount")
    additional_standard_deduction: float = number("standard_deduction.additional")
    deduction_reduction: DeductionReduction = part(DeductionReduction, "deduction_reduction")
    medical_floor: float = number("itemized_deductions.medical_floor")
    property_tax_limit: float = number("itemized_deductions.property_tax_limit")
    part_of_gifts: float = number("gifts_beside_standard_deduction.part")
    part_of_gifts_above: float = number("gifts_beside_standard_deduction.above")
    dependent_exemption: DependentExemption = part(DependentExemption, "dependent_exemption")
    minimum_rate: float = number("amt.rate")
    exemption: float | None = number("amt_exemption.amount", where_none=None)  # None in a year that is not held
    phase_out_start: float = number("amt.phase_out_start")
    phase_out_rate: float = number("amt.phase_out_rate")
    net_investment_income_tax: Surtax | None = part(Surtax, "net_investment_income_tax", where_none=None)


def minnesota_law(year: int, status: Status, book_name: str = "") -> MinnesotaLaw:
    """Minnesota law of a year for a filing status; NotHeldError for a year that is not held, saying why."""
    first = law_book("", "MN").first_year
    if year < first:
        raise NotHeldError(
            f"year: Minnesota's tax is available from {first} on, not for {year}: its forms for earlier years could "
            "not be read; use US alone."
        )
    law = law_of(MinnesotaLaw, "MN", year, status, book_name)
    if law.exemption is None:
        raise NotHeldError(
            f"year: Minnesota's minimum tax of {year} is not available: the exemption printed on its Schedule M1MT and "
            "the indexed one differ, and the form could not be read; use US alone, or another year."
        )
    return law
