"""The record as a TOML file, NAME.client.toml: readable, comparable line by line, same bytes for the same record."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from xl_amt.client.checks import check_record
from xl_amt.client.columns import columns_of, read_row, write_row
from xl_amt.client.record import FORMAT, ClientRecord
from xl_amt.errors import ArgumentError, FileError
from xl_amt.files import check_new_file, read_toml, written_whole

SUFFIX: Final = ".client.toml"


def is_record(path: Path) -> bool:
    """Whether a file's name says that it is a client's record.

    >>> is_record(Path("Nora Quill.client.toml")), is_record(Path("law.toml"))
    (True, False)
    """
    return path.name.lower().endswith(SUFFIX)


def read_record(path: Path) -> ClientRecord:
    """The record that a file holds; FileError names the file, and the table and key of what cannot be read."""
    contents = read_toml(path, "a client's record")
    found = contents.pop("format", None)
    if found != FORMAT:
        raise FileError(
            f"{path.name}: its format is {'not stated' if found is None else repr(found)}; a client's record begins "
            f'with format = "{FORMAT}".'
        )
    return record_of(contents, path.name)


def record_of(contents: dict[str, Any], file: str) -> ClientRecord:
    """The record of plain values, without the format; FileError as `read_record` says."""
    for item in columns_of(ClientRecord):
        if item.required and item.key not in contents:
            raise FileError(f"{file}: it has no table [{item.key}]; add it, as in [client] with a name.")
    try:
        record = read_row(ClientRecord, contents, file)
        check_record(record, file)
    except ArgumentError as error:
        raise FileError(str(error)) from None
    return record


def record_text(record: ClientRecord) -> str:
    """The record as TOML.

    >>> from xl_amt.client import Client, ClientYear
    >>> print(record_text(ClientRecord(client=Client(name="Ana"), years=(ClientYear(year=2026, income=185_000.0),))))
    format = "xl-amt client 1"
    <BLANKLINE>
    [client]
    name = "Ana"
    <BLANKLINE>
    [[year]]
    year = 2026
    income = 185000
    <BLANKLINE>
    """
    import tomlkit

    document = tomlkit.document()
    document.add("format", tomlkit.item(FORMAT))
    written = write_row(record)
    written.setdefault("client", {})
    for key, value in written.items():
        document.add(key, _item(ClientRecord, key, value))
    return tomlkit.dumps(document)


def write_record(
    record: ClientRecord, path: Path, *, replace_existing: bool = False, inputs: Iterable[Path] = ()
) -> Path:
    """Write the record, whole or not at all; an existing file is kept unless it may be replaced.

    FileError where the record does not hold together, or its name does not end in .client.toml.
    """
    if not is_record(path):
        raise FileError(f"{path}: a client's record is a TOML file; give it a name that ends in {SUFFIX}.")
    check_new_file(path, replace_existing=replace_existing, holds=" and may hold your edits", inputs=inputs)
    try:
        check_record(record, path.name)
    except ArgumentError as error:
        raise FileError(str(error)) from None
    content = record_text(record).encode()
    with written_whole(path, replace_existing=replace_existing) as temporary:
        temporary.write_bytes(content)
    return path


def _item(row_class: type[Any], key: str, value: Any) -> Any:
    """A value as TOML writes it: tables that stand apart as [[tables]], rows within a row on a line of their own."""
    import tomlkit

    column = next(item for item in columns_of(row_class) if item.key == key)
    if column.kind == "table":
        tables = tomlkit.aot()
        for row in value:
            tables.append(_table(column.of, row))
        return tables
    if column.kind == "row" and (row_class is ClientRecord or _holds_rows(column.of)):
        return _table(column.of, value)
    if column.kind in {"row", "by year", "facts"}:
        return _inline(value)
    if column.kind == "rows":
        rows = tomlkit.array()
        for row in value:
            rows.append(_inline(row))
        return rows.multiline(len(value) > 1)
    return tomlkit.item(value)


def _holds_rows(row_class: type[Any] | None) -> bool:
    """Whether a row holds rows itself, which no single line could show."""
    return any(item.kind == "rows" for item in columns_of(row_class))


def _table(row_class: type[Any] | None, row: dict[str, Any]) -> Any:
    import tomlkit

    assert row_class is not None
    table = tomlkit.table()
    for key, value in row.items():
        table.add(key, _item(row_class, key, value))
    return table


def _inline(values: dict[str, Any]) -> Any:
    import tomlkit

    inline = tomlkit.inline_table()
    inline.update(values)
    return inline
