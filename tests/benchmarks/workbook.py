"""How fast a client workbook is built, filled, saved and read back: python tests/benchmarks/workbook.py.

Seconds are the processor's. With --profile, where the time of building the larger one goes.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
import tempfile
from datetime import date
from pathlib import Path
from random import Random

from figures import Figure, print_figures, processor_time

from xl_amt.client import Client, ClientRecord, ClientYear, CountedShares, Exercise, Grant, Holding, Plan, Residence
from xl_amt.client.record import Value
from xl_amt.jobs.recalc import recalc
from xl_amt.jobs.workbook_contents import book_of
from xl_amt.workbook import Book, build_workbook, save_workbook
from xl_amt.workbook.package import parts_of
from xl_amt.workbook.read import read_workbook
from xl_amt.workbook.values import fill_values, formulas

AS_OF = date(2026, 11, 2)
YEARS = 10


def client(grants: int) -> ClientRecord:
    """A joint Californian couple of two companies, ten years, and an exercise of every other grant."""
    random = Random(grants)  # noqa: S311 - a random client, no secrets
    return ClientRecord(
        client=Client(
            name="Benchmark",
            spouse="Spouse",
            jurisdiction="US+CA",
            residence=(Residence(state="CA", since=date(2015, 1, 1)),),
        ),
        years=(
            ClientYear(
                year=2024,
                status="mfj",
                income=310_000.0,
                facts={"Interest": 2_000.0, "Mortgage interest": 18_000.0, "Real estate tax": 9_000.0},
            ),
            *(ClientYear(year=2024 + number) for number in range(1, YEARS)),
        ),
        holdings=(
            _holding("Alder, Inc.", "client", range(0, grants, 2), random),
            _holding("Birch, Inc.", "spouse", range(1, grants, 2), random),
        ),
        plan=Plan(income_growth=0.03, discount_rate=0.04),
    )


def _holding(company: str, holder: str, numbers: range, random: Random) -> Holding:
    granted = [_grant(number, random) for number in numbers]
    return Holding(
        company=company,
        holder=holder,  # type: ignore[arg-type]
        as_of=AS_OF,
        grants=tuple(granted),
        exercises=tuple(_exercise(grant, number) for number, grant in enumerate(granted) if number % 2 == 0),
        values=(Value(day=date(2022, 1, 1), price=6.0), Value(day=date(2026, 1, 15), price=12.4)),
    )


def _grant(number: int, random: Random) -> Grant:
    exercised = 100 if number % 4 < 2 else 0
    shares = random.randint(10, 120) * 100
    return Grant(
        label=f"ES-{number:03}",
        award="NSO" if number % 5 == 4 else "ISO",
        granted=date(2018 + number % 4, 3, 1),
        strike=round(random.uniform(0.5, 9.0), 2),
        shares=shares,
        fmv_at_grant=9.0,
        held=CountedShares(exercised=exercised, exercisable=shares - exercised, unvested=0),
    )


def _exercise(grant: Grant, number: int) -> Exercise:
    return Exercise(grant=grant.label, day=date(2024 + number % 2, 5, 6), shares=100, value=6.0)


def measured(grants: int, at_most: float) -> list[Figure]:
    """Building and saving, step by step and together, reading back, and every value again after an edit."""
    record = client(grants)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "client.xlsx")
        book = book_of(record)
        parts = parts_of(build_workbook(book))
        asked = [formula.text for formula in formulas(parts)]
        own = sum("AMT_" in text for text in asked)
        print(f"{grants} grants, {YEARS} years: {len(asked):,} formulas, {own:,} of them of AMT_ functions")

        def whole() -> None:
            save_workbook(build_workbook(book_of(record)), path)

        whole()
        what = f"{grants} grants, {YEARS} years"
        return [
            Figure(f"{what}: what follows from the record", processor_time(lambda: book_of(record)), 0.6, "s"),
            Figure(f"{what}: cells", processor_time(lambda: build_workbook(book)), 0.6, "s"),
            Figure(
                f"{what}: cells and the file's parts", processor_time(lambda: parts_of(build_workbook(book))), 1.5, "s"
            ),
            Figure(f"{what}: every value", processor_time(lambda: fill_values(parts)), 1.0, "s"),
            Figure(f"{what}: built, filled and saved", processor_time(whole), at_most, "s"),
            Figure(f"{what}: read back", processor_time(lambda: read_workbook(path)), 0.3, "s"),
            Figure(f"{what}: recalculated", processor_time(lambda: recalc(path, AS_OF)), 1.0, "s"),
        ]


def _profile(book: Book) -> None:
    """Where the time of the cells and of the file's parts goes."""
    with cProfile.Profile() as profile:
        fill_values(parts_of(build_workbook(book)))
    pstats.Stats(profile).sort_stats("tottime").print_stats(30)


if __name__ == "__main__":
    if "--profile" in sys.argv:
        _profile(book_of(client(200)))
    else:
        print_figures([*measured(10, 2.0), *measured(200, 3.0)])
