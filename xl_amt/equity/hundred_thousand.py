"""The $100,000 rule: which options of a grant are ISOs, and which count as NSOs (IRC 422(d); Treas. Reg. 1.422-4).

Options count in the calendar year in which they can first be exercised, at the value per share at grant, in the order
of their grants. What passes the limit is an NSO. An ISO part is whole shares, rounded down.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache

from xl_amt.equity.tranches import Tranche
from xl_amt.equity.words import grouped
from xl_amt.law.incentive_stock_options import incentive_stock_option_law


def iso_part(shares: float, fmv_at_grant: float, value_before: float) -> float:
    """The whole shares of a tranche that are ISOs.

    ``value_before`` is the value at grant, in dollars, of all ISOs of earlier grants, and of earlier tranches of the
    same one, that can first be exercised in the same calendar year. Figured in exact decimals, as the amounts are
    written: a limit that is met to the cent is not passed.

    >>> iso_part(15_000, 10.0, 0.0), iso_part(1_000, 10.0, 95_005.0)
    (10000.0, 499.0)
    """
    return float(_shares_within(_limit() - _exactly(value_before), _exactly(fmv_at_grant), int(shares)))


def split(tranches: Iterable[Tranche], first_year: int = 0) -> None:
    """Set the ISO shares by rule of every ISO tranche that can first be exercised in a year or later.

    Grants of one day keep their order, and the tranches of a grant that of their vesting.

    What is exercised keeps its kind and goes first, so a later acceleration does not reach it (Treas. Reg.
    1.422-4(b)(4)); what was canceled or disqualified before the year does not count, and otherwise it does
    (1.422-4(b)(5)).
    """
    counted = [
        tranche
        for tranche in sorted(tranches, key=lambda tranche: tranche.grant.granted_on)
        if (year := tranche.exercisable.year) >= first_year and not _is_gone_before(tranche, year)
    ]
    for of_year in grouped(counted, lambda tranche: tranche.exercisable.year).values():
        left = _limit() - sum(tranche.iso_exercised * _value_of(tranche) for tranche in of_year)
        for tranche in of_year:
            value = _value_of(tranche)
            part = _shares_within(left, value, tranche.unexercised)
            tranche.iso_shares_by_rule = tranche.iso_exercised + part
            left -= tranche.unexercised * value


def _is_gone_before(tranche: Tranche, year: int) -> bool:
    gone = (tranche.canceled, tranche.grant.disqualified)
    return any(day is not None and day.year < year for day in gone)


def _value_of(tranche: Tranche) -> Fraction:
    """The value at grant of one share as it is now: a split changes no value in total."""
    value = _exactly(tranche.grant.value_at_grant)
    return value if tranche.split_by == 1 else value / tranche.split_by


def _limit() -> Fraction:
    return Fraction(incentive_stock_option_law().value_limit)


def _shares_within(left: Fraction, value: Fraction, shares: int) -> int:
    """As many of the shares, whole, of a value each, as a value in dollars holds."""
    if left <= 0:
        return 0
    return shares if shares * value <= left else int(left / value)


@lru_cache(maxsize=1_024)
def _exactly(amount: float) -> Fraction:
    """The decimal number that an amount is written as."""
    return Fraction(repr(float(amount)))
