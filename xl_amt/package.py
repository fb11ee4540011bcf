"""Spreadsheet packages (.xlsx) behind one guard: all that is in one is counted before a library reads it.

A package is a zip file of XML parts. A small one can unpack to gigabytes, hold a tag of megabytes or two thousand
sheets, so each part is streamed whole through a parser that keeps nothing: what it would cost to read is known, and
bounded, before it is read. Nothing is evaluated, no macro is run, and no link to another file is followed.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import PurePosixPath
from typing import Any, BinaryIO, Final, NamedTuple
from xml.parsers import expat

from xl_amt.errors import FileError

LAST_ROW: Final = 1_048_576  # of a sheet
LAST_COLUMN: Final = 16_384
LONGEST_TEXT: Final = 32_767  # characters in a cell

_ZIP_SIGNATURE: Final = b"PK\x03\x04"
_OLE_SIGNATURE: Final = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED: Final = 0x1  # the general-purpose bit of a zip entry that needs a password
_STRICT: Final = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_CONTENT_TYPES: Final = "[Content_Types].xml"
_MAIN_TYPE: Final = "sheet.main+xml"  # how the content type of the workbook's own part ends
_STRINGS_TYPE: Final = "sharedStrings+xml"

_BLOCK: Final = 65_536  # bytes that are parsed at a time
_LONGEST_TAG: Final = 1_000_000  # bytes: of a tag with its attributes, or of a comment
_LONGEST_CELL: Final = 100_000  # characters of a cell: its text and its formula, which are shorter by Excel's limits
_DEEPEST: Final = 100  # elements within elements
_MOST_SHEETS: Final = 256

# What a library takes for an element, in microseconds, roughly; of a sheet, and of any other part that it reads.
_COSTS_OF_A_SHEET: Final = {"row": 3.0, "c": 4.0, "is": 15.0, "v": 0.5, "f": 0.5, "t": 0.5}
_COST_OF_A_TEXT: Final = 15.0  # of the texts that sheets share
_COST_OF_ANOTHER: Final = 20.0
_COST_OF_WHAT_IS_NOT_READ: Final = 0.5
_NOT_READ: Final = re.compile(
    r"xl/(pivotCache|calcChain|externalLinks|comments|persons|threadedComments)", re.IGNORECASE
)

_REFERENCE: Final = re.compile(r"([A-Za-z]{1,3})[1-9][0-9]{0,6}")

Cell = tuple[int, int]  # row and column, from 1


class Limits(NamedTuple):
    """The most that a kind of file may hold; ``smaller`` says what to do with one that holds more."""

    smaller: str
    packed_bytes: int
    unpacked_bytes: int
    rows: int  # of all sheets together; no sheet may reach further down either
    elements: int
    cost: float  # microseconds that reading it may take, on top of 4 for each byte of the file
    parts: int = 1_000


class Package(NamedTuple):
    """What a package was found to hold, for each sheet by its title.

    That is the cells whose formula has no stored value, the number of the last column that has a cell, and the name of
    its part. ``workbook`` is the name of the part that lists them, ``strings`` that of the texts that they share, or
    "".
    """

    formulas_without_value: dict[str, frozenset[Cell]]
    last_columns: dict[str, int]
    parts: dict[str, str]
    workbook: str
    strings: str


class _Found(NamedTuple):
    """What is told by the parts that describe the others."""

    workbook: str  # the name of its part
    strings: str
    titles: dict[str, str]  # the title of each sheet by the name of its part


def check_package(file: BinaryIO, name: str, limits: Limits) -> Package:
    """Look through all of an open file; FileError says in one sentence why it is no workbook that can be read.

    It is refused where it is damaged, is protected by a password, is of another kind, holds macros, declares XML
    entities, or holds more than the limits allow. ``name`` is how sentences call it. Takes no more memory than the
    largest part's tags.
    """
    size = file.seek(0, 2)
    file.seek(0)
    if size > limits.packed_bytes:
        raise FileError(f"{name} is larger than {limits.packed_bytes // 1_000_000} MB: {limits.smaller}.")
    start = file.read(len(_OLE_SIGNATURE))
    if start == _OLE_SIGNATURE:
        raise FileError(_named_ole(file, name))
    if not start.startswith(_ZIP_SIGNATURE):
        raise FileError(
            f"{name} is not an Excel workbook: export it from the platform as .xlsx, or save it as .xlsx in Excel."
        )
    try:
        with zipfile.ZipFile(file) as package:
            _check_parts(package, name, limits)
            return _Guard(package, name, limits, size).look_through()
    except FileError:
        raise
    except Exception as error:  # a damaged file makes zipfile and its libraries raise nearly anything
        raise FileError(damaged(name)) from error
    finally:
        file.seek(0)


def is_package(start: bytes) -> bool:
    """Whether the first bytes of a file are those of a zip file, or of the kind of file that came before it."""
    return start.startswith((_ZIP_SIGNATURE, _OLE_SIGNATURE))


def damaged(name: str) -> str:
    """The sentence for a file that cannot be read, whatever the reason."""
    return f"{name} is damaged or not an Excel workbook: download it again, or open it in Excel and save it as .xlsx."


def _named_ole(file: BinaryIO, name: str) -> str:
    file.seek(0)
    if "EncryptedPackage".encode("utf-16-le") in file.read():
        return f"{name} is password-protected: remove the password in Excel and save it."
    return f"{name} is in the old Excel format (.xls): save it as .xlsx and use that file."


def check_archive(package: zipfile.ZipFile, file: str, smaller: str, most_parts: int, most_bytes: int) -> None:
    """Refuse an archive by its directory alone, before anything of it is unpacked; FileError says why.

    ``smaller`` says what to do with one of too many parts or bytes.
    """
    parts = package.infolist()
    names = [part.filename.casefold() for part in parts]
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise FileError(f"{file} is password-protected: remove the password first.")
    if any(name.startswith("/") or "\\" in name or ".." in name.split("/") for name in names):
        raise FileError(f"{file} holds a part with an unsafe path: open it in Excel and save it as .xlsx.")
    if len(set(names)) < len(names):
        raise FileError(f"{file} holds two parts with the same name: open it in Excel and save it as .xlsx.")
    if any(part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for part in parts):
        raise FileError(damaged(file))
    # zipfile never unpacks more than a part's declared size, so the declared sizes can be trusted.
    if len(parts) > most_parts or sum(part.file_size for part in parts) > most_bytes:
        raise FileError(f"{file} unpacks to more than such a file should: {smaller}.")


def _check_parts(package: zipfile.ZipFile, file: str, limits: Limits) -> None:
    """Refuse by the directory of a package alone, before anything of it is unpacked."""
    names = [part.filename.casefold() for part in package.infolist()]
    is_open = not any(part.flag_bits & _ENCRYPTED for part in package.infolist())
    if is_open and "xl/workbook.bin" in names:
        raise FileError(f"{file} is a binary workbook (.xlsb): save it as .xlsx and use that file.")
    if is_open and _CONTENT_TYPES.casefold() not in names:
        raise FileError(f"{file} is an archive but not an Excel workbook: use the .xlsx file itself.")
    if is_open and any("vbaproject" in name or "macrosheets/" in name for name in names):
        raise FileError(f"{file} holds macros: save it as .xlsx, without macros, and use that file.")
    check_archive(package, file, limits.smaller, limits.parts, limits.unpacked_bytes)


class _Guard:
    """One look through a package, and what has been counted in it so far."""

    def __init__(self, package: zipfile.ZipFile, file: str, limits: Limits, size: int) -> None:
        self.package = package
        self.file = file
        self.limits = limits
        self.most_cost = limits.cost + 4.0 * size
        self.elements = 0
        self.rows = 0
        self.cost = 0.0

    def look_through(self) -> Package:
        """Stream through every part; FileError as check_package says."""
        found = self._described()
        empty: dict[str, frozenset[Cell]] = dict.fromkeys(found.titles.values(), frozenset())
        last_columns = dict.fromkeys(found.titles.values(), 0)
        for part in self.package.infolist():
            if part.filename in found.titles:
                sheet = _Sheet(self, found.titles[part.filename])
                self.parse(part.filename, sheet)
                empty[sheet.title] = frozenset(sheet.without_value)
                last_columns[sheet.title] = sheet.last_column
            elif part.filename == found.strings:
                self.parse(part.filename, _Texts(self))
            else:
                self.parse(part.filename, _Part(self, is_read=not _NOT_READ.match(part.filename)))
        parts = {title: part for part, title in found.titles.items()}
        return Package(empty, last_columns, parts, found.workbook, found.strings)

    def _described(self) -> _Found:
        """Read where the sheets stand; FileError where that is not told, or two sheets stand in one place."""
        types = _Attributes(self, "Override")
        self.parse(_CONTENT_TYPES, types)
        by_type = {item.get("ContentType", "").rpartition(".spreadsheetml.")[2]: item for item in reversed(types.found)}
        workbook = by_type.get(_MAIN_TYPE, {}).get("PartName", "/xl/workbook.xml").lstrip("/")
        path = PurePosixPath(workbook)
        if workbook not in self.package.namelist():
            raise FileError(damaged(self.file))
        sheets = _Attributes(self, "sheet")
        self.parse(workbook, sheets)
        if sheets.namespace == _STRICT:
            raise FileError(
                f"{self.file} is a Strict Open XML workbook: open it in Excel, save it as 'Excel Workbook (.xlsx)', "
                "and use that file."
            )
        relations = _Attributes(self, "Relationship")
        self.parse(str(path.parent / "_rels" / f"{path.name}.rels"), relations)
        targets = {item.get("Id"): resolved(path.parent, item.get("Target", "")) for item in relations.found}
        titles: dict[str, str] = {}
        for sheet in sheets.found:
            identity = next((value for key, value in sheet.items() if key.endswith("relationships\nid")), "")
            part = targets.get(identity, "")
            if part in titles or sheet.get("name", "") in titles.values() or part not in self.package.namelist():
                raise FileError(damaged(self.file))
            titles[part] = sheet.get("name", "")
        if not titles:
            raise FileError(damaged(self.file))
        if len(titles) > _MOST_SHEETS:
            raise FileError(f"{self.file} has more than {_MOST_SHEETS} sheets: {self.limits.smaller}.")
        strings = by_type.get(_STRINGS_TYPE, {}).get("PartName", "").lstrip("/")
        return _Found(workbook, strings, titles)

    def parse(self, name: str, part: _Part) -> None:
        """Stream a part through a parser; where it is not XML, as some old drawings, no library reads on either."""
        parser = expat.ParserCreate(namespace_separator="\n")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse_entities
        parser.StartElementHandler = part.begin
        parser.EndElementHandler = part.end
        parser.CharacterDataHandler = part.text
        given = 0
        with self.package.open(name) as stream:
            while block := stream.read(_BLOCK):
                try:
                    parser.Parse(block)
                except expat.ExpatError:
                    break
                given += len(block)
                if given - parser.CurrentByteIndex > _LONGEST_TAG:
                    raise FileError(f"{self.file}: {name} holds a tag of more than a megabyte: {self.limits.smaller}.")
            while stream.read(_BLOCK):  # to the end, where the checksum of the part is compared
                pass

    def count(self, cost: float) -> None:
        """Add an element; FileError where there are too many of them, or they would take too long."""
        self.elements += 1
        self.cost += cost
        if self.elements > self.limits.elements or self.cost > self.most_cost:
            raise self.too_large()

    def too_large(self) -> FileError:
        """The error for too much of anything in the sheets."""
        return FileError(
            f"{self.file} holds more than {self.limits.rows:,} rows or too many cells, texts or styles: "
            f"{self.limits.smaller}."
        )

    def _refuse_entities(self, *_: Any) -> None:
        raise FileError(
            f"{self.file} declares XML entities, which no spreadsheet program does, so it was not opened: request a "
            "new export directly from the platform."
        )


class _Part:
    """A part of which nothing is kept."""

    def __init__(self, guard: _Guard, *, is_read: bool = True) -> None:
        self.guard = guard
        self.cost = _COST_OF_ANOTHER if is_read else _COST_OF_WHAT_IS_NOT_READ
        self.depth = 0

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.guard.count(self.cost)
        self.deeper()
        del name, attributes

    def deeper(self) -> None:
        """One element further inside; FileError where that is deeper than any spreadsheet program goes."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise FileError(damaged(self.guard.file))

    def end(self, name: str) -> None:
        """An element ends."""
        self.depth -= 1
        del name

    def text(self, characters: str) -> None:
        """Text within an element."""


