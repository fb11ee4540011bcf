"""A client's equity: awards, what has been and will be done with them, and what the shares are worth when."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from math import isfinite, prod
from typing import Literal, NamedTuple

from xl_amt.days import check_in_calendar
from xl_amt.equity.grants import Grant, OptionType
from xl_amt.equity.lots import Lot, LotKey
from xl_amt.errors import ArgumentError


@dataclass(frozen=True, slots=True)
class Exercise:
    """Whole shares of one grant exercised on a day, past or planned.

    ``fmv`` is the value per share that day, in dollars; where it is None, the portfolio's value of that very day holds,
    and without one it is asked for when an amount needs it: a price of another day would put a wrong spread on a form.
    ``election_83b`` is the election for those shares that are
    not yet vested. ``option_type`` says which part is meant of a grant that the $100,000 rule splits; where it is not
    said, ISO shares come first (Treas. Reg. 1.422-4(c)).
    """

    grant: str
    day: date
    shares: int
    fmv: float | None = None
    election_83b: bool = False
    option_type: OptionType | None = None


@dataclass(frozen=True, slots=True)
class Sale:
    """Whole shares sold on a day at a price per share, past or planned.

    ``lots`` are the labels or keys of the lots sold, in the order in which they are used up; a label's beginning stands
    for all lots that share it, first in, first out: "ES-1", or "ES-1 / 2026-03-01". With none, the oldest shares are
    sold (Treas. Reg. 1.1012-1(c)(1)). ``loss_allowed``: see `xl_amt.equity.sales.sell`; where a wash sale covers only a
    part of the shares, the sale is two.
    """

    day: date
    shares: int
    price: float
    lots: tuple[str | LotKey, ...] = ()
    loss_allowed: bool = True


class Acceleration(NamedTuple):
    """All of a grant's unvested shares vest on a day, as at a sale of the company."""

    grant: str
    day: date


class Cancellation(NamedTuple):
    """What is left of a grant, vested or not, is canceled on a day."""

    grant: str
    day: date


EndOfWork = Literal["ended", "disability", "death"]


class Termination(NamedTuple):
    """The last day of employment, and how it ended; a disability is one of IRC 22(e)(3)."""

    day: date
    reason: EndOfWork = "ended"


class Repurchase(NamedTuple):
    """Shares of a grant that were exercised early and had not vested when employment ended go back to the company.

    ``price`` is what it pays per share, mostly what was paid for it. ``grant`` is the label of the grant, or of a lot
    whose grant nobody knows.
    """

    day: date
    grant: str
    shares: int
    price: float


class Split(NamedTuple):
    """From a day on, ``new`` shares stand for every ``old``: 2 and 1 for two-for-one, 1 and 10 for a reverse split.

    Figures of days before it are in old shares, those from its day on in new ones.
    """

    day: date
    new: int
    old: int

    @property
    def ratio(self) -> Fraction:
        """New shares for each old one."""
        return Fraction(self.new, self.old)


Step = Acceleration | Exercise | Sale | Termination | Repurchase | Cancellation | Split


