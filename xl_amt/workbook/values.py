"""The value of every formula, put into the file next to the formula.

Without them a viewer, or a program that reads the file, sees nothing until a spreadsheet has calculated it; and a
spreadsheet can calculate it only where the add-in is installed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape, unescape
from typing import Any, Final, NamedTuple

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from xl_amt.errors import FileError
from xl_amt.workbook.calculator import SHOWN, Calculator, kind_of
from xl_amt.workbook.cells import in_the_file
from xl_amt.workbook.evaluation_copy import evaluation_copy, formulas_of_sheet
from xl_amt.workbook.package import Parts, sheet_parts

Value = str | float | bool

# A cell with a formula as openpyxl writes it, in canonical form; its value is still empty.
_FORMULA_CELL: Final = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*)><f>([^<]*)</f><v></v></c>')

_FUNCTION: Final = re.compile(r"AMT_[A-Z0-9_]+(?=\()")


class Formula(NamedTuple):
    """A formula and the cell that it stands in."""

    sheet: str
    address: str
    text: str

    def __str__(self) -> str:
        return f"{self.sheet}!{self.address} (={self.text})"


def formulas(parts: Parts) -> Iterator[Formula]:
    """Every formula of a workbook, sheet by sheet."""
    for sheet, part in sheet_parts(parts).items():
        for address, text in formulas_of_sheet(parts[part].decode()):
            yield Formula(sheet, address, text)


def evaluate(parts: Parts) -> dict[tuple[str, str], Value]:
    """The value of every formula, by sheet and address, also of a workbook that Excel saved.

    A formula that refers to another workbook keeps the value that it has, and is not among them. Raises FileError
    naming the first formula that gives no value, or an error.
    """
    copy = evaluation_copy(parts)
    return _values_of(copy, formulas(copy))


def _values_of(parts: Parts, asked: Iterable[Formula]) -> dict[tuple[str, str], Value]:
    calculator = Calculator(parts)
    calculator.calculate()
    values: dict[tuple[str, str], Value] = {}
    failed: dict[Formula, Any] = {}
    for formula in asked:
        column, row = coordinate_from_string(formula.address)
        value = calculator.value(formula.sheet, row, column_index_from_string(column))
        if isinstance(value, str | float | int):
            values[formula.sheet, formula.address] = value
        else:
            failed[formula] = value
    if failed:
        raise FileError(_complaint(failed, calculator.reasons))
    return values


def fill_values(parts: Parts) -> Parts:
    """The same parts with the value of every formula next to it, and nothing else changed."""
    copy = evaluation_copy(parts)
    values = _values_of(copy, _formulas_without_value(copy))

    def filled(sheet: str, part: str) -> bytes:
        def with_value(cell: re.Match[str]) -> str:
            address, style, formula = cell.groups()
            if (sheet, address) not in values:
                return cell[0]
            kind, shown = _written(values[sheet, address])
            return f'<c r="{address}"{style}{kind}><f>{formula}</f><v>{shown}</v></c>'

        return _FORMULA_CELL.sub(with_value, parts[part].decode()).encode()

    return parts | {part: filled(sheet, part) for sheet, part in sheet_parts(parts).items()}


def _formulas_without_value(parts: Parts) -> Iterator[Formula]:
    """The formulas of a workbook as openpyxl writes it, found without reading its other cells."""
    for sheet, part in sheet_parts(parts).items():
        for address, _, text in _FORMULA_CELL.findall(parts[part].decode()):
            yield Formula(sheet, address, unescape(text))


def _complaint(failed: dict[Formula, Any], reasons: dict[str, str]) -> str:
    """The first formula that a function refused, with its reason; else the first that has no value."""
    for formula, value in failed.items():
        for name in _FUNCTION.findall(formula.text):
            if name in reasons:
                return f"{formula} gives {_shown(value)}: {reasons[name]}"
    formula, value = next(iter(failed.items()))
    return f"{formula} gives {_shown(value)}: correct its formula."


def _shown(value: Any) -> str:
    return SHOWN.get(kind_of(value), "no value")


def _written(value: Value) -> tuple[str, str]:
    """The type attribute of a cell and its value, as the file writes them."""
    if isinstance(value, bool):
        return ' t="b"', str(int(value))
    if isinstance(value, str):
        return ' t="str"', escape(in_the_file(value), quote=False)
    return "", repr(int(value)) if value == int(value) else repr(value)
