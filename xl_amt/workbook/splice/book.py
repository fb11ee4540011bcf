"""A workbook file opened for reading and editing: its parts, sheets, names and values, as they stand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Final

from xl_amt.errors import FileError
from xl_amt.files import check_not_open
from xl_amt.package import Limits, check_package, damaged
from xl_amt.workbook.splice.areas import Place
from xl_amt.workbook.splice.cell_bytes import Value, plain_text, read_back
from xl_amt.workbook.splice.names import DefinedName, Region
from xl_amt.workbook.splice.offsets import Element, Scan, elements, whole_number
from xl_amt.workbook.splice.sheet import Sheet, read_sheet

_LIMITS: Final = Limits(
    smaller="take sheets that are not needed out of it",
    packed_bytes=50_000_000,
    unpacked_bytes=200_000_000,
    rows=200_000,
    elements=5_000_000,
    cost=20e6,
)
_TRUE: Final = frozenset({"1", "true"})


def open_book(path: Path) -> Book:
    """The workbook that a file holds; FileError where it cannot be read, or is open in a spreadsheet program."""
    check_not_open(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FileError(
            f"{path} cannot be read as a workbook ({error.strerror or error}); check its name and folder."
        ) from None
    return Book(content, path.name)


class Book:
    """A workbook, of which every byte is kept. ``name`` is how sentences call it.

    FileError where it is no workbook that can be edited, as `xl_amt.package.check_package` says.
    """

    def __init__(self, content: bytes, name: str) -> None:
        found = check_package(io.BytesIO(content), name, _LIMITS)
        self.content = content
        self.name = name
        self.titles = found.parts  # the part of each sheet by its title
        self.workbook_part = found.workbook
        self.strings_part = found.strings
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.entries = archive.infolist()
            self.comment = archive.comment
            self.parts = {entry.filename: archive.read(entry) for entry in self.entries}
        self._sheets: dict[str, Sheet] = {}

    def sheet(self, title: str) -> Sheet:
        """A sheet by its title, in whatever case; FileError where there is none, or it holds no cells."""
        if title not in self.titles:
            title = next((own for own in self.titles if own.casefold() == title.casefold()), title)
        if title not in self.titles:
            raise FileError(f"{self.name}: it has no sheet '{title}'; its sheets are {', '.join(self.titles)}.")
        if title not in self._sheets:
            part = self.titles[title]
            self._sheets[title] = read_sheet(title, part, self.parts[part], self.name)
        return self._sheets[title]

    def sheets(self) -> Iterator[Sheet]:
        """Every sheet that holds cells, in the workbook's order."""
        for title in self.titles:
            if self.sheet(title).data is not None:
                yield self.sheet(title)

    def value(self, sheet: str, place: Place) -> Value:
        """The value in a cell, that of a formula as it was calculated last; None for a blank one."""
        cell = self.sheet(sheet).cell(place)
        return None if cell is None else read_back(cell, self.shared_texts)

    def formula(self, sheet: str, place: Place) -> str | None:
        """The formula in a cell, without "="; None for none."""
        own = self.sheet(sheet)
        cell = own.cell(place)
        return None if cell is None else own.formula(cell)

    @cached_property
    def shared_texts(self) -> list[str]:
        """The texts that cells share."""
        texts: list[str] = []
        if self.strings_part not in self.parts:
            return texts
        readings = 0

        def begin(element: Element) -> None:
            nonlocal readings
            readings += element.name == "rPh"
            if element.name == "si":
                texts.append("")

        def finish(element: Element) -> None:
            nonlocal readings
            readings -= element.name == "rPh"
            if element.name == "t" and texts and not readings:
                texts[-1] += element.text

        Scan(self.parts[self.strings_part], {"si", "t", "rPh"}, begin, finish).run(self.name)
        return [plain_text(text) for text in texts]

    @cached_property
    def described(self) -> list[Element]:
        """What the workbook's own part says of names, of calculation and of days."""
        wanted = {"definedName", "calcPr", "workbookPr", "sheets", "sheet"}
        return elements(self.parts[self.workbook_part], wanted, f"{self.name}, {self.workbook_part}")

    @cached_property
    def from_1904(self) -> bool:
        """Whether days are counted from 1904 on, as old files of a Mac do."""
        return any(item.attributes.get("date1904") in _TRUE for item in self.described if item.name == "workbookPr")

    @cached_property
    def names(self) -> list[DefinedName]:
        """Every name that is defined."""
        return [
            DefinedName(item.attributes.get("name", ""), _number(item.attributes.get("localSheetId")), item)
            for item in self.described
            if item.name == "definedName"
        ]

    @cached_property
    def regions(self) -> dict[str, Region]:
        """The one area that each name of the whole workbook names, by the name in lower case.

        One that belongs to a sheet alone, such as a copied sheet brings along, is not among them.
        """
        of_the_whole = [item for item in self.names if item.sheet is None]
        return {item.name.casefold(): item.regions[0] for item in of_the_whole if len(item.regions) == 1}

    def region(self, name: str) -> Region | None:
        """The area that a name of the whole workbook names; None where it names none, or its sheet is gone."""
        region = self.regions.get(name.casefold())
        return region if region is not None and region.sheet in self.titles else None

    def relations_part(self) -> str:
        """The part with the relations of the workbook's own part."""
        path = PurePosixPath(self.workbook_part)
        return str(path.parent / "_rels" / f"{path.name}.rels")


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    number = whole_number(text)
    if number is None:
        raise FileError(damaged("the workbook"))
    return number
