"""Schedule 1-A, Additional Deductions, 2025 to 2028: tips, overtime, car loan interest, and seniors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from xl_amt.arithmetic.lines import Line, begun_thousands, choose, full_thousands, is_blank, smaller_of, zero_or_more
from xl_amt.household import Household, Refusal
from xl_amt.law import FederalLaw, SteppedDeduction, federal_law


class Schedule1A(NamedTuple):
    """The parts of Schedule 1-A, in dollars (line numbers of 2025)."""

    tips: Line  # line 13
    overtime: Line  # line 21
    car_loan_interest: Line  # line 30
    senior: Line  # line 37; the one part that the AMT does not allow

    @property
    def total(self) -> Line:
        """All additional deductions (line 38)."""
        return self.tips + self.overtime + self.car_loan_interest + self.senior


class SteppedPart(NamedTuple):
    """Part II, III or IV: an amount up to a limit, less some dollars for each $1,000 of income above a start."""

    claimed: Line  # line 6, 14c or 23
    limited: Line  # line 7, 15 or 24
    excess: Line  # line 10, 18 or 27
    deduction: Line  # line 13, 21 or 30
    law: SteppedDeduction
    counted: Callable[[Line], Line]  # whole thousands, or a part of one as one

    @property
    def steps(self) -> Line:
        """Line 11, 19 or 28, as the paper has it: with the steps after which nothing is left."""
        return self.counted(self.excess)

    @property
    def reduction(self) -> Line:
        """Line 12, 20 or 29."""
        return self.law.step * self.steps


class SeniorPart(NamedTuple):
    """Part V: the phase-out is taken from each senior's own amount, so two seniors lose twice as much."""

    phase_out_start: float  # line 32
    excess: Line  # line 33
    reduction: Line  # line 34
    each: Line  # line 35
    own: Line  # line 36a
    of_spouse: Line  # line 36b


NO_DEDUCTIONS: Final = Schedule1A(0.0, 0.0, 0.0, 0.0)


def schedule_1_a(facts: Household, adjusted_gross_income: Line, law: FederalLaw) -> Schedule1A:
    """Schedule 1-A on one year's facts (IRC 224, 225, 163(h)(4), 151(d)(5)(C))."""
    if law.senior_deduction is None:
        return NO_DEDUCTIONS
    tips = tips_part(facts, adjusted_gross_income, law)
    overtime = overtime_part(facts, adjusted_gross_income, law)
    car_loan_interest = car_loan_interest_part(facts, adjusted_gross_income, law)
    senior = senior_part(facts, adjusted_gross_income, law)
    return Schedule1A(
        tips=tips.deduction if tips else 0.0,
        overtime=overtime.deduction if overtime else 0.0,
        car_loan_interest=car_loan_interest.deduction if car_loan_interest else 0.0,
        senior=senior.own + senior.of_spouse if senior else 0.0,
    )


def tips_part(facts: Household, adjusted_gross_income: Line, law: FederalLaw) -> SteppedPart | None:
    """Part II, No Tax on Tips (IRC 224); None where nothing is claimed."""
    return _stepped(facts.tips_deduction, adjusted_gross_income, law.tips_deduction, full_thousands)


def overtime_part(facts: Household, adjusted_gross_income: Line, law: FederalLaw) -> SteppedPart | None:
    """Part III, No Tax on Overtime (IRC 225); None where nothing is claimed."""
    return _stepped(facts.overtime_deduction, adjusted_gross_income, law.overtime_deduction, full_thousands)


def car_loan_interest_part(facts: Household, adjusted_gross_income: Line, law: FederalLaw) -> SteppedPart | None:
    """Part IV, No Tax on Car Loan Interest (IRC 163(h)(4)); None where nothing is claimed."""
    return _stepped(facts.car_loan_interest, adjusted_gross_income, law.car_loan_interest_deduction, begun_thousands)


def senior_part(facts: Household, adjusted_gross_income: Line, law: FederalLaw) -> SeniorPart | None:
    """Part V, Enhanced Deduction for Seniors (IRC 151(d)(5)(C)); None for a separate filer."""
    senior = law.senior_deduction
    if senior is None or senior.amount == 0.0:
        return None
    line_33 = zero_or_more(adjusted_gross_income - senior.phase_out_start)
    line_34 = senior.phase_out_rate * line_33
    line_35 = zero_or_more(senior.amount - line_34)
    return SeniorPart(
        senior.phase_out_start,
        line_33,
        line_34,
        line_35,
        choose(facts.age >= 65.0, line_35, 0.0),
        choose(facts.spouse_age >= 65.0, line_35, 0.0),
    )


def _stepped(
    claimed: Line, adjusted_gross_income: Line, law: SteppedDeduction | None, counted: Callable[[Line], Line]
) -> SteppedPart | None:
    """A part whose steps of $1,000 are ``counted`` whole, or with a part of a step as a step; None where blank."""
    if law is None or is_blank(claimed):
        return None
    limited = smaller_of(claimed, law.limit)
    excess = zero_or_more(adjusted_gross_income - law.phase_out_start)
    steps = counted(smaller_of(excess, 1_000.0 * law.limit / law.step))  # beyond it nothing is left
    return SteppedPart(claimed, limited, excess, zero_or_more(limited - law.step * steps), law, counted)


def _claims(facts: Household) -> Line:
    return facts.tips_deduction + facts.overtime_deduction + facts.car_loan_interest


def _outside_its_years(facts: Household) -> Any:
    claims = _claims(facts)
    if is_blank(claims):
        return False
    law = federal_law(facts.year, facts.status, facts.law_book)
    return claims > 0.0 if law.tips_deduction is None else False


def _separate(facts: Household) -> Any:
    return facts.tips_deduction + facts.overtime_deduction > 0.0 if facts.status == "mfs" else False


REFUSALS: Final = (
    Refusal(
        _outside_its_years,
        "Tips, overtime and car loan interest are deducted in 2025 to 2028 only; leave them blank for another year.",
    ),
    Refusal(
        _separate,
        "Tips deduction, Overtime deduction: a separate filer has neither (IRC 224, 225); leave them blank.",
    ),
)
