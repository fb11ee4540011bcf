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
    PaymentsLeft,
    ThisYear,
    cash_needed,
    remaining_payments,
)
from xl_amt.planning.years import EquityYear, years


class Withholding(NamedTuple):
    """Income tax withheld over the whole year without the exercise, and on the wages of NSOs at it, in dollars.

    Social security and Medicare tax on those wages pays no income tax: it is one of the ``others``.
    """

    of_the_year: float = 0.0
    at_exercise: float = 0.0


_NOTHING_WITHHELD: Final = Withholding()


def cash_of_exercise(
    portfolio: Portfolio,
    facts: Household,
    exercise: Exercise,
    last_year: LastYear,
    today: date,
    *,
    withholding: Withholding = _NOTHING_WITHHELD,
    paid: Sequence[Payment] = (),
    states: Sequence[PaymentsLeft] = (),
    others: Sequence[PaymentDue] = (),
) -> CashNeeded:
    """Every payment without and with an exercise that the portfolio does not hold yet, in order of its date.

    ``facts`` hold the rest of the exercise's year, and federal tax follows from the forms. States' taxes are not
    figured: ``states`` are schedules of `remaining_payments` by the advisor's own figures, ``others`` single payments.
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
            f"{exercise.grant}: the exercise of {exercise.day} is not in {facts.year}, the year of the facts; give "
            f"those of {exercise.day.year}."
        )
    this_year = portfolio.until(date(facts.year, 12, 31))
    (without,) = years(this_year, [facts])
    (with_it,) = years(replace(this_year, exercises=(*this_year.exercises, exercise)), [facts])
    law = estimated_tax_law(facts.year, facts.status, Jurisdiction("US", facts.law_book))
    federal = remaining_payments(
        _this_year(without, withholding.of_the_year),
        _this_year(with_it, withholding.of_the_year + withholding.at_exercise),
        last_year,
        paid,
        today,
        law,
    )
    strike = with_it.amounts.strike_paid - without.amounts.strike_paid
    return cash_needed(ExerciseCost(exercise.day, strike, withholding.at_exercise), [federal, *states], others)


def _this_year(planned: EquityYear, withholding: float) -> ThisYear:
    agi = of_one(planned.tax_return.regular.adjusted_gross_income)
    return ThisYear(of_one(planned.tax.total), withholding, agi)
