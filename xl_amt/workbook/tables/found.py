"""A table of the record found in a workbook that a person may have edited: by its name, or else by its header row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from xl_amt.client.columns import Column, read_value
from xl_amt.errors import ArgumentError, FileError
from xl_amt.reading.cells import is_blank
from xl_amt.workbook.splice import Book
from xl_amt.workbook.splice.areas import Area, address
from xl_amt.workbook.splice.cell_bytes import ErrorValue
from xl_amt.workbook.splice.sheet import Cell, Sheet
from xl_amt.workbook.tables.texts import parted

# The defined name of the cell that says which form of record a workbook has.
FORMAT_NAME: Final = "Record_format"
_DAYS_FROM_1900_TO_1904: Final = 1_462
_DIGITS: Final = 15  # that every spreadsheet program keeps of a number


class Found(NamedTuple):
    """Where a table stands: its sheet, the row of its headers, the column of each header, and the rows beneath."""

    book: Book
    sheet: Sheet
    header_row: int
    columns: dict[str, int]
    last_column: int
    rows: range

    def where(self, row: int, column: int) -> str:
        """A cell as a sentence names it: file, sheet and address."""
        return f"{self.book.name}, {self.sheet.title}!{address(row, column)}"

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell in a place, where the file has one."""
        return self.sheet.cell((row, column))

    def value(self, row: int, column: int) -> Any:
        """What a cell holds; None where that is nothing, or nothing but blanks."""
        cell = self.cell(row, column)
        value = None if cell is None else self.book.value(self.sheet.title, (row, column))
        return None if is_blank(value) else value

    def is_formula(self, row: int, column: int) -> bool:
        """Whether a formula gives a cell its value, or might once it is calculated; one that gives "" does not."""
        cell = self.cell(row, column)
        return cell is not None and cell.formula is not None and self.book.value(self.sheet.title, cell.place) != ""

    def input(self, row: int, column: int) -> Any:
        """What is entered in a cell; FileError for an error, or a formula's value, which the record cannot hold."""
        value = self.value(row, column)
        if isinstance(value, ErrorValue):
            raise FileError(f"{self.where(row, column)}: it shows {value}; enter what belongs there, or clear it.")
        if self.is_formula(row, column):
            raise FileError(
                f"{self.where(row, column)}: it holds a formula where an entry belongs; enter its value, or put the "
                "formula next to the table."
            )
        return value

    def read(self, row: int, column: int, item: Column) -> Any:
        """The value of an input as the record holds it; None where it is blank. FileError names sheet and cell."""
        value = self.input(row, column)
        if value is None:
            return None
        try:
            return read_value(item, self.plain(value, item.kind), self.where(row, column))
        except ArgumentError as error:
            raise FileError(str(error)) from None

    def plain(self, value: Any, kind: str) -> Any:
        """A cell's value as the record's columns take it: numbers as every program keeps them, texts as texts."""
        if kind == "texts":
            return list(parted(_text(value)))
        if kind == "text":
            return _text(value)
        if isinstance(value, float | int) and not isinstance(value, bool):
            days = _DAYS_FROM_1900_TO_1904 if kind == "date" and self.book.from_1904 else 0
            return float(f"{value:.{_DIGITS}g}") + days
        return value


def find(book: Book, name: str, headers: Sequence[str], *, grows: bool = True) -> Found | None:
    """The table of a name, or with exactly these headers; None where there is neither, nor a trace of it.

    FileError where a header is missing or doubled, the name has lost its sheet, or something stands beneath a table
    that ``grows``.
    """
    region = book.region(name)
    if region is None:
        return _by_headers(book, name, headers)
    sheet, area = book.sheet(region.sheet), region.area
    columns = _columns(book, sheet, area, {_key(header) for header in headers})
    found = Found(book, sheet, area.row, columns, area.last_column, range(area.row + 1, area.last_row + 1))
    if missing := [header for header in headers if _key(header) not in found.columns]:
        raise FileError(
            f"{book.name}, {sheet.title}!{area}: the table has no column '{missing[0]}'; give the column this header "
            f"again in row {area.row}."
        )
    if grows:
        _check_beneath(found, area)
    return found


