"""Federal law for one year and one filing status: plain numbers, as the forms use them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from xl_amt.law.book import LawBook
from xl_amt.law.books import law_book
from xl_amt.law.schedule import Schedule
from xl_amt.law.status import Status


class SteppedDeduction(NamedTuple):
    """A deduction or credit that falls by some dollars for every 1,000 dollars of income above a start."""

    limit: float
    phase_out_start: float
    step: float


class SeniorDeduction(NamedTuple):
    """The deduction for those 65 or older: dollars each, and its phase-out."""

    amount: float
    phase_out_start: float
    phase_out_rate: float


class StateAndLocalTaxLimit(NamedTuple):
    """The limit on Schedule A's taxes, and its fall with income to the least, where it falls."""

    limit: float
    phase_down_start: float = 0.0
    phase_down_rate: float = 0.0
    least: float = 0.0


class GiftLimits(NamedTuple):
    """Limits and floor of gifts to charity, as fractions of adjusted gross income."""

    cash_limit: float
    property_limit: float
    limit_besides_cash: float
    floor: float


class ItemizedDeductionLimit(NamedTuple):
    """The cut of IRC 68: its fraction, the start of the highest bracket, and whether the AMT has it too."""

    fraction: float
    start: float
    applies_for_amt: bool


class ChildTaxCredit(NamedTuple):
    """The child tax credit and the credit for other dependents."""

    each_child: float
    each_other_dependent: float
    phase_out_start: float
    step: float


class Surtax(NamedTuple):
    """A flat rate above a threshold."""

    rate: float
    threshold: float


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
    state_and_local_taxes: StateAndLocalTaxLimit
    medical_floor: float
    gifts: GiftLimits
    gifts_without_itemizing_limit: float
    itemized_deduction_limit: ItemizedDeductionLimit | None
    senior_deduction: SeniorDeduction | None
    tips_deduction: SteppedDeduction | None
    overtime_deduction: SteppedDeduction | None
    car_loan_interest_deduction: SteppedDeduction | None
    child_tax_credit: ChildTaxCredit
    net_investment_income_tax: Surtax
    additional_medicare_tax: Surtax
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
def federal_law(year: int, status: Status, book_name: str = "") -> FederalLaw:
    """Federal law of a year for a filing status: enacted, projected, or by a firm's book.

    NotHeldError for a year that is neither held nor projected.
    """
    book = law_book(book_name)
    book.check_year(year)
    return _law(book, year, status)


def _law(book: LawBook, year: int, status: Status) -> FederalLaw:
    def numbers(group: str, *keys: str) -> list[float] | None:
        found = [number.value for key in keys if (number := book.number(group, key, year, status))]
        return found or None

    def stepped(group: str) -> SteppedDeduction | None:
        held = numbers(group, *SteppedDeduction._fields)
        return SteppedDeduction(*held) if held else None

    def number(group: str, key: str) -> float:
        return float(_held(numbers(group, key))[0])

    brackets = _held(book.block("ordinary_brackets", year))[status]
    limit = numbers("itemized_deduction_limit", "numerator", "denominator", "applies_for_amt")
    senior = numbers("senior_deduction", *SeniorDeduction._fields)
    return FederalLaw(
        year=year,
        status=status,
        ordinary_rates=Schedule(brackets, _held(book.block("ordinary_rates", year))["rates"]),
        standard_deduction=number("standard_deduction", "amount"),
        additional_standard_deduction=number("standard_deduction", "additional"),
        zero_rate_top=number("capital_gain_brackets", "zero_rate_top"),
        middle_rate_top=number("capital_gain_brackets", "middle_rate_top"),
        middle_gain_rate=number("capital_gain_rates", "middle"),
        high_gain_rate=number("capital_gain_rates", "high"),
        capital_loss_limit=number("capital_loss", "limit"),
        state_and_local_taxes=StateAndLocalTaxLimit(
            *_held(numbers("state_and_local_taxes", *StateAndLocalTaxLimit._fields))
        ),
        medical_floor=number("medical_expenses", "floor"),
        gifts=GiftLimits(*_held(numbers("gifts", *GiftLimits._fields))),
        gifts_without_itemizing_limit=(numbers("gifts_without_itemizing", "limit") or [0.0])[0],
        itemized_deduction_limit=(
            ItemizedDeductionLimit(limit[0] / limit[1], float(brackets[-1]), bool(limit[2])) if limit else None
        ),
        senior_deduction=SeniorDeduction(*senior) if senior else None,
        tips_deduction=stepped("tips_deduction"),
        overtime_deduction=stepped("overtime_deduction"),
        car_loan_interest_deduction=stepped("car_loan_interest_deduction"),
        child_tax_credit=ChildTaxCredit(*_held(numbers("child_tax_credit", *ChildTaxCredit._fields))),
        net_investment_income_tax=Surtax(*_held(numbers("net_investment_income_tax", *Surtax._fields))),
        additional_medicare_tax=Surtax(*_held(numbers("additional_medicare_tax", *Surtax._fields))),
        exemption=number("amt", "exemption"),
        phase_out_start=number("amt", "phase_out_start"),
        phase_out_rate=number("amt_phase_out", "rate"),
        high_rate_start=number("amt", "high_rate_start"),
        low_rate=number("amt_rates", "low"),
        high_rate=number("amt_rates", "high"),
    )


def _held(found: Any) -> Any:
    """What the law file is tested to hold for every year."""
    assert found is not None
    return found
