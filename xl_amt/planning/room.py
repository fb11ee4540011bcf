"""AMT room: the largest ISO spread, and the most shares, that owe no AMT."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from xl_amt.arithmetic.lines import HALF_A_CENT, Line, choose, of_one, smaller_of, whole, zero_or_more
from xl_amt.forms.minimum_tax import MinimumTax
from xl_amt.forms.spread_within import spread_with_tentative_tax, spread_within
from xl_amt.forms.tax_systems import limiting

BEYOND: Final = (0.25, 0.50, 1.00)  # of the room: what more costs, as an advisor first asks


def amt_room(tax_return: MinimumTax) -> Line:
    """Largest ISO spread with no AMT, in dollars; 0 for a client already in AMT."""
    return spread_within(tax_return, 0.0)


class Rooms(NamedTuple):
    """The room of each jurisdiction by its code, in dollars, and the code of the one that binds: the smallest."""

    by_jurisdiction: dict[str, float]
    binding: str

    @property
    def room(self) -> float:
        """Largest ISO spread with no AMT in any of them."""
        return self.by_jurisdiction[self.binding]


def rooms(tax_returns: Sequence[MinimumTax]) -> Rooms:
    """One household's room in each jurisdiction of its returns, and which binds; of two equal ones the first.

    A state without a minimum tax has none, and is not among them; NoAnswerError where no jurisdiction has one.

    >>> from xl_amt.forms.ca.facts import CaliforniaFacts
    >>> from xl_amt.forms.tax_systems import TAX_SYSTEMS, tax_returns_of
    >>> from xl_amt.household import Household
    >>> described = [(TAX_SYSTEMS["US"], None), (TAX_SYSTEMS["CA"], CaliforniaFacts())]
    >>> of_both = rooms(tax_returns_of(Household(2025, "single", 200_000.0), described))
    >>> round(of_both.room, 2), round(of_both.by_jurisdiction["CA"], 2), of_both.binding
    (30665.38, 100005.86, 'US')
    """
    found = {tax_return.jurisdiction: of_one(amt_room(tax_return)) for tax_return in limiting(tuple(tax_returns))}
    return Rooms(found, min(found, key=lambda code: found[code]))


def spread_keeping_credit(tax_return: MinimumTax) -> Line:
    """Largest ISO spread with no AMT that leaves this year's minimum tax credit as if nothing was exercised."""
    unexercised = tax_return.total_tax(0.0).minimum_tax_credit
    keeping = spread_with_tentative_tax(tax_return, unexercised.regular_tax_less_credits - unexercised.credit_used)
    room = amt_room(tax_return)
    return choose(unexercised.credit_used > 0.0, smaller_of(keeping, room), room)


def shares_within(tax_return: MinimumTax, spread_per_share: Line, spread_before: Line = 0.0) -> Line:
    """Whole shares with no AMT, on top of a spread that was exercised before; the spread a share is above 0.

    Confirmed by the form: these shares owe less than half a cent, and one share more does not.
    """
    shares = whole(zero_or_more(spread_within(tax_return, HALF_A_CENT) - spread_before) / spread_per_share)
    one_more = tax_return.minimum_tax(spread_before + (shares + 1.0) * spread_per_share).alternative_minimum_tax
    shares = choose(one_more < HALF_A_CENT, shares + 1.0, shares)
    owed = tax_return.minimum_tax(spread_before + shares * spread_per_share).alternative_minimum_tax
    return choose(owed >= HALF_A_CENT, zero_or_more(shares - 1.0), shares)
