"""The record's own tables in a file: rows found wherever a person sorted them to, changed, cleared and added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from xl_amt.client import ClientRecord
from xl_amt.errors import FileError
from xl_amt.workbook.splice import Book, Edits
from xl_amt.workbook.splice.areas import Place
from xl_amt.workbook.splice.cell_bytes import Value
from xl_amt.workbook.splice.growing import append_rows, fill_formulas
from xl_amt.workbook.splice.notes import is_noted
from xl_amt.workbook.splice.table import Table, find_table
from xl_amt.workbook.tables.declared import RecordTable, Row, TableColumn
from xl_amt.workbook.tables.read import ReadRow, read_rows
from xl_amt.workbook.tables.record_tables import TABLES
from xl_amt.workbook.tables.write import in_words

_WHOSE: Final = ("company", "holder")
# By what a row is known after its figures have changed: the closest first.
KEYS: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "Holdings_table": (_WHOSE,),
    "Grants_table": ((*_WHOSE, "label"),),
    "Vesting_table": ((*_WHOSE, "grant", "day", "shares"), (*_WHOSE, "grant", "day")),
    "Exercises_table": (
        (*_WHOSE, "grant", "day", "part", "status", "shares"),
        (*_WHOSE, "grant", "day", "part", "status"),
        (*_WHOSE, "grant", "day", "status"),
    ),
    "Sales_table": ((*_WHOSE, "day", "lots", "shares"), (*_WHOSE, "day", "lots"), (*_WHOSE, "day", "status")),
    "Other_lots_table": ((*_WHOSE, "label"),),
    "Events_table": ((*_WHOSE, "kind", "day", "grant"),),
    "Remarks_table": (("kind", "about", "text"),),
    "Files_table": (("id",),),
    "Frozen_plan_table": ((*_WHOSE, "grant", "part", "year"),),
    "Log_table": (("day", "what", "about", "detail"),),
}
_WORDS: Final = frozenset({"text", "texts", "choice", "status", "yes or no"})
_DIGITS: Final = 15  # that every spreadsheet program keeps of a number


def write_record_rows(edits: Edits, record: ClientRecord) -> list[str]:
    """Bring every table of the record to its rows; gives the sheets that the file would need and does not have."""
    missing: list[str] = []
    for table in TABLES:
        rows = table.rows(record)
        current = read_rows(edits.book, table)
        if _alike(table, current, rows):
            _fill(edits, table)
            continue
        found = find_table(edits.book, table.name)
        if found is None:
            missing.append(table.sheet)
            continue
        _write(edits, table, found, current, rows)
        fill_formulas(edits, found)
    return missing


def write_rows_of(edits: Edits, table: RecordTable, record: ClientRecord) -> bool:
    """Bring one table of the record to its rows; whether the file has the table."""
    found = find_table(edits.book, table.name)
    if found is not None:
        _write(edits, table, found, read_rows(edits.book, table), table.rows(record))
    return found is not None


def same_rows(book: Book, record: ClientRecord) -> bool:
    """Whether a file's tables hold the rows of a record, in whatever order."""
    return all(_alike(table, read_rows(book, table), table.rows(record)) for table in TABLES)


def _fill(edits: Edits, table: RecordTable) -> None:
    found = find_table(edits.book, table.name)
    if found is not None:
        fill_formulas(edits, found)


def _alike(table: RecordTable, current: Sequence[ReadRow], rows: Sequence[Row]) -> bool:
    before = sorted(map(repr, (_known(table, row.values) for row in current)))
    return before == sorted(map(repr, (_known(table, row) for row in rows)))


def _write(edits: Edits, table: RecordTable, found: Table, current: Sequence[ReadRow], rows: Sequence[Row]) -> None:
    pairs, gone, new = matched(table, current, rows)
    sheet = found.sheet.title
    for row, after in pairs:
        for column in table.columns:
            if _plain(column, row.values[column.field]) != _plain(column, after.get(column.field)):
                place: Place = (row.number, row.columns[column.field])
                edits.set(sheet, place, cell_value(column, after.get(column.field)))
    columns = {column.field: found.columns[column.header] for column in table.columns}
    written = [
        {columns[column.field]: cell_value(column, row.get(column.field)) for column in table.columns} for row in new
    ]
    for cleared in gone:
        # What a person noted next to a row is not said of another one.
        is_free = written and not is_noted(found, cleared.number, columns.values())
        _set_row(edits, sheet, cleared.number, written.pop(0) if is_free else dict.fromkeys(columns.values()))
    append_rows(edits, found, written)


def _set_row(edits: Edits, sheet: str, number: int, values: Mapping[int, Value]) -> None:
    for column, value in values.items():
        edits.set(sheet, (number, column), value)


def matched(
    table: RecordTable, current: Sequence[ReadRow], rows: Sequence[Row]
) -> tuple[list[tuple[ReadRow, Row]], list[ReadRow], list[Row]]:
    """The rows of a file next to those that they become, those that go, and those that are new."""
    every = tuple(column.field for column in table.columns)
    gone, new = list(current), list(rows)
    pairs: list[tuple[ReadRow, Row]] = []
    for fields in (every, *KEYS[table.name]):
        for row in list(gone):
            key = _key(table, row.values, fields)
            if (after := next((one for one in new if _key(table, one, fields) == key), None)) is not None:
                pairs.append((row, after))
                gone.remove(row)
                new.remove(after)
    return pairs, gone, new


def cell_value(column: TableColumn, value: Any) -> Value:
    """A value of the record as its cell holds it; None for a blank one."""
    if column.column.kind in _WORDS:
        return in_words(column.column.kind, value) or None
    plain: Value = value
    return plain


def _known(table: RecordTable, row: Row) -> tuple[Any, ...]:
    return _key(table, row, [column.field for column in table.columns])


def _key(table: RecordTable, row: Row, fields: Iterable[str]) -> tuple[Any, ...]:
    by_field = {column.field: column for column in table.columns}
    return tuple(_plain(by_field[field], row.get(field)) for field in fields)


def _plain(column: TableColumn, value: Any) -> Any:
    """A value as it is compared: what is absent is its default, and a number has the digits that a cell keeps."""
    if value is None or value in ("", column.column.default):
        return None
    if isinstance(value, float | int) and not isinstance(value, bool):
        return float(f"{value:.{_DIGITS}g}")
    return " ".join(value.split()) if isinstance(value, str) else value


def missing_sheets(book: Book, names: Sequence[str]) -> FileError:
    """The error for sheets that a file does not have and now needs."""
    sheets = " and ".join(names)
    return FileError(f"{book.name}: it has no sheet {sheets}, which the record needs now; {a_new_workbook(book)}")


def a_new_workbook(book: Book) -> str:
    """What to do where a workbook's layout has no place for what is new."""
    return (
        f"make a new workbook from it: xl-amt update '{book.name}' --output NEW.xlsx, with the exports if there are "
        "any."
    )
