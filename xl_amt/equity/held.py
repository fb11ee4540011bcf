"""A grant as an export counts it on one day, made ready to be followed.

An export says how many shares are exercised, exercisable and unvested, but not when shares were exercised or lapsed.
What was exercised on days that nobody states, or has lapsed, is left out here. The schedule says what vests from then
on, but only where it leaves as many shares unvested as the export counts: else its days are not those of the grant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final, NamedTuple

from xl_amt.equity.grants import Grant, HeldGrant, VestingEvent
from xl_amt.equity.history import follow
from xl_amt.equity.portfolio import Exercise, Portfolio, Termination
from xl_amt.equity.tranches import Tranche
from xl_amt.equity.words import shares_of
from xl_amt.errors import ArgumentError

_ROUNDING: Final = 1  # share: platforms round a schedule's fractions up, down or to the nearest share


class FollowedGrant(NamedTuple):
    """A grant to follow, with what the export leaves open.

    ``vests_from`` is the first day whose vesting the export does not count as vested; None where nothing of the grant
    can be followed. Besides, ``undated_unvested`` shares vest on days that are not known, and ``undated_exercisable``
    are vested but not followed. Each note is a sentence.
    """

    grant: Grant
    vests_from: date | None
    undated_unvested: int = 0
    notes: tuple[str, ...] = ()
    undated_exercisable: int = 0


def followed_from(
    held: HeldGrant, counted_on: date, exercises: Iterable[Exercise], termination: Termination | None = None
) -> FollowedGrant:
    """A held grant with the vesting that agrees with the export, and notes where it does not.

    ``exercises`` before the day of the export are among those that it counts; ArgumentError where they are more than
    it counts. An election under IRC 83(b) needs the vesting: ArgumentError where that is not known. Where the work had
    ended by the day of the export, nothing vests from then on.

    >>> held = HeldGrant("ES-1", "ISO", date(2024, 1, 15), 1.0, 400, "1/4 yearly", date(2024, 1, 1),
    ...     shares_exercised=50, shares_exercisable=150, shares_unvested=200)
    >>> [event.shares for event in followed_from(held, date(2026, 6, 30), ()).grant.vesting_events]
    [50, 100, 100, 100]
    """
    own = [exercise for exercise in exercises if exercise.grant == held.label]
    before = tuple(exercise for exercise in own if exercise.day < counted_on)
    dated = sum(exercise.shares for exercise in before)
    ended = termination if termination and termination.day <= counted_on else None
    notes = [*_what_is_not_dated(held, counted_on, dated), *_what_is_canceled(held, ended)]
    try:
        events, vests_from, more = _by_schedule(held, counted_on, before, ended)
        undated = 0
    except ArgumentError as error:
        if own and (held.grant_date is None or any(exercise.election_83b for exercise in own)):
            raise
        # on days that are not known, and do not matter
        events = [VestingEvent(held.grant_date, held.shares_exercisable + dated)] if held.grant_date else []
        vests_from, undated = date.max, 0 if ended else held.shares_unvested
        more = [str(error)] if own or not ended or not held.grant_date else []
        if own:
            more.append(f"{held.label}: its exercises count as those of vested shares, since its vesting is not known.")
    notes += more
    if any(event.shares for event in events):
        return FollowedGrant(_with_events(held, events), vests_from, undated, tuple(notes))
    if own:
        raise ArgumentError(f"{held.label}: by the export no share of it can be exercised; leave its exercises out.")
    return FollowedGrant(held, None, undated, tuple(notes), held.shares_exercisable)


def _by_schedule(
    held: HeldGrant, counted_on: date, before: tuple[Exercise, ...], ended: Termination | None
) -> tuple[list[VestingEvent], date, list[str]]:
    """The events that leave the export's counts, from when they are not vested by it, and where they differ from it."""
    tranches = follow(Portfolio((held,), before, termination=ended), counted_on).tranches
    events, vests_from, notes = (
        (_events_until(ended.day, held, tranches), counted_on + timedelta(days=1), [])
        if ended
        else _agreeing_events(held, counted_on, tranches)
    )
    undated = held.shares_exercised - sum(exercise.shares for exercise in before)
    return events, vests_from, [*notes, *_what_has_lapsed(held, vests_from, tranches, undated)]


