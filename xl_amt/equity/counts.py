"""How many shares of a grant are exercised, exercisable and unvested on a day, as an export counts them."""

from __future__ import annotations

from typing import NamedTuple

from xl_amt.equity.ledger import History
from xl_amt.equity.portfolio import Portfolio
from xl_amt.equity.termination import last_day_by_plan


class Counts(NamedTuple):
    """Shares of one grant at the end of a day; what has lapsed or was canceled is in none of them."""

    exercised: int
    exercisable: int  # vested, not exercised
    unvested: int


def counts_of(history: History, label: str, portfolio: Portfolio) -> Counts:
    """What is exercised, exercisable and unvested of a grant when a portfolio has been followed to a day."""
    tranches = [tranche for tranche in history.tranches if tranche.grant.label == label]
    exercised = sum(tranche.iso_exercised + tranche.nso_exercised for tranche in tranches)
    grant, termination = portfolio.grant(label), portfolio.termination
    ended = termination is not None and termination.day < history.through
    last_day = last_day_by_plan(grant, termination) if termination and ended else grant.last_day
    if last_day and last_day < history.through:
        return Counts(exercised, 0, 0)
    open_tranches = [tranche for tranche in tranches if not tranche.canceled]
    vested = sum(tranche.unexercised for tranche in open_tranches if tranche.vests <= history.through)
    return Counts(exercised, vested, sum(tranche.unexercised for tranche in open_tranches) - vested)
