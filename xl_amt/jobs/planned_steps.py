"""The exercises and sales that a record plans, as entries of its calendar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xl_amt.calendar.due import Due
from xl_amt.client import ClientRecord, Exercise, Holding, Sale
from xl_amt.equity.words import dollars, grouped, listed, price_of, shares_of


def planned_steps(record: ClientRecord) -> Iterator[Due]:
    """An entry for each planned exercise and sale; of several holdings it begins with the company."""
    several = len(record.holdings) > 1
    for holding in record.holdings:
        yield from _planned(holding, several=several)


def _planned(holding: Holding, *, several: bool) -> Iterator[Due]:
    company = holding.name if several else ""
    strikes = {grant.label: grant.strike for grant in holding.grants}
    exercises = [one for one in holding.exercises if one.status == "planned"]
    for (label, _), of_day in grouped(exercises, lambda one: (one.grant, one.day)).items():
        yield _exercise(of_day, strikes[label], company)
    sales = [one for one in holding.sales if one.status == "planned"]
    for of_one_day in grouped(sales, lambda one: one.day).values():
        yield _sale(of_one_day, company)


def _exercise(of_day: Sequence[Exercise], strike: float, company: str) -> Due:
    """What is exercised of a grant on a day."""
    first = of_day[0]
    subject = f"{company}, {first.grant}" if company else first.grant
    shares = sum(one.shares for one in of_day)
    values = [price_of(one.value) for one in of_day if one.value is not None]
    return Due(
        first.day,
        "planned exercise",
        subject,
        f"{subject}: exercise {shares_of(shares)}, as planned",
        f"Strike to pay: {dollars(shares * strike)}, {price_of(strike)} a share"
        f"{f', at a value of {listed(values)}' if values else ''}.",
        "",
    )


def _sale(of_day: Sequence[Sale], company: str) -> Due:
    """What is sold of a holding on a day."""
    what = f"sell {shares_of(sum(one.shares for one in of_day))}, as planned"
    return Due(
        of_day[0].day,
        "planned sale",
        company,
        f"{company}: {what}" if company else what.capitalize(),
        " ".join(map(_proceeds, of_day)),
        "",
    )


def _proceeds(sale: Sale) -> str:
    lots = f"Of {listed(sale.lots)}. " if sale.lots else ""
    return f"{lots}Proceeds: {dollars(sale.shares * sale.price)}, {price_of(sale.price)} a share."
