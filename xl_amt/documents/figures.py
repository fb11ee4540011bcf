"""How documents write figures, and when two figures are the same."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

_A_CENT: Final = 0.01 + 1e-9  # documents are in cents, and add up rounded parts


def to_cents(amount: float) -> float:
    """An amount as a document prints it.

    >>> to_cents(0.0938), to_cents(0.125)
    (0.09, 0.13)
    """
    return float(Decimal(repr(float(amount))).quantize(Decimal("0.01"), ROUND_HALF_UP))


def same(shown: float, ours: float) -> bool:
    """Whether two amounts of dollars differ by no more than a cent."""
    return abs(shown - ours) <= _A_CENT
