"""A book of law: which block of numbers holds in which year, what it says, and what it rests on."""

from __future__ import annotations

from copy import copy
from typing import Any, NamedTuple

from xl_amt.errors import NotHeldError
from xl_amt.law.law_file import YEARS_PROJECTED, Group, LawFile, Name, read_law_file
from xl_amt.law.overlay import read_overlay
from xl_amt.law.price_index import INFLATION, Basis, Outlook, Standing, price_indexes
from xl_amt.law.projection import Rule, projected
from xl_amt.law.status import Status


class Number(NamedTuple):
    """One number of the law, or a word of it, where it is enacted or what it rests on, and how firmly it stands."""

    value: Any
    source: str
    standing: Standing


class LawBook:
    """The law of one jurisdiction, never changed: what its file holds, its later years, and what is laid over it.

    Books with equal ``contents`` give equal numbers; it can be the key of a cache.
    """

    def __init__(self, where: str, text: str, records: tuple[Any, ...] = ()) -> None:
        self.contents: tuple[Any, ...] = (text,)
        self.stated_inflation: float | None = None
        self.overlaid: dict[tuple[str, int], dict[str, Any]] = {}
        self._file: LawFile = read_law_file(where, text, records)
        self.groups: dict[str, dict[int, dict[str, Any]]] = {
            name: group.blocks for name, group in self._file.groups.items()
        }

    @property
    def jurisdiction(self) -> str:
        """The United States or a state by its two letters."""
        return self._file.jurisdiction

    @property
    def first_year(self) -> int:
        """The first tax year that is held."""
        return self._file.first_year

    @property
    def verified_through(self) -> int:
        """The last enacted tax year."""
        return self._file.verified_through

    @property
    def last_year(self) -> int:
        """The last year that is projected."""
        return self.verified_through + YEARS_PROJECTED

    @property
    def yearly(self) -> list[str]:
        """The groups that are set again for every year."""
        return self._file.yearly

    @property
    def pages(self) -> dict[str, str]:
        """Where each source can be read."""
        return self._file.pages

    @property
    def names(self) -> tuple[Name, ...]:
        """What AMT_LAW calls each number, in order."""
        return self._file.names

    @property
    def inflation(self) -> float:
        """The inflation that is assumed once no price index is held: as stated, or 2.5% a year."""
        return INFLATION if self.stated_inflation is None else self.stated_inflation

    def check_year(self, year: int) -> None:
        """Raise NotHeldError for a year that this book neither holds nor projects."""
        if year < self.first_year:
            raise NotHeldError(f"year: {year} is before {self.first_year}, the first tax year that xl-amt covers.")
        if year > self.last_year:
            raise NotHeldError(f"year: {year} is after {self.last_year}, the last tax year that is projected.")

    def block(self, group: str, year: int) -> dict[str, Any] | None:
        """The block of a group that holds in a year, as the file would have it; None where it is not law in it."""
        started = self._started(group, year)
        if started is None:
            return None
        read = self._file.groups[group]
        block = dict(read.blocks[started])
        for key, rule in read.rules.items():
            if self._grows(group, rule, started, year) and read.raw(block, key) is not None:
                grown = self._grown(group, key, rule, started, year)
                block |= grown if key == read.by_status else {key: grown}
        return block | self.overlaid.get((group, year), {})

    def value(self, group: str, key: str, year: int, status: Status) -> Any:
        """One number, list, day or word as it holds for a status; None where it is not law in the year."""
        block = self.block(group, year) if group in self._file.groups else None
        found = None if block is None else self._file.groups[group].raw(block, key)
        return found[status] if isinstance(found, dict) else found

    def unit(self, group: str, key: str) -> str:
        """What a number is, such as dollars."""
        return self._file.groups[group].units[key]

    def number(self, group: str, key: str, year: int, status: Status, part: int | None = None) -> Number | None:
        """One number with its source, or None where it is not law in the year; ``part`` is its place in a list."""
        found = self.value(group, key, year, status)
        if found is None:
            return None
        if part is not None:
            found = found[part]
        value = found if isinstance(found, str) else float(found)
        return Number(value, *self._source(group, key, year, status))

    def source(self, group: str, key: str, year: int) -> str:
        """Where a number that holds in a year is enacted, or what it is estimated or projected from."""
        return self._source(group, key, year, "single")[0]

    def basis(self, year: int) -> Basis | None:
        """What the indexed numbers of a year rest on; None for an enacted year."""
        if year <= self.verified_through or not self._file.price_index:
            return None
        return price_indexes()[self._file.price_index].basis(year, self._outlook)

    def overlay(self, name: str, text: str) -> LawBook:
        """A book with a firm's blocks laid over this one; FileError names what does not fit.

        A block [group.year] changes only the numbers that it gives, in that year alone, and names its source.
        ``inflation`` at the top changes the assumption of projections.
        """
        years = range(self.first_year, self.last_year + 1)
        overlay = read_overlay(name, text, self._file.groups, years, self.block)
        book = copy(self)
        book.contents = (*self.contents, text)
        book.stated_inflation = self.stated_inflation if overlay.inflation is None else overlay.inflation
        book.overlaid = self.overlaid | overlay.blocks
        return book

    @property
    def _outlook(self) -> Outlook:
        return Outlook(self.verified_through, self.stated_inflation)

    def _started(self, group: str, year: int) -> int | None:
        """The year of the block that holds in a year."""
        blocks = self._file.groups[group].blocks
        started = max((first for first in blocks if first <= year), default=None)
        return None if started is None or blocks[started].get("ends", year) < year else started

    def _grows(self, group: str, rule: Rule, started: int, year: int) -> bool:
        """Whether a number has grown since its block; one that is set every year does so from the next year on."""
        enacted_through = started if group in self.yearly else max(started, self.verified_through)
        return year > enacted_through and (rule.until is None or year <= rule.until)

    def _grown(self, group: str, key: str, rule: Rule, started: int, year: int) -> Any:
        read: Group = self._file.groups[group]
        if rule.yearly is not None:
            return _times(read.raw(read.blocks[started], key), rule.yearly ** (year - started))

        def of_year_before() -> Any:
            grows = self._grows(group, rule, started, year - 1)
            return self._grown(group, key, rule, started, year - 1) if grows else read.raw(read.blocks[started], key)

        return projected(rule, year, price_indexes()[self._file.price_index], self._outlook, of_year_before)

    def _source(self, group: str, key: str, year: int, status: Status) -> tuple[str, Standing]:
        read = self._file.groups[group]
        overlaid = self.overlaid.get((group, year), {})
        if key in overlaid or (key == read.by_status and status in overlaid):
            return str(overlaid["source"]), "law book"
        started, rule = self._started(group, year), read.rules.get(key)
        assert started is not None
        if rule is None or not rule.is_indexed or not self._grows(group, rule, started, year):
            return str(read.blocks[started]["source"]), "enacted"
        basis = price_indexes()[self._file.price_index].basis(year, self._outlook)
        return basis.by(rule.source), basis.standing


def _times(amount: Any, factor: float) -> Any:
    return {status: part * factor for status, part in amount.items()} if isinstance(amount, dict) else amount * factor
