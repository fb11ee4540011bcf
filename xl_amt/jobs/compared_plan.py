"""A frozen plan and what was done since: both by the same forms, with the facts as they are now.

A difference has two parts. What the frozen plan comes to by today's facts, less what it came to on its day, is from
the facts: income, values, law, options that are gone. What was done and is still to do, less that, is from the shares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import accumulate
from math import ceil
from typing import Final, NamedTuple

from xl_amt.arithmetic.lines import of_one
from xl_amt.client import ClientRecord, Exit, FrozenPlan, FrozenYear, Plan
from xl_amt.client.households import with_years_to
from xl_amt.equity.words import dollars, price_of
from xl_amt.errors import ArgumentError
from xl_amt.jobs.compared_shares import PartRow, Shares, options_in, parts_of, with_exercised
from xl_amt.jobs.followed_plan import Since, done_since
from xl_amt.jobs.frozen_plan import law_fingerprint
from xl_amt.jobs.plan_of_record import RecordQuestion, whole_question
from xl_amt.planning.plan.amounts import amounts_of
from xl_amt.planning.plan.answer import cents
from xl_amt.planning.plan.pricing import PricedYear, Pricer
from xl_amt.planning.plan.question import Amount, PlanGrant, PlanQuestion, PlanYear

FIGURES: Final[dict[str, Callable[[PricedYear], float]]] = {
    "spread": lambda year: cents(year.spread),
    "strike_paid": lambda year: cents(year.strike_paid),
    "amt": lambda year: cents(year.amt),
    "credit_used": lambda year: cents(year.credit_used),
    "credit_left": lambda year: cents(sum(of_one(left) for left in year.credit_out.values())),
    "taxes_added": lambda year: cents(year.taxes_added),
    "cash": lambda year: cents(year.cash),
}


class Compared(NamedTuple):
    """A figure of the frozen plan on its day, by today's facts, and as it was done and is still to do."""

    frozen: float
    by_facts_now: float
    now: float

    @property
    def from_facts(self) -> float:
        """What the facts have changed in it."""
        return cents(self.by_facts_now - self.frozen)

    @property
    def from_shares(self) -> float:
        """What other shares have changed in it."""
        return cents(self.now - self.by_facts_now)


class YearRow(NamedTuple):
    """The figures of one year by name."""

    year: int
    figures: Mapping[str, Compared]


class Comparison(NamedTuple):
    """A frozen plan, what was done since and is still to do, and why they differ."""

    frozen: FrozenPlan
    parts: tuple[PartRow, ...]
    years: tuple[YearRow, ...]
    worth: Compared
    notes: tuple[str, ...]


def compare(record: ClientRecord, frozen: FrozenPlan, today: date) -> Comparison:
    """The frozen plan and what was done of it; AmtError where the record's years can no longer be figured."""
    _check_years(record, frozen)
    since = done_since(record, frozen)
    asked = with_exercised(_question(since.record, frozen), record, since)
    parts = tuple(parts_of(since.record, frozen, since, asked, today.year))
    question = _as_exercised(asked.question, parts, since)
    pricer = Pricer(question, amounts_of(question))
    in_order = parts[: len(question.grants)]
    planned = pricer.price(_schedule(question, [one.still_planned for one in in_order]))
    now = pricer.price(_schedule(question, [one.now for one in in_order]))
    return Comparison(
        frozen=frozen,
        parts=tuple(one for one in parts if one.planned or one.done),
        years=tuple(_year(*row) for row in zip(frozen.years, planned.years, now.years, strict=True)),
        worth=Compared(frozen.objective, cents(planned.objective), cents(now.objective)),
        notes=(*_what_has_changed(record, frozen, question, in_order), *since.notes),
    )


def _check_years(record: ClientRecord, frozen: FrozenPlan) -> None:
    first = frozen.years[0].year
    if not record.years or record.years[0].year > first:
        begins = f"begins with {record.years[0].year}" if record.years else "has no years"
        raise ArgumentError(
            f"the frozen plan begins with {first}, and the record {begins}; put the earlier years back, or freeze a "
            "new plan with xl-amt plan --freeze."
        )


