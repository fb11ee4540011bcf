"""What an export leaves open of a grant, a remark each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from xl_amt.equity.grants import Grant, HeldGrant
from xl_amt.equity.portfolio import Termination
from xl_amt.equity.remarks import Remark
from xl_amt.equity.tranches import Tranche
from xl_amt.equity.words import shares_of
from xl_amt.errors import ArgumentError, NotExercisableError

ROUNDING: Final = 1  # share: platforms round a schedule's fractions up, down or to the nearest share


def is_exercised_before(grant: Grant) -> bool:
    """Whether shares of a grant that no export counts were exercised on unknown days."""
    return bool(grant.exercised_before) and not isinstance(grant, HeldGrant)


def exercised_before(grant: Grant) -> Remark:
    """That nobody knows when some of its shares were exercised."""
    return Remark(
        "exercises not dated",
        grant.label,
        f"{grant.label}: it is not known when {grant.exercised_before:,} of its shares were exercised, so they form no "
        "lot; to date those still held, enter each exercise.",
    )


def what_is_not_dated(held: HeldGrant, counted_on: date, dated: int) -> Iterator[Remark]:
    """That the export counts exercises of unknown days; ArgumentError where it counts fewer than are dated."""
    if dated > held.shares_exercised:
        raise ArgumentError(
            f"{held.label}: its exercises before {counted_on} total {dated:,} shares, but the export as of that date "
            f"counts {held.shares_exercised:,} as exercised; correct the exercises, or use a later export."
        )
    undated = held.shares_exercised - dated
    if undated:
        yield Remark(
            "exercises not dated",
            held.label,
            f"{held.label}: the export does not say when {undated:,} of its shares were exercised; to date those still "
            "held, enter each exercise.",
        )
    if held.exercised_before not in (0, undated):
        yield Remark(
            "counts differ",
            held.label,
            f"{held.label}: {held.exercised_before:,} of its shares are stated as exercised earlier and {dated:,} on "
            f"known dates, but the export counts {held.shares_exercised:,} as exercised; the export's count is used.",
        )


def what_is_canceled(held: HeldGrant, ended: Termination | None) -> Iterator[Remark]:
    """That the export still counts shares as unvested after employment had ended."""
    if ended and held.shares_unvested:
        yield Remark(
            "canceled at the end of the work",
            held.label,
            f"{held.label}: the export counts {shares_of(held.shares_unvested)} as unvested although employment ended "
            f"on {ended.day}; they are treated as canceled, so ask whether any of them vest.",
        )


def what_has_lapsed(held: HeldGrant, vests_from: date, tranches: Iterable[Tranche], undated: int) -> Iterator[Remark]:
    """That the schedule leaves more or fewer shares to exercise than the export counts."""
    vested = sum(tranche.unexercised for tranche in tranches if tranche.vests < vests_from and not tranche.canceled)
    if abs(max(vested - undated, 0) - held.shares_exercisable) > ROUNDING:
        yield Remark(
            "exercisable differs",
            held.label,
            f"{held.label}: under its schedule {shares_of(max(vested - undated, 0))} can be exercised, but the export "
            f"counts {held.shares_exercisable:,}; the export's count is used, so ask about the difference.",
        )


def vesting_not_known(held: HeldGrant, error: ArgumentError) -> Remark:
    """That its schedule is not understood, or does not allow an exercise."""
    too_early = isinstance(error, NotExercisableError) and error.available + error.unvested >= error.shares
    return Remark("exercised before vesting" if too_early else "vesting not known", held.label, str(error))


def counted_as_vested(held: HeldGrant) -> Remark:
    """That its exercises count as those of vested shares."""
    return Remark(
        "vesting not known",
        held.label,
        f"{held.label}: its exercises are treated as exercises of vested shares, since its vesting is not known.",
    )


def rounded_otherwise(held: HeldGrant) -> Remark:
    """That the export rounds a day's shares otherwise."""
    return Remark(
        "vesting rounded otherwise",
        held.label,
        f"{held.label}: the export rounds its vesting differently, so the shares vesting on a date may be off by one.",
    )


def exercised_early(held: HeldGrant, shares: int) -> Remark:
    """That shares which have not vested were exercised on days that the export does not say."""
    return Remark(
        "exercised early on unknown days",
        held.label,
        f"{held.label}: {shares_of(shares)} that have not vested were exercised early, on dates that the export does "
        "not state; enter the exercise and whether an 83(b) election was made: without one, the shares give rise to "
        "income as they vest.",
    )


def not_counted(held: HeldGrant, day: date) -> Remark:
    """That the export was made before the shares of its day vested."""
    return Remark(
        "vesting of the day not counted",
        held.label,
        f"{held.label}: the export of {day} counts the shares that vest that day as unvested.",
    )


def nothing_left(held: HeldGrant) -> Remark:
    """That nothing of the grant can be followed."""
    return Remark("nothing left", held.label, f"{held.label}: according to the export, none of it can be tracked.")


def end_of_the_work(termination: Termination) -> Remark:
    """That the end of employment is taken from the export."""
    return Remark(
        "end of the work",
        "",
        f"According to the export, employment ended on {termination.day}: correct this if the date differs, or if "
        "disability or death ended it.",
    )
