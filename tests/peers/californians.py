"""Californians for the audit: every status and the years that the peer holds, many of them at a kink of Schedule P."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from xl_amt.forms.ca.facts import CaliforniaFacts
from xl_amt.forms.ca.system import CALIFORNIA
from xl_amt.forms.ca.total_tax import CaliforniaReturn
from xl_amt.forms.tax_systems import tax_returns_of
from xl_amt.household import Household
from xl_amt.law import STATUSES, CaliforniaLaw, california_law
from xl_amt.planning.room import amt_room

Facts = dict[str, Any]
"""One household: fields of Household by name, those of CaliforniaFacts after ``ca_``, and ``iso_spread``."""

YEARS = range(2021, 2027)
SEED = 540

NOTHING: Facts = {
    "wages": 0.0,
    "interest": 0.0,
    "ordinary_dividends": 0.0,
    "qualified_dividends": 0.0,
    "short_term_gain": 0.0,
    "long_term_gain": 0.0,
    "state_tax_refund": 0.0,
    "medical_expenses": 0.0,
    "real_estate_tax": 0.0,
    "mortgage_interest": 0.0,
    "investment_interest": 0.0,
    "cash_gifts": 0.0,
    "age": 40.0,
    "spouse_age": 0.0,
    "blind": 0.0,
    "other_dependents": 0.0,
    "ca_income_adjustments": 0.0,  # interest of US bonds, which subtracts
    "ca_miscellaneous_deductions": 0.0,
    "iso_spread": 0.0,
}
"""Every fact that a Californian of the audit has, when nothing is said of it."""


def californian(year: int, status: str, **given: Any) -> Facts:
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
            for _ in range(each):
                yield _any_californian(chance, california_law(year, status))


def california_return(facts: Facts) -> CaliforniaReturn:
    """The California return of a household without its spread."""
    of_state = {name.removeprefix("ca_"): value for name, value in facts.items() if name.startswith("ca_")}
    federal = {name: value for name, value in facts.items() if not name.startswith("ca_") and name != "iso_spread"}
    (found,) = tax_returns_of(Household(**federal), [(CALIFORNIA, CaliforniaFacts(**of_state))])
    assert isinstance(found, CaliforniaReturn)
    return found


def our_figures(facts: Facts) -> dict[str, float]:
    """Our figures for a household, by the names that the peer's figures have."""
    found = california_return(facts)
    form, taxes = found.minimum_tax(facts["iso_spread"]), found.total_tax(facts["iso_spread"])
    figures: dict[str, Any] = {
        "ca_adjusted_gross_income": found.regular.adjusted_gross_income,
        "ca_taxable_income": found.regular.taxable_income,
        "ca_regular_tax": found.regular.tax,
        "ca_exemption_credits": taxes.exemption_credits.allowed,
        "ca_alternative_minimum_taxable_income": form.alternative_minimum_taxable_income,
        "ca_exemption": form.exemption,
        "ca_alternative_minimum_tax": form.alternative_minimum_tax,
        "ca_behavioral_health_services_tax": taxes.behavioral_health_services_tax,
    }
    return figures


def known_of(facts: Facts) -> dict[str, Any]:
    """What conditions and bounds may speak of: a household's facts, our figures, and what follows from them."""
    regular = california_return(facts).regular
    return (
        our_figures(facts)
        | facts
        | {
            "itemizes": regular.itemizes,
            "medical_deduction": regular.itemized_deductions.medical,
            "cut_of_itemized_deductions": regular.itemized_deductions.cut,
            "federal_adjusted_gross_income": regular.federal_income,
        }
    )


def _any_californian(chance: random.Random, law: CaliforniaLaw) -> Facts:
    def dollars(probability: float, middle: float) -> float:
        return float(round(chance.lognormvariate(middle, 1.2))) if chance.random() < probability else 0.0

    facts = californian(law.year, law.status, wages=float(round(chance.lognormvariate(12.3, 0.9))))
    facts["interest"] = dollars(0.6, 8)
    facts["ca_income_adjustments"] = -facts["interest"] if chance.random() < 0.1 else 0.0
    facts["qualified_dividends"] = dollars(0.4, 8.5)
    facts["ordinary_dividends"] = facts["qualified_dividends"] + dollars(0.3, 6.5)
    facts["long_term_gain"] = dollars(0.4, 11) * chance.choice((1.0, 1.0, 1.0, -1.0)) + 0.0
    facts["short_term_gain"] = dollars(0.2, 8.5) * chance.choice((1.0, -1.0)) + 0.0  # no negative zero
    facts["state_tax_refund"] = dollars(0.1, 7)
    facts["age"] = chance.choice((30.0, 40.0, 64.0, 65.0, 70.0))
    if law.status == "mfj":
        facts["spouse_age"] = chance.choice((30.0, 64.0, 65.0))
    facts["blind"] = float(chance.random() < 0.02)
    facts["other_dependents"] = chance.choice((0.0, 0.0, 1.0, 2.0))
    if chance.random() < 0.5:
        facts["real_estate_tax"] = dollars(0.9, 9.5)
        facts["mortgage_interest"] = dollars(0.9, 10)
        facts["cash_gifts"] = min(dollars(0.5, 8.5), float(round(0.3 * facts["wages"])))
        facts["medical_expenses"] = dollars(0.15, 10)
        facts["investment_interest"] = dollars(0.05, 8)
        facts["ca_miscellaneous_deductions"] = dollars(0.1, 9)
    facts["iso_spread"] = _spread(facts, chance)
    return facts


def _spread(facts: Facts, chance: random.Random) -> float:
    """No spread, any spread, the room itself, or a kink of Schedule P: a little below, at it, or above."""
    kind = chance.random()
    if kind < 0.2:
        return 0.0
    if kind < 0.5:
        return float(round(chance.lognormvariate(11.8, 1.2)))
    found = california_return(facts)
    spreads = [amt_room(found)] if kind < 0.7 else [kink for kink in found.kinks() if kink > 0.0]
    spread: Any = chance.choice(spreads or [0.0])
    return max(0.0, float(round(spread)) + chance.choice((-500.0, -1.0, 0.0, 1.0)))
