"""What was done since a plan was frozen, and the record without it: the facts in which both are priced alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from xl_amt.client import ClientRecord, Exercise, FrozenPlan, Grant, Holding, Sale, Value
from xl_amt.client.portfolios import portfolio_of
from xl_amt.equity.grants import OptionType
from xl_amt.equity.history import follow
from xl_amt.equity.ledger import History


class Options(NamedTuple):
    """One part of one grant of a record: whose it is, and what it is."""

    company: str
    holder: str
    grant: str
    part: OptionType

    @property
    def key(self) -> tuple[str, str, str, OptionType]:
        """What makes it the same in two records."""
        return " ".join(self.company.casefold().split()), self.holder, self.grant, self.part


class Done(NamedTuple):
    """Shares of a part exercised in one year at a strike, and their value per share where it is known."""

    shares: float
    value: float | None
    strike: float


class Since(NamedTuple):
    """The exercises of options since a plan was frozen by part and year, and the record as it is without them."""

    done: Mapping[tuple[Options, int], Done]
    record: ClientRecord
    notes: tuple[str, ...]


def done_since(record: ClientRecord, frozen: FrozenPlan) -> Since:
    """What was exercised since, taken out of the record with what was sold of it, back to exercisable.

    Shares are those of the last day that is followed, after every split. AmtError where the record cannot be followed.
    """
    through = date(max(record.years[-1].year, frozen.years[-1].year), 12, 31)
    done: dict[tuple[Options, int], Done] = {}
    holdings = []
    disposed = 0.0
    for holding in record.holdings:
        options = {grant.label for grant in holding.grants if grant.award != "RSU"}
        since = [
            one
            for one in holding.exercises
            if one.status == "done" and one.day >= frozen.since and one.grant in options
        ]
        if not since:
            holdings.append(holding)
            continue
        history = follow(portfolio_of(holding, planned=False).until(through), through)
        _add_lots(done, holding, history, since)
        taken, gone = _without(holding, history, since)
        holdings.append(taken)
        disposed += gone
    sold = f"{disposed:,.10g} shares exercised since were sold or bought back; here they count as held, not sold."
    return Since(done, replace(record, holdings=tuple(holdings)), (sold,) if disposed else ())


def _add_lots(done: dict[tuple[Options, int], Done], holding: Holding, history: History, since: list[Exercise]) -> None:
    """Add the lots of the exercises, each year's at the mean of its values."""
    days = {(one.grant, one.day) for one in since}
    for lot in history.lots:
        if lot.kind == "RSU" or (lot.grant_label, lot.acquired) not in days:
            continue
        key = (Options(holding.company, holding.holder, lot.grant_label, lot.kind), lot.acquired.year)
        before = done.get(key)
        own = Done(lot.shares, lot.fmv, lot.strike)
        done[key] = own if before is None else _together(before, own)


def _together(one: Done, other: Done) -> Done:
    """The shares of both, at the mean of their values; where one has none, at the other's."""
    shares = one.shares + other.shares
    if one.value is None or other.value is None or one.value == other.value:
        return Done(shares, other.value if one.value is None else one.value, one.strike)
    return Done(shares, (one.shares * one.value + other.shares * other.value) / shares, one.strike)


def _without(holding: Holding, history: History, since: list[Exercise]) -> tuple[Holding, float]:
    """The holding as it is without exercises, and how many of their shares were sold or bought back."""
    days = {(one.grant, one.day) for one in since}
    labels = {one.grant for one in since}
    own = {(sale.day, sale.price): 0.0 for sale in history.sales}
    every = dict(own)
    for sale in history.sales:
        every[sale.day, sale.price] += sale.lot.shares
        if (sale.lot.grant_label, sale.lot.acquired) in days:
            own[sale.day, sale.price] += sale.lot.shares
    kept = (
        _less(one, own[one.day, one.price] / every[one.day, one.price], since)
        if one.status == "done" and own.get((one.day, one.price))
        else one
        for one in holding.sales
    )
    left = replace(
        holding,
        grants=tuple(_exercisable_again(grant, holding, since) for grant in holding.grants),
        exercises=tuple(one for one in holding.exercises if one not in since),
        sales=tuple(one for one in kept if one.shares),
        values=(*holding.values, *_values_known(holding, since)),
        repurchases=tuple(
            one for one in holding.repurchases if one.grant not in labels or all(one.day < own.day for own in since)
        ),
    )
    return left, sum(own.values())


def _values_known(holding: Holding, since: list[Exercise]) -> Iterator[Value]:
    """The values that the exercises tell of, which stay known."""
    days = {value.day for value in holding.values}
    for one in since:
        if one.value is not None and one.day not in days:
            days.add(one.day)
            yield Value(day=one.day, price=one.value)


def _less(sale: Sale, part: float, since: list[Exercise]) -> Sale:
    """A sale without the part of it that is of exercises taken out."""
    names = {one.lot for one in since if one.lot}
    begins = tuple(f"{one.grant} / {one.day}" for one in since)
    lots = tuple(name for name in sale.lots if name not in names and not name.startswith(begins))
    return replace(sale, shares=round(sale.shares * (1.0 - part)), lots=lots)


def _exercisable_again(grant: Grant, holding: Holding, since: list[Exercise]) -> Grant:
    """The grant, whose count by the export has the exercises among what is exercisable."""
    counted = sum(
        one.shares
        for one in since
        if one.grant == grant.label and holding.as_of is not None and one.day < holding.as_of
    )
    if grant.held is None or not counted:
        return grant
    held = replace(grant.held, exercised=grant.held.exercised - counted, exercisable=grant.held.exercisable + counted)
    return replace(grant, held=held)
