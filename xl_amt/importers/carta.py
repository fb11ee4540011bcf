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
from xl_amt.importers.banner import company_in, day_of_export
from xl_amt.importers.cells import day, is_blank, text
from xl_amt.importers.delimited import DELIMITERS
from xl_amt.importers.grant_remarks import DATES, ReadGrant, remark_on_date_order, remark_on_grants
from xl_amt.importers.grant_rows import read_grant
from xl_amt.importers.headers import (
    ACCEPTED_HEADERS,
    ROWS_SEARCHED,
    Fact,
    Table,
    TableRow,
    check_repeated_headers,
    likeliest_table,
    money_headers,
    normalised,
    table_under,
)
from xl_amt.importers.money import US_DOLLARS, named
from xl_amt.importers.reading import read_spreadsheet
from xl_amt.importers.report import ImportRemark, ImportResult, Place, RejectedRow, RowRejected
from xl_amt.importers.stakeholders import rows_of_stakeholder
from xl_amt.reading.dates import DateOrder, date_order

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Sequence

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
MOST_MISSING = 4  # a table that lacks more of the needed columns is of something else
MOST_HEADERS = 3  # as many of the headers that would do are named in a sentence

_TOTALS = re.compile(r"(grand |sub ?)?totals?")
# A row that says none of these is a footnote, however many cells it has.
_OF_A_GRANT = (Fact.STAKEHOLDER, Fact.AWARD_TYPE, Fact.STRIKE)


def read_carta_export(path: str | os.PathLike[str], stakeholder: str | None = None) -> ImportResult:
    """Return one stakeholder's grants out of a Carta export (.xlsx, .csv or .tsv), with every row accounted for.

    ``stakeholder`` is a name, e-mail or ID as the export has it, in any case; all names of one person whom the
    export spells in several ways, with semicolons between them. It may be left out where the export holds one
    stakeholder only. Other stakeholders' rows are counted in a remark and not kept.

    Raises FileError where the file cannot be read, holds no table of grants (naming the columns that it lacks), has
    its prices in another currency, or holds several stakeholders and none is chosen. A row that cannot be read, is
    canceled, or is neither an ISO nor an NSO is in ``rejected`` with its reason; nothing is guessed in its place.
    """
    path = Path(path)
    spreadsheet = read_spreadsheet(path)
    remarks: list[ImportRemark] = []
    _remark_on_reading(spreadsheet, remarks)
    tables = _tables_of_grants(spreadsheet, path.name, remarks)
    rows = [row for table in tables for row in _rows_of_grants(table, remarks)]
    order = date_order(row.value(fact) for row in rows for fact in DATES)
    own = rows_of_stakeholder(rows, stakeholder, path.name, remarks)
    remark_on_date_order(own, order, remarks)
    kept, rejected = _read_and_rejected(own, order)
    as_of = day_of_export(tables, order, remarks)
    remark_on_grants(kept, own, as_of, order, remarks)
    return ImportResult(
        company=company_in(tables[0]),
        as_of=as_of,
        stakeholder=next(filter(None, (row.words(Fact.STAKEHOLDER) for row in own))),
        grants=tuple(grant for grant, _ in kept),
        rejected=rejected,
        remarks=tuple(remarks),
        rows_read=len(own),
        source=path.name,
        grant_places=tuple(row.place for _, row in kept),
    )


def _remark_on_reading(spreadsheet: Spreadsheet, remarks: list[ImportRemark]) -> None:
    if spreadsheet.delimiter not in {"", ","}:
        sentence = f"The columns of the file are divided by {DELIMITERS[spreadsheet.delimiter]}, not by commas."
        remarks.append(ImportRemark("delimiter", "note", sentence))
    for name in spreadsheet.hidden:
        sentence = f"The hidden sheet '{name.strip()}' was not read: unhide it if it holds grants."
        remarks.append(ImportRemark("sheet not read", "check", sentence, places=(Place(name.strip(), 1),)))


def _tables_of_grants(spreadsheet: Spreadsheet, file: str, remarks: list[ImportRemark]) -> list[Table]:
    """Find every sheet that has the needed columns, the one with the most known columns first."""
    tables = sorted(
        (likeliest_table(sheet) for sheet in spreadsheet.sheets),
        key=lambda table: len(table.columns),
        reverse=True,
    )
    if len(tables[0].columns) < FEWEST_HEADERS:
        delimiter = spreadsheet.delimiter
        divided = f" (its columns are divided by {DELIMITERS[delimiter]})" if delimiter not in {"", ","} else ""
        message = (
            f"{file}{divided} has no row of headers such as 'Stakeholder Name', 'Quantity Issued' and 'Exercise "
            f"Price' in the first {ROWS_SEARCHED} rows of any visible sheet: give Carta's plan sheet or its "
            "'Equity Plan Granted' report."
        )
        raise FileError(message)
    complete = [table for table in tables if not _missing(table)]
    if not complete:
        raise FileError(_refusal(tables[0], file))
    for table in complete:
        check_repeated_headers(table, file)
        _check_currency(table, file)
    remarks += (
        _not_read(table, missing)
        for table in tables
        if (missing := _missing(table)) and len(table.columns) >= FEWEST_HEADERS
    )
    return complete


def _not_read(table: Table, missing: Sequence[tuple[tuple[Fact, ...], ...]]) -> ImportRemark:
    lacks_more = f", and lacks {len(missing) - 1} more" if len(missing) > 1 else ""
    sentence = (
        f"Sheet '{table.sheet.title}' was not read: its row {table.header_row} has no column for "
        f"{_described(missing[0], most=MOST_HEADERS)}{lacks_more}."
    )
    place = Place(table.sheet.title, table.header_row)
    return ImportRemark("sheet not read", "check", sentence, places=(place,))