class _Attributes(_Part):
    """A part in which the attributes of one kind of element are of interest."""

    def __init__(self, guard: _Guard, wanted: str) -> None:
        super().__init__(guard)
        self.wanted = wanted
        self.namespace = ""  # of the whole part
        self.found: list[dict[str, str]] = []

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition("\n")
        self.namespace = self.namespace or namespace
        super().begin(name, attributes)
        if local == self.wanted:
            self.found.append(attributes)


class _Texts(_Part):
    """The texts that the sheets share."""

    characters = 0  # of the text so far

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        del attributes
        is_text = name.endswith("\nsi")
        self.guard.count(_COST_OF_A_TEXT if is_text else 2.0)
        self.deeper()
        if is_text:
            self.characters = 0

    def text(self, characters: str) -> None:
        self.characters += len(characters)
        if self.characters > _LONGEST_CELL:
            raise FileError(_too_long(self.guard.file))


class _Sheet(_Part):
    """A sheet: its rows and cells, and the formulas among them that have no stored value."""

    def __init__(self, guard: _Guard, title: str) -> None:
        super().__init__(guard)
        self.title = title
        self.row = self.last_row = self.column = self.cells = self.characters = self.last_column = 0
        self.is_text = self.has_formula = self.has_value = self.in_value = False
        self.without_value: set[Cell] = set()

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition("\n")[2]
        self.guard.count(_COSTS_OF_A_SHEET.get(local, _COST_OF_ANOTHER))
        self.deeper()
        self.in_value = local in {"v", "is"}
        if local == "c":
            self._begin_cell(attributes)
        elif local == "row":
            self._begin_row(attributes.get("r"))
        elif local == "f":
            self.has_formula = True
        elif local == "is" or (self.in_value and self.is_text):
            self.has_value = True  # an empty text is a value too

    def _begin_row(self, number: str | None) -> None:
        before, self.row = self.row, self.row + 1
        if number is not None:
            self.row = int(number) if len(number) <= len(str(LAST_ROW)) else LAST_ROW + 1
        if not before < self.row <= LAST_ROW:
            raise FileError(damaged(self.guard.file))
        self.guard.rows += 1
        self.column = self.cells = 0
        if self.guard.rows > self.guard.limits.rows:
            raise self.guard.too_large()

    def _reach_down(self) -> None:
        """Count the row of a cell; a row without cells, as LibreOffice writes the last one, is none."""
        if self.row > self.guard.limits.rows:
            raise FileError(
                f"{self.guard.file}, sheet '{self.title.strip()}', reaches beyond row {self.guard.limits.rows:,}: it "
                f"holds more than {self.guard.limits.rows:,} rows, so {self.guard.limits.smaller}."
            )
        self.guard.cost += 2.0 * (self.row - self.last_row)  # blank rows between cost too
        self.last_row = self.row

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        if self.last_row < self.row:
            self._reach_down()
        self.column += 1
        self.cells += 1
        if reference := attributes.get("r"):
            found = _REFERENCE.fullmatch(reference)
            if not found:
                raise FileError(damaged(self.guard.file))
            self.column = _column_number(found[1])
        if self.cells > LAST_COLUMN or self.column > LAST_COLUMN:
            raise self.guard.too_large()
        self.last_column = max(self.last_column, self.column)
        self.is_text = attributes.get("t") == "str"
        self.has_formula = self.has_value = False
        self.characters = 0

    def end(self, name: str) -> None:
        self.depth -= 1
        self.in_value = False
        if name.endswith("\nc") and self.has_formula and not self.has_value:
            self.without_value.add((self.row, self.column))

    def text(self, characters: str) -> None:
        self.characters += len(characters)
        self.has_value = self.has_value or self.in_value
        if self.characters > _LONGEST_CELL:
            raise FileError(_too_long(self.guard.file))


def _too_long(file: str) -> str:
    return f"{file}: a cell holds more than {LONGEST_TEXT:,} characters, more than a cell can hold: shorten its text."


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def resolved(folder: PurePosixPath, target: str) -> str:
    """The name of the part that a relation of one in a folder points to."""
    steps: list[str] = []
    for step in (PurePosixPath(target.lstrip("/")) if target.startswith("/") else folder / target).parts:
        if step == "..":
            del steps[-1:]
        else:
            steps.append(step)
    return "/".join(steps)
