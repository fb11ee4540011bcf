"""What a workbook says of itself: the version, the law, and the record that a command left in it."""

from __future__ import annotations

from typing import Final

from xl_amt import __version__
from xl_amt.client import ClientRecord
from xl_amt.client.fingerprint import fingerprint
from xl_amt.law import enacted, law_fingerprint
from xl_amt.workbook.jurisdictions import codes_of
from xl_amt.workbook.splice import Edits

VERSION: Final = "Engine_version"
LAW: Final = "Law_enacted_through"
RECORD: Final = "Record_hash"
LAW_HASH: Final = "Law_hash"


def stamp_of(record: ClientRecord) -> dict[str, str | float]:
    """The values that hold from now on, by the names of their cells."""
    return {
        VERSION: __version__,
        LAW: enacted("US").verified_through,
        RECORD: fingerprint(record),
        LAW_HASH: law_fingerprint(codes_of(record), record.client.law_book),
    }


def put_stamp(edits: Edits, record: ClientRecord) -> None:
    """Put them into a workbook file, where it has their names."""
    for name, value in stamp_of(record).items():
        region = edits.book.region(name)
        if region is not None:
            edits.set(region.sheet, (region.area.row, region.area.column), value)
