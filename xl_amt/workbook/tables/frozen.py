"""The frozen plan as one table: a row for the shares of a grant in a year, and a row for what a year came to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from xl_amt.client import ClientRecord, FrozenExercise, FrozenYear
from xl_amt.client.columns import column
from xl_amt.equity.grants import OptionType
from xl_amt.workbook.tables.declared import Row, flat, values_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenRow:
    """A row of the table; one without a grant is what its year came to."""

    year: int = column("Year of the plan", "year", "Tax year", required=True)
    company: str = column("Company", "text", "Name of the company")
    holder: Literal["client", "spouse"] | None = column(
        "Holder", "choice", "client or spouse", choices=("client", "spouse"), may_be_none=True
    )
    grant: str = column("Grant planned", "text", "Label of the grant; blank for what the year came to")
    part: OptionType | None = column("Part", "choice", "ISO or NSO", choices=("ISO", "NSO"), may_be_none=True)
    shares: int | None = column("Shares planned", "shares", "Shares to exercise in the year")
    value: float | None = column("Value planned", "price", "Value of the share that was planned with")
    strike: float | None = column("Strike planned", "price", "Exercise price of a share then")
    income: float | None = column("Wages planned with", "dollars", "Wages without the planned options")
    spread: float | None = column("Spread planned", "dollars", "ISO spread of the planned exercises")
    strike_paid: float | None = column("Strikes planned", "dollars", "Strikes to pay")
    amt: float | None = column("AMT planned", "dollars", "AMT of the year")
    credit_used: float | None = column("Credit used, planned", "dollars", "Minimum tax credit used")
    credit_left: float | None = column("Credit left, planned", "dollars", "Credit left at the year's end")
    taxes_added: float | None = column(
        "Taxes added, planned", "number", "Taxes less those without options, before credit", unit="dollars"
    )
    cash: float | None = column("Cash planned", "number", "Strikes and the taxes added", unit="dollars")


def frozen_rows(record: ClientRecord) -> Iterator[Row]:
    """The exercises of the record's frozen plan, and then its years."""
    frozen = record.plan.frozen if record.plan else None
    if frozen is not None:
        yield from (values_of(flat(FrozenExercise), one) for one in frozen.exercises)
        yield from (values_of(flat(FrozenYear), one) for one in frozen.years)
