"""Five small steps between a table and its rows, each a function of what it is given and of nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from xl_amt.importers.cells import is_blank
from xl_amt.importers.layout import Fact

if TYPE_CHECKING:
    from xl_amt.importers.table import TableRow


def unwrap(value: Any) -> Any:
    """A value without the object that wraps it, as Carta's API does.

    >>> unwrap({"value": "10000"}), unwrap({"amount": {"value": "1.25"}}), unwrap(7)
    ('10000', {'amount': {'value': '1.25'}}, 7)
    """
    while isinstance(value, dict) and value.keys() == {"value"}:
        value = value["value"]
    return value


def carry_down(rows: Iterable[TableRow], facts: Sequence[Fact]) -> Iterator[TableRow]:
    """The rows, each with the facts of the rows above it where its own cells are blank."""
    last: dict[Fact, object] = {}
    for row in rows:
        given = {fact: last[fact] for fact in facts if fact in last and is_blank(row.value(fact))}
        yield replace(row, given={**row.given, **given}) if given else row
        last |= {fact: row.value(fact) for fact in facts if not is_blank(row.value(fact))}


def join_lines(rows: Iterable[TableRow], facts: Sequence[Fact]) -> Iterator[TableRow]:
    """The lines of events, each with all that the event's first line says; a first line that is continued is left out.

    A line in which all of the ``facts`` are blank continues the event above it.
    """
    first: TableRow | None = None
    is_continued = False
    for row in rows:
        if first is not None and all(is_blank(row.value(fact)) for fact in facts):
            is_continued = True
            said = {fact: first.value(fact) for fact in first.table.columns if is_blank(row.value(fact))}
            yield replace(row, given={**row.given, **said})
            continue
        if first is not None and not is_continued:
            yield first
        first, is_continued = row, False
    if first is not None and not is_continued:
        yield first


def join_ids(rows: Iterable[TableRow], known: Mapping[str, Mapping[Fact, object]], key: Fact) -> Iterator[TableRow]:
    """The rows, each with the facts that are known by its key where its own cells are blank."""
    for row in rows:
        found = known.get(row.words(key), {})
        given = {fact: value for fact, value in found.items() if is_blank(row.value(fact))}
        yield replace(row, given={**row.given, **given}) if given else row


def split_pairs(rows: Iterable[TableRow], kind_of: Mapping[str, set[str]]) -> Iterator[TableRow]:
    """The rows, those that are the two parts of one grant no longer marked as split.

    ``kind_of`` are the award types by label: a label that has an ISO row and an NSO row is a pair, and each row is one
    of its parts; a row that stands alone stays marked, since nobody knows which of its shares are which.
    """
    for row in rows:
        is_pair = {"ISO", "NSO"} <= kind_of.get(row.words(Fact.LABEL), set())
        if is_pair and (column := row.table.columns.get(Fact.IS_SPLIT)):
            values = list(row.values) + [None] * (column.index + 1 - len(row.values))
            values[column.index] = None
            yield replace(row, values=tuple(values))
        else:
            yield row
