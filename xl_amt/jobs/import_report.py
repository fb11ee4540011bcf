"""The report of an import: sums, then what to ask, to check and to know, what was set aside, and what was not read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from xl_amt.client import Remark
    from xl_amt.importers import ImportRemark, ImportResult

_NOT_READ: Final = frozenset({"sheet not read", "columns not read"})
_SET_ASIDE: Final = "row set aside"


class RowSums(NamedTuple):
    """Rows read are those kept, those set aside and those ignored."""

    read: int
    kept: int
    set_aside: int
    ignored: int


class ShareSums(NamedTuple):
    """Shares granted are those exercised, exercisable, unvested and gone, which lapsed or were canceled."""

    granted: int
    exercised: int
    exercisable: int
    unvested: int
    gone: int


class SetAside(NamedTuple):
    """A row that is not kept: where it stands, what it is of, and why."""

    file: str
    sheet: str
    row: int
    column: str
    label: str
    reason: str


class ImportReport(NamedTuple):
    """What an import of one person's exports gave, in the order in which it is read."""

    title: str
    rows: RowSums
    shares: ShareSums
    found: dict[str, int]  # grants, exercises, sales, lots, values: how many of each
    ask: tuple[str, ...]
    check: tuple[str, ...]
    note: tuple[str, ...]
    set_aside: tuple[SetAside, ...]
    not_read: tuple[str, ...]

    @property
    def plain(self) -> dict[str, Any]:
        """The report as plain values, for JSON."""
        return {
            **self._asdict(),
            "rows": self.rows._asdict(),
            "shares": self.shares._asdict(),
            "set_aside": [row._asdict() for row in self.set_aside],
        }


def report_import(result: ImportResult, further: Iterable[Remark] = ()) -> ImportReport:
    """The report of one person's import; ``further`` remarks are those that the record has besides."""
    of = f" of {result.stakeholder}" if result.stakeholder else ""
    title = (
        f"{result.source}: {result.rows_read} rows, {len(result.grants)} grants{of}, {len(result.rejected)} not "
        "imported."
    )
    told = set(result.notes)
    remarks: list[ImportRemark | Remark] = [*result.remarks]
    remarks += (one for one in further if one.kind != _SET_ASIDE and one.text not in told)
    return ImportReport(
        title=title,
        rows=RowSums(result.rows_read, result.rows_kept, len(result.rejected), len(result.ignored)),
        shares=_shares(result),
        found={
            "grants": len(result.grants),
            "exercises": len(result.exercises),
            "sales": len(result.sales),
            "lots": len(result.lots),
            "values": len(result.values),
        },
        ask=tuple(_of_level(remarks, "ask")),
        check=tuple(_of_level(remarks, "check")),
        note=(*_of_level(remarks, "note"), *_on_ignored(result)),
        set_aside=tuple(
            SetAside(result.files[row.file].name, row.sheet, row.row, row.column, row.label, row.reason)
            for row in result.rejected
        ),
        not_read=tuple(one.text for one in remarks if one.kind in _NOT_READ),
    )


def _shares(result: ImportResult) -> ShareSums:
    granted = sum(grant.shares_granted for grant in result.grants)
    exercised = sum(grant.shares_exercised for grant in result.grants)
    exercisable = sum(grant.shares_exercisable for grant in result.grants)
    unvested = sum(grant.shares_unvested for grant in result.grants)
    return ShareSums(granted, exercised, exercisable, unvested, granted - exercised - exercisable - unvested)


def _of_level(remarks: Sequence[ImportRemark | Remark], level: str) -> Iterator[str]:
    return (one.text for one in remarks if one.level == level and one.kind not in _NOT_READ)


def _on_ignored(result: ImportResult) -> Iterator[str]:
    """Rows that hold nothing that is read, by their reason."""
    by_reason: dict[str, list[str]] = {}
    for row in result.ignored:
        by_reason.setdefault(row.reason, []).append(f"{row.sheet} {row.row}")
    for reason, places in by_reason.items():
        shown = ", ".join(places[:5]) + (f" and {len(places) - 5:,} more" if len(places) > 5 else "")
        yield f"{reason.rstrip('.')} ({shown})."
