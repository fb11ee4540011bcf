"""What a jurisdiction is to everything that asks for its taxes: its name, its own labels, and its return."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from xl_amt.arithmetic.lines import Line
from xl_amt.forms.minimum_tax import MinimumTax
from xl_amt.household import Household, Label, Refusal, labels_of
from xl_amt.law import Status


class PrintedForms(NamedTuple):
    """The forms as they are printed: a whole one by its name, and one line of it."""

    form: Callable[[str, Any, Line], Sequence[Sequence[Any]]]
    line: Callable[[str, str, Any, Line], Line]


class TaxSystem(NamedTuple):
    """One jurisdiction's income tax, with or without a minimum tax.

    ``own_facts`` is a record like `Household`, whose fields are facts with labels that begin with the code; every one
    has a default. ``tax_return`` takes the household and such a record, None where there is none, and ``refusals``
    take the same two. The household is read, and refused, as for the United States: a state builds on its return.
    """

    code: str
    place: str
    tax_return: Callable[[Household, Any], MinimumTax]
    exemption: Callable[[Line, int, Status, str], Line]  # of AMT income, year, status and the name of a law book
    own_facts: type | None = None
    refusals: tuple[Refusal, ...] = ()
    printed: PrintedForms | None = None
    has_minimum_tax: bool = True  # one without takes nothing and limits nothing (forms/plain_rate.py)
    note: str = ""  # what its answers rest on, where it has to be said beside them

    @property
    def labels(self) -> tuple[Label, ...]:
        """The labels of its own facts."""
        return labels_of(self.own_facts) if self.own_facts else ()
