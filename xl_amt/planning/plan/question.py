"""What a planner is asked: years with their households, grants with their vesting, an exit, and limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Literal, TypeAlias

from xl_amt.arithmetic.lines import zero_or_more
from xl_amt.equity.grants import OptionType
from xl_amt.household import Household

Aim = Literal["least tax", "most after tax"]
Tax = Literal["regular", "AMT", "NIIT", "Medicare", "state"]
Amount: TypeAlias = Any  # a float; an array over paths of the value, or a function of a price, where they are asked
Schedule: TypeAlias = (
    "tuple[tuple[int, ...], ...]"  # whole shares, one row per grant and one column per year of exercise
)

AIMS: Final = ("least tax", "most after tax")
TAXES: Final = ("regular", "AMT", "NIIT", "Medicare", "state")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanYear:
    """One year: the household without options, each state's own facts, and the value of a share by company."""

    year: int
    household: Household
    own_facts: Mapping[str, Any]  # by the code of the jurisdiction
    values: Mapping[str, Amount] = field(default_factory=dict)  # dollars per share, by company
    cash: float | None = None  # most that strikes and the taxes they add may come to; None: no limit
    most_amt: float | None = None  # most AMT that may be owed
    spread_before: float = 0.0  # ISO spread of the year that is exercised already, in dollars
    exercise_on: date | None = None  # the day of the year's exercises, where it is known


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanGrant:
    """Options of one grant; ``vested`` are the shares vested by the end of each year, cumulative.

    An ISO that may still be exercised once it is none, as after the three months of IRC 422(a)(2), is two grants: the
    ISO, and an NSO that names it in ``once_iso`` and shares its options, of which each is exercised once. The NSO's
    ``vested`` are 0 in the years before.
    """

    label: str
    company: str
    option_type: OptionType
    strike: float
    shares: int
    vested: tuple[int, ...]
    last_year: int | None = None  # last calendar year of exercise; None: no limit
    granted: date | None = None
    once_iso: str = ""  # label of the ISO grant whose options these are


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningLot:
    """Shares of an ISO that are held already, and sold at the exit."""

    company: str
    grant: str
    shares: int
    strike: float
    amt_basis: float  # dollars per share
    qualifying_from: int  # first year in which their sale is a qualifying one


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanExit:
    """The sale of the companies' shares in the last year; later years, in which credit still comes back."""

    year: int
    prices: Mapping[str, Amount]  # dollars per share, by company
    recovery: tuple[PlanYear, ...] = ()
    on: date | None = None  # the first day on which shares can be sold, a lock-up included


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanQuestion:
    """Everything that a plan rests on."""

    aim: Aim
    taxes: frozenset[Tax]
    jurisdictions: tuple[str, ...]
    discount_rate: float
    credit_left_at: float
    credits: Mapping[str, float]  # minimum tax credit carried into the first year, by jurisdiction
    years: tuple[PlanYear, ...]
    grants: tuple[PlanGrant, ...]
    lots: tuple[OpeningLot, ...] = ()
    exit: PlanExit | None = None

    @property
    def all_years(self) -> tuple[PlanYear, ...]:
        """The years of the plan and the recovery years after them."""
        return self.years + (self.exit.recovery if self.exit else ())

    @property
    def exercise_years(self) -> tuple[PlanYear, ...]:
        """The years in which shares may be exercised and kept: all but that of the exit."""
        return self.years[:-1] if self.exit else self.years

    @property
    def all_must_be_exercised(self) -> bool:
        """Whether every share that vests in time has to be exercised."""
        return self.aim == "least tax"

    @property
    def same_options(self) -> list[list[int]]:
        """The places of the grants that are the same options: a grant's own, and that of what it is once no ISO."""
        places = {grant.label: [place] for place, grant in enumerate(self.grants) if not grant.once_iso}
        for place, grant in enumerate(self.grants):
            if grant.once_iso:
                places[grant.once_iso].append(place)
        return list(places.values())

    def vested_of(self, same: Sequence[int], place: int) -> int:
        """Shares of the same options that are vested by the end of the year at a place."""
        return max(self.grants[own].vested[place] for own in same)

    def exercisable_of(self, same: Sequence[int]) -> int:
        """Shares of the same options that are vested by the last year in which they can be exercised and kept."""
        return max(self.exercisable(self.grants[own]) for own in same)

    def discount(self, place: int) -> float:
        """What a dollar of the year at this place, from 0, counts."""
        return float((1.0 + self.discount_rate) ** -place)

    def last_place(self, grant: PlanGrant) -> int:
        """The place of the last year in which a grant can be exercised and kept; -1 where there is none."""
        last = self.exercise_years[-1].year if grant.last_year is None else grant.last_year
        return min(last - self.years[0].year, len(self.exercise_years) - 1)

    def exercisable(self, grant: PlanGrant) -> int:
        """Shares of a grant that are vested by the last year in which it can be exercised and kept."""
        last = self.last_place(grant)
        return grant.vested[last] if last >= 0 else 0

    def spread_of(self, grant: PlanGrant, place: int) -> Amount:
        """What a share's exercise in a year adds to the spread of an ISO or the wages of an NSO; 0 under water."""
        return zero_or_more(self.years[place].values[grant.company] - grant.strike)
