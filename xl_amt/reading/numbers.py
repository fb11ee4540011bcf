"""What number a text writes: the one grammar for CSV fields, words of the shell and the text cells of exports.

A comma only ever separates thousands: 1,234.5 is a number, and 1,5, 0,938 and 1.234,5 are none, because they may have
been written where the comma is the decimal sign. A percent sign is refused, because no argument is a percentage: 50%
would be read as 0.5 by one reader and as 50 by another.
"""

from __future__ import annotations

import re
from math import isfinite
from typing import Final, NamedTuple

from xl_amt.reading.words import one_line

_WRITTEN: Final = re.compile(
    r"(?P<sign>[-+])? ?(?P<before>US ?\$|\$|USD)? ?"
    r"(?P<digits>(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+)(?P<exponent>e[-+]?[0-9]+)?"
    r"(?P<after> ?USD)?",
    re.IGNORECASE,
)


class WrittenNumber(NamedTuple):
    """A number as a text writes it: its value, and what is next to the digits."""

    value: float
    currency: str  # "", "$", "US$" or "USD"
    has_exponent: bool


def written_number(text: str) -> WrittenNumber | None:
    """The number that a text writes, and how; None where it writes none, or one beyond every double.

    >>> written_number("US$ 4.75")
    WrittenNumber(value=4.75, currency='US$', has_exponent=False)
    """
    written = one_line(text)
    in_parentheses = written.startswith("(") and written.endswith(")")
    found = _WRITTEN.fullmatch(written[1:-1].strip() if in_parentheses else written)
    if not found or (in_parentheses and found["sign"]):
        return None
    value = float(f"{found['digits'].replace(',', '')}{found['exponent'] or ''}")
    if not isfinite(value):
        return None
    currency = (found["before"] or found["after"] or "").replace(" ", "").upper()
    return WrittenNumber(-value if in_parentheses or found["sign"] == "-" else value, currency, bool(found["exponent"]))


def number_in(text: str) -> float | None:
    """The number that a text writes, with or without a dollar sign, thousands commas, brackets for a loss; else None.

    >>> number_in("1,234.5"), number_in("$1,234.50"), number_in("(3,000)"), number_in("-500"), number_in("1e5")
    (1234.5, 1234.5, -3000.0, -500.0, 100000.0)
    >>> number_in("1,5"), number_in("1.234,5"), number_in("12,34"), number_in("50%"), number_in("nan")
    (None, None, None, None, None)
    """
    found = written_number(text)
    return None if found is None else found.value


def as_cell(text: str) -> float | str:
    """A field of a file or a word of the shell as a cell would hold it: a number where it writes one, or the text.

    >>> as_cell("$150,000"), as_cell(" single ")
    (150000.0, 'single')
    """
    number = number_in(text)
    return text.strip() if number is None else number
