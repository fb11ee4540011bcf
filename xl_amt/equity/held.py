"""Grants as an export counts them on one day, made ready to be followed.

An export says how many shares are exercised, exercisable and unvested, but not when shares were exercised or lapsed.
What was exercised on days that nobody states is held as exercised before; what has lapsed is left out. The schedule
says what vests from then on, but only where it leaves as many shares unvested as the export counts: else its days are
not those of the grant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Final, NamedTuple, TypeVar

from xl_amt.equity import export_remarks as remarks_on
from xl_amt.equity.counts import Counts, counts_of
from xl_amt.equity.grants import Grant, HeldGrant, VestingEvent
from xl_amt.equity.ledger import follow_as_granted
from xl_amt.equity.portfolio import Acceleration, Cancellation, Exercise, Portfolio, Repurchase, Termination
from xl_amt.equity.remarks import Remark, RemarkKind
from xl_amt.equity.tranches import Tranche
from xl_amt.equity.words import grouped, listed
from xl_amt.errors import ArgumentError

_Change = TypeVar("_Change", Acceleration, Cancellation)
_EXPLAINS_A_COUNT: Final[frozenset[RemarkKind]] = frozenset(
    {
        "vesting not known",
        "exercised before vesting",
        "vesting of the day not counted",
        "canceled at the end of the work",
        "shares of vested units",
        "nothing left",
    }
)


class FollowedGrant(NamedTuple):
    """A grant to follow, with what the export leaves open.

    ``vests_from`` is the first day whose vesting the export does not count as vested; None where nothing of the grant
    can be followed. Besides, ``undated_unvested`` shares vest on days that are not known, and ``undated_exercisable``
    are vested but not followed. ``exercised_before`` are shares exercised on days that are not known, by the day on
    which they are taken to have vested: none of the grant's own shares.
    """

    grant: Grant
    vests_from: date | None
    undated_unvested: int = 0
    remarks: tuple[Remark, ...] = ()
    undated_exercisable: int = 0
    exercised_before: tuple[VestingEvent, ...] = ()


class PortfolioAsOf(NamedTuple):
    """A portfolio that agrees with its export, remarks where it cannot, and each held grant with what is open of it."""

    portfolio: Portfolio
    remarks: tuple[Remark, ...]
    grants: tuple[FollowedGrant, ...]


def portfolio_as_of(portfolio: Portfolio) -> PortfolioAsOf:
    """The portfolio with each HeldGrant made a grant to follow, so it agrees with the export of its ``as_of`` day.

    Exercises before that day are among those that the export counts; the rest of its count was exercised before, on
    days that nobody knows. Exercises of the day and later use what is left. Where the portfolio does not say when the
    work ended, the day that the grants state holds. Followed to the export's day, each grant has the export's counts
    (`xl_amt.equity.history.counts_on`), or a remark says where it has not.

    ArgumentError where the day is not given, the exercises are more than the export counts, the grants state several
    ends of the work, or a split is not after the day of the export, whose figures contain it.

    >>> held = HeldGrant("ES-1", "ISO", date(2024, 1, 15), 1.0, 10_000, "1/4 yearly", date(2024, 1, 1),
    ...     shares_exercised=3_000, shares_exercisable=2_000, shares_unvested=5_000)
    >>> counted = portfolio_as_of(Portfolio((held,), as_of=date(2026, 6, 30)))
    >>> counted.portfolio.grants[0].exercised_before, [remark.kind for remark in counted.remarks]
    (3000, ['exercises not dated'])
    """
    held = [grant for grant in portfolio.grants if isinstance(grant, HeldGrant)]
    remarks = [
        remarks_on.exercised_before(grant) for grant in portfolio.grants if remarks_on.is_exercised_before(grant)
    ]
    if not held:
        return PortfolioAsOf(portfolio, tuple(remarks), ())
    counted_on = _day_of_the_export(portfolio, held)
    termination = portfolio.termination or _stated_end(held)
    if termination and not portfolio.termination:
        remarks.append(remarks_on.end_of_the_work(termination))
    ended = replace(portfolio, termination=termination)
    done: dict[str, FollowedGrant] = {}
    for grant in held:
        followed = followed_from(grant, counted_on, portfolio.exercises, termination, portfolio.repurchases)
        more = followed.remarks
        done[grant.label] = followed = followed._replace(grant=_with_exercised_before(followed))
        remarks += more
        if not any(remark.kind in _EXPLAINS_A_COUNT for remark in more):
            remarks += _what_counts_differ(grant, followed.grant, ended)
    followed_labels = {label for label, one in done.items() if not isinstance(one.grant, HeldGrant)}
    kept = [grant for grant in portfolio.grants if grant.label in followed_labels or grant.label not in done]
    labels = {grant.label for grant in kept}
    as_counted = replace(
        portfolio,
        grants=tuple(done[grant.label].grant if grant.label in done else grant for grant in kept),
        accelerations=_of(labels, portfolio.accelerations),
        cancellations=_of(labels, portfolio.cancellations),
        termination=termination,
    )
    return PortfolioAsOf(as_counted, tuple(remarks), tuple(done.values()))


def stated_ends(held: Iterable[HeldGrant]) -> dict[date | None, list[str]]:
    """The labels of the grants by the last day of work that they state; None for those that state none."""
    return {
        day: [grant.label for grant in grants] for day, grants in grouped(held, lambda grant: grant.work_ended).items()
    }


def ends_in_words(by_day: Mapping[date | None, Sequence[str]]) -> str:
    """The days of `stated_ends`, each with its grants.

    >>> ends_in_words({date(2026, 3, 31): ["ES-1", "ES-2"], None: ["ES-3"]})
    '2026-03-31 for ES-1 and ES-2 and none for ES-3'
    """
    return listed(f"{day or 'none'} for {listed(labels)}" for day, labels in by_day.items())


def followed_from(
    held: HeldGrant,
    counted_on: date,
    exercises: Iterable[Exercise],
    termination: Termination | None = None,
    repurchases: Iterable[Repurchase] = (),
) -> FollowedGrant:
    """What is left of a held grant, with the vesting that agrees with the export, and remarks where it does not.

    ``exercises`` before the day of the export are among those that it counts; ArgumentError where they are more than
    it counts. An election under IRC 83(b) needs the vesting: ArgumentError where that is not known. Where the work had
    ended by the day of the export, nothing vests from then on.

    >>> held = HeldGrant("ES-1", "ISO", date(2024, 1, 15), 1.0, 400, "1/4 yearly", date(2024, 1, 1),
    ...     shares_exercised=50, shares_exercisable=150, shares_unvested=200)
    >>> [event.shares for event in followed_from(held, date(2026, 6, 30), ()).grant.vesting_events]
    [50, 100, 100, 100]
    """
    if held.option_type == "RSU":
        return _units_from(held, counted_on)
    own = [exercise for exercise in exercises if exercise.grant == held.label]
    before = tuple(exercise for exercise in own if exercise.day < counted_on)
    dated = sum(exercise.shares for exercise in before)
    ended = termination if termination and termination.day <= counted_on else None
    remarks = [*remarks_on.what_is_not_dated(held, counted_on, dated), *remarks_on.what_is_canceled(held, ended)]
    undated = held.shares_exercised - dated
    try:
        returned = tuple(step for step in repurchases if step.grant == held.label and step.day <= counted_on)
        tranches = follow_as_granted(
            Portfolio((_as_granted(held),), before, termination=ended, repurchases=returned), counted_on
        ).tranches
        left, vests_from, more = _by_schedule(held, counted_on, tranches, ended, undated)
        taken = [event for event in _taken(tranches, left) if event.day < vests_from]
        gone = _oldest(undated, taken, ended.day if ended else counted_on)
        unknown = 0
    except ArgumentError as error:
        if own and (held.grant_date is None or any(exercise.election_83b for exercise in own)):
            raise
        # on days that are not known, and do not matter
        left = [VestingEvent(held.grant_date, held.shares_exercisable + dated)] if held.grant_date else []
        gone = [VestingEvent(held.grant_date, undated)] if held.grant_date and undated else []
        vests_from, unknown = date.max, 0 if ended else held.shares_unvested
        more = [remarks_on.vesting_not_known(held, error)] if own or not ended or not held.grant_date else []
        if own:
            more.append(remarks_on.counted_as_vested(held))
    remarks += more
    if any(event.shares for event in left):
        return FollowedGrant(
            _with_events(held, left), vests_from, unknown, tuple(remarks), exercised_before=tuple(gone)
        )
    if own:
        raise ArgumentError(
            f"{held.label}: according to the export, none of its shares can be exercised; leave its exercises out."
        )
    if not gone and not held.shares_exercisable and not held.shares_unvested:
        remarks.append(remarks_on.nothing_left(held))
    return FollowedGrant(held, None, unknown, tuple(remarks), held.shares_exercisable, tuple(gone))


def _units_from(held: HeldGrant, counted_on: date) -> FollowedGrant:
    """Stock units that have not vested; those that have are shares, whose values of long ago nobody should need."""
    units = Portfolio((_as_granted(held),), values=((date.min, 0.0),))
    try:
        left, vests_from, remarks = _agreeing_events(held, counted_on, follow_as_granted(units, date.min).tranches, 0)
    except ArgumentError as error:
        return FollowedGrant(held, None, held.shares_unvested, (remarks_on.vesting_not_known(held, error),))
    later = [event for event in left if event.day >= vests_from]
    if not later:
        return FollowedGrant(held, None, 0, (*remarks, remarks_on.nothing_left(held)))
    if held.shares_exercised or held.shares_exercisable:
        remarks.append(
            Remark(
                "shares of vested units",
                held.label,
                f"{held.label}: units that vested before {vests_from} are already shares, which the grant does not "
                "cover; enter them as lots.",
            )
        )
    return FollowedGrant(_with_events(held, later), vests_from, 0, tuple(remarks))


def _by_schedule(
    held: HeldGrant, counted_on: date, tranches: Sequence[Tranche], ended: Termination | None, undated: int
) -> tuple[list[VestingEvent], date, list[Remark]]:
    """The events that leave the export's counts, from when they are not vested by it, and where they differ from it."""
    events, vests_from, remarks = (
        (_events_until(ended.day, held, tranches), counted_on + timedelta(days=1), [])
        if ended
        else _agreeing_events(held, counted_on, tranches, undated)
    )
    return events, vests_from, [*remarks, *remarks_on.what_has_lapsed(held, vests_from, tranches, undated)]


