"""Edits of a workbook, gathered and then spliced into its bytes; none gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from copy import copy

from xl_amt.errors import FileError
from xl_amt.workbook.splice.areas import Place, address
from xl_amt.workbook.splice.book import Book
from xl_amt.workbook.splice.calculation import marked_as_calculated, without_calculation_chain
from xl_amt.workbook.splice.cell_bytes import ErrorValue, Value, serial, written
from xl_amt.workbook.splice.names import DefinedName
from xl_amt.workbook.splice.offsets import Change, end_of, escaped, opened, spliced, with_attributes
from xl_amt.workbook.splice.sheet import Cell
from xl_amt.workbook.splice.sheet_edits import SheetEdits, is_on_a_sheet, new_cell, with_tag


class Edits:
    """What is changed in a workbook; nothing is written anywhere before `content` is asked for."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.sheets: dict[str, SheetEdits] = {}
        self.of_the_workbook: list[Change] = []
        self.formulas_come_or_go = False

    def sheet(self, title: str) -> SheetEdits:
        """The edits of a sheet; FileError for one that the workbook has not, or that holds no cells."""
        sheet = self.book.sheet(title)
        if sheet.data is None:
            raise FileError(f"{self.book.name}: the sheet '{sheet.title}' holds a chart and no cells.")
        return self.sheets.setdefault(sheet.title, SheetEdits(sheet))

    def set(self, sheet: str, place: Place, value: Value, style: str | None = None) -> None:
        """Put a value into a cell, None to empty it; one that holds the same value already keeps its bytes.

        A new cell has the look that its number ``style`` says, else that of its row or column. FileError where the
        cell holds a formula, or lies within an array or merged cells; ArgumentError for a value that no cell holds.
        """
        edits = self.sheet(sheet)
        where = f"{edits.sheet.title}!{address(*place)}"
        cell = edits.sheet.cell(place)
        self._check_free(edits, cell, place, where)
        if place not in edits.cells and _is_same(self.book.value(sheet, place), self._in_the_file(value)):
            return
        self._check_shown(edits, place, where)
        kind, element = written(value, edits.sheet.prefix, where, from_1904=self.book.from_1904)
        if cell is None:
            if element:
                look = style or edits.sheet.style_for(place)
                edits.cells[place] = new_cell(edits.sheet, place, look, kind, element)
            return
        edits.cells[place] = _with_value(edits, cell, kind, element)

    def result(self, sheet: str, place: Place, value: Value) -> None:
        """Put what was calculated next to a formula, which keeps its bytes, or into a cell that an array fills."""
        edits = self.sheet(sheet)
        cell = edits.sheet.cell(place)
        if cell is None or _is_same(self.book.value(sheet, place), value):
            return
        where = f"{edits.sheet.title}!{address(*place)}"
        kind, element = written(value, edits.sheet.prefix, where, is_result=True)
        edits.cells[place] = _with_value(edits, cell, kind, element)

    def formula(self, sheet: str, cell: Cell, formula: str) -> None:
        """Put another formula, without "=", in the place of the one that a cell holds; its value stays."""
        edits = self.sheet(sheet)
        element = cell.formula
        assert element is not None
        edits.changes.append((element.inside, element.finish, escaped(formula)))

    def new_formula(self, sheet: str, place: Place, formula: str, style: str | None) -> None:
        """Put a formula, without "=", into a cell that is blank; its value is not known yet."""
        edits = self.sheet(sheet)
        prefix = edits.sheet.prefix
        element = b"<%sf>%s</%sf>" % (prefix, escaped(formula), prefix)
        cell = edits.sheet.cell(place)
        edits.cells[place] = (
            new_cell(edits.sheet, place, style or edits.sheet.style_for(place), "", element)
            if cell is None
            else _with_value(edits, cell, "", element)
        )
        self.formulas_come_or_go = True

    def replace_formula(self, sheet: str, place: Place, formula: str, style: str | None) -> None:
        """Put a formula, without "=", where one of ours is or would be; its value is not known yet.

        Cells that share the one that goes get it as their own.
        """
        edits = self.sheet(sheet)
        own = edits.sheet.cell(place)
        if own is not None and own.formula is not None and own.formula.attributes.get("t") == "shared":
            number = own.formula.attributes.get("si")
            for cell in edits.sheet.formula_cells():
                assert cell.formula is not None
                if cell.formula.attributes.get("si") == number and cell.place not in edits.cells:
                    self._own_formula(edits, cell.place, edits.sheet.formula(cell) or "", None)
        self._own_formula(edits, place, formula, style)

    def _own_formula(self, edits: SheetEdits, place: Place, formula: str, style: str | None) -> None:
        cell = edits.sheet.cell(place)
        look = style if cell is None else cell.element.attributes.get("s")
        prefix = edits.sheet.prefix
        element = b"<%sf>%s</%sf>" % (prefix, escaped(formula), prefix)
        edits.cells[place] = new_cell(edits.sheet, place, look, "", element)
        self.formulas_come_or_go = True

    def overwrite(self, sheet: str, place: Place, value: Value, style: str | None) -> None:
        """Put a value where a formula of ours is or would be; its look stays, else it has that of number ``style``."""
        edits = self.sheet(sheet)
        cell = edits.sheet.cell(place)
        look = style if cell is None else cell.element.attributes.get("s")
        where = f"{edits.sheet.title}!{address(*place)}"
        kind, element = written(value, edits.sheet.prefix, where, from_1904=self.book.from_1904)
        edits.cells[place] = new_cell(edits.sheet, place, look, kind, element)
        self.formulas_come_or_go = True

    def name(self, name: DefinedName, text: str) -> None:
        """Let a name stand for something else."""
        element = name.element
        self.of_the_workbook.append((element.inside, element.finish, escaped(text)))

    def show(self, sheet: str) -> None:
        """Show a sheet that is hidden."""
        title = self.book.sheet(sheet).title
        for element in self.book.described:
            if element.name == "sheet" and element.attributes.get("name") == title and "state" in element.attributes:
                self.of_the_workbook.append(
                    with_tag(self.book.parts[self.book.workbook_part], element, {"state": None})
                )

    def content(self) -> bytes:
        """The file with every edit made; the same bytes where there is none."""
        return packed(self.book, self.parts())

    def after(self) -> Book:
        """The workbook with every edit made, to read; the one before, and what was read of it, where there is none."""
        content = self.content()
        return self.book if content == self.book.content else Book(content, self.book.name)

    def parts(self) -> dict[str, bytes]:
        """The parts with every edit made."""
        parts = dict(self.book.parts)
        for edits in self.sheets.values():
            parts[edits.sheet.part] = edits.content()
        parts[self.book.workbook_part] = spliced(parts[self.book.workbook_part], self.of_the_workbook)
        if self.formulas_come_or_go:
            parts = without_calculation_chain(self.book, parts)
        return parts

    def mark_calculated(self) -> None:
        """Say in the file which version calculated it, so Excel does not calculate all of it on opening."""
        self.of_the_workbook += marked_as_calculated(self.book)

    def _in_the_file(self, value: Value) -> Value:
        if value is None or isinstance(value, str | float | int):
            return value
        return serial(value, from_1904=self.book.from_1904)

    def _check_free(self, edits: SheetEdits, cell: Cell | None, place: Place, where: str) -> None:
        file = self.book.name
        if not is_on_a_sheet(place):
            raise FileError(f"{file}: no sheet has row {place[0]}, column {place[1]}.")
        if (own := edits.sheet.array_over(place)) is not None:
            raise FileError(
                f"{file}, {where}: it is filled by the array formula in {address(*own)}; change that formula in Excel."
            )
        if cell is not None and cell.formula is not None:
            raise FileError(f"{file}, {where}: it holds a formula, which is kept; clear the cell, then try again.")

    def _check_shown(self, edits: SheetEdits, place: Place, where: str) -> None:
        for area in edits.sheet.merged:
            if area.holds(place) and place != (area.row, area.column):
                raise FileError(f"{self.book.name}, {where}: it is hidden in the merged cells {area}; unmerge them.")


