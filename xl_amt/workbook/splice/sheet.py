"""A sheet's part as it stands in the file: rows and cells at their bytes, and the rules that name areas of cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from openpyxl.formula.translate import Translator

from xl_amt.errors import FileError
from xl_amt.workbook.splice.areas import Area, Place, address, area_of, areas_of, place_of
from xl_amt.workbook.splice.offsets import Element, Scan, whole_number

_CELLS: Final = frozenset({"sheetData", "row", "c", "f", "v", "is", "t", "rPh"})
# What else names cells: the sheet's own extent, merged cells, tables, and rules that hold for areas.
RULES: Final = frozenset({"conditionalFormatting", "dataValidation", "protectedRange", "ignoredError", "autoFilter"})
_OTHERS: Final = RULES | {"worksheet", "dimension", "mergeCell", "col", "sqref", "tablePart", "sparkline"}
_PREFIX: Final = re.compile(rb"<([^\s:/>]+:)?")


@dataclass(slots=True)
class Cell:
    """A cell and its bytes; ``texts`` are the words of a text that stands in the cell itself."""

    row: int
    column: int
    element: Element
    formula: Element | None = None
    value: Element | None = None  # of kind "v" or "is"
    texts: list[str] = field(default_factory=list)

    @property
    def place(self) -> Place:
        """Its row and column."""
        return self.row, self.column

    @property
    def is_blank(self) -> bool:
        """Whether it holds neither a formula nor a value."""
        return self.formula is None and (self.value is None or not (self.value.text or self.texts))


@dataclass(slots=True)
class Row:
    """A row and its cells, from left to right."""

    number: int
    element: Element
    cells: list[Cell] = field(default_factory=list)

    def cell(self, column: int) -> Cell | None:
        """The cell in a column; None where the row has none there."""
        return next((cell for cell in self.cells if cell.column == column), None)


@dataclass(slots=True)
class Sheet:
    """A sheet as its part holds it; ``arrays`` are the areas that array formulas fill, each with its own cell."""

    title: str
    part: str
    xml: bytes
    rows: dict[int, Row] = field(default_factory=dict)
    data: Element | None = None
    dimension: Element | None = None
    columns: list[Element] = field(default_factory=list)
    rules: list[Element] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    arrays: list[tuple[Area, Place]] = field(default_factory=list)
    shared: dict[str, Cell] = field(default_factory=dict)
    has_tables: bool = False

    @property
    def prefix(self) -> bytes:
        """What stands before the names of the sheet's elements, such as "x:"; mostly nothing."""
        assert self.data is not None
        found = _PREFIX.match(self.xml, self.data.start)
        assert found is not None
        return found[1] or b""

    def cell(self, place: Place) -> Cell | None:
        """The cell in a place; None where the sheet has none there."""
        row = self.rows.get(place[0])
        return row.cell(place[1]) if row else None

    def cells(self) -> Iterator[Cell]:
        """Every cell, row by row."""
        for row in self.rows.values():
            yield from row.cells

    def formula_cells(self) -> Iterator[Cell]:
        """Every cell that holds a formula."""
        return (cell for cell in self.cells() if cell.formula is not None)

    def formula(self, cell: Cell) -> str | None:
        """A cell's formula without "="; one that a shared formula gives is spelled out. None for no formula."""
        if cell.formula is None:
            return None
        if cell.formula.text or cell.formula.attributes.get("t") != "shared":
            return cell.formula.text
        master = self.shared.get(cell.formula.attributes.get("si", ""))
        if master is None or master.formula is None:
            return ""
        return moved_formula(master.formula.text, master.place, cell.place)

    def array_over(self, place: Place) -> Place | None:
        """The cell whose array formula fills a place; None for none."""
        return next((own for area, own in self.arrays if area.holds(place)), None)

    def style_for(self, place: Place) -> str | None:
        """The number of the look that a new cell has there: that of its row, or of its column."""
        row = self.rows.get(place[0])
        if row is not None and row.element.attributes.get("customFormat") in {"1", "true"}:
            return row.element.attributes.get("s")
        for column in self.columns:
            own = column.attributes
            if (whole_number(own.get("min", "")) or 0) <= place[1] <= (whole_number(own.get("max", "")) or 0):
                return own.get("style")
        return None


