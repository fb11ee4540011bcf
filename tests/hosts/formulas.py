"""Calls as formulas of a workbook."""

from __future__ import annotations

from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.hosts.calls import Blank, Call, Cells, Day, Error, Placement, standing

# How a formula makes an error value itself.
_MAKING: dict[str, str] = {
    "#DIV/0!": "1/0",
    "#N/A": "NA()",
    "#NUM!": "10^400",
    "#VALUE!": 'VALUE("x")',
}


class Given:
    """A sheet that holds what formulas refer to, each argument below the one before."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self._row = 1

    def formula(self, call: Call, placement: Placement) -> str:
        """The call as a formula, without its equals sign."""
        return f"{call.function}({','.join(self._written(*item) for item in standing(call, placement))})"

    def _written(self, item: Any, placement: Placement) -> str:
        if isinstance(item, Cells):
            return self._placed(item.rows)
        if placement == "in cells":
            return self._placed([[item]])
        return "" if isinstance(item, Blank) else _typed(item)

    def _placed(self, rows: list[list[Any]]) -> str:
        first = f"A{self._row}"
        for row in rows:
            for along, item in enumerate(row, 1):
                if not isinstance(item, Blank):
                    self._fill(along, item)
            self._row += 1
        last = f"{get_column_letter(len(rows[0]))}{self._row - 1}"
        return f"{self.sheet.title}!{first}" if first == last else f"{self.sheet.title}!{first}:{last}"

    def _fill(self, column: int, item: Any) -> None:
        cell = self.sheet.cell(self._row, column)
        if isinstance(item, float):
            cell.value = f"={item!r}"  # as a value, openpyxl would round it to 16 digits
        elif isinstance(item, Day):
            cell.value = item.date
        elif isinstance(item, Error):
            cell.value = item.text
        else:
            cell.value = item
            if isinstance(item, str):
                cell.data_type = "s"  # the text of an error is text, which openpyxl would write as an error


def _typed(item: Any) -> str:
    if isinstance(item, Error):
        return _MAKING.get(item.text, item.text)
    if isinstance(item, Day):
        return f"DATE({item.date.year},{item.date.month},{item.date.day})"
    if isinstance(item, bool):
        return str(item).upper()
    return '"' + item.replace('"', '""') + '"' if isinstance(item, str) else repr(item)
