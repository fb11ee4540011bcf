"""What the planned exercises and sales of a record put on the forms of each year."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

from xl_amt.client import ClientRecord
from xl_amt.client.households import households
from xl_amt.client.portfolios import portfolios
from xl_amt.equity.amounts import EquityAmounts
from xl_amt.jobs.years_report import years_of


def planned_amounts(record: ClientRecord) -> dict[int, EquityAmounts]:
    """The amounts of each year with the planned steps, less those without them; AmtError where none can be figured.

    A share of an exercise that is done, and planned to be sold in its year, has its spread taken away here.
    """
    made = households(record)
    last_day = date(made.households[-1].year, 12, 31)
    with_them, without = (
        years_of(made, [portfolio.until(last_day) for portfolio in portfolios(record, planned=planned)])
        for planned in (True, False)
    )
    return {
        one.household.year: _less(one.amounts, other.amounts) for one, other in zip(with_them, without, strict=True)
    }


def _less(amounts: EquityAmounts, others: EquityAmounts) -> EquityAmounts:
    names = [item.name for item in fields(EquityAmounts) if item.name != "has_sales"]
    return EquityAmounts(**{name: getattr(amounts, name) - getattr(others, name) for name in names})
