"""What is said of separate filers where spouses own by halves what either earns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from xl_amt.forms.tax_system import TaxSystem

_STATES: Final = frozenset({"AZ", "CA", "ID", "LA", "NV", "NM", "TX", "WA", "WI"})  # Pub. 555


def community_property(statuses: Iterable[str], systems: Sequence[TaxSystem]) -> tuple[str, ...]:
    """A sentence for separate filers of these tax systems where the law splits what spouses earn (Form 8958).

    >>> from xl_amt.forms.tax_systems import TAX_SYSTEMS
    >>> community_property(["single"], [TAX_SYSTEMS["CA"]])
    ()
    """
    places = [system.place for system in systems if system.code in _STATES]
    if not places or "mfs" not in statuses:
        return ()
    sentence = (
        f"{places[0]} is a community-property state: community income and deductions of separate filers are split by "
        "law (Form 8958), and are used here as entered."
    )
    return (sentence,)
