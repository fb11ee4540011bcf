"""What a host cannot be asked, or answers in its own way: each once, with its reason."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest
from typing import Any, Final, NamedTuple

from tests.hosts.calls import BLANK, Blank, Call, Cells, Error, Placement, Rows, python_rows, python_sentence
from xl_amt.worksheet import FUNCTIONS


def _unchanged(item: Any) -> Any:
    return item


def _as_python(_: Call, rows: Rows) -> Rows:
    return rows


class Difference(NamedTuple):
    """How a host differs: the value that arrives in place of another one, or what is shown for Python's answer.

    ``arrives`` concerns each cell, and ``alone`` what is no range. ``shows`` gives None for a call that cannot be put
    to the host. ``placement`` is where the single values stand, if it matters.
    """

    host: str
    reason: str
    arrives: Callable[[Any], Any] = _unchanged
    alone: Callable[[Any], Any] = _unchanged
    shows: Callable[[Call, Rows], Rows | None] = _as_python
    placement: Placement | None = None


def expected(host: str, call: Call, placement: Placement, *, without: Difference | None = None) -> Rows | None:
    """What the host has to show; None where the call cannot be put to it."""
    differences = [
        item
        for item in DIFFERENCES
        if item.host == host and item.placement in (None, placement) and item is not without
    ]
    for item in differences:
        arguments = (_each(item.arrives, argument) for argument in call.arguments)
        call = call._replace(arguments=tuple(_alone(item.alone, argument) for argument in arguments))
    rows: Rows | None = python_rows(call)
    for item in differences:
        if rows is not None:
            rows = item.shows(call, rows)
    return rows


def _each(change: Callable[[Any], Any], argument: Any) -> Any:
    if isinstance(argument, Cells):
        return Cells([[change(cell) for cell in cells] for cells in argument.rows])
    return change(argument)


def _alone(change: Callable[[Any], Any], argument: Any) -> Any:
    return argument if isinstance(argument, Cells) else change(argument)


def _zero_for_blank(item: Any) -> Any:
    return 0.0 if isinstance(item, Blank) else item


# The shell


def _no_ranges(call: Call, rows: Rows) -> Rows | None:
    names = [argument.name for argument in FUNCTIONS[call.function].arguments]
    others = [
        item for name, item in zip_longest(names, call.arguments, fillvalue=None) if name not in ("labels", "amounts")
    ]
    return None if any(isinstance(item, Cells) for item in others) else rows


def _pairs_only(call: Call, rows: Rows) -> Rows | None:
    names = [argument.name for argument in FUNCTIONS[call.function].arguments]
    if "labels" not in names or len(call.arguments) <= names.index("labels"):
        return rows
    at = names.index("labels")
    labels, amounts = (item if isinstance(item, Cells) else Cells([[item]]) for item in call.arguments[at : at + 2])
    if [len(cells) for cells in labels.rows] != [len(cells) for cells in amounts.rows]:
        return None
    for names_of_row, amounts_of_row in zip(labels.rows, amounts.rows, strict=True):
        for label, amount in zip(names_of_row, amounts_of_row, strict=True):
            if not isinstance(label, str) and (label not in (BLANK, 0) or amount not in (BLANK, 0)):
                return None
    return rows


def _no_truth(call: Call, rows: Rows) -> Rows | None:
    return None if any(isinstance(item, bool) for item in call.arguments) else rows


def _digits(item: Any) -> Any:
    return float(item) if isinstance(item, str) and item.isdecimal() else item


def _sentence(call: Call, rows: Rows) -> Rows:
    if isinstance(rows[0][0], Error):
        return [[f"exit code 2: xl-amt: {python_sentence(call)}"]]
    return rows


# COM


def _texts(_: Call, rows: Rows) -> Rows:
    return [[cell.text if isinstance(cell, Error) else cell for cell in cells] for cells in rows]


# formualizer


def _first_error(_: Call, rows: Rows) -> Rows:
    return next(([[cell]] for cells in rows for cell in cells if isinstance(cell, Error)), rows)


# LibreOffice


def _number(item: Any) -> Any:
    return float(item) if isinstance(item, bool) else item


def _refused_range(call: Call, rows: Rows) -> Rows:
    for item in call.arguments:
        if isinstance(item, Cells) and any(isinstance(cell, Error) for cells in item.rows for cell in cells):
            return [[Error("#VALUE!") for _ in cells] for cells in rows]
    return rows


def _same_error(call: Call, rows: Rows) -> Rows:
    return next(([[item]] for item in call.arguments if isinstance(item, Error)), rows)


DIFFERENCES: Final = (
    Difference("shell", "A range cannot be typed.", shows=_no_ranges),
    Difference("shell", "--set gives a label one amount, and an amount needs a label.", shows=_pairs_only),
    Difference("shell", "TRUE and FALSE are words.", shows=_no_truth),
    Difference("shell", "A number and its digits as text are typed alike.", arrives=_digits),
    Difference("shell", "An error is its sentence, and exit code 2.", shows=_sentence),
    Difference("COM", "Python can hand over only the text of an error value.", shows=_texts),
    Difference("formualizer", "A range of answers with an error in it is that error.", shows=_first_error),
    Difference(
        "formualizer", "What is left out between commas arrives as 0.", alone=_zero_for_blank, placement="typed"
    ),
    Difference("LibreOffice", "TRUE and FALSE arrive as 1 and 0.", arrives=_number),
    Difference("LibreOffice", "A blank cell arrives as 0.", alone=_zero_for_blank, placement="in cells"),
    Difference("LibreOffice", "An error in an argument is the answer; no function is asked.", shows=_same_error),
    Difference("LibreOffice", "A range with an error in it is refused; no function is asked.", shows=_refused_range),
)
