"""How many shares of a grant are exercised, exercisable and unvested, by whichever counts its row states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from xl_amt.importers.layout import Fact
from xl_amt.importers.report import RowRejected

if TYPE_CHECKING:
    from xl_amt.importers.table import TableRow

_STATE_THE_REST: Final = (
    Fact.EXERCISED,
    Fact.OUTSTANDING,
    Fact.VESTED_OUTSTANDING,
    Fact.VESTED_IN_ALL,
    Fact.UNVESTED_OUTSTANDING,
)


class Counted(NamedTuple):
    """The shares of a grant; ``is_stated``: the table says more than how many were granted.

    ``takes_exercised``: no column says how many were exercised, so those that vested and are not exercisable count.
    """

    issued: int
    exercised: int
    exercisable: int
    unvested: int
    is_stated: bool = True
    takes_exercised: bool = False


def counted(row: TableRow, *, is_canceled: bool = False) -> Counted:
    """Return the shares granted, exercised, exercisable and unvested, which must add up.

    Of a grant that was canceled only the exercised shares count. RowRejected says what does not add up.
    """
    issued = _required_shares(row, Fact.ISSUED)
    if issued == 0:
        reason = f"{row.header(Fact.ISSUED)} is 0: the row grants nothing."
        raise RowRejected(reason, row.header(Fact.ISSUED))
    if not any(fact in row.table.columns for fact in _STATE_THE_REST):
        return Counted(issued, 0, 0, 0, is_stated=False)
    if Fact.EXERCISED not in row.table.columns:
        return _without_exercised(row, issued)
    outstanding = _shares(row, Fact.OUTSTANDING)
    # A blank means none exercised only where all that was granted is still outstanding.
    never_exercised = _shares(row, Fact.EXERCISED) is None and outstanding == issued
    exercised = 0 if never_exercised else _required_shares(row, Fact.EXERCISED)
    if exercised > issued:
        reason = f"More is exercised ({exercised:,}) than was granted ({issued:,}): correct it in the export."
        raise RowRejected(reason, row.header(Fact.EXERCISED))
    if is_canceled:
        return Counted(issued, exercised, 0, 0)
    if outstanding == exercised == 0:
        reason = (
            f"None of the {issued:,} options is outstanding or was exercised: the grant was canceled, was "
            "forfeited or has expired."
        )
        raise RowRejected(reason, row.header(Fact.OUTSTANDING))
    exercisable = _exercisable(row, issued, exercised, outstanding)
    if outstanding is not None and exercisable > outstanding:
        reason = f"More is exercisable ({exercisable:,}) than is outstanding ({outstanding:,}): correct it."
        raise RowRejected(reason, row.header(Fact.OUTSTANDING))
    unvested = _unvested(row, issued, outstanding, exercisable)
    if unvested < 0 or exercised + exercisable + unvested > issued:
        reason = (
            f"Exercised ({exercised:,}), exercisable ({exercisable:,}) and unvested ({unvested:,}) shares do not fit "
            f"within the {issued:,} granted: correct the quantities in the export."
        )
        raise RowRejected(reason, row.header(Fact.ISSUED))
    if outstanding is not None and exercisable + unvested != outstanding:
        reason = (
            f"Exercisable ({exercisable:,}) and unvested ({unvested:,}) shares do not add up to the "
            f"{outstanding:,} outstanding: correct the quantities in the export."
        )
        raise RowRejected(reason, row.header(Fact.OUTSTANDING))
    return Counted(issued, exercised, exercisable, unvested)


def _without_exercised(row: TableRow, issued: int) -> Counted:
    """Where no column states the exercised shares: those that vested and can no longer be exercised."""
    vested = _required_shares(row, Fact.VESTED_IN_ALL)
    exercisable = _required_shares(row, Fact.VESTED_OUTSTANDING)
    stated = _shares(row, Fact.UNVESTED_OUTSTANDING)
    unvested = issued - vested if stated is None else stated
    if vested > issued or exercisable > vested or vested + unvested > issued:
        reason = (
            f"Vested ({vested:,}), exercisable ({exercisable:,}) and unvested ({unvested:,}) shares do not fit within "
            f"the {issued:,} granted: correct the quantities in the export."
        )
        raise RowRejected(reason, row.header(Fact.ISSUED))
    return Counted(issued, vested - exercisable, exercisable, unvested, takes_exercised=vested > exercisable)


def _exercisable(row: TableRow, issued: int, exercised: int, outstanding: int | None) -> int:
    """Return the vested shares neither exercised nor lapsed: as stated, or from what else is."""
    vested = _shares(row, Fact.VESTED_IN_ALL)
    if vested is not None and vested > issued:
        reason = f"More is vested ({vested:,}) than was granted ({issued:,}): correct it in the export."
        raise RowRejected(reason, row.header(Fact.VESTED_IN_ALL))
    stated = _shares(row, Fact.VESTED_OUTSTANDING)
    if stated is not None:
        if vested is not None and stated > vested:
            reason = f"More is vested and outstanding ({stated:,}) than ever vested ({vested:,}): correct it."
            raise RowRejected(reason, row.header(Fact.VESTED_OUTSTANDING))
        return stated
    unvested = _shares(row, Fact.UNVESTED_OUTSTANDING)
    if Fact.VESTED_OUTSTANDING not in row.table.columns and outstanding is not None and unvested is not None:
        if unvested > outstanding:
            reason = f"More is unvested ({unvested:,}) than is outstanding ({outstanding:,}): correct it in the export."
            raise RowRejected(reason, row.header(Fact.UNVESTED_OUTSTANDING))
        return outstanding - unvested
    return _vested_and_left(row, vested, exercised)


def _vested_and_left(row: TableRow, vested: int | None, exercised: int) -> int:
    """Return what is left of all that ever vested."""
    needs_stated = Fact.VESTED_OUTSTANDING in row.table.columns
    others = () if needs_stated else (Fact.OUTSTANDING, Fact.UNVESTED_OUTSTANDING)
    if vested is None or not any(fact in row.table.columns for fact in (Fact.EXPIRED, *others)):
        blank = row.header(Fact.VESTED_OUTSTANDING if needs_stated else Fact.VESTED_IN_ALL)
        reason = f"{blank} is blank: fill in the number of vested shares."
        raise RowRejected(reason, blank)
    lapsed = _shares(row, Fact.EXPIRED) or 0
    if exercised + lapsed > vested:
        reason = (
            f"More is exercised or expired ({exercised + lapsed:,}) than is vested ({vested:,}), as after an early "
            "exercise: ask for the plan's own report, which states what is vested and outstanding."
        )
        raise RowRejected(reason, row.header(Fact.VESTED_IN_ALL))
    return vested - exercised - lapsed


def _unvested(row: TableRow, issued: int, outstanding: int | None, exercisable: int) -> int:
    """Return the shares still to vest: as stated, or what remains of the outstanding or the granted ones."""
    stated = _shares(row, Fact.UNVESTED_OUTSTANDING)
    if stated is not None:
        return stated
    if outstanding is not None:
        return outstanding - exercisable
    vested = _shares(row, Fact.VESTED_IN_ALL)
    if vested is None or Fact.FORFEITED not in row.table.columns:
        reason = "Neither the unvested nor the outstanding quantity is filled in: fill in one of them."
        raise RowRejected(reason, row.header(Fact.UNVESTED_OUTSTANDING))
    return issued - vested - (_shares(row, Fact.FORFEITED) or 0)


def _shares(row: TableRow, fact: Fact) -> int | None:
    return row.shares(fact) if fact in row.table.columns else None


def _required_shares(row: TableRow, fact: Fact) -> int:
    number = row.shares(fact)
    if number is None:
        reason = f"{row.header(fact)} is blank: fill in the number of shares."
        raise RowRejected(reason, row.header(fact))
    return number
