"""What stands on each line of a printed form, by the names that the TOML files of this folder give the lines.

The figures are the forms' own results. A line that is missing here stays blank, as on the paper: nothing that xl-amt
holds belongs on it, or the form says to skip it.
"""

from __future__ import annotations

from dataclasses import replace

from xl_amt.arithmetic.lines import Line, larger_of, zero_or_more
from xl_amt.forms.us import form_1040 as regular_form
from xl_amt.forms.us import schedule_1_a as part_of
from xl_amt.forms.us.form_6251 import MinimumTaxBase, PartIII, part_i, part_iii
from xl_amt.forms.us.form_8801 import exclusion_base
from xl_amt.forms.us.qualified_dividends_worksheet import qualified_dividends_worksheet
from xl_amt.forms.us.schedule_a import schedule_a
from xl_amt.forms.us.schedule_d import ScheduleD, amt_schedule_d
from xl_amt.forms.us.total_tax import TaxReturn

Amounts = dict[str, Line]


def form_1040(tax_return: TaxReturn, iso_spread: Line) -> Amounts:
    """Form 1040, to the total tax."""
    facts, regular, total = tax_return.facts, tax_return.regular, tax_return.total_tax(iso_spread)
    deductions = regular.deductions
    other_income = facts.other_income + facts.rental_and_passive_income + facts.business_income + facts.state_tax_refund
    schedule_3 = total.foreign_tax_credit + total.other_nonrefundable_credits + total.minimum_tax_credit.credit_used
    tax_with_schedule_2 = total.regular_tax + total.alternative_minimum_tax
    credits_ = total.child_tax_credit + schedule_3
    total_adjustments = facts.adjustments_to_income
    if tax_return.law.year == 2020:
        total_adjustments = total_adjustments + deductions.gifts_without_itemizing
    return {
        "wages": facts.wages,
        "total_wages": facts.wages,
        "interest": facts.interest,
        "qualified_dividends": facts.qualified_dividends,
        "ordinary_dividends": facts.ordinary_dividends,
        "gain_or_loss": regular.schedule_d.gain_or_loss,
        "other_income": other_income,
        "gain_and_other_income": regular.schedule_d.gain_or_loss + other_income,
        "total_income": regular.adjusted_gross_income + total_adjustments,
        "adjustments": facts.adjustments_to_income,
        "gifts_without_itemizing": deductions.gifts_without_itemizing,
        "total_adjustments": total_adjustments,
        "adjusted_gross_income": regular.adjusted_gross_income,
        "income_before_deductions": regular.adjusted_gross_income,
        "deduction": deductions.taken,
        "deduction_and_gifts": deductions.taken + deductions.gifts_without_itemizing,
        "qualified_business_income_deduction": facts.qualified_business_income_deduction,
        "additional_deductions": regular.schedule_1_a.total,
        "total_deductions": _total_deductions(tax_return),
        "taxable_income": regular.taxable_income,
        "tax": regular.tax,
        "schedule_2": total.alternative_minimum_tax,
        "tax_with_schedule_2": tax_with_schedule_2,
        "child_tax_credit": total.child_tax_credit,
        "schedule_3": schedule_3,
        "credits": credits_,
        "tax_less_credits": tax_with_schedule_2 - credits_,
        "other_taxes": total.net_investment_income_tax + total.additional_medicare_tax,
        "total_tax": total.total,
    }


def form_6251(tax_return: TaxReturn, iso_spread: Line) -> Amounts:
    """Form 6251; Part III only where it is to be completed."""
    base, form = tax_return.base, tax_return.form_6251(iso_spread)
    items = part_i(tax_return.facts, tax_return.regular, tax_return.law)
    amounts = items._asdict() | form._asdict()
    amounts["iso_spread"] = iso_spread
    amounts["deductions_without_senior"] = _total_deductions(tax_return) - tax_return.regular.schedule_1_a.senior
    if form.income_above_exemption > 0.0 and base.preferential_income > 0.0:
        amounts |= _part_iii(tax_return, base, part_iii(form.income_above_exemption, base, tax_return.law))
    return amounts


