"""From an equity export, and what the advisor knows besides, to the client's record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from xl_amt.client import (
    Client,
    ClientRecord,
    ClientYear,
    CountedShares,
    Grant,
    Holding,
    Remark,
    RowCounts,
    Source,
    Value,
)
from xl_amt.equity.held import ends_in_words, stated_ends
from xl_amt.equity.row_checks import row_doubt
from xl_amt.equity.words import grouped, shares_of
from xl_amt.importers import Place
from xl_amt.law import enacted

if TYPE_CHECKING:
    from xl_amt.equity.grants import HeldGrant
    from xl_amt.importers import ImportResult
    from xl_amt.law import Status

_SOURCE: Final = "a"  # the first source of a record


class KnownBesides(NamedTuple):
    """What an export does not hold; what is not known is None or empty."""

    status: Status | None = None
    year: int | None = None
    income: float | None = None
    value_per_share: float | None = None
    facts: Mapping[str, float | str | bool] = {}
    spread_exercised: float | None = None  # by this year's exercises, whose days are not known
    jurisdiction: str = "US"


def record_of_import(result: ImportResult, export: Path, known: KnownBesides, read_on: date) -> ClientRecord:
    """The record of one export: its grants, the day on which it counts them, and a remark for each row set aside.

    A value per share counts from the day on which the export was read.
    """
    year = known.year or this_year(read_on)
    holding = Holding(
        company=result.company,
        as_of=result.as_of,
        work_ended=_end_of_the_work(result.grants),
        grants=tuple(
            _grant(held, place) for held, place in zip(labelled_apart(result.grants), result.grant_places, strict=True)
        ),
        values=() if known.value_per_share is None else (Value(day=read_on, price=known.value_per_share),),
    )
    return ClientRecord(
        client=Client(name=result.stakeholder, jurisdiction=known.jurisdiction),
        years=(ClientYear(year=year, status=known.status, income=known.income, facts=dict(known.facts)),),
        holdings=(holding,),
        sources=(_source(result, export, read_on),),
        remarks=tuple(_remarks(result, known, read_on)),
    )


def this_year(today: date) -> int:
    """The tax year of a day, as far as its law is held: what is meant where nobody says the year."""
    law = enacted("US")
    return min(max(today.year, law.first_year), law.last_year)


def labelled_apart(grants: Iterable[HeldGrant]) -> list[HeldGrant]:
    """The grants, two parts of one of them with the names of their kinds: ES-1 ISO and ES-1 NSO."""
    every = list(grants)
    labels = [grant.label for grant in every]
    return [
        grant if labels.count(grant.label) == 1 else replace(grant, label=f"{grant.label} {grant.option_type}")
        for grant in every
    ]


def _grant(held: HeldGrant, place: Place) -> Grant:
    return Grant(
        label=held.label,
        award=held.option_type,
        granted=held.grant_date,
        strike=held.strike,
        shares=held.shares_granted,
        vesting=held.vesting_schedule,
        vesting_start=held.vesting_start,
        expires=held.expiration_date,
        plan=held.plan,
        fmv_at_grant=held.fmv_at_grant,
        window=held.exercise_window,
        early_exercise=held.early_exercisable,
        held=CountedShares(
            exercised=held.shares_exercised, exercisable=held.shares_exercisable, unvested=held.shares_unvested
        ),
        read_from=_places([place]),
    )


def _end_of_the_work(grants: Iterable[HeldGrant]) -> date | None:
    """The last day of work as every grant states it; None where none does, or they differ."""
    days = stated_ends(grants)
    return next(iter(days)) if len(days) == 1 else None


def _source(result: ImportResult, export: Path, read_on: date) -> Source:
    kept, rejected = len(result.grants), len(result.rejected)
    return Source(
        id=_SOURCE,
        file=result.source,
        platform="carta",
        sha256=sha256(export.read_bytes()).hexdigest(),
        read_on=read_on,
        rows=RowCounts(read=result.rows_read, kept=kept, rejected=rejected),
    )


def _places(places: Iterable[Place]) -> str:
    """The source and the rows in it, as in "a:2019 Plan 6, 7; 2023 Plan 4"; the source alone where there are none."""
    by_sheet = grouped(places, lambda place: place.sheet)
    rows = "; ".join(f"{sheet} {', '.join(str(place.row) for place in some)}" for sheet, some in by_sheet.items())
    return f"{_SOURCE}:{rows}" if rows else _SOURCE


def _remarks(result: ImportResult, known: KnownBesides, read_on: date) -> Iterator[Remark]:
    for row in result.rejected:
        place = _places([Place(row.sheet, row.row)])
        yield Remark(kind="row set aside", level="check", about=row.label, place=place, text=row.reason)
    for remark in result.remarks:
        yield Remark(
            kind=remark.kind,
            level=remark.level,
            about=", ".join(remark.about),
            place=_places(remark.places),
            text=remark.text,
        )
    by_day = stated_ends(result.grants)
    if len(by_day) > 1:
        yield Remark(
            kind="end of the work",
            level="ask",
            text=f"The termination date is {ends_in_words(by_day)}; enter the last day of work, or leave it out if "
            "the work goes on.",
        )
    for held in result.grants:
        if doubt := row_doubt(held, result.as_of):
            yield Remark(kind="row to check", level="check", about=held.label, text=doubt)
        if result.as_of and held.expiration_date and result.as_of <= held.expiration_date < read_on:
            yield Remark(
                kind="expired since",
                level="check",
                about=held.label,
                text=f"{held.label}: it expired on {held.expiration_date}, after the export's day of {result.as_of}; "
                "take a later export.",
            )
        if held.shares_exercised and known.spread_exercised is None:
            yield Remark(
                kind="exercise without a day",
                level="ask",
                about=held.label,
                text=f"{held.label}: the export does not say when {shares_of(held.shares_exercised)} were exercised; "
                "those of this year use this year's AMT room, so enter each exercise with its day.",
            )
