"""Whose taxes a client workbook shows, in which words, and the labels of all their facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from xl_amt.errors import ArgumentError
from xl_amt.forms.tax_systems import TAX_SYSTEMS, find_fact
from xl_amt.household import LABELS, Label
from xl_amt.reading.household import read_jurisdiction
from xl_amt.workbook.client_facts import ClientFacts

STATES: Final = tuple(code for code, system in TAX_SYSTEMS.items() if code != "US" and system.has_minimum_tax)
JURISDICTIONS: Final = ("US", *STATES, *(f"US+{code}" for code in STATES))


class ClientLabel(NamedTuple):
    """A label, and the code of the jurisdiction that asks for it."""

    code: str
    label: Label


def codes_of(client: ClientFacts) -> list[str]:
    """The codes of the client's jurisdictions, the United States first.

    Raises ArgumentError for one that the workbook has no place for.

    >>> codes_of(ClientFacts(jurisdiction="ca+us"))
    ['US', 'CA']
    """
    code = "+".join(sorted(read_jurisdiction(client.jurisdiction, together=True).codes, key=list(TAX_SYSTEMS).index))
    if code not in JURISDICTIONS or ":" in client.jurisdiction:
        use = ", ".join(JURISDICTIONS)
        raise ArgumentError(f"jurisdiction: the client workbook has no place for '{client.jurisdiction}'; use {use}.")
    return code.split("+")


def place_of(code: str) -> str:
    """A jurisdiction as a word before AMT.

    >>> place_of("US"), place_of("CA")
    ('federal', 'California')
    """
    return "federal" if code == "US" else TAX_SYSTEMS[code].place


def places_of(codes: Sequence[str]) -> str:
    """Several jurisdictions in words.

    >>> places_of(["US", "CA"])
    'federal and California'
    """
    return " and ".join(map(place_of, codes))


def labels_of(client: ClientFacts) -> list[ClientLabel]:
    """The federal labels, then those of each state that the client's jurisdiction or a fact names."""
    named = {*codes_of(client), *(find_fact(name)[0] for name in client.facts)}
    labels = [ClientLabel("US", label) for label in LABELS]
    for code in STATES:
        if code in named:
            labels += [ClientLabel(code, label) for label in TAX_SYSTEMS[code].labels]
    return labels
