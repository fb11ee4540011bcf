"""How many shares of a lot to sell by December 31, of all whole numbers, where the price of the rest is foreseen."""

from __future__ import annotations

from dataclasses import fields
from math import ceil, floor
from typing import Any, NamedTuple

from xl_amt.arithmetic.lines import HALF_A_CENT, Line
from xl_amt.arithmetic.piecewise import Piecewise
from xl_amt.equity.amounts import EquityAmounts, moved_by
from xl_amt.equity.sales import sell
from xl_amt.planning.december.by_price import LaterSale
from xl_amt.planning.december.question import December


class SharesSold(NamedTuple):
    """Whole shares to sell now, and the money after tax of them and of the rest, in dollars."""

    shares: int
    money: float


def most_money(
    question: December, now: LaterSale, later: LaterSale, price: float, later_price: float, through: int
) -> SharesSold:
    """The whole shares of a lot to sell ``now`` at a price, the rest ``later``, that leave the most money after tax.

    The money is straight between the kinks of the forms, so that the best number is beside one; of equals the fewest.
    """
    shares = now.lot.shares
    sold = Piecewise.unknown(shares)
    kept = shares - sold
    moved = {
        now.day.year: _times(moved_by(sell(now.lot.of(1.0), price, now.day)), sold),
        later.day.year: _times(moved_by(sell(later.lot.of(1.0), later_price, later.day)), kept),
    }
    years = question.after(moved, through)
    money: Any = question.money(years, {now.day.year: price * sold, later.day.year: later_price * kept})
    whole = {number for kink in (*money.kinks, shares) for number in (floor(kink), ceil(kink)) if number <= shares}
    best = SharesSold(0, money.at(0.0))
    for number in sorted(whole):
        if (here := money.at(float(number))) > best.money + HALF_A_CENT:
            best = SharesSold(number, here)
    return best


def _times(of_one_share: EquityAmounts, shares: Line) -> EquityAmounts:
    amounts: dict[str, Any] = {
        item.name: shares * amount
        for item in fields(EquityAmounts)
        if item.name != "has_sales" and (amount := getattr(of_one_share, item.name))
    }
    return EquityAmounts(has_sales=True, **amounts)
