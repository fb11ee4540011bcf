"""A state's own days to share the income of options by, where the work was done in more than one."""

from __future__ import annotations

from functools import cache
from typing import Final, Literal, NamedTuple

from xl_amt.errors import NotHeldError
from xl_amt.law.book import enacted

ALLOCATING_STATES: Final = ("CA", "NJ", "NY")  # those whose rule was read in the state's own words


class AllocationPeriod(NamedTuple):
    """What ends the days that count, which begin with the grant; and whether the AMT item is shared by them too."""

    state: str
    ends_with: Literal["exercise", "vesting"]
    amt_item: bool
    source: str


@cache
def allocation_period(state: str, year: int) -> AllocationPeriod:
    """The period of a state, by its two letters, for income of a year; NotHeldError where it is not held.

    >>> allocation_period("NY", 2026).ends_with
    'vesting'
    """
    if state not in ALLOCATING_STATES:
        raise NotHeldError(
            f"state: the days by which {state} shares the income of options are not held; "
            f"use {', '.join(ALLOCATING_STATES[:-1])} or {ALLOCATING_STATES[-1]}."
        )
    book = enacted(state)
    book.check_year(year)
    block = book.block("equity_allocation", year)
    if block is None:
        first = min(book.groups["equity_allocation"])
        raise NotHeldError(f"year: the rule of {state} is held from {first} on, not for {year}.")
    return AllocationPeriod(state, block["ends_with"], block["amt_item"], block["source"])
