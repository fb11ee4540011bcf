"""How fast LibreOffice calculates the worksheet functions: python tests/benchmarks/libreoffice.py."""

from __future__ import annotations

import tempfile
from pathlib import Path

import openpyxl
from figures import Figure, best_time, print_figures
from openpyxl.worksheet.formula import ArrayFormula

from xl_amt.hosts.libreoffice.headless import create_profile, recalculate
from xl_amt.hosts.libreoffice.install import find_libreoffice, install

ROWS = 10_000


def workbook(path: Path, formula: str = "", *, rows: int = ROWS, array: bool = False) -> Path:
    """10,000 incomes, and a formula for each of the first rows, or one for all of them."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in range(1, ROWS + 1):
        sheet.cell(row, 1).value = 50_000 + 31 * row
        if row <= rows and not array:
            sheet.cell(row, 2).value = formula.format(row=row)
    if array:
        sheet["B1"] = ArrayFormula(f"B1:B{ROWS}", formula)
    book.save(path)
    return path


def main() -> None:
    """10,000 single cells, and one range of 10,000 rows, beyond what LibreOffice takes for plain formulas."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        create_profile(folder / "profile")
        install(lambda _: None, folder / "profile")

        def time_of(path: Path) -> float:
            return best_time(lambda: recalculate(path, folder / "out", folder / "profile"), 3)

        room = '=AMT_ROOM({row},"single",2026)'
        plain = time_of(workbook(folder / "plain.xlsx", "=A{row}+1"))
        one = time_of(workbook(folder / "one.xlsx", "=A{row}+1", rows=0))
        first = time_of(workbook(folder / "first.xlsx", room.format(row="A{row}"), rows=1))
        cells = time_of(workbook(folder / "cells.xlsx", room.format(row="A{row}")))
        column = time_of(workbook(folder / "range.xlsx", room.format(row=f"A1:A{ROWS}"), array=True))
        print(f"LibreOffice {find_libreoffice().version}; a start with 10,000 plain formulas takes {plain:.2f} s")
        print_figures(
            [
                Figure("The first AMT_ROOM cell after a start", first - one, 1, "s"),
                Figure("10,000 single AMT_ROOM cells", cells - plain, 1.5, "s"),
                Figure("AMT_ROOM over one range of 10,000 rows", column - plain, 1.5, "s"),
            ]
        )


if __name__ == "__main__":
    main()
