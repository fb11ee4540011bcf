"""A state's own days to share the income of options by, where the work was done in more than one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from xl_amt.errors import NotHeldError
from xl_amt.law.held import enacted, jurisdictions
from xl_amt.law.record import built, number


@dataclass(frozen=True, slots=True)
class AllocationPeriod:
    """What ends the days that count, which begin with the grant; and whether the AMT item is shared by them too."""

    jurisdiction: str
    ends_with: Literal["exercise", "vesting"] = number("equity_allocation.ends_with", where_none="")
    amt_item: bool = number("equity_allocation.amt_item", where_none=False)
    source: str = number("equity_allocation.source", where_none="")

    @property
    def state(self) -> str:
        """The state by its two letters."""
        return self.jurisdiction


def allocation_period(state: str, year: int) -> AllocationPeriod:
    """The period of a state, by its two letters, for income of a year; NotHeldError where it is not held.

    >>> allocation_period("NY", 2026).ends_with
    'vesting'
    """
    held = jurisdictions(AllocationPeriod)
    if state not in held:
        raise NotHeldError(
            f"state: how {state} allocates the income of options is not available; use {', '.join(held[:-1])} or "
            f"{held[-1]}."
        )
    book = enacted(state)
    period = built(AllocationPeriod, book, year, "single")
    if not period.ends_with:
        first = min(book.groups["equity_allocation"])
        raise NotHeldError(f"year: the rule of {state} is available from {first} on, not for {year}.")
    return period
