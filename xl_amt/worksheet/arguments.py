"""Read the arguments of a call from cells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from xl_amt.errors import ArgumentError
from xl_amt.reading.cells import (
    is_blank_or_zero,
    not_negative,
    read_choice,
    read_date,
    read_name,
    read_number,
    read_year,
    read_yes_or_no,
)
from xl_amt.reading.household import read_filing_status
from xl_amt.worksheet.registry import Argument


def read_argument(argument: Argument, value: Any) -> Any:
    """A cell as the argument that it stands for."""
    return _READERS[argument.kind](argument, value)


def _number(argument: Argument, value: Any) -> float:
    number = read_number(value, argument.name)
    return number if argument.may_be_negative else not_negative(number, argument.name)


def _text(argument: Argument, value: Any) -> str:
    text = read_name(value, argument.name)
    if not text:
        raise ArgumentError(f"{argument.name}: it is blank; enter the {argument.description.lower()}.")
    return text


def _day(argument: Argument, value: Any) -> date | None:
    day = read_date(value, argument.name)
    if day is None and argument.required:
        raise ArgumentError(f"{argument.name}: it is blank; enter a date such as 2024-03-01.")
    return day


def _choice(argument: Argument, value: Any) -> str:
    if argument.required and is_blank_or_zero(value):
        raise ArgumentError(f"{argument.name}: it is blank; use {' or '.join(argument.choices)}.")
    return read_choice(value, argument.name, argument.choices)


_READERS: Final[dict[str, Callable[[Argument, Any], Any]]] = {
    "number": _number,
    "date": _day,
    "text": _text,
    "choice": _choice,
    "no unless yes": lambda argument, value: read_yes_or_no(value, argument.name),
    "yes unless no": lambda argument, value: read_yes_or_no(value, argument.name, blank=True),
    "status": lambda _, value: read_filing_status(value),
    "year": lambda argument, value: read_year(value, argument.name),
    "optional year": lambda argument, value: None if is_blank_or_zero(value) else read_year(value, argument.name),
}
