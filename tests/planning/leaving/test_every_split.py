"""The best way to leave is that of trying every split of small grants: as ISOs, later as NSOs, or not at all."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from time import time_ns

import pytest

from tests.planning.plan.brute_force import best_by_trying, number_of_schedules
from xl_amt.planning.leaving.ways import (
    AT_THE_END,
    BEFORE_LEAVING,
    LAPSE,
    REST_AT_THE_END,
    WITHOUT_AMT,
    at_the_end,
    in_the_year,
    ways_beside,
)
from xl_amt.planning.plan.amounts import amounts_of
from xl_amt.planning.plan.pricing import Pricer
from xl_amt.planning.plan.question import PlanQuestion
from xl_amt.planning.plan.question_file import read_question
from xl_amt.planning.plan.solving import solve

RUNS, CASES, MOST_SCHEDULES = 6, 25, 500


def random_leaving(random: Random) -> dict:
    """Two years of a window and a sale after them, or in the second; one or two grants of a few dear shares."""
    first = random.randint(2019, 2023)
    value = random.choice([4_000.0, 9_000.0, 20_000.0, 45_000.0])
    sold = first + random.choice([2, 2, 2, 3])
    income = random.choice([60_000.0, 150_000.0, 200_000.0, 320_000.0])
    years = []
    for year in range(first, sold + 1):
        own = {"year": year, "status": random.choice(["single", "mfj"]) if not years else years[0]["status"]}
        own |= {"income": income, "facts": {"Deduction": "standard"}}
        if year < sold:
            value *= random.choice([0.6, 1.0, 1.0, 1.4])
            own["value_per_share"] = round(value, 2)
        years.append(own)
        income *= random.choice([0.0, 0.5, 1.0, 1.1])  # after the work
    if random.random() < 0.4:
        random.choice(years[:2])["cash"] = random.choice([5_000.0, 30_000.0, 80_000.0])
    ends_in_window = random.random() < 0.3
    grants = []
    for number in range(random.choice([1, 1, 2])):
        grants += _iso_and_later_nso(random, f"G{number}", first, value, sold if ends_in_window else first + 1)
    return {
        "format": "xl-amt plan 1",
        "aim": "most after tax",
        "taxes": ["regular", "AMT", "NIIT", "Medicare", "state"],
        "jurisdiction": random.choice(["US", "US", "US+CA"]),
        "discount_rate": random.choice([0.0, 0.05]),
        "credit_left_at": random.choice([0.0, 0.5, 1.0]),
        "minimum_tax_credit": random.choice([0.0, 0.0, 15_000.0]),
        "years": years,
        "grants": grants,
        "exit": {
            "year": sold,
            "price": round(value * random.choice([0.5, 1.0, 1.0, 2.0]), 2),
            "recovery_years": list(range(sold + 1, sold + 1 + random.choice([0, 1]))),
        },
    }


def _iso_and_later_nso(random: Random, label: str, first: int, value: float, last: int) -> list[dict]:
    """A grant whose three months end in the first or in the second year, and what it is after them."""
    shares, strike = random.randint(2, 5), round(value * random.choice([0.02, 0.1, 0.6, 1.3]), 2)
    iso_until = random.choice([first, first + 1])
    iso = {"label": label, "type": "ISO", "strike": strike, "shares": shares, "last_year": iso_until}
    later = iso | {"label": f"{label} as NSO", "type": "NSO", "last_year": last, "once_iso": label}
    later["vested"] = {str(first + 1): shares}
    return [iso, later]


def as_plan(question: dict) -> PlanQuestion:
    """The planner's question, in which each NSO knows the ISO that it was."""
    plain = [{key: value for key, value in grant.items() if key != "once_iso"} for grant in question["grants"]]
    made = read_question(question | {"grants": plain})
    grants = [
        replace(grant, once_iso=own.get("once_iso", ""))
        for grant, own in zip(made.grants, question["grants"], strict=True)
    ]
    return replace(made, grants=tuple(grants))


