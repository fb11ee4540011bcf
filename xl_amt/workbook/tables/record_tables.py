"""The tables of the record, a sheet each, in the order of the workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from xl_amt.client import ClientRecord, Exercise, Grant, HeldLot, Holding, LogEntry, Remark, Sale, Source, Vesting
from xl_amt.client.columns import column
from xl_amt.workbook.tables.declared import WHOSE, RecordTable, Row, flat, of_holdings, values_of, whose
from xl_amt.workbook.tables.events import Event, event_rows
from xl_amt.workbook.tables.frozen import FrozenRow, frozen_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfGrant:
    """Whose vesting a row is."""

    grant: str = column("Grant vesting", "text", "Label of the grant", required=True)


_GRANT = flat(Grant)
_EXERCISE = flat(Exercise)
_SALE = flat(Sale)
_LOT = flat(HeldLot)
_VESTING = flat(Vesting)
_REMARK = flat(Remark)
_SOURCE = flat(Source)
_LOG = flat(LogEntry)


def _holding_rows(record: ClientRecord) -> Iterator[Row]:
    return (values_of(flat(Holding), holding) for holding in record.holdings)


def _vesting_rows(record: ClientRecord) -> Iterator[Row]:
    for holding in record.holdings:
        for grant in holding.grants:
            for vest in grant.vests:
                yield whose(holding) | {"grant": grant.label} | values_of(_VESTING, vest)


HOLDINGS: Final = RecordTable(
    sheet="Holdings",
    prefix="Holding",
    heading="Holdings",
    about="One row per company in which the client or the spouse holds shares or awards.",
    columns=flat(Holding),
    rows_of=_holding_rows,
    name="Holdings_table",
)
GRANTS: Final = RecordTable(
    sheet="Grants",
    prefix="Grant",
    heading="Grants",
    about="One row per grant, as its export counts it.",
    columns=(*WHOSE, *_GRANT),
    rows_of=of_holdings("grants", _GRANT),
    name="Grants_table",
)
VESTING: Final = RecordTable(
    sheet="Vesting",
    prefix="Vest",
    heading="Vesting",
    about="The platform's own vesting dates; they override the schedule of a grant.",
    columns=(*WHOSE, *flat(_OfGrant), *_VESTING),
    rows_of=_vesting_rows,
    name="Vesting_table",
    is_always_there=False,
)
EXERCISES: Final = RecordTable(
    sheet="Exercises",
    prefix="Exercise",
    heading="Exercises",
    about="One row per exercise, done or planned.",
    columns=(*WHOSE, *_EXERCISE),
    rows_of=of_holdings("exercises", _EXERCISE),
    name="Exercises_table",
)
SALES: Final = RecordTable(
    sheet="Sales",
    prefix="Sale",
    heading="Sales",
    about="One row per sale, done or planned; separate several lots with semicolons.",
    columns=(*WHOSE, *_SALE),
    rows_of=of_holdings("sales", _SALE),
    name="Sales_table",
)
OTHER_LOTS: Final = RecordTable(
    sheet="Other lots",
    prefix="Other_lot",
    heading="Other lots",
    about="Shares held whose grant is not on the sheet Grants.",
    columns=(*WHOSE, *_LOT),
    rows_of=of_holdings("lots", _LOT),
    name="Other_lots_table",
    is_always_there=False,
)
EVENTS: Final = RecordTable(
    sheet="Events",
    prefix="Event",
    heading="Events",
    about="Values per share, splits, accelerations, cancellations, repurchases, and where the client lives.",
    columns=(*WHOSE, *flat(Event)),
    rows_of=event_rows,
    name="Events_table",
)
REMARKS: Final = RecordTable(
    sheet="Import",
    prefix="Remark",
    heading="Import",
    about="What was set aside or noted, or needs to be asked; write the answer in the last column.",
    columns=_REMARK,
    rows_of=lambda record: (values_of(_REMARK, remark) for remark in record.remarks),
    name="Remarks_table",
    is_always_there=False,
)
FILES: Final = RecordTable(
    sheet="Files",
    prefix="File",
    heading="Files",
    about="The files that were read, and what became of their rows.",
    columns=_SOURCE,
    rows_of=lambda record: (values_of(_SOURCE, source) for source in record.sources),
    name="Files_table",
    is_always_there=False,
)
FROZEN_PLAN: Final = RecordTable(
    sheet="Frozen plan",
    prefix="Frozen_plan",
    heading="The frozen plan",
    about="As it was found and kept: shares of each grant by year, and behind them what each year came to.",
    columns=flat(FrozenRow),
    rows_of=frozen_rows,
    name="Frozen_plan_table",
    is_always_there=False,
)
LOG: Final = RecordTable(
    sheet="Log",
    prefix="Log",
    heading="Log",
    about="What was imported, changed, answered, planned and reported, and when; no figure rests on it.",
    columns=_LOG,
    rows_of=lambda record: (values_of(_LOG, entry) for entry in record.log),
    name="Log_table",
    is_always_there=False,
)

TABLES: Final = (
    HOLDINGS, GRANTS, VESTING, EXERCISES, SALES, OTHER_LOTS, EVENTS, REMARKS, FILES, LOG, FROZEN_PLAN,
)  # fmt: skip
