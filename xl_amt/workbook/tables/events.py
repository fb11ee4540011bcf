"""What happens to a company, a grant or the client on a day: one table of events, each with the columns it needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from xl_amt.client import (
    Acceleration,
    Cancellation,
    ClientRecord,
    Repurchase,
    Residence,
    Split,
    Value,
)
from xl_amt.client.columns import column
from xl_amt.workbook.tables.declared import Row, whose

Kind = Literal["value", "split", "acceleration", "cancellation", "repurchase", "residence"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event; ``kind`` says what it is, and so which columns it has."""

    kind: Kind = column(
        "Event",
        "choice",
        "value per share, split, acceleration, cancellation, repurchase or residence",
        choices=("value", "split", "acceleration", "cancellation", "repurchase", "residence"),
        required=True,
    )
    day: date | None = column("On", "date", "First day of a value or a residence; else the day of the event")
    price: float | None = column("Per share", "price", "Value of a share, or the price paid at a repurchase")
    ratio: str = column("Ratio", "text", "Split: new shares for old, such as 2:1")
    grant: str = column("Grant affected", "text", "Acceleration, cancellation, repurchase: label of the grant")
    shares: int | None = column("Shares bought back", "shares", "Repurchase: shares bought back")
    state: str = column("State", "text", "Residence: the state by its two letters")


CLASSES: Final[dict[str, tuple[str, type[Any]]]] = {
    "value": ("values", Value),
    "split": ("splits", Split),
    "acceleration": ("accelerations", Acceleration),
    "cancellation": ("cancellations", Cancellation),
    "repurchase": ("repurchases", Repurchase),
    "residence": ("residence", Residence),
}

_FIELDS: Final = {("residence", "since"): "day"}  # where an event's column has another name than the class's field


def field_of(kind: str, field: str) -> str:
    """The field of an event that holds a field of its class.

    >>> field_of("residence", "since"), field_of("value", "price")
    ('day', 'price')
    """
    return _FIELDS.get((kind, field), field)


def event_rows(record: ClientRecord) -> Iterator[Row]:
    """Every event of a record, by holding and kind, and the client's residence last."""
    for holding in record.holdings:
        for kind, (field, _) in CLASSES.items():
            if kind != "residence":
                for row in getattr(holding, field):
                    yield whose(holding) | _values(kind, row)
    for home in record.client.residence:
        yield {"company": None, "holder": None} | _values("residence", home)


def _values(kind: str, row: Any) -> Row:
    fields = CLASSES[kind][1].__dataclass_fields__
    return {"kind": kind} | {field_of(kind, field): getattr(row, field) for field in fields}
