"""A plan frozen: what was found on a day, kept in the client's record, and refused for another client or law."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from json import dumps
from math import isfinite
from typing import Final

from xl_amt.arithmetic.lines import of_one
from xl_amt.client import ClientRecord, FrozenExercise, FrozenPlan, FrozenYear, Plan
from xl_amt.client.checks import FREEZE_AGAIN
from xl_amt.errors import ArgumentError
from xl_amt.jobs.plan_of_record import RecordQuestion
from xl_amt.law import book_over, is_held
from xl_amt.planning.plan.answer import cents
from xl_amt.planning.plan.pricing import PricedYear
from xl_amt.planning.plan.solving import Solution
from xl_amt.reading.household import read_jurisdiction

_LENGTH: Final = 16  # letters of a fingerprint
_ONE_DAY: Final = timedelta(days=1)


def with_frozen_plan(record: ClientRecord, asked: RecordQuestion, solution: Solution, found_on: date) -> ClientRecord:
    """The record with the best schedule of its question as the frozen plan, in place of one frozen before."""
    frozen = frozen_plan(record, asked, solution, found_on)
    return replace(record, plan=replace(record.plan or Plan(), frozen=frozen))


def frozen_plan(record: ClientRecord, asked: RecordQuestion, solution: Solution, found_on: date) -> FrozenPlan:
    """The best schedule with its figures, the terms of its question, whose it is and by which law.

    Exercises of the day itself carry it out, unless the record has some of that day, which the plan knew.
    """
    question, best, sold = solution.question, solution.best, solution.question.exit
    known = any(one.day == found_on for own in record.holdings for one in own.exercises if one.status == "done")
    return FrozenPlan(
        day=found_on,
        since=found_on + _ONE_DAY if known else found_on,
        client=_whose(record),
        jurisdiction=record.client.jurisdiction,
        law_book=record.client.law_book,
        law=law_fingerprint(record, [year.year for year in question.all_years]),
        aim=question.aim,
        discount_rate=question.discount_rate or None,
        credit_left_at=question.credit_left_at or None,
        exit_year=sold.year if sold else None,
        exit_price=next(iter(sold.prices.values()), None) if sold else None,
        recovery_years=len(sold.recovery) if sold else 0,
        objective=cents(best.objective),
        bound=cents(solution.bound) if isfinite(solution.bound) else None,
        proved=solution.proved,
        exercises=tuple(_exercises(record, asked, solution)),
        years=tuple(
            _year(priced, float(own.household.wages))  # type: ignore[arg-type]
            for priced, own in zip(best.years, question.all_years, strict=True)
        ),
    )


def frozen_plan_in(record: ClientRecord) -> FrozenPlan:
    """The frozen plan of a record; ArgumentError where there is none, or it is another client's or by another law."""
    frozen = record.plan.frozen if record.plan else None
    if frozen is None:
        raise ArgumentError("--compare: the record has no frozen plan; freeze one first with xl-amt plan --freeze.")
    if frozen.client and _key(frozen.client) != _key(_whose(record)):
        raise ArgumentError(
            f"the frozen plan is for {frozen.client}, and the record is for {_whose(record) or 'an unnamed client'}; "
            f"correct the name, or {FREEZE_AGAIN}."
        )
    then, now = (_law_asked(one.jurisdiction, one.law_book) for one in (frozen, record.client))
    if then != now:
        raise ArgumentError(
            f"the frozen plan uses the law of {then}, and the record that of {now}; use the same law, or "
            f"{FREEZE_AGAIN}."
        )
    if not frozen.years:
        raise ArgumentError(f"the frozen plan has no years to compare; {FREEZE_AGAIN}.")
    return frozen


def law_fingerprint(record: ClientRecord, years: Iterable[int]) -> str:
    """The first letters of the SHA-256 of the law's numbers in some years, by the record's book; no source counts."""
    of_years = sorted(years)
    numbers = {
        f"{code} {group} {year}": {key: value for key, value in block.items() if key != "source"}
        for code in read_jurisdiction(record.client.jurisdiction, together=True).codes
        if is_held(code)
        for book in (book_over(record.client.law_book, code),)
        for group in book.groups
        for year in of_years
        if (block := book.block(group, year)) is not None
    }
    return sha256(dumps(numbers, sort_keys=True, default=str).encode()).hexdigest()[:_LENGTH]


def _exercises(record: ClientRecord, asked: RecordQuestion, solution: Solution) -> Iterable[FrozenExercise]:
    question = solution.question
    for grant, row in zip(question.grants, solution.best.schedule, strict=True):
        for year, shares in zip(question.exercise_years, row, strict=True):
            if not shares:
                continue
            options = asked.options[grant.label]
            holding = record.holdings[options.holding]
            yield FrozenExercise(
                company=holding.company,
                holder=holding.holder,
                grant=options.grant,
                part=options.option_type,
                year=year.year,
                shares=shares,
                value=year.values[grant.company],
                strike=grant.strike,
            )


def _year(priced: PricedYear, income: float) -> FrozenYear:
    """A year's figures to the cent, of all jurisdictions together."""
    return FrozenYear(
        year=priced.year,
        income=cents(income),
        spread=cents(priced.spread),
        strike_paid=cents(priced.strike_paid),
        amt=cents(priced.amt),
        credit_used=cents(priced.credit_used),
        credit_left=cents(sum(of_one(left) for left in priced.credit_out.values())),
        taxes_added=cents(priced.taxes_added),
        cash=cents(priced.cash),
    )


def _whose(record: ClientRecord) -> str:
    return " and ".join(filter(None, (record.client.name, record.client.spouse)))


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _law_asked(jurisdiction: str, law_book: str) -> str:
    codes = "+".join(read_jurisdiction(jurisdiction, together=True).codes)
    return f"{codes} with the book '{law_book}'" if law_book else f"{codes} as enacted"
