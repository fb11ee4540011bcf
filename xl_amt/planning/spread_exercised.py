"""The ISO spread that a year's exercises have used of its room so far."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xl_amt.equity.amounts import amounts_of
from xl_amt.equity.history import follow
from xl_amt.equity.portfolio import Portfolio
from xl_amt.errors import ArgumentError


def spread_exercised(portfolio: Portfolio | Sequence[Portfolio], year: int, through: date | None = None) -> float:
    """The ISO spread of a year (Form 6251 line 2i), in dollars, of what is exercised and vests by the end of a day.

    Shares sold by then in the year of their AMT income are left out. ``through`` is year-end where it is not
    given. ArgumentError for a day of another year, or where a value per share is not known.

    >>> from xl_amt.equity.grants import Grant
    >>> from xl_amt.equity.portfolio import Exercise
    >>> grant = Grant("ES-1", "ISO", date(2024, 1, 15), 2.0, 1_000, fmv_at_grant=2.0)
    >>> exercises = (Exercise("ES-1", date(2026, 3, 1), 100, 12.0), Exercise("ES-1", date(2026, 9, 1), 300, 14.0))
    >>> portfolio = Portfolio((grant,), exercises)
    >>> spread_exercised(portfolio, 2026, date(2026, 6, 30)), spread_exercised(portfolio, 2026)
    (1000.0, 4600.0)
    """
    last = through or date(year, 12, 31)
    if last.year != year:
        raise ArgumentError(f"through: {last} is not in {year}; enter a day of that year.")
    return sum(_spread(own, year, last) for own in ([portfolio] if isinstance(portfolio, Portfolio) else portfolio))


def _spread(portfolio: Portfolio, year: int, through: date) -> float:
    history = follow(portfolio, through)
    taxed = tuple(lot for lot in history.lots if lot.income_day <= through)
    return amounts_of(history._replace(lots=taxed), (year,))[year].iso_spread
