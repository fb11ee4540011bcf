"""The households of tests/cases, on which independent tax engines agree, through the worksheet functions."""

import json
from itertools import product
from pathlib import Path

import pytest

from xl_amt.worksheet import call

CASES = Path(__file__).parent / "cases"
TWO_CENTS = 0.02
LABELS = (
    "Interest",
    "Ordinary dividends",
    "Qualified dividends",
    "Short-term capital gain",
    "Long-term capital gain",
    "Deduction",
    "State income tax",
    "Real estate tax",
    "Mortgage interest",
    "Cash gifts",
    "Age",
    "Spouse age",
)
FIGURES = {
    "taxable_income": "AMT_TAXABLE_INCOME",
    "regular_tax": "AMT_REGULAR_TAX",
    "amti": "AMT_INCOME",
    "tmt": "AMT_TENTATIVE_TAX",
    "amt": "AMT_OWED",
}
WITH_SPREAD = ("AMT_INCOME", "AMT_TENTATIVE_TAX", "AMT_OWED")


def read_cases(name):
    """The cases of a file, in its order."""
    return [json.loads(line) for line in (CASES / name).read_text("utf-8").splitlines()]


def amounts(case):
    """The amounts beside LABELS, in their order."""
    given = case["inputs"]
    return [
        given["interest"],
        given["qualified_dividends"] + given["nonqualified_dividends"],
        given["qualified_dividends"],
        given["stcg"],
        given["ltcg"],
        given["deduction"],
        given["state_income_tax"],
        given["real_estate_tax"],
        given["mortgage_interest"],
        given["charity_cash"],
        given["age"],
        given["spouse_age"],
    ]


def arguments(case, function):
    """The arguments of a worksheet function for one case."""
    household = [case["inputs"]["wages"], case["status"], case["year"]]
    spread = [case["inputs"]["iso_spread"]] if function in WITH_SPREAD else []
    return [*household, *spread, LABELS, amounts(case)]


def columns(cases, function):
    """The arguments for all cases at once: columns, and a row of labels over a table."""
    rows = [arguments(case, function) for case in cases]
    *single, _, table = (list(column) for column in zip(*rows, strict=True))
    return [*single, [LABELS], table]


def bits(figures):
    """Figures as text that shows every bit."""
    return [float.hex(figure) for figure in figures]


FEDERAL = read_cases("federal.jsonl")
ROOM = read_cases("room.jsonl")


def test_every_year_status_and_deduction_has_cases():
    """The files are whole, and no year and status is without a case of each deduction."""
    assert (len(FEDERAL), len(ROOM)) == (918, 60)
    assert {(case["year"], case["status"], case["inputs"]["deduction"]) for case in FEDERAL} == set(
        product(range(2018, 2027), ("S", "MFJ", "MFS", "HOH", "QSS"), ("standard", "itemized"))
    )


@pytest.mark.parametrize("case", FEDERAL, ids=lambda case: case["id"])
def test_federal(case):
    """Each figure is within two cents of what the engines agree on."""
    expected = {figure: case["expected"][figure] for figure in (*FIGURES, "exemption")}
    given = {figure: call(function, *arguments(case, function)) for figure, function in FIGURES.items()}
    given["exemption"] = call("AMT_EXEMPTION", given["amti"], case["status"], case["year"])
    assert given == pytest.approx(expected, rel=0, abs=TWO_CENTS)


@pytest.mark.parametrize("case", ROOM, ids=lambda case: case["id"])
def test_room(case):
    """The room is within two cents of what the engines agree on, and so is the regular tax."""
    expected = case["expected"]
    assert call("AMT_ROOM", *arguments(case, "AMT_ROOM")) == pytest.approx(expected["amt_room"], abs=TWO_CENTS)
    assert call("AMT_REGULAR_TAX", *arguments(case, "AMT_REGULAR_TAX")) == pytest.approx(
        expected["regular_tax"], abs=TWO_CENTS
    )


@pytest.mark.parametrize("function", FIGURES.values())
def test_federal_in_one_call(function):
    """All cases in one call, years and statuses mixed, give the bits that they give one by one."""
    one_by_one = [call(function, *arguments(case, function)) for case in FEDERAL]
    assert bits(call(function, *columns(FEDERAL, function))) == bits(one_by_one)


def test_exemption_in_one_call():
    """All exemptions in one call give the bits that they give one by one."""
    rows = [(case["expected"]["amti"], case["status"], case["year"]) for case in FEDERAL]
    in_one = call("AMT_EXEMPTION", *map(list, zip(*rows, strict=True)))
    assert bits(in_one) == bits(call("AMT_EXEMPTION", *row) for row in rows)


def test_room_in_one_call():
    """All rooms in one call, those of the federal cases among them, give the bits that they give one by one."""
    cases = ROOM + FEDERAL
    one_by_one = [call("AMT_ROOM", *arguments(case, "AMT_ROOM")) for case in cases]
    assert bits(call("AMT_ROOM", *columns(cases, "AMT_ROOM"))) == bits(one_by_one)
