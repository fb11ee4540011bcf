"""What a state keeps of a client who has moved."""

from __future__ import annotations

from typing import Any

from xl_amt.household import Refusal
from xl_amt.worksheet.registry import worksheet


@worksheet(
    "AMT_STATE_SHARE(state_days, total_days)",
    category="State share",
    result="fraction",
    example=(190, 270),
    gives=0.703704,
    refusals=(
        Refusal(
            lambda total_days, **_: total_days == 0.0,
            "total_days: nothing can be allocated over zero days; enter the days worked in the whole period.",
        ),
        Refusal(
            lambda state_days, total_days, **_: state_days > total_days,
            "state_days: they are more than total_days; enter the days of the period that were worked in the state.",
        ),
    ),
)
def amt_state_share(state_days: Any, total_days: Any) -> Any:
    """Share that a state keeps taxing after a move: its workdays over all workdays of its period.

    It says what share of the wages from an NSO or a disqualifying sale, or of the AMT item from an ISO exercise, is the
    state's. The days run from the grant to the exercise in California (FTB Pub. 1004) and New Jersey, to vesting in New
    York (20 NYCRR 132.24), and not past the end of employment with the company.

    It leads to a ratio of tax, not to the tax on a share of the spread: the state figures its tax on all income,
    including the whole spread, and keeps that tax in the ratio of its own income to all income (California Form 540NR
    and its Schedule P). So half the days neither halve the spread that counts nor double the room. A resident of the
    state at exercise is taxed there on all of it, and shares exercised before they vest are not covered.
    """
    return state_days / total_days
