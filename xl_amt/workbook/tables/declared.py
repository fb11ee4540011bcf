"""What a table of the record is in a workbook: its sheet, its names, its columns, and which rows of a record it holds.

The columns are those of the record's own classes: a row within a row is laid out flat, and rows within a row stand in
a table of their own, next to the columns that say whose they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, NamedTuple

from xl_amt.client import ClientRecord, Holding
from xl_amt.client.columns import Column, columns_of

Row = dict[str, Any]

_SENTENCES: Final = frozenset({"text", "answered", "place", "about", "vesting", "detail"})


class TableColumn(NamedTuple):
    """A column of a table: ``field`` ends its defined name, and ``path`` is the way to its value within a row."""

    field: str
    column: Column
    path: tuple[str, ...]

    @property
    def header(self) -> str:
        """The words at the head of the column."""
        return self.column.header

    @property
    def wraps(self) -> bool:
        """Whether its texts are sentences, which take more than a line."""
        return self.column.kind == "text" and self.field in _SENTENCES

    def value_in(self, row: Any) -> Any:
        """The value of a row of the record; None where it, or the row within the row, is absent."""
        for field in self.path:
            row = None if row is None else getattr(row, field)
        return row


class RecordTable(NamedTuple):
    """A growing table, the only one on its sheet."""

    sheet: str
    prefix: str  # of the defined names of its columns
    heading: str
    about: str  # a sentence under the heading
    columns: tuple[TableColumn, ...]
    rows_of: Callable[[ClientRecord], Iterable[Row]]
    name: str  # of the whole table, from its header to its closing row
    is_always_there: bool = True

    def named(self, field: str) -> str:
        """The defined name of a column."""
        return f"{self.prefix}_{field}"

    def rows(self, record: ClientRecord) -> list[Row]:
        """The rows of a record, each its values by field."""
        return list(self.rows_of(record))


def flat(row_class: Any, *, without: Iterable[str] = ()) -> tuple[TableColumn, ...]:
    """The columns of a class of rows, those of a row within it among them, and no rows that are several.

    >>> from xl_amt.client import Grant
    >>> [column.field for column in flat(Grant) if len(column.path) > 1]
    ['exercised', 'exercisable', 'unvested']
    """
    columns: list[TableColumn] = []
    for column in columns_of(row_class):
        if column.field in without:
            continue
        if column.kind == "row":
            columns += [inner._replace(path=(column.field, *inner.path)) for inner in flat(column.of)]
        elif column.kind not in {"rows", "table", "by year", "facts"}:
            columns.append(TableColumn(column.field, column, (column.field,)))
    return tuple(columns)


WHOSE = flat(Holding, without=("as_of", "work_ended", "work_ended_by"))


def whose(holding: Holding) -> Row:
    """The company and the holder of a holding, which say whose each of its rows is."""
    return {"company": holding.company, "holder": holding.holder}


def values_of(columns: Iterable[TableColumn], row: Any) -> Row:
    """The values of a row of the record by the fields of columns."""
    return {column.field: column.value_in(row) for column in columns}


def of_holdings(field: str, columns: tuple[TableColumn, ...]) -> Callable[[ClientRecord], Iterator[Row]]:
    """What gives the rows of a table of every holding, each with whose it is."""

    def rows(record: ClientRecord) -> Iterator[Row]:
        for holding in record.holdings:
            for row in getattr(holding, field):
                yield whose(holding) | values_of(columns, row)

    return rows
