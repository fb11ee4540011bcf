"""Fill the AMT room with the shares of several ISO grants."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from xl_amt.arithmetic.lines import of_one
from xl_amt.equity.counts import iso_standing, left_out_sentence
from xl_amt.equity.grants import HeldGrant
from xl_amt.equity.portfolio import EndOfWork, Termination
from xl_amt.equity.row_checks import row_doubt
from xl_amt.forms.minimum_tax import MinimumTax
from xl_amt.forms.tax_systems import limiting
from xl_amt.planning.room import shares_within


class Offered(NamedTuple):
    """Exercisable ISO shares of one grant, and the value of a share today; dollars per share."""

    label: str
    strike: float
    shares_exercisable: int
    value_per_share: float

    @property
    def spread_per_share(self) -> float:
        """What a share adds to the year's ISO spread; 0 under water."""
        return max(self.value_per_share - self.strike, 0.0)


class FilledGrant(NamedTuple):
    """Shares of one grant that fit the room after the grants before it."""

    grant: Offered
    shares: int
    spread: float


def offered(
    grants: Sequence[HeldGrant], value_per_share: float, day: date | None = None, work_ended_by: EndOfWork = "ended"
) -> list[Offered]:
    """The exercisable shares of the ISO grants among these that are ISOs on a day and whose row can be right.

    Where the day is not known, every ISO counts as one.
    """
    return [
        Offered(grant.label, grant.strike, grant.shares_exercisable, value_per_share)
        for grant in grants
        if grant.option_type == "ISO"
        and not row_doubt(grant, day)
        and (day is None or iso_standing(grant, _termination(grant, work_ended_by), day) == "ISO")
    ]


def left_out(grants: Sequence[HeldGrant], day: date | None, work_ended_by: EndOfWork = "ended") -> list[str]:
    """A sentence on each ISO grant that `offered` leaves out although shares of it are exercisable."""
    sentences = []
    for grant in grants:
        if grant.option_type != "ISO" or not grant.shares_exercisable:
            continue
        if doubt := row_doubt(grant, day):
            sentences.append(f"{doubt} Its shares are left out.")
        elif day and (standing := iso_standing(grant, _termination(grant, work_ended_by), day)) != "ISO":
            sentences.append(left_out_sentence(grant.label, grant.shares_exercisable, standing))
    return sentences


def _termination(grant: HeldGrant, work_ended_by: EndOfWork) -> Termination | None:
    return Termination(grant.work_ended, work_ended_by) if grant.work_ended else None


def fill_room(
    grants: Sequence[HeldGrant], value_per_share: float, *tax_returns: MinimumTax, used: float = 0.0
) -> list[FilledGrant]:
    """The shares of `fill_with` for grants of one company, whose share has one value, in dollars."""
    return fill_with(offered(grants, value_per_share), *tax_returns, used=used)


def fill_with(offers: Sequence[Offered], *tax_returns: MinimumTax, used: float = 0.0) -> list[FilledGrant]:
    """Exercisable ISO shares with no AMT, smallest spread per share first: the most shares the room can hold.

    Of returns of several jurisdictions, none owes AMT. ``used`` is the spread that this year's exercises have taken
    already (`xl_amt.planning.spread_exercised`), in dollars. Grants under water are left out: they use no room, and
    nobody exercises them. Whole shares are confirmed by the form.
    """
    filled = []
    in_the_money = [offer for offer in offers if offer.spread_per_share > 0.0]
    for offer in sorted(in_the_money, key=lambda offer: (offer.spread_per_share, -offer.strike)):
        per_share = offer.spread_per_share
        fitting = [of_one(shares_within(tax_return, per_share, used)) for tax_return in limiting(tax_returns)]
        shares = min(offer.shares_exercisable, *map(int, fitting))
        used += shares * per_share
        filled.append(FilledGrant(offer, shares, shares * per_share))
    return filled
