"""What to ask or to check of exercises, sales, lots and values, once they are put together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from xl_amt.equity.words import price_of
from xl_amt.importers.report import ImportRemark, listed

if TYPE_CHECKING:
    from xl_amt.importers.reading import Readings


def remark_on_steps(found: Readings, remarks: list[ImportRemark]) -> None:
    """Add the remarks, each on all that it is about."""
    remarks += (
        *_on_exercises(found),
        *_on_taken_counts(found),
        *_on_ends(found),
        *_on_values(found),
        *_on_splits(found),
        *_on_doubts(found),
    )


def _on_exercises(found: Readings) -> Iterator[ImportRemark]:
    without_grant = [exercise for exercise in found.exercises if not exercise.grant]
    if without_grant:
        days = listed(str(exercise.day) for exercise in without_grant)
        sentence = f"The export does not say which grant the exercise on {days} belongs to: ask, and enter it."
        places = tuple(exercise.place for exercise in without_grant)
        yield ImportRemark("exercise without a grant", "ask", sentence, (), places)
    unvalued = [exercise for exercise in found.exercises if exercise.value is None]
    if unvalued:
        what = listed(f"{exercise.grant or 'an exercise'} on {exercise.day}" for exercise in unvalued)
        sentence = f"The value per share is not stated for the exercise of {what}: take it from Form 3921, box 4."
        labels = tuple(dict.fromkeys(exercise.grant for exercise in unvalued if exercise.grant))
        yield ImportRemark(
            "value at exercise missing", "ask", sentence, labels, tuple(exercise.place for exercise in unvalued)
        )
    for read in found.grants:
        grant = read.grant
        own = [exercise for exercise in found.exercises if exercise.grant == grant.label]
        is_part = sum(other.grant.label == grant.label for other in found.grants) > 1
        fitting = {grant.option_type} if is_part else {None, grant.option_type}
        of_kind = [exercise for exercise in own if exercise.option_type in fitting]
        dated = sum(exercise.shares for exercise in of_kind)
        if dated > grant.shares_exercised:
            sentence = (
                f"{grant.label}: {dated:,} shares were exercised on the stated dates, and the export counts "
                f"{grant.shares_exercised:,}; a later export may count them, or an exercise may be listed twice."
            )
            places = (read.row.place, *(exercise.place for exercise in own))
            yield ImportRemark("exercises do not foot", "check", sentence, (grant.label,), places)


def _on_taken_counts(found: Readings) -> Iterator[ImportRemark]:
    for read in found.grants:
        grant = read.grant
        dated = sum(exercise.shares for exercise in found.exercises if exercise.grant == grant.label)
        if read.takes_exercised and dated != grant.shares_exercised:
            sentence = (
                f"{grant.label}: {grant.shares_exercised:,} vested shares can no longer be exercised and are assumed "
                "to be exercised, which the export does not state; check that none lapsed."
            )
            yield ImportRemark("exercised is taken", "check", sentence, (grant.label,), (read.row.place,))


def _on_ends(found: Readings) -> Iterator[ImportRemark]:
    from xl_amt.importers.layout import Fact

    for read in found.grants:
        grant, place = read.grant, (read.row.place,)
        if canceled := read.row.day(Fact.CANCELED_DATE):
            sentence = (
                f"{grant.label}: it was canceled on {canceled}; its {grant.shares_exercised:,} exercised shares are "
                "kept, and no more of it can be exercised."
            )
            yield ImportRemark("canceled", "note", sentence, (grant.label,), place)
        if grant.disqualified:
            sentence = (
                f"{grant.label}: from {grant.disqualified} on its options are NSOs (IRC 422(b), 424(h)); find out what "
                "was changed."
            )
            yield ImportRemark("disqualified", "check", sentence, (grant.label,), place)


def _on_values(found: Readings) -> Iterator[ImportRemark]:
    if not found.values:
        return
    latest = max(found.values)
    under = [
        read
        for read in found.grants
        if read.grant.strike > latest.price and (read.grant.shares_exercisable or read.grant.shares_unvested)
    ]
    if under:
        labels = tuple(read.grant.label for read in under)
        sentence = (
            f"The strike of {listed(labels)} is above {price_of(latest.price)}, the value per share since "
            f"{latest.day}: they are under water."
        )
        yield ImportRemark("under water", "note", sentence, labels, tuple(read.row.place for read in under))


def _on_splits(found: Readings) -> Iterator[ImportRemark]:
    for split in found.splits:
        sentence = (
            f"The shares were split {split.new}:{split.old} on {split.day}: check whether the figures for earlier "
            "dates are stated before or after the split."
        )
        yield ImportRemark("split", "ask", sentence, (), (split.place,))


def _on_doubts(found: Readings) -> Iterator[ImportRemark]:
    for doubt, places in found.doubts.items():
        sentence = f"{doubt[0].upper()}{doubt[1:]}."
        yield ImportRemark("to check", "check", sentence, (), tuple(dict.fromkeys(places)))
