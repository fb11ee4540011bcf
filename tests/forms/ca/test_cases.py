"""The households of tests/forms/ca/cases, on which California's tax was worked out apart from this code."""

import json
from itertools import product
from pathlib import Path

import pytest

from tests.households import facts_asked
from xl_amt.forms.tax_systems import TAX_SYSTEMS, tax_returns_of
from xl_amt.reading.household import read_household, read_own_facts
from xl_amt.worksheet import call

CASES = Path(__file__).parent / "cases"
FIVE_CENTS = 0.05
FIGURES = {
    "taxable_income": "AMT_TAXABLE_INCOME",
    "regular_tax_line31": "AMT_REGULAR_TAX",
    "amti": "AMT_INCOME",
    "tmt": "AMT_TENTATIVE_TAX",
    "amt": "AMT_OWED",
}
WITH_SPREAD = ("AMT_INCOME", "AMT_TENTATIVE_TAX", "AMT_OWED")
ARRAYS_FROM = 16  # rows of one year, status and choices from which a column is answered in arrays


def read_cases(name):
    """The cases of a file, in its order."""
    return [json.loads(line) for line in (CASES / name).read_text("utf-8").splitlines()]


CALIFORNIA = read_cases("california.jsonl")
ROOM = read_cases("room.jsonl")
CREDIT = read_cases("credit.jsonl")
LABELS = tuple(dict.fromkeys(label for case in CALIFORNIA + ROOM for label in case["facts"]))
AS_FEDERAL = {
    "CA long-term loss carryover": "Long-term loss carryover",
    "CA AMT long-term capital gain": "Long-term capital gain",
}


def arguments(case, function, *own, labels=None, place="CA"):
    """The arguments of a worksheet function for one case; with ``labels``, an amount beside each of them."""
    facts = case["facts"]
    spread = [case["iso_spread"]] if function in WITH_SPREAD else []
    amounts = [facts.get(label, facts.get(AS_FEDERAL.get(label), 0)) for label in labels or facts]
    asked = facts_asked(labels or facts, amounts, place)
    return [case["wages"], case["status"], case["year"], *spread, *own, *asked, place]


def column(cases, function):
    """The arguments for every case so many times that arrays answer it: columns, and labels over a table."""
    rows = [arguments(case, function, labels=LABELS) for case in cases for _ in range(ARRAYS_FROM)]
    *single, _, table, _ = (list(cells) for cells in zip(*rows, strict=True))
    return [*single, [list(LABELS)], table, "CA"]


def california_return(case, year):
    """California's return of a case, all but its spread."""
    facts = case["facts"]
    household = read_household({"income": case["wages"], "status": case["status"], "year": year}, facts)
    own = read_own_facts(TAX_SYSTEMS["CA"], household, facts)
    (of_california,) = tax_returns_of(household, [(TAX_SYSTEMS["CA"], own)])
    return of_california


def lines(case):
    """Lines of Form 540, Schedule CA and Schedule P by the names that the cases have for them."""
    of_california, spread = california_return(case, case["year"]), case["iso_spread"]
    form_540, taxes = of_california.regular, of_california.total_tax(spread)
    return {
        "fed_agi": form_540.federal_income,
        "ca_agi": form_540.adjusted_gross_income,
        "deduction": form_540.deduction,
        "itemized_before_limit": form_540.itemized_deductions.total,
        "schedule_p_line_18": of_california.part_i.limit_on_deductions,
        "exemption_credits_line32": taxes.exemption_credits.allowed,
        "tax_after_exemption_credits_line33": taxes.minimum_tax_credit.regular_tax_less_credits,
        "mhs_tax": taxes.behavioral_health_services_tax,
    }


def bits(figures):
    """Figures as text that shows every bit."""
    return [float.hex(figure) for figure in figures]


def test_every_year_and_status_has_cases():
    """The files are whole, and no year and status is without a case."""
    assert (len(CALIFORNIA), len(ROOM), len(CREDIT)) == (190, 30, 16)
    assert {(case["year"], case["status"]) for case in CALIFORNIA} == set(
        product(range(2018, 2026), ("single", "mfj", "mfs", "hoh", "qss"))
    )


