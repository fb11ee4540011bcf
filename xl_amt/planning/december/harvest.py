"""Harvesting an AMT capital loss carryover: gain that the regular tax takes, and the AMT does not, frees credit.

Shares that fell after their exercise leave a capital loss for the AMT that the regular tax does not know; beyond 3,000
dollars a year only capital gain uses it (IRC 1211(b); Merlo v. Commissioner, 126 T.C. 205). A gain raises the regular
tax and, as long as the loss absorbs it, not the tentative tax: as much more of the minimum tax credit can be used (IRC
53(c)).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final, NamedTuple

from xl_amt.arithmetic.lines import HALF_A_CENT, Line, given, of_one
from xl_amt.arithmetic.piecewise import Piecewise
from xl_amt.forms.minimum_tax import MinimumTax

_KINDS: Final = ("short_term", "long_term")


class Harvest(NamedTuple):
    """A long-term gain realized this year, in dollars."""

    gain: float
    credit_freed: float
    tax_added: float  # all the same, after the credit freed


def harvest(tax_return: MinimumTax, spread: float) -> list[Harvest]:
    """What further long-term gain frees of the minimum tax credit, a row at every kink: straight in between.

    The rows end with the least gain that frees the most, of those that the loss for the AMT absorbs. There is none
    where no credit waits, or is used anyway, or where the AMT knows no further loss than the regular tax does.

    >>> from xl_amt.forms.us.total_tax import tax_return_of
    >>> from xl_amt.household import Household
    >>> loss = {"minimum_tax_credit": 45_813.50, "amt_long_term_loss_carryover": 60_000.0}
    >>> tax_return = tax_return_of(Household(2025, "single", 200_000.0, **loss))
    >>> [(row.gain, round(row.credit_freed, 2), round(row.tax_added, 2)) for row in harvest(tax_return, 0.0)]
    [(0.0, 0.0, 0.0), (57000.0, 8550.0, 2166.0)]
    """
    loss = _loss_for_the_amt(tax_return)
    if loss - _loss(tax_return) < HALF_A_CENT:
        return []
    gain = Piecewise.unknown(loss)
    before, after = tax_return.total_tax(spread), _with_gain(tax_return, gain).total_tax(spread)
    freed: Any = after.minimum_tax_credit.credit_used - before.minimum_tax_credit.credit_used
    added: Any = after.total - before.total
    if not isinstance(freed, Piecewise):
        return []
    points = sorted({*freed.kinks, *(added.kinks if isinstance(added, Piecewise) else ()), loss})
    most = max(freed.at(point) for point in points)
    if most < HALF_A_CENT:
        return []
    enough = next(place for place, point in enumerate(points) if freed.at(point) > most - HALF_A_CENT)
    return [Harvest(point, freed.at(point), added.at(point)) for point in points[: enough + 1]]


def _with_gain(tax_return: MinimumTax, gain: Line) -> MinimumTax:
    facts = tax_return.facts
    return tax_return.with_facts(
        replace(
            facts,
            long_term_gain=facts.long_term_gain + gain,
            amt_long_term_gain=given(facts.amt_long_term_gain, facts.long_term_gain) + gain,
        )
    )


def _loss(tax_return: MinimumTax) -> float:
    """The net capital loss of the year and of those before, before any limit; below zero for a gain."""
    return sum(
        of_one(_fact(tax_return, f"{kind}_loss_carryover") - _fact(tax_return, f"{kind}_gain")) for kind in _KINDS
    )


def _loss_for_the_amt(tax_return: MinimumTax) -> float:
    """The same, refigured for the minimum tax."""
    return sum(
        of_one(
            _fact(tax_return, f"amt_{kind}_loss_carryover", f"{kind}_loss_carryover")
            - _fact(tax_return, f"amt_{kind}_gain", f"{kind}_gain")
        )
        for kind in _KINDS
    )


def _fact(tax_return: MinimumTax, *names: str) -> Line:
    """The first of these facts that is given; a state's own before the household's."""
    records = (tax_return.own, tax_return.facts)
    every: Iterator[Line | None] = (getattr(record, name, None) for record in records for name in names)
    return next(amount for amount in every if amount is not None)
