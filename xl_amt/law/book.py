"""Read a jurisdiction's law from its TOML file: which block holds in which year, and what it says."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from xl_amt.errors import NotHeldError
from xl_amt.law.status import Status


class Number(NamedTuple):
    """One number of the law with the place where it is enacted."""

    value: float
    source: str


class LawBook:
    """The enacted law of one jurisdiction, as its TOML file holds it."""

    def __init__(self, text: str) -> None:
        contents: dict[str, Any] = tomllib.loads(text)
        self.jurisdiction: str = contents.pop("jurisdiction")
        self.first_year: int = contents.pop("first_year")
        self.verified_through: int = contents.pop("verified_through")
        self.yearly = frozenset(contents.pop("yearly"))
        self.pages: dict[str, str] = contents.pop("pages")
        self.groups = {
            group: {int(year): block for year, block in blocks.items()} for group, blocks in contents.items()
        }

    def check_year(self, year: int) -> None:
        """Raise NotHeldError for a year that this book does not hold."""
        if year < self.first_year:
            raise NotHeldError(f"year: {year} is before {self.first_year}, the first tax year that xl-amt holds.")
        if year > self.verified_through:
            raise NotHeldError(
                f"year: {year} is after {self.verified_through}, the last tax year whose law is enacted here."
            )

    def block(self, group: str, year: int) -> dict[str, Any] | None:
        """The block of a group that holds in a year, or None where the group is not law in it."""
        blocks: dict[int, dict[str, Any]] = self.groups[group]
        if group in self.yearly:
            return blocks[year]
        started = [first for first in blocks if first <= year]
        return blocks[max(started)] if started else None

    def number(self, group: str, key: str, year: int, status: Status) -> Number | None:
        """One number and its source, or None where the group is not law in the year."""
        block = self.block(group, year)
        if block is None:
            return None
        value = block[key]
        return Number(float(value[status] if isinstance(value, dict) else value), block["source"])


@cache
def enacted(jurisdiction: str) -> LawBook:
    """The law as enacted, read once."""
    return LawBook(files(__package__).joinpath(f"{jurisdiction.lower()}.toml").read_text("utf-8"))
