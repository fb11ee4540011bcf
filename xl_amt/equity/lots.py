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
from fractions import Fraction
from typing import NamedTuple

from xl_amt.days import first_long_term_day, first_qualifying_day
from xl_amt.equity.grants import AwardType
from xl_amt.errors import ArgumentError


class LotKey(NamedTuple):
    """What makes a lot one and no other: its grant, day, kind, vesting and election; its name, if it has one.

    ``vests`` is the day on which the shares vest by the grant's own schedule, whatever has become of it since.
    ``name`` is the broker's, of a lot that a portfolio begins with.
    """

    grant: str
    acquired: date
    kind: AwardType
    vests: date
    election_83b: bool = False
    name: str = ""

    @property
    def label(self) -> str:
        """The lot in words.

        >>> LotKey("ES-1", date(2026, 3, 1), "ISO", date(2027, 1, 15), election_83b=True).label
        'ES-1 / 2026-03-01 / ISO vesting 2027-01-15, 83(b)'
        """
        election = ", 83(b)" if self.election_83b else ""
        return self.name or f"{self.grant} / {self.acquired} / {self.kind} vesting {self.vests}{election}"

    def is_called(self, name: str | LotKey) -> bool:
        """Whether the name is this key, its label, or its beginning: the grant, with the day, and with the kind."""
        if isinstance(name, LotKey):
            return name == self
        of_day = f"{self.grant} / {self.acquired}"
        return name == self.label or bool(self.grant and name in (self.grant, of_day, f"{of_day} / {self.kind}"))


@dataclass(frozen=True, slots=True)
class Lot:
    """Shares acquired on one day at one price, which vested on one day; amounts are dollars per share.

    ``fmv`` is the value on the day of exercise (of vesting, for an RSU). ``vested`` is later than ``acquired`` only
    for options exercised early; ``fmv_at_vest`` is the value on that day. Either is None where it is not known, and is
    asked for when an amount needs it. Shares are vested when they are transferable or at no substantial risk of
    forfeiture, which for an insider can be six months after the exercise (IRC 83(c)(3)).

    ``grant_label`` is "", and ``grant_date`` None, where nobody knows the grant. ``split_by`` is how many shares later
    splits have made of each one acquired.
    """

    label: str
    grant_label: str
    kind: AwardType
    grant_date: date | None
    acquired: date
    shares: float
    strike: float
    fmv: float | None
    vested: date
    fmv_at_vest: float | None = None
    election_83b: bool = False
    qualified_small_business: bool = False
    stated_key: LotKey | None = None
    split_by: float = 1.0

    @property
    def key(self) -> LotKey:
        """The lot's identity, by which it is found again; the label is what is shown."""
        return self.stated_key or LotKey(
            self.grant_label, self.acquired, self.kind, self.vested, self.election_83b, self.label
        )

    @property
    def subject(self) -> str:
        """The label of the grant; the lot's own, where nobody knows the grant."""
        return self.grant_label or self.label

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
        return self._above_strike(self._value_at_vest() if self.is_taxed_at_vesting else self.value_at_exercise)

    @property
    def disqualified_spread(self) -> float:
        """The spread that becomes wages in a disqualifying sale: at vesting, even with the election, if that is later.

        Treas. Reg. 1.422-1(b)(3), example 2: the election has no effect for the regular tax of an ISO.
        """
        return self._above_strike(self._value_at_vest() if self.exercised_early else self.value_at_exercise)

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
        """The first day of a qualifying sale of an ISO; None for other awards.

        Where the grant's day is not known, it is the first day that qualifies whenever the grant was: it cannot have
        been after the exercise.
        """
        return first_qualifying_day(self.grant_date or self.acquired, self.acquired) if self.kind == "ISO" else None

    @property
    def value_at_exercise(self) -> float:
        """The value per share on the day of exercise; ArgumentError where nobody says it."""
        if self.fmv is None:
            raise ArgumentError(
                f"{self.label}: the value per share on {self.acquired}, when the shares were acquired, is not known; "
                "enter it with the exercise, or add it to the values for that day."
            )
        return self.fmv

    @property
    def as_acquired(self) -> Lot:
        """The same lot counted and valued in the shares of the day on which it was acquired, before any split."""
        if self.split_by == 1.0:
            return self
        return self.after_split(Fraction(1) / Fraction(self.split_by).limit_denominator())

    @property
    def regular_basis(self) -> float:
        """Basis for the regular tax while the shares are held: the strike of an ISO, with the wages of other awards."""
        return self.strike if self.kind == "ISO" else self.strike + self.spread

    @property
    def amt_basis(self) -> float:
        """Basis for the AMT: what was paid and the spread that was income (Form 6251 instructions, line 2i)."""
        return self.strike + self.spread

    def is_called(self, name: str | LotKey) -> bool:
        """Whether the name is the lot's label or key, or the beginning that it shares with other lots."""
        return self.key.is_called(name)

    def after_split(self, ratio: Fraction) -> Lot:
        """The same lot after a split: more shares at a lower price each, of the same basis (Treas. Reg. 1.307-1)."""
        shares, by = Fraction(self.shares) * ratio, float(ratio)
        return replace(
            self,
            shares=int(shares) if shares.denominator == 1 else float(shares),
            strike=self.strike / by,
            fmv=None if self.fmv is None else self.fmv / by,
            fmv_at_vest=None if self.fmv_at_vest is None else self.fmv_at_vest / by,
            stated_key=self.key,
            split_by=self.split_by * by,
        )

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


def lots_called(lots: Sequence[Lot], names: Sequence[str | LotKey], where: str) -> Sequence[Lot]:
    """The lots of those keys, labels or beginnings of labels, name after name; all of them for no name.

    ArgumentError for a name that no lot has.
    """
    if not names:
        return lots
    chosen: dict[LotKey, Lot] = {}
    for name in names:
        found = {lot.key: lot for lot in lots if lot.is_called(name)}
        if not found:
            known = ", ".join(lot.label for lot in lots) or "none"
            called = name.label if isinstance(name, LotKey) else name
            raise ArgumentError(f"{where}: no lot is named '{called}'; existing lots: {known}.")
        chosen |= found
    return list(chosen.values())
