"""Read the arguments and labelled facts of a call from cells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from xl_amt.errors import ArgumentError, NotHeldError
from xl_amt.household import CHOICES, Label, find_label
from xl_amt.law import US, Jurisdiction, Status, read_status
from xl_amt.worksheet.cells import (
    check_cell_error,
    is_blank_or_zero,
    read_choice,
    read_date,
    read_name,
    read_number,
    read_text,
    read_year,
    read_yes_or_no,
)
from xl_amt.worksheet.registry import Argument

_OTHER_JURISDICTIONS: Final = {"CA": "California", "CO": "Colorado", "CT": "Connecticut", "MN": "Minnesota"}


def read_argument(argument: Argument, value: Any) -> Any:
    """A cell as the argument that it stands for."""
    return _READERS[argument.kind](argument, value)


def _number(argument: Argument, value: Any) -> float:
    number = read_number(value, argument.name)
    if number < 0.0 and not argument.may_be_negative:
        raise ArgumentError(f"{argument.name}: {number:g} is negative; enter zero or more.")
    return number


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


def read_filing_status(value: Any) -> Status:
    """A cell as a filing status."""
    if is_blank_or_zero(value):
        raise ArgumentError("status: it is blank; use single, mfj, mfs, hoh or qss.")
    return read_status(read_text(value, "status"))


_READERS: Final[dict[str, Callable[[Argument, Any], Any]]] = {
    "number": _number,
    "date": _day,
    "text": _text,
    "choice": _choice,
    "no unless yes": lambda argument, value: read_yes_or_no(value, argument.name),
    "yes unless no": lambda argument, value: read_yes_or_no(value, argument.name, blank=True),
    "status": lambda _, value: read_filing_status(value),
    "year": lambda argument, value: read_year(value, argument.name),
}


def read_fact(label: Label, value: Any) -> Any:
    """A labelled amount as the household holds it."""
    if label.unit == "choice":
        return read_choice(value, label.name, CHOICES[label.field])
    if label.unit == "yes or no":
        return read_yes_or_no(value, label.name)
    number = read_number(value, label.name)
    if number < 0.0 and not label.may_be_negative:
        raise ArgumentError(f"{label.name}: {number:g} is negative; enter zero or more.")
    return number


def labelled(facts: dict[str, Any]) -> dict[str, tuple[Label, Any]]:
    """The household's fields that are named by labels, each with its label and its value or column."""
    found: dict[str, tuple[Label, Any]] = {}
    for name, value in facts.items():
        check_cell_error(name, "labels")
        label = find_label(name)
        if label.field in found:
            raise ArgumentError(f"labels: '{label.name}' stands there twice; add its amounts up on one line.")
        found[label.field] = label, value
    return found


def read_jurisdiction(value: Any, held: tuple[str, ...] = ("US",)) -> Jurisdiction:
    """The jurisdiction that a cell names, one of those held; blank is US.

    "US: Senate bill" names a firm's law book too. Raises for any other jurisdiction, by its name.
    """
    if value is None:
        return US
    code, _, book = read_text(value, "jurisdiction", "US").partition(":")
    code = code.strip().upper()
    if code in held:
        return Jurisdiction(code, book.strip())
    use = f"use {', '.join(held)} or leave it blank."
    parts = {part.strip() for part in code.split("+")}
    places = [place for other, place in _OTHER_JURISDICTIONS.items() if other in parts - set(held)]
    if places:
        raise NotHeldError(f"jurisdiction: the tax of {' and '.join(places)} is not held; {use}")
    if parts <= set(held):
        raise ArgumentError(f"jurisdiction: '{code}' is more than one, and each is asked for alone; {use}")
    raise ArgumentError(f"jurisdiction: '{code}' is not one that is held; {use}")
