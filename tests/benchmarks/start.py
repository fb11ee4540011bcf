"""How long the command line takes from a cold start: python tests/benchmarks/start.py."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from figures import Figure, best_time, print_figures

import xl_amt

ROOM = ("-m", "xl_amt", "room", "--income", "150000", "--status", "single", "--year", "2021")
PACKAGE = Path(xl_amt.__file__).parent.parent


def run(*arguments: str) -> None:
    """One run of a fresh interpreter."""
    subprocess.run([sys.executable, *arguments], cwd=PACKAGE, check=True, capture_output=True, text=True)  # noqa: S603


def time_of(times: int, *arguments: str) -> float:
    """The shortest of a few runs, in seconds; endless where a run fails, which is said."""
    try:
        return best_time(lambda: run(*arguments), times)
    except subprocess.CalledProcessError as failure:
        print(f"failed: {' '.join(arguments)}\n{failure.stderr}")
        return float("inf")


def main() -> None:
    """A room against bare Python, and the demo with its workbook."""
    bare = time_of(10, "-c", "pass")
    room = time_of(10, *ROOM)
    with tempfile.TemporaryDirectory() as folder:
        demo = time_of(3, "-m", "xl_amt", "demo", "--output", folder)
    print_figures(
        [
            Figure("xl-amt room, from a cold start, above bare Python", room - bare, 0.15, "s"),
            Figure("xl-amt demo, from a cold start", demo, 5, "s"),
        ]
    )


if __name__ == "__main__":
    main()
