"""The sentence behind an error."""

from __future__ import annotations

from typing import Any

from xl_amt.errors import AmtError
from xl_amt.reading.cells import read_text
from xl_amt.worksheet import answering
from xl_amt.worksheet.registry import worksheet


@worksheet(
    "AMT_WHY(function_name, [arguments])",
    category="Help",
    answer="text",
    result="text",
    example=("AMT_ROOM", 150_000, "singel", 2021),
    gives="status: 'singel' is not a filing status; use single, mfj, mfs, hoh or qss.",
    takes_columns=False,
)
def amt_why(function_name: Any = None, *arguments: Any) -> str:
    """Why a function shows an error, in one sentence; "ok" if it shows none.

    Enter the function's name and then its arguments, as in =AMT_WHY("AMT_ROOM", B2, B3, B4).
    """
    try:
        answering.call(read_text(function_name, "function_name"), *arguments)
    except AmtError as error:
        return str(error)
    return "ok"
