"""The calendar that a client's workbook shows: what is due, and the steps that the record plans, without a clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xl_amt.calendar import Calendar, Due
from xl_amt.client import ClientRecord, Exercise, Holding, Sale
from xl_amt.equity.words import dollars, listed, price_of, shares_of
from xl_amt.jobs.due_dates import Besides, due_dates

_LAST_DAY_OF_RETURNS = (4, 30)  # month and day of the next year by which a year's taxes are due


def due_of_record(record: ClientRecord) -> Calendar:
    """Everything due for a record's holdings, and each planned exercise and sale, in order of its day.

    It begins on the first day on which a holding is counted, else with the record's first year, and ends when the taxes
    of its last year are due. Nothing is due for a record without a year or a holding. AmtError says what of the record
    cannot be followed.
    """
    if not record.years or not record.holdings:
        return Calendar((), ())
    of_years = [one.year for one in record.years]
    first_day = min((one.as_of for one in record.holdings if one.as_of), default=date(min(of_years), 1, 1))
    last_day = max(first_day, date(max(of_years) + 1, *_LAST_DAY_OF_RETURNS))
    found = due_dates(record, Besides(), first_day, last_day)
    several = len(record.holdings) > 1
    planned = [due for holding in record.holdings for due in _planned(holding, several=several)]
    entries = [*found.entries, *(due for due in planned if first_day <= due.day <= last_day)]
    return found._replace(entries=tuple(sorted(entries, key=lambda due: (due.day, due.subject, due.title))))


def _planned(holding: Holding, *, several: bool) -> Iterator[Due]:
    company = holding.name if several else ""
    strikes = {grant.label: grant.strike for grant in holding.grants}
    for exercise in holding.exercises:
        if exercise.status == "planned":
            yield _exercise(exercise, strikes[exercise.grant], company)
    for sale in holding.sales:
        if sale.status == "planned":
            yield _sale(sale, company)


def _exercise(exercise: Exercise, strike: float, company: str) -> Due:
    subject = f"{company}, {exercise.grant}" if company else exercise.grant
    value = "" if exercise.value is None else f", at a value of {price_of(exercise.value)}"
    return Due(
        exercise.day,
        "planned exercise",
        subject,
        f"{subject}: exercise {shares_of(exercise.shares)}, as planned",
        f"Strike to pay: {dollars(exercise.shares * strike)}, {price_of(strike)} a share{value}.",
        "",
    )


def _sale(sale: Sale, company: str) -> Due:
    what = f"sell {shares_of(sale.shares)}, as planned"
    lots = f"Of {listed(sale.lots)}. " if sale.lots else ""
    return Due(
        sale.day,
        "planned sale",
        company,
        f"{company}: {what}" if company else what.capitalize(),
        f"{lots}Proceeds: {dollars(sale.shares * sale.price)}, {price_of(sale.price)} a share.",
        "",
    )
