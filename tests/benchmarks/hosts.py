"""10,000 rows of AMT_ROOM in each host, cell by cell and as one range: python tests/benchmarks/hosts.py.

Of Excel only the Python side is measured: xlwings' own code, and the add-in's VBA in an interpreter written in Python.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
from click.testing import CliRunner
from figures import _processor, best_time
from openpyxl.worksheet.formula import ArrayFormula

sys.path.append(str(Path(__file__).parents[2]))

from tests.hosts import excel_addin, excel_com
from xl_amt.cli import main as xl_amt
from xl_amt.hosts.libreoffice.headless import create_profile, recalculate
from xl_amt.hosts.libreoffice.install import find_libreoffice, install
from xl_amt.workbook.package import parts_of
from xl_amt.workbook.values import evaluate
from xl_amt.worksheet import call

ROWS = 10_000
INCOMES = [50_000.0 + 31 * row for row in range(1, ROWS + 1)]
COLUMN = tuple((income,) for income in INCOMES)
HOUSEHOLD = ("single", 2026.0)
CELL = '=AMT_ROOM(A{row},"single",2026)'
RANGE = f'=AMT_ROOM(A1:A{ROWS},"single",2026)'


def times(ask: Callable[..., Any], one: Callable[[float], Any], column: Any) -> tuple[float, float]:
    """Seconds for each income by itself, and for all of them in one call."""
    ask("AMT_ROOM", one(INCOMES[0]), *HOUSEHOLD)  # the first call loads what the others need

    def cells() -> None:
        for income in INCOMES:
            ask("AMT_ROOM", one(income), *HOUSEHOLD)

    return best_time(cells, 3), best_time(lambda: ask("AMT_ROOM", column, *HOUSEHOLD), 3)


def workbook(formula: str, *, for_each_row: bool) -> openpyxl.Workbook:
    """The incomes, and a formula beside each of them, or one beside the first."""
    book = openpyxl.Workbook()
    for row, income in enumerate(INCOMES, 1):
        book.active.cell(row, 1).value = income
        if for_each_row:
            book.active.cell(row, 2).value = formula.format(row=row)
    if not for_each_row:
        book.active["B1"] = formula
    return book


def formualizer() -> tuple[float, float]:
    """Seconds above those for plain formulas."""

    def time_of(formula: str, *, for_each_row: bool) -> float:
        parts = parts_of(workbook(formula, for_each_row=for_each_row))
        return best_time(lambda: evaluate(parts), 3)

    cells = time_of(CELL, for_each_row=True) - time_of("=A{row}+1", for_each_row=True)
    return cells, time_of(f"=SUM({RANGE[1:]})", for_each_row=False) - time_of("=A1+1", for_each_row=False)


def libreoffice() -> tuple[float, float]:
    """Seconds above those for 10,000 plain formulas."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        create_profile(folder / "profile")
        install(lambda _: None, folder / "profile")

        def time_of(book: openpyxl.Workbook) -> float:
            book.save(folder / "book.xlsx")
            return best_time(lambda: recalculate(folder / "book.xlsx", folder / "out", folder / "profile"), 3)

        plain = time_of(workbook("=A{row}+1", for_each_row=True))
        cells = time_of(workbook(CELL, for_each_row=True))
        ranged = workbook(RANGE, for_each_row=False)
        ranged.active["B1"] = ArrayFormula(f"B1:B{ROWS}", RANGE)
        return cells - plain, time_of(ranged) - plain


def shell() -> tuple[float, float]:
    """Seconds for 10,000 calc commands within one process, and for one batch command, its start included."""
    runner = CliRunner()

    def cells() -> None:
        for income in INCOMES:
            runner.invoke(xl_amt, ["calc", "AMT_ROOM", repr(income), "single", "2026"])

    with tempfile.TemporaryDirectory() as name:
        book = Path(name) / "book.csv"
        rows = (f"{income},single,2026" for income in INCOMES)
        book.write_text("\n".join(("income,status,year", *rows)), "utf-8")
        command = [
            sys.executable,
            "-m",
            "xl_amt",
            "batch",
            str(book),
            "-o",
            str(book.with_name("out.csv")),
            "--replace",
        ]
        batch = best_time(lambda: subprocess.run(command, check=True, capture_output=True), 3)  # noqa: S603 - our own
    return best_time(cells, 1), batch


def main() -> None:
    """A table of seconds."""
    with excel_com.excel() as windows:
        com = times(windows.call, float, COLUMN)  # values, as the add-in hands them over
    vba = excel_addin.caller(excel_addin.Engine())
    figures = {
        "Python": times(call, float, [list(row) for row in COLUMN]),
        "The shell (xl-amt calc within one process; xl-amt batch)": shell(),
        "xlwings' COM call path, without Excel": com,
        "The add-in's VBA, interpreted in Python, without Excel": times(
            vba, excel_addin.Cells, excel_addin.Cells(COLUMN)
        ),
        "formualizer": formualizer(),
        f"LibreOffice {find_libreoffice().version}": libreoffice(),
    }
    print(f"Python {platform.python_version()} on {_processor()}, {os.cpu_count()} cores, {platform.system()}\n")
    print(f"{f'AMT_ROOM, {ROWS:,} incomes':<60}{'single cells':>14}{'one range':>12}")
    for host, (cells, ranged) in figures.items():
        print(f"{host:<60}{cells:>12.2f} s{ranged:>10.2f} s")


if __name__ == "__main__":
    main()
