"""Exercises and sales of a newer import into those of a record: each once, and planned ones that were done replaced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final, TypeVar

from xl_amt.client import Exercise, Grant, Remark, Sale
from xl_amt.equity.words import price_of, shares_of
from xl_amt.jobs.differences import Differences, completed

_SAME_PRICE: Final = 0.005  # dollars: what platforms round off


def merged_exercises(
    old: Sequence[Exercise],
    new: Sequence[Exercise],
    grants: Iterable[Grant],
    as_of: date | None,
    differences: Differences,
) -> list[Exercise]:
    """Exercises done, and those that are still planned after the day of the counts."""
    done = [one for one in old if one.status == "done"]
    planned = [one for one in old if one.status == "planned"]
    counted = {grant.label: grant.held.exercised for grant in grants if grant.held}
    there = len(done)
    taken: set[int] = set()
    for one in new:
        of_the_day = [at for at in range(there) if _is_of_one_day(done[at], one)]
        at = max((at for at in of_the_day if at not in taken), key=lambda at: _likeness(done[at], one), default=None)
        if of_the_day and at is None:
            in_the_export = sum(other.shares for other in new if _is_of_one_day(other, one))
            if in_the_export <= sum(done[at].shares for at in of_the_day):
                continue  # the record has in one entry what the export has in several
        if at is not None:
            taken.add(at)
            # a list of sales has only the shares of an exercise that were sold
            at_least = replace(one, shares=max(one.shares, done[at].shares))
            done[at] = completed(done[at], at_least, f"exercise of {one.grant} on {one.day}", differences)
            continue
        dated = sum(
            before.shares for before in done if before.grant == one.grant and (as_of is None or before.day < as_of)
        )
        is_counted = as_of is None or one.day < as_of
        if is_counted and dated + one.shares > counted.get(one.grant, dated + one.shares):
            differences.remarks.append(_more_than_counted(one, counted[one.grant], dated))
            continue
        plan = next((other for other in planned if (other.grant, other.shares) == (one.grant, one.shares)), None)
        differences.new.append(f"exercise of {one.grant} on {one.day}: {shares_of(one.shares)}")
        if plan is not None:
            planned.remove(plan)
            differences.done.append(f"exercise of {shares_of(plan.shares)} of {plan.grant}, planned for {plan.day}")
            one = replace(one, election_83b=one.election_83b or plan.election_83b)  # noqa: PLW2901 - as it was planned
        done.append(one)
    return sorted([*done, *_still_planned(planned, as_of, differences)], key=lambda one: one.day)


def _is_of_one_day(one: Exercise, other: Exercise) -> bool:
    return (one.grant, one.day) == (other.grant, other.day)


def _likeness(one: Exercise, other: Exercise) -> int:
    """In how many facts two exercises of a day agree, the shares before all."""
    return 4 * (one.shares == other.shares) + (one.method == other.method) + (one.value == other.value)


def _more_than_counted(one: Exercise, counted: int, dated: int) -> Remark:
    return Remark(
        kind="exercise not entered",
        level="ask",
        about=one.grant,
        text=f"{one.grant}: the exercise of {shares_of(one.shares)} on {one.day} is not entered, since with the "
        f"{dated:,} dated ones it is more than the {counted:,} exercised that the export counts; ask which are "
        "correct.",
    )


_Step = TypeVar("_Step", Exercise, Sale)


def _still_planned(planned: Iterable[_Step], as_of: date | None, differences: Differences) -> list[_Step]:
    """What is planned for a day after that of the counts; an earlier plan that no file shows as done is asked about."""
    kept = []
    for one in planned:
        if as_of is None or one.day > as_of:
            kept.append(one)
            continue
        what = f"{one.grant}: the exercise" if isinstance(one, Exercise) else "The sale"
        about = one.grant if isinstance(one, Exercise) else ""
        differences.gone.append(f"plan for {one.day}: {what} of {shares_of(one.shares)}")
        differences.remarks.append(
            Remark(
                kind="plan not done",
                level="ask",
                about=about,
                text=f"{what} of {shares_of(one.shares)} planned for {one.day} is not in the exports as of {as_of}, "
                "and was removed; enter it as done, or plan it again.",
            )
        )
    return kept


def merged_sales(old: Sequence[Sale], new: Iterable[Sale], as_of: date | None, differences: Differences) -> list[Sale]:
    """Sales done, each once, and those that are still planned after the day of the counts."""
    done = [one for one in old if one.status == "done"]
    planned = [one for one in old if one.status == "planned"]
    open_ones = list(done)
    for one in new:
        same = next((other for other in open_ones if _is_same_sale(one, other)), None)
        if same is not None:
            open_ones.remove(same)
            continue
        differences.new.append(f"sale on {one.day}: {shares_of(one.shares)} at {price_of(one.price)}")
        plan = next((other for other in planned if other.shares == one.shares), None)
        if plan is not None:
            planned.remove(plan)
            differences.done.append(f"sale of {shares_of(plan.shares)}, planned for {plan.day}")
        done.append(one)
    return sorted([*done, *_still_planned(planned, as_of, differences)], key=lambda one: one.day)


def _is_same_sale(one: Sale, other: Sale) -> bool:
    return (one.day, one.shares) == (other.day, other.shares) and abs(one.price - other.price) < _SAME_PRICE
