"""A column of the record's tables, declared once: its key in a file, its header in a sheet, its kind and its meaning.

A row of a table is a dataclass whose fields are columns. The same declaration reads a row from plain values, whatever
file they come from, and gives its plain values back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, Field, field, fields
from datetime import date
from functools import cache
from typing import Any, Final, Literal, NamedTuple, TypeVar

from xl_amt.errors import ArgumentError
from xl_amt.law.names import nearest, quoted
from xl_amt.out_of_scope import is_espp
from xl_amt.reading.cells import (
    LARGEST,
    is_blank,
    not_negative,
    read_choice,
    read_date,
    read_number,
    read_text,
    read_year,
    read_yes_or_no,
)
from xl_amt.reading.household import read_filing_status
from xl_amt.reading.words import one_line

Kind = Literal[
    "text", "texts", "choice", "status", "yes or no", "year", "date", "shares", "dollars", "price", "fraction",
    "number", "by year", "facts", "row", "rows", "table",
]  # fmt: skip

_MOST_SHOWN: Final = 12  # keys in a sentence

_Row = TypeVar("_Row")


class Column(NamedTuple):
    """A column: ``key`` names it in a file, ``header`` in a sheet; ``field`` is the attribute of the row.

    A "row" is one row within a cell of another, "rows" several, and a "table" several that stand apart under a heading
    of their own; their class is ``of``.
    """

    field: str
    key: str
    header: str
    kind: Kind
    meaning: str
    unit: str
    required: bool
    choices: tuple[str, ...]
    default: Any
    of: type[Any] | None

    @property
    def is_nested(self) -> bool:
        """Whether the column holds rows of a class of their own."""
        return self.kind in {"row", "rows", "table"}


_UNITS: Final[dict[Kind, str]] = {
    "shares": "shares",
    "dollars": "dollars",
    "price": "dollars per share",
    "fraction": "fraction",
}


def column(
    header: str,
    kind: Kind,
    meaning: str,
    *,
    key: str = "",
    unit: str = "",
    required: bool = False,
    choices: tuple[str, ...] = (),
    of: type[Any] | None = None,
    default: Any = None,
    may_be_none: bool = False,
) -> Any:
    """Declare a field of a row as a column; what is absent is ``default``, and is asked for where it is required.

    The unit is that of the kind, where another is not given. A choice that is absent is the first of its ``choices``,
    unless it ``may_be_none``.
    """
    if kind in {"rows", "table", "texts"}:
        default = ()
    elif kind in {"by year", "facts"}:
        default = {}
    elif kind == "choice" and not may_be_none:
        default = choices[0]
    elif kind == "text" and default is None:
        default = ""
    about = {
        "key": key,
        "unit": unit,
        "header": header,
        "kind": kind,
        "meaning": meaning,
        "required": required,
        "choices": choices,
        "of": of,
    }
    if required:
        return field(metadata=about)
    if isinstance(default, dict):
        return field(default_factory=dict, metadata=about)
    return field(default=default, metadata=about)


def columns_of(row_class: Any) -> tuple[Column, ...]:
    """The columns of a class of rows, in the order in which files and sheets show them.

    >>> from xl_amt.client import Split
    >>> [(item.key, item.kind) for item in columns_of(Split)]
    [('day', 'date'), ('ratio', 'text')]
    """
    return _columns_of(row_class)


@cache
def _columns_of(row_class: Any) -> tuple[Column, ...]:
    return tuple(_column(declared) for declared in fields(row_class))


def _column(declared: Field[Any]) -> Column:
    about = declared.metadata
    default = declared.default if declared.default is not MISSING else None
    if declared.default_factory is not MISSING:
        default = declared.default_factory()
    return Column(
        field=declared.name,
        key=about["key"] or declared.name,
        header=about["header"],
        kind=about["kind"],
        meaning=about["meaning"],
        unit=about["unit"] or _UNITS.get(about["kind"], ""),
        required=about["required"],
        choices=about["choices"],
        default=default,
        of=about["of"],
    )


def read_row(row_class: type[_Row], values: Mapping[str, Any], where: str, within: str = "") -> _Row:
    """A row from its plain values by key; ArgumentError names the place and the key of what cannot be read.

    ``where`` is the place in words, ``within`` the dotted name of the table: together they begin each sentence.
    """
    columns = columns_of(row_class)
    _check_keys(values, [item.key for item in columns], where)
    read: dict[str, Any] = {}
    for item in columns:
        value = None if is_blank(values.get(item.key)) else _read(item, values[item.key], where, within)
        if value is not None and value != "":
            read[item.field] = value
        elif item.required:
            raise ArgumentError(f"{where}: {item.key} is missing; add it ({item.meaning.partition(';')[0]}).")
    return row_class(**read)


def read_value(item: Column, value: Any, where: str) -> Any:
    """The value of a column that holds no rows, from a plain one; ArgumentError begins with ``where``."""
    return _READERS[item.kind](item, value, where)


def write_row(row: Any) -> dict[str, Any]:
    """The plain values of a row by key, in the order of its columns; what is absent, or is the default, is left out."""
    written: dict[str, Any] = {}
    for item in columns_of(type(row)):
        value = getattr(row, item.field)
        if value is None or value == item.default:
            continue
        if item.kind in {"rows", "table"}:
            written[item.key] = [write_row(part) for part in value]
        elif item.kind == "row":
            written[item.key] = write_row(value)
        elif item.kind == "by year":
            written[item.key] = {str(year): _plain(amount) for year, amount in sorted(value.items())}
        elif item.kind in {"texts", "facts"}:
            written[item.key] = list(value) if item.kind == "texts" else {k: _plain(v) for k, v in value.items()}
        else:
            written[item.key] = _plain(value)
    return written


def _plain(value: Any) -> Any:
    """A whole number without its point, so 310000.0 and 310000 are written alike."""
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) <= LARGEST else value


def _check_keys(values: Any, keys: Sequence[str], where: str) -> None:
    if not isinstance(values, Mapping):
        shown = quoted(values) if isinstance(values, str) else f"{values!r:.60}"
        raise ArgumentError(f"{where}: it is {shown}, not a table of keys and values; see docs/advisors/client.md.")
    for key in values:
        if key not in keys:
            near = nearest(str(key), keys)
            hint = f"did you mean '{near}'?" if near else f"use {_some(keys)}."
            raise ArgumentError(f"{where}: {quoted(key)} is not a known key here; {hint}")


def _some(keys: Sequence[str]) -> str:
    """The keys of a table, or the first of very many."""
    return ", ".join(keys[:_MOST_SHOWN]) + (" and others" if len(keys) > _MOST_SHOWN else "")


def _read(item: Column, value: Any, where: str, within: str) -> Any:
    if item.is_nested:
        return _read_nested(item, value, where, within)
    place = f"{where}, {item.key}"
    if isinstance(value, (list, Mapping)) and item.kind not in {"by year", "facts", "texts"}:
        raise ArgumentError(f"{place}: it is a list or a table; enter one value.")
    return read_value(item, value, place)


def _read_nested(item: Column, value: Any, where: str, within: str) -> Any:
    assert item.of is not None
    if item.kind == "row":
        place = f"{where}, {item.key}" if within or "[" in where else f"{where}, [{item.key}]"
        return read_row(item.of, value, place, within)
    if not isinstance(value, list):
        raise ArgumentError(f"{where}, {item.key}: it is not a list of tables; write each as a table of its own.")
    if item.kind == "rows":
        return tuple(
            read_row(item.of, row, f"{where}, {item.key} {number}", within) for number, row in enumerate(value, 1)
        )
    return read_table(item.of, value, where.partition(",")[0], f"{within}{item.key}")


def read_table(row_class: type[_Row], rows: Any, file: str, name: str) -> tuple[_Row, ...]:
    """The rows of a table that stands apart, [[name]] in a file."""
    if not isinstance(rows, list):
        raise ArgumentError(
            f"{file}, [{name}]: it is written as one table, but there may be several; write [[{name}]]."
        )
    return tuple(read_row(row_class, row, f"{file}, [[{name}]] {at}", f"{name}.") for at, row in enumerate(rows, 1))


def _text(_: Column, value: Any, where: str) -> str:
    return one_line(value if isinstance(value, str) else read_text(value, where))


def _texts(_: Column, value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise ArgumentError(f'{where}: it must be a list of texts, as in ["ES-1"].')
    return tuple(map(one_line, value))


def _choice(item: Column, value: Any, where: str) -> str:
    if "ISO" in item.choices and isinstance(value, str) and is_espp(value):
        raise ArgumentError(
            f"{where}: {quoted(value)}: ESPP shares are not tracked; enter the wages from their sale as income and the "
            "gain as a capital gain."
        )
    return read_choice(value, where, item.choices)


def _date(_: Column, value: Any, where: str) -> date | None:
    return read_date(value, where)


def _amount(_: Column, value: Any, where: str) -> float:
    return not_negative(read_number(value, where), where)


def _fraction(_: Column, value: Any, where: str) -> float:
    number = read_number(value, where)
    if not -1.0 < number < 1.0 or number == 1.0:
        raise ArgumentError(f"{where}: {number:g} is not a fraction; write 3% as 0.03.")
    return number


def _shares(_: Column, value: Any, where: str) -> int:
    number = _amount(_, value, where)
    if number % 1:
        raise ArgumentError(f"{where}: {number:g} is not a whole number of shares; round it down.")
    return int(number)


def _by_year(_: Column, value: Any, where: str) -> dict[int, float]:
    if not isinstance(value, Mapping):
        raise ArgumentError(f"{where}: it must be an amount for each year, as in {{ 2026 = 12.40 }}.")
    amounts = {}
    for year, amount in value.items():
        if not re.fullmatch("[12][0-9]{3}", str(year)):
            raise ArgumentError(f"{where}: '{str(year)[:20]}' is not a year; write it as in {{ 2026 = 12.40 }}.")
        amounts[int(year)] = not_negative(read_number(amount, f"{where}, {year}"), f"{where}, {year}")
    return dict(sorted(amounts.items()))


def _facts(_: Column, value: Any, where: str) -> dict[str, Any]:
    from xl_amt.client.facts import read_facts

    if not isinstance(value, Mapping):
        raise ArgumentError(f'{where}: it must be an amount for each label, as in {{ "Interest" = 2000 }}.')
    return read_facts(value, where)


_READERS: Final[dict[Kind, Callable[[Column, Any, str], Any]]] = {
    "text": _text,
    "texts": _texts,
    "choice": _choice,
    "status": lambda _, value, where: read_filing_status(value, where),
    "yes or no": lambda _, value, where: read_yes_or_no(value, where),
    "year": lambda _, value, where: read_year(value, where),
    "date": _date,
    "shares": _shares,
    "dollars": _amount,
    "price": _amount,
    "fraction": _fraction,
    "number": lambda _, value, where: read_number(value, where),
    "by year": _by_year,
    "facts": _facts,
}
