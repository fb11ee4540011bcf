"""The largest ISO spread within a tax, found from the kinks of a minimum tax.

It lives with the forms because a state's form may need it: Connecticut's minimum tax begins where the federal one
does.
"""

from __future__ import annotations

from xl_amt.arithmetic.lines import HALF_A_CENT, Line, ascending, choose, everywhere, smaller_of, zero_or_more
from xl_amt.forms.minimum_tax import MinimumTax


def spread_within(tax_return: MinimumTax, amt: Line) -> Line:
    """Largest ISO spread whose AMT is at most this much, in dollars; 0 where AMT without a spread is above it."""
    return spread_with_tentative_tax(tax_return, tax_return.compared_tax + amt)


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


def _part_within(excess_before: Line, excess_after: Line) -> Line:
    """The fraction of a straight stretch on which the excess is at or below zero."""
    below = zero_or_more(-excess_before)
    rise = excess_after - excess_before
    crosses = smaller_of(below / choose(rise > 0.0, rise, 1.0), 1.0)
    return choose(excess_after < HALF_A_CENT, 1.0, crosses)
