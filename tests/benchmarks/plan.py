"""How fast plans are proved, and how that grows: python tests/benchmarks/plan.py."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import Any

from figures import Figure, best_time, print_figures

from xl_amt.planning.plan.amounts import amounts_of
from xl_amt.planning.plan.pricing import Pricer
from xl_amt.planning.plan.question_file import read_question
from xl_amt.planning.plan.solving import solve
from xl_amt.planning.plan.strategies import named_strategies

QUESTIONS = sorted((Path(__file__).parent.parent / "planning" / "plan" / "questions").glob("*.json"))
TIMES = 7
LONG = 30.0  # seconds of search


def main() -> None:
    """The twelve questions from a cold command, then plans of more and more years and grants."""
    figures = [Figure("the twelve questions, worst cold command", max(map(_cold, QUESTIONS)), 1.0, "s")]
    figures += _of("5 years, 10 grants, exit", partial(client, years=5, grants=10), 1.0, 5.0)
    figures += _of("10 years, 30 grants", partial(client, years=10, grants=30, is_sale=False), 10.0, 10.0)
    for years, grants in ((3, 3), (5, 3), (5, 30)):
        figures += _of(f"{years} years, {grants} grants, exit", partial(client, years=years, grants=grants), 10.0, 30.0)
    question = read_question(client(1, 10, 30, is_sale=False))

    def strategies() -> None:
        named_strategies(question, Pricer(question, amounts_of(question)))

    figures.append(Figure("named strategies, 10 years, 30 grants", best_time(strategies), 0.2, "s"))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    figures.append(Figure("memory at most", most, 1.0, "GB"))
    print_figures(figures)


def _cold(path: Path) -> float:
    began = perf_counter()
    subprocess.run([sys.executable, "-m", "xl_amt", "plan", str(path), "--json"], check=True, capture_output=True)  # noqa: S603 - our own files
    return perf_counter() - began


def _of(what: str, asked: Callable[[int], dict[str, Any]], at_median: float, at_worst: float) -> list[Figure]:
    seconds, gaps = [], []
    for seed in range(TIMES):
        began = perf_counter()
        solution = solve(read_question(asked(seed)), LONG)
        seconds.append(perf_counter() - began)
        gaps.append(abs(solution.best.objective - solution.bound))
    return [
        Figure(f"{what}, median", median(seconds), at_median, "s"),
        Figure(f"{what}, worst", max(seconds), at_worst, "s"),
        Figure(f"{what}, largest gap", max(gaps), 0.5, "$"),
    ]


def client(seed: int, years: int, grants: int, *, is_sale: bool = True) -> dict[str, Any]:
    """A client of a growing company: wages of 200,000 to 400,000, grants that vest over four years."""
    random = Random(seed)  # noqa: S311 - random clients, no secrets
    first = 2026 - min(years - 1, 6)
    income, value = random.uniform(200_000, 400_000), random.uniform(4, 12)
    of_years: list[dict[str, Any]] = []
    for number in range(years):
        own: dict[str, Any] = {
            "year": first + number, "status": "mfj", "income": round(income * 1.03**number), "facts": {},
        }  # fmt: skip
        if not is_sale or number < years - 1:
            own["value_per_share"] = round(value * random.uniform(0.9, 1.1) * 1.35**number, 2)
        of_years.append(own)
    question = {
        "format": "xl-amt plan 1",
        "aim": "most after tax" if is_sale else "least tax",
        "discount_rate": 0.05,
        "credit_left_at": 0.5,
        "years": of_years,
        "grants": [_grant(random, number, first, value) for number in range(grants)],
    }
    if is_sale:
        last = first + years - 1
        question["exit"] = {"year": last, "price": round(value * 1.5**years, 2), "recovery_years": [last + 1]}
    return question


def _grant(random: Random, number: int, first: int, value: float) -> dict[str, Any]:
    shares = random.randint(10, 120) * 100
    vested = {str(first + year): min(shares, shares * (year + 1) // 4) for year in range(4)}
    strike = round(value * random.uniform(0.1, 0.9), 2)
    return {"label": f"ES-{number}", "type": "ISO", "strike": strike, "shares": shares, "vested": vested}


if __name__ == "__main__":
    main()
