"""Names and labels that stand in one table, joined to the rows of others that have only the platform's own keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xl_amt.importers.layout import Fact
from xl_amt.importers.prepare import join_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xl_amt.importers.gathering import Line
    from xl_amt.importers.table import TableRow

_OF_A_PERSON: Final = (Fact.STAKEHOLDER_ID, Fact.STAKEHOLDER_EMAIL)

Known = dict[str, dict[Fact, object]]


def with_names_and_labels(lines: Sequence[Line]) -> list[Line]:
    """The lines that state something of a client, with names by ID or e-mail, and labels by the platform's keys.

    What a list of cancellations says of a key goes to the grant of that key.
    """
    own = [line for line in lines if line.first.table.layout.kind not in {"person", "end"}]
    everyone = [line.first for line in lines]
    for key in _OF_A_PERSON:
        own = _joined(own, _known(everyone, key, (Fact.STAKEHOLDER,)), key)
    by_key = _known([line.first for line in own], Fact.KEY, (Fact.LABEL, *_OF_A_PERSON, Fact.STAKEHOLDER))
    ends = [row for line in lines for row in line.readings if row.table.layout.kind == "end"]
    own = _joined(own, _known(ends, Fact.KEY, (Fact.CANCELED_DATE,)), Fact.KEY)
    return _joined(own, by_key, Fact.KEY)


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


def _joined(lines: list[Line], known: Known, key: Fact) -> list[Line]:
    """The lines with what is known by a key, in each of their readings."""
    if not any(known.values()):
        return lines
    joined = []
    for line in lines:
        first, *readings = join_ids([line.first, *line.readings], known, key)
        joined.append(line._replace(first=first, readings=tuple(readings)))
    return joined
