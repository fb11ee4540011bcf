"""What the workbook's sheet Leaving takes from the ledger: the options of each grant that are left, by vesting day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from xl_amt.client import ClientRecord, Holding
from xl_amt.client.portfolios import portfolio_of
from xl_amt.equity.history import follow
from xl_amt.equity.tranches import Tranche
from xl_amt.workbook.book import OptionsLeft


def options_left(record: ClientRecord) -> tuple[OptionsLeft, ...]:
    """A row for each grant of options and day of vesting that no exercise of the record that is done has emptied.

    Whenever the record says that work ends, all that would vest is there: the sheet asks for the last day itself. The
    shares are those of the end of the record's last year, as the planner counts them. AmtError for a record that cannot
    be followed.
    """
    through = date(record.years[-1].year, 12, 31)
    return tuple(row for holding in record.holdings for row in _of(holding, through))


def _of(holding: Holding, through: date) -> Iterator[OptionsLeft]:
    # Shares that the company takes back are of unvested ones when work ends, of which nothing is said here.
    working = replace(holding, work_ended=None, repurchases=())
    portfolio = portfolio_of(working, planned=False).until(through)
    made: dict[tuple[str, date], OptionsLeft] = {}
    for tranche in follow(portfolio, through).tranches:
        if tranche.canceled or tranche.grant.option_type == "RSU" or not tranche.unexercised:
            continue
        row = _row(holding, tranche)
        before = made.get((row.grant, row.vests))
        if before:
            row = row._replace(isos=row.isos + before.isos, nsos=row.nsos + before.nsos)
        made[row.grant, row.vests] = row
    yield from made.values()


def _row(holding: Holding, tranche: Tranche) -> OptionsLeft:
    grant = tranche.grant
    return OptionsLeft(
        company=holding.company,
        holder=holding.holder,
        grant=grant.label,
        vests=tranche.vests,
        isos=tranche.left("ISO"),
        nsos=tranche.left("NSO"),
        strike=tranche.strike,
        ends=grant.last_day,
        iso_term=grant.last_day_of_an_iso,
        disqualified=grant.disqualified,
    )
