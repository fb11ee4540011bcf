"""What is done already puts on the forms of each year of a record, whatever is planned in addition."""

from __future__ import annotations

from datetime import date

from xl_amt.client import ClientRecord
from xl_amt.client.households import households
from xl_amt.client.portfolios import portfolios
from xl_amt.equity.amounts import EquityAmounts
from xl_amt.jobs.years_report import years_of


def done_amounts(record: ClientRecord) -> dict[int, EquityAmounts]:
    """The amounts of each year without its planned exercises and sales; AmtError where none can be figured.

    The spread of exercises that are not listed is not among them: the client states it by year.
    """
    made = households(record)._replace(spread_exercised={})
    last_day = date(made.households[-1].year, 12, 31)
    held = [portfolio.until(last_day) for portfolio in portfolios(record, planned=False)]
    return {one.household.year: one.amounts for one in years_of(made, held)}
