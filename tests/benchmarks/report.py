"""How fast a letter and a report are, from a cold command: python tests/benchmarks/report.py.

Seconds are those of the processor: what else a busy machine does is not in them.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

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
    start = _of_children()
    subprocess.run([*command, *words], check=True, capture_output=True)  # noqa: S603 - our own arguments
    seconds = _of_children() - start
    file.write_bytes(before)
    return seconds


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
