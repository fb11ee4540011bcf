"""A letter and a report of a client's file, as one PDF file, and the row of the log that says so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

from xl_amt.client import ClientRecord
from xl_amt.client.toml_file import SUFFIX
from xl_amt.equity.words import dollars, listed, shares_of
from xl_amt.errors import AmtError, ArgumentError
from xl_amt.files import written_whole
from xl_amt.jobs.advice import Advice, without_plan
from xl_amt.jobs.answered import Answered, answer
from xl_amt.jobs.backups import backup_name
from xl_amt.jobs.evidence import evidence, versions_of
from xl_amt.jobs.firm import Firm
from xl_amt.jobs.letter import footer_of, letter, names_of, title_of
from xl_amt.jobs.letter_tables import Way
from xl_amt.jobs.log import last_row, logged
from xl_amt.jobs.records import holds_a_record, is_client_file, open_client
from xl_amt.jobs.report_pages import pages
from xl_amt.jobs.report_words import clipped
from xl_amt.jobs.rewrite_client import log_client
from xl_amt.report.typeset import typeset

PLAN: Final = "plan"
NOTHING: Final = "nothing"
_NAMES: Final = {PLAN: "the plan", NOTHING: "nothing more exercised or sold"}


class Report(NamedTuple):
    """The PDF file of a record, the record with its log's new row, and what the letter answers."""

    pdf: bytes
    record: ClientRecord
    answered: Answered


def report_record(
    record: ClientRecord,
    today: date,
    firm: Firm,
    *,
    scenarios: Sequence[str] = (),
    letter_only: bool = False,
) -> Report:
    """The letter, and the report behind it, of a record on a day: the same record, day and firm give the same bytes.

    Args:
        record: the client's record.
        today: the letter's day.
        firm: who writes it.
        scenarios: two ways to compare: "plan", "nothing" (nothing more than is done), or the name of another record's
            file; none for the plan next to nothing, where there is a plan.
        letter_only: whether the pages behind the letter are left out.

    Raises:
        AmtError: typst is not installed, a scenario cannot be figured, or the firm's logo cannot be drawn.
    """
    answered, notes = answer(record)
    kind, figures = answered.kind, answered.figures
    after = logged(record, today, "reported", kind, _said(answered), before=record, figures=figures)
    answered = answered._replace(record=after)
    last = last_row(record, "reported", before=today)
    contents: dict[str, Any] = {
        "title": f"{title_of(record)}: {names_of(record)}",
        "author": firm.name or firm.preparer or "xl-amt",
        "date": [today.year, today.month, today.day],
        "firm": {"name": firm.name, "address": list(firm.address), "closing": firm.closing, "preparer": firm.preparer},
        "letter": letter(answered, today, last, _ways(answered, scenarios, today), firm.preparer),
        "pages": [] if letter_only else [*pages(answered, today), evidence(answered, notes)],
        "footer": footer_of(record, versions_of(record)),
        "footer_of_pages": names_of(record),
    }
    return Report(typeset(contents, firm.logo), after, answered)


def write_report(
    report: Report, output: Path, client: Path, before: ClientRecord, today: date, *, keep_log: bool = True
) -> Path | None:
    """Write the PDF file, and the log's row into the client's file; the name of what keeps the file before.

    None where the log is not to be kept, has the row already, or the client's file is an export, which has none.
    FileError, and nothing written, where the client's file is open elsewhere.
    """
    backup = None
    with written_whole(output) as temporary:
        temporary.write_bytes(report.pdf)  # before the log says so: a disk may be full
        if keep_log and holds_a_record(client) and report.record != before:
            backup = backup_name(client, today)
            log_client(client, report.record, backup)
    return backup


def _said(answered: Answered) -> str:
    """What the letter says, for the log."""
    if (figures := answered.figures) is None:
        return "No answer yet."
    return f"{shares_of(figures.shares)}, {dollars(figures.amt)} of AMT, {dollars(figures.cash)} of cash."


def _ways(answered: Answered, scenarios: Sequence[str], today: date) -> list[Way]:
    """The two ways to compare; none without a plan, where none are asked."""
    asked = list(scenarios) or ([PLAN, NOTHING] if answered.plan else [])
    ways = [_way(name, answered, today) for name in asked]
    spans = [[own.year for own in way.advice.years] for way in ways]
    if any(span != spans[0] for span in spans):
        each = " and ".join(f"{way.name} is of {listed(span)}" for way, span in zip(ways, spans, strict=True))
        raise ArgumentError(f"--scenarios: {each}; their sums compare only over the same years: give both the same.")
    return ways


def _way(name: str, answered: Answered, today: date) -> Way:
    if name == PLAN and answered.advice is not None:
        return Way(_NAMES[PLAN], answered.advice)
    if name in _NAMES:
        record = without_plan(answered.record)
    else:
        path = Path(name)
        if not is_client_file(path):
            raise ArgumentError(
                f"--scenarios: '{clipped(name)}' is not a scenario; use plan, nothing, or the file of another record."
            )
        record, _ = open_client(path, today)
    try:
        return Way(_NAMES.get(name, Path(name).name.removesuffix(SUFFIX).removesuffix(".xlsx")), Advice(record))
    except AmtError as error:
        raise error.within(f"--scenarios {name}") from None
