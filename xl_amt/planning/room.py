"""AMT room: the largest ISO spread with no alternative minimum tax, found from the form's own kinks."""

from __future__ import annotations

from xl_amt.forms.form_1040 import RegularTax
from xl_amt.forms.form_6251 import HALF_A_CENT, form_6251, kinks
from xl_amt.forms.lines import Line, ascending, choose, everywhere, smaller_of, whole, zero_or_more
from xl_amt.law import FederalLaw


def amt_room(regular: RegularTax, law: FederalLaw) -> Line:
    """Largest ISO spread with no AMT, in dollars; 0 for a client already in AMT.

    Line 9 less line 10 of Form 6251 never falls as the spread grows, and is straight between kinks. So the room
    is the sum, over the stretches between kinks, of the part of each that is at or below zero. AMT of less than
    half a cent is none: binary fractions must not move the answer across a flat stretch.
    """
    spread, excess = 0.0, _excess(regular, 0.0, law)
    room = zero_or_more(excess) * 0.0
    for kink in ascending(kinks(regular, law)):
        excess_at_kink = _excess(regular, kink, law)
        room = room + (kink - spread) * _part_without_amt(excess, excess_at_kink)
        spread, excess = kink, excess_at_kink
        if everywhere(excess >= HALF_A_CENT):
            return room
    return room + zero_or_more(-excess) / law.high_rate


def shares_within(
    room: Line, spread_per_share: Line, regular: RegularTax, law: FederalLaw, spread_before: Line = 0.0
) -> Line:
    """Whole shares whose spread fits the room beside what was exercised before; the spread a share is above 0.

    Confirmed by the form: these shares owe no AMT, and one share more does.
    """
    shares = whole(zero_or_more(room - spread_before) / spread_per_share)
    one_more = _amt(regular, spread_before + (shares + 1.0) * spread_per_share, law)
    shares = choose(one_more < HALF_A_CENT, shares + 1.0, shares)
    owed = _amt(regular, spread_before + shares * spread_per_share, law)
    return choose(owed >= HALF_A_CENT, zero_or_more(shares - 1.0), shares)


def _excess(regular: RegularTax, spread: Line, law: FederalLaw) -> Line:
    form = form_6251(regular, spread, law)
    return form.tentative_minimum_tax - form.regular_tax


def _amt(regular: RegularTax, spread: Line, law: FederalLaw) -> Line:
    return form_6251(regular, spread, law).alternative_minimum_tax


def _part_without_amt(excess_before: Line, excess_after: Line) -> Line:
    """The fraction of a straight stretch on which the excess is at or below zero."""
    below = zero_or_more(-excess_before)
    rise = excess_after - excess_before
    crosses = smaller_of(below / choose(rise > 0.0, rise, 1.0), 1.0)
    return choose(excess_after < HALF_A_CENT, 1.0, crosses)
