"""Keys of a JSON object, each read once: what is missing, unknown or of the wrong kind is named with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from xl_amt.errors import ArgumentError
from xl_amt.law.names import nearest, quoted
from xl_amt.reading.cells import not_negative, read_number, read_year


class Keys:
    """One object of the question, and where it stands."""

    def __init__(self, given: Any, where: str, known: Iterable[str]) -> None:
        if not isinstance(given, Mapping):
            raise ArgumentError(f"{where or 'the question'}: it is not an object; write its keys and values in braces.")
        self.given = given
        self.where = where
        known = tuple(known)
        for key in given:
            if key not in known:
                near = nearest(str(key), known)
                hint = f"did you mean '{near}'?" if near else f"use {', '.join(known)}."
                raise ArgumentError(f"{self.place(str(key)[:60])}: this key is not known; {hint}")

    def place(self, key: str) -> str:
        """A key with the place of its object."""
        return f"{self.where}.{key}" if self.where else key

    def has(self, key: str) -> bool:
        """Whether a key is there, with a value; a blank text is none."""
        return not is_blank(self.given.get(key))

    def get(self, key: str, what: str) -> Any:
        """The value of a key; ArgumentError, saying what would do, where it is missing."""
        if not self.has(key):
            raise ArgumentError(f"{self.place(key)}: it is missing; enter {what}.")
        return self.given[key]

    def amount(self, key: str, what: str, default: float | None = None) -> float:
        """The number of a key, zero or more."""
        value = default if not self.has(key) and default is not None else self.get(key, what)
        return amount(value, self.place(key))

    def amount_or_none(self, key: str) -> float | None:
        """The number of a key, zero or more; None where it is left out."""
        return self.amount(key, "an amount") if self.has(key) else None

    def fraction(self, key: str, default: float) -> float:
        """The number of a key from 0 to 1."""
        number = self.amount(key, "a fraction", default)
        if number > 1.0:
            raise ArgumentError(f"{self.place(key)}: {number:g} is above 1; enter a fraction from 0 to 1.")
        return number

    def whole(self, key: str, what: str) -> int:
        """The whole number of a key, zero or more."""
        return whole_number(self.get(key, what), self.place(key))

    def year(self, key: str) -> int:
        """The tax year of a key."""
        return read_year(self.get(key, "a tax year such as 2026"), self.place(key))

    def text(self, key: str, default: str | None = None) -> str:
        """The text of a key."""
        value = default if not self.has(key) and default is not None else self.get(key, "a text")
        if not isinstance(value, str):
            raise ArgumentError(f"{self.place(key)}: {quoted(value)} is not text; write it in quotes.")
        return value

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        """The word of a key, one of a few."""
        text = self.text(key) if self.has(key) else self.get(key, f"{', '.join(choices[:-1])} or {choices[-1]}")
        if text not in choices:
            use = f"use {', '.join(choices[:-1])} or {choices[-1]}."
            raise ArgumentError(f"{self.place(key)}: {quoted(text)} is not one of the choices; {use}")
        return str(text)

    def rows(self, key: str, what: str) -> list[tuple[Any, str]]:
        """The list of a key, each value with its place."""
        value = self.get(key, what)
        if not isinstance(value, list):
            raise ArgumentError(f"{self.place(key)}: it is not a list; enter {what}.")
        return [(item, f"{self.place(key)}[{number}]") for number, item in enumerate(value)]


def is_blank(value: Any) -> bool:
    """Whether a value says nothing: JSON's null, or a blank text, which is no zero here."""
    return value is None or (isinstance(value, str) and not value.strip())


def amount(value: Any, where: str) -> float:
    """A value as a number, zero or more."""
    if is_blank(value):
        raise ArgumentError(f"{where}: it is blank; enter a number, zero or more.")
    return not_negative(read_number(value, where), where)


def whole_number(value: Any, where: str) -> int:
    """A value as whole shares, zero or more."""
    number = amount(value, where)
    if number != int(number):
        raise ArgumentError(f"{where}: {number:g} is not a whole number; enter whole shares.")
    return int(number)


def year_key(text: Any, where: str) -> int:
    """A key that is a tax year."""
    if not (isinstance(text, str) and text.isascii() and text.isdigit() and len(text) == 4):
        raise ArgumentError(f'{where}: {quoted(text)} is not a year; write keys such as "2026".')
    return int(text)
