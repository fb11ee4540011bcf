"""AMT room: the largest ISO spread within an AMT budget, found from the form's own kinks."""

from __future__ import annotations

from xl_amt.arithmetic.lines import Line, ascending, choose, everywhere, smaller_of, whole, zero_or_more
from xl_amt.forms.us.form_6251 import HALF_A_CENT, form_6251, kinks
from xl_amt.forms.us.total_tax import Return


def amt_room(year: Return) -> Line:
    """Largest ISO spread with no AMT, in dollars; 0 for a client already in AMT."""
    return spread_within(year, 0.0)


def spread_within(year: Return, amt: Line) -> Line:
    """Largest ISO spread whose AMT is at most this much, in dollars; 0 where AMT without a spread is above it."""
    return spread_with_tentative_tax(year, year.base.regular_tax + amt)


def spread_keeping_credit(year: Return) -> Line:
    """Largest ISO spread with no AMT that leaves this year's minimum tax credit as if nothing was exercised."""
    unexercised = year.total_tax(0.0).minimum_tax_credit
    keeping = spread_with_tentative_tax(year, unexercised.regular_tax_less_credits - unexercised.credit_used)
    room = amt_room(year)
    return choose(unexercised.credit_used > 0.0, smaller_of(keeping, room), room)


def spread_with_tentative_tax(year: Return, tax: Line) -> Line:
    """Largest ISO spread whose tentative minimum tax is at most this much, in dollars; 0 where none is.

    Line 7 of Form 6251 never falls as the spread grows, and is straight between kinks. So the spread is the sum,
    over the stretches between kinks, of the part of each on which line 7 stays within. Less than half a cent above
    is within: binary fractions must not move the answer across a flat stretch.
    """
    base, law = year.base, year.law
    most = tax + base.foreign_tax_credit
    at, excess = 0.0, form_6251(base, 0.0, law).tax_before_credit - most
    spread = zero_or_more(excess) * 0.0
    for kink in ascending(kinks(base, law)):
        excess_at_kink = form_6251(base, kink, law).tax_before_credit - most
        spread = spread + (kink - at) * _part_within(excess, excess_at_kink)
        at, excess = kink, excess_at_kink
        if everywhere(excess >= HALF_A_CENT):
            return spread
    return spread + zero_or_more(-excess) / law.high_rate


def shares_within(year: Return, spread_per_share: Line, spread_before: Line = 0.0) -> Line:
    """Whole shares with no AMT, beside a spread that was exercised before; the spread a share is above 0.

    Confirmed by the form: these shares owe less than half a cent, and one share more does not.
    """
    shares = whole(zero_or_more(spread_within(year, HALF_A_CENT) - spread_before) / spread_per_share)
    one_more = year.form_6251(spread_before + (shares + 1.0) * spread_per_share).alternative_minimum_tax
    shares = choose(one_more < HALF_A_CENT, shares + 1.0, shares)
    owed = year.form_6251(spread_before + shares * spread_per_share).alternative_minimum_tax
    return choose(owed >= HALF_A_CENT, zero_or_more(shares - 1.0), shares)


def _part_within(excess_before: Line, excess_after: Line) -> Line:
    """The fraction of a straight stretch on which the excess is at or below zero."""
    below = zero_or_more(-excess_before)
    rise = excess_after - excess_before
    crosses = smaller_of(below / choose(rise > 0.0, rise, 1.0), 1.0)
    return choose(excess_after < HALF_A_CENT, 1.0, crosses)
