"""Whether a record holds together: labels that are unique and known, days and years in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from xl_amt.client.record import Acceleration, Cancellation, ClientRecord, Exercise, Grant, Holding, Repurchase, Sale
from xl_amt.errors import ArgumentError
from xl_amt.forms.tax_systems import TAX_SYSTEMS

RATIO: Final = re.compile(r"([1-9][0-9]{0,5}) ?(?::|for) ?([1-9][0-9]{0,5})")


def check_record(record: ClientRecord, file: str) -> None:
    """ArgumentError names the file, the table and the key of the first thing that does not hold together."""
    for before, own in pairwise(record.years):
        if own.year != before.year + 1:
            raise ArgumentError(
                f"{file}, [[year]], year: {own.year} comes after {before.year}; give one year after another, in order."
            )
    by_name = {system.place.casefold(): code for code, system in TAX_SYSTEMS.items()}
    for home in record.client.residence:
        if code := by_name.get(home.state.strip().casefold()):
            raise ArgumentError(f"{file}, [client], residence: a state has two letters; write {code} for {home.state}.")
    states = [(home.since, home.state) for home in record.client.residence]
    for (earlier, state), (since, _) in pairwise(states):
        if since is None or (earlier is not None and since <= earlier):
            raise ArgumentError(
                f"{file}, [client], residence: {since or 'no day'} comes after {state} from {earlier or 'the start'}; "
                "give the states in order of their days."
            )
    _check_unique((source.id for source in record.sources), f"{file}, [[source]], id")
    named = [(holding.company.casefold(), holding.holder) for holding in record.holdings]
    for at, holding in enumerate(record.holdings, 1):
        if named.count((holding.company.casefold(), holding.holder)) > 1:
            raise ArgumentError(
                f"{file}, [[holding]] {at}, company: {holding.name} stands there twice; put the grants of one "
                "person in one company together."
            )
        _check_holding(holding, f"{file}, [[holding")


def _check_unique(labels: Iterable[str], where: str) -> None:
    seen: set[str] = set()
    for label in labels:
        key = " ".join(label.casefold().split())
        if key in seen:
            raise ArgumentError(f"{where}: '{label}' stands there twice; give each its own.")
        seen.add(key)


def _check_holding(holding: Holding, where: str) -> None:
    _check_unique((grant.label for grant in holding.grants), f"{where}.grant]], label")
    _check_unique((lot.label for lot in holding.lots), f"{where}.lot]], label")
    grants = {grant.label: grant for grant in holding.grants}
    for grant in holding.grants:
        _check_grant(grant, _dated(holding, grant), f"{where}.grant]] '{grant.label}'")
    tables: tuple[tuple[str, Sequence[Exercise | Acceleration | Cancellation | Repurchase]], ...] = (
        ("exercise", holding.exercises),
        ("acceleration", holding.accelerations),
        ("cancellation", holding.cancellations),
        ("repurchase", holding.repurchases),
    )
    for table, steps in tables:
        for at, step in enumerate(steps, 1):
            place = f"{where}.{table}]] {at}"
            if step.grant not in grants:
                known = ", ".join(grants) or "none is given"
                raise ArgumentError(f"{place}, grant: no grant is called '{step.grant}'; the grants are {known}.")
            _check_order(f"{place}, day", step.day, "the grant", grants[step.grant].granted)
    for table, planned in (("exercise", holding.exercises), ("sale", holding.sales)):
        _check_planned(planned, holding.as_of, f"{where}.{table}]]")
    for at, lot in enumerate(holding.lots, 1):
        _check_order(f"{where}.lot]] {at}, acquired", lot.acquired, "the grant", lot.granted)
        _check_order(f"{where}.lot]] {at}, vested", lot.vested, "the exercise", lot.acquired)
    days = [value.day for value in holding.values]
    if len(set(days)) < len(days):
        twice = next(day for day in days if days.count(day) > 1)
        raise ArgumentError(f"{where}.value]], day: {twice} has two values; a share has one a day.")
    for at, split in enumerate(holding.splits, 1):
        if not RATIO.fullmatch(split.ratio.strip()):
            raise ArgumentError(
                f"{where}.split]] {at}, ratio: '{split.ratio}' is not new shares for old ones; write it as 2:1."
            )


def _check_planned(steps: Sequence[Exercise | Sale], as_of: date | None, where: str) -> None:
    for at, step in enumerate(steps, 1):
        if step.status == "planned" and as_of is not None and step.day <= as_of:
            raise ArgumentError(
                f"{where} {at}, status: it is planned for {step.day}, by {as_of}, the day of the counts; say done, or "
                "move the day."
            )


def _check_grant(grant: Grant, dated: int, where: str) -> None:
    if grant.shares == 0:
        raise ArgumentError(f"{where}, shares: it is of 0 shares; give at least one, or leave the grant out.")
    _check_order(f"{where}, expires", grant.expires, "the grant", grant.granted)
    _check_order(f"{where}, disqualified", grant.disqualified, "the grant", grant.granted)
    if grant.held is None:
        return
    counted = grant.held.exercised + grant.held.exercisable + grant.held.unvested
    if counted > grant.shares:
        raise ArgumentError(f"{where}, held: it counts {counted:,} shares of {grant.shares:,}; correct one of them.")
    if grant.exercised_before > grant.held.exercised - dated:
        raise ArgumentError(
            f"{where}, exercised_before: {grant.exercised_before:,} and the {dated:,} shares of dated exercises are "
            f"more than the {grant.held.exercised:,} exercised that held counts; correct one of them."
        )


def _dated(holding: Holding, grant: Grant) -> int:
    """Shares of the grant's exercises before the day on which the holding is counted."""
    return sum(
        one.shares
        for one in holding.exercises
        if one.grant == grant.label and one.status == "done" and (holding.as_of is None or one.day < holding.as_of)
    )


def _check_order(where: str, day: date | None, after: str, earlier: date | None) -> None:
    if day is not None and earlier is not None and day < earlier:
        raise ArgumentError(f"{where}: {day} is before {after} of {earlier}; correct a day.")
