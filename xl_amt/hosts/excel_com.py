"""Excel on Windows: every worksheet function, registered through xlwings.

Name this module under *UDF Modules* in the xlwings ribbon and press *Import Functions*: xlwings then writes a VBA
function for each of them into the workbook. On a Mac or on Linux the module can be imported, but xlwings leaves the
functions as they are.

What comes in: a cell arrives as a number, text, TRUE or FALSE, or None where it is blank; a range as rows of these; a
date as its serial number; an error value as its text, such as ``#DIV/0!``. What a number looks like in its cell does
not matter.

What a cell shows where there is no answer: the text of the error value, ``#VALUE!``, ``#N/A`` or ``#NUM!``, in each
failing cell of a range; ``=AMT_WHY("AMT_ROOM", ...)`` gives the sentence behind it. It is text, because xlwings cannot
hand an error value to Excel: SUM passes over it, ISERROR and IFERROR do not see it, arithmetic with it gives #VALUE!,
and the worksheet functions here take it for the error that it names. ISNUMBER tells an answer from an error.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from decimal import Decimal
from inspect import Parameter, Signature
from typing import Any, Final

import xlwings
from xlwings.conversion import Converter, ReadValueFromRangeStage

from xl_amt.hosts.excel_addin.vba import ERROR_VALUES
from xl_amt.reading.dates import SERIAL_NUMBER_0
from xl_amt.worksheet import FUNCTIONS, Argument, WorksheetFunction
from xl_amt.worksheet.error_values import shown_in_cell

_IN_EVERY_CODE_PAGE: Final = str.maketrans("×−–", "x--")  # VBA keeps help in the code page of the computer
_MOMENT_0: Final = datetime.combine(SERIAL_NUMBER_0, time())  # a cell's date has no time zone
_ERROR_TEXTS: Final = {text: text for text in ERROR_VALUES}

# Error values arrive as integers near -2^31, where a cell's numbers are floats. xlwings knows the seven oldest.
_ERRORS_BELOW: Final = -2_000_000_000
_NEWER_ERRORS: Final = {
    -2146826245: "#GETTING_DATA",
    -2146826243: "#SPILL!",
    -2146826242: "#CONNECT!",
    -2146826241: "#BLOCKED!",
    -2146826240: "#UNKNOWN!",
    -2146826239: "#FIELD!",
    -2146826238: "#CALC!",
    -2146826237: "#BUSY!",
}


class CellValues(Converter):
    """An argument as the registry expects it: a single value, or a range as rows of values."""

    @classmethod
    def base_reader(cls, options: Any, base_type: Any = None) -> Any:
        """What the cells hold, row by row."""
        reader = super().base_reader(options, base_type)  # type: ignore[no-untyped-call]
        return reader.insert_stage(_read_range, replace=ReadValueFromRangeStage)

    @staticmethod
    def read_value(rows: list[list[Any]], _options: Any) -> Any:
        """Plain values; a range of one cell as that cell."""
        rows = [[_plain(cell) for cell in row] for row in rows]
        return rows[0][0] if len(rows) == len(rows[0]) == 1 else rows


def _read_range(context: Any) -> None:
    if context.range is not None:
        # Not Value, which xlwings reads: it rounds a cell in a currency format to four decimals.
        context.value = context.range.api.Value2


def _plain(cell: Any) -> Any:
    # Decimals and dates come from a ParamArray, of which VBA hands over the Value.
    if isinstance(cell, Decimal):
        return float(cell)
    if isinstance(cell, datetime):
        return (cell - _MOMENT_0) / timedelta(days=1)
    if type(cell) is int and cell < _ERRORS_BELOW:
        return _NEWER_ERRORS.get(cell, "#UNKNOWN!")
    return cell


def _excel_function(described: WorksheetFunction) -> Callable[..., Any]:
    """The function that xlwings registers under the Excel name."""

    def function(*arguments: Any) -> Any:
        return shown_in_cell(_ERROR_TEXTS, described.name, *arguments)

    function.__name__ = function.__qualname__ = described.name
    function.__doc__ = _help(described.summary, described.result)
    function.__annotations__ = {}  # xlwings would take them for converters
    function.__signature__ = Signature([_parameter(item) for item in described.arguments])  # type: ignore[attr-defined]
    for item in described.arguments:
        options = {"ndim": 2, "err_to_str": True, "doc": _help(item.description, item.unit)}
        function = xlwings.arg(item.name, CellValues, **options)(function)
    return xlwings.func(category=f"xl-amt: {described.category}")(function)  # last: xlwings.arg resets the category


def _parameter(argument: Argument) -> Parameter:
    if argument.kind == "anything":
        return Parameter(argument.name, Parameter.VAR_POSITIONAL)
    default = Parameter.empty if argument.required else None
    return Parameter(argument.name, Parameter.POSITIONAL_OR_KEYWORD, default=default)


def _help(text: str, unit: str) -> str:
    return (f"{text} [{unit}]" if unit else text).translate(_IN_EVERY_CODE_PAGE)


# xlwings looks for the functions among the module's attributes.
globals().update({name: _excel_function(described) for name, described in FUNCTIONS.items()})
