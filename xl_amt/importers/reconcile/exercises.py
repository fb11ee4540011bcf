"""Exercises once each, of the grants that they are of, with the values that a list of values gives them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from xl_amt.equity.words import shares_of
from xl_amt.importers.report import ExerciseRow, ImportRemark, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xl_amt.equity.grants import HeldGrant
    from xl_amt.importers.reading import Readings

CENT: Final = 0.005  # dollars: platforms and Form 3921 print strikes to the cent


def exercises_once(found: Readings, remarks: list[ImportRemark]) -> None:
    """Find the grant and the value of each exercise; what several sheets state of one day and grant counts once.

    Within a sheet the rows of one grant and day add up. Of several sheets that state them, the one of most shares
    holds, since a list of sales has only the shares that were sold.
    """
    grants = [read.grant for read in found.grants]
    settled = [_with_value(_with_grant(exercise, grants), found) for exercise in found.exercises]
    groups: defaultdict[tuple[str, date, Place | None], list[ExerciseRow]] = defaultdict(list)
    for exercise in settled:  # of no known grant, each stands for itself
        groups[exercise.grant, exercise.day, None if exercise.grant else exercise.place].append(exercise)
    found.exercises = [
        exercise for together in groups.values() for exercise in _of_one_day(together, found.lower_bounds, remarks)
    ]


def same_price(one: float | None, other: float | None) -> bool:
    """Whether two prices are one, but for what a platform rounds off."""
    return one is not None and other is not None and abs(one - other) < CENT + 1e-9


def _with_grant(exercise: ExerciseRow, grants: Sequence[HeldGrant]) -> ExerciseRow:
    """The exercise with the label of its grant: as stated, or that of the only grant of its day and strike."""
    if any(grant.label == exercise.grant for grant in grants):
        return exercise
    like = {
        grant.label
        for grant in grants
        if exercise.granted is not None
        and grant.grant_date == exercise.granted
        and same_price(grant.strike, exercise.paid)
        and exercise.option_type in {None, grant.option_type}
    }
    return replace(exercise, grant=like.pop()) if len(like) == 1 else exercise


def _with_value(exercise: ExerciseRow, found: Readings) -> ExerciseRow:
    """The exercise with the value that holds on the day that the platform names for it."""
    if exercise.value is not None or exercise.valued_on is None:
        return exercise
    values = sorted(found.values)
    at = bisect_right([value.day for value in values], exercise.valued_on)
    return replace(exercise, value=values[at - 1].price) if at else exercise


def _of_one_day(
    together: list[ExerciseRow], lower_bounds: set[Place], remarks: list[ImportRemark]
) -> list[ExerciseRow]:
    """The exercises of one grant on one day, from the sheet that has most of their shares."""
    by_sheet: defaultdict[tuple[str, int], list[ExerciseRow]] = defaultdict(list)
    for exercise in together:
        by_sheet[exercise.place.sheet, exercise.place.file].append(exercise)
    chosen = max(by_sheet.values(), key=_shares)
    first = chosen[0]
    differing = [
        rows
        for rows in by_sheet.values()
        if _shares(rows) != _shares(chosen) and not any(row.place in lower_bounds for row in rows)
    ]
    if differing:
        stated = " and ".join(f"{_shares(rows):,} in sheet '{rows[0].place.sheet}'" for rows in (chosen, *differing))
        remarks.append(
            ImportRemark(
                "exercises do not foot",
                "check",
                f"{first.grant}: {stated} shares are exercised on {first.day}; {shares_of(_shares(chosen))} are used, "
                "so check it against Form 3921.",
                (first.grant,),
                tuple(row.place for rows in (chosen, *differing) for row in rows),
            )
        )
    rest = [row for rows in by_sheet.values() if rows is not chosen for row in rows]
    return [_completed(exercise, rest) for exercise in _added_up(chosen)]


def _added_up(rows: Iterable[ExerciseRow]) -> list[ExerciseRow]:
    """The rows of a sheet that are alike in all but their shares and lots, as one."""
    found: dict[tuple[object, ...], ExerciseRow] = {}
    for row in rows:
        key = (row.value, row.paid, row.option_type, row.method, row.election_83b)
        before = found.get(key)
        found[key] = (
            row
            if before is None
            else replace(before, shares=before.shares + row.shares, lot=before.lot if before.lot == row.lot else "")
        )
    return list(found.values())


def _completed(exercise: ExerciseRow, others: Iterable[ExerciseRow]) -> ExerciseRow:
    """The exercise with what only another sheet states of it."""
    for other in others:
        exercise = replace(
            exercise,
            value=other.value if exercise.value is None else exercise.value,
            paid=other.paid if exercise.paid is None else exercise.paid,
            granted=exercise.granted or other.granted,
            option_type=exercise.option_type or other.option_type,
            fmv_at_grant=other.fmv_at_grant if exercise.fmv_at_grant is None else exercise.fmv_at_grant,
            election_83b=exercise.election_83b or other.election_83b,
            lot=exercise.lot or other.lot,
        )
    return exercise


def _shares(rows: Iterable[ExerciseRow]) -> int:
    return sum(row.shares for row in rows)
