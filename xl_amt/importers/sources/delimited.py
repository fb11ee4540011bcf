"""A text file of rows (.csv, .tsv, .txt) -> its one sheet, whatever divides its columns and however it is encoded.

American programs write commas and UTF-8; Excel of a European computer writes semicolons, and its "Unicode text" is
tabs in UTF-16. A first line such as ``sep=;`` is Excel's own way of naming the delimiter, and no row.
"""

from __future__ import annotations

import codecs
import csv
import io
from typing import TYPE_CHECKING, Final

from xl_amt.errors import FileError
from xl_amt.importers.sources import limits
from xl_amt.importers.sources.sheets import Sheet, Sheets, without_blank_end

if TYPE_CHECKING:
    from collections.abc import Iterator

DELIMITERS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}

_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NAMED: Final = "sep="
_ROWS_COMPARED: Final = 50


def read_delimited(contents: bytes, name: str, file: str) -> Sheets:
    """The one sheet of a text file; FileError where it is no table, or larger than any export."""
    delimiter, table = delimiter_and_table(decoded(contents, file))
    rows: list[tuple[object, ...]] = []
    for row in rows_of(table, delimiter, file):
        if len(rows) == limits.MOST_ROWS:
            message = f"{file} holds more than {limits.MOST_ROWS:,} rows: {limits.SMALLER}."
            raise FileError(message)
        rows.append(without_blank_end(tuple(value or None for value in row[: limits.MOST_COLUMNS])))
    return Sheets((Sheet(name, tuple(rows)),), delimiter=delimiter)


def is_text(contents: bytes) -> bool:
    """Whether the bytes may be a text: UTF-16 says so by its first bytes, and other text has no zero bytes."""
    return contents.startswith(_UTF_16) or b"\x00" not in contents


def decoded(contents: bytes, file: str) -> str:
    """The text of a file in UTF-8 or UTF-16; FileError where it is in neither."""
    try:
        return contents.decode("utf-16" if contents.startswith(_UTF_16) else "utf-8-sig")
    except UnicodeDecodeError:
        message = f"{file} is not UTF-8 text: save it as 'CSV UTF-8' or as .xlsx."
        raise FileError(message) from None


def delimiter_and_table(text: str) -> tuple[str, str]:
    r"""The delimiter of a text's columns, and the text without a line that only names it.

    The delimiter that makes the widest row is the one: a comma within a value makes two cells, the delimiter of a table
    as many as it has columns.

    >>> delimiter_and_table("sep=;\nName;Shares\n")
    (';', 'Name;Shares\n')
    >>> delimiter_and_table("Name\tVesting\nAna\t1/48 monthly, 1 year cliff\n")[0]
    '\t'
    """
    first_line, line_end, rest = text.partition("\n")
    stated = first_line.rstrip("\r").strip('"')
    if line_end and stated.casefold().startswith(_NAMED) and len(stated) == len(_NAMED) + 1:
        return stated[-1], rest
    return max(DELIMITERS, key=lambda delimiter: _cells(text, delimiter)), text


def rows_of(table: str, delimiter: str, file: str) -> Iterator[list[str]]:
    """The rows of a text, each a list of its cells; FileError where it cannot be read as a table."""
    try:
        yield from csv.reader(io.StringIO(table, newline=""), delimiter=delimiter)
    except csv.Error as error:
        message = f"{file} is not a readable CSV file ({error}): save it as .xlsx."
        raise FileError(message) from None


def _cells(text: str, delimiter: str) -> tuple[int, int]:
    """The cells of the widest row that a delimiter makes, and those of all rows."""
    widest = every = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for _, row in zip(range(_ROWS_COMPARED), reader, strict=False):
            widest = max(widest, len(row))
            every += len(row)
    except csv.Error:  # a value that never ends, which is said when the table itself is read
        return widest, every
    return widest, every
