"""What the add-in does inside LibreOffice; the component that LibreOffice loads adds only the types of UNO.

What comes in: a number, TRUE, FALSE or a date as a float; text as text; a blank cell as 0; what is left out as None; a
range as rows of these, in which a blank cell is an empty text.

What a cell shows where there is no answer: the error value itself, also in a cell of a range, and
``=AMT_WHY("AMT_ROOM", ...)`` gives the sentence behind it.

This module runs in whatever Python LibreOffice brings, and has to say so itself where that is too old for the engine.
"""

from __future__ import annotations

import sys
from pathlib import Path
from struct import pack, unpack
from typing import Any, Final

OLDEST_PYTHON: Final = (3, 10)  # that of LibreOffice 25.2; its predecessors on Windows and Mac bring 3.8 and 3.9
TOML_READER: Final = "before_python_3_11"  # the folder, next to this module, with the tomllib that Python 3.10 lacks
CATEGORY: Final = "Add-In"  # LibreOffice lists functions under its own categories only

# LibreOffice holds an error as a number that is none, with the error's code in its lowest bits.
_NOT_A_NUMBER: Final = 0x7FF8_0000_0000_0000
_ERROR_VALUES: Final = {
    text: unpack("<d", pack("<Q", _NOT_A_NUMBER | code))[0]
    for text, code in {
        "#NULL!": 521,
        "#DIV/0!": 532,
        "#VALUE!": 519,
        "#REF!": 524,
        "#NAME?": 525,
        "#NUM!": 503,
        "#N/A": 32767,
    }.items()
}

if sys.version_info < (3, 11):  # noqa: UP036 - the Python is that of LibreOffice, not ours
    sys.path.append(str(Path(__file__).with_name(TOML_READER)))


class AddIn:
    """The worksheet functions as LibreOffice asks about them: by the name of a method, and the place of an argument.

    ``described`` holds for each method the name, the description and the arguments of the function, and whether the
    last argument repeats. The method names are those of the UNO interface XAddIn.
    """

    described: dict[str, dict[str, Any]]
    locale: Any = None

    def setLocale(self, locale: Any) -> None:  # noqa: N802
        """Keep the language of LibreOffice; the functions have one name in all of them."""
        self.locale = locale

    def getLocale(self) -> Any:  # noqa: N802
        """The language that LibreOffice has set."""
        return self.locale

    def getProgrammaticFuntionName(self, name: str) -> str:  # noqa: N802 - UNO spells it so
        """The method behind a function's name."""
        return next((method for method, function in self.described.items() if function["name"] == name), "")

    def getDisplayFunctionName(self, method: str) -> str:  # noqa: N802
        """The name of the function, such as AMT_ROOM."""
        return str(self.described[method]["name"])

    def getFunctionDescription(self, method: str) -> str:  # noqa: N802
        """What the function gives."""
        return str(self.described[method]["description"])

    def getDisplayArgumentName(self, method: str, place: int) -> str:  # noqa: N802
        """The name of an argument."""
        return self._argument(method, place)[0]

    def getArgumentDescription(self, method: str, place: int) -> str:  # noqa: N802
        """What an argument is."""
        return self._argument(method, place)[1]

    def getProgrammaticCategoryName(self, _method: str) -> str:  # noqa: N802
        """Where the function wizard lists the function."""
        return CATEGORY

    def getDisplayCategoryName(self, _method: str) -> str:  # noqa: N802
        """Where the function wizard lists the function."""
        return CATEGORY

    def call(self, method: str, arguments: tuple[Any, ...]) -> Any:
        """What the cell shows: a float, a text, or for a range rows of them."""
        function = self.described[method]
        if function["repeats"]:
            arguments = (*arguments[:-1], *arguments[-1])
        return shown(function["name"], arguments)

    def _argument(self, method: str, place: int) -> tuple[str, str]:
        arguments = self.described[method]["arguments"]
        name, description = arguments[min(place, len(arguments) - 1)]
        return name, description


def shown(name: str, arguments: tuple[Any, ...]) -> Any:
    """What the cell ``=NAME(arguments)`` shows: a float, a text, or for a range rows of them."""
    if sys.version_info < OLDEST_PYTHON:
        return _too_old() if name == "AMT_WHY" else _ERROR_VALUES["#VALUE!"]
    from xl_amt.worksheet.error_values import shown_in_cell  # the engine waits for the first cell that needs it

    while arguments and arguments[-1] is None:  # left out
        arguments = arguments[:-1]
    result = shown_in_cell(_ERROR_VALUES, name, *arguments)
    if isinstance(result, list):
        return tuple([tuple(map(_cell, row)) for row in result])
    return _cell(result)


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return value
    return "" if value is None else float(value)


def _too_old() -> str:
    return (
        f"LibreOffice runs Python {sys.version_info[0]}.{sys.version_info[1]} here, and xl-amt needs "
        f"{OLDEST_PYTHON[0]}.{OLDEST_PYTHON[1]} or later: update LibreOffice to 25.2 or later."
    )
