"""Several texts in one cell, joined so that each comes back as it was."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence


def joined(texts: Sequence[str]) -> str:
    """The texts in one, parted by semicolons; one that holds a semicolon or a quote stands in quotes.

    >>> joined(["ES-1 / 2026-03-01", "B; 2"])
    'ES-1 / 2026-03-01; "B; 2"'
    """
    return "; ".join(map(_quoted, texts))


def parted(text: str) -> tuple[str, ...]:
    """The texts that were joined.

    >>> parted('ES-1 / 2026-03-01; "B; 2"')
    ('ES-1 / 2026-03-01', 'B; 2')
    """
    rows = list(csv.reader(io.StringIO(text), delimiter=";", skipinitialspace=True))
    return tuple(part.strip() for part in rows[0]) if rows else ()


def _quoted(text: str) -> str:
    plain = text and not any(sign in text for sign in ';"') and text == text.strip()
    return text if plain else '"' + text.replace('"', '""') + '"'
