"""The answer in its JSON form, "xl-amt plan answer 1": every figure is what the forms give for the schedule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import isfinite
from typing import Any, Final

from xl_amt.arithmetic.lines import of_one
from xl_amt.planning.plan.amounts import amounts_of, blocks_of, holds_to_qualify, last_qualifying_exercise
from xl_amt.planning.plan.pricing import Priced, PricedYear, Pricer
from xl_amt.planning.plan.question import PlanQuestion, Schedule
from xl_amt.planning.plan.solving import Solution
from xl_amt.planning.plan.strategies import Strategy

FORMAT: Final = "xl-amt plan answer 1"
BAND: Final = (-0.30, -0.20, -0.10, 0.0, 0.10, 0.20, 0.30)  # of the value at exercise

QUALIFYING: Final = (
    "Assumes each earlier exercise is over one year, and each grant over two, before the sale; otherwise the spread is "
    "wages."
)
NOT_FIGURED: Final = "Section 1202 is not figured and may outweigh this answer; California has no exclusion."
CASH_DUE: Final = "AMT is mostly due with the return, by April 15 of the next year; nothing is withheld for it."
LEAST_TAX: Final = "Least tax is the least AMT of exercising everything; the tax when the shares are sold is not in it."
LAPSES: Final = "Shares that vest after the last year of the plan, or after a grant's last year, are not in it."


def answer_of(solution: Solution) -> dict[str, Any]:
    """The answer as a JSON object."""
    question, best = solution.question, solution.best
    return {
        "format": FORMAT,
        "aim": question.aim,
        "objective": cents(best.objective),
        "bound": cents(solution.bound) if isfinite(solution.bound) else None,  # none was found in time
        "proved": solution.proved,
        "gap": cents(abs(best.objective - solution.bound)) if isfinite(solution.bound) else None,
        "seconds": round(solution.seconds, 3),
        "schedule": schedule_by_year(question, best.schedule),
        "years": [_year(question, year) for year in best.years],
        "credit_left": _by_code(question, best.credit_left),
        "strategies": [_strategy(question, strategy) for strategy in solution.strategies],
        "value_band": value_band(question, best.schedule),
        "last_qualifying_exercise": {
            grant.label: day.isoformat()
            for grant in question.grants
            if question.exit and (day := last_qualifying_exercise(question, grant))
        },
        "assumptions": assumptions(question),
    }


def assumptions(question: PlanQuestion) -> list[str]:
    """What to know about every plan."""
    days_are_known = question.exit and question.exit.on and all(grant.granted for grant in question.grants)
    sold = [] if not question.exit or days_are_known else [QUALIFYING]
    return [*([LEAST_TAX] if question.all_must_be_exercised else sold), CASH_DUE, LAPSES, NOT_FIGURED]


def schedule_by_year(question: PlanQuestion, schedule: Schedule) -> dict[str, dict[str, int]]:
    """The shares of each grant by year."""
    years = [str(year.year) for year in question.exercise_years]
    return {
        grant.label: dict(zip(years, row, strict=True)) for grant, row in zip(question.grants, schedule, strict=True)
    }


def value_band(question: PlanQuestion, schedule: Schedule) -> list[dict[str, float]]:
    """The same schedule where the values at exercise turn out lower or higher by a part; the exit's price stays."""
    band = []
    for part in BAND:
        moved = _at_values(question, 1.0 + part)
        priced = Pricer(moved, amounts_of(moved)).price(schedule)
        band.append(
            {"value": part, "objective": cents(priced.objective), "amt": cents(sum(year.amt for year in priced.years))}
        )
    return band


def lost_if_value_halves(question: PlanQuestion, priced: Priced) -> float:
    """What the exercises cost more than the same ones would once every value is half, in dollars.

    It is the tax on value that is gone, and what of a strike is above half the value; some of the tax may come back as
    credit.
    """
    half = _at_values(question, 0.5)
    after = Pricer(half, amounts_of(half)).price(priced.schedule)
    lost = 0.0
    for place, (year, own, later) in enumerate(zip(half.exercise_years, priced.years, after.years, strict=False)):
        lost += own.taxes_added - later.taxes_added
        for grant, row in zip(question.grants, priced.schedule, strict=True):
            lost += row[place] * max(grant.strike - year.values[grant.company], 0.0)
    return lost


def _at_values(question: PlanQuestion, factor: float) -> PlanQuestion:
    """The question with every value at exercise multiplied; the price of the exit stays."""
    years = tuple(
        replace(year, values={company: factor * value for company, value in year.values.items()})
        for year in question.years
    )
    return replace(question, years=years)


def shares_long_term(question: PlanQuestion, schedule: Schedule) -> int:
    """Shares whose sale at the exit is a qualifying one, or a long-term one of an NSO."""
    if question.exit is None:
        return 0
    held = sum(schedule[block.grant][block.year] for block in blocks_of(question) if holds_to_qualify(question, block))
    return held + sum(lot.shares for lot in question.lots if lot.qualifying_from <= question.exit.year)


def cents(amount: Any) -> float:
    """An amount to the cent, without a negative zero."""
    return round(float(of_one(amount)), 2) + 0.0


def _strategy(question: PlanQuestion, strategy: Strategy) -> dict[str, Any]:
    priced = strategy.priced
    buying = priced.years[: len(question.exercise_years)]
    return {
        "name": strategy.name,
        "objective": cents(priced.objective),
        "feasible": strategy.feasible,
        "why_not": "; ".join((*strategy.why_not, *priced.broken)),
        "schedule": schedule_by_year(question, priced.schedule),
        "tax_now": cents(priced.years[0].taxes_added),
        "tax_in_all": cents(sum(year.taxes_added - year.credit_used for year in priced.years)),
        "amt_in_all": cents(sum(year.amt for year in priced.years)),
        "credit_left": _by_code(question, priced.credit_left),
        "cash": cents(sum(year.cash for year in buying)),
        "shares_long_term": shares_long_term(question, priced.schedule),
        "proceeds": cents(sum(year.proceeds for year in priced.years)),
        "lost_if_value_halves": cents(lost_if_value_halves(question, priced)),
    }


def _year(question: PlanQuestion, year: PricedYear) -> dict[str, Any]:
    own = year.levied
    figures: dict[str, Any] = {
        "year": year.year,
        "spread": cents(year.spread),
        "strike_paid": cents(year.strike_paid),
        "wages": cents(year.wages),
        "proceeds": cents(year.proceeds),
    }
    for name, field in (
        ("regular_tax", "regular_tax"),
        ("tentative_minimum_tax", "tentative_minimum_tax"),
        ("amt", "alternative_minimum_tax"),
    ):
        figures[name] = _by_code(question, {code: of_one(getattr(of_code, field)) for code, of_code in own.items()})
    figures["credit_in"] = _by_code(question, year.credit_in)
    figures["credit_used"] = _by_code(question, {code: of_one(of_code.credit_used) for code, of_code in own.items()})
    figures["credit_earned"] = _by_code(
        question, {code: of_one(of_code.credit_earned) for code, of_code in own.items()}
    )
    figures["taxes_added"] = cents(year.taxes_added)
    figures["cash"] = cents(year.cash)
    if "US" in own:
        figures |= {name: cents(tax) for name, tax in own["US"].surtaxes.items() if name in question.taxes}
    return figures


def _by_code(question: PlanQuestion, amounts: Mapping[str, float]) -> Any:
    """One number for a single jurisdiction, else one by its code."""
    if len(question.jurisdictions) == 1:
        return cents(amounts[question.jurisdictions[0]])
    return {code: cents(amounts[code]) for code in question.jurisdictions}
