"""December's money figured another way: real sales in a portfolio, followed day by day through each year's forms."""

from dataclasses import replace

from xl_amt.equity.grants import Grant
from xl_amt.equity.portfolio import Exercise, Portfolio, Sale
from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.household import Household
from xl_amt.planning.state_years import StateFacts
from xl_amt.planning.years import years


def exercised(*, granted, day, shares, strike, fmv):
    """The portfolio of one grant, exercised on one day."""
    grant = Grant("ES-1", "ISO", granted, strike, shares, fmv_at_grant=strike)
    return Portfolio((grant,), (Exercise("ES-1", day, shares, fmv=fmv),))


def households(first, last, income, later_income=None, status="single", **facts):
    """One household a year, the first with the facts that are not repeated."""
    credit = facts.pop("minimum_tax_credit", 0.0)
    made = [
        Household(year, status, income if year == first or later_income is None else later_income, **facts)
        for year in range(first, last + 1)
    ]
    return [replace(made[0], minimum_tax_credit=credit), *made[1:]]


def states_of(codes, facts, own=None):
    """The states among the codes, each year with the same own facts; not given, none that are not 0."""
    states = [TAX_SYSTEMS[code] for code in codes if code != "US"]
    return [
        StateFacts(each, tuple(own or (each.own_facts() if each.own_facts else None) for _ in facts)) for each in states
    ]


def money(portfolio, facts, sales, *, codes=("US",), credit_left_at=0.0, given=True, own=None):
    """What sales (day, shares, price) bring after the taxes of all years, and the worth of the credit left."""
    sold = tuple(Sale(day, shares, price) for day, shares, price in sales if shares)
    every = years(
        replace(portfolio, sales=(*portfolio.sales, *sold)),
        facts,
        states_of(codes, facts, own),
        [one.year for one in facts] if given else (),
    )
    found = sum(shares * price for _, shares, price in sales)
    for one in every:
        found -= one.tax.total if "US" in codes else 0.0
        found -= sum(state.tax.total for state in one.states)
    left = [max(every[-1].credit_carried, 0.0)] if "US" in codes else []
    left += [max(state.credit_carried, 0.0) for state in every[-1].states]
    return found + credit_left_at * sum(left)
