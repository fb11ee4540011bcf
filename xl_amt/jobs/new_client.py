"""A new client, by hand or from an equity export, and the workbook that is written for one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from xl_amt.errors import ArgumentError, FileError
from xl_amt.files import check_new_file
from xl_amt.law import Status
from xl_amt.reading.cells import read_number
from xl_amt.reading.household import read_household

if TYPE_CHECKING:
    from xl_amt.importers import ImportResult
    from xl_amt.workbook import ClientFacts


def import_client(
    export: Path,
    *,
    stakeholder: str | None = None,
    facts: Mapping[str, float | str] | None = None,
    status: Status | None = None,
    year: int | None = None,
    wages: float | None = None,
    value_per_share: float | None = None,
) -> tuple[ClientFacts, ImportResult]:
    """A client from an equity export and what the advisor knows besides; what is not given stays blank."""
    from xl_amt.importers import read_carta_export

    result = read_carta_export(export, stakeholder)
    client = new_client(
        name=result.stakeholder,
        facts=facts,
        status=status,
        year=year,
        wages=wages,
        value_per_share=value_per_share,
    )
    return replace(
        client, company=result.company, as_of=result.as_of, grants=result.grants, source=result.source
    ), result


def new_client(
    *,
    name: str = "",
    facts: Mapping[str, float | str] | None = None,
    status: Status | None = None,
    year: int | None = None,
    wages: float | None = None,
    value_per_share: float | None = None,
) -> ClientFacts:
    """A client without grants; raises AmtError where the facts cannot be read or are refused."""
    from xl_amt.workbook import ClientFacts

    client = ClientFacts(name=name, wages=wages, value_per_share=value_per_share, facts=facts or {})
    client = replace(client, status=status or client.status, year=year or client.year)
    if read_number(value_per_share, "fmv") < 0.0:
        raise ArgumentError(f"fmv: {value_per_share:g} is negative; enter zero or more.")
    read_household({"income": wages, "status": client.status, "year": client.year}, dict(client.facts))
    return client


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
