"""Where the client lives, as far as a state's resident return depends on it."""

from __future__ import annotations

from datetime import date

from xl_amt.client.record import Client
from xl_amt.errors import NotHeldError
from xl_amt.forms.tax_system import TaxSystem


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
        f"{year}: the client is a {what} of {system.place} according to the record's residence, and that return is not "
        "figured; use --jurisdiction US, or end the record's years before the move."
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