@pytest.mark.parametrize("case", CALIFORNIA, ids=lambda case: case["id"])
def test_california(case):
    """Each figure, from the worksheet functions and from the forms, is within five cents of the case's."""
    given = {figure: call(function, *arguments(case, function)) for figure, function in FIGURES.items()}
    given["exemption"] = call("AMT_EXEMPTION", given["amti"], case["status"], case["year"], "CA")
    given |= lines(case)
    expected = case["expected"]
    assert set(expected) <= set(given)
    assert {figure: given[figure] for figure in expected} == pytest.approx(expected, rel=0, abs=FIVE_CENTS)


@pytest.mark.parametrize("case", ROOM, ids=lambda case: case["id"])
def test_room(case):
    """California's room and its regular tax; at the room's whole dollars no AMT, and a dollar more the case's."""
    expected = case["expected"]
    owed = [call("AMT_OWED", *arguments(case, "AMT_ROOM", expected["floor_dollar"] + more)) for more in (0, 1)]
    given = {
        "ca_room": call("AMT_ROOM", *arguments(case, "AMT_ROOM")),
        "regular_tax_line31": call("AMT_REGULAR_TAX", *arguments(case, "AMT_REGULAR_TAX")),
        "tmt_without_iso": call("AMT_TENTATIVE_TAX", *arguments(case, "AMT_ROOM", 0)),
        "amt_at_floor": owed[0],
        "amt_at_floor_plus_1": owed[1],
    }
    assert given == pytest.approx({figure: expected[figure] for figure in given}, rel=0, abs=FIVE_CENTS)


@pytest.mark.parametrize("case", ROOM, ids=lambda case: case["id"])
def test_room_in_both_jurisdictions(case):
    """The room in both together is the smaller of the two."""
    rooms = [call("AMT_ROOM", *arguments(case, "AMT_ROOM", place=place)) for place in ("US", "CA", "US+CA")]
    assert rooms[2] == min(rooms[:2])


@pytest.mark.parametrize("case", CREDIT, ids=lambda case: case["id"])
def test_credit(case):
    """AMT of one year becomes credit of the next, is used up to the tentative tax, and the rest is carried."""
    expected, carried_in = case["expected"], case["credit_carried_into_year1"]
    first, second = ({"status": case["status"], "year": case["year"] + at} | case["years"][at] for at in (0, 1))
    earned = call("AMT_CREDIT_EARNED", *arguments(first, "AMT_OWED"))
    second["facts"] = second["facts"] | {"CA minimum tax credit": carried_in + earned}
    year_2 = california_return(second, second["year"]).total_tax(second["iso_spread"])
    given = {
        "amt_year1": call("AMT_OWED", *arguments(first, "AMT_OWED")),
        "amt_on_exclusion_items_year1": call("AMT_OWED", *arguments(first, "AMT_OWED")) - earned,
        "credit_generated": earned,
        "credit_available_year2": carried_in + earned,
        "regular_tax_line31_year2": call("AMT_REGULAR_TAX", *arguments(second, "AMT_REGULAR_TAX")),
        "exemption_credits_line32_year2": year_2.exemption_credits.allowed,
        "tax_line35_year2": year_2.minimum_tax_credit.regular_tax_less_credits,
        "tmt_year2": call("AMT_TENTATIVE_TAX", *arguments(second, "AMT_OWED")),
        "amt_year2": call("AMT_OWED", *arguments(second, "AMT_OWED")),
        "credit_limit_year2": year_2.minimum_tax_credit.most_usable,
        "credit_used_year2": call("AMT_CREDIT_USED", *arguments(second, "AMT_OWED")),
        "carryforward_to_year3": call("AMT_CREDIT_CARRIED", *arguments(second, "AMT_OWED")),
    }
    assert given == pytest.approx(expected, rel=0, abs=FIVE_CENTS)


@pytest.mark.parametrize("function", FIGURES.values())
def test_california_in_one_column(function):
    """All cases in one column, years, statuses and labels mixed, give the bits that they give one by one."""
    one_by_one = [call(function, *arguments(case, function)) for case in CALIFORNIA for _ in range(ARRAYS_FROM)]
    assert bits(call(function, *column(CALIFORNIA, function))) == bits(one_by_one)


def test_room_in_one_column():
    """All rooms in one column, those of the other cases among them, give the bits that they give one by one."""
    cases = ROOM + CALIFORNIA
    one_by_one = [call("AMT_ROOM", *arguments(case, "AMT_ROOM")) for case in cases for _ in range(ARRAYS_FROM)]
    assert bits(call("AMT_ROOM", *column(cases, "AMT_ROOM"))) == bits(one_by_one)
