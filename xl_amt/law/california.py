"""California law for one year and one filing status: plain numbers, as the forms use them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from xl_amt.law.exemption import PhasedOutExemption
from xl_amt.law.law_of import law_of
from xl_amt.law.record import number, part, schedule
from xl_amt.law.schedule import Schedule
from xl_amt.law.status import Status


class ExemptionCreditReduction(NamedTuple):
    """Dollars that each exemption credit falls by for every begun step of high income, and the filers' own credits."""

    each_step: float
    step: float
    filers: float


class HighIncomeCut(NamedTuple):
    """The cut of itemized deductions: parts of the excess of income and of the deductions; the smaller holds."""

    part_of_excess: float
    part_of_deductions: float


class GiftLimits(NamedTuple):
    """Limits of gifts to charity, as fractions of federal adjusted gross income."""

    cash_limit: float
    property_limit: float


class Surtax(NamedTuple):
    """A flat rate above a threshold."""

    rate: float
    threshold: float


@dataclass(frozen=True, slots=True)
class CaliforniaLaw(PhasedOutExemption):
    """The numbers of one tax year for one filing status; dollars, and rates as fractions."""

    year: int
    status: Status
    ordinary_rates: Schedule = schedule("ordinary_brackets.tops", "ordinary_rates.rates")
    standard_deduction: float = number("standard_deduction.amount")
    personal_exemption_credit: float = number("exemption_credits.personal")
    dependent_exemption_credit: float = number("exemption_credits.dependent")
    exemption_credit_reduction: ExemptionCreditReduction = part(ExemptionCreditReduction, "exemption_credit_reduction")
    high_income_start: float = number("high_income.start")
    itemized_deduction_limit: HighIncomeCut = part(HighIncomeCut, "itemized_deduction_limit")
    medical_floor: float = number("medical_expenses.floor")
    gifts: GiftLimits = part(GiftLimits, "gifts")
    miscellaneous_deductions_floor: float = number("miscellaneous_deductions.floor")
    capital_loss_limit: float = number("capital_loss.limit")
    behavioral_health_services_tax: Surtax = part(Surtax, "behavioral_health_services_tax")
    exemption: float = number("amt.exemption")
    phase_out_start: float = number("amt.phase_out_start")
    phase_out_rate: float = number("amt_rates.phase_out")
    minimum_tax_rate: float = number("amt_rates.rate")
    medical_part: float = number("amt_rates.medical_part")


def california_law(year: int, status: Status, book_name: str = "") -> CaliforniaLaw:
    """California law of a year for a filing status: enacted, estimated, projected, or by a firm's book.

    NotHeldError for a year that is neither held nor projected.

    >>> california_law(2025, "single").exemption
    92749.0
    """
    return law_of(CaliforniaLaw, "CA", year, status, book_name)
