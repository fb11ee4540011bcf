"""One entry of the calendar, and the facts that all entries are made from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal, NamedTuple, TypeVar

from xl_amt.equity.dates import first_long_term_day, first_qualifying_day
from xl_amt.equity.grants import Grant
from xl_amt.equity.held import FollowedGrant
from xl_amt.equity.history import follow
from xl_amt.equity.lots import Lot
from xl_amt.equity.portfolio import Portfolio
from xl_amt.equity.tranches import Tranche

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
]


class Due(NamedTuple):
    """What falls on one day, in words for a client.

    ``subject`` is the label of the grant, "" for an entry about all of them; no two entries of one kind and subject
    fall on one day. ``source`` is the law, "" where it is the client's own papers.
    """

    day: date
    kind: Kind
    subject: str
    title: str
    detail: str
    source: str


class Facts:
    """A portfolio followed to a day, and to the end of its plans, asked for what is held and left on any day before."""

    def __init__(self, portfolio: Portfolio, followed: Sequence[FollowedGrant], through: date) -> None:
        self.portfolio = portfolio
        self.undated_shares = {one.grant.label: one.undated_shares for one in followed}
        self.grants = [one.grant for one in followed]
        history = follow(
            replace(
                portfolio,
                grants=tuple(one.grant for one in followed if one.vests_from is not None),
                values=((date.min, 0.0), *portfolio.values),  # days need no value, so that none has to be known
            ),
            max(through, *_days_of_plans(portfolio)),
        )
        self.lots = history.lots
        self._tranches: defaultdict[str, list[Tranche]] = defaultdict(list)
        for tranche in history.tranches:
            self._tranches[tranche.grant.label].append(tranche)
        self._sold: defaultdict[str, list[tuple[date, float]]] = defaultdict(list)
        for sale in history.sales:
            self._sold[sale.lot.label].append((sale.day, sale.lot.shares))
        self.sales = history.sales

    def vesting(self, label: str) -> list[Tranche]:
        """The tranches of a grant that vest: those that are not canceled before."""
        return [
            tranche
            for tranche in self._tranches[label]
            if tranche.canceled is None or tranche.vests <= tranche.canceled
        ]

    def options_left(self, grant: Grant, day: date) -> int:
        """Options of a grant that are not exercised or canceled by the end of a day, vested or not."""
        unexercised = sum(
            tranche.unexercised
            for tranche in self._tranches[grant.label]
            if tranche.canceled is None or tranche.canceled > day
        )
        exercised_later = sum(lot.shares for lot in self.lots if lot.grant_label == grant.label and lot.acquired > day)
        return unexercised + int(exercised_later)

    def held(self, lot: Lot, day: date) -> float:
        """Shares of a lot that are held when a day begins."""
        return lot.shares - sum(shares for sold, shares in self._sold[lot.label] if sold < day)

    def spread(self, lot: Lot) -> float | None:
        """The spread of a whole lot in dollars; None where the value on its day is not known."""
        if lot.income_day > lot.acquired:
            known = self.portfolio.last_value(lot.income_day)
            if known is None or known[0] != lot.income_day:
                return None
        return lot.shares * lot.spread


def labels_named(portfolio: Portfolio) -> set[str]:
    """The labels of the grants with which something is done."""
    return {
        *(exercise.grant for exercise in portfolio.exercises),
        *(acceleration.grant for acceleration in portfolio.accelerations),
        *(cancellation.grant for cancellation in portfolio.cancellations),
    }


def _days_of_plans(portfolio: Portfolio) -> list[date]:
    return [
        date.min,
        *(exercise.day for exercise in portfolio.exercises),
        *(sale.day for sale in portfolio.sales),
        *(acceleration.day for acceleration in portfolio.accelerations),
        *(cancellation.day for cancellation in portfolio.cancellations),
        *([portfolio.termination.day] if portfolio.termination else []),
    ]


def long_term_day(lot: Lot) -> date:
    """The first day of long-term gain; for an ISO, of a disqualifying sale (Treas. Reg. 1.422-1(b)(3), example 2)."""
    return first_long_term_day(lot.vested if lot.kind == "ISO" else lot.income_day)


def qualifying_day(lot: Lot) -> date | None:
    """The first day of a qualifying sale; None for shares that are taxed as wages."""
    return first_qualifying_day(lot.grant_date, lot.acquired) if lot.kind == "ISO" else None


_Item = TypeVar("_Item")
_Key = TypeVar("_Key", bound=Hashable)


def grouped(items: Iterable[_Item], key: Callable[[_Item], _Key]) -> dict[_Key, list[_Item]]:
    """The items by their key, each in the order in which it comes."""
    groups: dict[_Key, list[_Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


def shares_of(number: float) -> str:
    """Shares in words.

    >>> shares_of(1), shares_of(2_500.0)
    ('1 share', '2,500 shares')
    """
    return f"{number:,.0f} share{'' if number == 1 else 's'}"


def price_of(amount: float) -> str:
    """Dollars per share in words, to the cent or to all their digits.

    >>> price_of(11.2), price_of(0.0938)
    ('11.20', '0.0938')
    """
    return f"{amount:,.2f}" if round(amount, 2) == amount else f"{amount:.12g}"


def listed(words: Iterable[object]) -> str:
    """The words of a sentence's list, each once.

    >>> listed(["ES-1", "ES-2", "ES-1", "ES-3"])
    'ES-1, ES-2 and ES-3'
    """
    *first, last = dict.fromkeys(map(str, words))
    return f"{', '.join(first)} and {last}" if first else last
