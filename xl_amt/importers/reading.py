"""The client's rows, each read by every layout of its table: kept whole, or set aside with the first reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from xl_amt.importers.cells import text
from xl_amt.importers.layout import Fact, Kind
from xl_amt.importers.prepare import split_pairs
from xl_amt.importers.report import (
    ExerciseRow,
    IgnoredRow,
    LotRow,
    Place,
    RejectedRow,
    RowRejected,
    SaleRow,
    SplitRow,
    TrancheRow,
    ValueRow,
)
from xl_amt.importers.rows.awards import option_type_in
from xl_amt.importers.rows.grants import ReadGrant, read_grant
from xl_amt.importers.rows.steps import (
    read_exercise,
    read_lot,
    read_sale,
    read_split,
    read_tranche,
    read_value,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xl_amt.importers.gathering import Line
    from xl_amt.importers.table import TableRow

_READERS: Final[dict[Kind, Callable[[TableRow], Any]]] = {
    "grant": read_grant,
    "tranche": read_tranche,
    "exercise": read_exercise,
    "sale": read_sale,
    "lot": read_lot,
    "value": read_value,
    "split": read_split,
}


@dataclass(slots=True)
class Readings:
    """What the rows of one client state, in their order; ``doubts`` are what to check of exercises, by their place."""

    grants: list[ReadGrant] = field(default_factory=list)
    tranches: list[TrancheRow] = field(default_factory=list)
    exercises: list[ExerciseRow] = field(default_factory=list)
    sales: list[SaleRow] = field(default_factory=list)
    lots: list[LotRow] = field(default_factory=list)
    values: list[ValueRow] = field(default_factory=list)
    splits: list[SplitRow] = field(default_factory=list)
    rejected: list[RejectedRow] = field(default_factory=list)
    ignored: list[IgnoredRow] = field(default_factory=list)
    doubts: dict[str, list[Place]] = field(default_factory=dict)
    lower_bounds: set[Place] = field(default_factory=set)

    def of_kind(self, kind: Kind) -> list[Any]:
        """The list in which what a row of a kind states is kept."""
        lists: dict[Kind, list[Any]] = {
            "grant": self.grants,
            "tranche": self.tranches,
            "exercise": self.exercises,
            "sale": self.sales,
            "lot": self.lots,
            "value": self.values,
            "split": self.splits,
        }
        return lists[kind]


def read_lines(lines: Sequence[Line]) -> Readings:
    """Read every line, or set it aside: a line of which one part cannot be read is not kept by halves."""
    found = Readings()
    kinds = _kinds_by_label(lines)
    for line in lines:
        if line.ignored:
            found.ignored.append(line.as_ignored)
            continue
        try:
            read = [(row, _read(row, kinds)) for row in line.readings]
        except RowRejected as error:
            found.rejected.append(rejected(line.first, str(error), error.column))
            continue
        for row, stated in read:
            found.of_kind(row.table.layout.kind).append(stated)
            for fact, doubt in row.table.layout.doubts.items():
                found.doubts.setdefault(doubt, []).append(row.place)
                if fact is Fact.EXERCISE_SHARES:
                    found.lower_bounds.add(row.place)
    return found


def rejected(row: TableRow, reason: str, column: str = "") -> RejectedRow:
    """A row among those that are set aside."""
    label = row.words(Fact.LABEL) or row.words(Fact.LOT)
    return RejectedRow(row.table.sheet.title, row.number, label, reason, column, row.place.file)


def _read(row: TableRow, kinds: dict[str, set[str]]) -> Any:
    kind = row.table.layout.kind
    (prepared,) = split_pairs([row], kinds) if kind == "grant" else [row]
    return _READERS[kind](prepared)


def _kinds_by_label(lines: Iterable[Line]) -> dict[str, set[str]]:
    """The award types of a table's rows by label, and both for a grant whose vesting says which shares are ISO."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for line in lines:
        for row in line.readings:
            label = row.words(Fact.LABEL)
            if row.table.layout.kind == "grant" and (kind := option_type_in(text(row.value(Fact.AWARD_TYPE)))):
                found[label].add(kind)
            if row.table.layout.kind == "tranche" and row.words(Fact.VEST_ISO):
                found[label] |= {"ISO", "NSO"}
    return found
