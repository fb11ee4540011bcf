"""The calendar file: what a calendar program reads in it is what is due, and it is written whole or not at all."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from xl_amt.calendar import Due
from xl_amt.calendar.file import calendar_bytes, write_calendar
from xl_amt.errors import ArgumentError, FileError

WRITTEN = datetime(2026, 11, 22, 9, 30, 15, 999, tzinfo=UTC)
EXPIRATION = Due(
    date(2029, 3, 12), "expiration", "ES-014", "ES-014: last day of its options", "7,000 left; ask.", "IRC 422(b)(3)"
)
VESTING = Due(date(2026, 12, 1), "vesting", "ES-090", "ES-090: 250 shares vest", "They can be exercised.", "")


def events(content):
    """The events of a file, as the library reads them."""
    return Calendar.from_ical(content).walk("VEVENT")


def uids(*entries, client="Ana Alvarez", written=WRITTEN):
    """The UID of each entry."""
    return [str(event["UID"]) for event in events(calendar_bytes(entries, client=client, written=written))]


def test_file_as_a_whole():
    """Version, publisher and name, the lines folded at 75 octets and ended as RFC 5545 asks."""
    content = calendar_bytes([EXPIRATION, VESTING], client="Ana Alvarez", written=WRITTEN)
    calendar = Calendar.from_ical(content)
    assert (calendar["VERSION"], calendar["METHOD"], calendar["X-WR-CALNAME"]) == (
        "2.0",
        "PUBLISH",
        "Ana Alvarez: equity",
    )
    assert calendar["PRODID"].startswith("-//xl-amt//")
    assert len(events(content)) == 2
    assert max(map(len, content.split(b"\r\n"))) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_all_day_event():
    """The day, its words and its law, without blocking the client's time."""
    (event,) = events(calendar_bytes([EXPIRATION], client="Ana Alvarez", written=WRITTEN))
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2029, 3, 12), date(2029, 3, 13))
    assert event.decoded("DTSTAMP") == WRITTEN.replace(microsecond=0)
    assert event["SUMMARY"] == "ES-014: last day of its options (Ana Alvarez)"
    assert event["DESCRIPTION"] == "7,000 left; ask.\n\nIRC 422(b)(3)"
    assert event["CATEGORIES"].cats == ["expiration"]
    assert event["TRANSP"] == "TRANSPARENT"


def test_an_alarm_for_deadlines_only():
    """A deadline is announced at nine in the morning some days before; a vesting is not."""
    deadline, vesting = events(calendar_bytes([EXPIRATION, VESTING], client="", written=WRITTEN))
    (alarm,) = deadline.walk("VALARM")
    assert (alarm["ACTION"], alarm["DESCRIPTION"]) == ("DISPLAY", EXPIRATION.title)
    assert alarm.decoded("TRIGGER") == timedelta(days=-60, hours=9)
    assert vesting.walk("VALARM") == []
    assert (vesting["SUMMARY"], vesting["DESCRIPTION"]) == (VESTING.title, VESTING.detail)


def test_an_entry_keeps_its_uid():
    """Other words and another day of writing leave the UID; another client, day, kind or grant does not."""
    (uid,) = uids(EXPIRATION)
    assert uids(EXPIRATION._replace(title="new", detail="new"), written=WRITTEN + timedelta(days=9)) == [uid]
    others = {
        *uids(EXPIRATION, client="Ben Brook"),
        *uids(
            EXPIRATION._replace(day=date(2029, 3, 13)),
            EXPIRATION._replace(kind="plan window"),
            EXPIRATION._replace(subject="ES-015"),
        ),
    }
    assert len(others - {uid}) == 4


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1),
    st.text('é,;:\\"\n日 a', max_size=99),
)
def test_any_text_is_read_back(client, detail):
    """Commas, semicolons, backslashes, line breaks and every alphabet."""
    due = EXPIRATION._replace(title=f"{client}, it is due", detail=detail, source="")
    (event,) = events(calendar_bytes([due], client="", written=WRITTEN))
    assert str(event["SUMMARY"]) == due.title
    assert str(event.get("DESCRIPTION", "")) == detail


def test_written_where_asked(tmp_path):
    """The file holds the entries, and nothing is left beside it."""
    path = tmp_path / "Ana.ICS"
    write_calendar(path, [EXPIRATION, VESTING], client="Ana")
    assert [str(event["SUMMARY"]) for event in events(path.read_bytes())] == [
        "ES-014: last day of its options (Ana)",
        "ES-090: 250 shares vest (Ana)",
    ]
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("client.txt", "client.txt: a calendar is an .ics file; give it a name that ends in .ics."),
        ("nowhere/client.ics", "nowhere: there is no such folder; create it first, or choose another."),
        ("kept.ics", "kept.ics: it already exists; choose another name, or add --replace."),
    ],
)
def test_places_that_are_refused(tmp_path, monkeypatch, name, sentence):
    """One sentence, and every file as it was."""
    monkeypatch.chdir(tmp_path)
    Path("kept.ics").write_bytes(b"kept")
    with pytest.raises(FileError) as refused:
        write_calendar(Path(name), [VESTING], client="Ana")
    assert str(refused.value) == sentence
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("kept.ics", b"kept")]


def test_a_calendar_of_nothing_is_no_file(tmp_path):
    """RFC 5545 asks for one entry at least, and programs refuse a file without; the old file stands."""
    path = tmp_path / "kept.ics"
    path.write_bytes(b"kept")
    with pytest.raises(ArgumentError, match="nothing is due, and a calendar file needs at least one entry"):
        write_calendar(path, [], client="Ana", replace_existing=True)
    assert path.read_bytes() == b"kept"


def test_a_failed_write_keeps_the_file(tmp_path, monkeypatch):
    """Where the disk fails, the old file stands, and no half of a new one."""
    path = tmp_path / "kept.ics"
    path.write_bytes(b"kept")

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", full)
        with pytest.raises(FileError, match="cannot be written \\(No space left on device\\)"):
            write_calendar(path, [VESTING], client="Ana", replace_existing=True)
    assert path.read_bytes() == b"kept"
    assert list(tmp_path.iterdir()) == [path]
    write_calendar(path, [VESTING], client="Ana", replace_existing=True)
    assert len(events(path.read_bytes())) == 1
