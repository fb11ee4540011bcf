"""A workbook that anybody may have edited, calculated again; what cannot be calculated here keeps its value.

Excel knows functions and references that the engine does not: LAMBDA, a range over several sheets, another workbook.
Such a formula is taken at the value that it has, and what rests on it is calculated on top.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, Final, NamedTuple

from xl_amt.workbook.calculator import SHOWN, Calculator, kind_of
from xl_amt.workbook.evaluation_copy import copy_with, refers_to_another_workbook, with_plain_names
from xl_amt.workbook.precedents import CellOf, resting_on
from xl_amt.workbook.splice.areas import Area, Place, address
from xl_amt.workbook.splice.book import Book
from xl_amt.workbook.splice.cell_bytes import ErrorValue, Value
from xl_amt.workbook.splice.edits import Edits
from xl_amt.workbook.splice.excel_tables import excel_tables
from xl_amt.workbook.splice.names import Region
from xl_amt.workbook.splice.sheet import Sheet

# Errors by which the engine says that it cannot calculate something; the others are answers.
_CANNOT: Final = frozenset({"NImpl", "Name", "Spill", "Circ", "Error"})
_TEXT: Final = re.compile(r"\"[^\"]*\"|'[^']*'")
_CALL: Final = re.compile(r"([A-Za-z_][\w.]*)\(")
NOTES: Final = "Not_recalculated"  # the name of the cells for what was not
_MARKS: Final = ("_XLFN.", "_XLWS.")  # that a file puts before newer functions


class Recalculated(NamedTuple):
    """The values of a workbook's formulas, and those cells that were not recalculated here.

    ``kept`` are the formulas that keep their value, and ``resting`` those that were calculated on top of them;
    ``notes`` say so in the cells that the workbook has for it.
    """

    values: dict[CellOf, Value]
    kept: tuple[CellOf, ...]
    resting: tuple[CellOf, ...]
    notes: dict[CellOf, str]

    def put_into(self, edits: Edits) -> None:
        """Put every value that differs beside its formula, and the notes into their cells."""
        for (sheet, place), value in self.values.items():
            edits.result(sheet, place, value)
        for (sheet, place), note in self.notes.items():
            edits.set(sheet, place, note or None)


def recalculated(book: Book) -> Recalculated:
    """Every formula's value, calculated from what the cells hold now; nothing is written.

    FileError where the engine is not installed.
    """
    return _Recalculation(book).run()


def sentences(book: Book, result: Recalculated) -> list[str]:
    """What was not recalculated here, a sentence a cell."""
    return [f"{name_of(cell)} keeps the value that it had (={book.formula(*cell)})." for cell in result.kept] + [
        f"{name_of(cell)} rests on a cell that keeps its value." for cell in result.resting
    ]


def name_of(cell: CellOf) -> str:
    """A cell as a sentence names it."""
    return f"{cell[0]}!{address(*cell[1])}"


class _Recalculation:
    """One calculation of a workbook."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.sheets = list(book.sheets())
        self.formulas: dict[CellOf, str] = {
            (sheet.title, cell.place): with_plain_names(sheet.formula(cell) or "")
            for sheet in self.sheets
            for cell in sheet.formula_cells()
        }
        self.calculator = Calculator(copy_with(book.parts, self.sheets))
        self.tables = excel_tables(book)
        for table in self.tables:
            self.calculator.add_table(table.name, table.region.sheet, table.region.area, table.headers)
        self.kept: set[CellOf] = set()

    def run(self) -> Recalculated:
        self._keep(self._beyond_the_engine())
        self.calculator.calculate()
        self._settle([cell for cell in self.formulas if self._cannot(self._value(cell))])
        self._keep_arrays_of_another_size()
        kept = tuple(cell for cell in self.formulas if cell in self.kept)
        resting = tuple(resting_on(self.kept, self._names(), self.formulas)) if kept else ()
        result = Recalculated({}, kept, resting, {})
        result = result._replace(notes=self._noted(sentences(self.book, result)))
        return result._replace(values=self._values())

    def _names(self) -> dict[str, Region]:
        """What each name stands for, an Excel table's too."""
        return self.book.regions | {table.name.casefold(): table.region for table in self.tables}

    def _noted(self, said: list[str]) -> dict[CellOf, str]:
        """The sentences by the cells that the workbook has for them, on which its checks rest; "" for the others."""
        region = self.book.region(NOTES)
        if region is None:
            return {}
        rows = range(region.area.row, region.area.last_row + 1)
        if len(said) > len(rows):
            said = [*said[: len(rows) - 1], f"And {len(said) - len(rows) + 1} more: xl-amt recalc lists them."]
        cells = [(region.sheet, (row, region.area.column)) for row in rows]
        notes = dict(zip(cells, [*said, *[""] * (len(rows) - len(said))], strict=True))
        changed = {cell: note for cell, note in notes.items() if note != (self.book.value(*cell) or "")}
        for (sheet, place), note in changed.items():
            self.calculator.put(sheet, *place, note or None)
        if changed:
            self.calculator.calculate()
        return notes

    def _values(self) -> dict[CellOf, Value]:
        values = {cell: _as_value(self._value(cell)) for cell in self.formulas if cell not in self.kept}
        for sheet in self.sheets:
            for area, own in sheet.arrays:
                if (sheet.title, own) not in self.kept:
                    values |= {cell: _as_value(self._value(cell)) for cell in _cells(sheet, area)}
        return values

    def _beyond_the_engine(self) -> list[CellOf]:
        """The formulas that look into another workbook, or call a function that the engine does not have."""
        calls = {
            cell: {_function(name) for name in _CALL.findall(_TEXT.sub("", formula))}
            for cell, formula in self.formulas.items()
        }
        unknown = self.calculator.unknown_functions(sorted(set().union(*calls.values())))
        return [
            cell
            for cell, formula in self.formulas.items()
            if refers_to_another_workbook(formula) or calls[cell] & unknown
        ]

    def _settle(self, failed: list[CellOf]) -> None:
        """Find those that the engine cannot calculate among those without an answer, which may only rest on others."""
        self._put_stored(failed)
        for cell in failed:
            sheet, (row, column) = cell
            if self._cannot(self.calculator.try_formula(sheet, row, column, self.formulas[cell])):
                self._keep([cell])
        if failed:
            self.calculator.calculate()

    def _keep_arrays_of_another_size(self) -> None:
        """An array that would fill other cells than it does stays: its area is for Excel to choose."""
        of_another_size = [
            (sheet, area, own)
            for sheet in self.sheets
            for area, own in sheet.arrays
            if (sheet.title, own) not in self.kept and self._has_another_size(sheet, area)
        ]
        for sheet, area, own in of_another_size:
            self._keep([(sheet.title, own)])
            self._put_stored((sheet.title, place) for _, place in _cells(sheet, area))
        if of_another_size:
            self.calculator.calculate()

    def _has_another_size(self, sheet: Sheet, area: Area) -> bool:
        if any(self._value(cell) is None for cell in _cells(sheet, area)):
            return True
        behind = [(area.last_row + 1, area.column), (area.row, area.last_column + 1)]
        return any(sheet.cell(place) is None and self._value((sheet.title, place)) is not None for place in behind)

    def _keep(self, cells: Iterable[CellOf]) -> None:
        cells = list(cells)
        self.kept |= set(cells)
        self._put_stored(cells)

    def _put_stored(self, cells: Iterable[CellOf]) -> None:
        for sheet, place in cells:
            self.calculator.put(sheet, *place, self._stored(sheet, place))

    def _stored(self, sheet: str, place: Place) -> str | float | bool | None:
        value = self.book.value(sheet, place)
        assert value is None or isinstance(value, str | float | int)  # days are numbers in a file
        return value

    def _value(self, cell: CellOf) -> Any:
        return self.calculator.value(cell[0], *cell[1])

    def _cannot(self, value: Any) -> bool:
        return kind_of(value) in _CANNOT


def _cells(sheet: Sheet, area: Area) -> list[CellOf]:
    """The cells of an array, each with its sheet."""
    rows, columns = range(area.row, area.last_row + 1), range(area.column, area.last_column + 1)
    return [(sheet.title, (row, column)) for row in rows for column in columns]


@cache
def _function(name: str) -> str:
    """A function's name as it is typed."""
    name = name.upper()
    for mark in _MARKS:
        name = name.removeprefix(mark)
    return name


def _as_value(value: Any) -> Value:
    """A value of the engine as a cell holds it; a blank result is 0, as in a cell."""
    if kind := kind_of(value):
        return ErrorValue(SHOWN.get(kind, "#VALUE!"))
    return 0 if value is None else value
