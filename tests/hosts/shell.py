"""The command line: a call as ``xl-amt calc`` takes it, and what it prints."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

from click.testing import CliRunner

from tests.hosts.calls import BLANK, Call, Cells, Day, Placement, Rows, plain
from xl_amt.cli import main
from xl_amt.worksheet import FUNCTIONS


def answers(calls: list[tuple[Call, Placement, Rows]]) -> list[Rows | None]:
    """What is printed for each call; None where it cannot be typed in a shell."""
    return [_answer(call) for call, _, _ in calls]


def _answer(call: Call) -> Rows | None:
    words = _words(call)
    if words is None:
        return None
    result = CliRunner().invoke(main, ["calc", "--exact", *words], prog_name="xl-amt", catch_exceptions=False)
    if result.exit_code:
        return [[f"exit code {result.exit_code}: {result.stderr.strip()}"]]
    function, printed = FUNCTIONS[call.function], result.stdout.removesuffix("\n")
    if function.gives_a_table:
        return [[_cell(cell) for cell in line.split("\t")] for line in printed.split("\n")]
    if function.answer == "date":
        return [[Day(date.fromisoformat(printed)).serial_number]]
    return [[float(printed) if function.answer == "number" else printed]]


def _cell(printed: str) -> str | float:
    """An amount is printed with all its digits, and so has a point; the number of a line has none."""
    if "." in printed:
        with suppress(ValueError):
            return float(printed)
    return printed


def _words(call: Call) -> list[str] | None:
    names = [argument.name for argument in FUNCTIONS[call.function].arguments]
    arguments, options = list(call.arguments), []
    if "labels" in names[: len(arguments)]:
        at = names.index("labels")
        pairs = _pairs(*arguments[at : at + 2])
        if pairs is None:
            return None
        for label, amount in pairs:
            options += ["--set", f"{label}={_word(amount)}"]
        arguments[at : at + 2] = [BLANK, BLANK]
    words = [_word(argument) for argument in arguments]
    return None if None in words else [call.function, *words, *options]


def _pairs(labels: Any, amounts: Any) -> list[tuple[str, Any]] | None:
    """Each label with its amount, blank pairs left out; None for what --set cannot say."""
    ranges = [item if isinstance(item, Cells) else Cells([[item]]) for item in (labels, amounts)]
    names, values = ([cell for cells in item.rows for cell in cells] for item in ranges)
    if len(ranges[0].rows) != len(ranges[1].rows) or len(names) != len(values):
        return None
    pairs = [pair for pair in zip(names, values, strict=True) if pair[0] not in (BLANK, 0) or pair[1] not in (BLANK, 0)]
    return pairs if all(isinstance(label, str) for label, _ in pairs) else None


def _word(argument: Any) -> str | None:
    if isinstance(argument, Cells | bool):
        return None
    value = plain(argument)
    return "" if value is None else str(value) if isinstance(value, str) else repr(float(value))
