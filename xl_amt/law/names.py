"""How names that people write are compared: parameters, law books, labels, forms."""

from __future__ import annotations


def name_key(text: str) -> str:
    """Letters and digits in lower case: case, spaces and punctuation do not matter.

    >>> name_key("AMT 28 % rate start")
    'amt28ratestart'
    """
    return "".join(filter(str.isalnum, text)).lower()
