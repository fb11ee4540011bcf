"""The optimum is that of trying every schedule of small random questions, some with a budget, a credit or a state."""

from __future__ import annotations

from random import Random
from time import time_ns

import pytest

from tests.planning.plan.brute_force import MOST_SCHEDULES, best_by_trying, number_of_schedules, random_question
from tests.worksheet.test_tax_systems import TRIAL
from xl_amt.errors import ArgumentError, NoAnswerError
from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.planning.plan.question_file import read_question
from xl_amt.planning.plan.solving import solve

RUNS, CASES = 10, 50


@pytest.mark.parametrize("run", range(RUNS))
def test_every_schedule_of_small_questions(run, monkeypatch):
    """No schedule is better than the bound, and the plan is within half a dollar of the best one."""
    monkeypatch.setitem(TAX_SYSTEMS, "XX", TRIAL)
    seed = time_ns() % 1_000_000_000 + run
    print(f"seed {seed}")
    tried = 0
    random = Random(seed)  # noqa: S311 - random questions, no secrets
    while tried < CASES:
        question = random_question(random)
        if number_of_schedules(question) > MOST_SCHEDULES:
            continue
        tried += 1
        check(question, seed)


def test_an_optimum_that_a_solver_invents():
    """Presolve has called a schedule optimal that is better than parts of shares can be: it is asked again."""
    facts = {"Deduction": "standard"}
    question = {
        "format": "xl-amt plan 1",
        "aim": "most after tax",
        "taxes": ["regular", "AMT", "NIIT", "Medicare", "state"],
        "jurisdiction": "US+CA",
        "discount_rate": 0.0,
        "credit_left_at": 0.0,
        "minimum_tax_credit": 0.0,
        "years": [
            {"year": 2019, "status": "hoh", "income": 161_825.4172836742, "facts": facts | {"Interest": 15_000}},
            {"year": 2020, "status": "hoh", "income": 113_845.50533617783, "facts": facts},
            {"year": 2021, "status": "hoh", "income": 166_104.17994231562, "facts": facts},
        ],
        "grants": [
            {
                "label": "G0",
                "type": "NSO",
                "strike": 12_312.0,
                "shares": 4,
                "vested": {"2019": 3, "2020": 4, "2021": 4},
                "granted": "2016-01-20",
            }
        ],
        "exit": {"year": 2021, "price": 30_780.0, "recovery_years": [], "on": "2021-06-15"},
        "exercise_on": {"2019": "2019-03-10", "2020": "2020-11-10"},
    }
    question["years"][0] |= {"value_per_share": 10_800.0, "cash": 5_000.0}
    question["years"][1] |= {"value_per_share": 10_800.0, "facts": facts | {"Long-term capital gain": -8_000}}
    check(question, "presolve")


def check(question, seed):
    """One question, both ways."""
    best = best_by_trying(question)
    if best is None:
        with pytest.raises((NoAnswerError, ArgumentError), match=r"cannot be met|must be exercised by then"):
            solve(read_question(question))
        return
    solution = solve(read_question(question), seconds=60.0)
    sign = 1.0 if question["aim"] == "least tax" else -1.0
    found, bound = sign * solution.best.objective, sign * solution.bound
    assert bound <= sign * best + 0.01, (seed, question, best, solution.bound)
    assert abs(found - sign * best) <= max(0.5, 1e-6 * abs(best)), (seed, question, best, solution.best)
    assert solution.proved, (seed, question, solution)
