"""The part of an option's income that a state taxes when the work was done in more than one.

A state shares the income by workdays over a period of its own: from the grant to the exercise in California (FTB Pub.
1004; 18 CCR 17951-5) and New Jersey (N.J.A.C. 18:35-5.3), to vesting in New York (20 NYCRR 132.24; TSB-M-07(7)I). It
holds for the wages of an NSO and of a disqualifying sale. The gain of a qualifying sale is not shared so: California
taxes it where the client lives at the sale; what New York does with it is not answered here.

The share says which income is the state's. What the state keeps is then a ratio of its tax on all income, not the tax
on the share alone (Form 540NR).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from xl_amt.errors import ArgumentError, NotHeldError
from xl_amt.law import AllocationPeriod, allocation_period

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WorkPeriod:
    """Days on which a client worked for the company in one state, by its two letters; first and last included.

    ``days_off`` are holidays, vacation and sick days on which no work was done: their number, or the days themselves.
    A business trip is a period of its own.
    """

    state: str
    first_day: date
    last_day: date
    days_off: int | frozenset[date] = 0


@dataclass(frozen=True, slots=True)
class StateShare:
    """The part of an option's income that a state taxes: its workdays over all workdays of its period."""

    period: AllocationPeriod
    state_days: int
    total_days: int

    @property
    def ratio(self) -> float:
        """The part, from 0 to 1."""
        return self.state_days / self.total_days

    def of_income(self, wages: float) -> float:
        """The state's part of the wages of an NSO or of a disqualifying sale, in dollars."""
        return self.ratio * wages

    def of_amt_item(self, spread: float) -> float:
        """The state's part of the AMT item of an exercise that is kept past year-end, in dollars.

        California shares it as it shares an NSO's wages (FTB Pub. 1004). NotHeldError for a state without such a tax.
        """
        if not self.period.amt_item:
            raise NotHeldError(f"state: {self.period.state} has no minimum tax on the exercise of an ISO.")
        return self.ratio * spread


def state_share(
    label: str,
    state: str,
    worked: Sequence[WorkPeriod],
    *,
    granted: date,
    vested: date,
    exercised: date,
    sold: date | None = None,
    work_ended: date | None = None,
) -> StateShare:
    """What a state keeps of the income from options that vested on one day and were exercised then or later.

    Workdays are Mondays to Fridays less days off; the days of the grant and of the period's end count. Nothing counts
    after ``work_ended``, the last day of work for the company. ``sold`` is the day of a disqualifying sale, whose year
    the income belongs to. ``label`` is the grant or lot that an error names.

    ArgumentError for dates out of order, and for periods of work that leave out a day, overlap, or do not say where
    the days off lie; NotHeldError for a state whose own period is not held, and for shares exercised before they
    vested, which have a period of their own.

    >>> worked = [
    ...     WorkPeriod("CA", date(2022, 1, 1), date(2023, 12, 31)),
    ...     WorkPeriod("TX", date(2024, 1, 1), date(2025, 12, 31)),
    ... ]
    >>> dates = {"granted": date(2022, 7, 1), "vested": date(2024, 7, 1), "exercised": date(2025, 6, 30)}
    >>> share = state_share("ES-1", "CA", worked, **dates)
    >>> share.state_days, share.total_days
    (391, 782)
    """
    if not granted <= vested or not granted <= exercised:
        raise ArgumentError(f"{label}: it was granted on {granted}; vesting and exercise cannot be before that.")
    if exercised < vested:
        raise NotHeldError(f"{label}: how states allocate stock that vests after its exercise is not covered.")
    period = allocation_period(_letters(label, state), (sold or exercised).year)
    ends = exercised if period.ends_with == "exercise" else vested
    if work_ended is not None:
        ends = min(ends, work_ended)
    if ends < granted:
        raise ArgumentError(
            f"{label}: employment ended on {work_ended}, before the grant on {granted}; correct one of them."
        )
    periods = _in_order(label, worked, granted, ends)
    days = [(_letters(label, work.state), _workdays(label, work, granted, ends)) for work in periods]
    total = sum(count for _, count in days)
    if not total:
        raise ArgumentError(
            f"{label}: no day was worked from {granted} to {ends}; without workdays nothing can be allocated."
        )
    return StateShare(period, sum(count for place, count in days if place == period.state), total)


def _letters(label: str, state: str) -> str:
    code = state.strip().upper()
    if len(code) != 2 or not code.isalpha():
        raise ArgumentError(f"{label}: '{state}' is not the two letters of a state, such as CA.")
    return code


def _in_order(label: str, worked: Sequence[WorkPeriod], first: date, last: date) -> list[WorkPeriod]:
    """The periods of work that touch these days, in order and without a gap."""
    for work in worked:
        if work.last_day < work.first_day:
            raise ArgumentError(f"{label}: work in {work.state} ends on {work.last_day}, before {work.first_day}.")
    periods = sorted(
        (work for work in worked if work.first_day <= last and work.last_day >= first), key=lambda work: work.first_day
    )
    for before, after in pairwise(periods):
        if after.first_day <= before.last_day:
            raise ArgumentError(
                f"{label}: work in {before.state} until {before.last_day} overlaps work in {after.state} from "
                f"{after.first_day}; assign each day to one state."
            )
    open_from = first
    for work in periods:
        if work.first_day > open_from:
            break
        open_from = work.last_day + _ONE_DAY
    if open_from <= last:
        raise ArgumentError(
            f"{label}: nothing says where the client worked on {open_from}; the periods of work must cover {first} to "
            f"{last} without a gap."
        )
    return periods


def _workdays(label: str, work: WorkPeriod, first: date, last: date) -> int:
    """Mondays to Fridays of a period of work that fall within these days, less the days off among them."""
    begins, ends = max(work.first_day, first), min(work.last_day, last)
    if isinstance(work.days_off, int):
        if work.days_off and (begins, ends) != (work.first_day, work.last_day):
            raise ArgumentError(
                f"{label}: only a part of the work in {work.state} from {work.first_day} counts, and a number does not "
                "say which days off fall within it; enter the days off as dates."
            )
        count = _weekdays(begins, ends) - work.days_off
        if work.days_off < 0 or count < 0:
            raise ArgumentError(
                f"{label}: {work.days_off} days off do not fit within the work in {work.state} from {begins} to {ends}."
            )
        return count
    return _weekdays(begins, ends) - sum(begins <= day <= ends and day.weekday() < _SATURDAY for day in work.days_off)


def _weekdays(first: date, last: date) -> int:
    """Mondays to Fridays from one day to another, both included."""
    weeks, rest = divmod((last - first).days + 1, 7)
    return weeks * 5 + sum((first.weekday() + day) % 7 < _SATURDAY for day in range(rest))
