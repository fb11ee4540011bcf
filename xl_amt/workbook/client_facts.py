"""What a client workbook is filled with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from xl_amt.client import EndOfWork, Remark
from xl_amt.equity.grants import HeldGrant
from xl_amt.law import Status, enacted


@dataclass(frozen=True, slots=True)
class ClientFacts:
    """One client's facts for one tax year; what is not given is left blank for the advisor to key in.

    ``wages`` (Form W-2, box 1) in dollars; ``value_per_share`` in dollars, as of ``as_of``; ``facts`` are
    amounts by worksheet label ("Interest": 2000.0, "Deduction": "standard"); ``source`` says in words what
    the grants were imported from, and ``remarks`` what was set aside or is to be asked. ``spread_exercised`` is the
    ISO spread of this year's exercises so far, in dollars: it has used as much of the room.
    ``jurisdiction`` is whose taxes are figured, such as US or US+CA.
    """

    name: str = ""
    company: str = ""
    status: Status | None = None
    year: int = field(default_factory=lambda: enacted("US").verified_through)
    wages: float | None = None
    value_per_share: float | None = None
    as_of: date | None = None
    facts: Mapping[str, float | str] = field(default_factory=dict)
    grants: tuple[HeldGrant, ...] = ()
    source: str = ""
    spread_exercised: float | None = None
    work_ended_by: EndOfWork = "ended"
    remarks: tuple[Remark, ...] = ()
    jurisdiction: str = "US"
