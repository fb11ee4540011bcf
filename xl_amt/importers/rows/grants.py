"""One row of a table of grants -> a HeldGrant, or the first reason why there is none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from xl_amt.equity.grants import HeldGrant
from xl_amt.importers.cells import shown
from xl_amt.importers.layout import Fact
from xl_amt.importers.money import US_DOLLARS, currency_in, named
from xl_amt.importers.report import RowRejected
from xl_amt.importers.rows.awards import option_type_of
from xl_amt.importers.rows.counts import counted

if TYPE_CHECKING:
    from datetime import date

    from xl_amt.importers.table import TableRow


class ReadGrant(NamedTuple):
    """A grant, the row that it was read from, and what the row leaves open.

    ``is_typed``: the table says whether it is an ISO; ``is_counted``: it says how many shares are exercised and vested;
    ``takes_exercised``: it says so only by what is no longer exercisable.
    """

    grant: HeldGrant
    row: TableRow
    is_typed: bool = True
    is_counted: bool = True
    takes_exercised: bool = False

    def with_facts(self, **facts: Any) -> ReadGrant:
        """The same with some facts of the grant replaced."""
        return self._replace(grant=replace(self.grant, **facts))


def read_grant(row: TableRow) -> ReadGrant:
    """Return the row's grant, or raise RowRejected with the first reason why there is none."""
    row.check_formulas()
    if row.table.states(Fact.STAKEHOLDER) and not row.words(Fact.STAKEHOLDER):
        reason = "The row names no stakeholder: fill in the holder of the grant."
        raise RowRejected(reason, row.header(Fact.STAKEHOLDER))
    label = row.words(Fact.LABEL)
    if not label:
        reason = f"{row.header(Fact.LABEL)} is blank: fill in the grant's ID."
        raise RowRejected(reason, row.header(Fact.LABEL))
    canceled = row.day(Fact.CANCELED_DATE)
    if canceled and Fact.EXERCISED in row.table.columns and not row.shares(Fact.EXERCISED):
        raise RowRejected(canceled_whole(canceled), row.header(Fact.CANCELED_DATE))
    option_type = option_type_of(row)
    found = counted(row, is_canceled=canceled is not None)
    grant = HeldGrant(
        label=label,
        option_type=option_type or "NSO",
        grant_date=row.day(Fact.ISSUE_DATE),
        strike=strike_of(row),
        shares_granted=found.issued,
        shares_exercised=found.exercised,
        shares_exercisable=found.exercisable,
        shares_unvested=found.unvested,
        vesting_schedule=row.words(Fact.VESTING_SCHEDULE),
        vesting_start=row.day(Fact.VESTING_START),
        expiration_date=row.day(Fact.EXPIRATION_DATE),
        plan=row.words(Fact.PLAN),
        fmv_at_grant=row.price(Fact.VALUE_AT_GRANT),
        early_exercisable=row.is_true(Fact.EARLY_EXERCISE),
        disqualified=row.day(Fact.DISQUALIFIED_DATE) if option_type == "ISO" else None,
    )
    return ReadGrant(grant, row, option_type is not None, found.is_stated, found.takes_exercised)


def canceled_whole(day: date) -> str:
    """Why a grant that was canceled, and never exercised, is set aside."""
    return f"The grant was canceled on {day}: none of it can be exercised."


def strike_of(row: TableRow) -> float:
    """The strike of a row, in US dollars; RowRejected where it is blank, not above 0, or in another currency."""
    header = row.header(Fact.STRIKE)
    check_currencies(row, Fact.STRIKE)
    strike = row.price(Fact.STRIKE)
    if strike is None:
        reason = f"{header} is blank: fill in the price per share in dollars."
        raise RowRejected(reason, header)
    if strike <= 0:
        reason = f"{header} {shown(row.value(Fact.STRIKE))} is not above 0: correct it in the export."
        raise RowRejected(reason, header)
    return strike


def check_currencies(row: TableRow, fact: Fact) -> None:
    """RowRejected where a header, or a column of currencies, says that a price is in another one than US dollars."""
    header = row.header(fact)
    if column := row.table.columns.get(fact):
        _check_currency(f"The header of {header}", column.currency, header)
    if Fact.CURRENCY in row.table.columns:
        stated = row.words(Fact.CURRENCY)
        _check_currency(row.header(Fact.CURRENCY), currency_in(stated) or stated, row.header(Fact.CURRENCY))


def _check_currency(said_by: str, currency: str, header: str) -> None:
    if currency not in {"", US_DOLLARS}:
        reason = f"{said_by} says the price is in {named(currency)}: enter it in US dollars."
        raise RowRejected(reason, header)
