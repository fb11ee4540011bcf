"""Questions about one unknown amount, answered from the form as a function of it (see forms/piecewise.py)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final, NamedTuple

from xl_amt.arithmetic.piecewise import Piecewise
from xl_amt.forms.us.form_6251 import HALF_A_CENT
from xl_amt.forms.us.total_tax import Return, return_of

_A_CENT: Final = 0.01
DUST: Final = 1e-6  # dollars of AMT: binary dust on a flat stretch


class CurvePoint(NamedTuple):
    """One ISO spread on the curve, and the year's taxes at it, in dollars."""

    spread: float
    regular_tax: float
    tentative_minimum_tax: float
    alternative_minimum_tax: float


def curve(year: Return, most: float) -> list[CurvePoint]:
    """The taxes from no spread to the most, with a point at every kink: straight lines in between."""
    form = year.form_6251(Piecewise.unknown(most))
    spreads = sorted({*_kinks(form.tentative_minimum_tax), *_kinks(form.alternative_minimum_tax), most})
    exact = ((spread, year.form_6251(spread)) for spread in spreads)
    return [
        CurvePoint(spread, form.regular_tax, form.tentative_minimum_tax, form.alternative_minimum_tax)
        for spread, form in exact
    ]


def marginal_rate(year: Return, spread: float) -> float:
    """Total tax on the next dollar of spread, as a fraction: AMT, and minimum tax credit that it postpones."""
    total = year.total_tax(Piecewise.unknown(1.0) + spread).total
    return total.on(_A_CENT).slope if isinstance(total, Piecewise) else 0.0


def income_absorbing(year: Return, spread: float) -> float | None:
    """Least further ordinary income, such as a bonus, with which the spread owes no AMT; None where none does.

    Income in the 24 % bracket brings AMT nearer, income at 32 % and more drives it off, so the answer can lie far up;
    above ``most`` every further dollar is taxed at 37 % and at 28 %, and nothing turns any more.
    """
    if year.form_6251(spread).alternative_minimum_tax < HALF_A_CENT:
        return 0.0
    facts, base, law = year.facts, year.base, year.law
    most = 20.0 * (
        abs(base.income)
        + spread
        + base.preferential_income
        + base.foreign_tax_credit
        + facts.foreign_tax_credit
        + facts.wages
        + law.exemption_gone
        + law.ordinary_rates.starts[-1]
    )

    def excess(more: Any) -> Any:
        form = return_of(replace(facts, wages=facts.wages + more), law).form_6251(spread)
        return form.tentative_minimum_tax - form.regular_tax

    income = first_without(excess(Piecewise.unknown(most)))
    if income is not None and excess(income) >= HALF_A_CENT:
        income += _A_CENT  # on a step, such as the deduction's change, the stretch without AMT begins just above
    return income


def first_without(excess: Piecewise) -> float | None:
    """The first point without AMT, binary dust aside."""
    point = excess.first_at_most(0.0)
    return excess.first_at_most(DUST) if point is None else point


def _kinks(line: Piecewise | float) -> list[float]:
    return line.kinks if isinstance(line, Piecewise) else [0.0]
