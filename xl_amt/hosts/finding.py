"""What a doctor says of a spreadsheet."""

from __future__ import annotations

from typing import NamedTuple


class Finding(NamedTuple):
    """What was looked at, whether it is well, and what to do if not."""

    what: str
    well: bool
    advice: str = ""
