"""From what an import read to one holding of a client's record: grants, exercises, sales, lots and values that hold.

What cannot be entered without a guess is left out of the holding, and asked about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from xl_amt.client import CountedShares, Exercise, Grant, Holding, Remark, Value, Vesting
from xl_amt.equity.held import stated_ends
from xl_amt.equity.words import grouped, shares_of
from xl_amt.jobs.import_sales import Placed, held_lots, known_sales, sellable

if TYPE_CHECKING:
    from xl_amt.equity.grants import HeldGrant
    from xl_amt.importers import ExerciseRow, ImportResult


_OF_EITHER: Final = "of either its ISOs or its NSOs, is not entered; ask which, and enter it"
_OF_NO_GRANT: Final = (
    "whose grant is neither in the files nor described by them, is not entered; ask for the grant, and enter both"
)
_SAME_PRICE: Final = 0.005 + 1e-9  # dollars: platforms and Form 3921 print strikes to the cent


class ImportedHolding(NamedTuple):
    """A holding, and remarks on what of the import could not be entered in it."""

    holding: Holding
    remarks: tuple[Remark, ...]


def holding_of_import(
    result: ImportResult,
    placed: Placed,
    value_today: Value | None = None,
    as_of: date | None = None,
    holder: Literal["client", "spouse"] = "client",
    older: Holding | None = None,
) -> ImportedHolding:
    """The holding of one import.

    ``value_today`` is what the advisor knows of the share's value, and ``as_of`` the day on which the export counts
    shares, where the advisor says so. ``older`` is the holding of the record that the import brings up to date: a list
    of exercises or of sales may be of its grants and lots.
    """
    older = older or Holding()
    remarks: list[Remark] = []
    as_of = as_of or result.as_of
    grants = tuple(
        _grant(held, placed([place]))
        for held, place in zip(labelled_apart(result.grants), result.grant_places, strict=True)
    )
    known = (*grants, *_besides(older.grants, grants))
    exercises = _exercises(result, known, placed, remarks)
    by_grant = grouped(exercises, lambda one: one.grant)
    exercises = [one for label, own in by_grant.items() if _fit(label, own, grants, as_of) for one in own]
    grants += tuple(_grants_of_what_was_exercised(result, exercises, known))
    lots = tuple(held_lots(result.lots, placed))
    return ImportedHolding(
        Holding(
            company=result.company,
            holder=holder,
            as_of=as_of,
            work_ended=_end_of_the_work(result.grants),
            grants=grants,
            exercises=tuple(exercises),
            sales=tuple(known_sales(result.sales, sellable(exercises, lots, older), older.sales, placed, remarks)),
            lots=lots,
            values=_values(result, value_today),
        ),
        tuple(remarks),
    )


def _besides(older: Iterable[Grant], grants: Iterable[Grant]) -> Iterator[Grant]:
    """The grants of a record that an import leaves out, but for those that only exercises describe: they may grow."""
    labels = {grant.label for grant in grants}
    for grant in older:
        if grant.label not in labels and (grant.held is not None or not grant.read_from):
            yield grant


def labelled_apart(grants: Iterable[HeldGrant]) -> list[HeldGrant]:
    """The grants, two parts of one of them with the names of their kinds: ES-1 ISO and ES-1 NSO."""
    every = list(grants)
    labels = [grant.label for grant in every]
    return [
        grant if labels.count(grant.label) == 1 else replace(grant, label=f"{grant.label} {grant.option_type}")
        for grant in every
    ]


def _grant(held: HeldGrant, read_from: str) -> Grant:
    return Grant(
        label=held.label,
        award=held.option_type,
        granted=held.grant_date,
        strike=held.strike,
        shares=held.shares_granted,
        vesting=held.vesting_schedule,
        vesting_start=held.vesting_start,
        expires=_not_before(held.grant_date, held.expiration_date),
        plan=held.plan,
        fmv_at_grant=held.fmv_at_grant,
        window=held.exercise_window,
        early_exercise=held.early_exercisable,
        disqualified=_not_before(held.grant_date, held.disqualified),
        held=CountedShares(
            exercised=held.shares_exercised, exercisable=held.shares_exercisable, unvested=held.shares_unvested
        ),
        read_from=read_from,
        vests=tuple(Vesting(day=event.day, shares=event.shares, iso=event.iso_shares) for event in held.vesting_events),
    )


def _not_before(granted: date | None, day: date | None) -> date | None:
    """A day of a grant; none where it is before the grant, which is remarked on."""
    return None if granted and day and day < granted else day


def _end_of_the_work(grants: Iterable[HeldGrant]) -> date | None:
    """The last day of work as every grant states it; None where none does, or they differ."""
    days = stated_ends(grants)
    return next(iter(days)) if len(days) == 1 else None


def _exercises(result: ImportResult, grants: Sequence[Grant], placed: Placed, remarks: list[Remark]) -> list[Exercise]:
    """The exercises of grants of the record, or of grants that the exercises themselves describe."""
    found: list[Exercise] = []
    for row in result.exercises:
        label = _label_of(row, grants)
        if label is None:
            if row.grant:
                is_of_two = any(grant.label == f"{row.grant} ISO" for grant in grants)
                remarks.append(_not_entered(row, placed, _OF_EITHER if is_of_two else _OF_NO_GRANT))
            continue
        granted = next((grant.granted for grant in grants if grant.label == label), row.granted)
        if granted and row.day < granted:
            remarks.append(
                _not_entered(
                    row, placed, f"which is before its grant of {granted}, is not entered; ask which date is correct"
                )
            )
            continue
        found.append(
            Exercise(
                grant=label,
                day=row.day,
                shares=row.shares,
                value=row.value,
                paid=row.paid,
                method=row.method,
                election_83b=row.election_83b,
                lot=row.lot,
                read_from=placed([row.place]),
            )
        )
    return found


def _label_of(row: ExerciseRow, grants: Sequence[Grant]) -> str | None:
    """The label of an exercise's grant in the record; None where no grant is known, or one of two parts is meant."""
    labels = {grant.label for grant in grants}
    for label in (row.grant, f"{row.grant} {row.option_type}"):
        if label in labels:
            return label
    if f"{row.grant} ISO" in labels:
        return None
    like = [grant.label for grant in grants if _is_described(grant, row)]
    return like[0] if len(like) == 1 else own_label(row)


