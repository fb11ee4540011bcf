"""The report's last page: what its figures can be traced by, from the versions to the log of the record."""

from __future__ import annotations

from typing import Any, Final

from xl_amt import __version__
from xl_amt.client import ClientRecord
from xl_amt.client.fingerprint import fingerprint
from xl_amt.jobs.advice import asked_codes
from xl_amt.jobs.answered import Answered
from xl_amt.jobs.report_pages import Page, page, remark, section
from xl_amt.jobs.report_words import as_word, clipped, short_day, table
from xl_amt.law import enacted, is_held, law_fingerprint
from xl_amt.workbook.jurisdictions import place_of

MOST_ROWS: Final = 25  # of the log
_HASH: Final = 16  # letters of a file's hash


def versions_of(record: ClientRecord) -> str:
    """The version of xl-amt and the hash of the law that figures rest on."""
    return f"xl-amt {__version__} · law {law_fingerprint(asked_codes(record), record.client.law_book)}"


def evidence(answered: Answered, notes: tuple[str, ...]) -> Page:
    """Versions, law, sources, remarks and the log; ``notes`` are what to check before the figures are used."""
    record = answered.record
    parts: list[dict[str, Any]] = [
        section("Versions and law"),
        table(["What", "Which"], _traced_by(record), words=(0, 1), wide={1: 1}),
        section("Years whose law is not enacted"),
        {"kind": "text", "words": _not_enacted(answered)},
        section("Files that were read"),
        *_sources(record),
    ]
    if notes:
        parts += [section("Check before using the figures"), {"kind": "points", "words": list(notes)}]
    parts += [section("Log of the record"), *_log(record)]
    return page("Evidence", parts)


def _traced_by(record: ClientRecord) -> list[list[str]]:
    rows = [["Version", f"xl-amt {__version__}"]]
    for code in (code for code in asked_codes(record) if is_held(code)):
        law = enacted(code)
        rows.append(
            [f"{as_word(place_of(code))} law", f"enacted through {law.verified_through}, from {law.first_year}"]
        )
    if record.client.law_book:
        rows.append(["Law book", record.client.law_book])
    law_hash = law_fingerprint(asked_codes(record), record.client.law_book)
    return [*rows, ["Hash of the law's numbers", law_hash], ["Hash of the record", fingerprint(record)]]


def _not_enacted(answered: Answered) -> str:
    if answered.advice is None:
        return "None is figured."
    found = [
        f"{year.year} in {'federal law' if code == 'US' else place_of(code)}: {tax.standing}"
        for year in answered.advice.years
        for code, tax in year.taxes.items()
        if tax.standing != "enacted"
    ]
    return f"{'; '.join(found)}." if found else "None: the law of every year is enacted."


def _sources(record: ClientRecord) -> list[dict[str, Any]]:
    if not record.sources:
        return [{"kind": "text", "words": "None: the record was keyed by hand."}]
    rows = [[clipped(one.file, 60), one.platform, short_day(one.read_on), one.sha256[:_HASH]] for one in record.sources]
    return [table(["File", "Platform", "Read on", "SHA-256 begins"], rows, words=(0, 1, 2, 3), wide={0: 1})]


def _log(record: ClientRecord) -> list[dict[str, Any]]:
    rows = sorted(record.log, key=lambda row: row.day)
    if not rows:
        return [{"kind": "text", "words": "The record has no log yet."}]
    shown = [[short_day(row.day), row.what, " · ".join(filter(None, (row.about, row.detail)))] for row in rows]
    made = table(["Day", "What", "About"], shown[-MOST_ROWS:], words=(0, 1, 2), wide={2: 1})
    earlier = len(shown) - MOST_ROWS
    return [made, *([remark(f"{earlier} earlier rows are on the sheet Log.")] if earlier > 0 else [])]
