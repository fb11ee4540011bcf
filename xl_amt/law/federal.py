"""Federal law for one year and one filing status: plain numbers, as the forms use them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from xl_amt.law.exemption import PhasedOutExemption
from xl_amt.law.law_of import law_of
from xl_amt.law.record import number, part, schedule
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
    qualified_contributions: bool = False  # cash comes last, up to all income that other gifts leave
    carryover_limit: float | None = None  # of the years of qualified contributions; else that of cash
    floor_reaches_carryover: bool = False  # what the year's own gifts leave of the floor comes off the carryover


class ItemizedDeductionLimit(NamedTuple):
    """The cut of IRC 68: its fraction, 2/37, and whether the AMT has it too."""

    numerator: float
    denominator: float
    applies_for_amt: bool

    @property
    def fraction(self) -> float:
        """The part of the smaller of the deductions and the income in the highest bracket."""
        return self.numerator / self.denominator


class ChildTaxCredit(NamedTuple):
    """The child tax credit and the credit for other dependents."""

    each_child: float
    each_other_dependent: float
    phase_out_start: float
    step: float


class EnlargedChildTaxCredit(NamedTuple):
    """What IRC 24(i) made of the child tax credit for 2021: refundable, and larger by some dollars, which phase out."""

    refundable: bool
    most_more_each_child: float
    phase_out_start: float
    phase_out_rate: float
    most_phase_out: float


class Surtax(NamedTuple):
    """A flat rate above a threshold."""

    rate: float
    threshold: float


@dataclass(frozen=True, slots=True)
class FederalLaw(PhasedOutExemption):
    """The numbers of one tax year for one filing status; dollars, and rates as fractions."""

    year: int
    status: Status
    ordinary_rates: Schedule = schedule("ordinary_brackets.tops", "ordinary_rates.rates")
    standard_deduction: float = number("standard_deduction.amount")
    additional_standard_deduction: float = number("standard_deduction.additional")
    zero_rate_top: float = number("capital_gain_brackets.zero_rate_top")
    middle_rate_top: float = number("capital_gain_brackets.middle_rate_top")
    middle_gain_rate: float = number("capital_gain_rates.middle")
    high_gain_rate: float = number("capital_gain_rates.high")
    capital_loss_limit: float = number("capital_loss.limit")
    state_and_local_taxes: StateAndLocalTaxLimit = part(StateAndLocalTaxLimit, "state_and_local_taxes")
    medical_floor: float = number("medical_expenses.floor")
    gifts: GiftLimits = part(GiftLimits, "gifts")
    gifts_without_itemizing_limit: float = number("gifts_without_itemizing.limit", where_none=0.0)
    itemized_deduction_limit: ItemizedDeductionLimit | None = part(
        ItemizedDeductionLimit, "itemized_deduction_limit", where_none=None
    )
    senior_deduction: SeniorDeduction | None = part(SeniorDeduction, "senior_deduction", where_none=None)
    tips_deduction: SteppedDeduction | None = part(SteppedDeduction, "tips_deduction", where_none=None)
    overtime_deduction: SteppedDeduction | None = part(SteppedDeduction, "overtime_deduction", where_none=None)
    car_loan_interest_deduction: SteppedDeduction | None = part(
        SteppedDeduction, "car_loan_interest_deduction", where_none=None
    )
    child_tax_credit: ChildTaxCredit = part(ChildTaxCredit, "child_tax_credit")
    enlarged_child_tax_credit: EnlargedChildTaxCredit | None = part(
        EnlargedChildTaxCredit, "enlarged_child_tax_credit", where_none=None
    )
    net_investment_income_tax: Surtax = part(Surtax, "net_investment_income_tax")
    medicare_tax_rate: float = number("medicare_tax.rate")  # withheld of wages, and on no return
    additional_medicare_tax: Surtax = part(Surtax, "additional_medicare_tax")
    exemption: float = number("amt.exemption")
    phase_out_start: float = number("amt.phase_out_start")
    phase_out_rate: float = number("amt_phase_out.rate")
    high_rate_start: float = number("amt.high_rate_start")
    low_rate: float = number("amt_rates.low")
    high_rate: float = number("amt_rates.high")

    @property
    def highest_bracket_start(self) -> float:
        """Taxable income above which the highest rate holds (IRC 68(a))."""
        return self.ordinary_rates.starts[-1]


def federal_law(year: int, status: Status, book_name: str = "") -> FederalLaw:
    """Federal law of a year for a filing status: enacted, projected, or by a firm's book.

    NotHeldError for a year that is neither held nor projected.
    """
    return law_of(FederalLaw, "US", year, status, book_name)
