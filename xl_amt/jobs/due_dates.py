"""The calendar of a client's record: every holding's, joined, with what the advisor knows besides the record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import takewhile
from typing import Final, NamedTuple

from xl_amt.calendar import Calendar, Due, calendar_of
from xl_amt.calendar.due import in_order
from xl_amt.client import ClientRecord, EndOfWork, Exercise, Holding
from xl_amt.client.portfolios import portfolio_of
from xl_amt.equity.held import portfolio_as_of
from xl_amt.equity.portfolio import Portfolio
from xl_amt.errors import ArgumentError, NotExercisableError
from xl_amt.jobs.planned_steps import planned_steps
from xl_amt.reading.household import read_jurisdiction

_SENTENCE_END: Final = re.compile(r"(?<=\.) (?=[A-Z0-9])")


class Besides(NamedTuple):
    """What changes in a record before its days are listed; what is None or empty leaves it as it is."""

    as_of: date | None = None
    exercises: tuple[Exercise, ...] = ()
    early: tuple[str, ...] = ()  # labels of grants that may be exercised before they vest
    work_ended: date | None = None
    work_ended_by: EndOfWork = "ended"
    work_goes_on: bool = False
    window: str = ""
    small_business_stock: bool = False


def due_dates(
    record: ClientRecord, besides: Besides, first_day: date, last_day: date, lock_up_ends: date | None = None
) -> Calendar:
    """Everything due for a record's holdings between two days, both included.

    The exercises and sales that the record plans are among it. Of several holdings each entry begins with its company;
    what is due for all of them, such as estimated tax, stands once. ArgumentError names what cannot be.
    """
    holdings = [_with(holding, besides) for holding in record.holdings]
    for label in besides.early:
        _check_known(label, holdings)
    if not holdings:
        raise ArgumentError("the record has no holding; add a [[holding]] with its grants.")
    codes = read_jurisdiction(record.client.jurisdiction, together=True).codes
    calendars = [_of_holding(holding, first_day, last_day, lock_up_ends, codes) for holding in holdings]
    found = calendars[0] if len(holdings) == 1 else _joined(holdings, calendars)
    planned = (due for due in planned_steps(record) if first_day <= due.day <= last_day)
    return found._replace(entries=in_order((*found.entries, *planned)))


def _with(holding: Holding, besides: Besides) -> Holding:
    """The holding with what is known besides; labels are matched in any case."""
    labels = {grant.label.casefold(): grant.label for grant in holding.grants}
    named = [replace(one, grant=labels.get(one.grant.casefold(), one.grant)) for one in besides.exercises]
    elected = {one.grant for one in named if one.election_83b}
    early = {labels.get(label.casefold(), label) for label in besides.early} | elected
    ended = None if besides.work_goes_on else besides.work_ended or holding.work_ended
    if besides.window and ended is None:
        raise ArgumentError("--window: it counts from the last day of work; add --termination too.")
    return replace(
        holding,
        as_of=besides.as_of or holding.as_of,
        work_ended=ended,
        work_ended_by=besides.work_ended_by if besides.work_ended else holding.work_ended_by,
        exercises=(*holding.exercises, *named),
        grants=tuple(
            replace(
                grant,
                early_exercise=grant.early_exercise or grant.label in early,
                window=besides.window or grant.window,
                small_business_stock=grant.small_business_stock or besides.small_business_stock,
            )
            for grant in holding.grants
        ),
    )


def _check_known(label: str, holdings: Iterable[Holding]) -> None:
    known = [grant.label for holding in holdings for grant in holding.grants]
    if label.casefold() not in map(str.casefold, known):
        raise ArgumentError(f"{label}: no grant has this label; existing grants: {', '.join(known) or 'none'}.")


def _of_holding(
    holding: Holding, first_day: date, last_day: date, lock_up_ends: date | None, codes: Sequence[str]
) -> Calendar:
    """The calendar of one holding, with a word on exercises that only an early-exercisable grant allows."""
    portfolio = portfolio_of(holding)
    try:
        found = calendar_of(
            portfolio, first_day, last_day, counted_on=holding.as_of, lock_up_ends=lock_up_ends, codes=codes
        )
    except NotExercisableError as error:
        if error.available + error.unvested < error.shares:
            raise
        raise ArgumentError(f"{str(error).removesuffix('.')}; {_hint(error.grant)}") from error
    notes = [f"{label}: an exercise is before vesting; {_hint(label)}" for label in _exercised_early(portfolio)]
    has_exercisable = any(grant.held and grant.held.exercisable for grant in holding.grants)
    if holding.work_ended and has_exercisable and not any(grant.window for grant in holding.grants):
        notes.append('The plan\'s last day to exercise needs its window: add it, as in --window "90 days".')
    return found._replace(notes=(*found.notes, *notes))


def _exercised_early(portfolio: Portfolio) -> list[str]:
    remarks = portfolio_as_of(portfolio).remarks
    return [remark.about for remark in remarks if remark.kind == "exercised before vesting"]


def _hint(label: str) -> str:
    return f"if the grant may be exercised before it vests, add --early {label}."


def _joined(holdings: Sequence[Holding], calendars: Sequence[Calendar]) -> Calendar:
    """The calendars of several holdings as one."""
    entries: list[Due] = []
    of_all: dict[tuple[date, str, str], list[tuple[str, Due]]] = {}
    for holding, calendar in zip(holdings, calendars, strict=True):
        for due in calendar.entries:
            if due.subject:
                subject = f"{holding.name}, {due.subject}"
                entries.append(due._replace(subject=subject, title=f"{holding.name}, {due.title}"))
            else:
                of_all.setdefault((due.day, due.kind, due.title), []).append((holding.name, due))
    entries += [
        same[0][1]._replace(detail=_in_common([(name, due.detail) for name, due in same])) for same in of_all.values()
    ]
    notes = [
        f"{holding.name}: {note}"
        for holding, calendar in zip(holdings, calendars, strict=True)
        for note in calendar.notes
    ]
    return Calendar(tuple(entries), tuple(notes))


def _in_common(details: Sequence[tuple[str, str]]) -> str:
    """What is said of several holdings: a sentence of all of them once, and what only some of them say by their names.

    >>> _in_common([("Birch", "Pay 25%. Exercise of B-1. File."), ("Juniper", "Pay 25%. Exercise of J-4. File.")])
    'Pay 25%. Birch: Exercise of B-1. Juniper: Exercise of J-4. File.'
    """
    said = {name: _SENTENCE_END.split(detail) for name, detail in details}
    first = next(iter(said.values()))
    common = [sentence for sentence in first if all(sentence in own for own in said.values())]
    leading = common[: sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(common, first, strict=False)))]
    own = {name: " ".join(one for one in sentences if one not in common) for name, sentences in said.items()}
    by_name = [f"{name}: {words}" for name, words in own.items() if words]
    return " ".join([*leading, *by_name, *common[len(leading) :]])
