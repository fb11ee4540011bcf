"""One entry of the calendar, and the followed portfolio that all entries are made from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal, NamedTuple

from xl_amt.equity.amounts import never_vested
from xl_amt.equity.grants import Grant
from xl_amt.equity.held import FollowedGrant
from xl_amt.equity.history import follow
from xl_amt.equity.lots import Lot
from xl_amt.equity.portfolio import Acceleration, Cancellation, Exercise, Portfolio
from xl_amt.equity.tranches import Tranche
from xl_amt.equity.words import dollars, grouped

Kind = Literal[
    "83(b) election",
    "vesting",
    "long-term",
    "qualifying",
    "expiration",
    "plan window",
    "ISO window",
    "year end",
    "estimated tax",
    "tax return",
    "lock-up",
    "small business stock",
    "planned exercise",
    "planned sale",
]


class Due(NamedTuple):
    """What falls on one day, in words for a client.

    ``subject`` is the label of the grant, "" for an entry about all of them; no two entries of one kind and subject
    fall on one day. ``source`` is the law, "" where it is the client's own papers. ``options`` that vest, with nothing
    to do and no tax, may be joined with the others of a year.
    """

    day: date
    kind: Kind
    subject: str
    title: str
    detail: str
    source: str
    options: int = 0


def in_order(entries: Iterable[Due]) -> tuple[Due, ...]:
    """Entries by their day, those of a day by what they are about."""
    return tuple(sorted(entries, key=lambda due: (due.day, due.subject, due.title)))


class FollowedPortfolio:
    """A portfolio followed to a day, and to the end of its plans, asked for what is held and left on any day before."""

    def __init__(self, portfolio: Portfolio, grants: Sequence[FollowedGrant], through: date) -> None:
        self.portfolio = portfolio
        self.grants = [one.grant for one in grants]
        self.history = follow(
            replace(
                portfolio,
                grants=tuple(one.grant for one in grants if one.vests_from is not None),
                values=((date.min, 0.0), *portfolio.values),  # days need no value, so none has to be known
            ),
            max([through, *(step.day for step in portfolio.steps)]),
        )
        self.lots = self.history.lots
        self.sales = self.history.sales
        self._by_label = {one.grant.label: one for one in grants}
        self._tranches = grouped(self.history.tranches, lambda tranche: tranche.grant.label)
        self._lots = grouped(self.lots, lambda lot: lot.subject)
        self._sold = grouped(self.sales, lambda sale: sale.lot.key)
        self._never_vested = never_vested(self.history)

    @property
    def labels(self) -> list[str]:
        """The labels of all grants, and of the lots whose grant nobody knows."""
        return list(dict.fromkeys([*(grant.label for grant in self.grants), *self._lots]))

    def lots_of(self, label: str) -> list[Lot]:
        """The lots of a grant, as acquired; or the one of that label, whose grant nobody knows."""
        return self._lots.get(label, [])

    def vesting(self, grant: Grant) -> list[Tranche]:
        """The tranches of a grant that vest: those that are not canceled before."""
        return [
            tranche
            for tranche in self._tranches.get(grant.label, [])
            if tranche.canceled is None or tranche.vests <= tranche.canceled
        ]

    def options_left(self, grant: Grant, day: date) -> int:
        """Options of a grant that can be exercised by a day, and are neither exercised nor canceled by its end."""
        unexercised = sum(
            tranche.unexercised
            for tranche in self._tranches.get(grant.label, [])
            if tranche.exercisable <= day and (tranche.canceled is None or tranche.canceled > day)
        )
        exercised_later = sum(
            lot.shares for lot in self.lots_of(grant.label) if lot.acquired > day and not lot.key.name
        )
        return unexercised + int(exercised_later) + self._by_label[grant.label].undated_exercisable

    def strike_of(self, exercise: Exercise) -> float:
        """What is paid per share on the day of an exercise."""
        grant = self.portfolio.grant(exercise.grant)
        ratio = self.portfolio.ratio_between(grant.granted_on, exercise.day)
        return grant.strike if ratio == 1 else grant.strike / float(ratio)

    def undated_unvested(self, grant: Grant) -> int:
        """Shares of a grant that vest on days that are not known."""
        return self._by_label[grant.label].undated_unvested

    def held(self, lot: Lot, day: date) -> float:
        """Shares of a lot that are held when a day begins."""
        sold = sum(
            sale.lot.shares * lot.split_by / sale.lot.split_by for sale in self._sold.get(lot.key, []) if sale.day < day
        )
        return lot.shares - sold

    def spread(self, lot: Lot) -> float | None:
        """The spread of a whole lot in dollars; None where the value on its day is not known."""
        if lot.key in self._never_vested:
            return 0.0
        if lot.kind == "RSU" or lot.income_day > lot.acquired:
            known = self.portfolio.last_value(lot.income_day)
            if known is None or known[0] != lot.income_day:
                return None
        elif lot.fmv is None:
            return None
        return lot.shares * lot.spread

    def spread_of(self, lots: Iterable[Lot]) -> str:
        """The spread of some lots in a sentence, " of 2,000.00"; "" where a value is not known."""
        spreads = [self.spread(lot) for lot in lots]
        return "" if None in spreads else f" of {dollars(sum(filter(None, spreads)))}"


def labels_named(portfolio: Portfolio) -> set[str]:
    """The labels of the grants with which something is done."""
    return {step.grant for step in portfolio.steps if isinstance(step, Exercise | Acceleration | Cancellation)}
