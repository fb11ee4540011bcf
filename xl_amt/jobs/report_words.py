"""How a letter and a report write amounts, days and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_LONGEST_NAME: Final = 70  # characters


def money(amount: float) -> str:
    """Whole dollars.

    >>> money(23_340.89), money(-10_010.9), money(-0.2)
    ('$23,341', '-$10,011', '$0')
    """
    whole = round(amount)
    return f"-${-whole:,}" if whole < 0 else f"${whole:,}"


def number(amount: float) -> str:
    """A whole number; a dash for none.

    >>> number(3_000), number(0)
    ('3,000', '–')
    """
    return f"{amount:,.0f}" if amount else "–"


def day_in_words(day: date) -> str:
    """A day as a letter dates it, in English on every machine.

    >>> day_in_words(date(2026, 11, 27))
    'November 27, 2026'
    """
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def short_day(day: date | None) -> str:
    """A day as a table has it; a dash for none.

    >>> short_day(date(2027, 4, 15)), short_day(None)
    ('Apr 15, 2027', '–')
    """
    return "–" if day is None else f"{_MONTHS[day.month - 1][:3]} {day.day}, {day.year}"


def clipped(name: str, longest: int = _LONGEST_NAME) -> str:
    """A name that a line has room for.

    >>> clipped("Elena"), len(clipped("x" * 500))
    ('Elena', 70)
    """
    return name if len(name) <= longest else f"{name[: longest - 1]}…"


def table(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    words: Sequence[int] = (0,),
    wide: Mapping[int, float] | None = None,
    first: float = 1,
    total: bool = False,
    note: str = "",
) -> dict[str, Any]:
    """A table for the template: columns of ``words`` stand to the left, ``wide`` ones share the room that is left.

    ``wide`` has the share of each by its place. Where no column is wide all of them share the page, the ``first`` as
    that many. ``total`` says that the last row is one.
    """
    return {
        "kind": "table",
        "head": list(head),
        "align": ["left" if place in words else "right" for place in range(len(head))],
        "widths": [wide.get(place, 0) for place in range(len(head))] if wide else [first, *(1 for _ in head[1:])],
        "rows": [list(row) for row in rows],
        "total": total,
        "note": note,
    }


def as_word(words: str) -> str:
    """Words as a sentence begins.

    >>> as_word("federal AMT")
    'Federal AMT'
    """
    return words[:1].upper() + words[1:]
