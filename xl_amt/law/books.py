"""Law books by name: the enacted law, and a firm's own books laid over it.

A firm names its books in a configuration file, and a cell names a book, never a path:

    inflation = 0.03                       # of projections, a year

    [law_books]
    "Senate bill" = "senate-bill.toml"     # next to the configuration file

The file is the one that the environment variable XL_AMT_CONFIG names; else xl-amt/config.toml in the folder of the
user's settings (APPDATA on Windows, ~/.config elsewhere).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from xl_amt.errors import ArgumentError, FileError
from xl_amt.files import read_toml, read_toml_text
from xl_amt.law.book import LawBook
from xl_amt.law.held import enacted, is_held
from xl_amt.law.names import name_key, nearest, quoted
from xl_amt.law.overlay import jurisdiction_of, read_inflation

_FINGERPRINT: Final = 16  # letters

_registered: dict[str, LawBook] = {}
_spelled: dict[tuple[str, str], LawBook] = {}  # the books that were found, by name as written and jurisdiction


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a user has set: the inflation of projections, and law books by name."""

    inflation: float | None = None
    law_books: dict[str, Path] = field(default_factory=dict)


def law_book(name: str = "", jurisdiction: str = "US") -> LawBook:
    """The book of that name, in any case, laid over a jurisdiction's law; its enacted law for no name.

    A book that is registered again counts from the next call on. Whatever is cached should rest on the book's
    ``contents``, not on its name. ArgumentError for an unknown book, and for one that changes another jurisdiction.
    """
    if name:
        check_book(name, [jurisdiction])
    return book_over(name, jurisdiction)


def check_book(name: str, jurisdictions: Sequence[str]) -> None:
    """Raise ArgumentError for an unknown book, and for one that changes the law of none of these jurisdictions."""
    found = _find(name)
    if found.jurisdiction not in jurisdictions:
        changes = "federal law" if found.jurisdiction == "US" else f"the law of {found.jurisdiction}"
        raise ArgumentError(
            f"jurisdiction: the law book '{name}' changes {changes} only; "
            f"use {found.jurisdiction}: {name}, or {'+'.join(jurisdictions)} alone."
        )


def book_over(name: str, jurisdiction: str) -> LawBook:
    """The book of that name where it changes a jurisdiction's law, else that law as it is.

    A state's return rests on the federal one, and a book changes one of the two.
    """
    found = _spelled.get((name, jurisdiction))
    if found is None:
        found = _find(name) if name else None
        if found is None or found.jurisdiction != jurisdiction:
            book, inflation = enacted(jurisdiction), configuration().inflation
            return book if inflation is None else _with_inflation(book, inflation)
        _spelled[name, jurisdiction] = found
    return found


def enacted_through(jurisdictions: Iterable[str]) -> int:
    """The last year whose law is enacted in each of these jurisdictions, of those whose law is held.

    >>> enacted_through(["US"]), enacted_through(["US", "CA"])
    (2026, 2025)
    """
    return min(enacted(code).verified_through for code in jurisdictions if is_held(code))


def law_fingerprint(jurisdictions: Iterable[str], name: str = "") -> str:
    """The first letters of the SHA-256 of the law of some jurisdictions, a book of that name laid over it.

    It is of the text of the law's files, so that two figures with the same one rest on the same numbers of the law.

    >>> law_fingerprint(["US"]) == law_fingerprint(["US"]), law_fingerprint(["US"]) == law_fingerprint(["US", "CA"])
    (True, False)
    """
    contents = [book_over(name, code).contents for code in jurisdictions if is_held(code)]
    return sha256(repr(contents).encode()).hexdigest()[:_FINGERPRINT]


def register_law_book(name: str, path: Path) -> None:
    """Lay the TOML file's blocks over the enacted law under a name, in place of an earlier book of that name.

    It changes federal law, or that of the state which it names: ``jurisdiction = "CA"``. FileError where it cannot be
    read, or does not fit the law.
    """
    try:
        text = read_toml_text(path, "a law book")
    except FileError as error:
        raise error.within(f"law book '{name}'") from None
    if not name_key(name):
        raise FileError(f"law book '{name}': its name has no letter or digit; add one.")
    _registered[name_key(name)] = law_book("", jurisdiction_of(name, text)).overlay(name, text)
    _spelled.clear()


def _find(name: str) -> LawBook:
    key = name_key(name)
    if key not in _registered:
        books = {name_key(known): (known, path) for known, path in configuration().law_books.items()}
        if key not in books:
            known = [book for book, _ in books.values()]
            near = nearest(name, known)
            listed = "your settings list those that are" if known else "no law book is registered"
            hint = f"did you mean '{near}'?" if near else f"{listed}; see docs/advisors/law-books.md."
            raise ArgumentError(f"jurisdiction: {quoted(name)} is not a registered law book; {hint}")
        register_law_book(*books[key])
    return _registered[key]


@cache
def configuration() -> Configuration:
    """The user's configuration file, read once; an empty one where there is none."""
    path = configuration_path()
    if not path.is_file():
        return Configuration()
    contents = read_toml(path, "a configuration")
    inflation, books = read_inflation(str(path), contents.get("inflation")), contents.get("law_books", {})
    unknown = set(contents) - {"inflation", "law_books", "firm"}  # jobs/firm.py reads the firm
    if unknown:
        raise FileError(
            f"{path}: '{min(unknown)}' is not a setting of the configuration; use inflation, [law_books] or [firm]."
        )
    if not isinstance(books, dict) or not all(isinstance(book, str) for book in books.values()):
        raise FileError(f'{path}: [law_books] names a file for each book, as in "Senate bill" = "senate-bill.toml".')
    _check_names(path, books)
    return Configuration(inflation, {name: path.parent / book for name, book in books.items()})


def _check_names(path: Path, names: Iterable[str]) -> None:
    """FileError for two books that a cell could not tell apart, and for one with no name."""
    found: dict[str, str] = {}
    for name in names:
        other = found.setdefault(name_key(name), name)
        if other != name or not name_key(name):
            raise FileError(
                f"{path}: the law books '{other}' and '{name}' cannot be told apart by letters and digits; rename one."
                if other != name
                else f"{path}: the law book '{name}' has no letter or digit in its name; add one."
            )


@lru_cache(maxsize=64)
def _with_inflation(book: LawBook, inflation: float) -> LawBook:
    return book.overlay("of the configuration", f"inflation = {inflation!r}")


def configuration_path() -> Path:
    """Where the user's configuration file stands, whether there is one or not."""
    named = os.environ.get("XL_AMT_CONFIG")
    if named:
        return Path(named)
    settings = os.environ.get("APPDATA") if os.name == "nt" else None
    return Path(settings or Path.home() / ".config") / "xl-amt" / "config.toml"
