"""Text that a spreadsheet would run as a formula when it opens a CSV file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from xl_amt.reading.numbers import written_number

_FORMULA_BEGINS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_LINE_OF_FORMULA: Final = re.compile(r"^[=+\-@\t\r\n]", re.MULTILINE)


def is_formula(text: str) -> bool:
    """Whether a spreadsheet that opens a CSV file would take this text for a formula; a plain number is none.

    >>> is_formula("=1+1"), is_formula("-500"), is_formula("-$1,500"), is_formula("-USD5")
    (True, False, False, True)
    """
    if not text.startswith(_FORMULA_BEGINS):
        return False
    written = written_number(text)
    return written is None or written.currency not in ("", "$")  # USD5 is a cell to a spreadsheet


def may_hold_formulas(texts: Iterable[str]) -> bool:
    """Whether it is worth asking each of many texts, none of them blank: a quick look, which never says no in vain."""
    return _LINE_OF_FORMULA.search("\n".join(texts)) is not None


def not_a_formula(text: str) -> str:
    """The text, behind an apostrophe where a spreadsheet would take it for a formula.

    >>> not_a_formula("=1+1"), not_a_formula("-500")
    ("'=1+1", '-500')
    """
    return f"'{text}" if is_formula(text) else text
