"""Seconds and peak memory, under Linux, of importing a few grants and many: python tests/benchmarks/imports.py."""

from __future__ import annotations

import csv
import subprocess
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook

from workbook_templates.examples import CARTA_EXAMPLE, COLUMNS

ROWS = 50_000
PROGRAM = """
import pathlib, re, sys, time
start = time.perf_counter()
from xl_amt.importers import read_export
result = read_export(sys.argv[1], stakeholder=sys.argv[2] or None)
seconds = time.perf_counter() - start
peak = int(re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1]) / 1024
print(f"{pathlib.Path(sys.argv[1]).name:<22}{len(result.grants)} grants{seconds:8.2f} s{peak:8.0f} MB")
"""


def rows_of_a_company() -> list[list[object]]:
    """A plan's sheet of ten thousand holders, five grants each."""
    rows: list[list[object]] = [["Juniper Robotics, Inc. 2019 Plan"], ["As of 11/20/2026"], []]
    rows.append([header for header, _, _ in COLUMNS])
    granted = date(2023, 5, 8)
    rows += [
        [f"ES-{row}", f"Holder {row // 5}", 10_000, 9_000, "2019 Plan", granted, 1.25, "ISO", False,
         "1/48 monthly, 1 year cliff", granted, 6_000, 5_000, 4_000, 1_000, None]
        for row in range(ROWS)
    ]  # fmt: skip
    return rows


def main() -> None:
    """Each in a process of its own, since the second would find the libraries loaded."""
    with TemporaryDirectory() as folder:
        workbook = Workbook()
        rows = rows_of_a_company()
        for row in rows:
            workbook.active.append(row)
        large, text = Path(folder, "company.xlsx"), Path(folder, "company.csv")
        workbook.save(large)
        with text.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
        for path, holder in ((CARTA_EXAMPLE, ""), (large, "holder 77"), (text, "holder 77")):
            subprocess.run(  # noqa: S603 - the program is the one above
                [sys.executable, "-c", PROGRAM, str(path), holder], check=True
            )


if __name__ == "__main__":
    main()
