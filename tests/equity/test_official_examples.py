"""The figures of official_examples.toml: the forms' instructions, the publications and the regulations."""

import pytest

from tests.equity.cases import by_source, expected_of, figures_of, only, read_cases, sales_of, split_of

CASES = read_cases("official_examples.toml")
HALF_A_CENT = 0.005


@pytest.mark.parametrize("case", [case for case in CASES if "expected" in case], ids=by_source)
def test_figures(case):
    """Every year shows the figures of the example, to the cent."""
    expected = expected_of(case)
    figures = only(figures_of(case), expected)
    for year, named in expected.items():
        assert figures[year] == pytest.approx(named, rel=0, abs=HALF_A_CENT), year


@pytest.mark.parametrize("case", [case for case in CASES if "split" in case], ids=by_source)
def test_split(case):
    """The $100,000 rule leaves as many ISO and NSO shares as the example says."""
    assert split_of(case) == case["split"]


@pytest.mark.parametrize("case", [case for case in CASES if "kinds" in case], ids=by_source)
def test_kinds_of_sales(case):
    """Each sale is of the kind that the example calls it."""
    assert [sale.kind for sale in sales_of(case)] == case["kinds"]


@pytest.mark.parametrize("case", CASES, ids=by_source)
def test_case_expects_something(case):
    """No case is there without a figure, a split and a reason."""
    assert case["decides"].strip()
    assert {"expected", "split"} & case.keys()