def moved_formula(formula: str, origin: Place, place: Place) -> str:
    """A formula as it reads when it is copied from one cell to another.

    >>> moved_formula('IF($A5="","",C5*Rate)', (5, 6), (7, 6))
    'IF($A7="","",C7*Rate)'
    """
    moved = Translator(f"={formula}", origin=address(*origin)).translate_formula(address(*place))
    return str(moved).removeprefix("=")


def read_sheet(title: str, part: str, xml: bytes, where: str) -> Sheet:
    """The sheet that a part holds; FileError where its cells are not in the order that a sheet has.

    ``where`` is how a sentence calls the file.
    """
    return _Reader(Sheet(title, part, xml), where).read()


class _Reader:
    """One pass through a sheet's part."""

    def __init__(self, sheet: Sheet, where: str) -> None:
        self.sheet = sheet
        self.where = f"{where}, sheet '{sheet.title}'"
        self.row: Row | None = None
        self.cell: Cell | None = None
        self.in_reading = False  # of the sounds of a text, which are no part of it
        self.in_sparkline = False  # which stands in one cell

    def read(self) -> Sheet:
        """Look through the part."""
        Scan(self.sheet.xml, _CELLS | _OTHERS, self.begin, self.finish).run(self.where)
        return self.sheet

    def begin(self, element: Element) -> None:
        """An element begins."""
        name = element.name
        if name == "c":
            self._begin_cell(element)
        elif name == "row":
            self._begin_row(element)
        elif name == "f" and self.cell is not None:
            self.cell.formula = element
        elif name in {"v", "is"} and self.cell is not None:
            self.cell.value = element
        elif name == "rPh":
            self.in_reading = True
        elif name == "sheetData":
            self.sheet.data = element
        elif name in _OTHERS:
            self._begin_other(element)

    def finish(self, element: Element) -> None:
        """An element ends."""
        name = element.name
        if name == "c":
            self.cell = None
        elif name == "row":
            self.row = None
        elif name == "f" and self.cell is not None:
            self._finish_formula(self.cell, element)
        elif name == "rPh":
            self.in_reading = False
        elif name == "sparkline":
            self.in_sparkline = False
        elif name == "t" and self.cell is not None and not self.in_reading:
            self.cell.texts.append(element.text)

    def _begin_row(self, element: Element) -> None:
        before = next(reversed(self.sheet.rows), 0)
        self.row = Row(int(element.attributes.get("r", before + 1)), element)
        if self.row.number <= before:
            raise FileError(f"{self.where}: row {self.row.number} comes after row {before}; {_AGAIN}")
        self.sheet.rows[self.row.number] = self.row

    def _begin_cell(self, element: Element) -> None:
        if self.row is None:
            return
        before = self.row.cells[-1].column if self.row.cells else 0
        place = (self.row.number, before + 1)
        if reference := element.attributes.get("r"):
            place = place_of(reference)
        if place[0] != self.row.number or place[1] <= before:
            raise FileError(
                f"{self.where}: {address(*place)} is doubled or out of order in row {self.row.number}; {_AGAIN}"
            )
        self.cell = Cell(*place, element)
        self.row.cells.append(self.cell)

    def _finish_formula(self, cell: Cell, element: Element) -> None:
        kind = element.attributes.get("t")
        if kind == "shared" and element.text:
            self.sheet.shared[element.attributes.get("si", "")] = cell
        elif kind in {"array", "dataTable"}:
            area = area_of(element.attributes.get("ref", "")) or Area(*cell.place, *cell.place)
            self.sheet.arrays.append((area, cell.place))

    def _begin_other(self, element: Element) -> None:
        sheet = self.sheet
        if element.name == "dimension":
            sheet.dimension = element
        elif element.name == "mergeCell":
            sheet.merged += areas_of(element.attributes.get("ref", ""))
        elif element.name == "col":
            sheet.columns.append(element)
        elif element.name == "tablePart":
            sheet.has_tables = True
        elif element.name == "sparkline":
            self.in_sparkline = True
        elif element.name in RULES or (element.name == "sqref" and not self.in_sparkline):
            sheet.rules.append(element)


_AGAIN: Final = "open it in Excel and save it again."
