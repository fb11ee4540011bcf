"""The exercises and sales that a record plans, as entries of its calendar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from xl_amt.calendar.due import Due
from xl_amt.client import ClientRecord, Exercise, Holding, Sale
from xl_amt.equity.words import dollars, grouped, listed, price_of, shares_of


def planned_steps(record: ClientRecord) -> Iterator[Due]:
    """An entry for each planned exercise and sale; of several holdings it begins with the company."""
    several = len(record.holdings) > 1
    for holding in record.holdings:
        yield from _planned(holding, several=several)


def steps_not_done(record: ClientRecord, today: date) -> Iterator[str]:
    """A sentence on each planned step whose day has passed: the figures count it, and nobody said that it was done.

    >>> from xl_amt.client import Client, Grant
    >>> grant = Grant(label="ES-1", award="ISO", strike=2.0, shares=100)
    >>> step = Exercise(grant="ES-1", day=date(2026, 3, 2), shares=10, status="planned")
    >>> record = ClientRecord(client=Client(), holdings=(Holding(grants=(grant,), exercises=(step,)),))
    >>> [sentence.partition(", but")[0] for sentence in steps_not_done(record, date(2026, 3, 3))]
    ['ES-1: exercise 10 shares, as planned for 2026-03-02, is not done by the record']
    """
    for due in sorted(planned_steps(record), key=lambda due: due.day):
        if due.day < today:
            yield (
                f"{due.title} for {due.day}, is not done by the record, but its day has passed; if it was done, say so "
                "on its row, or else plan it again."
            )


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
