"""What the workbook's table of December is built from: the lots of the year asked, and the equity of later years."""

from __future__ import annotations

from datetime import date

from xl_amt.client import ClientRecord
from xl_amt.client.record import Standing
from xl_amt.client.year_asked import year_asked
from xl_amt.equity.flags import acquired_near
from xl_amt.equity.sales import sell
from xl_amt.errors import AmtError
from xl_amt.jobs.december_of_record import LotHeld, year_held
from xl_amt.planning.december.ways import last_trading_day
from xl_amt.workbook.book import DecemberLot, DecemberYear


def december_lots(record: ClientRecord) -> DecemberYear | None:
    """The lots of the year asked; none of them where it has none that can be decided on, None without a year."""
    year = year_asked(record)
    if year is None:
        return None
    try:
        held = year_held(record, year)
    except AmtError:
        return DecemberYear(year, (), {})
    planned = {
        (holding.company, exercise.grant, exercise.day)
        for holding in record.holdings
        for exercise in holding.exercises
        if exercise.status == "planned"
    }
    lots = tuple(_lot(one, planned, year) for one in held.lots)
    return DecemberYear(year, lots, {own: made for own, made in held.equity.amounts.items() if own > year})


def _lot(one: LotHeld, planned: set[tuple[str, str, date]], year: int) -> DecemberLot:
    lot = one.lot
    standing: Standing = "planned" if (one.company, lot.grant_label, lot.acquired) in planned else "done"
    sale = sell(lot, lot.amt_basis, last_trading_day(year))
    return DecemberLot(
        lot=lot.label,
        company=one.company,
        standing=standing,
        shares=lot.shares,
        strike=lot.strike,
        value=lot.value_at_exercise,
        granted=lot.grant_date or lot.acquired,
        acquired=lot.acquired,
        vested=lot.vested if lot.exercised_early else None,
        value_at_vest=lot.fmv_at_vest if lot.exercised_early else None,
        election_83b=lot.election_83b,
        near=acquired_near(one.history, sale),
    )
