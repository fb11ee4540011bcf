"""Read the arguments and labelled facts of a call from cells."""

from __future__ import annotations

from typing import Any, Final

from xl_amt.errors import ArgumentError, NotHeldError
from xl_amt.household import CHOICES, Label, find_label
from xl_amt.law import Status, read_status
from xl_amt.worksheet.cells import (
    check_cell_error,
    is_blank_or_zero,
    read_choice,
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
    if argument.kind == "number":
        number = read_number(value, argument.name)
        if number < 0.0 and not argument.may_be_negative:
            raise ArgumentError(f"{argument.name}: {number:g} is negative; enter zero or more.")
        return number
    if argument.kind == "status":
        return read_filing_status(value)
    if argument.kind == "year":
        return read_year(value, argument.name)
    text = read_name(value, argument.name)
    if not text:
        raise ArgumentError(f"{argument.name}: it is blank; enter the {argument.description.lower()}.")
    return text


def read_filing_status(value: Any) -> Status:
    """A cell as a filing status."""
    if is_blank_or_zero(value):
        raise ArgumentError("status: it is blank; use single, mfj, mfs, hoh or qss.")
    return read_status(read_text(value, "status"))


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


def read_jurisdiction(value: Any) -> str:
    """The name of the law book that a jurisdiction asks for ("US: Senate bill"), or none for the enacted law.

    Raises for any jurisdiction but US, by its name.
    """
    if value is None:
        return ""
    name, _, book = read_text(value, "jurisdiction", "US").partition(":")
    name = name.strip().upper()
    if name == "US":
        return book.strip()
    parts = {part.strip() for part in name.split("+")}
    places = [place for code, place in _OTHER_JURISDICTIONS.items() if code in parts]
    if places:
        raise NotHeldError(f"jurisdiction: the tax of {' and '.join(places)} is not held; use US or leave it blank.")
    raise ArgumentError(f"jurisdiction: '{name}' is not a jurisdiction with an AMT; use US or leave it blank.")
