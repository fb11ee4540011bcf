"""The printed forms' line numbers and words, by year: what stands in this folder's TOML files.

A number or words hold from their year until the next one given. Dollars and rates of the law, and the numbers of
lines that a line refers to, are set into the words for the household's own year and status.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

from xl_amt.forms.us.form_6251 import saved_by_low_rate
from xl_amt.law import STATUSES, FederalLaw

_ALWAYS: Final = 9999  # no last year


class FormLine(NamedTuple):
    """A line of a form over its revisions."""

    numbers: Mapping[int, str]
    words: Mapping[int, str]
    amount: str | None  # the name of what stands on it; None where nothing that xl-amt holds does
    until: int
    note: str | None  # which other lines are entered on it


class Form:
    """A form over its revisions, lines in paper order."""

    def __init__(self, text: str) -> None:
        contents: dict[str, Any] = tomllib.loads(text)
        self.names: tuple[str, ...] = tuple(contents["names"])
        self.title: str = contents["title"]
        self.years_later: int = contents.get("years_later", 0)
        self.first_year: int = contents.get("first_year", 0)
        self.last_year: int = contents.get("last_year", _ALWAYS)
        self.printed_through: int = contents["printed_through"]
        self.drafted_through: int | None = contents.get("drafted_through")
        self.lines = tuple(
            FormLine(
                _by_year(line["line"]),
                _by_year(line["words"]),
                line.get("amount"),
                line.get("until", _ALWAYS),
                line.get("note"),
            )
            for line in contents["line"]
        )

    def revision(self, year: int) -> str:
        """The year of a form, and whose year's lines it has where its own are not printed."""
        if year <= self.printed_through:
            return f"{year}"
        if self.drafted_through is None:
            return f"{year}, lines as printed for {self.printed_through}"
        return (
            f"{year}, draft" if year <= self.drafted_through else f"{year}, lines of the {self.drafted_through} draft"
        )

    def lines_of(self, year: int) -> Iterator[tuple[str, FormLine]]:
        """The lines of a year's form, each with its printed number."""
        for line in self.lines:
            number = _in_year(line.numbers, year)
            if number is not None and year <= line.until:
                yield number, line

    def numbers(self, year: int) -> dict[str, str]:
        """The printed number of every line that has an amount, by the amount's name."""
        return {line.amount: number for number, line in self.lines_of(year) if line.amount}


@cache
def form(name: str) -> Form:
    """The form in the file of that name, read once."""
    return Form(files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))


def in_words(printed: Form, law: FederalLaw) -> Iterator[tuple[str, str, FormLine]]:
    """The lines of the form that takes a year's facts, each with its number and its words."""
    said, form_year = _said(printed, law), law.year + printed.years_later
    for number, line in printed.lines_of(form_year):
        words = _in_year(line.words, form_year)
        assert words is not None
        yield number, _with_note(words.format_map(said), line.note), line


def _with_note(words: str, note: str | None) -> str:
    return words if note is None else f"{words.rstrip('.')}. {note}"


def _said(printed: Form, law: FederalLaw) -> dict[str, Any]:
    """What the braces in the words stand for."""
    year = law.year
    form_year = year + printed.years_later
    separate_filer = ""
    if law.status == "mfs":
        separate_filer = (
            f" (If married filing separately and line 4 is more than ${law.exemption_gone:,.0f}, see instructions.)"
        )
    return {
        "law": law,
        "saved_by_low_rate": saved_by_low_rate(law),
        "separate_filer": separate_filer,
        "status": _status(law),
        "year": form_year,
        "next_year": form_year + 1,
        "facts_year": year,
        "born_before": year - 64,
        "Form_1040": "Form 1040" if year == 2018 else "Form 1040 or 1040-SR",
        "line": printed.numbers(form_year),
        "form_1040": form("form_1040").numbers(year),
        "form_6251": form("form_6251").numbers(year),
        "schedule_1_a": form("schedule_1_a").numbers(year),
        "qualified_dividends_worksheet": form("qualified_dividends_worksheet").numbers(year),
    }


def _status(law: FederalLaw) -> str:
    if law.status == "qss" and law.year <= 2021:
        return "qualifying widow(er)"
    return STATUSES[law.status].lower()


def _by_year(value: str | dict[str, str]) -> dict[int, str]:
    return {0: value} if isinstance(value, str) else {int(year): item for year, item in value.items()}


def _in_year(by_year: Mapping[int, str], year: int) -> str | None:
    started = [first for first in by_year if first <= year]
    return by_year[max(started)] if started else None
