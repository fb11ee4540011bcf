"""Whether a record holds together: labels that are unique and known, days and years in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import pairwise
from typing import Any, Final

from xl_amt.client.frozen import FrozenPlan
from xl_amt.client.record import (
    Acceleration,
    Cancellation,
    ClientRecord,
    Exercise,
    Grant,
    Holding,
    Repurchase,
    Sale,
)
from xl_amt.errors import ArgumentError
from xl_amt.forms.tax_systems import TAX_SYSTEMS

FREEZE_AGAIN: Final = "remove the frozen plan, or freeze it again with xl-amt plan --freeze"
RATIO: Final = re.compile(r"([1-9][0-9]{0,5}) ?(?::|for) ?([1-9][0-9]{0,5})")


class Places:
    """Where the rows of a record stand, as sentences name it: in a TOML file, by table and key."""

    def __init__(self, file: str) -> None:
        self.file = file

    def of(self, row: Any, table: str, at: str, field: str) -> str:
        """The place of a field of a row of a table, such as [[holding.sale]], ``at`` which it stands."""
        del row
        return f"{self.file}, {' '.join(filter(None, (table, at)))}, {field}"


def check_record(record: ClientRecord, file: str | Places) -> None:
    """ArgumentError names the file, the table and the key of the first thing that does not hold together.

    A record that comes from anything but a TOML file says itself where its rows stand.
    """
    places = Places(file) if isinstance(file, str) else file
    for before, own in pairwise(record.years):
        if own.year != before.year + 1:
            raise ArgumentError(
                f"{places.of(own, '[[year]]', '', 'year')}: {own.year} comes after {before.year}; list the years in "
                "order."
            )
    _check_residence(record, places)
    if record.plan and record.plan.frozen:
        _check_frozen(record.plan.frozen, places)
    _check_unique([(source.id, source) for source in record.sources], "[[source]]", "id", places)
    named = [(holding.company.casefold(), holding.holder) for holding in record.holdings]
    for at, holding in enumerate(record.holdings, 1):
        if named.count((holding.company.casefold(), holding.holder)) > 1:
            raise ArgumentError(
                f"{places.of(holding, '[[holding]]', str(at), 'company')}: {holding.name} is listed twice; put one "
                "person's grants from one company together."
            )
        _check_holding(holding, places)


def _check_residence(record: ClientRecord, places: Places) -> None:
    by_name = {system.place.casefold(): code for code, system in TAX_SYSTEMS.items()}
    for home in record.client.residence:
        if code := by_name.get(home.state.strip().casefold()):
            where = places.of(home, "[client]", "", "residence")
            raise ArgumentError(f"{where}: a state is written as two letters; write {code} for {home.state}.")
    for earlier, home in pairwise(record.client.residence):
        if home.since is None or (earlier.since is not None and home.since <= earlier.since):
            raise ArgumentError(
                f"{places.of(home, '[client]', '', 'residence')}: {home.since or 'no day'} comes after {earlier.state} "
                f"from {earlier.since or 'the start'}; list the states in order of their dates."
            )


def _check_frozen(frozen: FrozenPlan, places: Places) -> None:
    """A frozen plan has one year after another, and exercises each part of a grant once in a year of its own."""
    table = "[plan.frozen]"
    for before, own in pairwise(frozen.years):
        if own.year != before.year + 1:
            raise ArgumentError(
                f"{places.of(own, table, 'years', 'year')}: {own.year} comes after {before.year}; {FREEZE_AGAIN}."
            )
    years = {own.year for own in frozen.years}
    if (frozen.exit_year is None) == (frozen.aim == "most after tax"):
        has = "an exit" if frozen.exit_year else "no exit"
        raise ArgumentError(f"{places.of(frozen, table, '', 'exit_year')}: {frozen.aim} has {has}; {FREEZE_AGAIN}.")
    if frozen.exit_year and years and max(years) != frozen.exit_year + frozen.recovery_years:
        raise ArgumentError(
            f"{places.of(frozen, table, '', 'recovery_years')}: its years do not end {frozen.recovery_years} after its "
            f"exit of {frozen.exit_year}; {FREEZE_AGAIN}."
        )
    seen: set[tuple[str, ...]] = set()
    for at, one in enumerate(frozen.exercises, 1):
        where = places.of(one, table, f"exercises {at}", "year")
        if one.year not in years:
            raise ArgumentError(f"{where}: {one.year} is not a year of the frozen plan; {FREEZE_AGAIN}.")
        key = (one.company.casefold(), one.holder, one.grant, one.part, str(one.year))
        if key in seen:
            raise ArgumentError(f"{where}: {one.grant} has {one.year} twice; {FREEZE_AGAIN}.")
        seen.add(key)


def _check_unique(labels: Iterable[tuple[str, Any]], table: str, field: str, places: Places) -> None:
    seen: set[str] = set()
    for label, row in labels:
        key = " ".join(label.casefold().split())
        if key in seen:
            raise ArgumentError(f"{places.of(row, table, '', field)}: '{label}' is listed twice; give each its own.")
        seen.add(key)


def _check_holding(holding: Holding, places: Places) -> None:
    _check_unique([(grant.label, grant) for grant in holding.grants], "[[holding.grant]]", "label", places)
    _check_unique([(lot.label, lot) for lot in holding.lots], "[[holding.lot]]", "label", places)
    grants = {grant.label: grant for grant in holding.grants}
    for grant in holding.grants:
        _check_grant(grant, _dated(holding, grant), places)
    _check_steps(holding, grants, places)
    _check_planned("exercise", holding.exercises, holding.as_of, places)
    _check_planned("sale", holding.sales, holding.as_of, places)
    for at, lot in enumerate(holding.lots, 1):
        where = partial(places.of, lot, "[[holding.lot]]", str(at))
        _check_order(where("acquired"), lot.acquired, "the grant", lot.granted)
        _check_order(where("vested"), lot.vested, "the exercise", lot.acquired)
    days = [value.day for value in holding.values]
    for at, value in enumerate(holding.values):
        if value.day in days[:at]:
            where_day = places.of(value, "[[holding.value]]", "", "day")
            raise ArgumentError(f"{where_day}: {value.day} has two values; a share has only one value per day.")
    for at, split in enumerate(holding.splits, 1):
        if not RATIO.fullmatch(split.ratio.strip()):
            raise ArgumentError(
                f"{places.of(split, '[[holding.split]]', str(at), 'ratio')}: '{split.ratio}' is not new shares for "
                "old; write it as 2:1."
            )


def _check_steps(holding: Holding, grants: Mapping[str, Grant], places: Places) -> None:
    """Every step is of a grant that there is, and not before it."""
    tables: tuple[tuple[str, Sequence[Exercise | Acceleration | Cancellation | Repurchase]], ...] = (
        ("exercise", holding.exercises),
        ("acceleration", holding.accelerations),
        ("cancellation", holding.cancellations),
        ("repurchase", holding.repurchases),
    )
    for table, steps in tables:
        for at, step in enumerate(steps, 1):
            where = partial(places.of, step, f"[[holding.{table}]]", str(at))
            if step.grant not in grants:
                known = ", ".join(grants) or "none"
                raise ArgumentError(f"{where('grant')}: no grant is named '{step.grant}'; existing grants: {known}.")
            _check_order(where("day"), step.day, "the grant", grants[step.grant].granted)


def _check_planned(table: str, steps: Sequence[Exercise | Sale], as_of: date | None, places: Places) -> None:
    for at, step in enumerate(steps, 1):
        if step.status == "planned" and as_of is not None and step.day <= as_of:
            raise ArgumentError(
                f"{places.of(step, f'[[holding.{table}]]', str(at), 'status')}: it is planned for {step.day}, not "
                f"after {as_of}, the date of the counts; mark it done, or change the date."
            )


def _check_grant(grant: Grant, dated: int, places: Places) -> None:
    where = partial(places.of, grant, "[[holding.grant]]", f"'{grant.label}'")
    if grant.shares == 0:
        raise ArgumentError(f"{where('shares')}: it is for 0 shares; enter at least one, or leave the grant out.")
    _check_order(where("expires"), grant.expires, "the grant", grant.granted)
    _check_order(where("disqualified"), grant.disqualified, "the grant", grant.granted)
    if grant.held is None:
        return
    counted = grant.held.exercised + grant.held.exercisable + grant.held.unvested
    if counted > grant.shares:
        raise ArgumentError(f"{where('held')}: it counts {counted:,} shares of {grant.shares:,}; correct one of them.")
    if grant.exercised_before > grant.held.exercised - dated:
        raise ArgumentError(
            f"{where('exercised_before')}: {grant.exercised_before:,} and the {dated:,} shares of dated exercises "
            f"exceed the {grant.held.exercised:,} exercised shares that held counts; correct one of them."
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
