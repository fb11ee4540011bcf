"""Questions about one unknown amount, answered from the forms as functions of it (see arithmetic/piecewise.py).

Where returns of several jurisdictions are asked together, as for "US+CA", the answer holds for all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from itertools import pairwise
from typing import Final

from xl_amt.arithmetic.lines import HALF_A_CENT, Line, larger_of, of_one
from xl_amt.arithmetic.piecewise import Piecewise
from xl_amt.forms.minimum_tax import STEP_WIDTH, MinimumTax
from xl_amt.forms.tax_systems import limiting

_A_CENT: Final = 0.01
DUST: Final = 1e-6  # dollars of AMT: binary dust on a flat stretch


def curve(tax_returns: Sequence[MinimumTax], most: float) -> list[list[float]]:
    """The taxes from no spread to the most, a row at every kink of any of them: straight lines in between.

    In each row the spread, and then of each return its regular, tentative minimum and alternative minimum tax, in
    dollars. A step is two rows, just below it and just above.
    """
    spreads = {0.0, most}
    for tax_return in tax_returns:
        taxes = tax_return.minimum_tax(Piecewise.unknown(most))
        spreads.update(_turns(taxes.tentative_minimum_tax), _turns(taxes.alternative_minimum_tax))
    rows = []
    for spread in sorted(spreads):
        row = [spread]
        for tax_return in tax_returns:
            taxes = tax_return.minimum_tax(spread)
            row += map(of_one, (taxes.regular_tax, taxes.tentative_minimum_tax, taxes.alternative_minimum_tax))
        rows.append(row)
    return rows


def marginal_rate(tax_return: MinimumTax, spread: float) -> float:
    """Total tax on the next dollar of spread, as a fraction: AMT, and minimum tax credit that it postpones."""
    total = tax_return.total_tax(Piecewise.unknown(1.0) + spread).total
    return total.on(_A_CENT).slope if isinstance(total, Piecewise) else 0.0


def income_absorbing(tax_returns: Sequence[MinimumTax], spread: float) -> float | None:
    """Least further ordinary income, such as a bonus, with which the spread owes no AMT; None where none does.

    Income in the 24% bracket brings federal AMT nearer, income at 32% and more drives it off, so the answer can lie
    far up.
    """
    tax_returns = limiting(tuple(tax_returns))
    if owed(tax_returns, spread) < HALF_A_CENT:
        return 0.0
    most = max(of_one(tax_return.income_without_turns(spread)) for tax_return in tax_returns)

    def excess(more: Line) -> Line:
        return excess_of([_with_income(tax_return, more) for tax_return in tax_returns], spread)

    income = first_without(excess(Piecewise.unknown(most)))
    if income is not None and of_one(excess(income)) >= HALF_A_CENT:
        income += _A_CENT  # on a step, such as the deduction's change, the stretch without AMT begins just above
    return income


def _with_income(tax_return: MinimumTax, more: Line) -> MinimumTax:
    facts = tax_return.facts
    return tax_return.with_facts(replace(facts, wages=facts.wages + more))


def owed(tax_returns: Sequence[MinimumTax], spread: Line) -> float:
    """The most AMT that any of the returns owes with the spread, in dollars."""
    return max(of_one(tax_return.minimum_tax(spread).alternative_minimum_tax) for tax_return in tax_returns)


def excess_of(tax_returns: Sequence[MinimumTax], spread: Line) -> Line:
    """By how much tentative tax passes regular tax in the return in which it does most; below zero: no AMT in any."""
    taxes = [tax_return.minimum_tax(spread) for tax_return in tax_returns]
    return reduce(larger_of, (each.tentative_minimum_tax - each.regular_tax for each in taxes))


def first_without(excess: Line) -> float | None:
    """The first point without AMT, binary dust aside; ``excess`` is a function of the unknown."""
    if not isinstance(excess, Piecewise):  # no amount moves it
        return 0.0 if of_one(excess) <= 0.0 else None
    point = excess.first_at_most(0.0)
    return excess.first_at_most(DUST) if point is None else point


def _turns(line: Line) -> list[float]:
    """The points at which a line bends, and those on both sides of a step."""
    if not isinstance(line, Piecewise):
        return []
    turns: list[float] = []
    for before, after in pairwise(line.stretches):
        steps = abs(before.at(after.start) - after.value) > HALF_A_CENT
        turns += [after.start - STEP_WIDTH, after.start + STEP_WIDTH] if steps else [after.start]
    return turns
