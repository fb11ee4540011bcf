"""A new client, by hand or from an equity export, and the file that is written for one: a workbook or a record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from xl_amt.client import Client, ClientRecord, ClientYear, Holding, Value
from xl_amt.client.facts import label_of, read_facts
from xl_amt.client.portfolios import portfolios
from xl_amt.client.toml_file import is_record, write_record
from xl_amt.equity.held import portfolio_as_of
from xl_amt.errors import ArgumentError, FileError
from xl_amt.files import check_new_file
from xl_amt.jobs.import_record import KnownBesides, this_year
from xl_amt.jobs.log import logged
from xl_amt.jobs.room_answer import read_returns
from xl_amt.planning.spread_exercised import spread_exercised as spread_exercised_of
from xl_amt.reading.cells import not_negative, read_number
from xl_amt.reading.household import read_jurisdiction


def new_record(name: str, known: KnownBesides, today: date) -> ClientRecord:
    """A client without grants; a value per share is that of today. AmtError where the facts are refused."""
    known = checked(known, today)
    values = () if known.value_per_share is None else (Value(day=today, price=known.value_per_share),)
    year = ClientYear(
        year=known.year or this_year(today),
        status=known.status,
        income=known.income,
        spread_exercised=known.spread_exercised,
        facts=dict(known.facts),
    )
    client = Client(name=name, jurisdiction=known.jurisdiction)
    record = ClientRecord(client=client, years=(year,), holdings=(Holding(values=values),) if values else ())
    return logged(record, today, "keyed", about=str(year.year), detail="New record.")


def checked(known: KnownBesides, today: date) -> KnownBesides:
    """What is known besides an export, with the full names of its labels; AmtError where it is refused."""
    value = known.value_per_share
    if value is not None:
        not_negative(read_number(value, "fmv"), "fmv")
    if known.spread_exercised is not None:
        not_negative(known.spread_exercised, "--exercised")
    facts = read_facts(known.facts)
    year = known.year or this_year(today)
    place = read_jurisdiction(known.jurisdiction, together=True)
    if place.law_book:
        raise ArgumentError("jurisdiction: a law book cannot be used here; leave it out of --jurisdiction.")
    household = {"income": known.income, "status": known.status or "single", "year": year}
    read_returns(household, {name: fact for name, fact in facts.items() if label_of(name)}, place)
    return known._replace(facts=facts, jurisdiction=place.code)


def spread_not_known(record: ClientRecord) -> str:
    """Why the spread of this year's dated exercises is not known, in a sentence; "" where it is, or there are none."""
    try:
        _spread_of(record, record.years[0].year)
    except ArgumentError as error:
        return str(error)
    return ""


def _spread_of(record: ClientRecord, year: int) -> float | None:
    """The ISO spread of the exercises done in a year, of every holding, in dollars; None where there are none."""
    done = [one for holding in record.holdings for one in holding.exercises if one.status == "done"]
    if not any(one.day.year == year for one in done):
        return None
    return spread_exercised_of([portfolio_as_of(held).portfolio for held in portfolios(record, planned=False)], year)


def write_client(
    record: ClientRecord, path: Path, *, replace_existing: bool = False, inputs: Iterable[Path] = ()
) -> Path:
    """Write a client as the ending of the name says: a workbook, every value filled, or a record.

    An existing file is kept unless it may be replaced, and one of the ``inputs`` always. FileError for another ending.
    """
    if is_record(path):
        return write_record(record, path, replace_existing=replace_existing, inputs=inputs)
    return write_workbook(record, path, replace_existing=replace_existing, inputs=inputs)


def write_workbook(
    record: ClientRecord, path: Path, *, replace_existing: bool = False, inputs: Iterable[Path] = ()
) -> Path:
    """Write a client's workbook, every value filled; an existing file is kept unless it may be replaced.

    One of the ``inputs``, which were read for it, is never replaced.
    """
    from xl_amt.jobs.workbook_contents import book_of
    from xl_amt.workbook import build_workbook, save_workbook

    if path.suffix.lower() != ".xlsx":
        raise FileError(f"{path}: a client workbook is an .xlsx file; give it a name that ends in .xlsx.")
    check_new_file(path, replace_existing=replace_existing, holds=" and may hold your edits", inputs=inputs)
    save_workbook(build_workbook(book_of(record)), path, replace_existing=replace_existing)
    return path


def free_name(path: Path, ending: str = "") -> Path:
    """The path itself, or the first "name (2)", "name (3)" next to it that no file has yet, before its ``ending``."""
    ending = ending or path.suffix
    stem = path.name.removesuffix(ending)
    candidate, number = path, 1
    while candidate.exists():
        number += 1
        candidate = path.with_name(f"{stem} ({number}){ending}")
    return candidate
