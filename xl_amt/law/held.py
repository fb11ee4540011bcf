"""Whose law is held, and the records that are made of it: a file in this folder, or a text that is held for a trial."""

from __future__ import annotations

from importlib.resources import files
from typing import Any, Final, NamedTuple

from xl_amt.errors import FileError, NotHeldError
from xl_amt.law.book import LawBook


class _Held(NamedTuple):
    records: tuple[Any, ...]
    text: str | None  # None where the file of the folder holds it


_held: Final[dict[str, _Held]] = {}
_books: Final[dict[str, LawBook]] = {}  # those that were read


def hold(code: str, *records: Any, text: str | None = None) -> None:
    """Hold the law of a jurisdiction by its two letters, of which ``records`` are made.

    It stands in the file of this folder that its letters name, or in ``text``, which is read and checked at once.
    Holding a jurisdiction again replaces what was held. FileError for a text that is not a whole law file of that code.
    """
    held = _Held(records, text)
    if text is not None:
        _books[code] = _read(code, held)
    else:
        _books.pop(code, None)
    _held[code] = held


def let_go(code: str) -> None:
    """Hold the law of a jurisdiction no more."""
    _held.pop(code, None)
    _books.pop(code, None)


def enacted(jurisdiction: str) -> LawBook:
    """The law as enacted, read once, and its later years; NotHeldError for a jurisdiction that is not held."""
    book = _books.get(jurisdiction)
    if book is None:
        if jurisdiction not in _held:
            use = f"{', '.join(list(_held)[:-1])} or {list(_held)[-1]}"
            raise NotHeldError(f"jurisdiction: the law of {jurisdiction} is not available; use {use}.")
        book = _books[jurisdiction] = _read(jurisdiction, _held[jurisdiction])
    return book


def is_held(code: str) -> bool:
    """Whether the law of a jurisdiction is held."""
    return code in _held


def jurisdictions(record: Any = None) -> tuple[str, ...]:
    """The two letters of all jurisdictions held, or of those of whose law a record is made."""
    return tuple(code for code, held in _held.items() if record is None or record in held.records)


def records_of(code: str) -> tuple[Any, ...]:
    """The records that are made of a jurisdiction's law."""
    return _held[code].records


def _read(code: str, held: _Held) -> LawBook:
    where = f"{code.lower()}.toml" if held.text is None else f"the law of {code}"
    text = files(__package__).joinpath(where).read_text("utf-8") if held.text is None else held.text
    book = LawBook(where, text, held.records)
    if book.jurisdiction != code:
        raise FileError(f"{where}: its jurisdiction is {book.jurisdiction!r}, not {code!r}; correct one of them.")
    return book