@pytest.mark.parametrize("run", range(RUNS))
def test_every_split(run):
    """No split is better than the bound, the answer is within half a dollar of the best, and no way is beyond it."""
    seed = time_ns() % 1_000_000_000 + run
    print(f"seed {seed}")
    random, tried = Random(seed), 0  # noqa: S311 - random questions, no secrets
    while tried < CASES:
        question = random_leaving(random)
        if number_of_schedules(question) > MOST_SCHEDULES:
            continue
        tried += 1
        best = best_by_trying(question)
        first = question["years"][0]["year"]
        asked = as_plan(question)
        solution = solve(asked, 60.0, beside=lambda plan, pricer, year=first: ways_beside(plan, pricer, year))
        assert best is not None, (seed, question)
        assert solution.bound >= best - 0.01, (seed, question, best, solution.bound)
        assert abs(solution.best.objective - best) <= max(0.5, 1e-6 * abs(best)), (seed, question, best, solution.best)
        assert solution.proved, (seed, question, solution)
        for way in solution.strategies:
            for same in asked.same_options:
                assert sum(sum(way.priced.schedule[own]) for own in same) <= asked.grants[same[0]].shares
            assert not way.feasible or way.priced.objective <= best + 0.01, (seed, question, way)


def leaves_in_november() -> PlanQuestion:
    """Three grants left in November 2024: ISOs to February and NSOs to May 2025, NSOs, and ISOs under water."""
    facts = {"status": "single", "income": 200_000.0, "facts": {"Deduction": "standard"}}
    years = [
        {"year": 2024, "value_per_share": 42.0} | facts,
        {"year": 2025, "value_per_share": 42.0} | facts,
        {"year": 2026} | facts,
    ]
    iso = {"label": "ES-1", "type": "ISO", "strike": 2.0, "shares": 1_517, "last_year": 2025}
    return as_plan(
        {
            "format": "xl-amt plan 1", "aim": "most after tax", "jurisdiction": "US", "discount_rate": 0.0,
            "credit_left_at": 0.0, "minimum_tax_credit": 0.0, "years": years,
            "exit": {"year": 2026, "price": 42.0, "recovery_years": []},
            "grants": [
                iso,
                iso | {"label": "ES-1 as NSO", "type": "NSO", "once_iso": "ES-1", "vested": {"2025": 1_517}},
                {"label": "ES-2", "type": "NSO", "strike": 5.0, "shares": 300, "last_year": 2025},
                {"label": "ES-3", "type": "ISO", "strike": 50.0, "shares": 400, "last_year": 2025},
            ],
        }
    )  # fmt: skip


def test_the_ways_beside_it():
    """All as ISOs, at $0 AMT with and without the rest, at the end as NSOs, none; nothing under water is in any."""
    question = leaves_in_november()
    ways = {way.name: way.priced for way in ways_beside(question, Pricer(question, amounts_of(question)), 2024)}
    assert {name: way.schedule for name, way in ways.items()} == {
        BEFORE_LEAVING: ((1_517, 0), (0, 0), (300, 0), (0, 0)),
        WITHOUT_AMT: ((751, 766), (0, 0), (0, 0), (0, 0)),
        REST_AT_THE_END: ((751, 766), (0, 0), (0, 300), (0, 0)),
        AT_THE_END: ((0, 0), (0, 1_517), (0, 300), (0, 0)),
        LAPSE: ((0, 0), (0, 0), (0, 0), (0, 0)),
    }
    assert [year.amt for year in ways[WITHOUT_AMT].years] == [0.0, 0.0, 0.0]
    assert ways[LAPSE].objective == 0.0


def test_a_day_after_the_work():
    """Asked after the ISOs have ended, all at once is as NSOs; in a year with nothing left it is nothing."""
    question = leaves_in_november()
    later = replace(
        question,
        grants=(replace(question.grants[0], last_year=2024, vested=(0, 0, 0)), *question.grants[1:]),
    )
    assert in_the_year(later, 2025)[:2] == ((0, 0), (0, 1_517))
    assert in_the_year(later, 2024)[:2] == ((0, 0), (0, 0))
    assert at_the_end(later)[:2] == ((0, 0), (0, 1_517))