def has_names(book: Book) -> bool:
    """Whether a workbook has the names that it was written with; some programs save none."""
    return is_defined(book, FORMAT_NAME)


def is_defined(book: Book, name: str) -> bool:
    """Whether a name is defined for the whole workbook, whatever it names."""
    return any(item.sheet is None and item.name.casefold() == name.casefold() for item in book.names)


def column_of(found: Found, header: str) -> int:
    """The number of the column under a header."""
    return found.columns[_key(header)]


def rows_in_use(found: Found, columns: Iterable[int]) -> Iterator[int]:
    """The rows in which something is entered in some columns; one of formulas alone is none."""
    wanted = frozenset(columns)
    for number in found.rows:
        row = found.sheet.rows.get(number)
        cells = row.cells if row else []
        if any(cell.column in wanted and _is_in_use(found, cell) for cell in cells):
            yield number


def _is_in_use(found: Found, cell: Cell) -> bool:
    return found.value(*cell.place) is not None or found.is_formula(*cell.place)


def _columns(book: Book, sheet: Sheet, area: Area, wanted: Collection[str]) -> dict[str, int]:
    """The column of each header; FileError where two columns have one of those that are wanted."""
    row = sheet.rows.get(area.row)
    columns: dict[str, int] = {}
    for cell in row.cells if row else []:
        if not area.column <= cell.column <= area.last_column:
            continue
        key = _key(book.value(sheet.title, cell.place))
        if columns.setdefault(key, cell.column) != cell.column and key in wanted:
            raise FileError(
                f"{book.name}, {sheet.title}!{address(*cell.place)}: two columns of the table have this header; give "
                "one of them another."
            )
    return columns


def _by_headers(book: Book, name: str, headers: Sequence[str]) -> Found | None:
    """The table whose header row stands somewhere, where its name is lost; FileError for two of them."""
    wanted = {_key(header) for header in headers}
    places: list[Found] = []
    for sheet in book.sheets():
        last = max(sheet.rows, default=0)
        for number, row in sheet.rows.items():
            if len(row.cells) < len(wanted):
                continue
            columns = {_key(book.value(sheet.title, cell.place)): cell.column for cell in row.cells}
            if wanted <= columns.keys():
                last_column = max(columns.values())
                places.append(Found(book, sheet, number, columns, last_column, range(number + 1, last + 1)))
    if len(places) > 1:
        at = (f"{one.sheet.title}!{address(one.header_row, one.columns[_key(headers[0])])}" for one in places)
        raise FileError(f"{book.name}: the headers of one table appear at {' and at '.join(at)}; delete one of them.")
    if not places and is_defined(book, name):
        raise FileError(
            f"{book.name}: the sheet of {name} is missing; restore it, with its contents, from a copy of the workbook."
        )
    return places[0] if places else None


def _check_beneath(found: Found, area: Area) -> None:
    """Refuse what stands under a table, where nobody would read it."""
    beneath = (row for number, row in found.sheet.rows.items() if number > area.last_row)
    for cell in (cell for row in beneath for cell in row.cells):
        if area.column <= cell.column <= area.last_column and found.value(*cell.place) is not None:
            raise FileError(
                f"{found.where(*cell.place)}: it is below the table, which ends in row {area.last_row}, and is not "
                "read; insert a row in the table for it, or move it away."
            )


def _key(header: Any) -> str:
    return " ".join(_text(header).casefold().split())


def _text(value: Any) -> str:
    """A cell as text: a label such as 1001 may have been entered as a number."""
    if isinstance(value, float | int) and not isinstance(value, bool):
        return f"{value:.{_DIGITS}g}"
    return "" if value is None else str(value)