def _question(record: ClientRecord, frozen: FrozenPlan) -> RecordQuestion:
    """The frozen plan's question, its terms as they were, its facts as they are now."""
    last = frozen.years[-1].year
    plan = replace(
        record.plan or Plan(),
        aim=frozen.aim,
        discount_rate=frozen.discount_rate,
        credit_left_at=frozen.credit_left_at,
        exit=_exit(record.plan, frozen),
    )
    first_day = max(frozen.day, date(frozen.years[0].year, 1, 1))
    asked = whole_question(replace(with_years_to(record, last), plan=plan), first_day)
    question = asked.question
    kept = tuple(year for year in question.years if year.year <= last)
    grants = tuple(replace(grant, vested=grant.vested[: len(kept)]) for grant in question.grants)
    return asked._replace(question=replace(question, years=kept, grants=grants))


def _exit(plan: Plan | None, frozen: FrozenPlan) -> Exit | None:
    """The exit in the frozen plan's year, at the price that is expected of it now."""
    if frozen.exit_year is None:
        return None
    now = plan.exit if plan else None
    price = now.price if now and now.year == frozen.exit_year and now.price is not None else frozen.exit_price
    return Exit(year=frozen.exit_year, price=price, recovery_years=frozen.recovery_years)


def _as_exercised(question: PlanQuestion, parts: Sequence[PartRow], since: Since) -> PlanQuestion:
    """The question with each grant at the value of its own exercises, in the years in which there were some.

    Both schedules are priced at it, and shares that were exercised before they vest count in their year.
    """
    values = {(*options.key, year): one.value for (options, year), one in since.done.items()}
    rows = list(zip(question.grants, parts, strict=False))

    def in_year(year: PlanYear) -> PlanYear:
        done = {grant.label: values.get((*part.options.key, year.year)) for grant, part in rows}
        known = {grant.label: year.values.get(grant.company, grant.strike) for grant in question.grants}
        return replace(year, values=known | {label: own for label, own in done.items() if own is not None})

    sold = question.exit and replace(
        question.exit,
        prices={**question.exit.prices, **{grant.label: question.exit.prices[grant.company] for grant, _ in rows}},
    )
    return replace(
        question,
        years=tuple(map(in_year, question.years)),
        grants=tuple(_open(question, grant, part) for grant, part in rows),
        exit=sold,
    )


def _open(question: PlanQuestion, grant: PlanGrant, part: PartRow) -> PlanGrant:
    """A grant as a company of its own, vested by the end of each year as far as either schedule exercises it."""
    planned, now = (
        accumulate(shares.get(year.year, 0.0) for year in question.years) for shares in (part.still_planned, part.now)
    )
    vested = tuple(max(own, ceil(a), ceil(b)) for own, a, b in zip(grant.vested, planned, now, strict=True))
    return replace(grant, company=grant.label, vested=vested)


def _schedule(question: PlanQuestion, shares: Sequence[Shares]) -> tuple[tuple[Amount, ...], ...]:
    """The shares as a schedule, with the parts of shares that a split has left."""
    return tuple(tuple(own.get(year.year, 0.0) for year in question.exercise_years) for own in shares)


def _year(frozen: FrozenYear, planned: PricedYear, now: PricedYear) -> YearRow:
    figures = {
        name: Compared(getattr(frozen, name), of_year(planned), of_year(now)) for name, of_year in FIGURES.items()
    }
    added, used = figures["taxes_added"], figures["credit_used"]
    figures["tax"] = Compared(*(cents(tax - credit) for tax, credit in zip(added, used, strict=True)))
    return YearRow(frozen.year, figures)


def _what_has_changed(
    record: ClientRecord, frozen: FrozenPlan, question: PlanQuestion, parts: Sequence[PartRow]
) -> Iterator[str]:
    """A sentence on each fact that differs from those the frozen plan was found with, as far as it keeps them."""
    if law_fingerprint(record, [year.year for year in frozen.years]) != frozen.law:
        yield f"The law's numbers for these years are not those of {frozen.day}."
    for then, now in zip(frozen.years, question.all_years, strict=True):
        income = cents(now.household.wages)
        if income != then.income:
            was = f"{dollars(then.income)} when frozen"
            yield f"Wages of {then.year} without the plan's shares: {was}, {dollars(income)} now."
    values = {
        (*part.options.key, year.year): year.values[grant.label]
        for grant, part in zip(question.grants, parts, strict=True)
        for year in question.exercise_years
    }
    for one in frozen.exercises:
        value = values.get((*options_in(one).key, one.year))
        if value is not None and value != one.value:
            yield f"{one.grant}, value in {one.year}: {price_of(one.value)} when frozen, {price_of(value)} now."
