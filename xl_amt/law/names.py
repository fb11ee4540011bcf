"""How names that people write are compared: parameters, law books, labels, forms."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

_ALIKE: Final = 0.8  # "intrest" and "interest" are 0.93 alike, "investment income" and "investment interest" 0.76
_SHORT: Final = 4  # letters: one wrong letter of so few leaves less that is alike
_SHORT_ALIKE: Final = 0.65
_LONGEST_SHOWN: Final = 60  # characters


def name_key(text: str) -> str:
    """Letters and digits in lower case: case, spaces and punctuation do not matter.

    >>> name_key("AMT 28 % rate start")
    'amt28ratestart'
    """
    return "".join(filter(str.isalnum, text)).lower()


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that ``name`` most likely misspells; None where none is near, so none is suggested.

    >>> nearest("intrest", ["interest", "age"]), nearest("collectibles", ["longtermcapitalgain", "age"])
    ('interest', None)
    """
    alike = _ALIKE if len(name) > _SHORT else _SHORT_ALIKE
    found = get_close_matches(name, list(known), n=1, cutoff=alike)
    return found[0] if found else None


def quoted(name: object) -> str:
    """A name as a sentence quotes it, cut short where it is long.

    >>> quoted("Intrest"), len(quoted("x" * 5_000))
    ("'Intrest'", 63)
    """
    text = str(name)
    return f"'{text[:_LONGEST_SHOWN]}…'" if len(text) > _LONGEST_SHOWN else f"'{text}'"
