"""Seconds and peak memory of ``xl-amt batch`` on a large book: python tests/benchmarks/batch.py [rows]."""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy
import pandas

CHOICES = (("AMT_ROOM",), ("AMT_OWED",), ("AMT_ROOM", "AMT_OWED"))


def write_book(path: Path, in_all: int) -> None:
    """Mixed years and statuses, amounts in cents, six labels."""
    random = numpy.random.default_rng(6_251)
    with path.open("w", encoding="utf-8", newline="") as file:
        for first in range(0, in_all, 50_000):
            rows = min(50_000, in_all - first)
            columns = {
                "client": [f"C{first + row:07}" for row in range(rows)],
                "status": random.choice(["single", "mfj", "mfs", "hoh", "qss"], rows),
                "year": random.integers(2018, 2027, rows),
                "income": random.lognormal(12, 0.6, rows).round(2),
                "spread": random.lognormal(10.5, 1.2, rows).round(2),
                "Interest": random.exponential(2_000, rows).round(2),
                "Ordinary dividends": random.exponential(5_000, rows).round(2),
                "Long-term capital gain": random.normal(10_000, 20_000, rows).round(2),
                "State income tax": random.exponential(9_000, rows).round(2),
                "Mortgage interest": random.exponential(8_000, rows).round(2),
                "Age": random.integers(22, 80, rows),
            }
            pandas.DataFrame(columns).to_csv(file, index=False, header=first == 0)


def run(book: Path, functions: tuple[str, ...]) -> tuple[float, float, float, str]:
    """Seconds, those of them in the processor, peak memory in megabytes, and what the command said."""
    output = book.with_name("answers.csv")
    options = [part for name in functions for part in ("--function", name)]
    command = [sys.executable, "-m", "xl_amt", "batch", str(book), "-o", str(output), "--replace", *options]
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - our own
    seconds = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    peak = after.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)  # of the largest child so far; all are alike
    return seconds, busy, peak, said.partition(", in ")[0]


def processor() -> str:
    """The processor's name, where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def main(rows: int) -> None:
    """Print one row a choice of functions, and the machine."""
    with TemporaryDirectory() as folder:
        book = Path(folder) / "book.csv"
        write_book(book, rows)
        size = book.stat().st_size / 1e6
        print(f"{rows:,} rows, {size:.0f} MB of CSV, 6 labels; one process on {processor()}, {os.cpu_count()} cores,")
        print(f"Python {platform.python_version()}, numpy {numpy.__version__}, pandas {pandas.__version__}\n")
        print(
            "| functions | seconds, file to file | processor seconds | peak memory | rows |\n"
            "| --- | --- | --- | --- | --- |"
        )
        for functions in CHOICES:
            seconds, busy, megabytes, said = run(book, functions)
            print(f"| {', '.join(functions)} | {seconds:.1f} | {busy:.1f} | {megabytes:.0f} MB | {said} |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
