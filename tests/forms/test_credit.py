"""The minimum tax credit: earned in one year, used and carried in the next (Form 8801)."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_amt.household import find_label
from xl_amt.law import STATUSES
from xl_amt.worksheet import call

TWO_CENTS = 0.02
STATUS_OF = {"S": "single", "MFJ": "mfj", "MFS": "mfs", "HOH": "hoh", "QSS": "qss"}
CASES = [
    json.loads(line) for line in (Path(__file__).parent / "cases" / "credit_8801.jsonl").read_text("utf-8").splitlines()
]


def facts_of(case):
    """The labels of a case and their amounts."""
    given = case["inputs"]
    return {
        "Interest": given["interest"],
        "Ordinary dividends": given["qualdiv"] + given["nqdiv"],
        "Qualified dividends": given["qualdiv"],
        "Short-term capital gain": given["stcg"],
        "Long-term capital gain": given["ltcg"],
        "Deduction": given["deduction"],
        "State income tax": given["salt_inc"],
        "Real estate tax": given["realestate"],
        "Mortgage interest": given["mortgage"],
        "Cash gifts": given["charity"],
        "Age": given["age1"],
        "Spouse age": given["age2"] if case["status"] == "MFJ" else 0,
    }


def two_arguments(facts):
    """Facts as labels and amounts."""
    return list(facts), list(facts.values())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case):
    """AMT of one year becomes credit of the next, as independent engines have it."""
    facts, expected = facts_of(case), case["expected"]
    wages, status, year = case["inputs"]["wages"], STATUS_OF[case["status"]], case["year"]
    first = (wages, status, year, case["inputs"]["iso_spread_year1"], *two_arguments(facts))
    earned = call("AMT_CREDIT_EARNED", *first)
    facts["Minimum tax credit"] = earned
    second = (wages, status, year + 1, case["inputs"]["iso_spread_year2"], *two_arguments(facts))
    found = {
        "amt_year1": call("AMT_OWED", *first),
        "amt_exclusion_items_only_year1": call("AMT_OWED", *first) - earned,
        "credit_generated": earned,
        "tmt_year2": call("AMT_TENTATIVE_TAX", *second),
        "credit_used_year2": call("AMT_CREDIT_USED", *second),
        "carryforward_to_year3": call("AMT_CREDIT_CARRIED", *second),
        "regular_tax_year2": call("AMT_REGULAR_TAX", wages, status, year + 1, *two_arguments(facts)),
    }
    assert found == pytest.approx({name: expected[name] for name in found}, rel=0, abs=TWO_CENTS)


def test_three_years_worked_by_hand():
    """100,000 of spread in 2024 comes back in 2025 and 2026, exercising nothing.

    2024, single, 150,000: AMT (250,000 - 85,700) x 26% - 25,538.50 = 17,179.50, all of it credit.
    2025: 25,067.00 - (150,000 - 88,100) x 26% = 8,973.00 used, 8,206.50 carried.
    2026: tax on 133,900: 17,966 + 24% x 28,200 = 24,734; less (150,000 - 90,100) x 26% = 15,574: up to 9,160,
    so that the last 8,206.50 are used.
    """
    earned = call("AMT_CREDIT_EARNED", 150_000, "single", 2024, 100_000)
    used, carried = [], []
    available = earned
    for year in (2025, 2026):
        facts = ["Minimum tax credit"], [available]
        used.append(call("AMT_CREDIT_USED", 150_000, "single", year, 0, *facts))
        available = call("AMT_CREDIT_CARRIED", 150_000, "single", year, 0, *facts)
        carried.append(available)
    assert earned == pytest.approx(17_179.50, abs=0.005)
    assert used == pytest.approx([8_973.00, 8_206.50], abs=0.005)
    assert carried == pytest.approx([8_206.50, 0.00], abs=0.005)


def test_a_sale_brings_the_credit_back():
    """After a sale whose spread the AMT has taxed, line 2k lowers tentative tax, and more credit is used.

    2025, single, 150,000 and a regular gain of 100,000 that is nothing for the AMT: regular tax 25,067 + 15% x
    100,000 = 40,067; tentative tax stays (150,000 - 88,100) x 26% = 16,094; the credit may be 23,973.
    """
    labels = ["Long-term capital gain", "AMT long-term capital gain", "Minimum tax credit"]
    facts = labels, [100_000, 0, 50_000]
    assert call("AMT_CREDIT_USED", 150_000, "single", 2025, 0, *facts) == pytest.approx(23_973.00, abs=0.005)
    assert call("AMT_CREDIT_CARRIED", 150_000, "single", 2025, 0, *facts) == pytest.approx(26_027.00, abs=0.005)


def test_a_year_in_amt_uses_no_credit():
    """Where AMT is owed the regular tax is below the tentative tax, and line 24 is zero."""
    assert call("AMT_CREDIT_USED", 150_000, "single", 2024, 100_000, ["Minimum tax credit"], [9_000]) == 0.0


dollars = st.integers(0, 600_000).map(float)


@st.composite
def households(draw):
    """A household with credits, its year and a spread."""
    facts = {
        "Long-term capital gain": draw(st.integers(-20_000, 800_000)),
        "State income tax": draw(st.integers(0, 80_000)),
        "Mortgage interest": draw(st.integers(0, 60_000)),
        "Other AMT exclusion items": draw(st.sampled_from([0, 0, 30_000, 150_000])),
        "Wages already taxed by AMT": draw(st.sampled_from([0, 0, 40_000])),
        "Other nonrefundable credits": draw(st.integers(0, 30_000)),
        "Foreign tax credit": draw(st.integers(0, 20_000)),
        "Other dependents": draw(st.integers(0, 3)),
        "Minimum tax credit": draw(st.integers(0, 300_000)),
    }
    return (
        draw(st.integers(40_000, 1_500_000)),
        draw(st.sampled_from(list(STATUSES))),
        draw(st.integers(2018, 2030)),
        draw(dollars),
        *two_arguments(facts),
    )


@given(households())
def test_credit_used_and_carried(household):
    """Credit used is at most what is available and what the form leaves room for; used and carried are all of it."""
    available = household[5][household[4].index("Minimum tax credit")]
    used, carried = call("AMT_CREDIT_USED", *household), call("AMT_CREDIT_CARRIED", *household)
    assert 0.0 <= used <= available
    assert used + carried == pytest.approx(available, abs=1e-6)
    income, status, year, _, *facts = household
    left = call("AMT_REGULAR_TAX", income, status, year, *facts) - call("AMT_TENTATIVE_TAX", *household)
    assert used <= max(left, 0.0)


@given(households())
def test_credit_earned_is_at_most_the_amt(household):
    """The deferral part of the AMT is at most all of it; without a deferral item no credit is earned."""
    assert call("AMT_CREDIT_EARNED", *household) <= call("AMT_OWED", *household) + 1e-6
    income, status, year, _, labels, amounts = household
    plain = [
        0 if find_label(label).field == "wages_already_taxed_by_amt" else amount
        for label, amount in zip(labels, amounts, strict=True)
    ]
    assert call("AMT_CREDIT_EARNED", income, status, year, 0, labels, plain) == pytest.approx(0.0, abs=1e-6)


@given(households())
def test_total_tax_falls_by_the_credit_used(household):
    """A minimum tax credit lowers the total tax by what is used of it, and never below zero."""
    income, status, year, spread, labels, amounts = household
    without = [0 if label == "Minimum tax credit" else amount for label, amount in zip(labels, amounts, strict=True)]
    saved = call("AMT_TOTAL_TAX", income, status, year, spread, labels, without) - call("AMT_TOTAL_TAX", *household)
    assert saved == pytest.approx(call("AMT_CREDIT_USED", *household), abs=1e-5)
    assert call("AMT_TOTAL_TAX", *household) >= -1e-9


def test_a_credit_below_zero_is_none():
    """Line 21 may be below zero where line 18 was negative: nothing is used, and nothing carried."""
    household = (150_000, "single", 2024, 0, ["Minimum tax credit"], [-10_400])
    assert call("AMT_CREDIT_USED", *household) == 0.0
    assert call("AMT_CREDIT_CARRIED", *household) == 0.0
    assert call("AMT_TOTAL_TAX", *household) == call("AMT_REGULAR_TAX", 150_000, "single", 2024)
