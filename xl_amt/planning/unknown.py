"""Questions about one unknown amount, answered from the form as a function of it (see forms/piecewise.py)."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import Any, Final, NamedTuple

from xl_amt.forms.form_6251 import HALF_A_CENT
from xl_amt.forms.piecewise import Piecewise
from xl_amt.forms.total_tax import Return, return_of
from xl_amt.household import Household
from xl_amt.law import FederalLaw

_A_CENT: Final = 0.01
_NONE: Final = 1e-6  # dollars of AMT: binary dust on a flat stretch


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

    income = _first_without(excess(Piecewise.unknown(most)))
    if income is not None and excess(income) >= HALF_A_CENT:
        income += _A_CENT  # on a step, such as the deduction's change, the stretch without AMT begins just above
    return income


class Exercise(NamedTuple):
    """ISO shares exercised this year and their price in a sale of this year, in dollars per share."""

    shares: float
    strike: float
    fmv: float
    price: float


def shares_to_sell(year: Return, exercise: Exercise) -> float | None:
    """Fewest whole shares, sold this year, with which the rest of the exercise owes no AMT; None where none do.

    A share sold in the year of its exercise leaves Form 6251 line 2i; its spread, or the gain where the price is
    below the value at exercise, is wages (IRC 422(c)(2)), and the rest is short-term gain or loss.
    """
    facts, law = year.facts, year.law
    if _after_sale(facts, exercise, 0.0, law) < HALF_A_CENT:
        return 0.0
    excess = _after_sale(facts, exercise, Piecewise.unknown(exercise.shares), law, floored=False)
    sold = _first_without(excess)
    if sold is None:
        return None
    whole = float(ceil(sold - _NONE))
    while whole > 0.0 and _after_sale(facts, exercise, whole - 1.0, law) < HALF_A_CENT:
        whole -= 1.0
    while _after_sale(facts, exercise, whole, law) >= HALF_A_CENT:
        whole += 1.0
        if whole > exercise.shares:
            return None
    return whole


def _after_sale(
    facts: Household, exercise: Exercise, sold: float | Piecewise, law: FederalLaw, *, floored: bool = True
) -> Any:
    """AMT once some of the shares are sold, or tentative less regular tax where that is not to be floored."""
    wages = max(min(exercise.fmv, exercise.price) - exercise.strike, 0.0)
    gain = exercise.price - exercise.strike - wages
    amt_gain = facts.amt_short_term_gain
    after = replace(
        facts,
        wages=facts.wages + sold * wages,
        medicare_wages=facts.wages if facts.medicare_wages is None else facts.medicare_wages,
        short_term_gain=facts.short_term_gain + sold * gain,
        amt_short_term_gain=None if amt_gain is None else amt_gain + sold * gain,
    )
    spread = (exercise.shares - sold) * max(exercise.fmv - exercise.strike, 0.0)
    form = return_of(after, law).form_6251(spread)
    return form.alternative_minimum_tax if floored else form.tentative_minimum_tax - form.regular_tax


def _first_without(excess: Piecewise) -> float | None:
    """The first point without AMT, binary dust aside."""
    point = excess.first_at_most(0.0)
    return excess.first_at_most(_NONE) if point is None else point


def _kinks(line: Piecewise | float) -> list[float]:
    return line.kinks if isinstance(line, Piecewise) else [0.0]
