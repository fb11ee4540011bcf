"""Whether a record is still the one that was reported, and what differs where it is not."""

from __future__ import annotations

from xl_amt.client import ClientRecord
from xl_amt.client.fingerprint import fingerprint
from xl_amt.jobs.answered import answer
from xl_amt.jobs.letter_since import moved, rows_after
from xl_amt.jobs.log import last_row


def not_the_reported_one(record: ClientRecord) -> str:
    """That a record is no longer the one of its last letter, since when and what differs, in a sentence; else "".

    A record that was never reported is none. Since when is known from its log; a change by hand is in no log before
    the next command.
    """
    last = last_row(record, "reported")
    if last is None or last.fingerprint == fingerprint(record):
        return ""
    changed = next((row for row in rows_after(record, last) if row.fingerprint != last.fingerprint), None)
    since = f"since {changed.day} ({changed.what})" if changed else "by hand since then"
    answered, _ = answer(record)
    figures = answered.figures
    if last.figures is None or figures is None or last.about != answered.kind:
        differs = f"it was about {last.about}, and is about {answered.kind} now"
    else:
        differs = ", ".join(moved(last.figures, figures)) or "the three figures of the letter are the same"
    return f"it is not the record that was reported on {last.day}: changed {since}; {differs}; run xl-amt report."
