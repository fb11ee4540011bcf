"""Facts by label, as a record holds them: read as a household's are; of a state that is not held, as they stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from xl_amt.errors import AmtError, ArgumentError
from xl_amt.forms.following_year import NOT_REPEATED
from xl_amt.forms.tax_systems import TAX_SYSTEMS, find_fact
from xl_amt.household import Label
from xl_amt.reading.cells import is_blank, read_number
from xl_amt.reading.household import read_fact
from xl_amt.reading.words import one_line


def is_of_a_state(name: str) -> bool:
    """Whether a label is a state's own, which begins with its two letters.

    >>> is_of_a_state("CA income adjustments"), is_of_a_state("LT capital gain")
    (True, False)
    """
    state, space, rest = name.partition(" ")
    return state in TAX_SYSTEMS and state != "US" and bool(space and rest.strip())


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
            label = label_of(name)
            known = label.name if label else name
            fact = read_fact(label, value) if label else _fact_that_is_not_held(name, value)
        except AmtError as error:
            raise ArgumentError(f"{where}, {error}" if where else str(error)) from None
        if known in facts:
            raise ArgumentError(f"{where}, {known}: it is listed twice; add up its amounts.".removeprefix(", "))
        facts[known] = fact
    return facts


def label_of(name: str) -> Label | None:
    """The label of a fact, of the federal return or of a state that is held; None for another state's.

    ArgumentError for a name that is none.

    >>> label_of("ca minimum tax credit").name, label_of("VT credits")
    ('CA minimum tax credit', None)
    """
    state = name.partition(" ")[0]
    if is_of_a_state(name) and not TAX_SYSTEMS[state].labels:
        return None
    return find_fact(name)[1]


def _fact_that_is_not_held(name: str, value: Any) -> float | str:
    return one_line(value) if isinstance(value, str) else read_number(value, name)


_MAY_COME_ONCE: Final = frozenset(
    {
        "state_tax_refund",
        "other_income",
        "adjustments_to_income",
        "medical_expenses",
        "property_gifts",
        "property_tax_refund",
        "qualified_business_income_deduction",
        "other_amt_exclusion_items",
        "other_amt_deferral_items",
        "children_under_17",
    }
)
OF_STATUS: Final = {"spouse_age": "mfj", "spouse_itemizes": "mfs"}


def facts_of_next_year(facts: Mapping[str, Any], status: str, more_income: float = 0.0) -> dict[str, Any]:
    """The facts that a year repeats where it states none of its own, whose status is this.

    All are a year older; carryovers, and what only a sale or gift of the year before was, are left out; Medicare wages
    grow by the dollars that the income does. What only another status has is left out too.

    >>> facts_of_next_year({"Age": 64.0, "Interest": 500.0, "Minimum tax credit": 9_000.0}, "single")
    {'Age': 65.0, 'Interest': 500.0}
    """
    repeated: dict[str, Any] = {}
    for name, value in facts.items():
        label = label_of(name)
        if label is None:
            repeated[name] = value
        elif label.field not in NOT_REPEATED and OF_STATUS.get(label.field, status) == status:
            repeated[name] = _a_year_later(label, value, status, more_income)
    return repeated


def _a_year_later(label: Label, value: Any, status: str, more_income: float) -> Any:
    if label.unit == "years":
        return value + 1.0 if value else value
    if label.field == "medicare_wages":
        return max(value + more_income, 0.0)
    return min(value, 1.0) if label.field == "blind" and status != "mfj" else value


def one_time_facts(facts: Mapping[str, Any]) -> list[str]:
    """Labels of amounts that seldom come again: gains, refunds, adjustments, and children who pass the age."""
    fields = ((name, label.field) for name, value in facts.items() if value and (label := label_of(name)))
    return [name for name, field in fields if field.endswith("_term_gain") or field in _MAY_COME_ONCE]
