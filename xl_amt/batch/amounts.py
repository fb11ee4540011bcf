"""Amounts as people and programs write them in text, and text that a spreadsheet would run as a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_AMOUNT: Final = re.compile(
    r"[-+]?\$?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
)
_FORMULA_BEGINS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_LINE_OF_FORMULA: Final = re.compile(r"^[=+\-@\t\r\n]", re.MULTILINE)


def read_amount(text: str) -> float | None:
    """The number that a text writes, with or without $ and thousands commas; None where it writes none.

    >>> read_amount("$150,000.50"), read_amount("(3,000)"), read_amount("1,50")
    (150000.5, -3000.0, None)
    """
    written = text.strip()
    negative = written.startswith("(") and written.endswith(")")
    if negative:
        written = written[1:-1]
    if not _AMOUNT.fullmatch(written) or (negative and written[0] in "+-"):
        return None
    number = float(written.replace(",", "").replace("$", ""))
    return -number if negative else number


def is_formula(text: str) -> bool:
    """Whether a spreadsheet that opens a CSV file would take this text for a formula; a number is none."""
    return text.startswith(_FORMULA_BEGINS) and read_amount(text) is None


def may_hold_formulas(texts: Iterable[str]) -> bool:
    """Whether it is worth asking each of many texts, none of them blank: a quick look, which never says no in vain."""
    return _LINE_OF_FORMULA.search("\n".join(texts)) is not None


def not_a_formula(text: str) -> str:
    """The text, behind an apostrophe where a spreadsheet would take it for a formula.

    >>> not_a_formula("=1+1"), not_a_formula("-500")
    ("'=1+1", '-500')
    """
    return f"'{text}" if is_formula(text) else text
