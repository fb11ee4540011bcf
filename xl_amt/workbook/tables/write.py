"""Writing a table of the record: its heading, its header row, its rows, spare ones, and a closing row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import ceil
from typing import Any, Final, NamedTuple

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.law import STATUSES, read_status
from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import (
    Value,
    allow_dates,
    allow_list,
    allow_numbers,
    define,
    put,
    put_headers,
    put_number,
    put_section,
    put_text,
)
from xl_amt.workbook.page import open_sheet
from xl_amt.workbook.style import Look
from xl_amt.workbook.tables.declared import RecordTable, TableColumn
from xl_amt.workbook.tables.texts import joined

HEADER_ROW: Final = 7  # above it the heading, a sentence, and a row for totals
TOTALS_ROW: Final = HEADER_ROW - 1
FIRST_ROW: Final = HEADER_ROW + 1
SPARE_ROWS: Final = 5  # below those of a client, to type into
BLANK_ROWS: Final = 20  # where there are none
CLOSING_HEIGHT: Final = 6  # points

_WIDTHS: Final = {"text": 16, "texts": 22, "choice": 10, "status": 24, "yes or no": 10, "date": 13, "shares": 11}
_WIDTH: Final = 11
_LONG: Final = {
    "text": 60, "vesting": 24, "sha256": 24, "file": 28, "answered": 40, "read_from": 20, "place": 20, "company": 20,
    "plan": 20, "detail": 60, "fingerprint": 20,
}  # fmt: skip
_LINE: Final = 13  # points of a line of text, and
_MARGIN: Final = 4  # of what is around the lines
FORMATS: Final = {
    "date": style.DAY,
    "shares": style.SHARES,
    "dollars": style.DOLLARS,
    "price": style.PRICE,
    "fraction": style.RATE,
    "year": style.WHOLE,
    "number": style.DOLLARS,  # amounts that may be below zero
}
_WORDS: Final = frozenset({"text", "texts", "choice", "status", "yes or no"})


class Computed(NamedTuple):
    """A column of formulas after a table's inputs; ``formula`` gives that of a row, from the letters by field.

    A text is a formula without its sign; anything else that it gives is a value. ``name`` is its defined name.
    """

    name: str
    header: str
    formula: Callable[[int, dict[str, str]], Value]
    number_format: str
    width: float = 14
    look: Look = style.FORMULA


class Written(NamedTuple):
    """A table as it was written: its sheet, its rows without the closing one, and its columns' letters by field.

    Computed columns are there by their defined names.
    """

    sheet: Worksheet
    rows: range
    letters: dict[str, str]

    @property
    def header_row(self) -> int:
        """The row of the headers."""
        return self.rows[0] - 1

    @property
    def closing_row(self) -> int:
        """The row that closes the table."""
        return self.rows[-1] + 1


def write_table(
    workbook: Workbook,
    book: Book,
    table: RecordTable,
    computed: Sequence[Computed] = (),
    header_height: float = 48,
    header_row: int = HEADER_ROW,
) -> Written:
    """Add the sheet of a table, filled with the rows of the record; ``header_row`` is lower where more stands above."""
    rows = table.rows(book.record)
    widths = [_width(column) for column in table.columns] + [column.width for column in computed]
    sheet = open_sheet(workbook, book, table.sheet, table.heading, widths, landscape=True, is_protected=False)
    letters = {column.field: get_column_letter(at) for at, column in enumerate(table.columns, 1)}
    letters |= {column.name: get_column_letter(at) for at, column in enumerate(computed, len(table.columns) + 1)}
    first = header_row + 1
    lines = range(first, first + (len(rows) + SPARE_ROWS if rows else BLANK_ROWS))
    written = Written(sheet, lines, letters)
    _headers(written, table, computed, header_height)
    for line in lines:
        row = rows[line - first] if line - first < len(rows) else {}
        for column in table.columns:
            put_value(sheet, f"{letters[column.field]}{line}", column, row.get(column.field))
        texts = [(str(row.get(column.field) or ""), _width(column)) for column in table.columns if column.wraps]
        fit_height(sheet, line, texts)
        for formula in computed:
            made = formula.formula(line, letters)
            shown = f"={made}" if isinstance(made, str) else made
            put(sheet, f"{letters[formula.name]}{line}", shown, formula.look, formula.number_format)
    _close(written)
    _rules(written, table)
    _names(written, table, computed)
    return written


def put_value(sheet: Worksheet, address: str, column: TableColumn, value: Any) -> None:
    """Write a value of the record into its input; what is absent stays blank."""
    kind = column.column.kind
    if kind in _WORDS:
        look = (style.INPUT_NOTE if column.wraps else style.INPUT_NAME).to_the("left")
        put_text(sheet, address, in_words(kind, value), look)
    elif kind == "date":
        put(sheet, address, value, style.INPUT, style.DAY)
    else:
        put_number(sheet, address, value, style.INPUT, FORMATS[kind])


def fit_height(sheet: Worksheet, row: int, texts: Iterable[tuple[str, float]]) -> None:
    """Give a row the height of its longest text, of those that wrap in columns of these widths; one line needs none."""
    lines = max((ceil(len(text) / (width * style.LETTERS_IN_A_WIDTH)) for text, width in texts), default=1)
    if lines > 1:
        sheet.row_dimensions[row].height = _MARGIN + _LINE * lines


def in_words(kind: str, value: Any) -> str:
    """A value as the words of a cell; "" where it is absent.

    >>> in_words("yes or no", False), in_words("status", "mfj"), in_words("texts", ("A", "B"))
    ('no', 'Married filing jointly', 'A; B')
    """
    if value is None:
        return ""
    if kind == "yes or no":
        return "yes" if value else "no"
    if kind == "status":
        return STATUSES[read_status(value)]
    return joined(value) if kind == "texts" else str(value)


def _width(column: TableColumn) -> float:
    return _LONG.get(column.field, _WIDTHS.get(column.column.kind, _WIDTH))


def _headers(written: Written, table: RecordTable, computed: Sequence[Computed], height: float) -> None:
    sheet, last = written.sheet, get_column_letter(len(written.letters))
    put_section(sheet, written.header_row - 2, "A", last, table.about)
    for column in table.columns:
        letter, words = written.letters[column.field], column.column.kind in _WORDS
        put_headers(sheet, written.header_row, letter, [column.header], words=words)
    for formula in computed:
        put_headers(sheet, written.header_row, written.letters[formula.name], [formula.header], words=0)
    sheet.row_dimensions[written.header_row].height = height
    sheet.freeze_panes = f"A{written.rows[0]}"
    sheet.print_title_rows = f"{written.header_row}:{written.header_row}"


def _close(written: Written) -> None:
    """The closing row, above which rows may be inserted without leaving the table's names."""
    for letter in written.letters.values():
        put(written.sheet, f"{letter}{written.closing_row}", None, style.CLOSING)
    written.sheet.row_dimensions[written.closing_row].height = CLOSING_HEIGHT


def _names(written: Written, table: RecordTable, computed: Sequence[Computed]) -> None:
    last = get_column_letter(len(written.letters))
    define(written.sheet, table.name, f"A{written.header_row}:{last}{written.closing_row}")
    named = {table.named(column.field): column.field for column in table.columns}
    named |= {formula.name: formula.name for formula in computed}
    for name, field in named.items():
        letter = written.letters[field]
        define(written.sheet, name, f"{letter}{written.rows[0]}:{letter}{written.closing_row}")


def _rules(written: Written, table: RecordTable) -> None:
    """What each input takes, with its meaning as the message."""
    for column in table.columns:
        letter = written.letters[column.field]
        where = f"{letter}{written.rows[0]}:{letter}{written.closing_row}"
        about, kind = column.column, column.column.kind
        message = f"{about.header}: {about.meaning}."
        if kind == "date":
            allow_dates(written.sheet, where, message)
        elif kind == "shares":
            allow_numbers(written.sheet, where, message, whole=True)
        elif kind in {"price", "dollars"}:
            allow_numbers(written.sheet, where, message)
        elif kind in {"choice", "yes or no"}:
            allow_list(written.sheet, where, about.choices or ("no", "yes"), message)