def form_8801_part_i(tax_return: TaxReturn, iso_spread: Line) -> Amounts:
    """Form 8801 lines 1 to 18, and Part III, of next year, on this year's facts."""
    earned, law = tax_return.credit_earned(iso_spread), tax_return.law
    after_line_15 = {
        "net_minimum_tax_on_exclusion_items": earned.net_minimum_tax_on_exclusion_items,
        "alternative_minimum_tax": earned.alternative_minimum_tax,
        "net_minimum_tax_again": earned.net_minimum_tax_on_exclusion_items,
        "credit_earned": earned.credit_earned,
    }
    amounts = {
        "income_less_deductions": earned.income_less_deductions,
        "exclusion_items": earned.exclusion_items,
        "exclusion_income": zero_or_more(earned.exclusion_income),
        **after_line_15,
    }
    if earned.exclusion_income <= 0.0:
        return amounts
    amounts |= {
        "whole_exemption": law.exemption,
        "phase_out_start": law.phase_out_start,
        "above_phase_out_start": earned.above_phase_out_start,
        "phase_out": earned.phase_out,
        "exemption": earned.exemption,
        "income_above_exemption": earned.income_above_exemption,
    }
    if earned.income_above_exemption == 0.0:
        return amounts
    amounts |= earned._asdict()
    base = exclusion_base(tax_return.base, tax_return.regular)
    if base.preferential_income > 0.0:
        amounts |= _part_iii(tax_return, base, part_iii(earned.income_above_exemption, base, law))
    return amounts


def form_8801_part_ii(tax_return: TaxReturn, iso_spread: Line) -> Amounts:
    """Form 8801 lines 21 to 26 of this year; without a credit, the form stops at line 21."""
    used = tax_return.total_tax(iso_spread).minimum_tax_credit
    return used._asdict() if used.credit_available > 0.0 else {"credit_available": used.credit_available}


def worksheet(tax_return: TaxReturn, iso_spread: Line) -> Amounts:
    """The Qualified Dividends and Capital Gain Tax Worksheet, where there is such income."""
    del iso_spread
    regular = tax_return.regular
    if regular.preferential_income == 0.0:
        return {}
    lines = qualified_dividends_worksheet(regular.taxable_income, regular.preferential_income, tax_return.law)
    return lines._asdict() | {
        "qualified_dividends": tax_return.facts.qualified_dividends,
        "net_capital_gain": regular.schedule_d.net_capital_gain,
        "dividends_and_gain": regular.preferential_income,
        "zero_rate_top": tax_return.law.zero_rate_top,
        "taxed_at_zero_again": lines.taxed_at_zero,
        "middle_rate_top": tax_return.law.middle_rate_top,
    }


def schedule_a_as_filed(tax_return: TaxReturn, iso_spread: Line) -> Amounts:
    """Schedule A, as it is or would be filed."""
    del iso_spread
    facts, law = tax_return.facts, tax_return.law
    itemizing = regular_form.form_1040(replace(facts, deduction="itemized"), law)
    adjusted_gross_income = zero_or_more(itemizing.adjusted_gross_income)
    schedule = schedule_a(facts, adjusted_gross_income, law)
    amounts = schedule._asdict() | {
        "medical_expenses": facts.medical_expenses,
        "adjusted_gross_income": adjusted_gross_income,
        "state_income_tax": facts.state_income_tax,
        "real_estate_tax": facts.real_estate_tax,
        "personal_property_tax": facts.personal_property_tax,
        "limited_state_and_local_taxes": schedule.taxes,
        "mortgage_interest": facts.mortgage_interest,
        "total_mortgage_interest": facts.mortgage_interest,
        "investment_interest": facts.investment_interest,
        "total": itemizing.deductions.taken,
    }
    if law.year >= 2026:  # the limits are figured after lines 11 and 12, on a worksheet
        amounts |= {"cash_gifts": facts.cash_gifts, "property_gifts": facts.property_gifts}
    return amounts


def schedule_d(tax_return: TaxReturn, iso_spread: Line) -> Amounts:
    """Schedule D, for the regular tax."""
    del iso_spread
    return _schedule_d(tax_return.regular.schedule_d)


