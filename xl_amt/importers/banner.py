"""What stands above the headers of a report: whose options they are, and as of which day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from xl_amt.importers.cells import day, is_blank, text
from xl_amt.importers.report import ImportRemark, Place, RowRejected
from xl_amt.reading.dates import iso_day

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from xl_amt.importers.table import Table

_AS_OF: Final = re.compile(
    r"as of:? (?P<day>.+?)(?: ?[\N{BULLET}\N{MIDDLE DOT}|].*| generated .*)?",
    re.IGNORECASE,
)
_IN_A_NAME: Final = re.compile(r"(?<![0-9])20[0-9]{2}-[0-9]{2}-[0-9]{2}(?![0-9])")
_REPORT: Final = re.compile(
    r"(?P<company>.+) (?:equity plan granted|equity plan|options outstanding|equity awards outstanding)(?: report)?",
    re.IGNORECASE,
)
# The forms of a company that stand at the end of its name.
_LEGAL_FORM: Final = re.compile(
    r".+[ ,](?:inc|incorporated|corp|corporation|co|company|pbc|p\.b\.c|llc|l\.l\.c|lp|l\.p|llp|ltd|limited|plc"
    r"|gmbh|ag|sa|bv)\.?",
    re.IGNORECASE,
)


def company_in(table: Table) -> str:
    """Return the company that a report's banner names, "" where none of its texts can be told to be one.

    It is what comes before the sheet's name or a report's in a title, "{Company} {Sheet title}", or a text that ends
    in the legal form of a company. Notices such as "CONFIDENTIAL" and titles of reports are neither.
    """
    titles = [words for words in _banner(table) if not _AS_OF.fullmatch(words)]
    for title in titles:
        company, found, _ = title.rpartition(f" {table.sheet.title}")
        if found:
            return company
    for title in titles:
        if of_report := _REPORT.fullmatch(title):
            return of_report["company"]
    return next((title for title in titles if _LEGAL_FORM.fullmatch(title)), "")


def day_of_export(tables: Iterable[Table], names: Iterable[str], remarks: list[ImportRemark]) -> date | None:
    """Return the day that the first sheet's banner states, or else a file's name; a missing one is remarked on."""
    days: dict[date, Table] = {}
    for table in tables:
        for match in filter(None, map(_AS_OF.fullmatch, _banner(table))):
            try:
                stated = day(match["day"], "As of", table.order)
            except RowRejected:
                continue
            if stated:
                days.setdefault(stated, table)
    if not days and (by_name := _day_in_a_name(names)):
        sentence = f"The file name dates the export {by_name}, which nothing in it confirms: check that date."
        remarks.append(ImportRemark("day of the export", "check", sentence))
        return by_name
    if not days:
        sentence = "The export does not state its as-of date: check that it is recent."
        remarks.append(ImportRemark("day of the export", "check", sentence))
        return None
    if len(days) > 1:
        sheets = ", ".join(f"'{table.sheet.title}' as of {stated}" for stated, table in days.items())
        sentence = f"The sheets have different as-of dates ({sheets}): export them on the same day."
        places = tuple(Place(table.sheet.title, table.header_row, table.sheet.file) for table in days.values())
        remarks.append(ImportRemark("day of the export", "check", sentence, places=places))
    return next(iter(days))


def _day_in_a_name(names: Iterable[str]) -> date | None:
    """The day in the first name of a file that has one, as in "quillwort-labs_2026-11-02_plan.xlsx"."""
    return next(filter(None, (iso_day(found[0]) for name in names for found in _IN_A_NAME.finditer(name))), None)


def _banner(table: Table) -> list[str]:
    """Return the texts above the headers, in order."""
    above = table.sheet.rows[: table.header_row - 1]
    return [text(value) for row in above for value in row if not is_blank(value)]
