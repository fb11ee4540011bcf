"""Options that vest month after month, one line per year, so they do not hide what is to be done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xl_amt.calendar.due import Due, in_order
from xl_amt.equity.words import grouped, shares_of

_FEWEST = 3  # days of a year that are joined


def vesting_by_year(entries: Iterable[Due]) -> tuple[Due, ...]:
    """The entries with the options of a grant that vest on several days of a year as one, on the first of them.

    >>> from datetime import date
    >>> days = [date(2027, month, 1) for month in (1, 2, 3)]
    >>> every = [Due(day, "vesting", "ES-1", "ES-1: 50 shares vest", "0 vest later.", "", 50) for day in days]
    >>> [(due.title, due.detail) for due in vesting_by_year(every)]
    [('ES-1: 150 shares vest on 3 days of 2027', 'From 2027-01-01 to 2027-03-01. 0 vest later.')]
    """
    every = list(entries)
    kept = [due for due in every if not due.options]
    options = [due for due in every if due.options]
    for of_year in grouped(options, lambda due: (due.subject, due.day.year)).values():
        kept += of_year if len(of_year) < _FEWEST else [_joined(of_year)]
    return in_order(kept)


def _joined(of_year: Sequence[Due]) -> Due:
    """One entry for several days, with what the last of them says of the strike and of what vests later."""
    first, last = of_year[0], of_year[-1]
    options = sum(due.options for due in of_year)
    return first._replace(
        title=f"{first.subject}: {shares_of(options)} vest on {len(of_year)} days of {first.day.year}",
        detail=f"From {first.day} to {last.day}. {last.detail}",
        options=options,
    )
