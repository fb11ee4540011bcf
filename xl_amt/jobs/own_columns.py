"""What the user has said of the columns of tables that no platform's layout fits: kept next to the configuration."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xl_amt.errors import ArgumentError, FileError
from xl_amt.files import read_toml, written_whole
from xl_amt.law.books import configuration_path

if TYPE_CHECKING:
    from xl_amt.importers.layout import Layout

_NAME: Final = "columns.toml"


def columns_path() -> Path:
    """Where the columns are kept: columns.toml next to the configuration."""
    return configuration_path().with_name(_NAME)


def kept_layouts() -> tuple[Layout, ...]:
    """The layouts that the user has confirmed, the latest first; FileError where the file cannot be read."""
    from xl_amt.importers.own_table import layout_of

    try:
        return tuple(layout_of(columns) for columns in reversed(_kept()))
    except ArgumentError as error:
        raise FileError(f"{columns_path()}: {str(error).removeprefix('--columns: ')}") from None


def read_columns(words: str) -> dict[str, str]:
    """The columns of "HEADER=FACT; HEADER=FACT"; ArgumentError where it is written otherwise.

    >>> read_columns("Award #=security ID; Awarded = quantity issued")
    {'Award #': 'security ID', 'Awarded': 'quantity issued'}
    """
    columns: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in words.split(";"))):
        header, equals, fact = (part.strip() for part in pair.rpartition("="))
        if not equals or not header or not fact:
            raise ArgumentError(f"--columns: '{pair[:40]}' is not HEADER=FACT, as in \"Award #=security ID\".")
        if header in columns:
            raise ArgumentError(f"--columns: the header '{header[:40]}' is listed twice; list it once.")
        columns[header] = fact
    return columns


def keep_columns(columns: Mapping[str, str]) -> Path:
    """Keep the columns of a table for later imports; where they are kept."""
    import tomlkit

    kept = [other for other in _kept() if other.keys() != columns.keys()]
    tables = tomlkit.aot()
    for one in (*kept, columns):
        table = tomlkit.table()
        table.add("columns", dict(one))
        tables.append(table)
    document = tomlkit.document()
    document.add(tomlkit.comment("Which column of a table states which fact: xl-amt import FILE --columns."))
    document.add("table", tables)
    path = columns_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(f"{path.parent}: the folder cannot be made ({error.strerror}); make it first.") from None
    with written_whole(path) as temporary:
        temporary.write_text(tomlkit.dumps(document), "utf-8")
    return path


def _kept() -> list[dict[str, str]]:
    path = columns_path()
    if not path.is_file():
        return []
    tables = read_toml(path, "columns of tables").get("table", [])
    found = [table.get("columns") for table in tables if isinstance(table, dict)] if isinstance(tables, list) else []
    kept = [columns for columns in found if isinstance(columns, dict) and all(map(_is_text, columns.values()))]
    if not isinstance(tables, list) or len(kept) < len(tables):
        raise FileError(f'{path}: each [[table]] has columns, as in columns = {{ "Award #" = "security ID" }}.')
    return kept


def _is_text(value: object) -> bool:
    return isinstance(value, str)
