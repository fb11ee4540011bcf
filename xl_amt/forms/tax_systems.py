"""The tax systems that are held, by code, and the labels of all of them.

A state is added by its folder under ``xl_amt/forms`` and one line here; no file of another jurisdiction changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from xl_amt.forms.ca.system import CALIFORNIA
from xl_amt.forms.minimum_tax import MinimumTax
from xl_amt.forms.tax_system import TaxSystem
from xl_amt.forms.us.system import UNITED_STATES
from xl_amt.forms.us.total_tax import tax_return_of
from xl_amt.household import LABELS, Household, Label, find_label, unknown_label
from xl_amt.law.names import name_key

TAX_SYSTEMS: Final[dict[str, TaxSystem]] = {system.code: system for system in (UNITED_STATES, CALIFORNIA)}


def tax_returns_of(household: Household, described: Iterable[tuple[TaxSystem, Any]]) -> tuple[MinimumTax, ...]:
    """A household's return in each tax system, which comes with the own facts there; all rest on one federal return.

    >>> from xl_amt.forms.ca.facts import CaliforniaFacts
    >>> described = [(TAX_SYSTEMS["US"], None), (TAX_SYSTEMS["CA"], CaliforniaFacts())]
    >>> [round(one.regular.tax, 2) for one in tax_returns_of(Household(2025, "single", 200_000.0), described)]
    [37067.0, 14507.98]
    """
    federal = tax_return_of(household)
    return tuple(system.tax_return(federal, own) for system, own in described)


def find_fact(name: str) -> tuple[str, Label]:
    """The jurisdiction and the label of that name; ArgumentError as `unknown_label` words it.

    A label of a state begins with its code; any other is a federal one.

    >>> code, label = find_fact("qualified DIVIDENDS")
    >>> code, label.field
    ('US', 'qualified_dividends')
    """
    system = TAX_SYSTEMS.get(name.split(maxsplit=1)[0].upper()) if name.strip() else None
    if system is None or not system.labels:
        return "US", find_label(name)
    by_key = {name_key(label.name): label for label in system.labels}
    label = by_key.get(name_key(name))
    if label is None:
        raise unknown_label(name, by_key)
    return system.code, label


def all_labels() -> tuple[Label, ...]:
    """The federal labels, then those of each state."""
    return (*LABELS, *(label for system in TAX_SYSTEMS.values() for label in system.labels))
