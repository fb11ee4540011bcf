"""A workbook (.xlsx) from a client or a platform, opened without trusting it -> its visible cells' values.

It goes through `xl_amt.package.check_package` before a spreadsheet library sees it. Only stored values are read: no
formula is evaluated, no macro run, no link to another file followed.
"""

from __future__ import annotations

import io
import re
import warnings
from typing import TYPE_CHECKING, Any, Final

from xl_amt.errors import FileError
from xl_amt.importers.cells import FORMULA_WITHOUT_VALUE
from xl_amt.importers.money import Money, currency_of_format
from xl_amt.importers.sources import limits
from xl_amt.importers.sources.sheets import Sheet, Sheets, without_blank_end
from xl_amt.package import Limits, check_package, damaged

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xl_amt.package import Package

_KIND: Final = re.compile("/worksheet$")  # of the relation of a sheet that holds cells
_NUMBERS: Final = (int, float)  # and no bool, which is a kind of int


def read_workbook(contents: bytes, file: str) -> Sheets:
    """The values in a workbook; a number that it shows with a currency is `Money`.

    FileError where it cannot be read, is something else, or is larger than any export.
    """
    most = Limits(
        smaller=limits.SMALLER,
        packed_bytes=limits.MOST_BYTES,
        unpacked_bytes=limits.MOST_UNPACKED_BYTES,
        rows=limits.MOST_ROWS,
        elements=limits.MOST_ELEMENTS,
        cost=limits.MOST_COST,
        parts=limits.MOST_PARTS,
    )
    package = check_package(io.BytesIO(contents), file, most)
    return _opened(contents, file, package)


def _opened(contents: bytes, file: str, package: Package) -> Sheets:
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.styles.stylesheet import apply_stylesheet

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl names the features that it leaves aside; none holds grants
        try:
            reader = ExcelReader(io.BytesIO(contents), read_only=True, data_only=True, keep_links=False)
            reader.read_manifest()
            reader.read_strings()
            reader.read_workbook()
            apply_stylesheet(reader.archive, reader.wb)
            found = [(sheet, part.target) for sheet, part in reader.parser.find_sheets() if _KIND.search(part.Type)]
            hidden = tuple(sheet.name for sheet, _ in found if sheet.state != "visible")
            sheets = tuple(
                Sheet(sheet.name, _rows(reader, part, sheet.name, package), reader.wb.epoch.date())
                for sheet, part in found
                if sheet.state == "visible"
            )
            reader.archive.close()
        except Exception as error:  # a damaged workbook makes openpyxl raise nearly anything
            raise FileError(damaged(file)) from error
    if not sheets:
        message = (
            f"{file} holds no visible sheet that can be read: unhide the report's sheet, or, where it was saved as a "
            "'Strict Open XML' workbook, save it as a plain .xlsx."
        )
        raise FileError(message)
    return Sheets(sheets, hidden)


def _rows(reader: Any, part: str, title: str, package: Package) -> tuple[tuple[object, ...], ...]:
    """A sheet's rows from row 1 on; a cell whose formula has no stored value is not a blank.

    openpyxl's own parser makes each row. Its read-only sheets would go through the part twice where it does not state
    its extent, and through a parser in Python, which a company's export of a million cells is too large for. Every part
    has been looked through by `check_package`, which refuses what that parser would.
    """
    from xml.etree.ElementTree import iterparse

    from openpyxl.worksheet._reader import ROW_TAG, WorkSheetParser

    book = reader.wb
    without_value: dict[int, list[int]] = {}
    for row_number, column in package.formulas_without_value[title]:
        without_value.setdefault(row_number, []).append(column)
    shown_in = _Currencies(book)
    rows: list[tuple[object, ...]] = []
    with reader.archive.open(part) as source:
        parser = WorkSheetParser(
            source,
            reader.shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,  # noqa: SLF001 - as openpyxl's own sheets give them
            timedelta_formats=book._timedelta_formats,  # noqa: SLF001
        )
        ends: Iterator[tuple[str, Any]] = iterparse(source)  # noqa: S314 - of a part without entities
        for _, element in ends:
            if element.tag != ROW_TAG:
                continue
            number, cells = parser.parse_row(element)
            element.clear()
            if not cells:  # such as the last of all rows, which LibreOffice writes where one was deleted
                continue
            row = _row(cells, shown_in)
            for column in without_value.get(number, ()):
                if column <= len(row) and row[column - 1] is None:
                    row[column - 1] = FORMULA_WITHOUT_VALUE
            rows += ((),) * (number - 1 - len(rows))
            rows.append(without_blank_end(tuple(row)))
    return tuple(rows)


def _row(cells: Sequence[dict[str, Any]], shown_in: _Currencies) -> list[object]:
    """The values of a row's cells by their columns; Money where a number is shown with a currency."""
    last = min(max((cell["column"] for cell in cells), default=0), limits.MOST_COLUMNS)
    row: list[object] = [None] * last
    for cell in cells:
        value = cell["value"]
        if type(value) in _NUMBERS and (currency := shown_in[cell["style_id"]]):
            value = Money(value, currency)
        if cell["column"] <= last:
            row[cell["column"] - 1] = value
    return row


class _Currencies(dict[int, str]):
    """The currency that a cell of a style is shown in, by the style's number; "" where in none."""

    def __init__(self, book: Any) -> None:
        super().__init__()
        self.book = book

    def __missing__(self, style: int) -> str:
        from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

        number = self.book._cell_styles[style].numFmtId  # noqa: SLF001 - as openpyxl's own cells find their format
        own = self.book._number_formats  # noqa: SLF001
        shown = (
            BUILTIN_FORMATS.get(number, "")
            if number < BUILTIN_FORMATS_MAX_SIZE
            else own[number - BUILTIN_FORMATS_MAX_SIZE]
        )
        self[style] = currency_of_format(shown)
        return self[style]
