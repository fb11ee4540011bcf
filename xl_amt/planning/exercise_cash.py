"""The cash that a planned exercise takes in all, and when: strike, tax withheld, estimated tax, and the balance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from xl_amt.arithmetic.lines import of_one
from xl_amt.equity.portfolio import Exercise, Portfolio
from xl_amt.errors import ArgumentError
from xl_amt.household import Household
from xl_amt.law import Jurisdiction, estimated_tax_law
from xl_amt.planning.estimated_tax import (
    CashNeeded,
    ExerciseCost,
    LastYear,
    Payment,
    PaymentDue,
    ThisYear,
    cash_needed,
    remaining_payments,
)
from xl_amt.planning.state_years import StateFacts, StateYear
from xl_amt.planning.years import EquityYear, years


class Withholding(NamedTuple):
    """Income tax withheld over the whole year without the exercise, and on the wages of NSOs at it, in dollars.

    Social security and Medicare tax on those wages pays no income tax: it is one of the ``others``.
    """

    of_the_year: float = 0.0
    at_exercise: float = 0.0


_NOTHING_WITHHELD: Final = Withholding()


class StatePayments(NamedTuple):
    """A state whose taxes follow from its forms: its own facts of the year, and what is known of its payments.

    ``facts`` hold one year; ``last_year`` and ``withholding`` are the state's, ``paid`` what was paid to it.
    """

    facts: StateFacts
    last_year: LastYear
    withholding: Withholding = _NOTHING_WITHHELD
    paid: Sequence[Payment] = ()


def cash_of_exercise(
    portfolio: Portfolio,
    facts: Household,
    exercise: Exercise,
    last_year: LastYear,
    today: date,
    *,
    withholding: Withholding = _NOTHING_WITHHELD,
    paid: Sequence[Payment] = (),
    states: Sequence[StatePayments] = (),
    others: Sequence[PaymentDue] = (),
) -> CashNeeded:
    """Every payment without and with an exercise that the portfolio does not hold yet, in order of its date.

    ``facts`` hold the rest of the exercise's year, and the federal tax follows from the forms, as does that of each of
    the ``states``; ``others`` are payments that the advisor knows. Schedule A takes the state income tax of the facts.
    ArgumentError where the facts are of another year, or the exercise cannot be made.

    >>> from xl_amt.equity.grants import Grant
    >>> portfolio = Portfolio((Grant("ES-1", "ISO", date(2024, 1, 15), 2.0, 10_000, fmv_at_grant=2.0),))
    >>> cash = cash_of_exercise(
    ...     portfolio, Household(2026, "single", 250_000.0), Exercise("ES-1", date(2026, 10, 15), 10_000, fmv=32.0),
    ...     LastYear(51_000, 240_000), date(2026, 8, 3), withholding=Withholding(of_the_year=50_000),
    ... )
    >>> for row in cash.rows:
    ...     print(row.day, f"{row.what:<27}{row.added:>9,.0f}")
    2026-09-15 US estimated tax, 3 of 4       4,575
    2026-10-15 Strike                        20,000
    2027-01-15 US estimated tax, 4 of 4       1,525
    2027-04-15 US balance with the return    73,478
    """
    if exercise.day.year != facts.year:
        raise ArgumentError(
            f"{exercise.grant}: the exercise of {exercise.day} is not in {facts.year}, the year of the facts; enter "
            f"those of {exercise.day.year}."
        )
    this_year = portfolio.until(date(facts.year, 12, 31))
    figured, given = [state.facts for state in states], [facts.year]
    (without,) = years(this_year, [facts], figured, given)
    (with_it,) = years(replace(this_year, exercises=(*this_year.exercises, exercise)), [facts], figured, given)
    federal = remaining_payments(
        _this_year(without, withholding.of_the_year),
        _this_year(with_it, withholding.of_the_year + withholding.at_exercise),
        last_year,
        paid,
        today,
        estimated_tax_law(facts.year, facts.status, Jurisdiction("US", facts.law_book)),
    )
    of_states = [
        remaining_payments(
            _this_year(before, state.withholding.of_the_year),
            _this_year(after, state.withholding.of_the_year + state.withholding.at_exercise),
            state.last_year,
            state.paid,
            today,
            estimated_tax_law(facts.year, facts.status, Jurisdiction(state.facts.system.code, facts.law_book)),
        )
        for state, before, after in zip(states, without.states, with_it.states, strict=True)
    ]
    strike = with_it.amounts.strike_paid - without.amounts.strike_paid
    withheld = withholding.at_exercise + sum(state.withholding.at_exercise for state in states)
    return cash_needed(ExerciseCost(exercise.day, strike, withheld), [federal, *of_states], others)


def _this_year(planned: EquityYear | StateYear, withholding: float) -> ThisYear:
    agi = of_one(planned.tax_return.regular.adjusted_gross_income)
    return ThisYear(of_one(planned.tax.total), withholding, agi)
