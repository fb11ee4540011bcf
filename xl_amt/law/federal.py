"""Federal law for one year and one filing status: plain numbers, as the forms use them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from xl_amt.law.book import enacted
from xl_amt.law.schedule import Schedule
from xl_amt.law.status import Status


@dataclass(frozen=True, slots=True)
class SeniorDeduction:
    """The deduction for those 65 or older (IRC 151(d)(5)(C)): dollars each, and its phase-out."""

    amount: float
    phase_out_start: float
    phase_out_rate: float


@dataclass(frozen=True, slots=True)
class FederalLaw:
    """The numbers of one tax year for one filing status; dollars, and rates as fractions."""

    year: int
    status: Status
    ordinary_rates: Schedule
    standard_deduction: float
    additional_standard_deduction: float
    zero_rate_top: float
    middle_rate_top: float
    middle_gain_rate: float
    high_gain_rate: float
    capital_loss_limit: float
    state_and_local_tax_limit: float
    cash_gift_limit: float
    gifts_without_itemizing_limit: float
    senior_deduction: SeniorDeduction | None
    exemption: float
    phase_out_start: float
    phase_out_rate: float
    high_rate_start: float
    low_rate: float
    high_rate: float

    @property
    def exemption_gone(self) -> float:
        """Alternative minimum taxable income at which the exemption has phased out to zero."""
        return self.phase_out_start + self.exemption / self.phase_out_rate

    @property
    def separate_filer_addition(self) -> float:
        """Most that a separate filer's line 4 is raised by (IRC 55(d)(2), last sentence); 0 for others."""
        return self.exemption if self.status == "mfs" else 0.0


@cache
def federal_law(year: int, status: Status) -> FederalLaw:
    """Enacted federal law of a year for a filing status; NotHeldError for a year that is not held."""
    book = enacted("US")
    book.check_year(year)

    def number(group: str, key: str) -> float:
        found = book.number(group, key, year, status)
        assert found is not None, (group, key, year)
        return found.value

    brackets, rates = book.block("ordinary_brackets", year), book.block("ordinary_rates", year)
    assert brackets is not None
    assert rates is not None
    senior = None
    if book.block("senior_deduction", year) is not None:
        senior = SeniorDeduction(
            *(number("senior_deduction", key) for key in ("amount", "phase_out_start", "phase_out_rate"))
        )
    return FederalLaw(
        year=year,
        status=status,
        ordinary_rates=Schedule(brackets[status], rates["rates"]),
        standard_deduction=number("standard_deduction", "amount"),
        additional_standard_deduction=number("standard_deduction", "additional"),
        zero_rate_top=number("capital_gain_brackets", "zero_rate_top"),
        middle_rate_top=number("capital_gain_brackets", "middle_rate_top"),
        middle_gain_rate=number("capital_gain_rates", "middle"),
        high_gain_rate=number("capital_gain_rates", "high"),
        capital_loss_limit=number("capital_loss", "limit"),
        state_and_local_tax_limit=number("state_and_local_taxes", "limit"),
        cash_gift_limit=number("cash_gifts", "limit_of_income"),
        gifts_without_itemizing_limit=number("gifts_without_itemizing", "limit") if year >= 2020 else 0.0,
        senior_deduction=senior,
        exemption=number("amt", "exemption"),
        phase_out_start=number("amt", "phase_out_start"),
        phase_out_rate=number("amt_phase_out", "rate"),
        high_rate_start=number("amt", "high_rate_start"),
        low_rate=number("amt_rates", "low"),
        high_rate=number("amt_rates", "high"),
    )
