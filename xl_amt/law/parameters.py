"""The numbers of the law by name, as AMT_LAW and AMT_LAW_SOURCE give them."""

from __future__ import annotations

from functools import lru_cache

from xl_amt.errors import ArgumentError, NotHeldError
from xl_amt.law.book import LawBook, Number
from xl_amt.law.books import law_book
from xl_amt.law.held import enacted, records_of
from xl_amt.law.jurisdiction import US, Jurisdiction
from xl_amt.law.law_file import Name
from xl_amt.law.names import name_key, nearest, quoted
from xl_amt.law.record import built
from xl_amt.law.status import STATUSES, Status


def parameters(jurisdiction: str = "US") -> tuple[Name, ...]:
    """Every number that AMT_LAW knows of a jurisdiction, in the order of its law file, each with its unit.

    >>> parameters("NY")[0].name
    'Equity allocation ends with'
    """
    return enacted(jurisdiction).names


def find_parameter(name: str, jurisdiction: str = "US") -> Name:
    """The parameter of that name; case, spaces and punctuation do not matter."""
    known = _by_key(enacted(jurisdiction))
    parameter = known.get(name_key(name)) or known.get("amt" + name_key(name))
    if parameter is None:
        near = nearest(name_key(name), known)
        listed = "docs/functions.md lists them." if known else f"no number of {jurisdiction} can be looked up by name."
        hint = f"did you mean '{known[near].name}'?" if near else listed
        raise ArgumentError(f"parameter: {quoted(name)} is not a number of the law; {hint}")
    return parameter


def look_up(name: str, status: Status, year: int, jurisdiction: Jurisdiction = US) -> Number:
    """A number of a jurisdiction's law and its source; NotHeldError where it is no law in that year.

    >>> look_up("AMT exemption", "single", 2026)
    Number(value=90100.0, source='Rev. Proc. 2025-32, 4.10', standing='enacted')
    """
    parameter = find_parameter(name, jurisdiction.code)
    book = law_book(jurisdiction.law_book, jurisdiction.code)
    book.check_year(year)
    number = book.number(parameter.group, parameter.key, year, status, parameter.part)
    if number is None:
        raise NotHeldError(f"parameter: '{parameter.name}' is not part of the law of {year} for {STATUSES[status]}.")
    return _computed(parameter, book, number, status, year) if parameter.computed else number


@lru_cache(maxsize=64)
def _by_key(book: LawBook) -> dict[str, Name]:
    return {name_key(parameter.name): parameter for parameter in book.names}


def _computed(parameter: Name, book: LawBook, number: Number, status: Status, year: int) -> Number:
    """What a record computes from a number, and by which statute."""
    record = next(record for record in records_of(book.jurisdiction) if hasattr(record, parameter.computed))
    value = getattr(built(record, book, year, status), parameter.computed)
    source = f"computed from the {parameter.key.replace('_', ' ')} ({number.source}) by {parameter.by}"
    return Number(value, source, number.standing)
