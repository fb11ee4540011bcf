"""Lots of ISO shares as the cells of a range describe them, a row each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from xl_amt.equity.lots import Lot
from xl_amt.errors import AmtError, ArgumentError
from xl_amt.reading.cells import is_blank_or_zero, not_negative, read_date, read_number, read_yes_or_no
from xl_amt.worksheet.ranges import as_range

OF_LOTS: Final = ("lot_shares", "lots", "spreads")
_LEAST, _MOST = 4, 7  # columns: the last three are of shares exercised early


def cells(value: Any, where: str) -> Sequence[Any]:
    """The cells of a range, or the only one."""
    found = as_range(value, where)
    return (value,) if found is None else list(found.cells)


def read_lots(lot_shares: Any, lots: Any) -> list[Lot]:
    """The lots, without those that have no shares; ArgumentError names the row that cannot be read."""
    shares, described = cells(lot_shares, "lot_shares"), cells(lots, "lots")
    width, left = divmod(len(described), len(shares) or 1)
    if left or not _LEAST <= width <= _MOST:
        raise ArgumentError(
            f"lots: its {len(described)} cells do not fit the {len(shares)} of lot_shares; give a row for each lot "
            f"with {_LEAST} to {_MOST} cells: strike, value at exercise, day of the grant, day of the exercise."
        )
    found = [_lot(number, cell, described[number * width :][:width]) for number, cell in _in_use(shares)]
    if not found:
        raise ArgumentError("lot_shares: no lot has any shares; give the shares of at least one.")
    return found


def _in_use(shares: Sequence[Any]) -> Iterator[tuple[int, Any]]:
    return ((number, cell) for number, cell in enumerate(shares) if not is_blank_or_zero(cell))


def _lot(number: int, shares: Any, row: Sequence[Any]) -> Lot:
    try:
        return _read(f"lot {number + 1}", shares, [*row, None, None, None][:_MOST])
    except AmtError as error:
        raise error.in_row(number + 1) from None


def _read(label: str, shares: Any, row: Sequence[Any]) -> Lot:
    strike, value, granted, exercised, vested, value_at_vest, election = row
    fmv = not_negative(read_number(value, "lots"), "lots")
    if fmv == 0.0:
        raise ArgumentError("lots: the value at exercise is blank or 0; enter the value per share on that day.")
    grant_date, acquired = (_day(cell, name) for cell, name in ((granted, "grant"), (exercised, "exercise")))
    if acquired < grant_date:
        raise ArgumentError("lots: the exercise is before the grant; enter the day of the grant first.")
    vests = max(read_date(vested, "lots") or acquired, acquired)
    fmv_at_vest = not_negative(read_number(value_at_vest, "lots"), "lots")
    if vests > acquired and fmv_at_vest == 0.0:
        raise ArgumentError("lots: the shares vested after the exercise; enter their value on that day too.")
    return Lot(
        label,
        "",
        "ISO",
        grant_date,
        acquired,
        not_negative(read_number(shares, "lot_shares"), "lot_shares"),
        not_negative(read_number(strike, "lots"), "lots"),
        fmv,
        vests,
        fmv_at_vest,
        read_yes_or_no(election, "lots"),
    )


def _day(cell: Any, name: str) -> date:
    day = read_date(cell, "lots")
    if day is None:
        raise ArgumentError(f"lots: the day of the {name} is blank; enter a date such as 2024-03-01.")
    return day
