"""A grant of options as the client holds it on one day: what was granted, exercised, vested and is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

OptionType = Literal["ISO", "NSO"]


@dataclass(frozen=True, slots=True)
class Grant:
    """One grant of stock options (IRC 422 for ISOs, IRC 83 and Treas. Reg. 1.83-7 for NSOs).

    Shares are whole; ``strike`` is dollars per share. ``shares_exercisable`` are vested, not exercised,
    not lapsed. ``None`` means that the export does not say; nothing is guessed in its place.
    """

    label: str
    option_type: OptionType
    grant_date: date | None
    strike: float
    shares_granted: int
    shares_exercised: int
    shares_exercisable: int
    shares_unvested: int
    vesting_schedule: str = ""
    vesting_start: date | None = None
    expiration_date: date | None = None
    plan: str = ""
