"""What a host's cell shows where there is no answer: one way from an AmtError to it, for every host."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xl_amt.errors import AmtError
from xl_amt.worksheet.answering import answer


def error_value(error: AmtError, codes: Mapping[str, Any]) -> Any:
    """The host's own value for an error; that of #VALUE! where the host has none for it.

    ``codes`` are the error values of a host by the text that its cell shows, such as #N/A.

    >>> from xl_amt.errors import CellHoldsError, NotHeldError
    >>> error_value(NotHeldError("year: ..."), {"#VALUE!": 15, "#N/A": 42})
    42
    >>> error_value(CellHoldsError("#SPILL!", "income"), {"#VALUE!": 15, "#N/A": 42})
    15
    """
    return codes.get(error.cell_value, codes["#VALUE!"])


def with_error_values(result: Any, codes: Mapping[str, Any]) -> Any:
    """An answer, or the rows of one, with the host's own value in place of each error."""
    if isinstance(result, list):
        return [with_error_values(cell, codes) for cell in result]
    return error_value(result, codes) if isinstance(result, AmtError) else result


def shown_in_cell(codes: Mapping[str, Any], name: str, *arguments: Any) -> Any:
    """What the cell ``=NAME(arguments)`` shows in a host: the answer, or the rows of one, errors as its own values.

    >>> shown_in_cell({"#VALUE!": "#VALUE!", "#N/A": "#N/A"}, "AMT_ROOM", [0, -1], "single", 2021)
    [73600.0, '#VALUE!']
    """
    try:
        result = answer(name, *arguments)
    except AmtError as error:
        result = error
    return with_error_values(result, codes)
