"""The client's record that a workbook holds, also after a person has edited it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Final
from zipfile import ZipFile

from xl_amt.client import ClientRecord
from xl_amt.client.checks import check_record
from xl_amt.client.record import FORMAT
from xl_amt.errors import ArgumentError, FileError
from xl_amt.workbook.splice import Book, open_book
from xl_amt.workbook.tables.found import FORMAT_NAME
from xl_amt.workbook.tables.read import SheetPlaces, read_holdings, read_log, read_remarks, read_sources
from xl_amt.workbook.tables.read_client import read_client
from xl_amt.workbook.tables.read_frozen import read_frozen_plan

_NAMES_PART: Final = "xl/workbook.xml"  # as every program calls it that writes such a workbook
_LARGEST_NAMES: Final = 5_000_000  # bytes
_NUMBERED: Final = re.compile(r"(.*) ([0-9]+)")


def is_client_workbook(path: Path) -> bool:
    """Whether a file is a workbook that names a record's format, as an export does not; nothing else is looked at."""
    try:
        with ZipFile(path) as package:
            return _NAMES_PART in package.namelist() and (
                package.getinfo(_NAMES_PART).file_size <= _LARGEST_NAMES
                and FORMAT_NAME.casefold().encode() in package.read(_NAMES_PART).lower()
            )
    except Exception:  # noqa: BLE001 - a damaged file raises nearly anything; whoever reads it on says what it is
        return False


def read_workbook(path: Path) -> ClientRecord:
    """The record that a client workbook holds.

    FileError where it cannot be read, is not a client workbook, or holds what a record cannot: by sheet and cell.
    """
    return record_in(open_book(path))


def record_in(book: Book) -> ClientRecord:
    """The record that an opened workbook holds, as `read_workbook` says."""
    _check_format(book)
    sheet = read_client(book)
    places = SheetPlaces(book.name)
    holdings, residence = read_holdings(book, places)
    record = ClientRecord(
        client=replace(sheet.client, residence=residence),
        years=sheet.years,
        holdings=holdings,
        plan=read_frozen_plan(book, places, sheet.plan),
        sources=read_sources(book, places),
        remarks=read_remarks(book),
        log=read_log(book),
    )
    try:
        check_record(record, places)
    except ArgumentError as error:
        raise FileError(str(error)) from None
    return record


def _check_format(book: Book) -> None:
    """Refuse the record of a later version, which may hold what this one would lose."""
    region = book.region(FORMAT_NAME)
    found = None if region is None else book.value(region.sheet, (region.area.row, region.area.column))
    own, number = _parted(FORMAT)
    if isinstance(found, str) and found != FORMAT:
        kind, later = _parted(found)
        if kind == own and later > number:
            raise FileError(f"{book.name}: it was made by a later version ('{found}'); update xl-amt to read it.")
        raise FileError(
            f"{book.name}, {region}: '{found}' is not the format of a client's record, which is '{FORMAT}'."
        )


def _parted(text: str) -> tuple[str, int]:
    found = _NUMBERED.fullmatch(text)
    return (found[1], int(found[2])) if found else (text, 0)
