"""Files -> the blocks of rows in them that layouts read, and remarks on what of them is not read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from xl_amt.errors import FileError
from xl_amt.importers.cells import shows_decimal_comma
from xl_amt.importers.layout import COUNTS, DATES, PRICES
from xl_amt.importers.match import FEWEST_HEADERS, Block, Matcher, SheetTables, check_repeated_headers
from xl_amt.importers.refusals import check_currency, not_read, refusal
from xl_amt.importers.report import ImportRemark, Place, listed
from xl_amt.importers.sources import Sheets, read_source
from xl_amt.importers.sources.delimited import DELIMITERS
from xl_amt.reading.dates import DateOrder, date_order

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from xl_amt.importers.table import Table


class Opened(NamedTuple):
    """A file: its name, its blocks, tables of grants and those of most columns first, and how it writes dates."""

    name: str
    blocks: tuple[Block, ...]
    order: DateOrder


def open_file(path: Path, file: int, matcher: Matcher, remarks: list[ImportRemark]) -> Opened:
    """The blocks of a file; FileError where it cannot be read, holds none, or has its strikes in another currency."""
    source = read_source(path, file)
    _remark_on_reading(source, file, remarks)
    found = [matcher.tables_of(sheet) for sheet in source.sheets]
    blocks = [block for tables in found for block in tables.blocks]
    incomplete = [table for tables in found for table in tables.incomplete]
    read = [block for block in blocks if _is_read(block)]
    if not read:
        if blocks:
            raise FileError(f"{path.name}: {blocks[0].tables[0].layout.reason}.")
        raise FileError(refusal(source, incomplete, matcher, path.name))
    for block in read:
        for table in block.tables:
            check_repeated_headers(table, path.name)
            if not block.again and table.layout.kind == "grant":
                check_currency(table, path.name)
    remarks += (not_read(table) for table in incomplete if len(table.columns) >= FEWEST_HEADERS)
    remarks += _on_unknown_sheets(source, found)
    remarks += (_holds_nothing(block) for block in blocks if not _is_read(block))
    remarks += _on_columns(read, matcher)
    order = date_order({value for block in read for value in _dates(block) if isinstance(value, str)})
    read.sort(key=lambda block: (_kind(block) != "grant", -len(block.tables[0].columns)))
    return Opened(path.name, tuple(_settled(block, order) for block in read), order)


def _remark_on_reading(source: Sheets, file: int, remarks: list[ImportRemark]) -> None:
    if source.delimiter not in {"", ","}:
        sentence = f"The file's columns are separated by {DELIMITERS[source.delimiter]}, not by commas."
        remarks.append(ImportRemark("delimiter", "note", sentence))
    for name in source.hidden:
        sentence = f"The hidden sheet '{name.strip()}' was not read: unhide it if it holds grants."
        remarks.append(ImportRemark("sheet not read", "check", sentence, places=(Place(name.strip(), 1, file),)))


def _on_unknown_sheets(source: Sheets, found: Sequence[SheetTables]) -> Iterator[ImportRemark]:
    """A note on the sheets that hold something, and no headers that are known."""
    unknown = [
        sheet
        for sheet, tables in zip(source.sheets, found, strict=True)
        if any(sheet.rows)
        and not source.are_lists
        and not tables.blocks
        and all(len(table.columns) < FEWEST_HEADERS for table in tables.incomplete)
    ]
    if unknown:
        sheets = "sheets" if len(unknown) > 1 else "sheet"
        sentence = f"Not read, since none of their headers is known: the {sheets} {listed(s.title for s in unknown)}."
        places = tuple(Place(sheet.title, 1, sheet.file) for sheet in unknown)
        yield ImportRemark("sheet not read", "note", sentence, places=places)


def _kind(block: Block) -> str:
    return block.tables[0].layout.kind


def _is_read(block: Block) -> bool:
    return _kind(block) != "nothing"


def _holds_nothing(block: Block) -> ImportRemark:
    table = block.tables[0]
    place = Place(table.sheet.title, table.header_row, table.sheet.file)
    sentence = f"Sheet '{table.sheet.title}' was not read: {table.layout.reason}."
    return ImportRemark("sheet not read", "check", sentence, places=(place,))


def _on_columns(blocks: Sequence[Block], matcher: Matcher) -> Iterator[ImportRemark]:
    """A note on the columns of a table under which nothing is read."""
    for block in blocks:
        if not block.again and (unread := matcher.unread_columns(block)):
            sheet = block.tables[0].sheet
            columns = "columns" if len(unread) > 1 else "column"
            sentence = f"Not read of sheet '{sheet.title}': the {columns} {listed(unread).rstrip('.')}."
            place = Place(sheet.title, block.header_row, sheet.file)
            yield ImportRemark("columns not read", "note", sentence, places=(place,))


def _dates(block: Block) -> Iterator[object]:
    for table in block.tables:
        columns = [table.columns[fact] for fact in DATES if fact in table.columns]
        for row in table.sheet.rows[table.header_row : block.last_row]:
            for column in columns:
                if column.index < len(row):
                    yield row[column.index]


def _settled(block: Block, order: DateOrder) -> Block:
    """The block with what the whole of it shows of its numbers, and the file of its dates."""
    return block._replace(
        tables=tuple(
            replace(table, order=order, decimal_comma=_writes_decimal_comma(table, block.last_row))
            for table in block.tables
        )
    )


def _writes_decimal_comma(table: Table, last_row: int) -> bool:
    columns = [column for fact, column in table.columns.items() if fact in COUNTS or fact in PRICES]
    return any(
        column.index < len(row) and shows_decimal_comma(row[column.index])
        for row in table.sheet.rows[table.header_row : last_row]
        for column in columns
    )
