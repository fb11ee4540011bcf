"""What is said where an answer rests on law that is not enacted yet."""

from __future__ import annotations

from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.law import Jurisdiction, book_over, is_held


def law_notes(place: Jurisdiction, year: int) -> tuple[str, ...]:
    """A sentence on each jurisdiction whose law of the year is estimated or projected, or whose tax is a plain rate.

    >>> law_notes(Jurisdiction("US+CA"), 2026)
    ('The law of 2026 in California is estimated at a change of the California CPI of 3.4 % in 2026.',)
    """
    notes = []
    for code in place.codes:
        basis = book_over(place.law_book, code).basis(year) if is_held(code) else None
        if basis:
            where = "" if code == "US" else f" in {TAX_SYSTEMS[code].place}"
            notes.append(f"The law of {year}{where} is {basis}.")
        if TAX_SYSTEMS[code].note:
            notes.append(f"{TAX_SYSTEMS[code].note}.")
    return tuple(notes)
