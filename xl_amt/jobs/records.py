"""A client's record from whatever file a command is given: the record itself, or an export that makes one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from xl_amt.client import ClientRecord
from xl_amt.client.toml_file import is_record, read_record
from xl_amt.errors import ArgumentError, FileError
from xl_amt.jobs.import_record import KnownBesides, record_of_import
from xl_amt.jobs.new_client import checked
from xl_amt.reading.household import read_jurisdiction

if TYPE_CHECKING:
    from xl_amt.importers import ImportResult


class Imported(NamedTuple):
    """The record that an export makes, and the report of the import."""

    record: ClientRecord
    result: ImportResult


def open_record(path: Path) -> ClientRecord:
    """The record that a file holds; FileError for a file of another kind."""
    if not is_record(path):
        raise FileError(f"{path}: it is no client's record; give a file that ends in .client.toml.")
    return read_record(path)


def open_client(path: Path, read_on: date, stakeholder: str | None = None) -> tuple[ClientRecord, ImportResult | None]:
    """The record that a file holds, or the one that an export makes with its report.

    ``stakeholder`` says whose grants are meant, of an export of several people.

    FileError where it cannot be read, or a record is given with a stakeholder.
    """
    if is_record(path):
        if stakeholder is not None:
            raise FileError(f"{path.name}: a record is of one client; leave --stakeholder out.")
        return read_record(path), None
    return import_export(path, KnownBesides(), read_on, stakeholder)


def import_export(path: Path, known: KnownBesides, read_on: date, stakeholder: str | None = None) -> Imported:
    """The record of an export, and of what the advisor knows besides; AmtError where either is refused."""
    from xl_amt.importers import read_carta_export

    known = checked(known, read_on)

    result = read_carta_export(path, stakeholder)
    return Imported(record_of_import(result, path, known, read_on), result)


def asked_of(record: ClientRecord, jurisdiction: str | None) -> ClientRecord:
    """The record, asked about the taxes of a jurisdiction, such as US+CA, in place of its own.

    AmtError for one that is not held.
    """
    code = jurisdiction or record.client.jurisdiction
    if ":" in code:
        raise ArgumentError("jurisdiction: a record names its own law book; leave the book out of --jurisdiction.")
    asked = read_jurisdiction(code, together=True)
    return replace(record, client=replace(record.client, jurisdiction=asked.code))
