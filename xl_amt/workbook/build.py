"""The client workbook, sheet by sheet."""

from __future__ import annotations

from datetime import datetime, time

from openpyxl import Workbook
from openpyxl.workbook.properties import CalcProperties

from xl_amt import __version__
from xl_amt.workbook.client_facts import ClientFacts
from xl_amt.workbook.sheets.about import add_about
from xl_amt.workbook.sheets.client import add_client
from xl_amt.workbook.sheets.grants import add_grants
from xl_amt.workbook.sheets.import_report import add_import
from xl_amt.workbook.sheets.room import add_room
from xl_amt.workbook.sheets.scenarios import add_scenarios

# Excel recalculates a file that an older version than its own calculated last; this is the newest number known.
CALCULATED_BY = 191029
UNDATED = datetime(2026, 1, 1)  # noqa: DTZ001 - the file format holds times without a zone


def build_workbook(client: ClientFacts | None = None) -> Workbook:
    """The client workbook with its formulas, not yet with their values; without a client, a blank one.

    Raises ArgumentError for a fact that has no label, a filing status that does not exist, or a text or a number
    that no cell can hold.
    """
    client = client or ClientFacts()
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for add_sheet in (add_client, add_grants, add_room, add_scenarios):
        add_sheet(workbook, client)
    if client.remarks:
        add_import(workbook, client)
    add_about(workbook, client)
    workbook.active = room = workbook["Room"]
    room.sheet_view.tabSelected = True
    workbook.calculation = CalcProperties(calcId=CALCULATED_BY, fullCalcOnLoad=False)
    properties = workbook.properties
    properties.creator = f"xl-amt {__version__}"
    properties.title = f"AMT planning workbook: {client.name or 'blank'}"
    # The clock has no say: the same facts give the same file.
    properties.created = datetime.combine(client.as_of, time()) if client.as_of else UNDATED
    return workbook
