"""A client's equity: awards, what has been and will be done with them, and what the shares are worth when."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from math import isfinite
from typing import Literal, NamedTuple

from xl_amt.equity.grants import Grant, OptionType
from xl_amt.errors import ArgumentError


@dataclass(frozen=True, slots=True)
class Exercise:
    """Whole shares of one grant exercised on a day, past or planned.

    ``fmv`` is the value per share that day, in dollars. ``election_83b`` is the election for those shares that are
    not yet vested. ``option_type`` says which part is meant of a grant that the $100,000 rule splits; where it is not
    said, ISO shares come first (Treas. Reg. 1.422-4(c)).
    """

    grant: str
    day: date
    shares: int
    fmv: float
    election_83b: bool = False
    option_type: OptionType | None = None


@dataclass(frozen=True, slots=True)
class Sale:
    """Whole shares sold on a day at a price per share, past or planned.

    ``lots`` are the labels of the lots sold, in the order in which they are used up; a label's beginning stands for
    all lots that share it, first in, first out: "ES-1", or "ES-1 / 2026-03-01". With none, the oldest shares are sold
    (Treas. Reg. 1.1012-1(c)(1)). ``loss_allowed``: see `xl_amt.equity.sales.sell`; where a wash sale covers only a part
    of the shares, the sale is two.
    """

    day: date
    shares: int
    price: float
    lots: tuple[str, ...] = ()
    loss_allowed: bool = True


class Acceleration(NamedTuple):
    """All of a grant's unvested shares vest on a day, as at a sale of the company."""

    grant: str
    day: date


class Cancellation(NamedTuple):
    """What is left of a grant, vested or not, is canceled on a day."""

    grant: str
    day: date


class Termination(NamedTuple):
    """The last day of employment, and how it ended; a disability is one of IRC 22(e)(3)."""

    day: date
    reason: Literal["ended", "disability", "death"] = "ended"


Step = Acceleration | Exercise | Sale | Termination | Cancellation


@dataclass(frozen=True)
class Portfolio:
    """Everything that is known and planned of a client's equity in one company.

    ``values`` are days and the fair market value per share from that day until the next one, in dollars; the values at
    the exercises count among them. They are for shares that vest, whose value no exercise states. Grants of one day
    keep their order.
    """

    grants: tuple[Grant, ...]
    exercises: tuple[Exercise, ...] = ()
    sales: tuple[Sale, ...] = ()
    values: tuple[tuple[date, float], ...] = ()
    accelerations: tuple[Acceleration, ...] = ()
    cancellations: tuple[Cancellation, ...] = ()
    termination: Termination | None = None

    def __post_init__(self) -> None:
        labels = [grant.label for grant in self.grants]
        for grant in self.grants:
            if labels.count(grant.label) > 1:
                raise ArgumentError(f"{grant.label}: two grants have this label; give each its own.")
            _check_grant(grant)
        self.last_value(date.max)  # reads the values, so that a wrong one is refused at once
        for step in self.exercises:
            self.grant(step.grant)
        for what, changes in (("acceleration", self.accelerations), ("cancellation", self.cancellations)):
            for change in changes:
                _check_not_before(f"{what} of {change.day}", change.day, self.grant(change.grant))
        if self.termination:
            for grant in self.grants:
                _check_not_before(f"end of the work on {self.termination.day}", self.termination.day, grant)

    @property
    def steps(self) -> tuple[Step, ...]:
        """Everything that is done or happens, in no order."""
        ended = (self.termination,) if self.termination else ()
        return (*self.accelerations, *self.exercises, *self.sales, *ended, *self.cancellations)

    @property
    def died(self) -> date | None:
        """The day of the client's death, from which on the shares and options are the estate's."""
        return self.termination.day if self.termination and self.termination.reason == "death" else None

    def grant(self, label: str) -> Grant:
        """The grant of that label; ArgumentError where there is none."""
        if label not in self._by_label:
            known = ", ".join(self._by_label) or "none is given"
            raise ArgumentError(f"{label}: no grant has this label; the grants are {known}.")
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
        """The latest day, up to this one, whose value is known, and the value; None where there is none."""
        at = bisect_right(self._known_values, (day, float("inf")))
        return self._known_values[at - 1] if at else None

    @cached_property
    def _by_label(self) -> dict[str, Grant]:
        return {grant.label: grant for grant in self.grants}

    @cached_property
    def _known_values(self) -> list[tuple[date, float]]:
        """The values and those at exercises, in order; ArgumentError where one is none, or a day has two."""
        stated = [("values", day, value) for day, value in self.values]
        stated += [(f"{exercise.grant}, exercise", exercise.day, exercise.fmv) for exercise in self.exercises]
        known: dict[date, float] = {}
        for where, day, value in stated:
            if not isfinite(value) or value < 0.0:
                raise ArgumentError(f"{where} of {day}: {value:g} is no value per share; give zero or more.")
            if known.setdefault(day, value) != value:
                raise ArgumentError(
                    f"{where} of {day}: the value per share is {value:g} here and {known[day]:g} elsewhere; a share "
                    "has one fair market value a day, so correct one."
                )
        return sorted(known.items())


def _check_grant(grant: Grant) -> None:
    if not isinstance(grant.shares_granted, int) or grant.shares_granted <= 0:
        raise ArgumentError(
            f"{grant.label}: it is of {grant.shares_granted:g} shares; give whole shares, at least one."
        )
    for what, value in (("strike", grant.strike), ("value at grant", grant.value_at_grant)):
        if not isfinite(value) or value < 0.0:
            raise ArgumentError(f"{grant.label}: its {what} of {value:g} is no price per share; give zero or more.")
    if grant.expiration_date:
        _check_not_before(f"expiration date, {grant.expiration_date},", grant.expiration_date, grant)


def _check_not_before(what: str, day: date, grant: Grant) -> None:
    if grant.grant_date and day < grant.grant_date:
        raise ArgumentError(f"{grant.label}: the {what} is before the grant of {grant.grant_date}; correct a date.")
