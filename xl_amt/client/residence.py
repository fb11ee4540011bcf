"""Where the client lives, as far as a state's resident return depends on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from xl_amt.client.record import Client
from xl_amt.errors import NotHeldError
from xl_amt.forms.tax_system import TaxSystem
from xl_amt.household import Household

# Where spouses own by halves what either earns (Pub. 555).
_COMMUNITY_PROPERTY: Final = frozenset({"AZ", "CA", "ID", "LA", "NV", "NM", "TX", "WA", "WI"})


def check_residence(client: Client, year: int, system: TaxSystem) -> None:
    """Raise NotHeldError for a year in which the client does not live in the state from beginning to end.

    A record that says nothing of the residence is of a resident.
    """
    if not client.residence:
        return
    lived = _states_of(client, year)
    if lived == {system.code}:
        return
    what = "part-year resident" if system.code in lived else "nonresident"
    raise NotHeldError(
        f"{year}: the client is a {what} of {system.place} by the record's residence, whose return is not figured; ask "
        "with --jurisdiction US, or end the record's years before the move."
    )


def _states_of(client: Client, year: int) -> set[str]:
    """The states in which the client lives on some day of a year; "" is one that the record does not name."""
    lived = {""}
    for home in client.residence:
        if home.since is None or home.since <= date(year, 1, 1):
            lived = {home.state.strip().upper()}
        elif home.since.year == year:
            lived.add(home.state.strip().upper())
    return lived


def community_property(households: Sequence[Household], systems: Sequence[TaxSystem]) -> list[str]:
    """A sentence for separate filers where the law splits what spouses earn."""
    places = [system.place for system in systems if system.code in _COMMUNITY_PROPERTY]
    if not places or all(household.status != "mfs" for household in households):
        return []
    return [
        (
            f"{places[0]} is a community-property state: community income and deductions of separate filers are split "
            "by law (Form 8958), and are taken here as they are entered."
        )
    ]
