"""Tranches: shares of one grant that vest together, and what is left of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from xl_amt.equity.grants import Grant, OptionType
from xl_amt.equity.vesting import vesting_of


@dataclass(slots=True)
class Tranche:
    """Shares of one grant that vest together.

    ``iso_shares_by_rule`` is what the $100,000 rule leaves ISO; ``platform_iso_shares`` is what the export says, None
    where it is silent. ``canceled`` is the day on which what is not exercised was canceled. Shares are counted after
    every split so far, which have made ``split_by`` of each one granted.
    """

    grant: Grant
    vests: date
    exercisable: date
    shares: int
    platform_iso_shares: int | None
    iso_shares_by_rule: int = 0
    iso_exercised: int = 0
    nso_exercised: int = 0
    canceled: date | None = None
    split_by: Fraction = Fraction(1)

    @property
    def strike(self) -> float:
        """What is paid for a share now, in dollars: the grant's strike, divided by splits."""
        return self.grant.strike if self.split_by == 1 else float(Fraction(repr(self.grant.strike)) / self.split_by)

    @property
    def iso_shares(self) -> int:
        """The ISO part: the platform's where it states one, since forms are made out by it; else the rule's."""
        return self.iso_shares_by_rule if self.platform_iso_shares is None else self.platform_iso_shares

    @property
    def nso_shares(self) -> int:
        """The rest of the tranche."""
        return self.shares - self.iso_shares

    def left(self, option_type: OptionType) -> int:
        """Shares of one kind that are not exercised."""
        if option_type == "ISO":
            return self.iso_shares - self.iso_exercised
        return self.nso_shares - self.nso_exercised

    @property
    def unexercised(self) -> int:
        """Shares of either kind that are not exercised."""
        return self.shares - self.iso_exercised - self.nso_exercised


def tranches_of(grant: Grant) -> list[Tranche]:
    """The tranches of a grant in the order in which they vest, before the $100,000 rule.

    Options that may be exercised early can first be exercised on the grant date, all of them (IRC 422(d)(1)).
    """
    granted = grant.granted_on
    return [
        Tranche(
            grant=grant,
            vests=max(event.day, granted),
            exercisable=granted if grant.early_exercisable else max(event.day, granted),
            shares=event.shares,
            platform_iso_shares=event.iso_shares,
        )
        for event in vesting_of(grant)
        if event.shares
    ]
