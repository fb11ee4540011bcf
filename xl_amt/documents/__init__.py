"""The documents of one year as the client receives them, compared with ours: Forms 3921, Form W-2, Forms 1099-B.

What will come, and why it differs from ours, is `reconcile`; what really came, and what of it nobody expected, is
`differences`.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from xl_amt.documents import form_1099b, form_3921, form_w2
from xl_amt.documents.form_1099b import Form1099B, SaleReconciled, sales_of
from xl_amt.documents.form_3921 import (
    Cause,
    ExerciseReconciled,
    Form3921,
    exercises_of,
    vested_without_form,
)
from xl_amt.documents.form_w2 import W2, WagesOfEquity, wages_of
from xl_amt.equity.history import follow
from xl_amt.equity.portfolio import Portfolio

__all__ = [
    "W2",
    "Cause",
    "ExerciseReconciled",
    "Form1099B",
    "Form3921",
    "Received",
    "Reconciliation",
    "SaleReconciled",
    "WagesOfEquity",
    "differences",
    "reconcile",
]


class Reconciliation(NamedTuple):
    """Every document of one year that equity makes, compared with ours."""

    year: int
    exercises: tuple[ExerciseReconciled, ...]
    vested_without_form: tuple[Cause, ...]
    wages: WagesOfEquity
    sales: tuple[SaleReconciled, ...]


class Received(NamedTuple):
    """The documents of one year that really came."""

    forms_3921: tuple[Form3921, ...] = ()
    w2: W2 | None = None
    forms_1099b: tuple[Form1099B, ...] = ()


def reconcile(portfolio: Portfolio, year: int) -> Reconciliation:
    """The documents of a year, as they should come, compared with ours.

    >>> from xl_amt.equity.grants import Grant
    >>> from xl_amt.equity.portfolio import Exercise
    >>> grant = Grant("ES-1", "ISO", date(2024, 1, 15), 0.0938, 32_000, fmv_at_grant=0.0938)
    >>> portfolio = Portfolio((grant,), (Exercise("ES-1", date(2026, 3, 1), 32_000, fmv=2.0),))
    >>> exercise = reconcile(portfolio, 2026).exercises[0]
    >>> exercise.form.exercise_price, round(exercise.form.spread), round(exercise.amt_income)
    (0.09, 61120, 60998)
    >>> exercise.causes[0].sentence
    'Box 3 shows 0.09, the strike rounded to cents; 0.0938 was paid.'
    """
    history = follow(portfolio, date(year, 12, 31))
    return Reconciliation(
        year=year,
        exercises=exercises_of(history, year),
        vested_without_form=vested_without_form(history, year),
        wages=wages_of(history, year),
        sales=sales_of(history, year),
    )


def differences(ours: Reconciliation, received: Received, other_pay: W2 | None = None) -> list[str]:
    """Each figure received that is not ours, in one sentence with both and the likely cause.

    ``other_pay`` is what the Form W-2 has in addition to equity. A Form W-2 that has not come is passed over.

    >>> from xl_amt.equity.grants import Grant
    >>> from xl_amt.equity.portfolio import Exercise
    >>> grant = Grant("ES-1", "NSO", date(2024, 1, 15), 2.0, 100)
    >>> ours = reconcile(Portfolio((grant,), (Exercise("ES-1", date(2026, 3, 1), 100, fmv=12.0),)), 2026)
    >>> differences(ours, Received(w2=W2(180_000.0, 181_000.0, 1_000.0)), other_pay=W2(180_000.0, 180_000.0))
    ['Form W-2: box 1 shows 0.00 of equity, ours is 1,000.00; it omits the wages from NSOs, so ask for a Form W-2c.']
    """
    found = list(form_3921.differences(ours.exercises, received.forms_3921))
    if received.w2:
        found += form_w2.differences(ours.wages, received.w2, other_pay or W2(), ours.year)
    return found + list(form_1099b.differences(ours.sales, received.forms_1099b))
