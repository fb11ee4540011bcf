"""Connecticut law of the income tax and its minimum tax, for one year and filing status."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from xl_amt.law.law_of import law_of
from xl_amt.law.record import number, part, schedule
from xl_amt.law.schedule import Schedule
from xl_amt.law.status import Status


class SteppedTax(NamedTuple):
    """A tax of some dollars for every step, or part of one, of income above a start, up to the most."""

    start: float
    step: float
    amount: float
    most: float


class PersonalExemption(NamedTuple):
    """The exemption, and the income from which it falls, in dollars."""

    amount: float
    phase_out_start: float


@dataclass(frozen=True, slots=True)
class ConnecticutLaw:
    """The numbers of one tax year for one filing status; dollars, and rates as fractions."""

    year: int
    status: Status
    rates: Schedule = schedule("income_tax_brackets.tops", "income_tax_rates.rates")
    personal_exemption: PersonalExemption = part(PersonalExemption, "personal_exemption")
    lowest_rate_add_back: SteppedTax = part(SteppedTax, "lowest_rate_add_back")
    recapture_from_2024: SteppedTax | None = part(SteppedTax, "recapture_from_2024", where_none=None)
    recapture: SteppedTax = part(SteppedTax, "recapture")
    recapture_at_the_top: SteppedTax = part(SteppedTax, "recapture_at_the_top")
    personal_credit_incomes: tuple[float, ...] = number("personal_credit_incomes.above")
    tax_left_by_personal_credit: tuple[float, ...] = number("personal_credit.tax_left")
    part_of_tentative_tax: float = number("alternative_minimum_tax.part_of_tentative_tax")
    part_of_income: float = number("alternative_minimum_tax.part_of_income")


def connecticut_law(year: int, status: Status, book_name: str = "") -> ConnecticutLaw:
    """Connecticut law of a year for a filing status; NotHeldError for a year that is not held."""
    return law_of(ConnecticutLaw, "CT", year, status, book_name)
