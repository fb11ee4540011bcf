"""What a person typed into the sheets of a workbook that are for trying, for a new workbook of the same record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.workbook.cells import in_the_file
from xl_amt.workbook.splice import Book
from xl_amt.workbook.splice.areas import Area, area_of


def take_over(book: Book, workbook: Workbook, titles: Iterable[str]) -> list[str]:
    """Put the numbers and the choices typed into some sheets of a file into the same cells of a new workbook.

    Words are not taken over. A sheet is taken where its names stand as in the new one; gives the titles of those that
    are not.
    """
    left = []
    for title in titles:
        sheet = workbook[title]
        if not _is_laid_out_as(book, sheet):
            left.append(title)
            continue
        choices = _choices(sheet)
        for cell in _inputs(sheet):
            typed = _typed(book, cell)
            if isinstance(typed, str) and typed not in choices.get(cell.coordinate, ()):
                continue
            if typed is not None and _is_of_the_same_row(book, cell):
                cell.value = typed
    return left


def of_others(book: Book, workbook: Workbook, titles: Iterable[str]) -> list[str]:
    """What a person added to a file, in words: sheets that the new workbook does not have, and columns of some sheets.

    A sheet is known by what its names stand for, however it is called.
    """
    ours = {region.sheet for name in workbook.defined_names if (region := book.region(name))}
    added = [f"sheet {title}" for title in book.titles if title not in ours | set(workbook.sheetnames)]
    for title in titles:
        if title not in book.titles:
            continue
        own = {cell.column for row in workbook[title].iter_rows() for cell in row if cell.value is not None}
        more = {cell.column for cell in book.sheet(title).cells() if not cell.is_blank} - own
        added += [f"column {get_column_letter(column)} of {title}" for column in sorted(more)]
    return added


def _is_laid_out_as(book: Book, sheet: Worksheet) -> bool:
    for name, (title, where) in _names_of(sheet):
        region = book.region(name)
        if region is None or region.sheet != title or not _begins_as(region.area, area_of(where)):
            return False
    return sheet.title in book.titles


def _begins_as(area: Area, other: Area | None) -> bool:
    """Whether both are the same cells, but that a table may have grown or shrunk."""
    return other is not None and area._replace(last_row=0) == other._replace(last_row=0)


def _names_of(sheet: Worksheet) -> Iterator[tuple[str, tuple[str, str]]]:
    workbook = sheet.parent
    assert workbook is not None
    for name, defined in workbook.defined_names.items():
        for title, where in defined.destinations:
            if title == sheet.title:
                yield name, (title, where)


def _inputs(sheet: Worksheet) -> Iterator[Cell]:
    for row in sheet.iter_rows():
        yield from (cell for cell in row if isinstance(cell, Cell) and not cell.protection.locked)


def _typed(book: Book, cell: Cell) -> Any:
    """What stands in a cell of the file that is no formula; None for nothing."""
    title, place = cell.parent.title, (cell.row, cell.column)
    return None if book.formula(title, place) is not None else book.value(title, place)


def _is_of_the_same_row(book: Book, cell: Cell) -> bool:
    """Whether the words beside a cell are the same in the file, whose rows may be sorted."""
    sheet: Any = cell.parent
    words = [one for one in sheet[cell.row] if one.data_type == "s" and one.value and one.protection.locked]
    return all(in_the_file(str(book.value(sheet.title, (one.row, one.column)))) == one.value for one in words)


def _choices(sheet: Worksheet) -> dict[str, list[str]]:
    """The words that a list allows in a cell."""
    return {
        f"{get_column_letter(column)}{row}": str(rule.formula1).strip('"').split(",")
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
        for area in rule.sqref.ranges
        for row, column in area.cells
    }
