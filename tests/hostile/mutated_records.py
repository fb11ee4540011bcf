"""A client's record with a frozen plan and a log, some of whose values are nasty, asked for all that is made of it."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import tomlkit

from workbook_templates.examples.platforms import FOLDER
from xl_amt.client import Exit, Plan, ReportedFigures
from xl_amt.client.toml_file import read_record, record_text, write_record
from xl_amt.errors import AmtError
from xl_amt.jobs.answered import answer
from xl_amt.jobs.check_client import check_client
from xl_amt.jobs.compared_plan import compare
from xl_amt.jobs.frozen_plan import frozen_plan_in, with_frozen_plan
from xl_amt.jobs.leaving_of_record import Leaving, leaving_of_record
from xl_amt.jobs.log import logged
from xl_amt.jobs.plan_of_record import question_of_record
from xl_amt.jobs.roll import roll_record
from xl_amt.planning.plan.solving import solve

_DAYS: Final = tuple(map(date.fromisoformat, ("2024-02-29", "2024-12-02", "2024-12-31", "2025-01-01", "2026-12-31")))
_NUMBERS: Final = (0, 1, -1, 0.5, 1e-9, 316, 2024, 2026, 2037, 10**6, 10**9, 10**15, 1e308, float("nan"), float("inf"))
_DAYS_GIVEN: Final = (*_DAYS, date(1, 1, 1), date(1900, 1, 1), date(2200, 12, 31), date(9999, 12, 31))
_WORDS: Final = (
    "", " ", "ISO", "NSO", "RSU", "single", "mfj", "done", "planned", "reported", "frozen", "client", "spouse", "US+CA",
    "US+NY", "least tax", "most after tax", "90 days", "2:1", "1:999999", "x" * 5_000, "a\nb", "=1+1", "\u202e", "$x$",
)  # fmt: skip
Way = tuple[str | int, ...]  # to a value within tables and lists


@cache
def _texts() -> tuple[str, str]:
    """Alena's record with her plan frozen and a letter in its log: by least tax, and by most after tax at an exit."""
    own = read_record(FOLDER / "alena.client.toml")
    sold = replace(own.plan or Plan(), aim="most after tax", exit=Exit(year=2026, price=130.0, recovery_years=2))
    made = []
    for record in (own, replace(own, plan=sold)):
        asked = question_of_record(record, _DAYS[1])
        frozen = with_frozen_plan(record, asked, solve(asked.question, 10.0), _DAYS[1])
        figures = ReportedFigures(shares=1_000, cash=5_183.0)
        made.append(record_text(logged(frozen, _DAYS[1], "reported", "plan", figures=figures)))
    return made[0], made[1]


def one_record(chance: random.Random, folder: Path) -> None:
    """Read a mutated record, write it again, and ask for its figures, next year, plan, comparison and leaving."""
    document: Any = tomllib.loads(chance.choice(_texts()))
    for _ in range(chance.choice((1, 1, 2, 3))):
        _mutate(document, chance)
    path = folder / "a.client.toml"
    path.write_text(tomlkit.dumps(document), "utf-8")
    record, day, last_day = read_record(path), chance.choice(_DAYS), chance.choice(_DAYS)
    window = chance.choice(("", "90 days", "10 years"))
    with suppress(AmtError):
        write_record(record, folder / "again.client.toml", replace_existing=True)
        assert read_record(folder / "again.client.toml") == record
    asks = (
        lambda: check_client(path),
        lambda: answer(record),
        lambda: roll_record(record, day, to=chance.choice((None, 2026, 10**10)), anyway=True),
        lambda: question_of_record(record, day),
        lambda: compare(record, frozen_plan_in(record), day),
        lambda: leaving_of_record(record, Leaving(last_day, day, window)),
    )
    for ask in asks:
        with suppress(AmtError):
            ask()


def _mutate(document: Any, chance: random.Random) -> None:
    """Replace, drop or double one value of a document, mostly by another of its kind."""
    *way, last = chance.choice(list(_ways(document)))
    table = document
    for step in way:
        table = table[step]
    value = table[last]
    what = chance.random()
    if what < 0.1:
        del table[last]
    elif what < 0.2 and isinstance(table, list):
        table.append(value)
    else:
        given: tuple[Any, ...] = (*_NUMBERS, *_DAYS_GIVEN, *_WORDS, True, [], {})
        if what < 0.9:
            given = _NUMBERS if isinstance(value, int | float) else _DAYS_GIVEN if isinstance(value, date) else _WORDS
        table[last] = chance.choice(given)


def _ways(value: Any, way: Way = ()) -> Iterator[Way]:
    """The way to every value within tables and lists, those themselves among them."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, one in inside:
        yield (*way, step)
        yield from _ways(one, (*way, step))
