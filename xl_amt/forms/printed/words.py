"""The printed forms' line numbers and words, by year: what stands in a folder of TOML files.

A number or words hold from their year until the next one given. Dollars and rates of the law, and the numbers of
lines that a line refers to, are set into the words for the household's own year and status.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any, Final, NamedTuple

_ALWAYS: Final = 9999  # no last year


class FormLine(NamedTuple):
    """A line of a form over its revisions."""

    numbers: Mapping[int, str]
    words: Mapping[int, str]
    amount: str | None  # the name of what stands on it; None where nothing that xl-amt holds does
    until: int
    note: str | None  # which other lines are entered on it


class NumberedLine(NamedTuple):
    """A line under one of its numbers, with the first and the last year of facts in which it has it; None: always."""

    number: str
    line: FormLine
    first_year: int | None
    last_year: int | None


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

    def over_the_years(self) -> Iterator[NumberedLine]:
        """Every line of every revision, in paper order, once for each number that it has had."""
        for line in self.lines:
            starts = sorted(line.numbers)
            ends = [*(start - 1 for start in starts[1:]), _ALWAYS]
            for start, end in zip(starts, ends, strict=True):
                last = min(end, line.until)
                yield NumberedLine(
                    line.numbers[start],
                    line,
                    start - self.years_later if start else None,
                    last - self.years_later if last < _ALWAYS else None,
                )

    def numbers(self, year: int) -> dict[str, str]:
        """The printed number of every line that has an amount, by the amount's name."""
        return {line.amount: number for number, line in self.lines_of(year) if line.amount}


class FormFiles:
    """A package's folder of forms, each read once."""

    def __init__(self, package: str) -> None:
        self._package = package
        self._forms: dict[str, Form] = {}

    def form(self, name: str) -> Form:
        """The form in the file of that name."""
        if name not in self._forms:
            self._forms[name] = Form(files(self._package).joinpath(f"{name}.toml").read_text("utf-8"))
        return self._forms[name]


def in_words(printed: Form, facts_year: int, said: Mapping[str, Any]) -> Iterator[tuple[str, str, FormLine]]:
    """The lines of the form that takes a year's facts, each with its number and its words.

    ``said`` is what the braces in the words stand for, in addition to the years and the numbers of the form's own
    lines.
    """
    form_year = facts_year + printed.years_later
    own = {
        "year": form_year,
        "next_year": form_year + 1,
        "last_year": form_year - 1,
        "facts_year": facts_year,
        "line": printed.numbers(form_year),
    }
    for number, line in printed.lines_of(form_year):
        words = _in_year(line.words, form_year)
        assert words is not None
        yield number, _with_note(words.format_map({**said, **own}), line.note), line


def _with_note(words: str, note: str | None) -> str:
    return words if note is None else f"{words.rstrip('.')}. {note}"


def _by_year(value: str | dict[str, str]) -> dict[int, str]:
    return {0: value} if isinstance(value, str) else {int(year): item for year, item in value.items()}


def _in_year(by_year: Mapping[int, str], year: int) -> str | None:
    started = [first for first in by_year if first <= year]
    return by_year[max(started)] if started else None
