"""Reading the record's tables back from a workbook, by the same declarations that wrote them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final, NamedTuple, TypeVar

from xl_amt.client import Exercise, Grant, HeldLot, Holding, LogEntry, Remark, Residence, Sale, Source, Vesting
from xl_amt.client.checks import Places
from xl_amt.client.columns import columns_of
from xl_amt.errors import FileError
from xl_amt.workbook.splice import Book
from xl_amt.workbook.tables.declared import RecordTable, Row
from xl_amt.workbook.tables.events import CLASSES, field_of
from xl_amt.workbook.tables.found import Found, column_of, find, has_names, is_defined, rows_in_use
from xl_amt.workbook.tables.record_tables import (
    EVENTS,
    EXERCISES,
    FILES,
    GRANTS,
    HOLDINGS,
    LOG,
    OTHER_LOTS,
    REMARKS,
    SALES,
    VESTING,
)

_Made = TypeVar("_Made")
_FIRST_OF: Final = {"held": "exercised", "residence": "state"}  # the columns that tell of a field without its own

Key = tuple[str, str]  # the company and the holder of a holding

_ROWS_OF_HOLDINGS: Final[dict[str, tuple[RecordTable, type[Any]]]] = {
    "grants": (GRANTS, Grant),
    "exercises": (EXERCISES, Exercise),
    "sales": (SALES, Sale),
    "lots": (OTHER_LOTS, HeldLot),
}


class ReadRow(NamedTuple):
    """A row as it was read: its values by field, and where each field stands."""

    found: Found
    number: int
    values: Row
    columns: dict[str, int]

    def where(self, field: str) -> str:
        """The cell of a field, as a sentence names it; of a field without a column, the first that holds some of it."""
        first = min(self.columns.values())
        return self.found.where(self.number, self.columns.get(_FIRST_OF.get(field, field), first))


class SheetPlaces(Places):
    """Where the rows of a record stand in a workbook: by sheet and cell."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.rows: dict[int, tuple[Any, ReadRow]] = {}  # by the identity of what was made of them

    def note(self, made: _Made, row: ReadRow) -> _Made:
        """Remember from which row something was made."""
        self.rows[id(made)] = (made, row)
        return made

    def of(self, row: Any, table: str, at: str, field: str) -> str:
        """The cell of a field."""
        del table, at
        return self.rows[id(row)][1].where(field) if id(row) in self.rows else f"{self.file}, sheet Client, {field}"


def read_rows(book: Book, table: RecordTable) -> list[ReadRow]:
    """The rows of a table in which anything is entered; none where the workbook has no such table."""
    if not table.is_always_there and has_names(book) and not is_defined(book, table.name):
        return []
    found = find(book, table.name, [column.header for column in table.columns])
    if found is None:
        if table.is_always_there:
            raise FileError(
                f"{book.name}: it has no table of the sheet {table.sheet}; restore the sheet from a copy of the "
                "workbook."
            )
        return []
    columns = {column.field: column_of(found, column.header) for column in table.columns}
    return [
        ReadRow(
            found,
            number,
            {column.field: found.read(number, columns[column.field], column.column) for column in table.columns},
            columns,
        )
        for number in rows_in_use(found, columns.values())
    ]


def row_of(row_class: Any, row: ReadRow) -> Any:
    """A row of the record from the values of a row of a table; FileError where a required one is blank."""
    made: dict[str, Any] = {}
    for item in columns_of(row_class):
        if item.kind == "row":
            fields = [inner.field for inner in columns_of(item.of)]
            if any(row.values[field] is not None for field in fields):
                made[item.field] = row_of(item.of, row)
        elif item.kind not in {"rows", "table"} and row.values.get(item.field) is not None:
            made[item.field] = row.values[item.field]
        elif item.required:
            raise FileError(f"{row.where(item.field)}: {item.header} is missing; enter it, or clear the row.")
    return row_class(**made)


def read_remarks(book: Book) -> tuple[Remark, ...]:
    """The remarks, with the advisor's answers."""
    return tuple(row_of(Remark, row) for row in read_rows(book, REMARKS))


def read_log(book: Book) -> tuple[LogEntry, ...]:
    """What was done to the record, in the order of the rows."""
    return tuple(row_of(LogEntry, row) for row in read_rows(book, LOG))


def read_sources(book: Book, places: SheetPlaces) -> tuple[Source, ...]:
    """The files that were read."""
    return tuple(places.note(row_of(Source, row), row) for row in read_rows(book, FILES))


