"""A new client, by hand or from an equity export, and the file that is written for one: a workbook or a record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from xl_amt.client import Client, ClientRecord, ClientYear, Holding, Value
from xl_amt.client.facts import is_of_a_state, read_facts
from xl_amt.client.portfolios import award_of
from xl_amt.client.toml_file import is_record, write_record
from xl_amt.equity.grants import HeldGrant
from xl_amt.errors import FileError
from xl_amt.files import check_new_file
from xl_amt.jobs.import_record import KnownBesides
from xl_amt.law import enacted
from xl_amt.reading.cells import not_negative, read_number
from xl_amt.reading.household import read_household

if TYPE_CHECKING:
    from xl_amt.workbook import ClientFacts


def new_record(name: str, known: KnownBesides, today: date) -> ClientRecord:
    """A client without grants; a value per share is that of today. AmtError where the facts are refused."""
    known = checked(known)
    values = () if known.value_per_share is None else (Value(day=today, price=known.value_per_share),)
    year = ClientYear(
        year=known.year or enacted("US").verified_through,
        status=known.status,
        income=known.income,
        facts=dict(known.facts),
    )
    return ClientRecord(client=Client(name=name), years=(year,), holdings=(Holding(values=values),) if values else ())


def checked(known: KnownBesides) -> KnownBesides:
    """What is known besides an export, with the full names of its labels; AmtError where it is refused."""
    value = known.value_per_share
    if value is not None:
        not_negative(read_number(value, "fmv"), "fmv")
    facts = read_facts(known.facts)
    year = known.year or enacted("US").verified_through
    read_household({"income": known.income, "status": known.status or "single", "year": year}, dict(facts))
    return known._replace(facts=facts)


def client_facts(record: ClientRecord) -> ClientFacts:
    """What the client workbook is filled with: the record's first year, and its first holding."""
    from xl_amt.workbook import ClientFacts

    facts = ClientFacts(name=record.client.name)
    own = record.years[0]
    holding = record.holdings[0] if record.holdings else Holding()
    grants = tuple(grant for grant in map(award_of, holding.grants) if isinstance(grant, HeldGrant))
    return ClientFacts(
        name=record.client.name,
        company=holding.company,
        status=own.status or facts.status,
        year=own.year,
        wages=own.income,
        value_per_share=holding.values[-1].price if holding.values else None,
        as_of=holding.as_of,
        facts={name: fact for name, fact in own.facts.items() if not is_of_a_state(name)},
        grants=grants,
        source=record.sources[0].file if record.sources else "",
    )


def write_client(
    record: ClientRecord, path: Path, *, replace_existing: bool = False, inputs: Iterable[Path] = ()
) -> Path:
    """Write a client as the ending of the name says: a workbook, every value filled, or a record.

    An existing file is kept unless it may be replaced, and one of the ``inputs`` always. FileError for another ending.
    """
    write = write_record if is_record(path) else _write_facts
    return write(record, path, replace_existing=replace_existing, inputs=inputs)


def _write_facts(record: ClientRecord, path: Path, *, replace_existing: bool, inputs: Iterable[Path]) -> Path:
    return write_workbook(client_facts(record), path, replace_existing=replace_existing, inputs=inputs)


def write_workbook(
    client: ClientFacts, path: Path, *, replace_existing: bool = False, inputs: Iterable[Path] = ()
) -> Path:
    """Write a client's workbook, every value filled; an existing file is kept unless it may be replaced.

    One of the ``inputs``, which were read for it, is never replaced.
    """
    from xl_amt.workbook import build_workbook, save_workbook

    if path.suffix.lower() != ".xlsx":
        raise FileError(f"{path}: a client workbook is an .xlsx file; give it a name that ends in .xlsx.")
    check_new_file(path, replace_existing=replace_existing, holds=" and may hold your edits", inputs=inputs)
    save_workbook(build_workbook(client), path, replace_existing=replace_existing)
    return path


def free_name(path: Path) -> Path:
    """The path itself, or the first "name (2)", "name (3)" beside it that no file has yet."""
    candidate, number = path, 1
    while candidate.exists():
        number += 1
        candidate = path.with_stem(f"{path.stem} ({number})")
    return candidate
