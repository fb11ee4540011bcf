"""Reading the sheet Client back: what is known once, and what is known by year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from xl_amt.client import Client, ClientYear, Exit, FrozenPlan, Limits, Plan
from xl_amt.client.columns import Column, columns_of
from xl_amt.client.facts import label_of, read_facts
from xl_amt.errors import AmtError, FileError
from xl_amt.law.names import nearest
from xl_amt.workbook.splice import Book
from xl_amt.workbook.tables.client_rows import (
    BY_YEAR_HEADERS,
    FURTHER,
    OF_THE_YEAR,
    ONCE,
    ONCE_HEADERS,
    ONCE_NOT_READ,
    PLANNED,
)
from xl_amt.workbook.tables.declared import TableColumn
from xl_amt.workbook.tables.found import Found, column_of, find
from xl_amt.workbook.tables.texts import parted

_YEAR: Final = next(item for item in columns_of(ClientYear) if item.field == "year")
_AMOUNT_OF_YEAR: Final = re.compile(r"([12][0-9]{3}) ?: ?([0-9]{1,12}(?:[.][0-9]+)?)")
_LOOKS_LIKE_A_YEAR: Final = re.compile("[12][0-9]{3}")
_OF_PLAN: Final = {"exit": Exit, "limits": Limits, "frozen": FrozenPlan}


class ClientSheet(NamedTuple):
    """What the sheet Client holds of the record; the client's residence stands among the events."""

    client: Client
    years: tuple[ClientYear, ...]
    plan: Plan | None


def read_client(book: Book) -> ClientSheet:
    """The client, the years and the plan; FileError names sheet and cell of what cannot be read."""
    once, further = _once(_region(book, "Client_block", ONCE_HEADERS, grows=False))
    found = _region(book, "Facts_table", BY_YEAR_HEADERS)
    years = _year_columns(found)
    by_year, facts = _by_year(found, years)
    of_years = {item.field: by_year.get(item.header, {}) for item in (*OF_THE_YEAR, *PLANNED)}
    for field, amounts in further.items():
        of_years[field] = dict(sorted((amounts | of_years[field]).items()))
    planned = {item.field: of_years[item.field] for item in PLANNED if of_years[item.field]}
    rows = (
        {item.field: of_years[item.field][year] for item in OF_THE_YEAR if year in of_years[item.field]}
        for year in sorted(years)
    )
    return ClientSheet(
        Client(**_within(once, "client")),
        tuple(ClientYear(year=year, facts=facts[year], **row) for year, row in zip(sorted(years), rows, strict=True)),
        _plan(once, planned, f"{found.book.name}, {found.sheet.title}"),
    )


def _region(book: Book, name: str, headers: Sequence[str], *, grows: bool = True) -> Found:
    found = find(book, name, headers, grows=grows)
    if found is None:
        raise FileError(
            f"{book.name}: it is not an xl-amt client workbook, or its sheet Client is missing: no row has the headers "
            f"'{headers[0]}' and '{headers[1]}'; use another file, or import it first."
        )
    return found


def _labels(found: Found, column: int) -> Iterator[tuple[int, str]]:
    """The label of each row that has one; FileError where one stands there twice."""
    seen: dict[str, int] = {}
    for row in found.rows:
        label = found.value(row, column)
        if label is None:
            continue
        text = " ".join(str(label).split())
        if seen.setdefault(text.casefold(), row) != row:
            raise FileError(
                f"{found.where(row, column)}: '{text}' stands in row {seen[text.casefold()]} too; keep one of them."
            )
        yield row, text


def _once(found: Found) -> tuple[dict[tuple[str, ...], Any], dict[str, dict[int, float]]]:
    """What is known once, by its path in the record, and the plan's amounts of further years."""
    known: dict[str, TableColumn] = {item.header.casefold(): item for item in ONCE}
    labels, entries = column_of(found, ONCE_HEADERS[0]), column_of(found, ONCE_HEADERS[-1])
    values: dict[tuple[str, ...], Any] = {}
    further: dict[str, dict[int, float]] = {}
    of_further = {words.casefold(): field for field, words in FURTHER.items()}
    for row, label in _labels(found, labels):
        if label == BY_YEAR_HEADERS[0]:
            break  # where names are lost, what is known by year follows on the same sheet
        item = known.get(label.casefold())
        if field := of_further.get(label.casefold()):
            further[field] = _further(found, row, entries)
            continue
        if item is not None:
            value = found.read(row, entries, item.column)
            if value is not None:
                values[item.path] = value
        elif label.casefold() not in ONCE_NOT_READ and found.value(row, entries) is not None:
            raise FileError(f"{found.where(row, labels)}: {_not_a_label(label, [item.header for item in ONCE])}")
    return values, further


