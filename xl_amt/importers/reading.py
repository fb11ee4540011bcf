"""Open a spreadsheet from a client or a platform, without trusting it, and give its visible cells' values.

Size, parts, XML declarations, rows and elements are checked before a spreadsheet library sees the file.
Only stored values are read: no formula is evaluated, no macro run, no link to another file followed.
"""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from xl_amt.errors import FileError
from xl_amt.importers.delimited import decoded, delimiter_and_table, is_text, rows_of
from xl_amt.importers.money import Money, currency_of_format
from xl_amt.reading.dates import SERIAL_NUMBER_0

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

MOST_BYTES = 20_000_000
MOST_UNPACKED_BYTES = 64_000_000
MOST_PARTS = 1_000
MOST_ROWS = 20_000
MOST_ELEMENTS = 2_000_000
MOST_CELLS_IN_A_ROW = 16_384  # as many as Excel has columns
MOST_COLUMNS = 256  # further ones hold no grants

_SMALLER = "export one report or one stakeholder only"
_OLE_SIGNATURE = bytes.fromhex("D0CF11E0A1B11AE1")
_ZIP_SIGNATURE = b"PK\x03\x04"
_TEXT_FILES = frozenset({".csv", ".tsv", ".txt"})
_ENCRYPTED = 0x1  # the general-purpose bit of a zip entry that needs a password


@dataclass(frozen=True, slots=True)
class Sheet:
    """A visible sheet: its name, and its rows of values from row 1 on; ``day_zero`` is serial number 0."""

    name: str
    rows: tuple[tuple[object, ...], ...]
    day_zero: date = SERIAL_NUMBER_0

    @property
    def title(self) -> str:
        """The name without the spaces that some exports put around it."""
        return self.name.strip()


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """The visible sheets of a file, in the file's order, and the names of the hidden ones, not read.

    ``delimiter`` is what divides the columns of a text file, "" in a workbook.
    """

    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...] = field(default=())
    delimiter: str = ""


def read_spreadsheet(path: Path) -> Spreadsheet:
    """Return the values in an .xlsx workbook or in a text file of rows, such as .csv.

    A number that the workbook shows with a currency is `Money`.

    Raises FileError where the file cannot be read, is something else, or is larger than any export.
    """
    contents = _contents(path)
    if contents.startswith(_ZIP_SIGNATURE):
        _check_package(contents, path.name)
        return _workbook(contents, path.name)
    if contents.startswith(_OLE_SIGNATURE):
        if "EncryptedPackage".encode("utf-16-le") in contents:
            message = f"{path.name} is protected by a password: remove the password in Excel and save it."
        else:
            message = f"{path.name} is in the old Excel format (.xls): save it as .xlsx and import that."
        raise FileError(message)
    if path.suffix.casefold() in _TEXT_FILES and is_text(contents):
        return _delimited(contents, path)
    message = f"{path.name} is not an Excel workbook: export it from the platform as .xlsx, or save it so."
    raise FileError(message)


