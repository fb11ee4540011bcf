"""Filing status: the five of Form 1040, and the ways people write them."""

from __future__ import annotations

from typing import Final, Literal

from xl_amt.errors import ArgumentError, NotHeldError
from xl_amt.law.names import quoted

Status = Literal["single", "mfj", "mfs", "hoh", "qss"]

STATUSES: Final[dict[Status, str]] = {
    "single": "Single",
    "mfj": "Married filing jointly",
    "mfs": "Married filing separately",
    "hoh": "Head of household",
    "qss": "Qualifying surviving spouse",
}

_SPELLINGS: Final[dict[str, Status]] = {
    "single": "single",
    "s": "single",
    "unmarried": "single",
    "mfj": "mfj",
    "joint": "mfj",
    "jointly": "mfj",
    "marriedjoint": "mfj",
    "marriedjointly": "mfj",
    "marriedfilingjoint": "mfj",
    "marriedfilingjointly": "mfj",
    "mfs": "mfs",
    "separate": "mfs",
    "separately": "mfs",
    "marriedseparate": "mfs",
    "marriedseparately": "mfs",
    "marriedfilingseparate": "mfs",
    "marriedfilingseparately": "mfs",
    "hoh": "hoh",
    "head": "hoh",
    "headofhousehold": "hoh",
    "qss": "qss",
    "qw": "qss",
    "survivingspouse": "qss",
    "qualifyingsurvivingspouse": "qss",
    "qualifyingwidow": "qss",
    "qualifyingwidower": "qss",
    "qualifyingwidowwidower": "qss",
    "widow": "qss",
    "widower": "qss",
}

_NONRESIDENT: Final = frozenset({"nr", "nra", "nonresident", "nonresidentalien", "dualstatus", "dualstatusalien"})


def read_status(text: str, where: str = "status") -> Status:
    """Return the status code for any usual spelling; case, spaces and punctuation do not matter.

    Raises ArgumentError for any other word: "married" alone says neither joint nor separate. NotHeldError for a
    nonresident's return.

    >>> read_status("Married filing separately")
    'mfs'
    """
    status = _SPELLINGS.get(text)
    if status is None:
        letters = "".join(filter(str.isalpha, text)).lower()
        status = _SPELLINGS.get(letters)
        if letters == "married":  # a word that both returns of a couple share
            raise ArgumentError(f"{where}: {quoted(text)} is joint or separate; use mfj or mfs.")
        if letters in _NONRESIDENT:
            raise NotHeldError(
                f"{where}: {quoted(text)} is a nonresident's return (Form 1040-NR), which is not figured here; use tax "
                "return software for this client."
            )
    if status is None:
        raise ArgumentError(f"{where}: {quoted(text)} is not a filing status; use single, mfj, mfs, hoh or qss.")
    return status
