"""What a text says where a word is due: yes, no, or one of a few choices."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

NOT_IN_A_CELL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # as XML cannot hold them
_CONTROL_CHARACTERS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_YES_OR_NO: Final = {
    "yes": True, "y": True, "true": True, "1": True,
    "no": False, "n": False, "false": False, "0": False,
}  # fmt: skip


def one_line(text: str) -> str:
    r"""The text with single spaces, and without control characters and spaces around it.

    >>> one_line("  ES-1\n of  2024 ")
    'ES-1 of 2024'
    """
    return " ".join(_CONTROL_CHARACTERS.sub("", text).split())


def yes_or_no_in(text: str) -> bool | None:
    """Whether a text says yes (yes, y, true, 1) or no (no, n, false, 0), in any case; None where it says neither.

    >>> yes_or_no_in(" Yes "), yes_or_no_in("FALSE"), yes_or_no_in("perhaps")
    (True, False, None)
    """
    return _YES_OR_NO.get(text.strip().lower())


def choice_in(text: str, choices: Iterable[str]) -> str | None:
    """The one of some words that a text is, in any case; None where it is none of them.

    >>> choice_in(" amt", ("regular", "AMT")), choice_in("both", ("regular", "AMT"))
    ('AMT', None)
    """
    said = text.strip().lower()
    return next((choice for choice in choices if choice.lower() == said), None)
