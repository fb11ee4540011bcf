"""One client's work from end to end: read the export, answer the question, write the workbook."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import replace
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from xl_amt.errors import ArgumentError, FileError
from xl_amt.files import check_new_file
from xl_amt.forms.total_tax import return_of
from xl_amt.law import Status, federal_law
from xl_amt.planning.deduction_choice import CheaperDeduction, cheaper_deduction
from xl_amt.planning.filling import FilledGrant, fill_room
from xl_amt.planning.room import amt_room
from xl_amt.worksheet.cells import read_number
from xl_amt.worksheet.single import read_household

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xl_amt.importers import ImportResult
    from xl_amt.workbook import ClientFacts

BEYOND: Final = (0.25, 0.50, 1.00)


class Beyond(NamedTuple):
    """What exercising beyond the room costs: the fraction beyond it, the whole spread, and the AMT on it."""

    fraction: float
    spread: float
    amt: float


class RoomReport(NamedTuple):
    """The answer for one client and year, in dollars and whole shares."""

    regular_tax: float
    amt_without_exercise: float
    room: float
    filled: list[FilledGrant]
    shares_under_water: int
    beyond: list[Beyond]
    cheaper_deduction: CheaperDeduction | None  # at the largest of the spreads beyond the room

    @property
    def shares(self) -> int:
        """All shares that can be exercised with no AMT."""
        return sum(item.shares for item in self.filled)


class DemoClient(NamedTuple):
    """The example client: what the export does not hold."""

    status: Status = "single"
    year: int = 2026
    wages: float = 185_000.0
    value_per_share: float = 12.40


def report_room(client: ClientFacts) -> RoomReport:
    """The room, the shares of each grant that fill it, and what more would cost.

    Beyond the room is counted from the room; for a client already in AMT there is none, and from the spread of
    all exercisable ISO shares. A client without wages has wages of 0.
    """
    household = read_household(
        {"income": client.wages, "status": client.status, "year": client.year}, dict(client.facts)
    )
    year = return_of(household, federal_law(household.year, household.status))
    room = amt_room(year)
    value = client.value_per_share or 0.0
    exercisable = sum(
        grant.shares_exercisable * max(value - grant.strike, 0.0)
        for grant in client.grants
        if grant.option_type == "ISO"
    )
    spreads = [room * (1.0 + part) if room else exercisable * part for part in BEYOND]
    return RoomReport(
        regular_tax=year.regular.tax,
        amt_without_exercise=year.form_6251(0.0).alternative_minimum_tax,
        room=room,
        filled=fill_room(client.grants, value, year),
        shares_under_water=sum(
            grant.shares_exercisable for grant in client.grants if grant.option_type == "ISO" and grant.strike >= value
        ),
        cheaper_deduction=cheaper_deduction(year, spreads[-1]),
        beyond=[
            Beyond(part, spread, year.form_6251(spread).alternative_minimum_tax)
            for part, spread in zip(BEYOND, spreads, strict=True)
        ],
    )


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


def demo_client() -> tuple[ClientFacts, ImportResult]:
    """The example client, imported from the Carta-style export that is installed with the package."""
    about = DemoClient()
    with demo_export() as export:
        return import_client(
            export,
            status=about.status,
            year=about.year,
            wages=about.wages,
            value_per_share=about.value_per_share,
        )


@contextmanager
def demo_export() -> Iterator[Path]:
    """The example export as a file."""
    with as_file(files("workbook_templates") / "carta_example.xlsx") as path:
        yield path


def write_workbook(client: ClientFacts, path: Path, *, replace_existing: bool = False) -> Path:
    """Write a client's workbook, every value filled; an existing file is kept unless it may be replaced."""
    from xl_amt.workbook import build_workbook, save_workbook

    if path.suffix.lower() != ".xlsx":
        raise FileError(f"{path}: a client workbook is an .xlsx file; give it a name that ends in .xlsx.")
    check_new_file(path, replace_existing=replace_existing, holds=" and may hold your edits")
    save_workbook(build_workbook(client), path)
    return path


def free_name(path: Path) -> Path:
    """The path itself, or the first "name (2)", "name (3)" beside it that no file has yet."""
    candidate, number = path, 1
    while candidate.exists():
        number += 1
        candidate = path.with_stem(f"{path.stem} ({number})")
    return candidate