def read_holdings(book: Book, places: SheetPlaces) -> tuple[tuple[Holding, ...], tuple[Residence, ...]]:
    """Every holding with all that stands in the tables of holdings, and the client's residence."""
    holdings = _Holdings(book, places)
    for field, (table, row_class) in _ROWS_OF_HOLDINGS.items():
        for row in read_rows(book, table):
            holdings.add(row, field, row_of(row_class, row))
    residence = []
    for row in read_rows(book, EVENTS):
        field, event = _event_of(row)
        if isinstance(event, Residence):
            residence.append(places.note(event, row))
        else:
            holdings.add(row, field, event)
    for row in read_rows(book, VESTING):
        holdings.add_vest(row)
    return holdings.made(), tuple(residence)


def _event_of(row: ReadRow) -> tuple[str, Any]:
    """The field of a holding and the row that an event is; FileError for what it lacks, or has and cannot have."""
    kind = row.values["kind"]
    if kind is None:
        raise FileError(f"{row.where('kind')}: Event is missing; say what happens, or clear the row.")
    field, row_class = CLASSES[kind]
    fields = {item.field: field_of(kind, item.field) for item in columns_of(row_class)}
    of_event = {"kind", *fields.values(), *(() if kind == "residence" else ("company", "holder"))}
    if extra := next((name for name, value in row.values.items() if value is not None and name not in of_event), None):
        raise FileError(f"{row.where(extra)}: an event '{kind}' has none; clear the cell, or choose another event.")
    values = {own: row.values[name] for own, name in fields.items()}
    columns = {own: row.columns[name] for own, name in fields.items()}
    return field, row_of(row_class, row._replace(values=values, columns=columns))


class _Holdings:
    """The holdings of the sheet Holdings, and the rows of the other sheets put to them."""

    def __init__(self, book: Book, places: SheetPlaces) -> None:
        rows = read_rows(book, HOLDINGS)
        self.places = places
        self.own = {_key(row.values): row_of(Holding, row) for row in rows}
        self.is_listed = bool(rows)
        self.parts: dict[Key, dict[str, list[Any]]] = {key: {} for key in self.own}
        self.vests: dict[tuple[Key, str], list[Vesting]] = {}
        if len(self.own) < len(rows):
            keys = [_key(row.values) for row in rows]
            again = next(row for at, row in enumerate(rows) if keys.index(_key(row.values)) < at)
            raise FileError(f"{again.where('company')}: this company and holder have a row already; keep one of them.")

    def add(self, row: ReadRow, field: str, part: Any) -> None:
        """Put a row of another sheet to its holding."""
        self.parts[self.key_of(row)].setdefault(field, []).append(self.places.note(part, row))

    def add_vest(self, row: ReadRow) -> None:
        """Put a day of vesting to its grant; FileError for a grant that is not there."""
        key, label = self.key_of(row), row.values["grant"]
        labels = [grant.label for grant in self.parts[key].get("grants", [])]
        if label not in labels:
            known = ", ".join(labels) or "none"
            raise FileError(
                f"{row.where('grant')}: no grant of this holding is named '{label or ''}'; existing grants: {known}."
            )
        self.vests.setdefault((key, label), []).append(row_of(Vesting, row))

    def key_of(self, row: ReadRow) -> Key:
        """The holding that a row belongs to; FileError where it names none, and several could be meant."""
        key = _key(row.values)
        if key in self.own:
            return key
        if not row.values["company"] and len(same := [own for own in self.own if own[1] == key[1]]) == 1:
            return same[0]
        if self.is_listed:
            company, holder = row.values["company"] or "no company", key[1]
            raise FileError(
                f"{row.where('company')}: the sheet Holdings has no row of {company} and the {holder}; enter it there, "
                "or correct it here."
            )
        self.own[key] = Holding(company=row.values["company"] or "", holder=row.values["holder"] or "client")
        self.parts[key] = {}
        return key

    def made(self) -> tuple[Holding, ...]:
        """The holdings with all of their rows."""
        return tuple(replace(holding, **self._whole(key)) for key, holding in self.own.items())

    def _whole(self, key: Key) -> dict[str, tuple[Any, ...]]:
        parts = self.parts[key]
        grants = [self._with_vests(key, grant) for grant in parts.get("grants", ())]
        return {field: tuple(rows) for field, rows in (parts | {"grants": grants}).items()}

    def _with_vests(self, key: Key, grant: Grant) -> Grant:
        vests = tuple(self.vests.get((key, grant.label), ()))
        return self.places.note(replace(grant, vests=vests), self.places.rows[id(grant)][1])


def _key(values: Row) -> Key:
    return " ".join((values["company"] or "").casefold().split()), values["holder"] or "client"
