"""Print measured figures beside their targets, and the machine that they were measured on."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterable
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, NamedTuple


class Figure(NamedTuple):
    """One measured figure beside its target, in one unit."""

    what: str
    measured: float
    target: float
    unit: str


def best_time(action: Callable[[], Any], times: int = 5) -> float:
    """The shortest of a few runs, in seconds: what else the machine does only adds to it."""
    best = float("inf")
    for _ in range(times):
        start = perf_counter()
        action()
        best = min(best, perf_counter() - start)
    return best


def processor_time(action: Callable[[], Any], times: int = 3) -> float:
    """The shortest of a few runs, in seconds of the processor: what else a busy machine does is not in it."""
    best = float("inf")
    for _ in range(times):
        start = process_time()
        action()
        best = min(best, process_time() - start)
    return best


def print_figures(figures: Iterable[Figure]) -> None:
    """A table: what, measured, target, and whether it is met."""
    print(f"Python {platform.python_version()} on {_processor()}, {os.cpu_count()} cores, {platform.system()}\n")
    print(f"{'':<52}{'measured':>12}{'target':>12}")
    for figure in figures:
        met = "met" if figure.measured <= figure.target else "MISSED"
        print(f"{figure.what:<52}{figure.measured:>9.2f} {figure.unit:<2}{figure.target:>9g} {figure.unit:<2}  {met}")


def _processor() -> str:
    """The processor's model, as the system names it."""
    try:
        described = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    models = [line.partition(":")[2].strip() for line in described.splitlines() if line.startswith("model name")]
    return models[0] if models else platform.machine()
