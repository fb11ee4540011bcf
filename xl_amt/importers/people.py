"""Names and labels that stand in one table, joined to the rows of others that have only the platform's own keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xl_amt.importers.layout import Fact
from xl_amt.importers.prepare import join_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from xl_amt.importers.gathering import Line
    from xl_amt.importers.table import TableRow

_OF_A_PERSON: Final = (Fact.STAKEHOLDER_ID, Fact.STAKEHOLDER_EMAIL)

Known = dict[str, dict[Fact, object]]


def with_names_and_labels(lines: Sequence[Line]) -> list[Line]:
    """The lines that state something of a client, with names by ID or e-mail, and labels by the platform's keys."""
    firsts = [line.first for line in lines]
    steps: list[tuple[Fact, Known]] = [(key, _known(firsts, key, (Fact.STAKEHOLDER,))) for key in _OF_A_PERSON]
    steps.append((Fact.KEY, _known(firsts, Fact.KEY, (Fact.LABEL, *_OF_A_PERSON, Fact.STAKEHOLDER))))
    joined: list[Line] = []
    steps = [(key, known) for key, known in steps if any(known.values())]
    for line in lines:
        if line.first.table.layout.kind == "person":
            continue
        if steps:
            first, *readings = _joined([line.first, *line.readings], steps)
            joined.append(line._replace(first=first, readings=tuple(readings)))
        else:
            joined.append(line)
    return joined


def _known(rows: Iterable[TableRow], key: Fact, facts: Sequence[Fact]) -> Known:
    """What is known by a key: the facts of the first row that has both."""
    found: Known = {}
    for row in rows:
        if words := row.words(key):
            by_key = found.setdefault(words, {})
            for fact in facts:
                if fact not in by_key and (said := row.words(fact)):
                    by_key[fact] = said
    return found


def _joined(rows: list[TableRow], steps: Iterable[tuple[Fact, Mapping[str, dict[Fact, object]]]]) -> list[TableRow]:
    for key, known in steps:
        rows = list(join_ids(rows, known, key))
    return rows
