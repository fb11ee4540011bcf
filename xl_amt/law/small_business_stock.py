"""The holding periods of qualified small business stock (IRC 1202)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xl_amt.law.books import law_book
from xl_amt.law.record import built, number


@dataclass(frozen=True, slots=True)
class SmallBusinessStockLaw:
    """Years to hold, and the fraction of the gain for each: for stock acquired until a day, or after it."""

    years_until: tuple[int, ...] = number("small_business_stock.years_until")
    parts_until: tuple[float, ...] = number("small_business_stock.parts_until")
    changed_after: date = number("small_business_stock.changed_after")
    years_after: tuple[int, ...] = number("small_business_stock.years_after")
    parts_after: tuple[float, ...] = number("small_business_stock.parts_after")


def small_business_tiers(acquired: date) -> tuple[tuple[int, float], ...]:
    """The years that stock acquired on a day must be held, each with the fraction of the gain that may be excluded.

    >>> small_business_tiers(date(2025, 7, 4)), small_business_tiers(date(2025, 7, 5))
    (((5, 1.0),), ((3, 0.5), (4, 0.75), (5, 1.0)))
    """
    book = law_book()
    law = built(SmallBusinessStockLaw, book, book.first_year, "single")
    if acquired > law.changed_after:
        return tuple(zip(law.years_after, law.parts_after, strict=True))
    return tuple(zip(law.years_until, law.parts_until, strict=True))
