"""A record of the law: plain numbers of one year and filing status, each filled by name from the law file.

A record is a frozen dataclass whose fields say where they stand, for any jurisdiction:

    @dataclass(frozen=True, slots=True)
    class TrialLaw:
        year: int
        status: Status
        exemption: float = number("minimum_tax.exemption")
        credit: Credit | None = part(Credit, "credit", where_none=None)

A field without a place is the year, the status or the jurisdiction that the record is made for.
"""

from __future__ import annotations

from dataclasses import field, fields
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from xl_amt.law.bounds import UNITS, WHOLE
from xl_amt.law.schedule import Schedule
from xl_amt.law.status import Status

if TYPE_CHECKING:
    from xl_amt.law.book import LawBook

Record = TypeVar("Record")
_REQUIRED: Final = object()
_PLACE: Final = "place in the law file"


class Need(NamedTuple):
    """A number that a record takes, and whether a block, or the whole group, may lack it."""

    group: str
    key: str
    block_may_lack: bool
    group_may_lack: bool


class _Number(NamedTuple):
    path: str
    where_none: Any

    def needs(self) -> list[Need]:
        group, _, key = self.path.partition(".")
        may_lack = self.where_none is not _REQUIRED
        return [Need(group, key, may_lack, may_lack)]

    def of(self, book: LawBook, year: int, status: Status) -> Any:
        found = _value(book, self.path, year, status)
        return self.where_none if found is None else found


class _Part(NamedTuple):
    kind: Any
    group: str
    where_none: Any

    def needs(self) -> list[Need]:
        may_lack = self.where_none is not _REQUIRED
        defaults = self.kind._field_defaults
        return [Need(self.group, key, key in defaults, may_lack) for key in self.kind._fields]

    def of(self, book: LawBook, year: int, status: Status) -> Any:
        found = {key: _value(book, f"{self.group}.{key}", year, status) for key in self.kind._fields}
        held = {key: value for key, value in found.items() if value is not None}
        return self.kind(**held) if held else self.where_none


class _Schedule(NamedTuple):
    tops: str
    rates: str

    def needs(self) -> list[Need]:
        return [need for path in self for need in _Number(path, _REQUIRED).needs()]

    def of(self, book: LawBook, year: int, status: Status) -> Schedule:
        return Schedule(_value(book, self.tops, year, status), _value(book, self.rates, year, status))


def number(path: str, *, where_none: Any = _REQUIRED) -> Any:
    """A field that is one number, or list, of the law: ``number("amt.exemption")``.

    ``where_none`` stands where the group is not law in the year, or its block lacks the number; without it every
    year must have the number.
    """
    return field(metadata={_PLACE: _Number(path, where_none)})


def part(kind: Any, group: str, *, where_none: Any = _REQUIRED) -> Any:
    """A field that is a named tuple of the numbers of a group; a block may lack what has a default."""
    return field(metadata={_PLACE: _Part(kind, group, where_none)})


def schedule(tops: str, rates: str) -> Any:
    """A field that is a rate schedule, of the tops of its brackets and its rates."""
    return field(metadata={_PLACE: _Schedule(tops, rates)})


def needs_of(record_class: Any) -> list[Need]:
    """Every number that a record takes, against which a law file is checked when it is read."""
    return [need for item in fields(record_class) if _PLACE in item.metadata for need in item.metadata[_PLACE].needs()]


def built(record_class: type[Record], book: LawBook, year: int, status: Status) -> Record:
    """The record of a book, year and status; NotHeldError for a year that is neither held nor projected."""
    made_of: Any = record_class  # a class is hashable, which its type does not say
    record: Record = _built(made_of, book, year, status)
    return record


@lru_cache(maxsize=4096)
def _built(record_class: Any, book: LawBook, year: int, status: Status) -> Any:
    book.check_year(year)
    of_the_question = {"year": year, "status": status, "jurisdiction": book.jurisdiction}
    return record_class(
        **{
            item.name: item.metadata[_PLACE].of(book, year, status)
            if _PLACE in item.metadata
            else of_the_question[item.name]
            for item in fields(record_class)
        }
    )


def _value(book: LawBook, path: str, year: int, status: Status) -> Any:
    group, _, key = path.partition(".")
    found = book.value(group, key, year, status)
    if key == "source" or found is None:
        return found
    unit = book.unit(group, key)
    if unit not in UNITS:
        return found
    plain = int if unit in WHOLE else float
    return tuple(map(plain, found)) if isinstance(found, list) else plain(found)
