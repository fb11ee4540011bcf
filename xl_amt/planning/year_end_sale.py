"""Which lots to sell by 31 December, and how much of them, so that the year's exercises owe no AMT."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from xl_amt.arithmetic.lines import HALF_A_CENT, of_one
from xl_amt.equity.history import follow
from xl_amt.equity.lots import Lot, lots_called
from xl_amt.equity.portfolio import Portfolio
from xl_amt.equity.sales import Disposition, sell
from xl_amt.forms.minimum_tax import MinimumTax
from xl_amt.household import Household
from xl_amt.planning.shares_to_sell import shares_to_sell, with_sale
from xl_amt.planning.years import years


class SharesOfLot(NamedTuple):
    """Whole shares of one lot, with their sale."""

    lot: Lot
    shares: int
    sale: Disposition


def sales_without_amt(
    portfolio: Portfolio, facts: Household, price: float, lots: Sequence[str] = ()
) -> list[SharesOfLot] | None:
    """The shares to sell at a price by 31 December, lot after lot, so that the year owes no AMT; None if none do.

    ``facts`` hold the rest of that year. Lots whose spread is AMT income of the year are sold in the order of
    ``lots``, labels as in `Sale`; with none, the oldest first. A lot whose sale would be qualifying is left alone:
    its spread would stay.

    >>> from xl_amt.equity.grants import Grant
    >>> from xl_amt.equity.portfolio import Exercise
    >>> grant = Grant("ES-1", "ISO", date(2023, 1, 15), 1.0, 10_000, fmv_at_grant=1.0)
    >>> portfolio = Portfolio((grant,), (Exercise("ES-1", date(2024, 3, 1), 10_000, fmv=11.0),))
    >>> sold = sales_without_amt(portfolio, Household(2024, "single", 150_000.0), price=9.0)
    >>> [(item.lot.label, item.shares) for item in sold]
    [('ES-1 / 2024-03-01 / ISO vesting 2023-01-15', 7041)]
    """
    last_day = date(facts.year, 12, 31)
    this_year = portfolio.until(last_day)
    (begun,) = years(this_year, [facts])
    tax_return: MinimumTax = begun.tax_return
    spread = begun.iso_spread
    chosen: list[SharesOfLot] = []
    if of_one(tax_return.minimum_tax(spread).alternative_minimum_tax) < HALF_A_CENT:
        return chosen
    for lot in lots_called(follow(this_year, last_day).held, lots, f"the sale of {last_day}"):
        if lot.kind != "ISO" or lot.income_day.year != facts.year or lot.vested > last_day:
            continue
        share = sell(lot.of(1), price, last_day)
        if share.kind != "same-year":
            continue
        shares = shares_to_sell([tax_return], spread, lot.shares, share)
        sold = lot.shares if shares is None else shares
        chosen.append(SharesOfLot(lot, int(sold), sell(lot.of(sold), price, last_day)))
        if shares is not None:
            return chosen
        facts_after, spread_after = with_sale(tax_return.facts, spread, share, sold)
        tax_return, spread = tax_return.with_facts(facts_after), of_one(spread_after)
    return None
