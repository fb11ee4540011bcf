"""What is said next to an answer: that its law is not enacted yet, and what the taxes of a household rest on."""

from __future__ import annotations

from collections.abc import Iterable

from xl_amt.forms.community_property import community_property
from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.household import Household
from xl_amt.law import Jurisdiction, book_over, is_held, law_book


def law_notes(place: Jurisdiction, year: int, status: str = "") -> tuple[str, ...]:
    """A sentence on each jurisdiction whose law of the year is estimated or projected.

    Of a household, whose filing status is given, on each whose tax is a plain rate, and on community property, too.

    >>> law_notes(Jurisdiction("US+CA"), 2026)
    ('The law of 2026 in California is estimated at a change of the California CPI of 3.4% in 2026.',)
    """
    notes = []
    systems = [TAX_SYSTEMS[code] for code in place.codes]
    for system in systems:
        basis = book_over(place.law_book, system.code).basis(year) if is_held(system.code) else None
        if basis:
            where = "" if system.code == "US" else f" in {system.place}"
            notes.append(f"The law of {year}{where} is {basis}.")
        if system.note and status:
            notes.append(f"{system.note}.")
    return (*notes, *community_property([status], systems))


def years_not_enacted(households: Iterable[Household]) -> list[str]:
    """A sentence on the years whose federal law is not enacted, as it stands.

    >>> years_not_enacted([Household(2026, "single", 200_000.0), Household(2028, "single", 200_000.0)])
    ['The law of 2028 is projected.']
    """
    sentences: dict[str, list[str]] = {}
    for household in households:
        basis = law_book(household.law_book).basis(household.year)
        if basis is not None:
            sentences.setdefault(basis.standing, []).append(str(household.year))
    return [f"The law of {', '.join(of_years)} is {standing}." for standing, of_years in sentences.items()]
