"""Households for the audit: every status and year, with facts that the peers can take, many of them at a kink."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

from xl_amt.forms.us import REFUSALS
from xl_amt.forms.us.form_6251 import kinks
from xl_amt.forms.us.total_tax import TaxReturn, return_of
from xl_amt.household import Household
from xl_amt.law import STATUSES, FederalLaw, federal_law
from xl_amt.planning.room import amt_room

Facts = dict[str, Any]
"""One household: fields of Household by name, and ``iso_spread``."""

YEARS = range(2018, 2027)
SEED = 6251

NOTHING: Facts = {
    "wages": 0.0,
    "interest": 0.0,
    "ordinary_dividends": 0.0,
    "qualified_dividends": 0.0,
    "short_term_gain": 0.0,
    "long_term_gain": 0.0,
    "state_tax_refund": 0.0,
    "tips_deduction": 0.0,
    "overtime_deduction": 0.0,
    "car_loan_interest": 0.0,
    "deduction": "standard",
    "spouse_itemizes": False,
    "medical_expenses": 0.0,
    "state_income_tax": 0.0,
    "real_estate_tax": 0.0,
    "mortgage_interest": 0.0,
    "cash_gifts": 0.0,
    "property_gifts": 0.0,
    "age": 40.0,
    "spouse_age": 0.0,
    "blind": 0.0,
    "children_under_17": 0.0,
    "other_dependents": 0.0,
    "foreign_tax_credit": 0.0,
    "private_activity_bond_interest": 0.0,
    "iso_spread": 0.0,
}
"""Every fact that a household of the audit has, when nothing is said of it."""


def household(year: int, status: str, **given: Any) -> Facts:
    """A household with these facts and nothing else."""
    unknown = given.keys() - NOTHING.keys()
    if unknown:
        raise ValueError(f"no fact of the audit: {', '.join(sorted(unknown))}")
    return {"year": year, "status": status} | NOTHING | given


def generated(each: int) -> Iterator[Facts]:
    """So many households of each year and status, the same ones every time."""
    for year in YEARS:
        for status in STATUSES:
            chance = random.Random(f"{SEED} {year} {status}")  # noqa: S311
            made = 0
            while made < each:
                facts = _any_household(chance, federal_law(year, status))
                if not any(refusal.applies(as_household(facts)) for refusal in REFUSALS):
                    made += 1
                    yield facts


def as_household(facts: Facts) -> Household:
    """The household without its spread, as the forms take it."""
    return Household(**{name: value for name, value in facts.items() if name != "iso_spread"})


def our_return(facts: Facts) -> TaxReturn:
    """The return of a household without its spread."""
    return return_of(as_household(facts), federal_law(facts["year"], facts["status"]))


def _any_household(chance: random.Random, law: FederalLaw) -> Facts:
    dollars = _amounts(chance)
    facts = household(law.year, law.status, wages=float(round(chance.lognormvariate(12.3, 0.9))))
    facts["interest"] = dollars(0.6, 8)
    facts["qualified_dividends"] = dollars(0.4, 8.5)
    facts["ordinary_dividends"] = facts["qualified_dividends"] + dollars(0.3, 6.5)
    facts["long_term_gain"] = dollars(0.4, 11) * chance.choice((1.0, 1.0, 1.0, -1.0)) + 0.0
    facts["short_term_gain"] = dollars(0.2, 8.5) * chance.choice((1.0, -1.0)) + 0.0  # no negative zero
    facts["state_tax_refund"] = dollars(0.05, 7)
    facts["private_activity_bond_interest"] = dollars(0.05, 8)
    facts["foreign_tax_credit"] = dollars(0.05, 5)
    facts["age"] = chance.choice((30.0, 40.0, 50.0, 64.0, 65.0, 70.0))
    if law.status == "mfj":
        facts["spouse_age"] = chance.choice((30.0, 45.0, 64.0, 65.0, 72.0))
    facts["blind"] = float(chance.random() < 0.02)
    if law.year != 2021:  # the larger child tax credit of that year is not held
        facts["children_under_17"] = chance.choice((0.0, 0.0, 0.0, 1.0, 2.0, 3.0))
    facts["other_dependents"] = chance.choice((0.0, 0.0, 0.0, 0.0, 1.0))
    if law.tips_deduction is not None:
        facts["car_loan_interest"] = dollars(0.1, 8)
        if law.status != "mfs":
            facts["tips_deduction"] = dollars(0.1, 9)
            facts["overtime_deduction"] = dollars(0.1, 9)
    if chance.random() < 0.45 and facts["wages"] >= 20_000.0:  # below, both deductions come to no tax
        _itemize(facts, chance, law)
    elif chance.random() < 0.2:
        facts["cash_gifts"] = min(dollars(1.0, 6.5), 5_000.0)
    facts["spouse_itemizes"] = law.status == "mfs" and chance.random() < 0.1
    if chance.random() < 0.3:
        _move_to_a_kink_of_the_regular_tax(facts, chance, law)
    facts["iso_spread"] = _spread(facts, chance)
    return facts


def _amounts(chance: random.Random) -> Callable[[float, float], float]:
    """Whole dollars, present with a probability, with their logarithm spread about a middle."""

    def dollars(probability: float, middle: float) -> float:
        return float(round(chance.lognormvariate(middle, 1.2))) if chance.random() < probability else 0.0

    return dollars


def _itemize(facts: Facts, chance: random.Random, law: FederalLaw) -> None:
    """Deductions so far above the standard one that no peer would take the standard one instead."""
    dollars = _amounts(chance)
    facts["deduction"] = "itemized"
    above = law.standard_deduction + 3.0 * law.additional_standard_deduction + 2_000.0
    facts["mortgage_interest"] = above + dollars(0.8, 9)
    facts["state_income_tax"] = dollars(0.9, 9.8)
    facts["real_estate_tax"] = dollars(0.8, 9)
    facts["cash_gifts"] = min(dollars(0.5, 8.5), float(round(0.3 * facts["wages"])))  # within every limit
    facts["property_gifts"] = min(dollars(0.1, 8), float(round(0.1 * facts["wages"])))
    facts["medical_expenses"] = dollars(0.1, 9.5)


def _move_to_a_kink_of_the_regular_tax(facts: Facts, chance: random.Random, law: FederalLaw) -> None:
    """Wages that put taxable income, or adjusted gross income, at a bracket's end, a dollar below, or above."""
    if chance.random() < 0.6:
        at = our_return(facts).regular.income_less_deductions
        kink = chance.choice((*law.ordinary_rates.starts[1:], law.zero_rate_top, law.middle_rate_top))
    else:
        at = our_return(facts).regular.adjusted_gross_income
        kink = chance.choice(
            (
                law.child_tax_credit.phase_out_start,
                law.net_investment_income_tax.threshold,
                law.additional_medicare_tax.threshold,
                law.state_and_local_taxes.phase_down_start,
            )
        )
    wages = facts["wages"] + float(round(kink - at)) + chance.choice((-1.0, 0.0, 1.0))
    if wages >= (20_000.0 if facts["deduction"] == "itemized" else 0.0):
        facts["wages"] = wages


def _spread(facts: Facts, chance: random.Random) -> float:
    """No spread, any spread, the room itself, or a kink of Form 6251: a little below, at it, or above."""
    kind = chance.random()
    if kind < 0.2:
        return 0.0
    if kind < 0.6:
        return float(round(chance.lognormvariate(11.3, 1.2)))
    year = our_return(facts)
    if kind < 0.75:
        spread = amt_room(year)
    else:
        above = [kink for kink in kinks(year.base, year.law) if 0.0 < kink < 5_000_000.0]
        spread = chance.choice(above or [0.0])
    return max(0.0, float(round(spread)) + chance.choice((-500.0, -1.0, 0.0, 1.0)))