def _events_until(ended: date, held: HeldGrant, tranches: Iterable[Tranche]) -> list[VestingEvent]:
    """The events up to the end of employment that leave the export's count; what the schedule lacks vests with it."""
    vested = [tranche for tranche in tranches if tranche.vests <= ended]
    lapsed = sum(tranche.unexercised for tranche in vested) - held.shares_exercisable
    return [*_less(max(lapsed, 0), vested), VestingEvent(ended, max(-lapsed, 0))]


def _agreeing_events(
    held: HeldGrant, counted_on: date, tranches: Sequence[Tranche], undated: int
) -> tuple[list[VestingEvent], date, list[Remark]]:
    """The events that leave the export's counts, from when they are unvested, and that a rounding differs."""
    day_after = counted_on + timedelta(days=1)
    for vests_from, allowed in ((day_after, 0), (counted_on, 0), (day_after, remarks_on.ROUNDING)):
        earlier = [tranche for tranche in tranches if tranche.vests < vests_from]
        later = tranches[len(earlier) :]
        surplus = sum(tranche.unexercised for tranche in later) - held.shares_unvested
        if abs(surplus) <= allowed and (not surplus or (earlier and later)):
            lapsed = sum(tranche.unexercised for tranche in earlier) - held.shares_exercisable
            remarks = [remarks_on.rounded_otherwise(held)] if surplus else []
            if vests_from == counted_on:
                remarks.append(remarks_on.not_counted(held, counted_on))
            return [*_less(lapsed, earlier), *_less(surplus, later)], vests_from, remarks
    earlier = [tranche for tranche in tranches if tranche.vests <= counted_on]
    later = tranches[len(earlier) :]
    to_vest = sum(tranche.unexercised for tranche in later)
    early = to_vest - held.shares_unvested
    if held.early_exercisable and 0 < early <= undated:
        lapsed = sum(tranche.unexercised for tranche in earlier) - held.shares_exercisable
        return [*_less(lapsed, earlier), *_less(early, later)], day_after, [remarks_on.exercised_early(held, early)]
    raise ArgumentError(
        f"{held.label}: under its schedule {to_vest:,} shares vest after {counted_on}, but the export counts "
        f"{held.shares_unvested:,}; ask when they vest."
    )


