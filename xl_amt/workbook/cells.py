"""Writing cells: values, formulas, headers, defined names, and the rules that inputs obey."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from math import isfinite
from typing import Any

from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import absolute_coordinate, column_index_from_string, get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.errors import ArgumentError
from xl_amt.package import LONGEST_TEXT
from xl_amt.reading.words import NOT_IN_A_CELL
from xl_amt.workbook import style
from xl_amt.workbook.style import Look

Value = str | float | date | None

_QUOTED = 40  # characters of a text that no cell can hold
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

# The arguments that nearly every AMT_ function takes, as the workbook's defined names.
# A status or a year that is not entered yet is taken as single and the last enacted year, so no formula fails;
# no answer is shown before Missing_inputs is empty.
CLIENT = "Wages,Status_asked,Year_asked"


def facts_in(
    jurisdiction: str,
    federal: tuple[str, str] = ("Federal_labels", "Federal_amounts"),
    every: tuple[str, str] = ("Fact_labels", "Fact_amounts"),
) -> str:
    """The last arguments of a function that is asked about a jurisdiction, the name of the cell that says which.

    A question of the federal tax alone takes the ``federal`` labels and amounts: a state's are refused in it.

    >>> facts_in("CA_law_asked")
    'Fact_labels,Fact_amounts,CA_law_asked'
    >>> facts_in("First_asked").partition(",Fact_labels")[0]
    'IF(IFERROR(FIND("US",First_asked),0)=1,Federal_labels'
    """
    code = jurisdiction.removesuffix("_law_asked")
    if code != jurisdiction:
        return ",".join((*(federal if code == "US" else every), jurisdiction))
    # What is asked may name a law book after the code.
    is_federal = f'IFERROR(FIND("US",{jurisdiction}),0)=1'
    if jurisdiction == "Jurisdiction_asked":
        is_federal = f'AND({is_federal},Second_asked="")'
    labels, amounts = (f"IF({is_federal},{own},{all_})" for own, all_ in zip(federal, every, strict=True))
    return f"{labels},{amounts},{jurisdiction}"


FACTS = facts_in("Jurisdiction_asked")


def columns(first: str, last: str) -> list[str]:
    """Column letters from one to another.

    >>> columns("Y", "AB")
    ['Y', 'Z', 'AA', 'AB']
    """
    return [
        get_column_letter(number)
        for number in range(column_index_from_string(first), column_index_from_string(last) + 1)
    ]


def span(column: str, rows: range) -> str:
    """The cells of a column in some rows, as an absolute reference on the same sheet.

    >>> span("D", range(8, 28))
    '$D$8:$D$27'
    """
    return f"${column}${rows[0]}:${column}${rows[-1]}"


def put(sheet: Worksheet, address: str, value: Value, look: Look, number_format: str = style.GENERAL) -> None:
    """Write a value or a formula that this program made, and give the cell its look."""
    cell = sheet[address]
    cell.value = value
    look.apply(cell, number_format)


def put_text(sheet: Worksheet, address: str, text: str, look: Look) -> None:
    """Write a text from outside as text, whatever it begins with; a blank stays blank."""
    if NOT_IN_A_CELL.search(text):
        shown = NOT_IN_A_CELL.sub("?", text[:_QUOTED])
        raise ArgumentError(f"'{shown}' holds a control character, which a spreadsheet cannot: remove it.")
    if len(text) > LONGEST_TEXT:
        raise ArgumentError(
            f"'{text[:_QUOTED]}…' has {len(text):,} characters, and a cell holds {LONGEST_TEXT:,}: shorten it."
        )
    put(sheet, address, None, look, style.TEXT)
    if text:
        cell = sheet[address]
        cell.value = in_the_file(text)
        cell.data_type = "s"
        cell.quotePrefix = text[0] in "=+-@"  # editing the cell must not turn it into a formula


def in_the_file(text: str) -> str:
    """A text as the file writes it, where _x0041_ stands for the letter A: one that holds such signs keeps them.

    >>> in_the_file("_x0041_ and a_b")
    '_x005F_x0041_ and a_b'
    """
    return _ESCAPED.sub("_x005F_", text)


def put_number(sheet: Worksheet, address: str, number: float | None, look: Look, number_format: str) -> None:
    """Write a number from outside; a blank stays blank."""
    if number is not None and not isfinite(number):
        raise ArgumentError(f"{sheet.title}!{address}: {number} is not a number that a cell can hold.")
    put(sheet, address, number, look, number_format)


def put_headers(
    sheet: Worksheet, row: int, first_column: str, headers: Sequence[str], *, words: int = 1, height: float = 48
) -> None:
    """Write a table's headers: over columns of words (the first few) to the left, over numbers to the right."""
    first = column_index_from_string(first_column)
    for place, header in enumerate(headers):
        look = style.HEADER.to_the("left") if place < words else style.NUMBER_HEADER
        put(sheet, f"{get_column_letter(first + place)}{row}", header, look)
    sheet.row_dimensions[row].height = height


def put_section(sheet: Worksheet, row: int, first_column: str, last_column: str, title: str) -> None:
    """Write a section's title on a band of colour."""
    for column in columns(first_column, last_column):
        put(sheet, f"{column}{row}", title if column == first_column else None, style.SECTION)
    sheet.row_dimensions[row].height = 20


def define(sheet: Worksheet, name: str, where: str) -> None:
    """Name a cell or a range of the sheet, so formulas read as words."""
    workbook = sheet.parent
    assert workbook is not None
    place = f"{quote_sheetname(sheet.title)}!{absolute_coordinate(where)}"
    known = workbook.defined_names.get(name)
    assert known is None or known.attr_text == place, f"{name} stands for two places"
    workbook.defined_names[name] = DefinedName(name, attr_text=place)


def flag(sheet: Worksheet, where: str, condition: str, look: DifferentialStyle) -> None:
    """Give cells another look while a condition holds (a formula for the first cell, without "=")."""
    sheet.conditional_formatting.add(where, Rule(type="expression", dxf=look, formula=[condition]))


def allow_list(sheet: Worksheet, where: str, choices: Iterable[str], message: str) -> None:
    """Allow only the choices in an input, offered as a list."""
    _allow(sheet, where, message, type="list", formula1=f'"{",".join(choices)}"')


def allow_numbers(
    sheet: Worksheet,
    where: str,
    message: str,
    *,
    least: float | None = 0,
    most: float | str | None = None,
    whole: bool = False,
) -> None:
    """Allow only numbers within bounds in an input; a bound may be a cell."""
    kind = "whole" if whole else "decimal"
    if least is None:
        _allow(sheet, where, message, type=kind, operator="between", formula1="-1E+15", formula2="1E+15")
    elif most is None:
        _allow(sheet, where, message, type=kind, operator="greaterThanOrEqual", formula1=str(least))
    else:
        _allow(sheet, where, message, type=kind, operator="between", formula1=str(least), formula2=str(most))


def allow_dates(sheet: Worksheet, where: str, message: str) -> None:
    """Allow only dates in an input."""
    _allow(sheet, where, message, type="date", operator="greaterThan", formula1="1")


def _allow(sheet: Worksheet, where: str, message: str, **rule: Any) -> None:
    validation = DataValidation(
        allow_blank=True, showErrorMessage=True, errorTitle="Please check this entry", error=message, **rule
    )
    validation.add(where)
    sheet.add_data_validation(validation)
