"""What a client workbook is built from: the record, and what its ledger makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xl_amt.calendar import Calendar
from xl_amt.client import ClientRecord, Holding
from xl_amt.client.portfolios import portfolio_of
from xl_amt.client.record import Standing
from xl_amt.equity.amounts import income_shares, shares_without_income
from xl_amt.equity.history import follow
from xl_amt.equity.ledger import History
from xl_amt.equity.lots import Lot
from xl_amt.equity.portfolio import Portfolio
from xl_amt.equity.sales import Disposition
from xl_amt.errors import AmtError
from xl_amt.jobs.december_lots import december_lots
from xl_amt.jobs.done_amounts import done_amounts
from xl_amt.jobs.due_of_record import due_of_record
from xl_amt.jobs.grants_by_year import grants_by_year
from xl_amt.jobs.options_left import options_left
from xl_amt.jobs.years_report import report_years
from xl_amt.workbook.book import Book, LotRow, SoldRow


def book_of(record: ClientRecord) -> Book:
    """The record with its lots and sales to the end of its last year; the same record gives the same book.

    Exercises and sales that are planned are in it as planned. A record that cannot be followed yet has neither, and the
    sentence that says why is its note.
    """
    followed_grants = grants_by_year(record)
    try:
        notes = report_years(record).notes
        lots, sold = _lots_and_sales(record)
        done = done_amounts(record)
        left = options_left(record)
    except AmtError as error:
        return Book(record, grants=followed_grants.rows, notes=(str(error), *followed_grants.notes))
    calendar = calendar_shown(record)
    return Book(
        record,
        lots=lots,
        sold=sold,
        due=calendar.entries,
        done=done,
        options_left=left,
        grants=followed_grants.rows,
        notes=tuple(dict.fromkeys((*notes, *followed_grants.notes, *calendar.notes))),
        december=december_lots(record),
    )


def lots_of(record: ClientRecord) -> tuple[LotRow, ...]:
    """The lots of a record to the end of its last year, done and planned; AmtError where they cannot be followed."""
    return _lots_and_sales(record)[0]


def _lots_and_sales(record: ClientRecord) -> tuple[tuple[LotRow, ...], tuple[SoldRow, ...]]:
    through = date(record.years[-1].year, 12, 31)
    followed = [_Followed(holding, through) for holding in record.holdings]
    return tuple(row for one in followed for row in one.lots()), tuple(row for one in followed for row in one.sold())


def calendar_shown(record: ClientRecord) -> Calendar:
    """What is due; a note alone where that cannot be said."""
    try:
        return due_of_record(record)
    except AmtError as error:
        return Calendar((), (str(error),))


class _Followed:
    """A holding followed to the end of a day."""

    def __init__(self, holding: Holding, through: date) -> None:
        self.holding = holding
        self.portfolio: Portfolio = portfolio_of(holding).until(through)
        self.history: History = follow(self.portfolio, through)
        self.planned = {(one.grant, one.day) for one in holding.exercises if one.status == "planned"}
        done = [one.day for one in holding.exercises if one.status == "done"]
        done += [one.day for one in holding.sales if one.status == "done"]
        self.known_by = max([*done, *([holding.as_of] if holding.as_of else [])], default=None)

    def lots(self) -> Iterator[LotRow]:
        """One row per lot, in the shares of the last day."""
        no_income = shares_without_income(self.history)
        left = {lot.key: lot.shares for lot in self.history.held}
        for lot in self.history.lots:
            yield LotRow(
                name=lot.label,
                company=self.holding.company,
                holder=self.holding.holder,
                grant=lot.grant_label,
                kind=lot.kind,
                granted=lot.grant_date,
                acquired=lot.acquired,
                vested=lot.vested if lot.exercised_early else None,
                income_day=lot.income_day,
                shares=lot.shares,
                held=left.get(lot.key, 0.0),
                income_shares=income_shares(lot, no_income) * lot.split_by,
                strike=lot.strike,
                value=lot.fmv_at_vest if lot.is_taxed_at_vesting else lot.fmv,
                standing=self._standing(lot),
            )

    def sold(self) -> Iterator[SoldRow]:
        """A row for what each sale takes of each lot, in the shares of its day."""
        for sale in self.history.sales:
            lot = sale.lot
            yield SoldRow(
                lot=lot.label,
                company=self.holding.company,
                holder=self.holding.holder,
                kind=lot.kind,
                granted=lot.grant_date,
                acquired=lot.acquired,
                vested=lot.vested if lot.exercised_early else None,
                income_day=lot.income_day,
                strike=lot.strike,
                value=lot.fmv,
                value_at_vest=lot.fmv_at_vest if lot.exercised_early else None,
                election_83b=lot.election_83b,
                day=sale.day,
                shares=lot.shares,
                price=sale.price,
                loss_allowed=sale.loss_allowed,
                standing=self._standing_of_sale(sale),
                figures=None if _has_functions(sale) else sale,
            )

    def _standing(self, lot: Lot) -> Standing:
        """Whether a lot is there: shares that vest after the last day that is known are planned for."""
        if (lot.grant_label, lot.acquired) in self.planned:
            return "planned"
        known = lot.kind != "RSU" or not self.known_by or lot.acquired <= self.known_by
        return "done" if known else "planned"

    def _standing_of_sale(self, sale: Disposition) -> Standing:
        """That of the record's sale of the same day and price; the sale within a cashless exercise has the lot's."""
        standings = {one.status for one in self.holding.sales if (one.day, one.price) == (sale.day, sale.price)}
        if not standings:
            return self._standing(sale.lot)
        return "done" if "done" in standings else "planned"


def _has_functions(sale: Disposition) -> bool:
    """Whether the worksheet functions of sales answer for it: not for repurchases, nor where a value is not stated."""
    lot = sale.lot
    values = (lot.fmv, lot.fmv_at_vest) if lot.exercised_early else (lot.fmv,)
    return sale.kind != "repurchase" and all(values) and not (sale.price == 0.0 and sale.loss_allowed)