def _less(shares: int, tranches: Iterable[Tranche]) -> list[VestingEvent]:
    """The tranches less some unexercised shares, the oldest first; a negative number adds to the oldest."""
    events = []
    for tranche in tranches:
        taken = min(shares, tranche.unexercised)
        shares -= taken
        stated = tranche.platform_iso_shares
        iso_shares = None if stated is None else stated - min(max(taken, 0), stated - tranche.iso_exercised)
        events.append(VestingEvent(tranche.vests, tranche.shares - taken, iso_shares))
    return events


def _taken(tranches: Iterable[Tranche], left: Iterable[VestingEvent]) -> list[VestingEvent]:
    """What the events leave out of the tranches, in order."""
    return [
        VestingEvent(
            tranche.vests,
            tranche.shares - event.shares,
            None if event.iso_shares is None else (tranche.platform_iso_shares or 0) - event.iso_shares,
        )
        for tranche, event in zip(tranches, left, strict=False)
        if tranche.vests == event.day and tranche.shares > event.shares
    ]


def _oldest(shares: int, events: Iterable[VestingEvent], otherwise: date) -> list[VestingEvent]:
    """So many shares of the events, the oldest first; those that they lack on another day."""
    found = []
    for event in events:
        part = min(shares, event.shares)
        if part:
            iso_shares = None if event.iso_shares is None else min(part, event.iso_shares)
            found.append(VestingEvent(event.day, part, iso_shares))
            shares -= part
    return [*found, VestingEvent(otherwise, shares)] if shares else found