def _further(found: Found, row: int, column: int) -> dict[int, float]:
    """Amounts of years that have no column, as in 2031: 18.50; FileError for anything else."""
    amounts: dict[int, float] = {}
    for part in parted(str(found.input(row, column) or "")):
        read = _AMOUNT_OF_YEAR.fullmatch(part)
        if read is None or int(read[1]) in amounts:
            raise FileError(
                f"{found.where(row, column)}: '{part}' is not an amount for a year; write each once, as in 2031: 18.50."
            )
        amounts[int(read[1])] = float(read[2])
    return amounts


def _within(once: dict[tuple[str, ...], Any], place: str) -> dict[str, Any]:
    """The values of a row of the record, by its fields."""
    return {path[1]: value for path, value in once.items() if path[0] == place and len(path) == 2}


def _plan(once: dict[tuple[str, ...], Any], planned: dict[str, dict[int, float]], where: str) -> Plan | None:
    values = planned | _within(once, "plan")
    for field, row_class in _OF_PLAN.items():
        inner = {path[2]: value for path, value in once.items() if path[:2] == ("plan", field)}
        for item in columns_of(row_class):
            if inner and item.required and item.field not in inner:
                raise FileError(
                    f"{where}: '{item.header}' is blank; enter it, or clear everything else about the {field}."
                )
        if inner:
            values[field] = row_class(**inner)
    return Plan(**values) if values else None


def _year_columns(found: Found) -> dict[int, int]:
    """The column of each tax year; FileError for a heading that is not a year, is repeated, or is outside the table."""
    row = found.sheet.rows[found.header_row]
    others = {column_of(found, header) for header in BY_YEAR_HEADERS}
    years: dict[int, int] = {}
    for cell in row.cells:
        heading = found.value(*cell.place)
        is_own = isinstance(heading, str) and not _LOOKS_LIKE_A_YEAR.fullmatch(heading.strip())
        if is_own or cell.column < min(others) or cell.column in others or found.input(*cell.place) is None:
            continue
        year = found.read(*cell.place, _YEAR)
        if cell.column > found.last_column:
            raise FileError(
                f"{found.where(*cell.place)}: this year is outside the table, where it is not read; insert a column in "
                "the table for it."
            )
        if years.setdefault(year, cell.column) != cell.column:
            raise FileError(f"{found.where(*cell.place)}: {year} has a column already; keep one of them.")
    return years


def _untitled(found: Found) -> list[int]:
    """The columns of the table without any heading, in which nothing may stand."""
    first = max(column_of(found, header) for header in BY_YEAR_HEADERS) + 1
    return [column for column in range(first, found.last_column + 1) if found.value(found.header_row, column) is None]


def _by_year(
    found: Found, years: dict[int, int]
) -> tuple[dict[str, dict[int, Any]], dict[int, dict[str, float | str | bool]]]:
    """The values of the record's own rows by header and year, and the facts of each year by label."""
    own: dict[str, Column] = {item.header.casefold(): item for item in (*OF_THE_YEAR, *PLANNED)}
    by_year: dict[str, dict[int, Any]] = {}
    facts: dict[int, dict[str, float | str | bool]] = {year: {} for year in years}
    labels = column_of(found, BY_YEAR_HEADERS[0])
    untitled = _untitled(found)
    for row, label in _labels(found, labels):
        if column := next((column for column in untitled if found.value(row, column) is not None), None):
            raise FileError(
                f"{found.where(row, column)}: its column has no year in row {found.header_row}; enter it there, or "
                "clear the cell."
            )
        item = own.get(label.casefold())
        values = {year: column for year, column in years.items() if found.input(row, column) is not None}
        if item is not None:
            by_year[item.header] = {
                year: found.read(row, column, _of_one_year(item)) for year, column in values.items()
            }
        elif values:
            name = _fact_name(found.where(row, labels), label)
            for year, column in values.items():
                facts[year] |= _fact(found, row, column, name)
    return by_year, facts


def _of_one_year(item: Column) -> Column:
    """The column of a single year's amount, of one that holds an amount for each."""
    return item._replace(kind="price") if item.kind == "by year" else item


def _fact_name(where: str, label: str) -> str:
    try:
        known = label_of(label)
    except AmtError as error:
        raise FileError(f"{where}: {error}") from None
    return known.name if known else label


def _fact(found: Found, row: int, column: int, name: str) -> dict[str, float | str | bool]:
    label = label_of(name)
    kind = "text" if label is not None and not label.is_a_number else "number"
    value = found.input(row, column)
    try:
        return read_facts({name: found.plain(value, kind)}, found.where(row, column))
    except AmtError as error:
        raise FileError(str(error)) from None


def _not_a_label(label: str, known: Sequence[str]) -> str:
    near = nearest(label, known)
    return f"'{label}' is not a known entry; " + (f"did you mean '{near}'?" if near else "clear the row.")
