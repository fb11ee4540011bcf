"""Which lots to sell by December 31, and how much of them, so the year's exercises owe no AMT."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from xl_amt.arithmetic.lines import HALF_A_CENT, of_one
from xl_amt.equity.history import follow
from xl_amt.equity.lots import Lot, lots_called
from xl_amt.equity.portfolio import Portfolio
from xl_amt.equity.sales import Disposition, sell
from xl_amt.forms.minimum_tax import MinimumTax
from xl_amt.forms.tax_systems import limiting
from xl_amt.household import Household
from xl_amt.planning.shares_to_sell import shares_to_sell, with_sale
from xl_amt.planning.unknown import excess_of, owed
from xl_amt.planning.years import years

Offer = tuple[Lot, Disposition]  # a lot, and the sale of one share of it
Pick = Callable[[Sequence[MinimumTax], float, Sequence[Offer]], Offer]


class SharesOfLot(NamedTuple):
    """Whole shares of one lot, with their sale."""

    lot: Lot
    shares: int
    sale: Disposition


def sales_without_amt(
    portfolio: Portfolio, facts: Household, price: float, lots: Sequence[str] = ()
) -> list[SharesOfLot] | None:
    """The shares to sell at a price by December 31, lot after lot, so the year owes no AMT; None if none do.

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
    spread = begun.iso_spread
    if owed([begun.tax_return], spread) < HALF_A_CENT:
        return []
    named = lots_called(follow(this_year, last_day).held, lots, f"the sale of {last_day}")
    offers = [(lot, sale) for lot in named if (sale := same_year_sale(lot, price, last_day))]
    return sold_until_no_amt([begun.tax_return], spread, offers, lambda _, __, left: left[0])


def same_year_sale(lot: Lot, price: float, day: date) -> Disposition | None:
    """The sale of one share of a lot that takes its spread out of the year's AMT income; None where none does."""
    if lot.kind != "ISO" or lot.income_day.year != day.year or lot.vested > day:
        return None
    share = sell(lot.of(1), price, day)
    return share if share.kind == "same-year" else None


def sold_until_no_amt(
    tax_returns: Sequence[MinimumTax], spread: float, offers: Sequence[Offer], pick: Pick
) -> list[SharesOfLot] | None:
    """The whole shares of lots that are picked one after another until no return owes AMT; None if all are too few.

    The returns and the spread are those without the sales; an offer is a lot with the sale of one of its shares.
    """
    left, chosen = list(offers), list[SharesOfLot]()
    tax_returns = list(limiting(tuple(tax_returns)))
    while owed(tax_returns, spread) >= HALF_A_CENT:
        if not left:
            return None
        offer = pick(tax_returns, spread, left)
        left.remove(offer)
        lot, share = offer
        shares = shares_to_sell(tax_returns, spread, lot.shares, share)
        sold = lot.shares if shares is None else shares
        chosen.append(SharesOfLot(lot, int(sold), sell(lot.of(sold), share.price, share.day)))
        facts_after, spread_after = with_sale(tax_returns[0].facts, spread, share, sold)
        tax_returns, spread = [each.with_facts(facts_after) for each in tax_returns], of_one(spread_after)
    return chosen


def most_off(tax_returns: Sequence[MinimumTax], spread: float, left: Sequence[Offer]) -> Offer:
    """The offer of which a share takes most off what the tentative tax passes the regular tax by."""

    def after_a_share(offer: Offer) -> float:
        facts_after, spread_after = with_sale(tax_returns[0].facts, spread, offer[1], 1.0)
        return of_one(excess_of([each.with_facts(facts_after) for each in tax_returns], spread_after))

    return min(left, key=after_a_share)
