"""A book of law: which block of numbers holds in which year, what it says, and where it is enacted."""

from __future__ import annotations

import tomllib
from copy import copy
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

from xl_amt.errors import NotHeldError
from xl_amt.law.overlay import read_overlay
from xl_amt.law.projection import is_projected, project
from xl_amt.law.status import Status

INFLATION: Final = 0.025  # a year, for projections, unless a user's configuration or law book says otherwise
YEARS_PROJECTED: Final = 10


class Number(NamedTuple):
    """One number of the law with the place where it is enacted, or the words that it is projected."""

    value: float
    source: str


class LawBook:
    """The law of one jurisdiction: enacted numbers as the TOML file holds them, and their projection."""

    def __init__(self, text: str, inflation: float = INFLATION) -> None:
        contents: dict[str, Any] = tomllib.loads(text)
        self.jurisdiction: str = contents.pop("jurisdiction")
        self.first_year: int = contents.pop("first_year")
        self.verified_through: int = contents.pop("verified_through")
        self.yearly: list[str] = contents.pop("yearly")
        self.pages: dict[str, str] = contents.pop("pages")
        self.inflation = inflation
        self.overlaid: dict[tuple[str, int], dict[str, Any]] = {}
        self.groups: dict[str, dict[int, dict[str, Any]]] = {
            group: {int(year): block for year, block in blocks.items()} for group, blocks in contents.items()
        }

    @property
    def last_year(self) -> int:
        """The last year that is projected."""
        return self.verified_through + YEARS_PROJECTED

    def check_year(self, year: int) -> None:
        """Raise NotHeldError for a year that this book neither holds nor projects."""
        if year < self.first_year:
            raise NotHeldError(f"year: {year} is before {self.first_year}, the first tax year that xl-amt holds.")
        if year > self.last_year:
            raise NotHeldError(f"year: {year} is after {self.last_year}, the last tax year that is projected.")

    def block(self, group: str, year: int) -> dict[str, Any] | None:
        """The block of a group that holds in a year, or None where the group is not law in it."""
        blocks = self.groups[group]
        started = max((first for first in blocks if first <= year), default=None)
        if started is None or blocks[started].get("ends", year) < year:
            return None
        block = blocks[started]
        if started <= self.verified_through < year:
            block = project(group, block, year - self.verified_through, self.inflation)
        return block | self.overlaid.get((group, year), {})

    def number(self, group: str, key: str, year: int, status: Status) -> Number | None:
        """One number and its source, or None where the group is not law in the year."""
        block = self.block(group, year)
        if block is None or key not in block:
            return None
        value = block[key]
        return Number(float(value[status] if isinstance(value, dict) else value), self.source(group, key, year))

    def source(self, group: str, key: str, year: int) -> str:
        """Where a number that holds in a year is enacted, or that it is projected."""
        overlaid = self.overlaid.get((group, year), {})
        if key in overlaid:
            return str(overlaid["source"])
        block = self.block(group, year)
        assert block is not None
        if year > self.verified_through and is_projected(group, key) and not self._enacted(group, year):
            return f"projected from {self.verified_through} at {self.inflation:.2%} inflation a year"
        return str(block["source"])

    def overlay(self, name: str, text: str) -> LawBook:
        """A book with a firm's blocks laid over this one; FileError names what does not fit.

        A block [group.year] changes only the numbers that it gives, in that year alone, and names its source.
        ``inflation`` at the top changes the assumption of projections.
        """
        years = range(self.first_year, self.last_year + 1)
        overlay = read_overlay(name, text, set(self.groups), years, self.block)
        book = copy(self)
        book.inflation = self.inflation if overlay.inflation is None else overlay.inflation
        book.overlaid = self.overlaid | overlay.blocks
        return book

    def _enacted(self, group: str, year: int) -> bool:
        """Whether a dated block, such as the one of 2030, itself sets the law of the year."""
        return any(self.verified_through < first <= year for first in self.groups[group])


@cache
def enacted(jurisdiction: str) -> LawBook:
    """The law as enacted, read once, and projected at the usual inflation."""
    return LawBook(files(__package__).joinpath(f"{jurisdiction.lower()}.toml").read_text("utf-8"))
