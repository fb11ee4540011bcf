"""AMT room: the largest ISO spread, and the most shares, that owe no AMT."""

from __future__ import annotations

from typing import Final

from xl_amt.arithmetic.lines import HALF_A_CENT, Line, choose, smaller_of, whole, zero_or_more
from xl_amt.forms.minimum_tax import MinimumTax
from xl_amt.forms.spread_within import spread_with_tentative_tax, spread_within

BEYOND: Final = (0.25, 0.50, 1.00)  # of the room: what more costs, as an advisor first asks


def amt_room(tax_return: MinimumTax) -> Line:
    """Largest ISO spread with no AMT, in dollars; 0 for a client already in AMT."""
    return spread_within(tax_return, 0.0)


def spread_keeping_credit(tax_return: MinimumTax) -> Line:
    """Largest ISO spread with no AMT that leaves this year's minimum tax credit as if nothing was exercised."""
    unexercised = tax_return.total_tax(0.0).minimum_tax_credit
    keeping = spread_with_tentative_tax(tax_return, unexercised.regular_tax_less_credits - unexercised.credit_used)
    room = amt_room(tax_return)
    return choose(unexercised.credit_used > 0.0, smaller_of(keeping, room), room)


def shares_within(tax_return: MinimumTax, spread_per_share: Line, spread_before: Line = 0.0) -> Line:
    """Whole shares with no AMT, beside a spread that was exercised before; the spread a share is above 0.

    Confirmed by the form: these shares owe less than half a cent, and one share more does not.
    """
    shares = whole(zero_or_more(spread_within(tax_return, HALF_A_CENT) - spread_before) / spread_per_share)
    one_more = tax_return.minimum_tax(spread_before + (shares + 1.0) * spread_per_share).alternative_minimum_tax
    shares = choose(one_more < HALF_A_CENT, shares + 1.0, shares)
    owed = tax_return.minimum_tax(spread_before + shares * spread_per_share).alternative_minimum_tax
    return choose(owed >= HALF_A_CENT, zero_or_more(shares - 1.0), shares)
