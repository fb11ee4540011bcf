"""The client workbook, sheet by sheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from functools import partial
from typing import Final

from openpyxl import Workbook
from openpyxl.workbook.properties import CalcProperties

from xl_amt import __version__
from xl_amt.client import Client, ClientRecord, ClientYear
from xl_amt.errors import ArgumentError
from xl_amt.law import enacted
from xl_amt.workbook.book import Book
from xl_amt.workbook.sheets.about import add_about
from xl_amt.workbook.sheets.calendar import add_calendar
from xl_amt.workbook.sheets.cash import add_cash
from xl_amt.workbook.sheets.checks import add_checks
from xl_amt.workbook.sheets.client import add_client
from xl_amt.workbook.sheets.credit import add_credit
from xl_amt.workbook.sheets.december import add_sales
from xl_amt.workbook.sheets.frozen_plan import add_frozen_plan
from xl_amt.workbook.sheets.gains import add_gains
from xl_amt.workbook.sheets.grants import add_grants
from xl_amt.workbook.sheets.holdings import add_holdings
from xl_amt.workbook.sheets.law_numbers import add_law
from xl_amt.workbook.sheets.leaving import add_leaving
from xl_amt.workbook.sheets.lots import add_lots
from xl_amt.workbook.sheets.outlook import add_outlook
from xl_amt.workbook.sheets.plan import add_plan
from xl_amt.workbook.sheets.printed_forms import add_form_6251, add_schedule_p
from xl_amt.workbook.sheets.record_tables import add_table
from xl_amt.workbook.sheets.returns import add_returns
from xl_amt.workbook.sheets.room import add_room
from xl_amt.workbook.sheets.scenarios import add_scenarios
from xl_amt.workbook.sheets.summary import add_summary
from xl_amt.workbook.tables.record_tables import (
    EVENTS,
    EXERCISES,
    FILES,
    LOG,
    OTHER_LOTS,
    REMARKS,
    VESTING,
)

# Excel recalculates a file that an older version than its own calculated last; this is the newest number known.
CALCULATED_BY = 191029
UNDATED = datetime(2026, 1, 1)  # noqa: DTZ001 - the file format holds times without a zone

# The sheets in reading order; each adds itself where the client has anything for it. Summary stands before them and
# rests on them; Checks and About close the workbook.
SHEETS: Final[tuple[Callable[[Workbook, Book], None], ...]] = (
    add_plan,
    add_calendar,
    add_cash,
    add_room,
    add_credit,
    add_scenarios,
    add_leaving,
    add_outlook,
    add_client,
    add_holdings,
    add_grants,
    partial(add_table, table=VESTING),
    partial(add_table, table=EXERCISES),
    add_sales,
    partial(add_table, table=OTHER_LOTS),
    partial(add_table, table=EVENTS),
    add_frozen_plan,
    add_lots,
    add_gains,
    add_returns,
    add_form_6251,
    add_schedule_p,
    add_law,
    partial(add_table, table=REMARKS),
    partial(add_table, table=FILES),
    partial(add_table, table=LOG, for_commands=True),
)


def blank_record() -> ClientRecord:
    """A client of whom nothing is known but the last year of enacted law."""
    return ClientRecord(client=Client(), years=(ClientYear(year=enacted("US").verified_through),))


def build_workbook(book: Book | None = None) -> Workbook:
    """The client workbook with its formulas, not yet with their values; without a client, a blank one.

    Raises ArgumentError for a record without a tax year, a fact that has no label, or a text or a number that no cell
    can hold.
    """
    book = book or Book(blank_record())
    if not book.record.years:
        raise ArgumentError("the record has no tax year; add a [[year]] with its status and income.")
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for add_sheet in SHEETS:
        add_sheet(workbook, book)
    add_summary(workbook, book)
    workbook.move_sheet("Summary", offset=1 - len(workbook.worksheets))
    add_checks(workbook, book)
    add_about(workbook, book)
    workbook.active = first = workbook.worksheets[0]
    first.sheet_view.tabSelected = True
    workbook.calculation = CalcProperties(calcId=CALCULATED_BY, fullCalcOnLoad=False)
    properties = workbook.properties
    properties.creator = f"xl-amt {__version__}"
    properties.title = f"AMT planning workbook: {book.record.client.name or 'blank'}"
    # The clock has no say: the same record gives the same file.
    properties.created = datetime.combine(book.as_of, time()) if book.as_of else UNDATED
    return workbook
