"""A newer import into a holding that is there: what is new, changed and gone, with the advisor's own entries kept.

What the export states goes before what the record has; what it leaves blank stays as it is. Exercises and sales that
are there are kept, and completed; planned ones that were done are replaced by what was done.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from xl_amt.client import CountedShares, Exercise, Grant, HeldLot, Holding, Remark, Value
from xl_amt.equity.words import price_of, shares_of
from xl_amt.jobs.differences import Differences, completed
from xl_amt.jobs.merge_steps import merged_exercises, merged_sales


def merged(old: Holding, new: Holding, untyped: Iterable[str], differences: Differences) -> Holding:
    """The holding after a newer import; ``untyped`` are the grants of which the export does not say the kind."""
    has_grants = any(grant.held for grant in new.grants)
    as_of = (new.as_of or old.as_of) if has_grants or old.as_of is None else old.as_of
    grants = _grants(old.grants, new.grants, set(untyped), differences, is_whole=has_grants)
    exercises = merged_exercises(old.exercises, new.exercises, grants, as_of, differences)
    known = {grant.label: grant for grant in grants}
    for one in [one for one in exercises if one.status == "planned" and _is_gone(known[one.grant], differences)]:
        exercises.remove(one)
        differences.gone.append(f"plan for {one.day}: the exercise of {shares_of(one.shares)} of {one.grant}")
    return replace(
        old,
        company=old.company or new.company,
        as_of=as_of,
        work_ended=new.work_ended or old.work_ended,
        grants=tuple(_with_room_for_dated(grant, exercises, as_of) for grant in grants),
        exercises=tuple(exercises),
        sales=tuple(merged_sales(old.sales, new.sales, as_of, differences)),
        lots=tuple(_lots(old.lots, new.lots, differences)),
        values=_values(old.values, new.values, differences),
    )


def _grants(
    old: Sequence[Grant], new: Sequence[Grant], untyped: set[str], differences: Differences, *, is_whole: bool
) -> list[Grant]:
    """The grants of the record, each with what the export states of it; of one that it lacks, nothing is left."""
    by_label = {grant.label: grant for grant in new}
    kept = []
    for grant in old:
        newer = by_label.get(grant.label)
        if newer is None:
            kept.append(_left_out(grant, differences) if is_whole and grant.held else grant)
            continue
        if grant.label in untyped:
            newer = replace(newer, award=grant.award)
        if grant.held is not None and newer.held is None:
            kept.append(grant)  # a list of exercises describes less of it than is known
            continue
        own = grant if grant.held is not None or newer.held is None else replace(grant, vests=())
        kept.append(completed(own, newer, f"grant {grant.label}", differences))
    known = {grant.label for grant in old}
    for grant in new:
        if grant.label not in known:
            differences.new.append(f"grant {grant.label}: {grant.shares:,} {grant.award} shares at {grant.strike:g}")
            kept.append(grant)
    return kept


def _left_out(grant: Grant, differences: Differences) -> Grant:
    """A grant that the newer export lacks: its exercised shares stay, since they are tax history."""
    assert grant.held is not None
    open_shares = grant.held.exercisable + grant.held.unvested
    if not open_shares:
        return grant
    differences.gone.append(
        f"grant {grant.label}: the export no longer has it, so {shares_of(open_shares)} not exercised are treated as "
        "gone"
    )
    differences.remarks.append(
        Remark(
            kind="grant gone",
            level="ask",
            about=grant.label,
            text=f"{grant.label}: a newer export no longer has it, and {shares_of(open_shares)} of it were not "
            "exercised; ask what became of them.",
        )
    )
    return replace(grant, held=CountedShares(exercised=grant.held.exercised, exercisable=0, unvested=0))


def _with_room_for_dated(grant: Grant, exercises: Iterable[Exercise], as_of: date | None) -> Grant:
    """The grant with no more shares exercised on unknown days than its dated exercises leave of what is counted."""
    if grant.held is None:
        return grant
    dated = sum(
        one.shares
        for one in exercises
        if one.grant == grant.label and one.status == "done" and (as_of is None or one.day < as_of)
    )
    return replace(grant, exercised_before=max(0, min(grant.exercised_before, grant.held.exercised - dated)))


def _is_gone(grant: Grant, differences: Differences) -> bool:
    return any(remark.kind == "grant gone" and remark.about == grant.label for remark in differences.remarks)


def _lots(old: Sequence[HeldLot], new: Iterable[HeldLot], differences: Differences) -> list[HeldLot]:
    """The lots of both, those of one name once and completed by the newer one."""
    newer = {lot.label: lot for lot in new}
    kept = [
        completed(lot, newer.pop(lot.label), f"lot {lot.label}", differences) if lot.label in newer else lot
        for lot in old
    ]
    for lot in newer.values():
        differences.new.append(f"lot {lot.label}: {shares_of(lot.shares)} of {lot.acquired}")
        kept.append(lot)
    return kept


def _values(old: Sequence[Value], new: Iterable[Value], differences: Differences) -> tuple[Value, ...]:
    """The values of both by day; one that is there is the advisor's, and stays."""
    by_day = {value.day: value for value in old}
    for value in new:
        if value.day not in by_day:
            differences.new.append(f"value of a share on {value.day}: {price_of(value.price)}")
            by_day[value.day] = value
    return tuple(by_day[day] for day in sorted(by_day))
