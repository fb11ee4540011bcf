"""The VBA of the add-in: its modules, and what is written from the registry.

Each worksheet function becomes a VBA function of its Excel name, which hands its arguments to ``Answer``. Texts of
help are cut to what Excel takes.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from typing import Final

from xl_amt.worksheet import FUNCTIONS, Argument, WorksheetFunction

FILE_NAME: Final = "xl_amt.xlam"
CONFIGURATION: Final = ".xl_amt\\xl_amt.conf"  # in the user's folder
INTERPRETER_KEY: Final = "INTERPRETER_WIN"
LIBRARY_KEY: Final = "XLWINGS_FOLDER"  # where pip put the library of xlwings
PACKAGES_KEY: Final = "PACKAGES"  # of the user, by pip install --user; or of the Python
OF_THE_USER: Final = "USER"
OF_THE_PYTHON: Final = "PYTHON"
NAME_IN_OUR_WORKBOOKS: Final = "Law_enacted_through"  # by which the add-in knows a workbook that xl-amt made
XLWINGS_VERSION: Final = "0.37.8"  # VBA declares the functions of xlwings' library under a name that holds its version

LONGEST_DESCRIPTION: Final = 255
MOST_DESCRIBED_ARGUMENTS: Final = 20

# [MS-OE376] and the object model: XlCVError, and the newer ones that Excel itself returns by CVErr.
ERROR_VALUES: Final = {
    "#NULL!": 2000,
    "#DIV/0!": 2007,
    "#VALUE!": 2015,
    "#REF!": 2023,
    "#NAME?": 2029,
    "#NUM!": 2036,
    "#N/A": 2042,
    "#SPILL!": 2045,
    "#CONNECT!": 2046,
    "#BLOCKED!": 2047,
    "#UNKNOWN!": 2048,
    "#FIELD!": 2049,
    "#CALC!": 2050,
    "#BUSY!": 2051,
}

_MODULES: Final = ("Connection", "Answers", "Rebinding", "Ribbon")
_PARTS_OF_TEXT: Final = {
    "XLWINGS_VERSION": XLWINGS_VERSION,
    "CONFIGURATION": CONFIGURATION,
    "INTERPRETER_KEY": INTERPRETER_KEY,
    "LIBRARY_KEY": LIBRARY_KEY,
    "PACKAGES_KEY": PACKAGES_KEY,
    "OF_THE_USER": OF_THE_USER,
    "NAME_IN_OUR_WORKBOOKS": NAME_IN_OUR_WORKBOOKS,
    "FILE_NAME": FILE_NAME,
    "SERVE_MODULE": "xl_amt.hosts.excel_addin.serve",
    "COMMANDS_MODULE": "xl_amt.hosts.excel_addin.commands",
    "FUNCTIONS_MODULE": "xl_amt.hosts.excel_com",
    "EXPORTS": "*.xlsx;*.csv",
    "ERROR_VALUES": "\n".join(
        f'        Case "{text}": WithErrorValue = CVErr({number})' for text, number in ERROR_VALUES.items()
    ),
}
_IN_EVERY_CODE_PAGE: Final = str.maketrans("×−–…", "x--.")  # VBA keeps text in the code page of the computer


def standard_modules() -> dict[str, str]:
    """The text of each standard module under its name."""
    return {name: _module(f"{name}.bas") for name in _MODULES} | {
        "Functions": functions_module(FUNCTIONS.values()),
        "Descriptions": descriptions_module(FUNCTIONS.values()),
    }


def workbook_module() -> str:
    """What the add-in does when Excel opens it."""
    return _module("ThisWorkbook.cls")


def functions_module(functions: Iterable[WorksheetFunction]) -> str:
    """A VBA function for each worksheet function."""
    heading = "' The worksheet functions, written from the registry.\nOption Explicit\n"
    return "\n".join([heading, *map(_wrapper, functions)])


def descriptions_module(functions: Iterable[WorksheetFunction]) -> str:
    """What the function wizard shows: one procedure a category, because VBA limits the size of one."""
    functions = list(functions)
    categories = list(dict.fromkeys(function.category for function in functions))
    calls = "\n".join(f"    {_procedure(category)}" for category in categories)
    procedures = [
        "\n".join(
            (
                f"Private Sub {_procedure(category)}()",
                *(_description(item) for item in functions if item.category == category),
                "End Sub\n",
            )
        )
        for category in categories
    ]
    return "\n".join([_module("Descriptions.bas").replace("@CATEGORIES@", calls), *procedures])


def help_text(text: str, unit: str = "") -> str:
    """A description as Excel takes it: in plain letters, with its unit, no longer than 255."""
    whole = (f"{text} [{unit}]" if unit else text).translate(_IN_EVERY_CODE_PAGE)
    return whole if len(whole) <= LONGEST_DESCRIPTION else f"{whole[: LONGEST_DESCRIPTION - 3]}..."


def _module(file_name: str) -> str:
    text = files(__package__).joinpath("modules", file_name).read_text("utf-8")
    for name, part in _PARTS_OF_TEXT.items():
        text = text.replace(f"@{name}@", part)
    return text


def _wrapper(function: WorksheetFunction) -> str:
    name = function.name
    head = (
        f"Public Function {name}({', '.join(map(_parameter, function.arguments))}) As Variant",
        f"Attribute {name}.VB_Description = {_quoted(help_text(function.summary, function.result))}",
    )
    if function.takes_any_number_of_arguments:
        return "\n".join((*head, _body_of_any_number(function)))
    given = ", ".join(item.name for item in function.arguments)
    return "\n".join((*head, f'    {name} = Answer("{name}", Array({given}))', "End Function\n"))


def _body_of_any_number(function: WorksheetFunction) -> str:
    """The body of AMT_WHY, which also says why Python cannot be reached."""
    *named, rest = (item.name for item in function.arguments)
    count = len(named)
    lines = (
        "Dim given() As Variant, item As Long",
        f"ReDim given(0 To UBound({rest}) + {count})",
        *(f"If IsObject({x}) Then Set given({at}) = {x} Else given({at}) = {x}" for at, x in enumerate(named)),
        f"For item = 0 To UBound({rest})",
        f"    If IsObject({rest}(item)) Then",
        f"        Set given(item + {count}) = {rest}(item)",
        "    Else",
        f"        given(item + {count}) = {rest}(item)",
        "    End If",
        "Next item",
        f'{function.name} = Answer("{function.name}", given)',
        f"If IsError({function.name}) Then {function.name} = Trouble()",
    )
    return "\n".join((*(f"    {line}" for line in lines), "End Function\n"))


def _parameter(argument: Argument) -> str:
    if argument.kind == "anything":
        return f"ParamArray {argument.name}() As Variant"
    return f"{'' if argument.required else 'Optional '}{argument.name} As Variant"


def _description(function: WorksheetFunction) -> str:
    described = function.arguments[:MOST_DESCRIBED_ARGUMENTS]
    arguments = ", _\n        ".join(_quoted(help_text(item.description, item.unit)) for item in described)
    return (
        f'    Describe "{function.name}", {_quoted(help_text(f"xl-amt: {function.category}"))}, _\n'
        f"        {_quoted(help_text(function.summary, function.result))}, Array( _\n"
        f"        {arguments})"
    )


def _procedure(category: str) -> str:
    return f"Describe_{''.join(letter if letter.isalnum() else '_' for letter in category)}"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