def packed(book: Book, parts: dict[str, bytes]) -> bytes:
    """The workbook with other parts, in the same order and with the same marks; the same bytes for the same parts.

    A part that is left out is taken out of the file.
    """
    if parts == book.parts:
        return book.content
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.comment = book.comment
        for entry in book.entries:
            if entry.filename in parts:
                archive.writestr(copy(entry), parts[entry.filename])
                archive.filelist[-1].external_attr = entry.external_attr  # zipfile gives one to a part without any
    return buffer.getvalue()


def _is_same(before: Value, after: Value) -> bool:
    """Whether a cell that holds one value holds the other; a truth value is not a number, and an error no text."""
    kinds = (bool, ErrorValue, str)
    alike = [[isinstance(value, kind) for kind in kinds] for value in (before, after)]
    return before == after and alike[0] == alike[1]


def _with_value(edits: SheetEdits, cell: Cell, kind: str, content: bytes) -> bytes:
    """A cell's bytes with another value; its look stays, and its formula and what else it holds."""
    xml, element = edits.sheet.xml, cell.element
    gone: dict[str, str | None] = {"t": kind or None}
    if cell.formula is None:
        gone |= {"cm": None, "vm": None}  # marks of a formula's result, or of a value that is gone
    tag = with_attributes(xml[element.start : element.inside], gone)
    if element.is_empty:
        return opened(tag) + content + end_of(tag) if content else tag
    if cell.value is not None:
        start, end = cell.value.start, cell.value.end
    else:
        start = end = cell.formula.end if cell.formula is not None else element.inside
    return tag + xml[element.inside : start] + content + xml[end : element.end]