def _as_granted(held: HeldGrant) -> Grant:
    """The terms of a held grant, without what the export counts."""
    terms = {item.name: getattr(held, item.name) for item in fields(Grant)}
    return Grant(**terms | {"exercised_before": 0})


def _with_events(held: HeldGrant, events: Iterable[VestingEvent]) -> Grant:
    """The grant with these events; one that the export calls an ISO is one in all shares of which it says no more."""
    events = tuple(_of_its_kind(held, event) for event in events)
    shares = sum(event.shares for event in events)
    return replace(_as_granted(held), shares_granted=shares, vesting_schedule="", vesting_events=events)


def _with_exercised_before(followed: FollowedGrant) -> Grant:
    """The grant with the shares that were exercised on unknown days, as such; as it is where there are none."""
    gone, grant = followed.exercised_before, followed.grant
    if not gone:
        return grant
    left = () if isinstance(grant, HeldGrant) else grant.vesting_events
    by_day = grouped((_of_its_kind(grant, event) for event in (*gone, *left)), lambda event: event.day)
    events = tuple(
        VestingEvent(
            day,
            sum(event.shares for event in together),
            None if grant.option_type != "ISO" else sum(event.iso_shares or 0 for event in together),
        )
        for day, together in sorted(by_day.items())
    )
    terms = _as_granted(grant) if isinstance(grant, HeldGrant) else grant
    return replace(
        terms,
        shares_granted=sum(event.shares for event in events),
        vesting_schedule="",
        vesting_events=events,
        exercised_before=sum(event.shares for event in gone),
    )


def _of_its_kind(grant: Grant, event: VestingEvent) -> VestingEvent:
    """All shares of an ISO are ISOs where the platform does not split them."""
    unsaid = grant.option_type == "ISO" and event.iso_shares is None
    return event._replace(iso_shares=event.shares) if unsaid else event


def _of(labels: set[str], steps: tuple[_Change, ...]) -> tuple[_Change, ...]:
    return tuple(step for step in steps if step.grant in labels)


def _day_of_the_export(portfolio: Portfolio, held: Sequence[HeldGrant]) -> date:
    if portfolio.as_of is None:
        raise ArgumentError(f"{held[0].label}: an export counts its shares; enter the date of the export.")
    for split in portfolio.splits:
        if split.day <= portfolio.as_of:
            raise ArgumentError(
                f"the split of {split.day}: the export of {portfolio.as_of} counts post-split shares, so leave the "
                "split out, and restate what came before it in post-split shares."
            )
    return portfolio.as_of


def _stated_end(held: Sequence[HeldGrant]) -> Termination | None:
    """The end of the work as all grants state it; ArgumentError where they differ."""
    by_day = stated_ends(held)
    if len(by_day) > 1:
        raise ArgumentError(
            f"the end of employment: according to the export it is {ends_in_words(by_day)}; enter the last day of work."
        )
    return next((Termination(day) for day in by_day if day), None)


def _what_counts_differ(held: HeldGrant, grant: Grant, portfolio: Portfolio) -> Iterator[Remark]:
    """That, followed to the day of the export, a grant has other counts; what is done on the day itself is after it."""
    day = portfolio.as_of
    if isinstance(grant, HeldGrant) or day is None:
        return
    own = tuple(step for step in portfolio.exercises if step.grant == held.label and step.day < day)
    returned = tuple(step for step in portfolio.repurchases if step.grant == held.label)
    alone = Portfolio(
        (grant,),
        own,
        accelerations=_of({held.label}, portfolio.accelerations),
        cancellations=_of({held.label}, portfolio.cancellations),
        termination=portfolio.termination,
        repurchases=returned,
        as_of=day,
    )
    counts = counts_of(follow_as_granted(alone, day), held.label, alone)
    stated = Counts(held.shares_exercised, held.shares_exercisable, held.shares_unvested)
    if counts != stated:
        what = listed(f"{count:,} are {name}" for name, count in counts._asdict().items())
        by_export = listed(f"{count:,} {name}" for name, count in stated._asdict().items())
        yield Remark(
            "counts differ",
            held.label,
            f"{held.label}: as tracked, on {day} {what}, but according to the export {by_export}.",
        )
