"""What a client's record answers: the plan's figures, else the room, else why there is neither."""

from __future__ import annotations

from typing import NamedTuple

from xl_amt.client import ClientRecord, ReportedFigures
from xl_amt.client.year_asked import year_asked
from xl_amt.equity.words import listed
from xl_amt.errors import AmtError
from xl_amt.jobs.advice import Advice
from xl_amt.jobs.room_report import RoomReport, report_room
from xl_amt.jobs.workbook_contents import calendar_shown
from xl_amt.jobs.years_report import report_years


class Answered(NamedTuple):
    """What a record answers: its figures, its room, or why there is neither; and its next days."""

    record: ClientRecord
    advice: Advice | None
    room: RoomReport | None
    room_year: int | None
    problem: str = ""  # why nothing can be figured, in a sentence

    @property
    def plan(self) -> Advice | None:
        """The figures, where an exercise is planned."""
        return self.advice if self.advice is not None and self.advice.has_plan else None

    @property
    def kind(self) -> str:
        """What the letter is about: the plan, the room, or nothing yet."""
        return "plan" if self.plan else "room" if self.room else "nothing yet"

    @property
    def figures(self) -> ReportedFigures | None:
        """The three figures, to the cent, which the next letter is compared with."""
        if self.plan:
            return ReportedFigures(shares=self.plan.shares, amt=round(self.plan.amt, 2), cash=round(self.plan.cash, 2))
        if self.room:
            owed = round(self.advice.amt, 2) if self.advice else 0.0
            return ReportedFigures(shares=round(self.room.shares), amt=owed, cash=round(strikes_in(self.room), 2))
        return None


def answer(record: ClientRecord) -> tuple[Answered, tuple[str, ...]]:
    """What a record answers, and what to look at before its figures are used."""
    if missing := _missing(record):
        return Answered(record, None, None, None, missing), ()
    calendar = calendar_shown(record)
    try:
        advice, notes = Advice(record, calendar.entries), report_years(record).notes
    except AmtError as error:
        return Answered(record, None, None, None, str(error)), ()
    try:
        room = report_room(record)
    except AmtError as error:  # such as taxes without a minimum tax
        return Answered(record, advice, None, None, str(error)), notes
    return Answered(record, advice, room, year_asked(record)), tuple(
        dict.fromkeys((*notes, *room.notes, *calendar.notes))
    )


def strikes_in(room: RoomReport) -> float:
    """What the shares that fill the room cost to exercise, in dollars."""
    return sum(item.shares * item.grant.strike for item in room.filled)


def _missing(record: ClientRecord) -> str:
    """What of the client's facts has to be entered first, in a sentence; "" where all is there."""
    own = record.years[0] if record.years else None
    needed = {"filing status": own and own.status, "wages": None if own is None else own.income}
    missing = [what for what, value in needed.items() if value is None]
    return f"enter the {listed(missing)} of the first year." if missing else ""
