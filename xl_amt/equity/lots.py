"""A lot of shares: what was paid, what they were worth, and their basis under both systems.

The regular tax leaves an ISO alone until the sale (IRC 421(a)); the AMT does not (IRC 56(b)(3)): for it, the spread
is income when the shares are exercised, or when they vest, if they were exercised before vesting and no election
under IRC 83(b) was made. The election counts for the AMT; for the regular tax of an ISO it changes nothing
(Treas. Reg. 1.422-1(b)(3), example 2; Kadillak v. Commissioner, 534 F.3d 1197). An NSO's spread is wages on the
same day as it would be AMT income, and is part of the basis under both systems (IRC 83; Treas. Reg. 1.83-7).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from xl_amt.days import first_long_term_day, first_qualifying_day
from xl_amt.equity.grants import AwardType
from xl_amt.errors import ArgumentError


@dataclass(frozen=True, slots=True)
class Lot:
    """Shares acquired on one day at one price, which vested on one day; amounts are dollars per share.

    ``fmv`` is the value on the day of exercise (of vesting, for an RSU). ``vested`` is later than ``acquired`` only
    for options exercised early; ``fmv_at_vest`` is the value on that day, None where it is not known. Shares are vested
    when they are transferable or at no substantial risk of forfeiture, which for an insider can be six months after
    the exercise (IRC 83(c)(3)).
    """

    label: str
    grant_label: str
    kind: AwardType
    grant_date: date
    acquired: date
    shares: float
    strike: float
    fmv: float
    vested: date
    fmv_at_vest: float | None = None
    election_83b: bool = False
    qualified_small_business: bool = False

    @property
    def exercised_early(self) -> bool:
        """Whether the shares were not yet vested when they were acquired."""
        return self.vested > self.acquired

    @property
    def is_taxed_at_vesting(self) -> bool:
        """Whether the spread is that at vesting: shares exercised early, without the election."""
        return self.exercised_early and not self.election_83b

    @property
    def income_day(self) -> date:
        """The day of the spread: AMT income of an ISO (Form 6251 line 2i), wages of any other award."""
        return self.vested if self.is_taxed_at_vesting else self.acquired

    @property
    def spread(self) -> float:
        """The spread on that day; 0 under water."""
        return self._above_strike(self._value_at_vest() if self.is_taxed_at_vesting else self.fmv)

    @property
    def disqualified_spread(self) -> float:
        """The spread that becomes wages in a disqualifying sale: at vesting, even with the election, if that is later.

        Treas. Reg. 1.422-1(b)(3), example 2: the election has no effect for the regular tax of an ISO.
        """
        return self._above_strike(self._value_at_vest() if self.exercised_early else self.fmv)

    @property
    def clock(self) -> date:
        """The day from which the term of a sale counts that is not qualifying.

        Of an ISO it is vesting, even with the election (Treas. Reg. 1.422-1(b)(3), example 2); otherwise the day of
        the wages (Treas. Reg. 1.83-4(a)).
        """
        return max(self.vested, self.acquired) if self.kind == "ISO" else self.income_day

    @property
    def long_term_day(self) -> date:
        """The first day of a long-term sale that is not qualifying."""
        return first_long_term_day(self.clock)

    @property
    def qualifying_day(self) -> date | None:
        """The first day of a qualifying sale of an ISO; None for other awards."""
        return first_qualifying_day(self.grant_date, self.acquired) if self.kind == "ISO" else None

    @property
    def regular_basis(self) -> float:
        """Basis for the regular tax while the shares are held: the strike of an ISO, with the wages of other awards."""
        return self.strike if self.kind == "ISO" else self.strike + self.spread

    @property
    def amt_basis(self) -> float:
        """Basis for the AMT: what was paid and the spread that was income (Form 6251 instructions, line 2i)."""
        return self.strike + self.spread

    def is_called(self, name: str) -> bool:
        """Whether the name is the lot's label, or the beginning that it shares with other lots."""
        return f"{self.label} / ".startswith(f"{name} / ")

    def of(self, shares: float) -> Lot:
        """The same lot with another number of shares."""
        return replace(self, shares=shares)

    def _value_at_vest(self) -> float:
        if self.fmv_at_vest is None:
            raise ArgumentError(
                f"{self.label}: the value per share on {self.vested}, when the shares vest, is not known; add it to "
                "the values."
            )
        return self.fmv_at_vest

    def _above_strike(self, value: float) -> float:
        return value - self.strike if value > self.strike else 0.0


def lots_called(lots: Sequence[Lot], names: Sequence[str], where: str) -> Sequence[Lot]:
    """The lots of those labels, or of labels that begin with them, name after name; all of them for no name.

    ArgumentError for a name that no lot has.
    """
    if not names:
        return lots
    chosen: dict[str, Lot] = {}
    for name in names:
        found = {lot.label: lot for lot in lots if lot.is_called(name)}
        if not found:
            known = ", ".join(lot.label for lot in lots) or "none is held"
            raise ArgumentError(f"{where}: no lot is called '{name}'; the lots are {known}.")
        chosen |= found
    return list(chosen.values())
