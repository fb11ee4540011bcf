"""The same household in a later year: what its facts repeat, and what they do not."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, Final, TypeVar, cast

from xl_amt.household import labels_of

# What a later year does not repeat: it follows from the forms of the year before, or was used up by them.
NOT_REPEATED: Final = frozenset(
    {
        "short_term_loss_carryover",
        "long_term_loss_carryover",
        "amt_short_term_loss_carryover",
        "amt_long_term_loss_carryover",
        "minimum_tax_credit",
        "gift_carryover",
        "wages_already_taxed_by_amt",
    }
)

_Facts = TypeVar("_Facts")


def years_later(facts: _Facts, years: int) -> _Facts:
    """A record of facts, the federal one or a state's own, so many years later, without carryovers.

    >>> from xl_amt.household import Household
    >>> later = years_later(Household(2024, "single", 200_000.0, age=64.0, minimum_tax_credit=9_000.0), 1)
    >>> later.age, later.minimum_tax_credit
    (65.0, 0.0)
    """
    record: Any = facts
    kind: Any = type(facts)
    ages = (label.field for label in labels_of(kind) if label.unit == "years")
    older = {name: age + years for name in ages if (age := getattr(record, name))}
    ended = {item.name: item.default for item in fields(record) if item.name in NOT_REPEATED}
    return cast("_Facts", replace(record, **older, **ended))
