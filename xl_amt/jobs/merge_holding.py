"""A newer import into a holding that is there: what is new, changed and gone, with the advisor's own entries kept.

What the export states goes before what the record has; what it leaves blank stays as it is. Exercises and sales that
are there are kept, and completed; planned ones that were done are replaced by what was done.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final, NamedTuple, TypeVar

from xl_amt.client import CountedShares, Exercise, Grant, HeldLot, Holding, Remark, Sale, Value
from xl_amt.client.columns import columns_of
from xl_amt.equity.words import price_of, shares_of

_Row = TypeVar("_Row", Grant, Exercise, HeldLot)
_NOT_COMPARED: Final = frozenset({"read_from", "exercised_before", "status", "label", "lot"})
_SAME_PRICE: Final = 0.005  # dollars: what platforms round off


class Change(NamedTuple):
    """A figure that an update changes: of which row, under which header, and what it was and is."""

    about: str
    header: str
    old: str
    new: str


@dataclass(slots=True)
class Differences:
    """What an update does to a record, in words: what is new, changed and gone, and which plans were done."""

    new: list[str] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def is_none(self) -> bool:
        """Whether nothing differs."""
        return not (self.new or self.changed or self.gone or self.done)


def merged(old: Holding, new: Holding, untyped: Iterable[str], differences: Differences) -> Holding:
    """The holding after a newer import; ``untyped`` are the grants of which the export does not say the kind."""
    has_grants = any(grant.held for grant in new.grants)
    as_of = (new.as_of or old.as_of) if has_grants or old.as_of is None else old.as_of
    grants = _grants(old.grants, new.grants, set(untyped), differences, is_whole=has_grants)
    exercises = _exercises(old.exercises, new.exercises, grants, as_of, differences)
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
        sales=tuple(_sales(old.sales, new.sales, as_of, differences)),
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
        kept.append(_completed(own, newer, f"grant {grant.label}", differences))
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
        f"grant {grant.label}: the export no longer has it, so that {shares_of(open_shares)} not exercised are taken "
        "as gone"
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


def _completed(own: _Row, newer: _Row, about: str, differences: Differences) -> _Row:
    """A row of the record with what a newer one states; what is blank in the newer one stays.

    A row that is read again and says the same is still the one that was read first.
    """
    stated: dict[str, Any] = {}
    for item in columns_of(type(own)):
        before, after = getattr(own, item.field), getattr(newer, item.field)
        if after in (item.default, before):
            continue
        stated[item.field] = after
        if item.field not in _NOT_COMPARED:
            differences.changed.append(Change(about, item.header, _shown(before), _shown(after)))
    if stated.keys() == {"read_from"}:
        return own
    return replace(own, **stated)


def _shown(value: Any) -> str:
    if isinstance(value, CountedShares):
        return f"{value.exercised:,} exercised, {value.exercisable:,} exercisable, {value.unvested:,} unvested"
    if isinstance(value, tuple):
        return f"{len(value)} vesting days"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:g}" if isinstance(value, float) else str("blank" if value in {None, ""} else value)


def _exercises(
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
    for one in new:
        at = next((at for at, before in enumerate(done) if (before.grant, before.day) == (one.grant, one.day)), None)
        if at is not None:
            # a list of sales has only the shares of an exercise that were sold
            at_least = replace(one, shares=max(one.shares, done[at].shares))
            done[at] = _completed(done[at], at_least, f"exercise of {one.grant} on {one.day}", differences)
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


def _more_than_counted(one: Exercise, counted: int, dated: int) -> Remark:
    return Remark(
        kind="exercise not entered",
        level="ask",
        about=one.grant,
        text=f"{one.grant}: the exercise of {shares_of(one.shares)} on {one.day} is not entered, since with the "
        f"{dated:,} dated ones it is more than the {counted:,} exercised that the export counts; ask which are right.",
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
                text=f"{what} of {shares_of(one.shares)} planned for {one.day} is not in the exports by {as_of}, and "
                "is taken out; enter it as done, or plan it again.",
            )
        )
    return kept


def _sales(old: Sequence[Sale], new: Iterable[Sale], as_of: date | None, differences: Differences) -> list[Sale]:
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


def _lots(old: Sequence[HeldLot], new: Iterable[HeldLot], differences: Differences) -> list[HeldLot]:
    """The lots of both, those of one name once and completed by the newer one."""
    newer = {lot.label: lot for lot in new}
    kept = [
        _completed(lot, newer.pop(lot.label), f"lot {lot.label}", differences) if lot.label in newer else lot
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
