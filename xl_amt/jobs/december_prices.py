"""The prices of December's decision: what is paid for a share now, if there is a market, and what it may be later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from xl_amt.client import Plan
from xl_amt.equity.portfolio import Portfolio
from xl_amt.errors import ArgumentError


class LaterPrices(NamedTuple):
    """Each company's later price, and where one is from that nobody gave."""

    prices: dict[str, float]
    notes: list[str]


def by_company(prices: Mapping[str, float], companies: Sequence[str], option: str) -> dict[str, float]:
    """The prices by the companies' names; ArgumentError for one that is none, or that names no company of these.

    >>> by_company({"acme": 30.0}, ["Acme", "Bolt"], "--price")
    {'Acme': 30.0}
    """
    found: dict[str, float] = {}
    by_key = {company.casefold(): company for company in companies}
    for name, price in prices.items():
        if not name and len(companies) > 1:
            raise ArgumentError(
                f"{option}: this year's shares are from {' and '.join(companies)}; say whose price it is, as in "
                f'{option} "{companies[0]}={price:g}".'
            )
        company = by_key.get(name.casefold()) if name else companies[0]
        if company is None:
            raise ArgumentError(f"{option}: no ISO shares of the year are from '{name}'; use {' or '.join(companies)}.")
        if price <= 0.0:
            raise ArgumentError(f"{option}: {price:g} is not a price per share; enter more than 0.")
        found[company] = price
    return found


def later_prices(
    foreseen: Mapping[str, float], now: Mapping[str, float], plan: Plan, held: Mapping[str, Portfolio], through: int
) -> LaterPrices:
    """Each company's later price: what is foreseen, the plan's value of the last year, the price now, or a known value.

    ``held`` are the portfolios by company. ArgumentError for a company of which nothing is known.
    """
    later: dict[str, float] = {}
    notes: list[str] = []
    for company, portfolio in held.items():
        if company in foreseen:
            later[company] = foreseen[company]
            continue
        price, source = _known_price(company, now, plan.values.get(through) if len(held) == 1 else None, portfolio)
        later[company] = price
        notes.append(f"The later price of {company or 'a share'}, {price:,.2f}, is {source}; --later-price changes it.")
    return LaterPrices(later, notes)


def _known_price(
    company: str, now: Mapping[str, float], planned: float | None, portfolio: Portfolio
) -> tuple[float, str]:
    if planned is not None:
        return planned, "the plan's value"
    if company in now:
        return now[company], "the price now"
    known = portfolio.last_value(date.max)
    if known is None:
        raise ArgumentError(f"{company or 'the shares'}: no later price is known; add it with --later-price.")
    return known[1], f"the value of {known[0]}"
