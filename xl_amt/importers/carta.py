"""Carta's grant reports -> one stakeholder's grants: the plan's own sheet, and "Equity Plan Granted".

Both are tables of one row a grant under a few banner rows. The plan's sheet states what is vested and
outstanding; "Equity Plan Granted" states all that ever vested, from which the exercised and the lapsed are
taken. A workbook may hold several such sheets, one a plan: all are read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from xl_amt.errors import FileError
from xl_amt.importers.cells import day, is_blank, text
from xl_amt.importers.grant_rows import DATES, read_grant
from xl_amt.importers.headers import (
    ACCEPTED_HEADERS,
    ROWS_SEARCHED,
    Fact,
    Table,
    TableRow,
    check_repeated_headers,
    likeliest_table,
    normalised,
)
from xl_amt.importers.reading import read_spreadsheet
from xl_amt.importers.report import ImportResult, RejectedRow, RowRejected, listed
from xl_amt.importers.stakeholders import rows_of_stakeholder
from xl_amt.reading.dates import DateOrder, date_order, is_ambiguous_date

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Sequence
    from datetime import date

    from xl_amt.equity.grants import HeldGrant
    from xl_amt.importers.reading import Spreadsheet

# Each need is met by any one of its sets of columns.
NEEDED: tuple[tuple[tuple[Fact, ...], ...], ...] = (
    ((Fact.STAKEHOLDER,),),
    ((Fact.LABEL,),),
    ((Fact.AWARD_TYPE,),),
    ((Fact.STRIKE,),),
    ((Fact.ISSUED,),),
    ((Fact.EXERCISED,),),
    ((Fact.VESTED_OUTSTANDING,), (Fact.VESTED_IN_ALL, Fact.EXPIRED)),
    ((Fact.UNVESTED_OUTSTANDING,), (Fact.OUTSTANDING,), (Fact.VESTED_IN_ALL, Fact.FORFEITED)),
)
FEWEST_HEADERS = 3  # fewer matching cells in a row are chance, such as "Name" in a title

_TOTALS = re.compile(r"(grand |sub ?)?totals?")
_AS_OF = re.compile(
    r"as of:? (?P<day>.+?)(?: ?[\N{BULLET}\N{MIDDLE DOT}|].*| generated .*)?",
    re.IGNORECASE,
)


def read_carta_export(path: str | os.PathLike[str], stakeholder: str | None = None) -> ImportResult:
    """Return one stakeholder's grants out of a Carta export (.xlsx or .csv), with every row accounted for.

    ``stakeholder`` is a name, e-mail or ID as the export has it, in any case; it may be left out where the
    export holds one stakeholder only. Other stakeholders' rows are counted in a note and not kept.

    Raises FileError where the file cannot be read, holds no table of grants (naming the columns that it
    lacks), or holds several stakeholders and none is chosen. A row that cannot be read, is canceled, or is
    neither an ISO nor an NSO is in ``rejected`` with its reason; nothing is guessed in its place.
    """
    path = Path(path)
    spreadsheet = read_spreadsheet(path)
    tables = _tables_of_grants(spreadsheet, path.name)
    notes = [
        f"The hidden sheet '{name.strip()}' was not read: unhide it if it holds grants." for name in spreadsheet.hidden
    ]
    rows = [row for table in tables for row in _rows_of_grants(table, notes)]
    order = date_order(row.value(fact) for row in rows for fact in DATES)
    own = rows_of_stakeholder(rows, stakeholder, path.name, notes)
    _note_date_order(own, order, notes)
    grants, rejected = _grants_and_rejected(own, order)
    grants = _with_ends_of_the_work(grants, own, order)
    _note_what_is_missing(grants, notes)
    _note_terminations(own, {grant.label for grant in grants}, notes)
    return ImportResult(
        company=_company(tables[0]),
        as_of=_as_of(tables, order, notes),
        stakeholder=next(filter(None, (row.words(Fact.STAKEHOLDER) for row in own))),
        grants=grants,
        rejected=rejected,
        notes=tuple(notes),
        rows_read=len(own),
        source=path.name,
    )


def _tables_of_grants(spreadsheet: Spreadsheet, file: str) -> list[Table]:
    """Find every sheet that has the needed columns, the one with the most known columns first."""
    tables = sorted(
        (likeliest_table(sheet) for sheet in spreadsheet.sheets),
        key=lambda table: len(table.columns),
        reverse=True,
    )
    if not tables or len(tables[0].columns) < FEWEST_HEADERS:
        message = (
            f"{file} has no row of headers such as 'Stakeholder Name', 'Quantity Issued' and 'Exercise "
            f"Price' in the first {ROWS_SEARCHED} rows of any visible sheet: give Carta's plan sheet or its "
            "'Equity Plan Granted' report."
        )
        raise FileError(message)
    complete = [table for table in tables if not _missing(table)]
    if not complete:
        nearest = tables[0]
        first, *others = _missing(nearest)
        more = f", nor for {len(others)} other{'s' if len(others) > 1 else ''}" if others else ""
        message = (
            f"{file}, sheet '{nearest.sheet.title}', row {nearest.header_row}, has no column for "
            f"{_described(first, most=2)}{more}: add it to the report and export again; xl-amt import --columns lists "
            "all that are needed."
        )
        raise FileError(message)
    for table in complete:
        check_repeated_headers(table, file)
    return complete


def _missing(table: Table) -> list[tuple[tuple[Fact, ...], ...]]:
    return [need for need in NEEDED if not any(table.columns.keys() >= set(columns) for columns in need)]


def needed_columns() -> list[str]:
    """Return every column that an export needs, with all headers that it may go by, a line each.

    >>> needed_columns()[3]
    'the exercise price (headed Exercise Price / Strike Price / Exercise Price Per Share)'
    """
    return [_described(need) for need in NEEDED]


def _described(need: tuple[tuple[Fact, ...], ...], most: int | None = None) -> str:
    """Return, for instance, "the issue date (headed Issue Date / Grant Date)", with the first ``most`` headers."""
    headers = ", or ".join(
        " together with ".join(" / ".join(ACCEPTED_HEADERS[fact][:most]) for fact in columns) for columns in need
    )
    return f"the {need[0][0].value} (headed {headers})"


def _rows_of_grants(table: Table, notes: list[str]) -> list[TableRow]:
    """Return the rows that describe grants; totals, footnotes and repeated headers become notes."""
    rows: list[TableRow] = []
    for row in table.rows():
        filled = [value for value in row.values if not is_blank(value)]
        label = normalised(row.words(Fact.LABEL))
        says_totals = any(_TOTALS.fullmatch(normalised(value)) for value in filled)
        if says_totals and (not label or _TOTALS.fullmatch(label)):
            notes.append(f"The totals in {row.place} were not read as a grant.")
        elif label == normalised(row.header(Fact.LABEL)):
            notes.append(f"The headers repeated in {row.place} were not read as a grant.")
        elif len(filled) == 1:
            notes.append(f"The single cell in {row.place} was not read as a grant.")
        else:
            rows.append(row)
    return rows


def _grants_and_rejected(
    rows: Sequence[TableRow], order: DateOrder
) -> tuple[tuple[HeldGrant, ...], tuple[RejectedRow, ...]]:
    """Read each row; of rows that repeat a grant, keep the first, or none where their figures differ."""
    reasons: dict[int, str] = {}
    grants: dict[int, HeldGrant] = {}
    for index, row in enumerate(rows):
        try:
            grants[index] = read_grant(row, order)
        except RowRejected as rejection:
            reasons[index] = str(rejection)
    repeats: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for index, grant in grants.items():
        repeats[grant.label, grant.option_type].append(index)
    for first, *others in repeats.values():
        if len({_figures(grants[index]) for index in (first, *others)}) == 1:
            for index in others:
                reasons[index] = f"The row repeats the grant of {rows[first].place}."
        else:
            places = " and ".join(rows[index].place for index in (first, *others))
            for index in (first, *others):
                reasons[index] = f"The grant's rows ({places}) give different figures: delete the wrong ones."
    kept = tuple(grant for index, grant in grants.items() if index not in reasons)
    rejected = tuple(_rejected(rows[index], reason) for index, reason in sorted(reasons.items()))
    return kept, rejected


def _rejected(row: TableRow, reason: str) -> RejectedRow:
    return RejectedRow(row.table.sheet.title, row.number, row.words(Fact.LABEL), reason)


def _figures(grant: HeldGrant) -> tuple[float, ...]:
    return (
        grant.strike,
        grant.shares_granted,
        grant.shares_exercised,
        grant.shares_exercisable,
        grant.shares_unvested,
    )


def _banner(table: Table) -> list[str]:
    """Return the texts above the headers, in order."""
    above = table.sheet.rows[: table.header_row - 1]
    return [text(value) for row in above for value in row if not is_blank(value)]


def _company(table: Table) -> str:
    """Return the company out of the title "{Company} {Sheet title}", "" where there is no title."""
    titles = [words for words in _banner(table) if not _AS_OF.fullmatch(words)]
    if not titles:
        return ""
    for sheet_title in (table.sheet.title, "Equity Plan Granted"):
        company, found, _ = titles[0].rpartition(f" {sheet_title}")
        if found:
            return company
    return titles[0]


def _as_of(tables: Iterable[Table], order: DateOrder, notes: list[str]) -> date | None:
    """Return the day that the first sheet's banner states; sheets of other days are noted."""
    days: dict[date, str] = {}
    for table in tables:
        for match in filter(None, map(_AS_OF.fullmatch, _banner(table))):
            try:
                stated = day(match["day"], "As of", order)
            except RowRejected:
                continue
            if stated:
                days.setdefault(stated, table.sheet.title)
    if not days:
        notes.append("The export does not say as of which day it was made: check that it is recent.")
        return None
    if len(days) > 1:
        sheets = ", ".join(f"'{name}' as of {stated}" for stated, name in days.items())
        notes.append(f"The sheets are of different days ({sheets}): export them on one day.")
    return next(iter(days))


