"""What stands on each line of a printed form, by the names that the TOML files of this folder give the lines.

The figures are the forms' own results. A line that is missing here stays blank, as on the paper: nothing that xl-amt
holds belongs on it, or the form says to skip it.
"""

from __future__ import annotations

from xl_amt.arithmetic.lines import Line, smaller_of, zero_or_more
from xl_amt.forms.ca.schedule_d_540 import amt_schedule_d_540
from xl_amt.forms.ca.total_tax import CaliforniaReturn
from xl_amt.forms.us.schedule_a import schedule_a
from xl_amt.forms.us.schedule_d import ScheduleD

Amounts = dict[str, Line]


def form_540(tax_return: CaliforniaReturn, iso_spread: Line) -> Amounts:
    """Form 540, to the total tax."""
    regular, total = tax_return.regular, tax_return.total_tax(iso_spread)
    exemptions, minimum_tax_credit = total.exemption_credits, total.minimum_tax_credit
    adjustments = _adjustments(tax_return)
    tax_before_other_credits = minimum_tax_credit.regular_tax_less_credits
    credits_ = minimum_tax_credit.credit_used + total.other_credits
    return {
        "personal_exemption": exemptions.personal,
        "dependent_exemption": exemptions.dependent,
        "exemption_amount": exemptions.personal + exemptions.dependent,
        "federal_income": regular.federal_income,
        "subtractions": adjustments["subtractions"],
        "income_less_subtractions": regular.federal_income - adjustments["subtractions"],
        "additions": adjustments["additions"],
        "adjusted_gross_income": regular.adjusted_gross_income,
        "deduction": regular.deduction,
        "taxable_income": regular.taxable_income,
        "tax": regular.tax,
        "exemption_credits": exemptions.allowed,
        "tax_less_exemption_credits": tax_before_other_credits,
        "tax_before_other_credits": tax_before_other_credits,
        "minimum_tax_credit": minimum_tax_credit.credit_used,
        "other_credits": total.other_credits,
        "credits": credits_,
        "tax_less_credits": tax_before_other_credits - credits_,
        "alternative_minimum_tax": total.alternative_minimum_tax,
        "behavioral_health_services_tax": total.behavioral_health_services_tax,
        "total_tax": total.total,
    }


def schedule_ca_part_i(tax_return: CaliforniaReturn, iso_spread: Line) -> Amounts:
    """Schedule CA Part I: from federal to California income."""
    del iso_spread
    return _adjustments(tax_return)


def schedule_ca(tax_return: CaliforniaReturn, iso_spread: Line) -> Amounts:
    """Schedule CA Part II, as it is or would be completed; California's own deductions less the federal ones."""
    del iso_spread
    facts, own, law, regular = tax_return.facts, tax_return.own, tax_return.law, tax_return.regular
    income = zero_or_more(regular.federal_income)
    federal = schedule_a(facts, income, tax_return.federal.law)
    itemized = regular.itemized_deductions
    taxes_added = federal.state_and_local_taxes - federal.taxes
    gifts_added = zero_or_more(itemized.gifts - federal.gifts)
    gifts_subtracted = zero_or_more(federal.gifts - itemized.gifts)
    subtractions, additions = facts.state_income_tax + gifts_subtracted, taxes_added + gifts_added
    before_miscellaneous = federal.total - subtractions + additions
    return {
        "medical_expenses": facts.medical_expenses,
        "income_for_medical": income,
        "medical_floor": law.medical_floor * income,
        "medical": federal.medical,
        "state_income_tax": facts.state_income_tax,
        "state_income_tax_subtracted": facts.state_income_tax,
        "real_estate_tax": facts.real_estate_tax,
        "personal_property_tax": facts.personal_property_tax,
        "state_and_local_taxes": federal.state_and_local_taxes,
        "limited_taxes": federal.taxes,
        "limited_taxes_subtracted": facts.state_income_tax,
        "limited_taxes_added": taxes_added,
        "federal_taxes": federal.taxes,
        "taxes_subtracted": facts.state_income_tax,
        "taxes_added": taxes_added,
        "mortgage_interest": facts.mortgage_interest,
        "all_mortgage_interest": facts.mortgage_interest,
        "investment_interest": facts.investment_interest,
        "interest": federal.interest,
        "federal_gifts": federal.gifts,
        "gifts_subtracted": gifts_subtracted,
        "gifts_added": gifts_added,
        "other": federal.other,
        "federal_total": federal.total,
        "subtractions": subtractions,
        "additions": additions,
        "total_before_miscellaneous": before_miscellaneous,
        "miscellaneous_expenses": own.miscellaneous_deductions,
        "all_miscellaneous_expenses": own.miscellaneous_deductions,
        "income_for_miscellaneous": income,
        "miscellaneous_floor": law.miscellaneous_deductions_floor * income,
        "miscellaneous": itemized.miscellaneous,
        "total_before_adjustments": before_miscellaneous + itemized.miscellaneous,
        "adjustments": itemized.adjustments,
        "total": itemized.total,
        "allowed": itemized.allowed,
        "deduction": regular.deduction,
    }


