"""The engine that calculates a workbook where there is no spreadsheet program, with the functions in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any, Final

from xl_amt.errors import AmtError, FileError
from xl_amt.workbook.package import Parts, pack
from xl_amt.worksheet import FUNCTIONS, call
from xl_amt.worksheet.error_values import error_value

# Error values as formualizer names them.
KINDS: Final = {
    "#VALUE!": "Value",
    "#N/A": "Na",
    "#NUM!": "Num",
    "#NAME?": "Name",
    "#DIV/0!": "Div",
    "#REF!": "Ref",
    "#NULL!": "Null",
}
SHOWN: Final = {kind: shown for shown, kind in KINDS.items()}


class Calculator:
    """A workbook that can be calculated; ``reasons`` are the sentences of the functions that gave an error, by name.

    FileError where the engine is not installed.
    """

    def __init__(self, parts: Parts) -> None:
        # Imported here, because it does not run on every system that the rest runs on.
        try:
            import formualizer
        except ImportError as error:
            raise FileError(
                "The workbook cannot be filled here, because formualizer is not installed: pip install formualizer."
            ) from error
        self.literal = formualizer.LiteralValue
        self.new_workbook = formualizer.Workbook
        try:
            self.workbook = formualizer.Workbook.from_bytes(pack(parts))
        except (RuntimeError, ValueError, OSError) as error:
            raise FileError(
                f"The workbook cannot be calculated here ({error}): open it in Excel and save it."
            ) from error
        self.workbook.set_temporal_egress("serial")
        self.reasons: dict[str, str] = {}
        for name in FUNCTIONS:
            self.workbook.register_function(name, self._host(name))

    def calculate(self) -> None:
        """Calculate whatever is not known."""
        try:
            self.workbook.evaluate_all()
        except RuntimeError as error:
            raise FileError(f"The workbook cannot be calculated here ({error}): recalculate it in Excel.") from error

    def value(self, sheet: str, row: int, column: int) -> Any:
        """The value of a cell: None for a blank one, {"type": "Error", "kind": ...} for an error."""
        return self.workbook.get_value(sheet, row, column)

    def put(self, sheet: str, row: int, column: int, value: str | float | bool | None) -> None:
        """Put a value into a cell, in place of its formula; an error as the sign that a cell shows."""
        kind = KINDS.get(value) if isinstance(value, str) else None
        self.workbook.set_value(sheet, row, column, value if kind is None else self.literal.error(kind, str(value)))

    def add_table(self, name: str, sheet: str, area: tuple[int, int, int, int], headers: Sequence[str]) -> None:
        """Let formulas refer to an Excel table: its rows and columns from 1, the row of headers among them."""
        with suppress(RuntimeError, ValueError):  # one that it cannot take, whose formulas then have no answer
            self.workbook.add_table(name, sheet, area, list(headers))

    def try_formula(self, sheet: str, row: int, column: int, formula: str) -> Any:
        """Put a formula, without "=", into a cell, and give its value alone; nothing else is calculated."""
        try:
            self.workbook.set_formula(sheet, row, column, f"={formula}")
        except RuntimeError:  # one that it cannot read
            return {"type": "Error", "kind": "Error"}
        return self.workbook.evaluate_cell(sheet, row, column)

    def unknown_functions(self, names: Iterable[str]) -> set[str]:
        """Those among functions that the engine does not have: it cannot tell, but it says so where one is called."""
        probe = self.new_workbook()
        probe.add_sheet("Probe")
        asked = [name for name in names if name not in FUNCTIONS]
        for row, name in enumerate(asked, start=1):
            probe.set_formula("Probe", row, 1, f"={name}()")
        probe.evaluate_all()
        values = [probe.get_value("Probe", row, 1) for row in range(1, len(asked) + 1)]
        return {name for name, value in zip(asked, values, strict=True) if kind_of(value) in {"Name", "NImpl", "Error"}}

    def _host(self, name: str) -> Callable[..., Any]:
        def answered(*arguments: Any) -> Any:
            try:
                return call(name, *map(_as_cell, arguments))
            except AmtError as error:
                # Given as an error value, because ISERROR does not see an exception.
                self.reasons.setdefault(name, str(error))
                return self.literal.error(error_value(error, KINDS), str(error))

        return answered


def kind_of(value: Any) -> str:
    """The kind of error that a value is; "" for none."""
    return str(value.get("kind", "")) if isinstance(value, dict) and value.get("type") == "Error" else ""


def _as_cell(argument: Any) -> Any:
    """An argument with each error value in it as its text, as other hosts hand it over."""
    if kind := kind_of(argument):
        return SHOWN.get(kind, "#VALUE!")
    if isinstance(argument, list):
        return [_as_cell(item) for item in argument]
    return argument
