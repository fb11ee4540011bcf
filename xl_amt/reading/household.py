"""Read a household, its labeled facts and its jurisdiction from cells."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from xl_amt.errors import ArgumentError, NotHeldError
from xl_amt.forms.tax_system import TaxSystem
from xl_amt.forms.tax_systems import TAX_SYSTEMS, find_fact, in_words
from xl_amt.forms.us import REFUSALS
from xl_amt.household import Household, Label, household_of
from xl_amt.law import US, Jurisdiction, Status, check_book, read_status
from xl_amt.law.names import quoted
from xl_amt.reading.cells import (
    LARGEST,
    check_cell_error,
    is_blank_or_zero,
    not_negative,
    read_choice,
    read_number,
    read_text,
    read_year,
    read_yes_or_no,
)
from xl_amt.reading.words import one_line


def read_household(given: dict[str, Any], facts: dict[str, Any], law_book: str = "") -> Household:
    """The household that income, status, year and labeled facts describe; raises AmtError where a form refuses it.

    Facts of a state are left aside: `read_own_facts` takes them.
    """
    fields = {
        "year": read_year(given["year"], "year"),
        "status": read_filing_status(given["status"]),
        "law_book": law_book,
        "wages": not_negative(read_number(given["income"], "income"), "income"),
    }
    if facts:
        fields |= _read_facts(facts, "US")
    household = household_of(fields)
    for refusal in REFUSALS:
        if refusal.applies(household):
            raise refusal.error(refusal.sentence)
    return household


def read_own_facts(system: TaxSystem, household: Household, facts: dict[str, Any]) -> Any:
    """A state's own facts of the household, of all that are labeled; None where the system has no such facts."""
    own = system.own_facts(**_read_facts(facts, system.code)) if system.own_facts else None
    for refusal in system.refusals:
        if refusal.applies(household, own):
            raise refusal.error(refusal.sentence)
    return own


def check_asked(facts: dict[str, Any], codes: Sequence[str]) -> None:
    """Raise ArgumentError for a fact of a state that is not asked for; a blank one, or 0, is none."""
    for name, code, label in _not_asked(tuple(facts), tuple(codes)):
        if read_fact(label, facts[name]) not in (label.of_a_blank, 0.0):
            if code == "US":
                raise ArgumentError(
                    f"labels: '{label.name}' is for a state whose own forms are not included, and the jurisdiction "
                    f"names no such state; use {'+'.join([*codes, 'NY'])}, for example, or leave its amount blank."
                )
            raise ArgumentError(
                f"labels: '{label.name}' is a fact of {TAX_SYSTEMS[code].place}, whose tax the jurisdiction does not "
                f"name; use {'+'.join([*codes, code])}, or leave its amount blank."
            )


@lru_cache(maxsize=256)
def _not_asked(names: tuple[str, ...], codes: tuple[str, ...]) -> tuple[tuple[str, str, Label], ...]:
    """The names that label facts of other states than these, each with its state and its label.

    A plain rate is among them where no state that takes one is.
    """
    found = ((name, *find_fact(name)) for name in names)
    rate = any(not TAX_SYSTEMS[code].has_minimum_tax for code in codes)
    return tuple(
        (name, code, label)
        for name, code, label in found
        if code not in ("US", *codes) or (label.field == "state_tax_rate" and not rate)
    )


def read_filing_status(value: Any, where: str = "status") -> Status:
    """A cell as a filing status."""
    if is_blank_or_zero(value):
        raise ArgumentError(f"{where}: it is blank; use single, mfj, mfs, hoh or qss.")
    return read_status(read_text(value, where), where)


def _read_facts(facts: dict[str, Any], code: str) -> dict[str, Any]:
    return {
        field: value
        if type(value) is float and 0.0 <= value <= most
        else 0.0
        if value is None and most > 0.0  # a blank number
        else read_fact(label, value)
        for (label, field, most), value in zip(_labels(tuple(facts), code), facts.values(), strict=True)
        if label is not None
    }


def read_fact(label: Label, value: Any) -> Any:
    """A labeled amount as the record of facts holds it."""
    if label.choices:
        return read_choice(value, label.name, label.choices)
    if label.unit == "yes or no":
        return read_yes_or_no(value, label.name)
    number = read_number(value, label.name)
    if number > label.largest:
        raise ArgumentError(f"{label.name}: {number:g} is more than {label.largest:g}; {label.if_larger}")
    if number < 0.0 and label.if_negative:
        raise ArgumentError(f"{label.name}: {number:g} is negative; {label.if_negative}")
    return number if label.may_be_negative else not_negative(number, label.name)


def labelled(facts: dict[str, Any], code: str = "US") -> dict[str, tuple[Label, Any]]:
    """One jurisdiction's fields that labels name, each with its label and its value or column.

    One column of labels serves every jurisdiction that a sheet asks for, so those of the others are left aside.
    """
    labels = _labels(tuple(facts), code)
    return {field: (label, value) for (label, field, _), value in zip(labels, facts.values(), strict=True) if label}


@lru_cache(maxsize=256)
def _labels(names: tuple[str, ...], of_code: str) -> tuple[tuple[Label | None, str, float], ...]:
    """The label behind each name, its field, and up to what a float is its amount; no label where another's.

    The same names come again and again with other amounts.
    """
    found: dict[tuple[str, str], Label] = {}
    for name in names:
        check_cell_error(name, "labels")
        code, label = find_fact(name)
        if (code, label.field) in found:
            raise ArgumentError(f"labels: '{label.name}' is listed twice; combine its amounts on one line.")
        found[code, label.field] = label
    return tuple(
        (label if code == of_code else None, field, min(label.largest, LARGEST) if label.is_a_number else -1.0)
        for (code, field), label in found.items()
    )


def read_jurisdiction(value: Any, held: tuple[str, ...] | None = None, *, together: bool = False) -> Jurisdiction:
    """The jurisdiction that a cell names, one of those held, which are all tax systems if not given; blank is US.

    "US: Senate bill" names a firm's law book too. Where several are answered ``together``, "US+XX" names each of
    them once. Raises for any other jurisdiction, by its name.
    """
    if value is None:
        return US
    text, _, book = read_text(value, "jurisdiction", "US").partition(":")
    codes, book = _codes(text, tuple(TAX_SYSTEMS) if held is None else held, together), book.strip()
    if book:
        check_book(book, codes)
    return Jurisdiction("+".join(codes), book)


@lru_cache(maxsize=256)
def _codes(text: str, held: tuple[str, ...], together: bool) -> tuple[str, ...]:
    """The jurisdictions that a text names; the same few come again and again."""
    named = tuple(part.strip() for part in text.upper().split("+"))
    if set(named) <= set(held) and (len(named) == 1 or (together and len(set(named)) == len(named))):
        return named
    use = f"use {in_words(held)} or leave it blank."
    asked = quoted(one_line(text.upper()))
    if set(named) <= set(held):
        raise ArgumentError(f"jurisdiction: {asked} names more than one, and only one can be answered at a time; {use}")
    others = [code for code in named if code not in held]
    if set(others) <= TAX_SYSTEMS.keys():
        places = " and ".join(TAX_SYSTEMS[code].place for code in dict.fromkeys(others))
        raise NotHeldError(f"jurisdiction: this is not available for {places}; {use}")
    raise ArgumentError(f"jurisdiction: {asked} is not available; {use}")
