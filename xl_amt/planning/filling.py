"""Fill the AMT room with the shares of several ISO grants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from xl_amt.equity.grants import Grant
from xl_amt.forms.form_1040 import RegularTax
from xl_amt.law import FederalLaw
from xl_amt.planning.room import amt_room, shares_within


class FilledGrant(NamedTuple):
    """Shares of one grant that fit the room after the grants before it."""

    grant: Grant
    shares: int
    spread: float


def fill_room(
    grants: Sequence[Grant], value_per_share: float, regular: RegularTax, law: FederalLaw
) -> list[FilledGrant]:
    """Exercisable ISO shares with no AMT, smallest spread per share first: the most shares the room can hold.

    Shares under water use no room, and all of them are given. Whole shares are confirmed by Form 6251.
    """
    room, used = amt_room(regular, law), 0.0
    filled = []
    for grant in sorted((item for item in grants if item.option_type == "ISO"), key=lambda item: -item.strike):
        per_share = value_per_share - grant.strike
        shares = grant.shares_exercisable
        if per_share > 0.0:
            shares = min(shares, int(shares_within(room, per_share, regular, law, used)))
        spread = max(shares * per_share, 0.0)
        used += spread
        filled.append(FilledGrant(grant, shares, spread))
    return filled
