"""How fast a letter and a report are, from a cold command: python tests/benchmarks/report.py."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from time import perf_counter

from figures import Figure, print_figures

from workbook_templates.build import RECORDS, workbook_of
from xl_amt.client.toml_file import read_record
from xl_amt.jobs.new_client import write_client


def main() -> None:
    """The couple's letter and report, from a record and from a workbook, the log written into both."""
    record = next(path for path in RECORDS if "vasquez" in path.name)
    figures = []
    with TemporaryDirectory() as name:
        folder = Path(name)
        copyfile(record, folder / record.name)
        workbook = folder / workbook_of(record).name
        write_client(read_record(record), workbook)
        for file in (folder / record.name, workbook):
            for words in ([], ["--letter-only"]):
                what = f"xl-amt report {file.name} {' '.join(words)}".strip()
                figures.append(Figure(what, min(_time(file, words) for _ in range(3)), 1.5, "s"))
    print_figures(figures)


def _time(file: Path, words: list[str]) -> float:
    """Seconds of one command, the file as it was before it."""
    before = file.read_bytes()
    command = [sys.executable, "-m", "xl_amt", "report", str(file), "-o", str(file.with_name("a.pdf")), "--replace"]
    start = perf_counter()
    subprocess.run([*command, *words], check=True, capture_output=True)  # noqa: S603 - our own arguments
    seconds = perf_counter() - start
    file.write_bytes(before)
    return seconds


if __name__ == "__main__":
    main()
