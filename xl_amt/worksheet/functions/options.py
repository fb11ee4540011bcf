"""What an option is worth at exercise, what has vested, and which part of it is an ISO."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any, Final

from xl_amt.arithmetic.lines import zero_or_more
from xl_amt.equity.hundred_thousand import iso_part
from xl_amt.equity.vesting import vested_shares
from xl_amt.household import Refusal
from xl_amt.worksheet.registry import worksheet


@worksheet(
    "AMT_BARGAIN(shares, strike, fmv_at_exercise)",
    category="Options",
    result="dollars",
    example=(20_000, 10, 40),
    gives=600_000.00,
)
def amt_bargain(shares: Any, strike: Any, fmv_at_exercise: Any) -> Any:
    """Bargain element of an exercise: shares × (fair market value − strike); 0 under water.

    For an ISO this is the item of Form 6251 line 2i (IRC 56(b)(3)); for an NSO it is wages (Treas. Reg. 1.83-7).
    """
    return shares * zero_or_more(fmv_at_exercise - strike)


_WHOLE_SHARES: Final = Refusal(
    lambda shares, **_: shares % 1.0 != 0.0, "shares: shares are whole; enter a whole number."
)


_of_the_rule = partial(
    worksheet,
    category="Options",
    result="shares",
    example=(15_000, 10, 0),
    refusals=(
        _WHOLE_SHARES,
        Refusal(
            lambda fmv_at_grant, **_: fmv_at_grant == 0.0,
            "fmv_at_grant: it is blank or 0; enter the value per share at grant (an ISO's strike is not below it).",
        ),
    ),
    takes_columns=False,
)


@_of_the_rule("AMT_ISO_PART(shares, fmv_at_grant, value_before)", gives=10_000)
def amt_iso_part(shares: float, fmv_at_grant: float, value_before: float) -> float:
    """ISO shares of a tranche under the $100,000 rule: whole shares, rounded down (IRC 422(d)).

    Options count in the calendar year in which they first become exercisable, at the share's value at grant, in the
    order of their grants (Treas. Reg. 1.422-4(b)). value_before is the value at grant of all ISOs of earlier grants,
    and of earlier tranches of the same one, that can first be exercised in that year. Options that may be exercised
    early all count in the year of the grant.
    """
    return iso_part(shares, fmv_at_grant, value_before)


@_of_the_rule("AMT_NSO_PART(shares, fmv_at_grant, value_before)", gives=5_000)
def amt_nso_part(shares: float, fmv_at_grant: float, value_before: float) -> float:
    """NSO shares of a tranche under the $100,000 rule: the shares that are not in AMT_ISO_PART (IRC 422(d))."""
    return shares - iso_part(shares, fmv_at_grant, value_before)


@worksheet(
    "AMT_VESTED(shares, start, schedule, as_of)",
    category="Options",
    result="shares",
    example=(4_800, "2024-03-01", "1/48 monthly, 1 year cliff", "2025-04-15"),
    gives=1_300,
    refusals=(_WHOLE_SHARES,),
    takes_columns=False,
)
def amt_vested(shares: float, start: date, schedule: str, as_of: date) -> float:
    """Shares of an award that have vested by the end of a day.

    The schedule is text as exports write it: "1/48 monthly, 1 year cliff", "M-48-12" (monthly over 48 months, the first
    12 at once), "25% yearly", "25% after 1 year, then 1/36 monthly", "quarterly over 4 years", or dates and shares,
    "2026-03-01: 100; 2026-06-01: 100". Fractional shares wait for the next tranche (cumulative rounding, down). In a
    month without the start day, shares vest on its last day.
    """
    return float(vested_shares(int(shares), start, schedule, as_of))