@dataclass(frozen=True)
class Portfolio:
    """Everything that is known and planned of a client's equity in one company.

    ``values`` are days and the fair market value per share from that day until the next one, in dollars; the values at
    the exercises count among them. They are for shares that vest, whose value no exercise states. Grants of one day
    keep their order.

    ``lots`` are shares that were there before, or whose grant nobody knows. ``as_of`` is the day on which an export
    counted the grants that are HeldGrants, and by which each grant's ``exercised_before`` was exercised. A portfolio
    is of one company and one holder, whose ISOs the $100,000 rule counts together (IRC 422(d)).
    """

    grants: tuple[Grant, ...]
    exercises: tuple[Exercise, ...] = ()
    sales: tuple[Sale, ...] = ()
    values: tuple[tuple[date, float], ...] = ()
    accelerations: tuple[Acceleration, ...] = ()
    cancellations: tuple[Cancellation, ...] = ()
    termination: Termination | None = None
    repurchases: tuple[Repurchase, ...] = ()
    splits: tuple[Split, ...] = ()
    lots: tuple[Lot, ...] = ()
    as_of: date | None = None
    company: str = ""
    holder: str = ""

    def __post_init__(self) -> None:
        _check_days(self)
        times = Counter(grant.label for grant in self.grants)
        for grant in self.grants:
            if times[grant.label] > 1:
                raise ArgumentError(f"{grant.label}: two grants have this label; give each its own.")
            _check_grant(grant)
        self.last_value(date.max)  # reads the values, so a wrong one is refused at once
        for step in self.exercises:
            self.grant(step.grant)
        for what, changes in (("acceleration", self.accelerations), ("cancellation", self.cancellations)):
            for change in changes:
                _check_not_before(f"{what} of {change.day}", change.day, self.grant(change.grant))
        if self.termination:
            for grant in self.grants:
                _check_not_before(f"end of the work on {self.termination.day}", self.termination.day, grant)
        of_unknown_grants = {lot.label for lot in self.lots if not lot.grant_label}
        for repurchase in self.repurchases:
            _check_repurchase(repurchase)
            if repurchase.grant not in of_unknown_grants:
                _check_not_before(f"repurchase of {repurchase.day}", repurchase.day, self.grant(repurchase.grant))
        _check_splits(self.splits)
        _check_lots(self.lots)

    @property
    def name(self) -> str:
        """The company and the holder, as far as they are given."""
        return ", ".join(filter(None, (self.company, self.holder)))

    @property
    def steps(self) -> tuple[Step, ...]:
        """Everything that is done or happens, in no order."""
        ended = (self.termination,) if self.termination else ()
        return (
            *self.splits,
            *self.accelerations,
            *self.exercises,
            *self.sales,
            *ended,
            *self.repurchases,
            *self.cancellations,
        )

    @property
    def died(self) -> date | None:
        """The day of the client's death, from which on the shares and options are the estate's."""
        return self.termination.day if self.termination and self.termination.reason == "death" else None

    def grant(self, label: str) -> Grant:
        """The grant of that label; ArgumentError where there is none."""
        if label not in self._by_label:
            known = ", ".join(self._by_label) or "none"
            raise ArgumentError(f"{label}: no grant has this label; existing grants: {known}.")
        return self._by_label[label]

    def until(self, day: date) -> Portfolio:
        """The same portfolio without the exercises and sales after a day."""
        return replace(
            self,
            exercises=tuple(exercise for exercise in self.exercises if exercise.day <= day),
            sales=tuple(sale for sale in self.sales if sale.day <= day),
        )

    def value_if_known(self, day: date) -> float | None:
        """The value per share on a day, in dollars; None before the first day of the values."""
        known = self.last_value(day)
        return known[1] if known else None

    def value_on(self, day: date, where: str) -> float:
        """The same; ArgumentError says where one is missing."""
        value = self.value_if_known(day)
        if value is None:
            raise ArgumentError(f"{where}: the value per share on {day} is not known; add it to the values.")
        return value

    def last_value(self, day: date) -> tuple[date, float] | None:
        """The latest day, up to this one, whose value is known, and the value of a share of this day; or None."""
        at = bisect_right(self._known_values, (day, float("inf")))
        if not at:
            return None
        known, value = self._known_values[at - 1]
        ratio = self.ratio_between(known, day)
        return known, value if ratio == 1 else value / float(ratio)

    def value_of(self, exercise: Exercise) -> float | None:
        """The value per share of an exercise: its own, else the one that is stated for its day; None for neither."""
        if exercise.fmv is not None:
            return exercise.fmv
        known = self.last_value(exercise.day)
        return known[1] if known and known[0] == exercise.day else None

    def ratio_between(self, first: date, last: date) -> Fraction:
        """The shares of the last day that stand for one of the first, by the splits after the first."""
        return prod((split.ratio for split in self.splits if first < split.day <= last), start=Fraction(1))

    @cached_property
    def _by_label(self) -> dict[str, Grant]:
        return {grant.label: grant for grant in self.grants}

    @cached_property
    def _known_values(self) -> list[tuple[date, float]]:
        """The values and those at exercises, in order; ArgumentError where one is none, or a day has two."""
        stated = [("values", day, value) for day, value in self.values]
        stated += [
            (f"{exercise.grant}, exercise", exercise.day, exercise.fmv)
            for exercise in self.exercises
            if exercise.fmv is not None
        ]
        known: dict[date, float] = {}
        for where, day, value in stated:
            if not isfinite(value) or value < 0.0:
                raise ArgumentError(f"{where} of {day}: {value:g} is not a value per share; enter zero or more.")
            if known.setdefault(day, value) != value:
                raise ArgumentError(
                    f"{where} of {day}: the value per share is {value:g} here and {known[day]:g} elsewhere; a share "
                    "has one fair market value per day, so correct one."
                )
        return sorted(known.items())


