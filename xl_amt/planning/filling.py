"""Fill the AMT room with the shares of several ISO grants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from xl_amt.arithmetic.lines import of_one
from xl_amt.equity.grants import HeldGrant
from xl_amt.forms.minimum_tax import MinimumTax
from xl_amt.planning.room import shares_within


class FilledGrant(NamedTuple):
    """Shares of one grant that fit the room after the grants before it."""

    grant: HeldGrant
    shares: int
    spread: float


def fill_room(
    grants: Sequence[HeldGrant], value_per_share: float, tax_return: MinimumTax, used: float = 0.0
) -> list[FilledGrant]:
    """Exercisable ISO shares with no AMT, smallest spread per share first: the most shares the room can hold.

    ``used`` is the spread that this year's exercises have taken already (`xl_amt.planning.spread_exercised`), in
    dollars. Grants under water are left out: they use no room, and nobody exercises them. Whole shares are confirmed by
    the form.
    """
    filled = []
    in_the_money = [item for item in grants if item.option_type == "ISO" and item.strike < value_per_share]
    for grant in sorted(in_the_money, key=lambda item: -item.strike):
        per_share = value_per_share - grant.strike
        shares = min(grant.shares_exercisable, int(of_one(shares_within(tax_return, per_share, used))))
        used += shares * per_share
        filled.append(FilledGrant(grant, shares, shares * per_share))
    return filled
