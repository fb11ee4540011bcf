"""AMT room: the largest ISO spread within an AMT budget, found from the minimum tax's own kinks."""

from __future__ import annotations

from xl_amt.arithmetic.lines import HALF_A_CENT, Line, ascending, choose, everywhere, smaller_of, whole, zero_or_more
from xl_amt.forms.minimum_tax import MinimumTax


def amt_room(tax_return: MinimumTax) -> Line:
    """Largest ISO spread with no AMT, in dollars; 0 for a client already in AMT."""
    return spread_within(tax_return, 0.0)


def spread_within(tax_return: MinimumTax, amt: Line) -> Line:
    """Largest ISO spread whose AMT is at most this much, in dollars; 0 where AMT without a spread is above it."""
    return spread_with_tentative_tax(tax_return, tax_return.compared_tax + amt)


def spread_keeping_credit(tax_return: MinimumTax) -> Line:
    """Largest ISO spread with no AMT that leaves this year's minimum tax credit as if nothing was exercised."""
    unexercised = tax_return.total_tax(0.0).minimum_tax_credit
    keeping = spread_with_tentative_tax(tax_return, unexercised.regular_tax_less_credits - unexercised.credit_used)
    room = amt_room(tax_return)
    return choose(unexercised.credit_used > 0.0, smaller_of(keeping, room), room)


def spread_with_tentative_tax(tax_return: MinimumTax, tax: Line) -> Line:
    """Largest ISO spread whose tentative minimum tax is at most this much, in dollars; 0 where none is.

    Tentative tax never falls as the spread grows, and is straight between kinks. So the spread is the sum, over the
    stretches between kinks, of the part of each on which it stays within. Less than half a cent above is within:
    binary fractions must not move the answer across a flat stretch.
    """
    at: Line = 0.0
    excess = tax_return.unlimited_tentative_tax(0.0) - tax
    spread = zero_or_more(excess) * 0.0
    for kink in ascending(tax_return.kinks()):
        excess_at_kink = tax_return.unlimited_tentative_tax(kink) - tax
        spread = spread + (kink - at) * _part_within(excess, excess_at_kink)
        at, excess = kink, excess_at_kink
        if everywhere(excess >= HALF_A_CENT):
            return spread
    return spread + zero_or_more(-excess) / tax_return.top_rate


def shares_within(tax_return: MinimumTax, spread_per_share: Line, spread_before: Line = 0.0) -> Line:
    """Whole shares with no AMT, beside a spread that was exercised before; the spread a share is above 0.

    Confirmed by the form: these shares owe less than half a cent, and one share more does not.
    """
    shares = whole(zero_or_more(spread_within(tax_return, HALF_A_CENT) - spread_before) / spread_per_share)
    one_more = tax_return.minimum_tax(spread_before + (shares + 1.0) * spread_per_share).alternative_minimum_tax
    shares = choose(one_more < HALF_A_CENT, shares + 1.0, shares)
    owed = tax_return.minimum_tax(spread_before + shares * spread_per_share).alternative_minimum_tax
    return choose(owed >= HALF_A_CENT, zero_or_more(shares - 1.0), shares)


def _part_within(excess_before: Line, excess_after: Line) -> Line:
    """The fraction of a straight stretch on which the excess is at or below zero."""
    below = zero_or_more(-excess_before)
    rise = excess_after - excess_before
    crosses = smaller_of(below / choose(rise > 0.0, rise, 1.0), 1.0)
    return choose(excess_after < HALF_A_CENT, 1.0, crosses)