def _refusal(nearest: Table, file: str) -> str:
    """Return the sentence on a file whose most promising table is not one of grants."""
    where = f"{file}, sheet '{nearest.sheet.title}', row {nearest.header_row},"
    missing = _missing(nearest)
    first, *others = missing
    more = f", nor for {len(others)} other{'s' if len(others) > 1 else ''}" if others else ""
    if len(missing) > MOST_MISSING:
        return (
            f"{where} is not over a table of grants, as Carta's reports have it: it has no column for the "
            f"{first[0][0].value}{more}; xl-amt import --columns lists all that are needed."
        )
    money = money_headers(nearest)
    not_shares = f" ('{money[0]}' is an amount of money)" if money else ""
    return (
        f"{where} has no column for {_described(first, most=2)}{not_shares}{more}: add it to the report and export "
        "again; xl-amt import --columns lists all that are needed."
    )


def _check_currency(table: Table, file: str) -> None:
    """Raise FileError where the header over the strikes names another currency than US dollars."""
    column = table.columns[Fact.STRIKE]
    if column.currency not in {"", US_DOLLARS}:
        header = text(table.sheet.rows[table.header_row - 1][column.index])
        message = (
            f"{file}, sheet '{table.sheet.title}', row {table.header_row}: the prices under '{header}' are in "
            f"{named(column.currency)}; enter them in US dollars under 'Exercise Price (USD)'."
        )
        raise FileError(message)


def _missing(table: Table) -> list[tuple[tuple[Fact, ...], ...]]:
    return [need for need in NEEDED if not any(table.columns.keys() >= set(columns) for columns in need)]


def needed_columns() -> list[str]:
    """Return every column that an export needs, with all headers that it may go by, a line each.

    >>> needed_columns()[3]
    'the exercise price (headed Exercise Price / Strike Price / Exercise Price Per Share / Strike)'
    """
    return [_described(need) for need in NEEDED]


def _described(need: tuple[tuple[Fact, ...], ...], most: int | None = None) -> str:
    """Return, for instance, "the issue date (headed Issue Date / Grant Date)", with the first ``most`` headers."""
    headers = ", or ".join(
        " together with ".join(" / ".join(ACCEPTED_HEADERS[fact][:most]) for fact in columns) for columns in need
    )
    return f"the {need[0][0].value} (headed {headers})"


def _rows_of_grants(table: Table, remarks: list[ImportRemark]) -> list[TableRow]:
    """Return the rows that describe grants; totals, footnotes and repeated headers become remarks.

    Headers that are repeated in another order count for the rows under them.
    """
    rows: list[TableRow] = []
    for numbered in table.rows():
        row = replace(numbered, table=table)
        if repeated := _repeated_headers(row):
            if missing := _missing(repeated):
                remarks.append(_not_read(repeated, missing))
                break
            table = repeated
        if other := "The headers repeated in" if repeated else _what_else(row):
            sentence = f"{other} {row.place_in_words} {'was' if 'single' in other else 'were'} not read as a grant."
            remarks.append(ImportRemark("row not of a grant", "note", sentence, places=(row.place,)))
        else:
            rows.append(row)
    return rows


def _repeated_headers(row: TableRow) -> Table | None:
    """Return the table that begins with a row in which texts of the headers above it come again; else None."""
    sheet = row.table.sheet
    if len(_texts(row.values) & _texts(sheet.rows[row.table.header_row - 1])) < FEWEST_HEADERS:
        return None
    return replace(table_under(sheet, row.number), decimal_comma=row.table.decimal_comma)


def _texts(values: Iterable[object]) -> set[str]:
    return {value.strip().casefold() for value in values if isinstance(value, str)} - {""}


def _what_else(row: TableRow) -> str:
    """Return what stands in a row that describes no grant, as a sentence begins; "" where it describes one."""
    filled = [value for value in row.values if not is_blank(value)]
    label = normalised(row.words(Fact.LABEL))
    says_totals = any(_TOTALS.fullmatch(normalised(value)) for value in filled)
    if says_totals and (not label or _TOTALS.fullmatch(label)):
        return "The totals in"
    if len(filled) == 1:
        return "The single cell in"
    return "" if any(row.words(fact) for fact in _OF_A_GRANT) else "The cells in"


def _read_and_rejected(
    rows: Sequence[TableRow], order: DateOrder
) -> tuple[tuple[ReadGrant, ...], tuple[RejectedRow, ...]]:
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
                reasons[index] = f"The row repeats the grant of {rows[first].place_in_words}."
        else:
            places = " and ".join(rows[index].place_in_words for index in (first, *others))
            for index in (first, *others):
                reasons[index] = f"The grant's rows ({places}) give different figures: delete the wrong ones."
    stated = {row.words(Fact.LABEL): row for row in reversed(rows) if row.words(Fact.TERMINATION_DATE)}
    kept = tuple(
        ReadGrant(_with_end_of_the_work(grant, stated.get(grant.label), order), rows[index])
        for index, grant in grants.items()
        if index not in reasons
    )
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


def _with_end_of_the_work(grant: HeldGrant, stated: TableRow | None, order: DateOrder) -> HeldGrant:
    """The grant with the day on which the work ended, by the first of its rows that states one.

    A day that cannot be read is only remarked on.
    """
    if stated is None:
        return grant
    header = stated.header(Fact.TERMINATION_DATE)
    try:
        ended = day(stated.value(Fact.TERMINATION_DATE), header, order, stated.table.sheet.day_zero)
    except RowRejected:
        return grant
    return replace(grant, work_ended=ended)
