"""What a jurisdiction is to everything that asks for its taxes: its name, its own labels, and its return."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from xl_amt.arithmetic.lines import Line
from xl_amt.forms.minimum_tax import MinimumTax
from xl_amt.forms.printed import PrintedForms
from xl_amt.household import Label, Refusal, labels_of
from xl_amt.law import Status


def _nothing(tax_return: Any, spread: Line) -> Mapping[str, Line | None]:
    """Nothing is carried."""
    del tax_return, spread
    return {}


def carried_credit(tax_return: MinimumTax, spread: Line) -> Mapping[str, Line | None]:
    """The minimum tax credit of the next year: what is left, and what this year earns."""
    left = tax_return.total_tax(spread).minimum_tax_credit.credit_carried
    return {"minimum_tax_credit": left + tax_return.credit_earned(spread).credit_earned}


class TaxSystem(NamedTuple):
    """One jurisdiction's income tax, with or without a minimum tax.

    ``own_facts`` is a record like `Household`, whose fields are facts with labels that begin with the code; every one
    has a default. ``refusals`` take the household and such a record, None where there is none. The household is read,
    and refused, as for the United States: ``tax_return`` takes the federal return and such a record. ``carried`` gives
    what a return with its spread leaves to the next year's own facts; the federal return, to the household.
    """

    code: str
    place: str
    tax_return: Callable[[Any, Any], MinimumTax]  # the federal return first, which its forms read
    exemption: Callable[[Line, int, Status, str], Line]  # of AMT income, year, status and the name of a law book
    own_facts: type | None = None
    carried: Callable[[Any, Line], Mapping[str, Line | None]] = _nothing  # to next year's own facts, by field
    refusals: tuple[Refusal, ...] = ()
    printed: PrintedForms | None = None
    has_minimum_tax: bool = True  # one without takes nothing and limits nothing (forms/plain_rate.py)
    is_untaxed: bool = False  # whether nothing that a household is asked for is taxed
    note: str = ""  # what its answers rest on, where it has to be said next to them

    @property
    def carries_nothing(self) -> bool:
        """Whether a year leaves nothing to the next one's own facts."""
        return self.carried is _nothing

    @property
    def labels(self) -> tuple[Label, ...]:
        """The labels of its own facts."""
        return labels_of(self.own_facts) if self.own_facts else ()
