"""The holding periods of qualified small business stock (IRC 1202)."""

from __future__ import annotations

from datetime import date
from functools import cache

from xl_amt.law.books import law_book


@cache
def small_business_tiers(acquired: date) -> tuple[tuple[int, float], ...]:
    """The years that stock acquired on a day must be held, each with the fraction of the gain that may be excluded.

    >>> small_business_tiers(date(2025, 7, 4)), small_business_tiers(date(2025, 7, 5))
    (((5, 1.0),), ((3, 0.5), (4, 0.75), (5, 1.0)))
    """
    book = law_book()
    block = book.block("small_business_stock", book.first_year)
    assert block is not None
    when = "after" if acquired > block["changed_after"] else "until"
    return tuple(zip(block[f"years_{when}"], block[f"parts_{when}"], strict=True))
