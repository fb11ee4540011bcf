"""What an update does to a record: rows that are new, changed and gone, and a row completed by a newer one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple, TypeVar

from xl_amt.client import CountedShares, Exercise, Grant, HeldLot, Remark
from xl_amt.client.columns import columns_of

_Row = TypeVar("_Row", Grant, Exercise, HeldLot)
_NOT_COMPARED: Final = frozenset({"read_from", "exercised_before", "status", "label", "lot"})


class Change(NamedTuple):
    """A figure that an update changes: of which row, under which header, and what it was and is."""

    about: str
    header: str
    old: str
    new: str


@dataclass(slots=True)
class Differences:
    """What an update does to a record, in words: what is new, changed and gone, and which plans were done."""

    new: list[str] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def is_none(self) -> bool:
        """Whether nothing differs."""
        return not (self.new or self.changed or self.gone or self.done)

    @property
    def in_words(self) -> str:
        """How much differs, in a sentence.

        >>> Differences(new=["grant ES-1: 100 shares"], gone=["ES-2", "ES-3"]).in_words
        '1 new, 2 gone.'
        """
        counts = {
            "new": len(self.new),
            "changed": len(self.changed),
            "gone": len(self.gone),
            "done as planned": len(self.done),
        }
        return f"{', '.join(f'{count} {word}' for word, count in counts.items() if count) or 'Nothing differs'}."


def completed(own: _Row, newer: _Row, about: str, differences: Differences) -> _Row:
    """A row of the record with what a newer one states; what is blank in the newer one stays.

    A row that is read again and says the same is still the one that was read first.
    """
    stated: dict[str, Any] = {}
    for item in columns_of(type(own)):
        before, after = getattr(own, item.field), getattr(newer, item.field)
        if after in (item.default, before):
            continue
        stated[item.field] = after
        if item.field not in _NOT_COMPARED:
            differences.changed.append(Change(about, item.header, _shown(before), _shown(after)))
    if stated.keys() == {"read_from"}:
        return own
    return replace(own, **stated)


def _shown(value: Any) -> str:
    if isinstance(value, CountedShares):
        return f"{value.exercised:,} exercised, {value.exercisable:,} exercisable, {value.unvested:,} unvested"
    if isinstance(value, tuple):
        return f"{len(value)} vesting days"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:g}" if isinstance(value, float) else str("blank" if value in {None, ""} else value)
