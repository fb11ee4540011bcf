"""A workbook to hand to the client: the sheets that answer, as values, and nothing else of the advisor's file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.datavalidation import DataValidationList
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.workbook.cells import in_the_file
from xl_amt.workbook.package import Parts
from xl_amt.workbook.sheets.about import CONTENTS
from xl_amt.workbook.splice.areas import Area, Place, area_of
from xl_amt.workbook.values import Value

# The sheets that a client gets, where the workbook has them.
FOR_THE_CLIENT: Final = ("Summary", "Plan", "Calendar", "Cash", "Room", "Credit", "Scenarios", "Lots")
_OF_CHECKS: Final = "Failed_checks"
_CHART: Final = re.compile(r"xl/charts/[^/]+\.xml")
_REFERENCE: Final = re.compile(r"<(?:\w+:)?f>(?:'([^']+)'|([^'!<]+))!([^<]+)</")
_PART_OF_A_TEXT: Final = re.compile(r"(?<=[.;:]) ")
_TO_THE_ADVISOR: Final = re.compile(
    r"\b[Tt]ype (?:over|yes)\b|^Enter it;|^Linked to the sheet\b|\bcommand xl-amt\b|\bstand on the Summary\b|"
    r"\bplanner has not been asked\b"
)
_FOLDED_AWAY: Final = ", in the rows folded below"
_WORD: Final = re.compile(r"\w+")
_CELL: Final = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]*)")
_HEAD: Final = "A3"  # which says whether the functions are connected
_SHEETS: Final = re.compile(r"\bsheets? (\w+(?: \w+)*)")

Values = Mapping[tuple[str, str], Value]


def freeze(workbook: Workbook, parts: Parts, values: Values) -> None:
    """Leave of a built workbook what a client gets: values in place of formulas, on the sheets that answer.

    ``parts`` are those of the workbook, and ``values`` those of its formulas, by sheet and address. Other sheets,
    names, lists of choices, workings beside the printed page, and words that are for the advisor go; charts, formats
    and the print set-up stay.
    """
    drawn = _drawn(parts)
    for title in workbook.sheetnames:
        if title not in FOR_THE_CLIENT:
            workbook.remove(workbook[title])
    others = set(CONTENTS) - set(workbook.sheetnames)
    names = set(workbook.defined_names)
    workbook.defined_names.clear()
    for sheet in workbook.worksheets:
        shown = _shown(sheet)
        _loosen(sheet, names, shown)
        _freeze_sheet(sheet, values, others, [*shown, *drawn.get(sheet.title, [])])
    workbook.active = workbook.worksheets[0]


def _shown(sheet: Worksheet) -> list[Area]:
    """What of a sheet is printed."""
    printed = (area_of(part.rpartition("!")[2]) for part in (sheet.print_area or sheet.dimensions).split(","))
    return [area for area in printed if area]


def _freeze_sheet(sheet: Worksheet, values: Values, others: set[str], kept: Iterable[Area]) -> None:
    table = _table_of(sheet)
    for cell in _cells(sheet):
        if not _holds(kept, (cell.row, cell.column)):
            cell.value, cell.style = None, "Normal"
            continue
        value, cell.hyperlink = cell.value, None
        if cell.data_type == "f":
            _put(cell, "" if _OF_CHECKS in str(value) else values[sheet.title, cell.coordinate], others)
        elif isinstance(value, str) and (table is None or cell.row < table):
            _put_text(cell, _for_the_client(value, others))
        if not cell.protection.locked:
            _as_a_figure(cell)


def _cells(sheet: Worksheet) -> Iterator[Cell]:
    """Every cell but those that another one covers."""
    return (cell for row in sheet.iter_rows() for cell in row if isinstance(cell, Cell))


def _put(cell: Cell, value: Value, others: set[str]) -> None:
    """Put the value of a formula in its place."""
    if isinstance(value, str):
        _put_text(cell, in_the_file(_for_the_client(value, others)))
    else:
        cell.value = value


def _put_text(cell: Cell, text: str) -> None:
    cell.value = text or None
    if text:
        cell.data_type = "s"  # whatever it begins with


def _as_a_figure(cell: Cell) -> None:
    """Let a cell that was to be typed into look like any other."""
    font = cell.font
    cell.font = Font(name=font.name, size=font.size, bold=font.bold, italic=font.italic, color="000000")
    cell.fill = PatternFill()
    cell.protection = Protection(locked=True)


def _for_the_client(text: str, others: set[str]) -> str:
    """A text of a sheet without what tells the advisor where to type, or names a sheet that the client has not.

    >>> _for_the_client("Shares exercised by plan: type over the yellow cells to try another one", set())
    'Shares exercised by plan'
    >>> _for_the_client("Enter it; nothing is withheld for AMT", set())
    'Nothing is withheld for AMT'
    >>> _for_the_client("The planner has not been asked: the command xl-amt plan finds the best schedule.", set())
    ''
    """
    said = _PART_OF_A_TEXT.split(text.replace(_FOLDED_AWAY, ""))
    kept = [one for one in said if not _TO_THE_ADVISOR.search(one) and not _names_a_sheet_of(others, one)]
    if len(kept) == len(said):
        return " ".join(kept)
    left = " ".join(kept).rstrip(":; ")
    return left[:1].upper() + left[1:]


def _names_a_sheet_of(gone: set[str], words: str) -> bool:
    return any(gone & set(re.split(r" and |, ", found)) or found in gone for found in _SHEETS.findall(words))


def _table_of(sheet: Worksheet) -> int | None:
    """The first row of a list of the record's own words, which the frozen rows above repeat the headers of."""
    repeated = sheet.print_title_rows
    is_a_list = sheet.title in {"Calendar", "Lots"} and repeated
    return int(str(repeated).rpartition("$")[2]) if is_a_list else None


def _loosen(sheet: Worksheet, names: set[str], shown: Iterable[Area]) -> None:
    """Take out lists of choices, and formats whose condition rests on what is gone; let no input look like one."""
    sheet.data_validations = DataValidationList()
    formats = sheet.conditional_formatting
    sheet.conditional_formatting = ConditionalFormattingList()
    for ranges in formats:
        for rule in ranges.rules:
            condition = " ".join(map(str, rule.formula))
            places = ((int(row), column_index_from_string(column)) for column, row in _CELL.findall(condition))
            if str(ranges.sqref) == _HEAD or names & set(_WORD.findall(condition)):
                continue
            if all(_holds(shown, place) for place in places):
                own = copy(rule)  # the look is one that other workbooks share
                if rule.dxf is not None:
                    own.dxf = copy(rule.dxf)
                    own.dxf.fill = None
                sheet.conditional_formatting.add(str(ranges.sqref), own)


def _holds(areas: Iterable[Area], place: Place) -> bool:
    return any(area.holds(place) for area in areas)


def _drawn(parts: Parts) -> dict[str, list[Area]]:
    """The cells that charts are drawn from, by sheet."""
    found: dict[str, list[Area]] = {}
    for name, part in parts.items():
        if _CHART.fullmatch(name):
            for quoted, plain, where in _REFERENCE.findall(part.decode()):
                if area := area_of(where):
                    found.setdefault(quoted or plain, []).append(area)
    return found
