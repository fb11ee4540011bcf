"""Of what an import read: lots that are still held, and sales of shares that the record knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from xl_amt.client import Exercise, HeldLot, Holding, Remark, Sale

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


@dataclass(slots=True)
class Sellable:
    """A lot that sales may be of: its name, if the record has one, its grant and day, and its shares not sold yet."""

    named: str
    grant: str
    day: date
    left: int

    @property
    def name(self) -> str:
        """The lot as a sale of the record names it."""
        return self.named or f"{self.grant} / {self.day}"


def sellable(exercises: Iterable[Exercise], lots: Iterable[HeldLot], older: Holding) -> list[Sellable]:
    """What an import says was acquired, and what the record has besides: exercises that were done, and lots."""
    found = [Sellable(one.lot, one.grant, one.day, one.shares) for one in exercises]
    stated = {(one.grant, one.day) for one in found}
    found += [
        Sellable(one.lot, one.grant, one.day, one.shares)
        for one in older.exercises
        if one.status == "done" and (one.grant, one.day) not in stated
    ]
    by_label = {lot.label: lot for lot in (*older.lots, *lots)}
    return [*found, *(Sellable(lot.label, "", lot.acquired, lot.shares) for lot in by_label.values())]


def known_sales(
    rows: Sequence[SaleRow],
    every: Sequence[Sellable],
    older: Iterable[Sale],
    placed: Placed,
    remarks: list[Remark],
) -> Iterator[Sale]:
    """The sales whose shares are those of an exercise or a lot; what ``older`` sales of the record took is gone."""
    for sale in older:
        if sale.status == "done" and not any((row.day, row.shares) == (sale.day, sale.shares) for row in rows):
            _take(sale.shares, [one for one in every if not sale.lots or one.name in sale.lots])
    for row in sorted(rows, key=lambda row: row.day):
        fitting = [one for one in every if _is_of(row, one)]
        if sum(one.left for one in fitting) < row.shares:
            remarks.append(
                Remark(
                    kind="sale not entered",
                    level="ask",
                    about=row.grant,
                    place=placed([row.place]),
                    text=f"{row.grant or 'A sale'}: which shares were the {row.shares:,} sold on {row.day} at "
                    f"{row.price:,.2f}? The files hold no exercise or lot of that many shares, so the sale is not "
                    "entered.",
                )
            )
            continue
        yield Sale(
            day=row.day,
            shares=row.shares,
            price=row.price,
            lots=tuple(dict.fromkeys(_take(row.shares, fitting))),
            platform_says=row.platform_says,
            read_from=placed([row.place]),
        )


def _take(shares: int, among: Iterable[Sellable]) -> list[str]:
    """Take shares of some lots, the oldest first; the names of those of which there were any."""
    names = []
    for one in sorted(among, key=lambda one: one.day):
        taken = min(shares, one.left)
        one.left -= taken
        shares -= taken
        if taken:
            names.append(one.name)
    return names


def _is_of(row: SaleRow, one: Sellable) -> bool:
    """Whether a sale can be of a lot: by its name, or by its grant, and the day where the sale states it."""
    if row.day < one.day or (row.acquired and row.acquired != one.day):
        return False
    if row.lot and one.named:
        return row.lot == one.named
    return bool(row.grant) and row.grant in {one.grant, one.grant.removesuffix(" ISO").removesuffix(" NSO")}
