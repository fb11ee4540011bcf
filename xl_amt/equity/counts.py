"""How many shares of a grant are exercised, exercisable and unvested on a day, as an export counts them."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from xl_amt.equity.grants import Grant, OptionType
from xl_amt.equity.ledger import History
from xl_amt.equity.portfolio import Portfolio, Termination
from xl_amt.equity.termination import last_day_as_iso, last_day_by_plan

IsoStanding = Literal["ISO", "expired", "no longer an ISO"]


class Counts(NamedTuple):
    """Shares of one grant at the end of a day; what has lapsed or was canceled is in none of them."""

    exercised: int
    exercisable: int  # vested, not exercised
    unvested: int


def counts_of(history: History, label: str, portfolio: Portfolio) -> Counts:
    """What is exercised, exercisable and unvested of a grant when a portfolio has been followed to a day."""
    tranches = [tranche for tranche in history.tranches if tranche.grant.label == label]
    exercised = sum(tranche.iso_exercised + tranche.nso_exercised for tranche in tranches)
    if has_lapsed(portfolio.grant(label), portfolio.termination, history.through):
        return Counts(exercised, 0, 0)
    open_tranches = [tranche for tranche in tranches if not tranche.canceled]
    vested = sum(tranche.unexercised for tranche in open_tranches if tranche.vests <= history.through)
    return Counts(exercised, vested, sum(tranche.unexercised for tranche in open_tranches) - vested)


def vested_left(history: History, label: str, kind: OptionType) -> int:
    """Shares of one grant and kind that are vested and not exercised on the day to which a portfolio was followed.

    Whether they can still be exercised, and as ISOs, is another question (`iso_standing`).
    """
    return sum(
        tranche.left(kind)
        for tranche in history.tranches
        if tranche.grant.label == label and tranche.vests <= history.through and not tranche.canceled
    )


class ExercisableISO(NamedTuple):
    """Shares of one grant that can be exercised as ISOs, at one strike, in dollars per share."""

    label: str
    strike: float
    shares: int


def exercisable_isos(history: History, portfolio: Portfolio) -> list[ExercisableISO]:
    """What is vested and can be exercised as ISOs on the day to which a portfolio has been followed, grant by grant.

    Options that have lapsed are none, nor are those that are NSOs by then: past the ten years or the law's time after
    employment has ended (IRC 422(a)(2), (b)(3)), from a disqualification on, or above the $100,000 of their year.
    """
    return _vested_isos(history, portfolio, "ISO")


def isos_left_out(history: History, portfolio: Portfolio) -> list[str]:
    """A sentence on the vested ISO shares of each grant that have expired, or are no longer ISOs, on that day."""
    return [
        left_out_sentence(one.label, one.shares, standing)
        for standing in ("expired", "no longer an ISO")
        for one in _vested_isos(history, portfolio, standing)
    ]


def left_out_sentence(label: str, shares: int, standing: IsoStanding) -> str:
    """Why the shares of a grant fill no room.

    >>> left_out_sentence("ES-1", 10_000, "expired")
    'ES-1 has expired: its 10,000 shares are left out.'
    """
    has = "has expired" if standing == "expired" else "is no longer an ISO (IRC 422(a)(2), (b)(3))"
    return f"{label} {has}: its {shares:,} shares are left out."


def _vested_isos(history: History, portfolio: Portfolio, standing: IsoStanding) -> list[ExercisableISO]:
    """What is vested and not exercised of the ISOs that stand so on the day to which a portfolio has been followed."""
    left: dict[tuple[str, float], int] = {}
    for tranche in history.tranches:
        grant = tranche.grant
        if grant.option_type != "ISO" or iso_standing(grant, portfolio.termination, history.through) != standing:
            continue
        is_open = tranche.vests <= history.through and not tranche.canceled
        if is_open and (shares := tranche.left("ISO")):
            key = grant.label, tranche.strike
            left[key] = left.get(key, 0) + shares
    return [ExercisableISO(label, strike, shares) for (label, strike), shares in left.items()]


def iso_standing(grant: Grant, termination: Termination | None, day: date) -> IsoStanding:
    """What an option that was granted as an ISO is on a day; only an "ISO" fills the AMT room.

    >>> grant = Grant("ES-1", "ISO", date(2015, 3, 1), 1.25, 10_000)
    >>> iso_standing(grant, None, date(2025, 3, 1)), iso_standing(grant, None, date(2025, 3, 2))
    ('ISO', 'expired')
    >>> iso_standing(grant, Termination(date(2024, 1, 31)), date(2024, 5, 1))
    'no longer an ISO'
    """
    if has_lapsed(grant, termination, day):
        return "expired"
    after_the_work = last_day_as_iso(termination) if termination and termination.day < day else None
    ends = (after_the_work, grant.last_day_of_an_iso)
    if grant.type_on(day) != "ISO" or any(end is not None and end < day for end in ends):
        return "no longer an ISO"
    return "ISO"


def has_lapsed(grant: Grant, termination: Termination | None, day: date) -> bool:
    """Whether the options have ended before a day: by their term, or by the plan's window after employment."""
    ended = termination is not None and termination.day < day
    last_day = last_day_by_plan(grant, termination) if termination and ended else grant.last_day
    return last_day is not None and last_day < day