def _events_until(ended: date, held: HeldGrant, tranches: Iterable[Tranche]) -> list[VestingEvent]:
    """The events up to the end of the work that leave the export's count; what the schedule lacks vests with it."""
    vested = [tranche for tranche in tranches if tranche.vests <= ended]
    lapsed = sum(tranche.unexercised for tranche in vested) - held.shares_exercisable
    return [*_less(max(lapsed, 0), vested), VestingEvent(ended, max(-lapsed, 0))]


def _what_has_lapsed(held: HeldGrant, vests_from: date, tranches: Iterable[Tranche], undated: int) -> Iterator[str]:
    """That the schedule leaves more or fewer shares to exercise than the export counts."""
    vested = sum(tranche.unexercised for tranche in tranches if tranche.vests < vests_from and not tranche.canceled)
    if abs(vested - undated - held.shares_exercisable) > _ROUNDING:
        yield (
            f"{held.label}: by its schedule {shares_of(max(vested - undated, 0))} can be exercised, by the export "
            f"{held.shares_exercisable:,}; the export's count is used, so ask what has become of the difference."
        )


def _what_is_canceled(held: HeldGrant, ended: Termination | None) -> Iterator[str]:
    if ended and held.shares_unvested:
        yield (
            f"{held.label}: the export counts {shares_of(held.shares_unvested)} as unvested although the work ended on "
            f"{ended.day}; they are taken as canceled, so ask whether any of them vest."
        )


def _what_is_not_dated(held: HeldGrant, counted_on: date, dated: int) -> list[str]:
    if dated > held.shares_exercised:
        raise ArgumentError(
            f"{held.label}: its exercises before {counted_on} are of {dated:,} shares, but the export of that day has "
            f"{held.shares_exercised:,} exercised; correct the exercises, or take a later export."
        )
    undated = held.shares_exercised - dated
    sentence = (
        f"{held.label}: the export does not say when {undated:,} of its shares were exercised; for the dates of those "
        "still held, give each exercise."
    )
    return [sentence] if undated else []


def _agreeing_events(
    held: HeldGrant, counted_on: date, tranches: tuple[Tranche, ...]
) -> tuple[list[VestingEvent], date, list[str]]:
    """The events that leave the export's counts, from when they are unvested, and that a rounding differs."""
    day_after = counted_on + timedelta(days=1)
    for vests_from, allowed in ((day_after, 0), (counted_on, 0), (day_after, _ROUNDING)):
        earlier = [tranche for tranche in tranches if tranche.vests < vests_from]
        later = tranches[len(earlier) :]
        surplus = sum(tranche.unexercised for tranche in later) - held.shares_unvested
        if abs(surplus) <= allowed and (not surplus or (earlier and later)):
            lapsed = sum(tranche.unexercised for tranche in earlier) - held.shares_exercisable
            note = f"{held.label}: the export rounds its vesting otherwise, so that a day's shares may be one off."
            return [*_less(lapsed, earlier), *_less(surplus, later)], vests_from, [note] if surplus else []
    to_vest = sum(tranche.unexercised for tranche in tranches if tranche.vests > counted_on)
    raise ArgumentError(
        f"{held.label}: by its schedule {to_vest:,} shares vest after {counted_on}, by the export "
        f"{held.shares_unvested:,}; ask for the days on which they vest."
    )


def _less(shares: int, tranches: Iterable[Tranche]) -> list[VestingEvent]:
    """The tranches less some unexercised shares, the oldest first; a negative number adds to the oldest."""
    events = []
    for tranche in tranches:
        taken = min(shares, tranche.unexercised)
        shares -= taken
        events.append(VestingEvent(tranche.vests, tranche.shares - taken))
    return events


def _with_events(held: HeldGrant, events: list[VestingEvent]) -> Grant:
    """The grant with these events; one that the export calls an ISO is an ISO in all its shares."""
    if held.option_type == "ISO":
        events = [event._replace(iso_shares=event.shares) for event in events]
    shares = sum(event.shares for event in events)
    return replace(held, shares_granted=shares, vesting_schedule="", vesting_events=tuple(events))