def _note_date_order(rows: Iterable[TableRow], order: DateOrder, notes: list[str]) -> None:
    if order is DateOrder.DAY_FIRST:
        notes.append("Dates written as text are read with the day first, since some can be no other.")
    if order is DateOrder.NOT_SHOWN:
        ambiguous = [row for row in rows if any(is_ambiguous_date(row.value(fact)) for fact in DATES)]
        if ambiguous:
            notes.append(
                "Dates written as text are read with the month first, which nothing in the file confirms: "
                f"check {listed(row.place for row in ambiguous)}."
            )


def _note_what_is_missing(grants: Iterable[HeldGrant], notes: list[str]) -> None:
    grants = tuple(grants)
    if undated := [grant.label for grant in grants if grant.grant_date is None]:
        notes.append(f"No grant date is given for {listed(undated)}: holding periods need it.")
    if endless := [grant.label for grant in grants if grant.expiration_date is None]:
        notes.append(f"No expiration date is given for {listed(endless)}: check when the options lapse.")


def _note_terminations(rows: Iterable[TableRow], labels: set[str], notes: list[str]) -> None:
    ended: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        label, termination = row.words(Fact.LABEL), row.words(Fact.TERMINATION_DATE)
        if termination and label in labels:
            ended[termination].append(label)
    for termination, of_grants in ended.items():
        notes.append(
            f"The termination date of {listed(of_grants)} is {termination}: check until when the options may be "
            "exercised, and that ISOs stay ISOs for three months only (IRC 422(a)(2))."
        )


def _with_ends_of_the_work(
    grants: Iterable[HeldGrant], rows: Sequence[TableRow], order: DateOrder
) -> tuple[HeldGrant, ...]:
    """The grants with the day on which the work ended by the first of their rows that states one."""
    stated = {row.words(Fact.LABEL): row for row in reversed(rows) if row.words(Fact.TERMINATION_DATE)}
    return tuple(
        replace(grant, work_ended=_termination(stated[grant.label], order)) if grant.label in stated else grant
        for grant in grants
    )


def _termination(row: TableRow, order: DateOrder) -> date | None:
    """The day on which the work ended by a row; None where it cannot be read and is only noted."""
    header = row.header(Fact.TERMINATION_DATE)
    try:
        return day(row.value(Fact.TERMINATION_DATE), header, order, row.table.sheet.day_zero)
    except RowRejected:
        return None
