"""The fewest shares to sell by December 31 so that the year owes no AMT, of one lot or of several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from math import atan2, cos, sin, tau

from xl_amt.arithmetic.lines import HALF_A_CENT
from xl_amt.equity.lots import Lot
from xl_amt.equity.sales import sell
from xl_amt.forms.minimum_tax import MinimumTax
from xl_amt.forms.tax_systems import limiting
from xl_amt.planning.december.question import December, returns_of
from xl_amt.planning.december.ways import last_trading_day
from xl_amt.planning.shares_to_sell import with_sales
from xl_amt.planning.unknown import owed
from xl_amt.planning.year_end_sale import Offer, SharesOfLot, most_off, same_year_sale, sold_until_no_amt
from xl_amt.planning.years import EquityYear


def fewest_shares(
    question: December, held: EquityYear, offered: Iterable[tuple[Lot, float]]
) -> list[SharesOfLot] | None:
    """The whole shares of lots, each with its price, to sell so that no jurisdiction asked levies AMT; None for none.

    ``held`` is the year with every share held. Sold first is the lot of which a share takes most off; then one share
    fewer is tried in every order of lots that weighs income added against spread taken off, until none will do. A state
    income tax that is deducted stays as it is without the sales.
    """
    day = last_trading_day(question.year)
    offers = [(lot, sale) for lot, price in offered if (sale := same_year_sale(lot, price, day)) is not None]
    tax_returns, spread = returns_of(held, question.codes), held.iso_spread
    chosen = sold_until_no_amt(tax_returns, spread, offers, most_off)
    if not chosen or len(offers) == 1:
        return chosen
    orders = list(_orders(offers))
    while (shares := sum(item.shares for item in chosen)) > 1 and (
        fewer := _fewer(limiting(tuple(tax_returns)), spread, orders, shares - 1)
    ):
        chosen = fewer
    return chosen


def _fewer(
    tax_returns: Sequence[MinimumTax], spread: float, orders: Iterable[Sequence[Offer]], shares: int
) -> list[SharesOfLot] | None:
    """So many shares, taken lot after lot in one of the orders, without which no return owes AMT; None for none."""
    for order in orders:
        left, taken = shares, list[tuple[Offer, int]]()
        for offer in order:
            sold = min(int(offer[0].shares), left)
            left -= sold
            if sold:
                taken.append((offer, sold))
        facts, kept = with_sales(tax_returns[0].facts, spread, [(sale, float(sold)) for (_, sale), sold in taken])
        if owed([each.with_facts(facts) for each in tax_returns], kept) < HALF_A_CENT:
            return [SharesOfLot(lot, sold, sell(lot.of(sold), sale.price, sale.day)) for (lot, sale), sold in taken]
    return None


def _orders(offers: Sequence[Offer]) -> Iterator[list[Offer]]:
    """Every order of the lots by a weighing of the income that a share adds and the spread that it takes off.

    Regular and tentative tax depend on these two sums alone, and sums that lie furthest out come of such an order.
    """
    points = [(sale.wages + sale.gain, sale.lot.spread - sale.iso_spread) for _, sale in offers]
    turns = {
        (atan2(first[0] - second[0], second[1] - first[1]) + half) % tau
        for first, second in combinations(points, 2)
        if first != second
        for half in (0.0, tau / 2.0)
    }
    angles = sorted(turns) or [0.0]
    for before, after in pairwise([*angles, angles[0] + tau]):
        across, along = cos((before + after) / 2.0), sin((before + after) / 2.0)
        weights = {place: across * income + along * off for place, (income, off) in enumerate(points)}
        yield [offers[place] for place in sorted(weights, key=weights.__getitem__, reverse=True)]
