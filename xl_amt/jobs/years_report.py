"""Each year of a client's record: taxes, credit and carryovers, one column per year."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from xl_amt.client import ClientRecord
from xl_amt.client.households import HouseholdsOfYears, households
from xl_amt.client.portfolios import doubts, portfolios
from xl_amt.equity.portfolio import Portfolio
from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.household import Household
from xl_amt.law import book_over, is_held
from xl_amt.planning.state_years import StateFacts, StateYear
from xl_amt.planning.years import EquityYear, years
from xl_amt.reading.household import read_jurisdiction

_NOTHING_HELD: Final = Portfolio(())


class YearsReport(NamedTuple):
    """The figures of each year, dollars by their names in the order of a table, and what to look at first."""

    figures: dict[int, dict[str, float | str]]
    notes: tuple[str, ...]


OF_THE_YEAR: Final[dict[str, Callable[[EquityYear], Any]]] = {
    "status": lambda one: one.household.status,
    "law": lambda one: law_standing(one.household, "US"),
    "income": lambda one: one.household.wages - one.amounts.wages - one.amounts.disqualifying_wages,
    "wages of options": lambda one: one.amounts.wages + one.amounts.disqualifying_wages,
    "ISO spread": lambda one: one.iso_spread,
    "strike paid": lambda one: one.amounts.strike_paid,
    "proceeds": lambda one: one.amounts.proceeds,
}
FEDERAL: Final[dict[str, Callable[[EquityYear], Any]]] = {
    "regular tax": lambda one: one.tax.regular_tax,
    "tentative minimum tax": lambda one: one.tax_return.form_6251(one.iso_spread).tentative_minimum_tax,
    "AMT": lambda one: one.tax.alternative_minimum_tax,
    "credit in": lambda one: one.tax.minimum_tax_credit.credit_available,
    "credit used": lambda one: one.tax.minimum_tax_credit.credit_used,
    "credit earned": lambda one: one.credit_earned,
    "credit out": lambda one: one.credit_carried,
    "total tax": lambda one: one.tax.total,
    "short-term loss carried": lambda one: one.losses_carried.short_term,
    "long-term loss carried": lambda one: one.losses_carried.long_term,
    "AMT short-term loss carried": lambda one: one.amt_losses_carried.short_term,
    "AMT long-term loss carried": lambda one: one.amt_losses_carried.long_term,
}
# Of a state; each name follows the state's code, as in "CA AMT".
OF_A_STATE: Final[dict[str, Callable[[StateYear], Any]]] = {
    "law": lambda one: law_standing(one.tax_return.facts, one.system.code),
    "regular tax": lambda one: one.tax_return.regular.tax,
    "tentative minimum tax": lambda one: one.tax_return.minimum_tax(one.iso_spread).tentative_minimum_tax,
    "AMT": lambda one: one.tax_return.minimum_tax(one.iso_spread).alternative_minimum_tax,
    "credit used": lambda one: one.tax.minimum_tax_credit.credit_used,
    "credit earned": lambda one: one.credit_earned,
    "credit out": lambda one: one.credit_carried,
    "total tax": lambda one: one.tax.total,
    "short-term loss carried": lambda one: one.carried.get("short_term_loss_carryover", 0.0),
    "long-term loss carried": lambda one: one.carried.get("long_term_loss_carryover", 0.0),
    "AMT short-term loss carried": lambda one: _amt_loss(one, "short_term_loss_carryover"),
    "AMT long-term loss carried": lambda one: _amt_loss(one, "long_term_loss_carryover"),
}


def law_standing(household: Household, code: str) -> str:
    """Whether the year's law is enacted, estimated or projected, or a plain rate stands for it."""
    if not TAX_SYSTEMS[code].has_minimum_tax:
        return "plain rate"
    basis = book_over(household.law_book, code).basis(household.year) if is_held(code) else None
    return "enacted" if basis is None else basis.standing


def _amt_loss(one: StateYear, field: str) -> Any:
    """What is carried for the minimum tax; that of the regular tax, where it is the same."""
    apart = one.carried.get(f"amt_{field}")
    return one.carried.get(field, 0.0) if apart is None else apart


def report_years(record: ClientRecord, *, planned: bool = True) -> YearsReport:
    """The returns of each year of a record, done and planned steps in it, carried from year to year.

    They are those of the jurisdictions that the record asks for; figures of a state begin with its code. AmtError says
    what of the record cannot be figured.
    """
    made = households(record)
    last_day = date(made.households[-1].year, 12, 31)
    held = portfolios(record, planned=planned)
    every = years_of(made, [portfolio.until(last_day) for portfolio in held])
    federal = FEDERAL if "US" in read_jurisdiction(record.client.jurisdiction, together=True).codes else {}
    figures = {one.household.year: _figures(one, federal) for one in every}
    asked = [remark.text for remark in doubts(record)]
    notes = [*made.notes, *_left_out(held, last_day), *asked, *every[-1].notes]
    return YearsReport(figures, tuple(dict.fromkeys(notes)))


def years_of(made: HouseholdsOfYears, held: Sequence[Portfolio]) -> list[EquityYear]:
    """The years of a record's households, with the states that are asked, on what is held."""
    states = [StateFacts(TAX_SYSTEMS[code], own) for code, own in made.own_facts.items()]
    return years(held or [_NOTHING_HELD], made.households, states, made.state_tax_given, made.spread_exercised)


def _figures(one: EquityYear, federal: Mapping[str, Callable[[EquityYear], Any]]) -> dict[str, float | str]:
    figures = {name: figure(one) for name, figure in (*OF_THE_YEAR.items(), *federal.items())}
    if one.states:
        figures["state income tax paid"] = one.household.state_income_tax
    for state in one.states:
        code = state.system.code
        figures |= {f"{code} {name}": figure(state) for name, figure in OF_A_STATE.items()}
    return figures


def _left_out(held: tuple[Portfolio, ...], last_day: date) -> list[str]:
    """A sentence on each step after the last year of the record."""
    return [
        f"{portfolio.name or 'The holding'}: the {what} of {step.day} is after {last_day.year}, the last year of the "
        "record, and in none of these years; add its [[year]]."
        for portfolio in held
        for what, steps in (("exercise", portfolio.exercises), ("sale", portfolio.sales))
        for step in steps
        if step.day > last_day
    ]
