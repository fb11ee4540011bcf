"""Excel on Windows as xlwings' COM server meets it: xlwings' own code, with only Windows itself stubbed.

The server takes the call (``CallUDF``, as xlwings' VBA wrappers make it), and its converters clean the values. Stubbed
are the modules of pywin32, the Windows parts of ctypes, and Excel's objects.
"""

from __future__ import annotations

import ctypes
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time
from types import SimpleNamespace
from typing import Any
from unittest.mock import MagicMock

import pytest

from tests.hosts.calls import Blank, Call, Day, Error, Placement, Rows, standing
from tests.hosts.calls import Cells as RangeOfCells
from xl_amt import hosts
from xl_amt.hosts.excel_addin.vba import ERROR_VALUES
from xl_amt.worksheet import FUNCTIONS

MODULE = "xl_amt.hosts.excel_com"
OMITTED = -2147352572  # DISP_E_PARAMNOTFOUND
SCODE_OF_ERRORS = -2146828288  # what COM adds to the number of an error value


class Cells:
    """A range of Excel as pywin32 hands it over: rows of values, or the single value of a cell."""

    Worksheet, Row, Column, Rows, Columns = MagicMock(), 1, 1, MagicMock(), MagicMock()
    _oleobj_ = MagicMock(
        **{"GetTypeInfo.return_value.GetTypeAttr.return_value.iid": "{00020846-0000-0000-C000-000000000046}"}
    )

    def __init__(self, value, formatted=None):
        self.Value2 = value
        self.Value = value if formatted is None else formatted


def not_wrapped(_value):
    """No argument is an object of the COM server."""
    raise TypeError


def windows_modules():
    """The modules of pywin32, with what xlwings asks of them while it answers a worksheet function."""
    names = ("pythoncom", "win32api", "win32com", "win32con", "win32event", "win32gui", "win32process", "win32timezone")
    modules = {name: MagicMock(name=name) for name in names}
    modules["pythoncom"].__file__ = "pythoncom.dll"
    com = modules["win32com"]
    com.server.util.unwrap = not_wrapped  # plain functions where every call passes: a mock takes longer than the call
    return modules | {
        "pywintypes": SimpleNamespace(IID=str, TimeType=datetime, com_error=OSError, error=OSError),
        "win32com.client": com.client,
        "win32com.server": com.server,
        "win32com.server.dispatcher": com.server.dispatcher,
        "win32com.server.policy": com.server.policy,
        "win32com.server.util": com.server.util,
    }


@contextmanager
def excel() -> Iterator[SimpleNamespace]:
    """The xlwings of Windows, with our functions registered."""
    stubs = windows_modules()

    def replaced():
        return [name for name in sys.modules if name in stubs or name == MODULE or name.split(".")[0] == "xlwings"]

    with pytest.MonkeyPatch.context() as patch:
        for name in replaced():
            patch.delitem(sys.modules, name)
        patch.setattr(hosts, "excel_com", None, raising=False)
        sys.modules.update(stubs)
        with patch.context() as while_importing:
            while_importing.setattr(sys, "platform", "windows, stubbed")
            for name in ("PyDLL", "oledll", "windll"):
                while_importing.setattr(ctypes, name, MagicMock(), raising=False)
            xlwings = importlib.import_module("xlwings")
        yield SimpleNamespace(
            call=lambda name, *arguments: xlwings.com_server.XLPython().CallUDF(MODULE, name, arguments),
            import_functions=lambda workbook: xlwings.import_udfs(MODULE, workbook),
            module=xlwings.udfs.get_udf_module(MODULE, None),
        )
        for name in replaced():
            del sys.modules[name]


def as_excel(value):
    """Every number in Excel is a double."""
    return float(value) if type(value) is int else value


def answers(calls: list[tuple[Call, Placement, Rows]]) -> list[Rows]:
    """What COM hands back for each call."""
    with excel() as windows:
        return [_answer(windows, call, placement) for call, placement, _ in calls]


def _answer(windows: SimpleNamespace, call: Call, placement: Placement) -> Rows:
    if FUNCTIONS[call.function].takes_any_number_of_arguments:
        given = [_value_of_cell(*item) for item in standing(call, placement)]
    else:
        given = [_argument(*item) for item in standing(call, placement)]
    result = windows.call(call.function, *given)
    if not isinstance(result, list):
        return [[result]]
    return result if isinstance(result[0], list) else [result]  # a single row comes back alone


def _argument(item: Any, placement: Placement) -> Any:
    if isinstance(item, RangeOfCells) or placement == "in cells":
        return Cells(_value2(item), _value_of_cell(item, "in cells"))
    return OMITTED if isinstance(item, Blank) else _value2(item)


def _value2(item: Any) -> Any:
    if isinstance(item, RangeOfCells):
        return tuple(tuple(map(_value2, cells)) for cells in item.rows)
    if isinstance(item, Error):
        return SCODE_OF_ERRORS + ERROR_VALUES[item.text]
    if isinstance(item, Blank):
        return None
    return item.serial_number if isinstance(item, Day) else as_excel(item)


def _value_of_cell(item: Any, placement: Placement) -> Any:
    """What VBA hands over for a ParamArray: a date as such where its cell is formatted as one."""
    if isinstance(item, RangeOfCells):
        return tuple(tuple(_value_of_cell(cell, "in cells") for cell in cells) for cells in item.rows)
    if isinstance(item, Blank) and placement == "typed":
        return OMITTED
    if isinstance(item, Day) and placement == "in cells":
        return datetime.combine(item.date, time(), UTC)
    return _value2(item)
