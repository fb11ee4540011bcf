"""A cell's value as a file writes it, and as it is read back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from math import isfinite
from typing import Final, NamedTuple

from xl_amt.errors import ArgumentError
from xl_amt.package import LONGEST_TEXT
from xl_amt.reading.words import NOT_IN_A_CELL
from xl_amt.workbook.splice.offsets import escaped, whole_number
from xl_amt.workbook.splice.sheet import Cell

_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - the file format holds times without a zone
_EPOCH_OF_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001 - as above
_BLANKS: Final = re.compile(r"^\s|\s$|[\n\t]|  ")
_ESCAPED: Final = re.compile(r"_x((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})_")  # half a sign of two is none
_MUST_BE_ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class ErrorValue(str):
    """An error that a cell shows, such as #N/A; as a text it is that sign."""

    __slots__ = ()


Value = str | float | bool | date | ErrorValue | None


class Written(NamedTuple):
    """What a file writes for a value: the type of the cell, "" for a number, and the element with the value."""

    kind: str
    element: bytes


def written(value: Value, prefix: bytes, where: str, *, is_result: bool = False, from_1904: bool = False) -> Written:
    """A value as an element of a cell, of a formula where it ``is_result``; ArgumentError for one that no cell holds.

    >>> written(0.5, b"", "A1"), written("a ", b"x:", "A1", is_result=True)
    (Written(kind='', element=b'<v>0.5</v>'), Written(kind='str', element=b'<x:v xml:space="preserve">a </x:v>'))
    """
    if value is None or (value == "" and not is_result):
        return Written("", b"")
    if isinstance(value, ErrorValue):
        return Written("e", _element(prefix, b"v", value))
    if isinstance(value, str):
        text = in_the_file(_checked(value, where))
        if is_result:
            return Written("str", _element(prefix, b"v", text))
        return Written("inlineStr", b"<%sis>%s</%sis>" % (prefix, _element(prefix, b"t", text), prefix))
    if isinstance(value, bool):
        return Written("b", _element(prefix, b"v", str(int(value))))
    number = serial(value, from_1904=from_1904) if isinstance(value, date) else value
    if not isfinite(number):
        raise ArgumentError(f"{where}: {number} is not a number that a cell can hold.")
    return Written("", _element(prefix, b"v", repr(int(number)) if number == int(number) else repr(float(number))))


def read_back(cell: Cell, shared_texts: Sequence[str]) -> Value:
    """The value that a cell holds: a date is a number, as in the file. None for a blank one."""
    if cell.value is None:
        return None
    kind, text = cell.element.attributes.get("t", "n"), cell.value.text
    if kind == "s":
        at = whole_number(text.strip())
        return shared_texts[at] if at is not None and at < len(shared_texts) else None
    if kind in {"inlineStr", "str"}:
        return plain_text("".join(cell.texts) if kind == "inlineStr" else text)
    return _of_kind(kind, text.strip()) if text.strip() else None


def _of_kind(kind: str, text: str) -> Value:
    if kind == "b":
        return text in {"1", "true"}
    if kind == "e":
        return ErrorValue(text)
    try:
        number = float(text)
    except ValueError:
        return text  # such as a day in the form of ISO 8601
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def serial(day: date, *, from_1904: bool = False) -> float:
    """A day, or a moment, as the number that a file holds.

    >>> serial(date(2026, 1, 2)), serial(date(2026, 1, 2), from_1904=True)
    (46024.0, 44562.0)
    """
    moment = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)  # noqa: DTZ001 - as above
    return (moment - (_EPOCH_OF_1904 if from_1904 else _EPOCH)) / timedelta(days=1)


def in_the_file(text: str) -> str:
    r"""A text as the file writes it, where _x000D_ stands for a carriage return: one with such signs keeps them.

    >>> in_the_file("_x0041_\r")
    '_x005F_x0041__x000D_'
    """
    return _MUST_BE_ESCAPED.sub("_x005F_", text).replace("\r", "_x000D_")


def plain_text(text: str) -> str:
    r"""A text of the file as it is meant.

    >>> plain_text("_x005F_x0041__x000D_"), plain_text("_xD800_")
    ('_x0041_\r', '_xD800_')
    """
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _checked(text: str, where: str) -> str:
    if NOT_IN_A_CELL.search(text):
        shown = NOT_IN_A_CELL.sub("?", text[:40])
        raise ArgumentError(f"{where}: '{shown}' holds a control character, which a cell cannot; remove it.")
    if len(text) > LONGEST_TEXT:
        raise ArgumentError(
            f"{where}: '{text[:40]}…' has {len(text):,} characters, and a cell holds {LONGEST_TEXT:,}; shorten it."
        )
    return text


def _element(prefix: bytes, name: bytes, text: str) -> bytes:
    space = b' xml:space="preserve"' if _BLANKS.search(text) else b""
    return b"<%s%s%s>%s</%s%s>" % (prefix, name, space, escaped(text), prefix, name)
