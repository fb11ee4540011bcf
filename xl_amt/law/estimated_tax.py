"""Law of estimated tax for one jurisdiction, year and filing status."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xl_amt.errors import NotHeldError
from xl_amt.law.held import jurisdictions
from xl_amt.law.jurisdiction import US, Jurisdiction
from xl_amt.law.law_of import law_of
from xl_amt.law.record import number
from xl_amt.law.status import Status


@dataclass(frozen=True, slots=True)
class EstimatedTaxLaw:
    """What must be paid before the return is due (IRC 6654); dollars, and parts as fractions.

    ``installments`` is the part of the year's payment that is due by each of ``due_dates``, summed from the first on.
    The dates are those of the statute, the 15th of ``months``, of which 13 is the January after the year: one on a
    weekend or a legal holiday moves (IRC 7503). ``this_year_only_from`` and ``least_balance_of_last_year`` are
    California's, and None elsewhere.
    """

    jurisdiction: str
    year: int
    this_year: float = number("estimated_tax.this_year")
    last_year: float = number("estimated_tax.last_year")
    last_year_of_high_income: float = number("estimated_tax.last_year_of_high_income")
    high_income: float = number("estimated_tax.high_income")
    this_year_only_from: float | None = number("estimated_tax.this_year_only_from", where_none=None)
    least_balance: float = number("estimated_tax.least_balance")
    least_balance_of_last_year: float | None = number("estimated_tax.least_balance_of_last_year", where_none=None)
    installments: tuple[float, ...] = number("estimated_tax.installments")
    months: tuple[int, ...] = number("estimated_tax.months")
    balance_month: int = number("estimated_tax.balance_month")

    @property
    def due_dates(self) -> tuple[date, ...]:
        """The day by which each part is due, before weekends and holidays move it."""
        return tuple(_fifteenth(self.year, month) for month in self.months)

    @property
    def balance_date(self) -> date:
        """The day by which the balance is due with the return."""
        return _fifteenth(self.year, self.balance_month)

    def part_of_last_year(self, last_year_agi: float) -> float:
        """The part of last year's tax that is enough, by last year's adjusted gross income (IRC 6654(d)(1)(C))."""
        return self.last_year_of_high_income if last_year_agi > self.high_income else self.last_year


def estimated_tax_law(year: int, status: Status, jurisdiction: Jurisdiction = US) -> EstimatedTaxLaw:
    """The law of a year and status; NotHeldError for a year or a jurisdiction whose estimated tax is not held.

    >>> law = estimated_tax_law(2026, "mfs")
    >>> law.high_income, law.due_dates[3]
    (75000.0, datetime.date(2027, 1, 15))
    """
    held = jurisdictions(EstimatedTaxLaw)
    if jurisdiction.code not in held:
        raise NotHeldError(
            f"jurisdiction: the estimated tax of {jurisdiction.code} is not available; use {' or '.join(held)}."
        )
    return law_of(EstimatedTaxLaw, jurisdiction.code, year, status, jurisdiction.law_book)


def _fifteenth(year: int, month: int) -> date:
    """The 15th of a month counted from January of the year; 13 is January of the next."""
    later, index = divmod(month - 1, 12)
    return date(year + later, index + 1, 15)
