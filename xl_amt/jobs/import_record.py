"""From equity exports, and what the advisor knows besides, to the client's record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from xl_amt.client import Client, ClientRecord, ClientYear, Holding, Remark, RowCounts, Source, Value
from xl_amt.days import add_months
from xl_amt.equity.held import ends_in_words, stated_ends
from xl_amt.equity.row_checks import row_doubt
from xl_amt.equity.words import grouped, price_of, shares_of
from xl_amt.jobs.import_holding import holding_of_import, labelled_apart
from xl_amt.law import enacted

if TYPE_CHECKING:
    from xl_amt.importers import ImportResult, Place, ReadFile
    from xl_amt.law import Status

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_MONTHS_OF_A_VALUATION: Final = 12  # for which a valuation is presumed reasonable (Treas. Reg. 1.409A-1(b)(5)(iv)(B))


class KnownBesides(NamedTuple):
    """What an export does not hold; what is not known is None or empty."""

    status: Status | None = None
    year: int | None = None
    income: float | None = None
    value_per_share: float | None = None
    facts: Mapping[str, float | str | bool] = {}
    spread_exercised: float | None = None  # by this year's exercises, whose days are not known
    jurisdiction: str = "US"
    as_of: date | None = None  # the day on which the export counts shares


class ImportOf(NamedTuple):
    """What was read for one person: the result, the files, and whether they are the client's or the spouse's."""

    result: ImportResult
    exports: tuple[Path, ...]
    holder: Literal["client", "spouse"] = "client"
    name: str = ""  # where the files do not say it


def record_of_import(
    imported: Sequence[ImportOf],
    known: KnownBesides,
    read_on: date,
    first_source: int = 0,
    older: Holding | None = None,
) -> ClientRecord:
    """The record of one import or of both spouses': what they have and did, and a remark for each row set aside.

    A value per share counts from the day on which the exports were read. ``first_source`` is how many sources a record
    has already, to which these are added, and ``older`` its holding that they bring up to date.
    """
    year = known.year or this_year(read_on)
    value = None if known.value_per_share is None else Value(day=read_on, price=known.value_per_share)
    holdings: list[Holding] = []
    sources: list[Source] = []
    remarks: list[Remark] = []
    for one in imported:
        first = first_source + len(sources)
        places = _Places(first)
        holding, of_the_holding = holding_of_import(one.result, places.of, value, known.as_of, one.holder, older)
        holdings.append(holding)
        sources += _sources(one, first, read_on)
        remarks += _remarks(one.result, holding, places, known, read_on)
        remarks += of_the_holding
    names = {one.holder: one.result.stakeholder or one.name for one in imported}
    return ClientRecord(
        client=Client(name=names.get("client", ""), spouse=names.get("spouse", ""), jurisdiction=known.jurisdiction),
        years=(
            ClientYear(
                year=year,
                status=known.status,
                income=known.income,
                spread_exercised=known.spread_exercised,
                facts=dict(known.facts),
            ),
        ),
        holdings=tuple(holdings),
        sources=tuple(sources),
        remarks=tuple(remarks),
    )


def this_year(today: date) -> int:
    """The tax year of a day, as far as its law is held: what is meant where nobody says the year."""
    law = enacted("US")
    return min(max(today.year, law.first_year), law.last_year)


def source_id(number: int) -> str:
    """The name of a record's source, counted from 0.

    >>> source_id(0), source_id(25), source_id(26)
    ('a', 'z', 'aa')
    """
    before, at = divmod(number, len(_LETTERS))
    return (source_id(before - 1) if before else "") + _LETTERS[at]


def _sources(one: ImportOf, first: int, read_on: date) -> Iterator[Source]:
    for number, (file, path) in enumerate(zip(one.result.files, one.exports, strict=True), first):
        yield _source(file, path, source_id(number), read_on)


def _source(file: ReadFile, path: Path, name: str, read_on: date) -> Source:
    return Source(
        id=name,
        file=file.name,
        platform=file.platform,
        layout=", ".join(file.tables),
        sha256=sha256(path.read_bytes()).hexdigest(),
        read_on=read_on,
        rows=RowCounts(read=file.read, kept=file.kept, rejected=file.rejected, ignored=file.ignored),
    )


class _Places:
    """Where rows stand in the words of a record whose first source of an import is the one of a number."""

    def __init__(self, first: int) -> None:
        self.first = first

    def of(self, places: Iterable[Place]) -> str:
        """The source and the rows in it, as in "a:2019 Plan 6, 7; 2023 Plan 4", or the source alone."""
        by_file = grouped(places, lambda place: place.file)
        return "; ".join(
            f"{source_id(self.first + file)}:"
            + "; ".join(
                f"{sheet} {', '.join(str(place.row) for place in some)}"
                for sheet, some in grouped(of_file, lambda place: place.sheet).items()
            )
            for file, of_file in by_file.items()
        ) or source_id(self.first)


def _remarks(
    result: ImportResult, holding: Holding, places: _Places, known: KnownBesides, read_on: date
) -> Iterator[Remark]:
    for row in result.rejected:
        place = places.of([row.place])
        yield Remark(kind="row set aside", level="check", about=row.label, place=place, text=row.reason)
    for remark in result.remarks:
        yield Remark(
            kind=remark.kind,
            level=remark.level,
            about=", ".join(remark.about),
            place=places.of(remark.places),
            text=remark.text,
        )
    by_day = stated_ends(result.grants)
    if len(by_day) > 1:
        yield Remark(
            kind="end of the work",
            level="ask",
            text=f"The termination date is {ends_in_words(by_day)}; enter the last day of work, or leave it out if "
            "employment continues.",
        )
    for held in labelled_apart(result.grants):
        if doubt := row_doubt(held, result.as_of):
            yield Remark(kind="row to check", level="check", about=held.label, text=doubt)
        if result.as_of and held.expiration_date and result.as_of <= held.expiration_date < read_on:
            yield Remark(
                kind="expired since",
                level="check",
                about=held.label,
                text=f"{held.label}: it expired on {held.expiration_date}, after the export's as-of date of "
                f"{result.as_of}; use a later export.",
            )
        dated = sum(one.shares for one in holding.exercises if one.grant == held.label)
        undated = held.shares_exercised - dated
        if undated > 0 and known.spread_exercised is None:
            yield Remark(
                kind="exercise without a day",
                level="ask",
                about=held.label,
                text=f"{held.label}: the export does not say when {shares_of(undated)} were exercised; those of this "
                "year use this year's AMT room, so enter each exercise with its date.",
            )
    yield from _on_stale_values(holding, read_on)


def _on_stale_values(holding: Holding, read_on: date) -> Iterator[Remark]:
    if holding.values and (latest := holding.values[-1]).day < add_months(read_on, -_MONTHS_OF_A_VALUATION):
        yield Remark(
            kind="value is old",
            level="check",
            text=f"The latest value per share, {price_of(latest.price)}, is dated {latest.day}, more than a year ago; "
            "ask for a more recent one.",
        )
