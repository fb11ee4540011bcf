"""How much ISO spread, and how many shares, can be exercised with no AMT."""

from __future__ import annotations

from typing import Any

from xl_amt.arithmetic.lines import choose, smaller_of
from xl_amt.errors import NoSolutionError
from xl_amt.forms.minimum_tax import MinimumTax
from xl_amt.household import Refusal
from xl_amt.planning import room
from xl_amt.worksheet.registry import worksheet


@worksheet(
    "AMT_ROOM(income, status, year, [labels], [amounts], [jurisdiction])",
    category="Room",
    result="dollars",
    example=(150_000, "single", 2021),
    gives=27_480.769231,
    together="smaller",
)
def amt_room(tax_return: MinimumTax) -> Any:
    """Largest ISO spread that can be exercised in the year with no AMT.

    The spread is shares × (fair market value − strike), summed over the year's exercises. The room is 0 for a household
    that owes AMT before it exercises anything. It is exact: the largest spread at which line 9 of Form 6251 does not
    exceed line 10 (IRC 55(a)).
    """
    return room.amt_room(tax_return)


@worksheet(
    "AMT_ROOM_SHARES(income, status, year, strike, fmv_at_exercise, [labels], [amounts], [jurisdiction], "
    "[shares_available])",
    category="Room",
    result="shares",
    example=(150_000, "single", 2021, 0.07, 0.74),
    gives=41_016,
    refusals=(
        Refusal(
            lambda strike, fmv_at_exercise, shares_available, **_: (
                (fmv_at_exercise <= strike) & (shares_available == 0.0)
            ),
            "fmv_at_exercise: it is not above the strike, so there is no spread and no limit on the shares; enter "
            "shares_available.",
            NoSolutionError,
        ),
    ),
    together="smaller",
)
def amt_room_shares(tax_return: MinimumTax, strike: Any, fmv_at_exercise: Any, shares_available: Any) -> Any:
    """Whole shares that can be exercised in the year with no AMT.

    Confirmed by the form: this many shares add no AMT (less than half a cent), and one more does, unless
    shares_available is reached first. Under water (fair market value not above the strike) there is no spread, and
    the answer is all available shares.
    """
    spread = fmv_at_exercise - strike
    shares = room.shares_within(tax_return, choose(spread > 0.0, spread, 1.0))
    shares = choose(spread > 0.0, shares, shares_available)
    return choose(shares_available > 0.0, smaller_of(shares, shares_available), shares)


@worksheet(
    "AMT_CUSHION(income, status, year, spread, [labels], [amounts], [jurisdiction])",
    category="Room",
    result="dollars",
    example=(150_000, "single", 2021, 10_000),
    gives=4_545.00,
    together="smaller",
)
def amt_cushion(tax_return: MinimumTax, spread: Any) -> Any:
    """Regular tax less tentative minimum tax, with this ISO spread.

    What is left before AMT is owed, or negative if AMT is owed: Form 6251 line 10 less line 9, before line 11 limits it
    to zero or more.
    """
    return tax_return.compared_tax - tax_return.minimum_tax(spread).tentative_minimum_tax
