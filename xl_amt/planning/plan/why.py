"""Why a plan is as it is: what binds in each year, and what one share more of this year would cost."""

from __future__ import annotations

from collections.abc import Iterator

from xl_amt.arithmetic.lines import HALF_A_CENT
from xl_amt.planning.plan.pricing import Priced, PricedYear, Pricer
from xl_amt.planning.plan.question import PlanQuestion, Schedule
from xl_amt.planning.plan.strategies import room_left


def reasons(question: PlanQuestion, pricer: Pricer, best: Priced) -> list[str]:
    """A sentence on each year in which something binds, and on the next share of the first year, grant by grant."""
    sentences = []
    for place, year in enumerate(best.years[: len(question.exercise_years)]):
        if bound := list(_binding(question, best, place, year)):
            sentences.append(f"{year.year}: {'; '.join(bound)}.")
    return [*sentences, *_next_shares(question, pricer, best)]


def _binding(question: PlanQuestion, best: Priced, place: int, year: PricedYear) -> Iterator[str]:
    own = question.exercise_years[place]
    dearest = max((question.spread_of(grant, place) + grant.strike for grant in question.grants), default=0.0)
    if own.cash is not None and year.cash > own.cash - dearest:
        yield f"the cash of {own.cash:,.2f} is used up"
    if own.most_amt is not None and year.amt > own.most_amt - dearest:
        yield f"the AMT is at its limit of {own.most_amt:,.2f}"
    if year.spread and year.amt < HALF_A_CENT and _share_more_owes(question, best, place):
        yield "the AMT room is full, and the next share would owe AMT"
    all_vested = [
        grant.label
        for grant, row in zip(question.grants, best.schedule, strict=True)
        if row[place] and sum(row[: place + 1]) == grant.vested[place]
    ]
    if all_vested:
        yield f"all that is vested of {', '.join(all_vested)} is exercised"
    ends = [
        grant.label
        for grant, row in zip(question.grants, best.schedule, strict=True)
        if row[place] and grant.last_year == year.year
    ]
    if ends:
        yield f"{', '.join(ends)} can be exercised no later"


def _share_more_owes(question: PlanQuestion, best: Priced, place: int) -> bool:
    """Whether the least spread of a further share would owe AMT."""
    spreads = [
        question.spread_of(grant, place)
        for grant, row in zip(question.grants, best.schedule, strict=True)
        if grant.option_type == "ISO" and sum(row[: place + 1]) < grant.vested[place]
    ]
    least = min((spread for spread in spreads if spread), default=0.0)
    return bool(least) and room_left(question, place, best.years[place].spread) < least


def _next_shares(question: PlanQuestion, pricer: Pricer, best: Priced) -> Iterator[str]:
    first = question.exercise_years[0].year
    for number, grant in enumerate(question.grants):
        moved = _with_one_more(question, best.schedule, number)
        if moved is None:
            continue
        schedule, taken_from = moved
        cost = pricer.cost(pricer.price(schedule)) - pricer.cost(best)
        where = f", taken from {taken_from}," if taken_from else ""
        by = f"costs {cost:,.2f}" if cost >= HALF_A_CENT else "costs nothing"
        yield f"One more share of {grant.label} in {first}{where} {by}."


def _with_one_more(question: PlanQuestion, schedule: Schedule, number: int) -> tuple[Schedule, int | None] | None:
    """The schedule with one more share of a grant in the first year, and the later year that it is taken from."""
    grant, rows = question.grants[number], [list(row) for row in schedule]
    if not rows[number] or question.last_place(grant) < 0 or rows[number][0] >= grant.vested[0]:
        return None
    same = next(places for places in question.same_options if number in places)
    later = min(((place, own) for own in same for place in range(1, len(rows[own])) if rows[own][place]), default=None)
    rows[number][0] += 1
    if later is not None:
        rows[later[1]][later[0]] -= 1
    if sum(sum(rows[own]) for own in same) > question.exercisable_of(same):
        return None
    return tuple(map(tuple, rows)), question.years[later[0]].year if later is not None else None
