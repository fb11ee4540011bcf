"""Awards of stock options and restricted stock units: their terms, and what is left of them on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from xl_amt.days import add_months
from xl_amt.errors import ArgumentError
from xl_amt.law.incentive_stock_options import incentive_stock_option_law

OptionType = Literal["ISO", "NSO"]
AwardType = Literal["ISO", "NSO", "RSU"]


class VestingEvent(NamedTuple):
    """Shares that vest on a day, and how many of them the platform counts as ISO; None where it does not say."""

    day: date
    shares: int
    iso_shares: int | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """The terms of one award (IRC 422 for ISOs, IRC 83 and Treas. Reg. 1.83-7 for NSOs, IRC 83 for RSUs).

    Shares are whole; ``strike`` and ``fmv_at_grant`` are dollars per share, the strike of an RSU is 0. ``None`` means
    that nobody says; nothing is guessed in its place. ``vesting_events`` go before the text of ``vesting_schedule``;
    an award with neither is vested from its grant. ``exercise_window`` is how long the plan lets options be exercised
    after employment has ended, such as "90 days"; ``early_exercisable`` options may be exercised before they vest.

    ``exercised_before`` are shares of the grant that were exercised on days that nobody knows: they are gone, and make
    no lot. From the day on which it is ``disqualified``, by a modification or because the plan was not approved, an
    ISO is an NSO (IRC 422(b), 424(h)); what was exercised before stays what it was.
    """

    label: str
    option_type: AwardType
    grant_date: date | None
    strike: float
    shares_granted: int
    vesting_schedule: str = ""
    vesting_start: date | None = None
    expiration_date: date | None = None
    plan: str = ""
    fmv_at_grant: float | None = None
    vesting_events: tuple[VestingEvent, ...] = ()
    early_exercisable: bool = False
    exercise_window: str = ""
    ten_percent_owner: bool = False
    qualified_small_business: bool = False
    exercised_before: int = 0
    disqualified: date | None = None

    @property
    def granted_on(self) -> date:
        """The grant date; ArgumentError where nobody says it."""
        if self.grant_date is None:
            raise ArgumentError(f"{self.label}: its grant date is not known; enter the date of the grant.")
        return self.grant_date

    @property
    def last_day(self) -> date | None:
        """The last day on which the options may be exercised; None where nobody says it and no law sets it."""
        return self.expiration_date or self.last_day_of_an_iso

    @property
    def last_day_of_an_iso(self) -> date | None:
        """Ten years after the grant, five for a 10% owner (IRC 422(b)(3), (c)(5)); None for what is not an ISO."""
        if self.option_type != "ISO" or self.grant_date is None or self.disqualified:
            return None
        law = incentive_stock_option_law()
        years = law.ten_percent_owner_years if self.ten_percent_owner else law.years_to_exercise
        return add_months(self.grant_date, 12 * years)

    def type_on(self, day: date) -> AwardType:
        """What the award is on a day: an ISO is an NSO from its disqualification on.

        >>> grant = Grant("ES-1", "ISO", date(2024, 1, 15), 2.0, 100, disqualified=date(2026, 10, 1))
        >>> grant.type_on(date(2026, 9, 30)), grant.type_on(date(2026, 10, 1))
        ('ISO', 'NSO')
        """
        return (
            "NSO" if self.option_type == "ISO" and self.disqualified and day >= self.disqualified else self.option_type
        )

    @property
    def value_at_grant(self) -> float:
        """The share's fair market value at grant, in dollars, by which the $100,000 rule counts.

        Where nobody says it, it is the strike: an ISO's is not below the value (IRC 422(b)(4)), so the rule
        leaves no more ISO shares than it should.
        """
        return self.strike if self.fmv_at_grant is None else self.fmv_at_grant


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldGrant(Grant):
    """A grant of options as the client holds it on one day, by an export.

    ``shares_exercisable`` are vested, not exercised, not lapsed; ``work_ended`` is the last day of work, if the export
    states one. All figures, the strike too, are in the shares of the export's day. `xl_amt.equity.held` makes it one
    that can be followed.
    """

    shares_exercised: int
    shares_exercisable: int
    shares_unvested: int
    work_ended: date | None = None
