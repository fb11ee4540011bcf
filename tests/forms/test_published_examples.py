"""The figures of published_examples.toml, to the cent, and that we differ from the wrong ones in circulation."""

import tomllib
from pathlib import Path

import pytest

from xl_amt.worksheet import FUNCTIONS, call

EXAMPLES = tomllib.loads((Path(__file__).parent / "published_examples.toml").read_text("utf-8"))
HALF_A_CENT = 0.005


def by_source(example):
    """An example's source, as the name of its test."""
    return example["source"]


def gives(name, case):
    """What a worksheet function gives for a case: its arguments by name, all other given facts by label."""
    given = {key: case[key] for key in ("status", "year") if key in case} | case["given"]
    arguments = FUNCTIONS[name].arguments
    named = {key for function in FUNCTIONS.values() for key in (item.name for item in function.arguments)}
    facts = {label: amount for label, amount in given.items() if label not in named}
    if facts:
        given |= {"labels": list(facts), "amounts": list(facts.values())}
    return call(name, *(given.get(argument.name) for argument in arguments))


@pytest.mark.parametrize("case", EXAMPLES["case"], ids=by_source)
def test_case(case):
    """Each function gives the expected figure to the cent, and none of the published ones that are wrong."""
    expected = case["expected"]
    assert {name: gives(name, case) for name in expected} == pytest.approx(expected, rel=0, abs=HALF_A_CENT)
    for name, figure in case.get("published", {}).items():
        assert abs(gives(name, case) - figure) > HALF_A_CENT


@pytest.mark.parametrize("number", EXAMPLES["number"], ids=by_source)
def test_number_of_the_law(number):
    """AMT_LAW gives the enacted number, and none of the wrong ones in circulation."""
    given = call("AMT_LAW", number["parameter"], number["status"], number["year"])
    assert given == number["expected"]
    assert given != number.get("published")


@pytest.mark.parametrize("year", [2024, 2025])
def test_case_study_never_costs_what_it_claims(year):
    """No wage from 100,000 to 400,000 brings the federal AMT on a spread of 100,000 above 18,500; 38,000 is claimed."""
    wages = list(range(100_000, 400_001, 50))
    assert max(call("AMT_OWED", wages, "single", year, 100_000)) < 18_500


@pytest.mark.parametrize(("year", "rate"), [(2018, 0.35), (2025, 0.35), (2026, 0.42)])
def test_marginal_rate_inside_the_phase_out(year, rate):
    """Inside the exemption's phase-out a dollar of spread costs 35 cents through 2025, and 42 from 2026."""
    start = call("AMT_LAW", "AMT exemption phase-out start", "single", year)
    first, second = call("AMT_TENTATIVE_TAX", 150_000, "single", year, [start - 150_000 + 1, start - 150_000 + 1_001])
    assert (second - first) / 1_000 == pytest.approx(rate)


@pytest.mark.parametrize(("year", "rate"), [(2024, 0.325), (2026, 0.39)])
def test_marginal_rate_inside_the_phase_out_with_gains(year, rate):
    """With gains that keep ordinary income in the 26% bracket, it costs 32.5 cents, and 39 from 2026."""
    gain = ("Long-term capital gain", 500_000)
    first, second = call("AMT_TENTATIVE_TAX", 130_000, "single", year, [0, 1_000], *gain)
    assert (second - first) / 1_000 == pytest.approx(rate)
