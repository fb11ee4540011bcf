"""The day on which a record stands, and the year that is asked of it where nobody names one."""

from __future__ import annotations

from datetime import date

from xl_amt.client.record import ClientRecord


def day_of(record: ClientRecord) -> date | None:
    """The latest day on which shares were counted, else on which a value of a share was known; None for neither."""
    counted = [holding.as_of for holding in record.holdings if holding.as_of]
    valued = [value.day for holding in record.holdings for value in holding.values]
    return max(counted or valued, default=None)


def year_asked(record: ClientRecord) -> int | None:
    """The tax year that is asked of a record: the one of its day, or the nearest before it; None without any year.

    The record's first year, where it begins after that day or has no day.

    >>> from xl_amt.client import Client, ClientYear, Holding
    >>> years = (ClientYear(year=2025), ClientYear(year=2026), ClientYear(year=2027))
    >>> counted = Holding(company="Juniper", as_of=date(2026, 11, 20))
    >>> year_asked(ClientRecord(client=Client(), years=years, holdings=(counted,)))
    2026
    """
    years, day = [own.year for own in record.years], day_of(record)
    if not years:
        return None
    return max((year for year in years if day and year <= day.year), default=years[0])
