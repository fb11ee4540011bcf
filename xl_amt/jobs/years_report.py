"""Each year of a client's record: taxes, credit and carryovers, one column a year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final, NamedTuple

from xl_amt.client import ClientRecord
from xl_amt.client.households import households
from xl_amt.client.portfolios import doubts, portfolios
from xl_amt.equity.portfolio import Portfolio
from xl_amt.law import law_book
from xl_amt.planning.years import EquityYear, years

_NOTHING_HELD: Final = Portfolio(())


class YearsReport(NamedTuple):
    """The figures of each year, dollars by their names in the order of a table, and what to look at first."""

    figures: dict[int, dict[str, float | str]]
    notes: tuple[str, ...]


def _standing(one: EquityYear) -> str:
    """Whether the year's law is enacted, estimated or projected."""
    basis = law_book(one.household.law_book).basis(one.household.year)
    return "enacted" if basis is None else basis.standing


WORDS: Final[dict[str, Callable[[EquityYear], str]]] = {
    "status": lambda one: one.household.status,
    "law": _standing,
}
AMOUNTS: Final[dict[str, Callable[[EquityYear], Any]]] = {
    "income": lambda one: one.household.wages - one.amounts.wages - one.amounts.disqualifying_wages,
    "wages of options": lambda one: one.amounts.wages + one.amounts.disqualifying_wages,
    "ISO spread": lambda one: one.iso_spread,
    "strike paid": lambda one: one.amounts.strike_paid,
    "proceeds": lambda one: one.amounts.proceeds,
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


def report_years(record: ClientRecord, *, planned: bool = True) -> YearsReport:
    """The federal return of each year of a record, done and planned steps in it, carried from year to year.

    AmtError says what of the record cannot be figured.
    """
    made = households(record)
    last_day = date(made.households[-1].year, 12, 31)
    held = portfolios(record, planned=planned)
    every = years([portfolio.until(last_day) for portfolio in held] or [_NOTHING_HELD], made.households)
    figures = {
        one.household.year: {name: figure(one) for name, figure in (*WORDS.items(), *AMOUNTS.items())} for one in every
    }
    asked = [remark.text for remark in doubts(record)]
    notes = [*made.notes, *_left_out(held, last_day), *asked, *every[-1].notes]
    return YearsReport(figures, tuple(dict.fromkeys(notes)))


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