def _is_described(grant: Grant, row: ExerciseRow) -> bool:
    """Whether an exercise states the day, the strike and the kind of a grant."""
    return (
        row.granted is not None
        and row.paid is not None
        and grant.granted == row.granted
        and abs(grant.strike - row.paid) < _SAME_PRICE
        and row.option_type in {None, grant.award}
    )


def own_label(row: ExerciseRow) -> str | None:
    """The label of the grant that an exercise describes by kind, day and strike; None where it lacks one of them."""
    if row.granted is None or row.paid is None or row.option_type is None:
        return None
    return row.grant or f"{row.option_type} of {row.granted} at {row.paid:g}"


def _fit(label: str, own: Iterable[Exercise], grants: Iterable[Grant], as_of: date | None) -> bool:
    """Whether the dated exercises are within what the export counts; more would be exercised twice."""
    counted = next((grant.held.exercised for grant in grants if grant.label == label and grant.held), None)
    dated = sum(one.shares for one in own if as_of is None or one.day < as_of)
    return counted is None or dated <= counted


def _not_entered(row: ExerciseRow, placed: Placed, why: str) -> Remark:
    return Remark(
        kind="exercise not entered",
        level="ask",
        about=row.grant,
        place=placed([row.place]),
        text=f"{row.grant}: the exercise of {shares_of(row.shares)} on {row.day}, {why}.",
    )


def _grants_of_what_was_exercised(
    result: ImportResult, exercises: Iterable[Exercise], grants: Iterable[Grant]
) -> Iterator[Grant]:
    """Grants that only their exercises describe: as many shares as were exercised, vested by then, and none left."""
    known = {grant.label for grant in grants}
    rows = {own_label(row): row for row in reversed(result.exercises)}
    described = grouped((one for one in exercises if one.grant not in known), lambda one: one.grant)
    for label, own in described.items():
        row = rows[label]
        assert row.option_type is not None
        assert row.paid is not None
        by_day: defaultdict[date, int] = defaultdict(int)
        for one in own:
            by_day[one.day] += one.shares
        is_iso = row.option_type == "ISO"
        yield Grant(
            label=label,
            award=row.option_type,
            granted=row.granted,
            strike=row.paid,
            shares=sum(by_day.values()),
            fmv_at_grant=row.fmv_at_grant,
            read_from=own[0].read_from,
            vests=tuple(
                Vesting(day=day, shares=shares, iso=shares if is_iso else None)
                for day, shares in sorted(by_day.items())
            ),
        )


def _values(result: ImportResult, today: Value | None) -> tuple[Value, ...]:
    """The values of the files by day, and what the advisor knows of today's."""
    by_day = {row.day: Value(day=row.day, price=row.price) for row in sorted(result.values)}
    if today is not None:
        by_day[today.day] = today
    return tuple(by_day[day] for day in sorted(by_day))
