"""The schedules that an advisor would name, to set against the best one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final, NamedTuple

from xl_amt.arithmetic.lines import of_one
from xl_amt.forms.minimum_tax import MinimumTax
from xl_amt.planning.plan.amounts import MEDICARE, amounts_of
from xl_amt.planning.plan.pricing import Priced, Pricer
from xl_amt.planning.plan.question import PlanGrant, PlanQuestion, Schedule
from xl_amt.planning.plan.year_lines import household_with, of_year, return_of
from xl_amt.planning.room import amt_room, shares_within

SAME_YEAR_ESCAPE: Final = "same-year escape"
NEEDS_A_BUYER: Final = "it needs a buyer by December, which a 409A value is not"


class Strategy(NamedTuple):
    """A named schedule, priced, and why it is not a plan of the question where it is none."""

    name: str
    priced: Priced
    why_not: tuple[str, ...] = ()

    @property
    def feasible(self) -> bool:
        """Whether it keeps all that the question asks."""
        return not self.priced.broken and not self.why_not


def named_strategies(question: PlanQuestion, pricer: Pricer) -> list[Strategy]:
    """All but the least AMT and the best, which a solver finds."""
    made: dict[str, Callable[[PlanQuestion], Schedule]] = {
        "all now": all_now,
        "even split": even_split,
        "room ladder": room_ladder,
        "wait and sell": nothing,
    }
    strategies = [Strategy(name, pricer.price(schedule(question))) for name, schedule in made.items()]
    return [*strategies, same_year_escape(question, pricer)]


def all_now(question: PlanQuestion) -> Schedule:
    """Each share in the first year in which it is vested."""
    return tuple(_stepped(question, grant, lambda _, vested: vested) for grant in question.grants)


def even_split(question: PlanQuestion) -> Schedule:
    """Grant by grant as many each year from the first vested to the last allowed, as far as they are vested."""
    return tuple(_stepped(question, grant, _even(question, grant)) for grant in question.grants)


def nothing(question: PlanQuestion) -> Schedule:
    """Nothing before the exit."""
    return tuple((0,) * len(question.exercise_years) for _ in question.grants)


def room_ladder(question: PlanQuestion) -> Schedule:
    """Year by year as many ISO shares as keep AMT at 0, grants in order.

    What is left in a grant's last year is exercised then, where the aim demands all.
    """
    done = [[0] * len(question.exercise_years) for _ in question.grants]
    for place in range(len(question.exercise_years)):
        used = question.years[place].spread_before
        for number, grant in enumerate(question.grants):
            if place > question.last_place(grant):
                continue
            left = grant.vested[place] - sum(done[number])
            shares = _within_room(question, grant, place, used, left)
            if question.all_must_be_exercised and place == question.last_place(grant):
                shares = left
            done[number][place] = shares
            if grant.option_type == "ISO":
                used += shares * question.spread_of(grant, place)
    return tuple(tuple(row) for row in done)


def _within_room(question: PlanQuestion, grant: PlanGrant, place: int, used: float, left: int) -> int:
    each = question.spread_of(grant, place)
    if grant.option_type != "ISO" or each == 0.0:
        return 0
    returns = _returns_of(question, place)
    return min(left, *(int(of_one(shares_within(tax_return, each, used))) for tax_return in returns))


def room_left(question: PlanQuestion, place: int, spread: float) -> float:
    """The room of a year beyond a spread, in dollars, as its household is without NSOs."""
    room = min(of_one(amt_room(tax_return)) for tax_return in _returns_of(question, place))
    return room - question.years[place].spread_before - spread


def _returns_of(question: PlanQuestion, place: int) -> list[MinimumTax]:
    year = question.years[place]
    return [return_of(of_year(year), {}, code) for code in question.jurisdictions]


def _stepped(question: PlanQuestion, grant: PlanGrant, so_far: Callable[[int, int], int]) -> tuple[int, ...]:
    """Shares by year, of those that should be exercised by the end of each, given its place and what is vested."""
    shares, done = [], 0
    for place in range(len(question.exercise_years)):
        own = so_far(place, grant.vested[place]) - done if place <= question.last_place(grant) else 0
        shares.append(own)
        done += own
    return tuple(shares)


def _even(question: PlanQuestion, grant: PlanGrant) -> Callable[[int, int], int]:
    last = question.last_place(grant)
    first = next((place for place in range(last + 1) if grant.vested[place]), 0)
    total, years = question.exercisable(grant), last - first + 1

    def so_far(place: int, vested: int) -> int:
        return min(vested, total * max(place - first + 1, 0) // years)

    return so_far


def same_year_escape(question: PlanQuestion, pricer: Pricer) -> Strategy:
    """This year's vested shares exercised in January and sold by December at the year's value.

    Their sale is a disqualifying one, whose spread is wages and no AMT item; an ISO's are not Medicare wages (IRC
    421(b), 3121(a)(22)). What vests later is exercised as it vests where the aim demands all, else not before the exit.
    """
    sold = [
        grant.vested[0] if question.last_place(grant) >= 0 and question.spread_of(grant, 0) else 0
        for grant in question.grants
    ]
    gained = {"ISO": 0.0, "NSO": 0.0}
    for grant, shares in zip(question.grants, sold, strict=True):
        gained[grant.option_type] += shares * question.spread_of(grant, 0)
    strike = sum(shares * grant.strike for grant, shares in zip(question.grants, sold, strict=True))
    wages = sum(gained.values())
    first = question.years[0]
    facts = {"wages": wages, MEDICARE: gained["NSO"]}
    after = replace(
        question,
        years=(replace(first, household=household_with(first.household, facts)), *question.years[1:]),
        grants=tuple(
            replace(grant, vested=tuple(max(vested - shares, 0) for vested in grant.vested))
            for grant, shares in zip(question.grants, sold, strict=True)
        ),
    )
    rest = Pricer(after, amounts_of(after))
    later = rest.price(all_now(after) if question.all_must_be_exercised else nothing(after))
    added = rest.base(0) - pricer.base(0)
    cost = rest.counted_base(0) - pricer.counted_base(0)
    proceeds = 0.0
    if question.exit:
        proceeds = strike + wages
        cost -= wages
    year = later.years[0]._replace(
        strike_paid=later.years[0].strike_paid + strike,
        wages=later.years[0].wages + wages,
        proceeds=later.years[0].proceeds + proceeds,
        taxes_added=later.years[0].taxes_added + added,
    )
    priced = Priced(
        schedule=tuple((row[0] + shares, *row[1:]) for row, shares in zip(later.schedule, sold, strict=True)),
        years=(year, *later.years[1:]),
        objective=later.objective + (cost if question.all_must_be_exercised else -cost),
        broken=later.broken,
    )
    return Strategy(SAME_YEAR_ESCAPE, priced, (NEEDS_A_BUYER,))