def _contents(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            contents = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        message = f"There is no file {path}: check its name and folder."
        raise FileError(message) from None
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        message = f"{path} cannot be read ({reason}): give a file that you may open and close it elsewhere."
        raise FileError(message) from None
    if not contents:
        message = f"{path.name} is empty: export it again."
        raise FileError(message)
    if len(contents) > MOST_BYTES:
        message = f"{path.name} is larger than {MOST_BYTES // 1_000_000} MB: {_SMALLER}."
        raise FileError(message)
    return contents


def _check_package(contents: bytes, file: str) -> None:
    """Refuse a package that is no plain workbook, or that would take much time or memory to load."""
    try:
        package = zipfile.ZipFile(io.BytesIO(contents))
    except (zipfile.BadZipFile, ValueError):  # a directory that lies before the file's own start
        raise FileError(_damaged(file)) from None
    with package:
        parts = package.infolist()
        names = [part.filename.casefold() for part in parts]
        if any(part.flag_bits & _ENCRYPTED for part in parts):
            message = f"{file} is protected by a password: give it without one."
            raise FileError(message)
        if "xl/workbook.bin" in names:
            message = f"{file} is a binary workbook (.xlsb): save it as .xlsx and import that."
            raise FileError(message)
        if "[content_types].xml" not in names:
            message = f"{file} is an archive but not an Excel workbook: give the .xlsx file itself."
            raise FileError(message)
        if any("vbaproject" in name or "macrosheets/" in name for name in names):
            message = f"{file} holds macros: save it as .xlsx, without macros, and import that."
            raise FileError(message)
        if any(name.startswith("/") or "\\" in name or ".." in name.split("/") for name in names):
            message = f"{file} holds a part with an unsafe path: open it in Excel and save it as .xlsx."
            raise FileError(message)
        if len(set(names)) < len(names):
            message = f"{file} holds two parts of one name: open it in Excel and save it as .xlsx."
            raise FileError(message)
        if any(part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for part in parts):
            raise FileError(_damaged(file))
        # zipfile never unpacks more than a part's declared size, so the declared sizes can be trusted.
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES:
            message = f"{file} unpacks to more than any export holds: {_SMALLER}."
            raise FileError(message)
        _check_xml(package, parts, file)


def _check_xml(package: zipfile.ZipFile, parts: list[zipfile.ZipInfo], file: str) -> None:
    """Stream through the XML parts, whatever their names, for declarations and for too much of anything."""
    from xml.sax import SAXParseException, handler

    from defusedxml import DefusedXmlException, sax

    class Counter(handler.ContentHandler):
        elements = rows = cells_in_row = 0

        def startElement(self, name: str, attrs: object) -> None:  # noqa: ARG002, N802 - SAX names it
            self.elements += 1
            match name.rpartition(":")[2]:
                case "row":
                    self.rows += 1
                    self.cells_in_row = 0
                case "c":
                    self.cells_in_row += 1
            if self.rows > MOST_ROWS or self.elements > MOST_ELEMENTS or self.cells_in_row > MOST_CELLS_IN_A_ROW:
                message = f"{file} holds more than {MOST_ROWS:,} rows or too many cells: {_SMALLER}."
                raise FileError(message)

    counter = Counter()
    for part in parts:
        try:
            with package.open(part) as stream:
                start = stream.read(8).removeprefix(b"\xef\xbb\xbf").lstrip()
            if not start.startswith((b"<", b"\x00<", b"\xff\xfe", b"\xfe\xff")):
                continue
            parser = sax.make_parser()
            parser.forbid_dtd = True
            parser.setContentHandler(counter)
            with package.open(part) as stream:
                parser.parse(stream)
        except DefusedXmlException:
            message = (
                f"{file} declares XML entities, as no export does, so it is not opened: "
                "ask for a new export, straight from the platform."
            )
            raise FileError(message) from None
        except SAXParseException:
            continue  # old drawings are not always XML; a part that matters fails again in loading
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError):
            raise FileError(_damaged(file)) from None


def _workbook(contents: bytes, file: str) -> Spreadsheet:
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl names the features that it leaves aside; none holds grants
        try:
            workbook = openpyxl.load_workbook(io.BytesIO(contents), read_only=True, data_only=True, keep_links=False)
            visible = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
            hidden = [sheet.title for sheet in workbook.worksheets if sheet.sheet_state != "visible"]
            day_zero = workbook.epoch.date()
            sheets = tuple(Sheet(sheet.title, _rows(sheet, file), day_zero) for sheet in visible)
            workbook.close()
        except FileError:
            raise
        except Exception as error:  # a damaged workbook makes openpyxl raise nearly anything
            raise FileError(_damaged(file)) from error
    if not sheets:
        message = (
            f"{file} holds no visible sheet that can be read: unhide the report's sheet, or, where it was saved as a "
            "'Strict Open XML' workbook, save it as a plain .xlsx."
        )
        raise FileError(message)
    return Spreadsheet(sheets, tuple(hidden))


def _rows(sheet: Any, file: str) -> tuple[tuple[object, ...], ...]:
    sheet.reset_dimensions()  # the stated extent is often wrong, and rows beyond it would be lost
    rows: list[tuple[object, ...]] = []
    for row in sheet.iter_rows(max_col=MOST_COLUMNS):
        if len(rows) == MOST_ROWS:  # a few rows may be numbered far apart
            message = f"{file}, sheet '{sheet.title}', reaches beyond row {MOST_ROWS:,}: {_SMALLER}."
            raise FileError(message)
        rows.append(_without_blank_end(tuple(map(_value, row))))
    return tuple(rows)


def _value(cell: Any) -> object:
    """The value of a cell; Money where it is a number that the cell shows with a currency."""
    value: object = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        currency = currency_of_format(cell.number_format)
        return Money(value, currency) if currency else value
    return value


def _delimited(contents: bytes, path: Path) -> Spreadsheet:
    delimiter, table = delimiter_and_table(decoded(contents, path.name))
    rows: list[tuple[object, ...]] = []
    for row in rows_of(table, delimiter, path.name):
        if len(rows) == MOST_ROWS:
            message = f"{path.name} holds more than {MOST_ROWS:,} rows: {_SMALLER}."
            raise FileError(message)
        rows.append(_without_blank_end(tuple(value or None for value in row[:MOST_COLUMNS])))
    return Spreadsheet((Sheet(path.stem, tuple(rows)),), delimiter=delimiter)


def _without_blank_end(row: tuple[object, ...]) -> tuple[object, ...]:
    width = len(row)
    while width and row[width - 1] is None:
        width -= 1
    return row[:width]


def _damaged(file: str) -> str:
    return f"{file} is damaged or not an Excel workbook: download it again, or open it in Excel and save it as .xlsx."
