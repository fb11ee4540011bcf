"""The calendar of a client as an .ics file (RFC 5545), for Outlook, Google Calendar, Apple Calendar and others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from icalendar import Alarm, Calendar, Event

from xl_amt import __version__
from xl_amt.calendar import Due, Kind
from xl_amt.errors import ArgumentError, FileError
from xl_amt.files import check_new_file, written_whole

_NOTICE: Final[dict[Kind, int]] = {  # days of notice before a deadline; the other entries need none
    "83(b) election": 10,
    "expiration": 60,
    "plan window": 30,
    "ISO window": 30,
    "year end": 21,
    "estimated tax": 7,
    "tax return": 14,
}
_NOT_IN_A_TEXT: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")  # RFC 5545, 3.1 and 3.3.11
_MORNING: Final = timedelta(hours=9)
_ENTRIES: Final = uuid5(NAMESPACE_URL, "urn:xl-amt:calendar")


def write_calendar(
    path: Path, entries: Iterable[Due], *, client: str, replace_existing: bool = False, inputs: Iterable[Path] = ()
) -> None:
    """Write the entries as all-day events, whole or not at all, and never over one of the inputs; else FileError.

    A file without any is none (RFC 5545, 3.6): ArgumentError where there is no entry.

    ``client`` names the calendar. The same entry of the same client always has the same UID, so a program into
    which the file is imported again changes its events instead of adding them twice.
    """
    if path.suffix.lower() != ".ics":
        raise FileError(f"{path}: a calendar is an .ics file; give it a name that ends in .ics.")
    check_new_file(path, replace_existing=replace_existing, inputs=inputs)
    entries = tuple(entries)
    if not entries:
        raise ArgumentError(
            f"{path}: nothing is due, and a calendar file needs at least one entry; choose a longer period."
        )
    content = calendar_bytes(entries, client=client, written=datetime.now(UTC))
    with written_whole(path, replace_existing=replace_existing) as temporary:
        temporary.write_bytes(content)


def calendar_bytes(entries: Iterable[Due], *, client: str, written: datetime) -> bytes:
    """The content of the file, as it is written at a moment."""
    calendar = Calendar()
    calendar.add("prodid", f"-//xl-amt//xl-amt {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{' '.join(_text(client).split())}: equity" if client else "Equity")
    for due in entries:
        calendar.add_component(_event(due, client, written.replace(microsecond=0)))
    content: bytes = calendar.to_ical()
    return content


def _event(due: Due, client: str, written: datetime) -> Event:
    event = Event()
    event.add("uid", str(uuid5(_ENTRIES, f"{client}\n{due.kind}\n{due.subject}\n{due.day}")))
    event.add("dtstamp", written)
    event.add("last-modified", written)
    event.add("dtstart", due.day)
    event.add("dtend", due.day + timedelta(days=1))  # exclusive
    event.add("summary", _text(f"{due.title} ({client})" if client else due.title))
    event.add("description", _text(f"{due.detail}\n\n{due.source}" if due.source else due.detail))
    event.add("categories", [due.kind])
    event.add("transp", "TRANSPARENT")
    if notice := _NOTICE.get(due.kind):
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _text(due.title))
        alarm.add("trigger", _MORNING - timedelta(days=notice))
        event.add_component(alarm)
    return event


def _text(text: str) -> str:
    """A text with line feeds only: a carriage return alone would end a line of the file for some programs."""
    return _NOT_IN_A_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
