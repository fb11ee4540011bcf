"""Law of estimated tax for one jurisdiction, year and filing status."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from xl_amt.errors import NotHeldError
from xl_amt.law.book import LawBook
from xl_amt.law.books import law_book
from xl_amt.law.jurisdiction import US, Jurisdiction
from xl_amt.law.status import Status

ESTIMATED_TAXES: Final = ("US", "CA")  # the jurisdictions whose estimated tax is held
_GROUP: Final = "estimated_tax"


@dataclass(frozen=True, slots=True)
class EstimatedTaxLaw:
    """What must be paid before the return is due (IRC 6654); dollars, and parts as fractions.

    ``installments`` is the part of the year's payment that is due by each of ``due_dates``, summed from the first on.
    The dates are those of the statute: one on a weekend or a legal holiday moves (IRC 7503). ``this_year_only_from``
    and ``least_balance_of_last_year`` are California's, and None elsewhere.
    """

    jurisdiction: str
    year: int
    this_year: float
    last_year: float
    last_year_of_high_income: float
    high_income: float
    this_year_only_from: float | None
    least_balance: float
    least_balance_of_last_year: float | None
    installments: tuple[float, ...]
    due_dates: tuple[date, ...]
    balance_date: date

    def part_of_last_year(self, last_year_agi: float) -> float:
        """The part of last year's tax that is enough, by last year's adjusted gross income (IRC 6654(d)(1)(C))."""
        return self.last_year_of_high_income if last_year_agi > self.high_income else self.last_year


@cache
def estimated_tax_law(year: int, status: Status, jurisdiction: Jurisdiction = US) -> EstimatedTaxLaw:
    """The law of a year and status; NotHeldError for a year or a jurisdiction whose estimated tax is not held.

    >>> law = estimated_tax_law(2026, "mfs")
    >>> law.high_income, law.due_dates[3]
    (75000.0, datetime.date(2027, 1, 15))
    """
    if jurisdiction.code not in ESTIMATED_TAXES:
        raise NotHeldError(
            f"jurisdiction: the estimated tax of {jurisdiction.code} is not held; use {' or '.join(ESTIMATED_TAXES)}."
        )
    book = law_book(jurisdiction.law_book, jurisdiction.code)
    book.check_year(year)
    block = book.block(_GROUP, year)
    assert block is not None
    return _law(book, block, year, status)


def _law(book: LawBook, block: dict[str, Any], year: int, status: Status) -> EstimatedTaxLaw:
    def number(key: str) -> float | None:
        found = book.number(_GROUP, key, year, status)
        return None if found is None else found.value

    def of_every_book(key: str) -> float:
        value = number(key)
        assert value is not None
        return value

    return EstimatedTaxLaw(
        jurisdiction=book.jurisdiction,
        year=year,
        this_year=of_every_book("this_year"),
        last_year=of_every_book("last_year"),
        last_year_of_high_income=of_every_book("last_year_of_high_income"),
        high_income=of_every_book("high_income"),
        this_year_only_from=number("this_year_only_from"),
        least_balance=of_every_book("least_balance"),
        least_balance_of_last_year=number("least_balance_of_last_year"),
        installments=tuple(map(float, block["installments"])),
        due_dates=tuple(_fifteenth(year, int(month)) for month in block["months"]),
        balance_date=_fifteenth(year, int(block["balance_month"])),
    )


def _fifteenth(year: int, month: int) -> date:
    """The 15th of a month counted from January of the year; 13 is January of the next."""
    later, index = divmod(month - 1, 12)
    return date(year + later, index + 1, 15)
