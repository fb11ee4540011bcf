"""Of what an import read: lots that are still held, and sales of shares that the record knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from xl_amt.client import Exercise, HeldLot, Remark, Sale

if TYPE_CHECKING:
    from xl_amt.importers import LotRow, Place, SaleRow

Placed = Callable[[Iterable["Place"]], str]
"""Where rows stand, in the words of a record: the source, the sheet and the rows."""


def held_lots(rows: Iterable[LotRow], placed: Placed) -> Iterator[HeldLot]:
    """Lots of no grant that are still held, and of which the file says the kind."""
    taken: set[str] = set()
    for row in rows:
        shares = row.shares if row.held is None else row.held
        if row.option_type is None or not shares:
            continue
        label, number = row.label, 1
        while label.casefold() in taken:
            number += 1
            label = f"{row.label} ({number})"
        taken.add(label.casefold())
        yield HeldLot(
            label=label,
            award=row.option_type,
            granted=row.granted if row.granted and row.granted <= row.acquired else None,
            acquired=row.acquired,
            shares=shares,
            strike=row.paid,
            read_from=placed([row.place]),
        )


class _Sellable(NamedTuple):
    """A lot that sales may be of: its name in the record, its grant and day, and its shares."""

    name: str
    grant: str
    day: date
    shares: int


def known_sales(
    rows: Iterable[SaleRow],
    exercises: Sequence[Exercise],
    lots: Iterable[HeldLot],
    placed: Placed,
    remarks: list[Remark],
) -> Iterator[Sale]:
    """The sales whose shares are those of an exercise or a lot of the record."""
    sellable = [_Sellable(one.lot, one.grant, one.day, one.shares) for one in exercises]
    sellable += [_Sellable(lot.label, "", lot.acquired, lot.shares) for lot in lots]
    left = {at: one.shares for at, one in enumerate(sellable)}
    for row in sorted(rows, key=lambda row: row.day):
        fitting = [at for at, one in enumerate(sellable) if _is_of(row, one) and left[at] > 0]
        if sum(left[at] for at in fitting) < row.shares:
            remarks.append(
                Remark(
                    kind="sale not entered",
                    level="ask",
                    about=row.grant,
                    place=placed([row.place]),
                    text=f"{row.grant or 'A sale'}: which shares were the {row.shares:,} sold on {row.day} at "
                    f"{row.price:,.2f}? The files hold no exercise or lot of as many, so that the sale is not entered.",
                )
            )
            continue
        names = []
        open_shares = row.shares
        for at in sorted(fitting, key=lambda at: sellable[at].day):
            taken = min(open_shares, left[at])
            left[at] -= taken
            open_shares -= taken
            if taken:
                one = sellable[at]
                names.append(one.name or f"{one.grant} / {one.day}")
        yield Sale(
            day=row.day,
            shares=row.shares,
            price=row.price,
            lots=tuple(dict.fromkeys(names)),
            platform_says=row.platform_says,
            read_from=placed([row.place]),
        )


def _is_of(row: SaleRow, one: _Sellable) -> bool:
    """Whether a sale can be of a lot: by its name, or by its grant, and the day where the sale states it."""
    if row.day < one.day or (row.acquired and row.acquired != one.day):
        return False
    if row.lot and one.name:
        return row.lot == one.name
    return bool(row.grant) and row.grant in {one.grant, one.grant.removesuffix(" ISO").removesuffix(" NSO")}
