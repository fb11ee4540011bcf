"""The returns of states along with the federal one of each year, and what they carry from year to year."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from xl_amt.arithmetic.lines import Line, of_one, zero_or_more
from xl_amt.errors import ArgumentError
from xl_amt.forms.minimum_tax import AllTaxes, MinimumTax
from xl_amt.forms.tax_system import TaxSystem
from xl_amt.forms.us.total_tax import TaxReturn, tax_return_of
from xl_amt.household import Household, labels_of

_CREDIT: Final = "minimum_tax_credit"
_APART: Final = ("amt_short_term_gain", "amt_long_term_gain")  # a state's own facts, not given where they are federal


class StateFacts(NamedTuple):
    """A state whose taxes are figured along with the federal ones: its system, and its own facts, one record a year."""

    system: TaxSystem
    own: tuple[Any, ...]


class StateYear(NamedTuple):
    """A state's return of one year, with the equity of the year in it."""

    system: TaxSystem
    tax_return: MinimumTax
    tax: AllTaxes
    iso_spread: float

    @property
    def credit_earned(self) -> Line:
        """What the year's AMT adds to the state's minimum tax credit."""
        return self.tax_return.credit_earned(self.iso_spread).credit_earned

    @property
    def credit_carried(self) -> Line:
        """The minimum tax credit of the next year; 0 where the state carries none."""
        if self.system.carries_nothing:
            return 0.0
        return self.tax.minimum_tax_credit.credit_carried + self.credit_earned

    @property
    def carried(self) -> dict[str, Any]:
        """What the next year's own facts begin with, by field."""
        return dict(self.system.carried(self.tax_return, self.iso_spread))

    @property
    def added_by_exercises(self) -> Line:
        """What the ISO spread adds to the state's taxes: its AMT, and the credit that it takes away."""
        return self.tax.total - self.tax_return.total_tax(0.0).total


def returns_of_states(
    states: Sequence[StateFacts], place: int, before: Sequence[StateYear], facts: Household, federal: TaxReturn
) -> tuple[MinimumTax, ...]:
    """The states' returns of the year at this place along with the federal one, which has the year's equity in it.

    ``facts`` are those without the equity: gains that a state refigures apart for its minimum tax move with it, as
    `MinimumTax.with_facts` does. ArgumentError where the year's own facts give what follows from the year ``before``.
    """
    returns = []
    for number, state in enumerate(states):
        own = state.own[place]
        if before:
            own = _carried_into(own, before[number], facts)
        if any(getattr(own, name, None) is not None for name in _APART):
            returns.append(state.system.tax_return(tax_return_of(facts), own).with_facts(federal.facts))
        else:
            returns.append(state.system.tax_return(federal, own))
    return tuple(returns)


def state_years(
    states: Sequence[StateFacts], returns: Sequence[MinimumTax], federal: TaxReturn, iso_spread: float
) -> tuple[StateYear, ...]:
    """Each state's year, its return resting on the final federal one."""
    done = []
    for state, first in zip(states, returns, strict=True):
        tax_return = first if first.facts is federal.facts else state.system.tax_return(federal, first.own)
        done.append(StateYear(state.system, tax_return, tax_return.total_tax(iso_spread), iso_spread))
    return tuple(done)


def state_tax_paid(returns: Sequence[MinimumTax], before: Sequence[StateYear]) -> Line:
    """What is paid to states in a year: its tax without a spread, and what last year's spread added to that year's."""
    withheld: Line = sum(of_one(tax_return.total_tax(0.0).total) for tax_return in returns)
    return zero_or_more(withheld + sum(of_one(year.added_by_exercises) for year in before))


def _carried_into(own: Any, before: StateYear, facts: Household) -> Any:
    """A year's own facts with what the year before leaves."""
    carried = before.carried
    if not carried:
        return own
    if before.tax_return.facts.status == "mfj" and facts.status != "mfj":  # as for the federal return
        losses = carried.keys() - {_CREDIT}
        losses_known = not any(carried[field] for field in losses) or _gives(own, losses) or _gives(facts, losses)
        if not losses_known or (carried.get(_CREDIT) and not getattr(own, _CREDIT)):
            raise ArgumentError(
                f"facts: {facts.year} is filed as {facts.status} after a joint return, and which losses and minimum "
                f"tax credit of {before.system.place} are the client's is not known; enter them in the facts of that "
                "year, or begin with it."
            )
        return own
    record: Any = type(own)
    given = [label.name for label in labels_of(record) if label.field in carried and getattr(own, label.field)]
    if given:
        raise ArgumentError(
            f"facts: {facts.year} gives '{given[0]}', which follows from {facts.year - 1}; leave it out, or begin with "
            "that year."
        )
    return replace(own, **carried)


def _gives(record: Any, fields: Collection[str]) -> bool:
    return any(getattr(record, field) for field in fields)
