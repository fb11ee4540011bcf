"""A portfolio followed day by day: what can be exercised as what, which lots come of it, and what is sold."""

from __future__ import annotations

from datetime import date

from xl_amt.equity.counts import Counts, counts_of
from xl_amt.equity.held import portfolio_as_of
from xl_amt.equity.ledger import History, follow_as_granted
from xl_amt.equity.portfolio import Portfolio

__all__ = ["Counts", "History", "counts_on", "follow"]


def follow(portfolio: Portfolio, through: date) -> History:
    """Follow a portfolio to the end of a day; ArgumentError names the grant or lot of an impossible step.

    Grants that an export counts are followed as `xl_amt.equity.held.portfolio_as_of` makes them.

    >>> from xl_amt.equity.grants import Grant
    >>> from xl_amt.equity.portfolio import Exercise
    >>> grant = Grant("ES-1", "ISO", date(2024, 1, 15), 2.0, 100, fmv_at_grant=2.0)
    >>> portfolio = Portfolio((grant,), (Exercise("ES-1", date(2026, 3, 1), 40, fmv=12.0),))
    >>> [(lot.kind, lot.shares, lot.spread) for lot in follow(portfolio, date(2026, 12, 31)).lots]
    [('ISO', 40, 10.0)]
    """
    return follow_as_granted(portfolio_as_of(portfolio).portfolio, through)


def counts_on(portfolio: Portfolio, label: str, day: date) -> Counts:
    """What is exercised, exercisable and unvested of a grant by the end of a day, in the shares of that day.

    On the day of an export they are its counts, or a remark of `xl_amt.equity.held.portfolio_as_of` says where not.
    ArgumentError where no grant has the label, or a step up to the day cannot be.

    >>> from xl_amt.equity.grants import Grant
    >>> grant = Grant("ES-1", "ISO", date(2024, 1, 15), 2.0, 400, "1/4 yearly", exercised_before=150)
    >>> counts_on(Portfolio((grant,)), "ES-1", date(2026, 6, 30))
    Counts(exercised=150, exercisable=50, unvested=200)
    """
    followed = portfolio_as_of(portfolio).portfolio
    return counts_of(follow_as_granted(followed, day), label, followed)
