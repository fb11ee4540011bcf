"""The taxes of a year, by the forms: for a schedule's amounts, or for planes over whatever the schedule moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from xl_amt.arithmetic.lines import Line, given
from xl_amt.forms.minimum_tax import MinimumTax
from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.forms.us import carried
from xl_amt.forms.us.total_tax import tax_return_of
from xl_amt.household import Household
from xl_amt.planning.plan.amounts import MEDICARE, SPREAD
from xl_amt.planning.plan.question import PlanQuestion, PlanYear

ALL_CREDIT: Final = 1e12  # dollars: with so much of it waiting, what is used is the most that can be

_WAGES: Final = ("wages", "wages_already_taxed_by_amt", "short_term_gain", "long_term_gain")
_FOR_AMT: Final = {"amt_short_term_gain": "short_term_gain", "amt_long_term_gain": "long_term_gain"}
_SURTAXES: Final = {"NIIT": "net_investment_income_tax", "Medicare": "additional_medicare_tax"}  # the federal ones


class Levied(NamedTuple):
    """What one jurisdiction levies in one year, in dollars, of the taxes that the question counts."""

    regular_tax: Line
    tentative_minimum_tax: Line
    alternative_minimum_tax: Line
    surtaxes: Mapping[str, Line]
    taxes: Line  # all that is counted, before the minimum tax credit
    credit_used: Line
    credit_earned: Line
    credit_carried: Line


def levied(question: PlanQuestion, tax_return: MinimumTax, spread: Line) -> Levied:
    """The taxes of a return with an ISO spread, of which those that the question does not count are left out."""
    form = tax_return.minimum_tax(spread)
    everything = tax_return.total_tax(spread)
    credit = everything.minimum_tax_credit
    amt, used, earned = form.alternative_minimum_tax, credit.credit_used, tax_return.credit_earned(spread).credit_earned
    taxes = everything.total + used
    surtaxes = {
        name: line for name, field in _SURTAXES.items() if (line := getattr(everything, field, None)) is not None
    }
    if tax_return.jurisdiction == "US":
        without = [line for name, line in surtaxes.items() if name not in question.taxes]
        if "regular" not in question.taxes:
            counted = [line for name, line in surtaxes.items() if name in question.taxes]
            taxes = sum(counted, amt)
        else:
            taxes = taxes - sum(without, 0.0)
        if "AMT" not in question.taxes:
            taxes, used, earned = taxes - amt, used * 0.0, earned * 0.0
    return Levied(
        regular_tax=form.regular_tax,
        tentative_minimum_tax=form.tentative_minimum_tax,
        alternative_minimum_tax=amt,
        surtaxes=surtaxes,
        taxes=taxes,
        credit_used=used,
        credit_earned=earned,
        credit_carried=credit.credit_carried,
    )


def household_with(household: Household, facts: Mapping[str, Line]) -> Household:
    """The household with what the schedule adds to its facts; the ISO spread is next to them."""
    added: dict[str, Any] = {name: getattr(household, name) + facts[name] for name in _WAGES if name in facts}
    for name, regular in _FOR_AMT.items():
        if name in facts:
            added[name] = given(getattr(household, name), getattr(household, regular)) + facts[name]
    if "wages" in facts:
        added[MEDICARE] = given(household.medicare_wages, household.wages) + facts.get(MEDICARE, 0.0)
    return replace(household, **added) if added else household


class YearFacts(NamedTuple):
    """One year's facts with what the schedule adds: the household, each state's own facts, and the ISO spread."""

    year: PlanYear
    household: Household
    own_facts: Mapping[str, Any]  # by the code of the jurisdiction
    spread: Line


def return_of(facts: YearFacts, credits_in: Mapping[str, Line], code: str) -> MinimumTax:
    """The year's return in a jurisdiction, into which a minimum tax credit is carried."""
    household, own = facts.household, facts.own_facts.get(code)
    if code in credits_in:
        if code == "US":
            household = replace(household, minimum_tax_credit=credits_in[code])
        elif hasattr(own, "minimum_tax_credit"):
            own = replace(own, minimum_tax_credit=credits_in[code])  # type: ignore[type-var]
    system = TAX_SYSTEMS[code]
    if code == "US":
        return system.tax_return(tax_return_of(household), own)
    # gains that a state refigures apart move with those of the schedule
    return system.tax_return(tax_return_of(facts.year.household), own).with_facts(household)


def of_year(year: PlanYear) -> YearFacts:
    """A year's facts as the question gives them, without options."""
    return YearFacts(year, year.household, year.own_facts, year.spread_before)


def losses_carried(household: Household, spread: Line) -> dict[str, Any]:
    """The losses that the next year's household takes, for the regular tax and refigured for the AMT."""
    tax_return = tax_return_of(household)
    losses, of_amt = carried.losses_carried(tax_return), carried.amt_losses_carried(tax_return, spread)
    return {
        "short_term_loss_carryover": losses.short_term,
        "long_term_loss_carryover": losses.long_term,
        "amt_short_term_loss_carryover": of_amt.short_term,
        "amt_long_term_loss_carryover": of_amt.long_term,
    }


def after(before: YearFacts, year: PlanYear, codes: Sequence[str]) -> YearFacts:
    """The next year's facts with the capital losses that a year leaves, by each of these jurisdictions."""
    own_facts = dict(year.own_facts)
    for code in codes:
        if code != "US":
            left = TAX_SYSTEMS[code].carried(return_of(before, {}, code), before.spread)
            losses = {name: amount for name, amount in left.items() if name != "minimum_tax_credit"}
            own_facts[code] = replace(own_facts[code], **losses) if losses else own_facts[code]
    household = replace(year.household, **losses_carried(before.household, before.spread))
    return YearFacts(year, household, own_facts, year.spread_before)


def years_from(question: PlanQuestion, place: int, facts: Mapping[str, Line], codes: Sequence[str]) -> list[YearFacts]:
    """A year's facts with what the schedule adds; that of the exit is followed by those of recovery.

    A recovery year takes the capital losses of the year before; years before the exit have those of their own facts.
    """
    years = question.all_years
    spread = years[place].spread_before + facts.get(SPREAD, 0.0)
    made = [YearFacts(years[place], household_with(years[place].household, facts), years[place].own_facts, spread)]
    if question.exit and place == len(question.years) - 1:
        for year in years[place + 1 :]:
            made.append(after(made[-1], year, codes))
    return made
