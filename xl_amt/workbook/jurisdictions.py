"""Whose taxes a client workbook shows, in which words, and the labels of all their facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xl_amt.client import ClientRecord
from xl_amt.errors import ArgumentError
from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.reading.household import read_jurisdiction

STATES: Final = tuple(code for code, system in TAX_SYSTEMS.items() if code != "US" and system.has_minimum_tax)
JURISDICTIONS: Final = ("US", *STATES, *(f"US+{code}" for code in STATES))


def codes_of(record: ClientRecord) -> list[str]:
    """The codes of the client's jurisdictions, the United States first.

    Raises ArgumentError for one that the workbook has no place for.

    >>> from xl_amt.client import Client
    >>> codes_of(ClientRecord(client=Client(jurisdiction="ca+us")))
    ['US', 'CA']
    """
    code = "+".join(
        sorted(read_jurisdiction(record.client.jurisdiction, together=True).codes, key=list(TAX_SYSTEMS).index)
    )
    if code not in JURISDICTIONS or ":" in record.client.jurisdiction:
        use = ", ".join(JURISDICTIONS)
        raise ArgumentError(
            f"jurisdiction: the client workbook has no place for '{record.client.jurisdiction}'; use {use}."
        )
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