def schedule_d_540(tax_return: CaliforniaReturn, iso_spread: Line) -> Amounts:
    """Schedule D (540): California's gains and carryovers along with the federal result."""
    del iso_spread
    adjustments = _adjustments(tax_return)
    return _schedule_d(tax_return.regular.schedule_d) | {
        name: adjustments[name] for name in ("federal_gain_or_loss", "gain_subtracted", "gain_added")
    }


def schedule_d_540_for_amt(tax_return: CaliforniaReturn, iso_spread: Line) -> Amounts:
    """Schedule D (540), refigured for Schedule P line 9."""
    del iso_spread
    return _schedule_d(amt_schedule_d_540(tax_return.facts, tax_return.own, tax_return.law))


def schedule_p(tax_return: CaliforniaReturn, iso_spread: Line) -> Amounts:
    """Schedule P, Parts I and II."""
    items = tax_return.part_i
    adjustments = items.exclusion_items + items.gain_or_loss + items.other_deferral_items + iso_spread
    return (
        items._asdict()
        | tax_return.minimum_tax(iso_spread)._asdict()
        | {
            "iso_spread": iso_spread,
            "adjustments_and_preferences": adjustments,
            "income_before_losses": adjustments + items.income,
        }
    )


def schedule_p_part_iii(tax_return: CaliforniaReturn, iso_spread: Line) -> Amounts:
    """Schedule P Part III: the limit on the credit for prior year AMT, and the tax that it leaves to Section B."""
    used = tax_return.total_tax(iso_spread).minimum_tax_credit
    return used._asdict() | {
        "credit_available": zero_or_more(used.credit_available),
        "excess_left": used.most_usable - used.credit_used,
        "tax_left": used.regular_tax_less_credits - used.credit_used,
    }


def form_3510(tax_return: CaliforniaReturn, iso_spread: Line) -> Amounts:
    """FTB 3510 Part I Section A and Part II of next year, on this year's facts."""
    earned, law = tax_return.credit_earned(iso_spread), tax_return.law
    carried = tax_return.total_tax(iso_spread).minimum_tax_credit.credit_carried
    amounts = {
        "income": earned.income,
        "exclusion_items": earned.exclusion_items,
        "exclusion_income": zero_or_more(earned.exclusion_income),
        "minimum_tax_on_exclusion_items": earned.minimum_tax_on_exclusion_items,
        "alternative_minimum_tax": earned.alternative_minimum_tax,
        "minimum_tax_on_exclusion_items_again": earned.minimum_tax_on_exclusion_items,
        "credit_earned": earned.credit_earned,
        "credit_carried": carried,
        "credit_available": earned.credit_earned + carried,
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
    if earned.income_above_exemption > 0.0:
        amounts |= {"tentative_minimum_tax": earned.tentative_minimum_tax, "regular_tax": earned.regular_tax}
    return amounts


def _adjustments(tax_return: CaliforniaReturn) -> Amounts:
    """Schedule CA Part I: what is subtracted from federal income, and what is added to it."""
    facts, federal, regular = tax_return.facts, tax_return.federal.regular, tax_return.regular
    gain_added = regular.schedule_d.gain_or_loss - federal.schedule_d.gain_or_loss
    other = tax_return.own.income_adjustments
    if tax_return.law.year == 2020:  # an adjustment to federal income in that year alone
        other = other + federal.deductions.gifts_without_itemizing
    gain_subtracted = zero_or_more(-gain_added)
    return {
        "federal_gain_or_loss": federal.schedule_d.gain_or_loss,
        "gain_subtracted": gain_subtracted,
        "gain_added": zero_or_more(gain_added),
        "federal_tax_refund": facts.state_tax_refund,
        "tax_refund_subtracted": facts.state_tax_refund,
        "other_subtracted": zero_or_more(-other),
        "other_added": zero_or_more(other),
        "federal_income": regular.federal_income,
        "subtractions": gain_subtracted + facts.state_tax_refund + zero_or_more(-other),
        "additions": zero_or_more(gain_added) + zero_or_more(other),
    }


def _schedule_d(schedule: ScheduleD) -> Amounts:
    """Gains and losses of each term netted, losses below zero."""
    losses = smaller_of(schedule.short_term, 0.0) + smaller_of(schedule.long_term, 0.0)
    gains = zero_or_more(schedule.short_term) + zero_or_more(schedule.long_term)
    carryover = -schedule.short_term_carryover - schedule.long_term_carryover
    amounts = {
        "losses": losses,
        "gains": gains,
        "all_gains": gains,
        "all_losses": losses,
        "carryover": carryover,
        "losses_and_carryover": losses + carryover,
        "net_gain_or_loss": schedule.net_gain_or_loss,
        "gain_or_loss": schedule.gain_or_loss,
    }
    if schedule.net_gain_or_loss < 0.0:
        amounts["loss"] = schedule.gain_or_loss
    return amounts
