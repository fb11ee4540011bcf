"""Facts by label, as a record holds them: federal ones as the household reads them, a state's own as they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from xl_amt.errors import AmtError, ArgumentError
from xl_amt.household import find_label
from xl_amt.reading.cells import is_blank
from xl_amt.reading.household import read_fact

# A state's own labels begin with its two letters, such as "CA minimum tax credit".
_OF_A_STATE: Final = re.compile(r"[A-Z]{2} \S.*")


def is_of_a_state(name: str) -> bool:
    """Whether a label is a state's own.

    >>> is_of_a_state("CA income adjustments"), is_of_a_state("AMT long-term capital gain")
    (True, False)
    """
    return _OF_A_STATE.fullmatch(name) is not None


def read_facts(values: Mapping[str, Any], where: str = "") -> dict[str, float | str | bool]:
    """Facts by the full names of their labels; blank ones are left out. ArgumentError names the label.

    >>> read_facts({"taxable interest": 2_000, "Deduction": "itemized"}, "2026")
    {'Interest': 2000.0, 'Deduction': 'itemized'}
    """
    facts: dict[str, float | str | bool] = {}
    for name, value in values.items():
        if is_blank(value):
            continue
        try:
            known, fact = (name, _state_fact(name, value)) if is_of_a_state(name) else _federal(name, value)
        except AmtError as error:
            raise ArgumentError(f"{where}, {error}" if where else str(error)) from None
        if known in facts:
            raise ArgumentError(f"{where}, {known}: it stands there twice; add its amounts up.".removeprefix(", "))
        facts[known] = fact
    return facts


def _federal(name: str, value: Any) -> tuple[str, float | str | bool]:
    label = find_label(name)
    return label.name, read_fact(label, value)


def _state_fact(name: str, value: Any) -> float | str | bool:
    if not isinstance(value, (str, bool, int, float)):
        raise ArgumentError(f"{name}: {value!r} is not an amount; enter a number.")
    return float(value) if type(value) is int else value


# What a later year does not repeat: it follows from the forms of the year before.
_CARRIED: Final = frozenset(
    {
        "short_term_loss_carryover",
        "long_term_loss_carryover",
        "amt_short_term_loss_carryover",
        "amt_long_term_loss_carryover",
        "minimum_tax_credit",
    }
)


def facts_of_next_year(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts that a year repeats where it states none of its own: all are a year older, carryovers are left out.

    >>> facts_of_next_year({"Age": 64.0, "Interest": 500.0, "Minimum tax credit": 9_000.0})
    {'Age': 65.0, 'Interest': 500.0}
    """
    repeated: dict[str, Any] = {}
    for name, value in facts.items():
        label = None if is_of_a_state(name) else find_label(name)
        if label and label.field in _CARRIED:
            continue
        repeated[name] = value + 1.0 if label and label.unit == "years" and value else value
    return repeated


def one_time_facts(facts: Mapping[str, Any]) -> list[str]:
    """Labels of amounts that seldom come again: gains, and refunds of tax."""
    federal = ((name, find_label(name)) for name, value in facts.items() if value and not is_of_a_state(name))
    return [name for name, label in federal if label.field.endswith(("_term_gain", "state_tax_refund"))]
