"""JSON of an interface or a cap table, or a zip file of such files -> a sheet for each list of objects in it.

The columns of a sheet are the keys of its objects, those of objects within them behind a point: "exercisePrice.amount".
A list within the objects of another is a sheet of its own, which has the columns of its parent behind the parent's
name: "optionGrants.id". Objects of an object type stand in a sheet of that type, as Open Cap Format has them.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import Any, Final, NoReturn

from xl_amt.errors import FileError
from xl_amt.importers.prepare import unwrap
from xl_amt.importers.sources import limits
from xl_amt.importers.sources.sheets import Sheet, Sheets
from xl_amt.package import check_archive

_BEGINNING: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")
_OBJECT_TYPE: Final = "object_type"

Row = dict[str, object]


def is_json(contents: bytes, ending: str) -> bool:
    """Whether a file is JSON, by its name or by how it begins; a CSV file may begin with a bracket too."""
    return ending.casefold() == ".json" or (ending.casefold() != ".csv" and _BEGINNING.match(contents) is not None)


def read_json(contents: bytes, file: str) -> Sheets:
    """The sheets of a JSON file; FileError where it is none, or larger or deeper than any export."""
    return _sheets([_parsed(contents, file)], file)


def read_package(contents: bytes, file: str) -> Sheets | None:
    """The sheets of a zip file of JSON files, as a cap table in Open Cap Format; None where it is none."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(contents))
    except Exception:  # noqa: BLE001 - a damaged archive makes zipfile raise nearly anything, and is no package
        return None
    with archive:
        names = [name for name in archive.namelist() if name.casefold().endswith(".json")]
        if not names or any(name.casefold().startswith("[content_types]") for name in archive.namelist()):
            return None
        check_archive(archive, file, limits.SMALLER, limits.MOST_PARTS, limits.MOST_JSON_BYTES)
        try:
            texts = [(archive.read(name), f"{file}, {name}") for name in names]
        except Exception as error:
            raise FileError(f"{file} is damaged: download it again.") from error
    documents = [_parsed(text, name) for text, name in texts]
    return _sheets(documents, file)


def _parsed(contents: bytes, file: str) -> Any:
    def once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise FileError(f"{file}: the key '{twice[:40]}' appears twice in one object: request a new export.")
        return found

    def refuse(word: str) -> NoReturn:
        raise FileError(f"{file}: {word} is not a JSON number: request a new export.")

    if len(contents) > limits.MOST_JSON_BYTES:
        raise FileError(f"{file} is larger than {limits.MOST_JSON_BYTES // 1_000_000} MB: {limits.SMALLER}.")
    try:
        return json.loads(contents.decode("utf-8-sig"), object_pairs_hook=once_each, parse_constant=refuse)
    except FileError:
        raise
    except UnicodeDecodeError:
        raise FileError(f"{file} is not UTF-8 text, which JSON requires: download it again.") from None
    except json.JSONDecodeError as error:
        raise FileError(
            f"{file} is not valid JSON (line {error.lineno}: {error.msg.lower()}): download it again."
        ) from None
    except (RecursionError, ValueError):  # lists within lists without end; a number of thousands of digits
        raise FileError(f"{file} holds more than an export does: {limits.SMALLER}.") from None


def _sheets(documents: list[Any], file: str) -> Sheets:
    tables = _Tables(file)
    for document in documents:
        tables.add(document if isinstance(document, list) else [document], "items", {}, 0)
    inherited = frozenset(tables.inherited)
    sheets = tuple(Sheet(name, _rows(rows, file), inherited=inherited) for name, rows in tables.found.items())
    if not sheets:
        raise FileError(f"{file} holds no list of objects: use the JSON from a platform's export.")
    return Sheets(sheets, are_lists=True)


class _Tables:
    """The lists of objects in a document, by name, and how many values there were so far."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: dict[str, list[Row]] = {}
        self.inherited: set[str] = set()
        self.values = 0

    def add(self, items: list[Any], name: str, parent: Row, depth: int) -> None:
        """The objects of a list, and the lists within them."""
        if depth > limits.MOST_DEPTH:
            raise FileError(f"{self.file} holds lists within lists deeper than an export does: {limits.SMALLER}.")
        for item in items:
            if not isinstance(item, dict):
                continue
            row: Row = {}
            lists: list[tuple[str, list[Any]]] = []
            self.flatten(item, "", row, lists, depth)
            kind = row.get(_OBJECT_TYPE)
            own = kind if isinstance(kind, str) else name
            if any(value is not None for value in row.values()):
                rows = self.found.setdefault(own, [])
                rows.append({**parent, **row})
                self.count(len(parent))
                if len(rows) > limits.MOST_ROWS:
                    raise FileError(f"{self.file} holds more than {limits.MOST_ROWS:,} rows: {limits.SMALLER}.")
            above = {f"{name}.{key}": value for key, value in row.items() if value is not None} if depth else {}
            self.inherited |= above.keys()
            for key, objects in lists:
                self.add(objects, key, {**parent, **above}, depth + 1)

    def count(self, values: int) -> None:
        """Add values; FileError where there are more than in any export."""
        self.values += values
        if self.values > limits.MOST_VALUES:
            raise FileError(f"{self.file} holds more than {limits.MOST_VALUES:,} values: {limits.SMALLER}.")

    def flatten(
        self, item: dict[str, Any], before: str, row: Row, lists: list[tuple[str, list[Any]]], depth: int
    ) -> None:
        """The values of an object by their keys, and the lists of objects in it."""
        if depth > limits.MOST_DEPTH:
            raise FileError(f"{self.file} holds objects within objects deeper than an export does: {limits.SMALLER}.")
        for key, wrapped in item.items():
            self.count(1)
            value = unwrap(wrapped)
            name = f"{before}{key}"
            if isinstance(value, dict):
                self.flatten(value, f"{name}.", row, lists, depth + 1)
            elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
                lists.append((key, value))
            elif isinstance(value, list):
                row[name] = ", ".join(str(one) for one in value if not isinstance(one, list)) or None
            else:
                row[name] = value


def _rows(rows: list[Row], file: str) -> tuple[tuple[object, ...], ...]:
    """Rows under a row of headers, each header once, in the order in which they come."""
    headers = tuple(dict.fromkeys(key for row in rows for key in row))
    if len(headers) > limits.MOST_COLUMNS:
        raise FileError(f"{file} holds objects of more than {limits.MOST_COLUMNS} keys: {limits.SMALLER}.")
    return (headers, *(tuple(row.get(header) for header in headers) for row in rows))