def schedule_d_for_amt(tax_return: TaxReturn, iso_spread: Line) -> Amounts:
    """Schedule D, refigured for the AMT."""
    del iso_spread
    return _schedule_d(amt_schedule_d(tax_return.facts, tax_return.law))


def schedule_1_a(tax_return: TaxReturn, iso_spread: Line) -> Amounts:
    """Schedule 1-A; a part that is not claimed stays blank."""
    del iso_spread
    facts, law, regular = tax_return.facts, tax_return.law, tax_return.regular
    income = regular.adjusted_gross_income
    amounts: Amounts = {
        "adjusted_gross_income": income,
        "modified_adjusted_gross_income": income,
        "total": regular.schedule_1_a.total,
    }
    stepped = {
        "tips": part_of.tips_part(facts, income, law),
        "overtime": part_of.overtime_part(facts, income, law),
        "car_loan_interest": part_of.car_loan_interest_part(facts, income, law),
    }
    for name, part in stepped.items():
        if part is not None:
            amounts |= _stepped_part(name, part, income)
    senior = part_of.senior_part(facts, income, law)
    if senior is not None and larger_of(facts.age, facts.spouse_age) >= 65.0:
        amounts |= {
            "senior_income": income,
            "senior_phase_out_start": senior.phase_out_start,
            "senior_excess": senior.excess,
            "each_senior": senior.each,
            "senior_own": senior.own,
            "senior_of_spouse": senior.of_spouse,
            "senior": regular.schedule_1_a.senior,
        }
        if senior.excess > 0.0:
            amounts["senior_reduction"] = senior.reduction
    return amounts


def _stepped_part(name: str, part: part_of.SteppedPart, income: Line) -> Amounts:
    """Part II, III or IV of Schedule 1-A; below the start of the phase-out, two of its lines are skipped."""
    amounts = {
        f"{name}_claimed": part.claimed,
        f"{name}_of_an_employee": part.claimed,
        f"{name}_total": part.claimed,
        f"{name}_limited": part.limited,
        f"{name}_income": income,
        f"{name}_phase_out_start": part.law.phase_out_start,
        f"{name}_excess": part.excess,
        name: part.deduction,
    }
    if part.excess > 0.0:
        amounts |= {f"{name}_steps": part.steps, f"{name}_reduction": part.reduction}
    return amounts


def _total_deductions(tax_return: TaxReturn) -> Line:
    """Form 1040 line 14; in 2020 gifts in addition to the standard deduction were an adjustment to income."""
    deductions = tax_return.regular.deductions
    total = (
        deductions.taken + tax_return.facts.qualified_business_income_deduction + tax_return.regular.schedule_1_a.total
    )
    return total if tax_return.law.year == 2020 else total + deductions.gifts_without_itemizing


def _part_iii(tax_return: TaxReturn, base: MinimumTaxBase, part: PartIII) -> Amounts:
    """Part III of Form 6251, or of Form 8801."""
    ordinary_part = tax_return.regular.ordinary_part
    return part._asdict() | {
        "part_iii_income_above_exemption": part.income_above_exemption,
        "preferential_income_and_line_14": part.preferential_income,
        "taxed_at_gains_rates": part.taxed_preferential_income,
        "zero_rate_top": tax_return.law.zero_rate_top,
        "regular_ordinary_part": ordinary_part,
        "middle_rate_top": tax_return.law.middle_rate_top,
        "zero_rate_room_again": base.zero_rate_room,
        "regular_ordinary_part_again": ordinary_part,
        "below_middle_rate": base.zero_rate_room + ordinary_part,
        "part_iii_tax": part.tax,
    }


def _schedule_d(schedule: ScheduleD) -> Amounts:
    amounts = schedule._asdict() | {
        "short_term_carryover": -schedule.short_term_carryover,
        "long_term_carryover": -schedule.long_term_carryover,
    }
    if schedule.net_gain_or_loss < 0.0:
        amounts["loss"] = schedule.gain_or_loss
    return amounts
