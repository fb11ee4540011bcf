"""The VBA of the add-in in pyOpenVBA's interpreter, with a stand-in for xlwings' library.

The stand-in hands the calls to ``xl_amt.hosts.excel_com``, cleaned by the converter that xlwings uses there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from pyopenvba.interpreter import (
    EMPTY,
    MISSING,
    HostBridge,
    Interpreter,
    VBAArray,
    VBAErrorValue,
    VBAInt,
    VBAObject,
    member,
    method,
)
from pyopenvba.interpreter._values import error

from tests.hosts.calls import Blank, Call, Day, Error, Placement, Rows, standing
from tests.hosts.calls import Cells as RangeOfCells
from tests.hosts.excel_com import SCODE_OF_ERRORS, as_excel
from xl_amt.hosts import excel_com
from xl_amt.hosts.excel_addin import vba

TEXTS = {number: text for text, number in vba.ERROR_VALUES.items()}


ROWS_OF_A_SHEET = 1_048_576


class Sheet(VBAObject):
    """A worksheet that is used in its first so many rows."""

    vba_type_name = "Worksheet"

    def __init__(self, used=ROWS_OF_A_SHEET):
        self.used = used

    @member
    def UsedRange(self):  # noqa: N802 - Excel's name
        """From the first row on."""
        return Cells(EMPTY, rows=self.used)

    @member
    def Rows(self):  # noqa: N802
        """All of them."""
        return Counted(ROWS_OF_A_SHEET)


class Cells(VBAObject):
    """A range of a worksheet: rows of values, or the value of one cell."""

    vba_type_name = "Range"

    def __init__(self, value, areas=1, rows=None, first=1, used=ROWS_OF_A_SHEET):
        self.value, self.areas, self.first, self.used = value, areas, first, used
        self.rows = rows or (len(value) if isinstance(value, tuple) else 1)

    @member
    def Row(self):  # noqa: N802 - Excel's name
        """The number of the first row."""
        return VBAInt(self.first)

    @member
    def Rows(self):  # noqa: N802
        """Something that can be counted."""
        return Counted(self.rows)

    @member
    def Worksheet(self):  # noqa: N802
        """The sheet of the range."""
        return Sheet(self.used)

    @method
    def Resize(self, rows):  # noqa: N802
        """As many rows of it; what stands there is what was given, of a whole column as of its beginning."""
        return Cells(self.value[: int(rows)])

    @member
    def Value2(self):  # noqa: N802 - Excel's name
        """The values as VBA sees them."""
        return as_array(self.value) if isinstance(self.value, tuple) else self.value

    @member
    def Areas(self):  # noqa: N802
        """Something that can be counted."""
        return Counted(self.areas)


class Counted(VBAObject):
    """A collection of which only the number is asked."""

    def __init__(self, number):
        self.number = number

    @member
    def Count(self):  # noqa: N802
        """How many."""
        return VBAInt(self.number)


class Engine(VBAObject):
    """What xlwings' library gives VBA: Python's COM server."""

    def __init__(self):
        self.asked = []
        self.fails = 0

    @method
    def CallUDF(self, module, name, arguments):  # noqa: N802
        """As the COM server of xlwings: a row alone comes back without its table."""
        self.asked.append((module, name))
        if self.fails:
            self.fails -= 1
            raise error(462, "The RPC server is unavailable.")
        given = [self._argument(item) for item in arguments.elements()]
        result = getattr(excel_com, name)(*given)
        if not isinstance(result, list):
            return result
        return as_array(tuple(map(tuple, result)) if len(result) > 1 else tuple(result[0]))

    @staticmethod
    def _argument(value):
        if value is MISSING:
            return None
        rows = as_rows(value) if isinstance(value, VBAArray) else [[value]]
        return excel_com.CellValues.read_value([[as_com(cell) for cell in row] for row in rows], {})


class Host(HostBridge):
    """Excel, as far as the functions ask for it."""

    def __init__(self, engine):
        self.engine = engine

    def constant(self, name):
        """The constants of Excel."""
        known = {"xlerrna": 2042, "xlerrvalue": 2015}.get(name.lower())
        return super().constant(name) if known is None else VBAInt(known)

    def global_object(self, name):
        """The engine, which the real module Connection gives."""
        return self.engine if name.lower() == "engine" else super().global_object(name)

    def has_global_member(self, name):
        """Disconnect, of the same module."""
        return name.lower() == "disconnect"

    def call_global(self, name, args, named):
        """Nothing is connected here."""


def as_com(cell):
    """A value of VBA as pywin32 gives it to Python."""
    if cell is EMPTY:
        return None
    if isinstance(cell, VBAErrorValue):
        scode = SCODE_OF_ERRORS + cell.number
        return scode if scode in excel_com._NEWER_ERRORS else TEXTS[cell.number]  # xlwings makes text of the oldest
    return cell


def as_rows(array):
    """A table of VBA as a list of rows."""
    (first_row, last_row), (first, last) = array.bounds
    return [[array.get([row, column]) for column in range(first, last + 1)] for row in range(first_row, last_row + 1)]


def as_array(rows):
    """Rows as a table, counted from 1; a single row as a plain array, counted from 0."""
    if not isinstance(rows[0], tuple):
        return VBAArray([(0, len(rows) - 1)], items=list(rows))
    array = VBAArray([(1, len(rows)), (1, len(rows[0]))])
    for row, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells, 1):
            array.set([row, column], cell)
    return array


def caller(engine: Engine) -> Callable[..., Any]:
    """A function that calls a worksheet function through the VBA of the add-in; tables come back as lists of rows."""
    interpreter = Interpreter(Host(engine))
    for name in ("Answers", "Functions"):
        # Attributes of a procedure are for Excel's lists; the interpreter does not know them.
        interpreter.add_module(re.sub(r"(?m)^Attribute .*$", "", vba.standard_modules()[name]), name=name)

    def run(name, *arguments):
        result = interpreter.run(name, list(arguments))
        if not isinstance(result, VBAArray):
            return result
        return as_rows(result) if result.dimensions == 2 else result.elements()

    return run


def answers(calls: list[tuple[Call, Placement, Rows]]) -> list[Rows]:
    """What the VBA function of each call gives its cell."""
    run = caller(Engine())
    return [_answer(run, call, placement) for call, placement, _ in calls]


def _answer(run: Callable[..., Any], call: Call, placement: Placement) -> Rows:
    result = run(call.function, *(_argument(*item) for item in standing(call, placement)))
    if not isinstance(result, list):
        result = [[result]]
    elif not isinstance(result[0], list):
        result = [result]
    return [[Error(TEXTS[cell.number]) if isinstance(cell, VBAErrorValue) else cell for cell in row] for row in result]


def _argument(item: Any, placement: Placement) -> Any:
    if isinstance(item, RangeOfCells) or placement == "in cells":
        return Cells(_value(item))
    return MISSING if isinstance(item, Blank) else _value(item)


def _value(item: Any) -> Any:
    if isinstance(item, RangeOfCells):
        return tuple(tuple(map(_value, cells)) for cells in item.rows)
    if isinstance(item, Error):
        return VBAErrorValue(vba.ERROR_VALUES[item.text])
    if isinstance(item, Blank):
        return EMPTY
    return item.serial_number if isinstance(item, Day) else as_excel(item)