def _check_days(portfolio: Portfolio) -> None:
    """ArgumentError for a day on which nothing that is followed can be."""
    stated = [(f"the {type(step).__name__.lower()}", step.day) for step in portfolio.steps]
    stated += [(lot.label, day) for lot in portfolio.lots for day in (lot.acquired, lot.vested)]
    for grant in portfolio.grants:
        days = (grant.grant_date, grant.vesting_start, grant.expiration_date, grant.disqualified)
        stated += [(grant.label, day) for day in days if day]
        stated += [(grant.label, event.day) for event in grant.vesting_events]
    for where, day in stated:
        check_in_calendar(day, where)
    if portfolio.as_of:
        check_in_calendar(portfolio.as_of, "the day of the export")


def _check_grant(grant: Grant) -> None:
    if not isinstance(grant.shares_granted, int) or grant.shares_granted <= 0:
        raise ArgumentError(
            f"{grant.label}: it is for {grant.shares_granted:g} shares; enter whole shares, at least one."
        )
    for what, value in (("strike", grant.strike), ("value at grant", grant.value_at_grant)):
        if not isfinite(value) or value < 0.0:
            raise ArgumentError(f"{grant.label}: its {what} of {value:g} is not a price per share; enter zero or more.")
    if grant.expiration_date:
        _check_not_before(f"expiration date, {grant.expiration_date},", grant.expiration_date, grant)
    if grant.disqualified:
        _check_not_before(f"disqualification of {grant.disqualified}", grant.disqualified, grant)
    _check_exercised_before(grant)


def _check_exercised_before(grant: Grant) -> None:
    shares = grant.exercised_before
    if not isinstance(shares, int) or not 0 <= shares <= grant.shares_granted:
        raise ArgumentError(
            f"{grant.label}: {shares:g} of its {grant.shares_granted:,} shares are stated as exercised earlier; enter "
            "whole shares, no more than were granted."
        )
    if shares and grant.option_type == "RSU":
        raise ArgumentError(
            f"{grant.label}: stock units are not exercised, so leave out the earlier exercises; enter units that have "
            "become shares as lots."
        )


def _check_not_before(what: str, day: date, grant: Grant) -> None:
    if grant.grant_date and day < grant.grant_date:
        raise ArgumentError(f"{grant.label}: the {what} is before the grant of {grant.grant_date}; correct a date.")


def _check_repurchase(repurchase: Repurchase) -> None:
    price = repurchase.price
    if not isinstance(repurchase.shares, int) or repurchase.shares <= 0 or not (isfinite(price) and price >= 0.0):
        raise ArgumentError(
            f"{repurchase.grant}: the repurchase of {repurchase.day} is for {repurchase.shares:g} shares at {price:g}; "
            "enter whole shares, at least one, and a price of zero or more."
        )


def _check_splits(splits: tuple[Split, ...]) -> None:
    days = [split.day for split in splits]
    for split in splits:
        if not all(isinstance(part, int) and part > 0 for part in (split.new, split.old)):
            raise ArgumentError(
                f"the split of {split.day}: it gives {split.new:g} new shares for {split.old:g}; enter whole numbers "
                "above zero, such as 2 for 1."
            )
        if days.count(split.day) > 1:
            raise ArgumentError(f"the split of {split.day}: two splits are on this date; combine them.")


def _check_lots(lots: tuple[Lot, ...]) -> None:
    keys = [lot.key for lot in lots]
    for lot in lots:
        for what, value in (("price paid", lot.strike), ("value", lot.fmv or 0.0), ("value", lot.fmv_at_vest or 0.0)):
            if not isfinite(value) or value < 0.0:
                raise ArgumentError(
                    f"{lot.label}: its {what} of {value:g} is not an amount per share; enter zero or more."
                )
        if not isfinite(lot.shares) or lot.shares <= 0:
            raise ArgumentError(f"{lot.label}: it is for {lot.shares:g} shares; enter more than 0.")
        if lot.vested < lot.acquired or (lot.grant_date and lot.acquired < lot.grant_date):
            raise ArgumentError(
                f"{lot.label}: grant, acquisition on {lot.acquired} and vesting on {lot.vested} are out of order; "
                "correct a date."
            )
        if keys.count(lot.key) > 1:
            raise ArgumentError(f"{lot.label}: two lots have this name and these days; give each a name of its own.")
