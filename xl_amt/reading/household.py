"""Read a household, its labelled facts and its jurisdiction from cells."""

from __future__ import annotations

from typing import Any, Final

from xl_amt.errors import ArgumentError, NotHeldError
from xl_amt.forms.us import REFUSALS
from xl_amt.household import CHOICES, Household, Label, find_label
from xl_amt.law import US, Jurisdiction, Status, read_status
from xl_amt.reading.cells import (
    check_cell_error,
    is_blank_or_zero,
    not_negative,
    read_choice,
    read_number,
    read_text,
    read_year,
    read_yes_or_no,
)

_OTHER_JURISDICTIONS: Final = {"CA": "California", "CO": "Colorado", "CT": "Connecticut", "MN": "Minnesota"}


def read_household(given: dict[str, Any], facts: dict[str, Any], law_book: str = "") -> Household:
    """The household that income, status, year and labelled facts describe; raises AmtError where a form refuses it."""
    household = Household(
        year=read_year(given["year"], "year"),
        status=read_filing_status(given["status"]),
        law_book=law_book,
        wages=not_negative(read_number(given["income"], "income"), "income"),
        **{field: read_fact(label, value) for field, (label, value) in labelled(facts).items()},
    )
    for refusal in REFUSALS:
        if refusal.applies(household):
            raise refusal.error(refusal.sentence)
    return household


def read_filing_status(value: Any, where: str = "status") -> Status:
    """A cell as a filing status."""
    if is_blank_or_zero(value):
        raise ArgumentError(f"{where}: it is blank; use single, mfj, mfs, hoh or qss.")
    return read_status(read_text(value, where), where)


def read_fact(label: Label, value: Any) -> Any:
    """A labelled amount as the household holds it."""
    if label.unit == "choice":
        return read_choice(value, label.name, CHOICES[label.field])
    if label.unit == "yes or no":
        return read_yes_or_no(value, label.name)
    number = read_number(value, label.name)
    if number > label.largest:
        raise ArgumentError(
            f"{label.name}: {number:g} is more than {label.largest:g}; enter the age, not the year of birth."
        )
    return number if label.may_be_negative else not_negative(number, label.name)


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
