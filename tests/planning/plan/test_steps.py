"""Taxes that move in steps: the bound holds whatever is counted, and the search goes on until the plan is proved."""

from __future__ import annotations

from itertools import product

import pytest

from xl_amt.planning.plan.amounts import amounts_of
from xl_amt.planning.plan.pricing import Pricer
from xl_amt.planning.plan.question_file import read_question
from xl_amt.planning.plan.solving import solve

# the steps of the child tax credit lower only what of the minimum tax credit can be used
AMT_ALONE = {
    "format": "xl-amt plan 1",
    "aim": "least tax",
    "taxes": ["AMT"],
    "jurisdiction": "US",
    "discount_rate": 0.0,
    "credit_left_at": 0.3,
    "minimum_tax_credit": 200_000.0,
    "years": [
        {"year": year, "status": "mfj", "income": income, "facts": facts, "value_per_share": value}
        for year, income, facts, value in (
            (2024, 237_452.69, {"Deduction": "standard", "Children under 17": 3, "Interest": 18_000.0}, 132_000.0),
            (2025, 234_852.60, {"Deduction": "standard", "Children under 17": 3}, 132_000.0),
            (2026, 262_155.00, {"Deduction": "standard", "Children under 17": 3}, 198_000.0),
        )
    ],
    "grants": [
        {"label": "A", "type": "ISO", "strike": 600.0, "shares": 1},
        {"label": "B", "type": "NSO", "strike": 600.0, "shares": 1},
    ],
}
# Connecticut takes back its lower rates and its credits in many steps
CONNECTICUT = {
    "format": "xl-amt plan 1",
    "aim": "most after tax",
    "taxes": ["AMT", "state"],
    "jurisdiction": "US+CT",
    "discount_rate": 0.0,
    "credit_left_at": 1.0,
    "minimum_tax_credit": 0.0,
    "years": [
        {"year": 2025, "status": "qss", "income": 0.0, "facts": {"Short-term capital gain": 20_000.0,
         "Deduction": "standard"}, "value_per_share": 66_000.0, "cash": 200_000.0},
        {"year": 2026, "status": "qss", "income": 0.0, "facts": {"Ordinary dividends": 12_000.0,
         "Qualified dividends": 12_000.0, "Deduction": "standard"}},
    ],
    "grants": [{"label": "A", "type": "ISO", "strike": 66_000.0, "shares": 5}],
    "limits": {"most_amt": 0.0},
    "exit": {"year": 2026, "price": 145_200.0},
}  # fmt: skip


def test_the_bound_where_the_regular_tax_does_not_count():
    """No schedule passes the bound, which the line through the bottoms of the steps would have let it."""
    question = read_question(AMT_ALONE)
    pricer = Pricer(question, amounts_of(question))
    rows = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
    best = min(pricer.price(schedule).objective for schedule in product(rows, rows))
    solution = solve(question, seconds=60.0)
    assert solution.proved
    assert solution.best.objective == pytest.approx(best, abs=0.5)
    assert solution.bound <= best + 0.01


def test_many_steps_are_proved():
    """Keeping all until the exit is best, and the proof needs more rounds than a few."""
    solution = solve(read_question(CONNECTICUT), seconds=60.0)
    assert solution.best.schedule == ((0,),)
    assert solution.proved
