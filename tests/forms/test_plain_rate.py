"""States without a minimum tax: a plain rate that the household states, or none."""

import pytest

from xl_amt.errors import ArgumentError, NoAnswerError, NotHeldError
from xl_amt.forms.plain_rate import PLAIN_RATE_STATES
from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.worksheet import answer, call

HOUSEHOLD = (150_000, "single", 2025)
RATE = (["Plain state tax rate"], [0.06])
NO_LABELS = (None, None)
UNTAXED = ("AK", "FL", "NV", "NH", "SD", "TN", "TX", "WA", "WY")
CENT = 0.005


def test_every_state_is_one_of_them():
    """All fifty states and the District have a tax system, or, as California, one of their own beside these."""
    assert len({system.code for system in PLAIN_RATE_STATES} | {"CA", "CO", "CT", "MN"}) == 51
    assert not any(system.has_minimum_tax or system.labels for system in PLAIN_RATE_STATES)


def test_the_plain_rate():
    """Single, 2025: 150,000 less 15,750 is 134,250, at 6% 8,055; beside the federal tax they add up."""
    assert call("AMT_REGULAR_TAX", *HOUSEHOLD, *RATE, "NY") == pytest.approx(8_055)
    assert call("AMT_TOTAL_TAX", *HOUSEHOLD, 100_000, *RATE, "ny") == pytest.approx(8_055)
    federal = call("AMT_TOTAL_TAX", *HOUSEHOLD, 100_000)
    assert call("AMT_TOTAL_TAX", *HOUSEHOLD, 100_000, *RATE, "US+NY") == pytest.approx(federal + 8_055)
    assert call("AMT_TAXABLE_INCOME", *HOUSEHOLD, *NO_LABELS, "NY") == 134_250
    assert call("AMT_MARGINAL_RATE", *HOUSEHOLD, 100_000, *RATE, "NY") == 0.0
    assert TAX_SYSTEMS["NY"].note == "New York at the plain rate entered"


@pytest.mark.parametrize("place", [None, "US", "US+CA"])
def test_a_rate_for_no_state_that_is_asked(place):
    """It is refused in a cell and in a column, so that it is not dropped unseen; a blank one, or 0, is none."""
    with pytest.raises(ArgumentError, match=r"^labels: 'Plain state tax rate' is for a state whose own forms are not"):
        call("AMT_TOTAL_TAX", *HOUSEHOLD, 100_000, *RATE, place)
    cells = answer("AMT_TOTAL_TAX", [150_000] * 100, *HOUSEHOLD[1:], 100_000, *RATE, place)
    assert all("and the jurisdiction names no such state; use " in str(cell) for cell in cells)
    none = call("AMT_TOTAL_TAX", *HOUSEHOLD, 100_000, None, None, place)
    for blank in (None, "", 0):
        assert call("AMT_TOTAL_TAX", *HOUSEHOLD, 100_000, "Plain state tax rate", blank, place) == none


@pytest.mark.parametrize("code", UNTAXED)
def test_no_tax_at_all(code):
    """Where wages and investment are untaxed there is no tax, and no rate to state."""
    assert call("AMT_TOTAL_TAX", *HOUSEHOLD, 100_000, *NO_LABELS, code) == 0.0
    assert call("AMT_REGULAR_TAX", [150_000] * 100, *HOUSEHOLD[1:], *NO_LABELS, code) == [0.0] * 100
    with pytest.raises(ArgumentError, match="has no tax on wages, so no rate applies; leave it blank"):
        call("AMT_TOTAL_TAX", *HOUSEHOLD, 0, *RATE, code)
    assert TAX_SYSTEMS[code].note.endswith("has no tax on this income")


@pytest.mark.parametrize("code", ["TX", "NY", "DC"])
def test_it_limits_nothing(code):
    """No minimum tax is owed and no credit moves; beside the federal one it changes no room, and needs no rate."""
    for name in ("AMT_OWED", "AMT_TENTATIVE_TAX", "AMT_CREDIT_EARNED", "AMT_CREDIT_USED", "AMT_CREDIT_CARRIED"):
        assert call(name, *HOUSEHOLD, 100_000, *NO_LABELS, code) == 0.0
        assert call(name, [150_000] * 100, *HOUSEHOLD[1:], 100_000, *NO_LABELS, code) == [0.0] * 100
    for name, own in {
        "AMT_ROOM": (),
        "AMT_ROOM_SHARES": (1, 3),
        "AMT_ROOM_KEEPING_CREDIT": (),
        "AMT_CUSHION": (5_000,),
        "AMT_SPREAD_FOR": (1_000,),
        "AMT_INCOME_FOR": (40_000,),
        "AMT_SHARES_TO_SELL": (10_000, 1, 11, 9),
        "AMT_OWED": (100_000,),
    }.items():
        both, federal = (call(name, *HOUSEHOLD, *own, *NO_LABELS, place) for place in (f"US+{code}", "US"))
        assert both == federal, name
        if code == "TX":
            column = call(name, [150_000] * 100, *HOUSEHOLD[1:], *own, *NO_LABELS, f"US+{code}")
            assert column == [federal] * 100


@pytest.mark.parametrize(
    "name", ["AMT_ROOM", "AMT_ROOM_SHARES", "AMT_ROOM_KEEPING_CREDIT", "AMT_CUSHION", "AMT_SPREAD_FOR"]
)
@pytest.mark.parametrize("place", ["TX", "TX+NY"])
def test_alone_it_has_no_room(name, place):
    """A room where nothing limits it is refused, in a cell and in a column."""
    own = {"AMT_ROOM_SHARES": (1, 3), "AMT_CUSHION": (5_000,), "AMT_SPREAD_FOR": (1_000,)}.get(name, ())
    sentence = "jurisdiction: Texas has no minimum tax, so it does not limit the spread; use US or US+TX."
    with pytest.raises(NoAnswerError) as refused:
        call(name, *HOUSEHOLD, *own, *NO_LABELS, place)
    assert str(refused.value) == sentence
    cells = answer(name, [150_000] * 100, *HOUSEHOLD[1:], *own, *NO_LABELS, place)
    assert {str(cell) for cell in cells} == {sentence}


def test_what_else_only_a_minimum_tax_has():
    """Its income and its exemption are refused; the curve shows the plain tax alone."""
    with pytest.raises(NoAnswerError, match="Texas has no minimum tax"):
        call("AMT_INCOME", *HOUSEHOLD, 0, *NO_LABELS, "TX")
    with pytest.raises(NoAnswerError, match="New York has no minimum tax, and so no exemption; use US"):
        call("AMT_EXEMPTION", 500_000, "single", 2025, "NY")
    with pytest.raises(NotHeldError, match="the printed forms of Texas are not available"):
        call("AMT_FORM", "6251", *HOUSEHOLD, 0, *NO_LABELS, "TX")
    assert call("AMT_CURVE", *HOUSEHOLD, 50_000, *RATE, "NY") == [
        [0.0, 8_055.0, 0.0, 0.0],
        [50_000.0, 8_055.0, 0.0, 0.0],
    ]


@pytest.mark.parametrize(
    ("place", "year", "facts", "kind", "sentence"),
    [
        (
            "NY", 2025, {}, ArgumentError,
            (
                "Plain state tax rate: it is blank or 0, and the tax of New York is not figured here; enter its rate "
                "as a fraction of federal taxable income, such as 0.05."
            ),
        ),
        (
            "NY", 2025, {"Plain state tax rate": 6}, ArgumentError,
            "Plain state tax rate: 6 is more than 1; enter a fraction of federal taxable income, such as 0.05.",
        ),
        (
            "NY", 2025, {"Plain state tax rate": -0.1}, ArgumentError,
            "Plain state tax rate: -0.1 is negative; enter zero or more.",
        ),
        (
            "IA", 2022, {"Plain state tax rate": 0.06}, NotHeldError,
            (
                "jurisdiction: Iowa had a minimum tax before 2023, which is not available; use US alone, or a year "
                "from 2023 on."
            ),
        ),
        (
            "US+WI", 2018, {"Plain state tax rate": 0.06}, NotHeldError,
            (
                "jurisdiction: Wisconsin had a minimum tax before 2019, which is not available; use US alone, or a "
                "year from 2019 on."
            ),
        ),
        (
            "TN", 2020, {"Interest": 1}, NotHeldError,
            (
                "jurisdiction: Tennessee's tax on interest and dividends is not available, and this household has "
                "such income; use US alone."
            ),
        ),
        (
            "NH", 2024, {"Ordinary dividends": 900}, NotHeldError,
            (
                "jurisdiction: New Hampshire's tax on interest and dividends is not available, and this household has "
                "such income; use US alone."
            ),
        ),
        (
            "WA", 2022, {"Long-term capital gain": 250_001}, NotHeldError,
            (
                "jurisdiction: Washington's tax on long-term gains is not available, and this household has such "
                "income; use US alone."
            ),
        ),
    ],
)  # fmt: skip
def test_refusals(place, year, facts, kind, sentence):
    """One sentence, in a cell and in a long column."""
    labels = (list(facts) or None, list(facts.values()) or None)
    with pytest.raises(kind) as refused:
        call("AMT_TOTAL_TAX", 150_000, "single", year, 0, *labels, place)
    assert str(refused.value) == sentence
    cells = answer("AMT_TOTAL_TAX", [150_000] * 100, "single", year, 0, *labels, place)
    assert {str(cell) for cell in cells} == {sentence}


@pytest.mark.parametrize(
    ("place", "year", "facts"),
    [
        ("IA", 2023, {"Plain state tax rate": 0.06}),
        ("WI", 2019, {"Plain state tax rate": 0.06}),
        ("TN", 2021, {"Interest": 9_000}),
        ("NH", 2025, {"Ordinary dividends": 900}),
        ("NH", 2024, {"Long-term capital gain": 900}),
        ("WA", 2022, {"Long-term capital gain": 250_000}),
        ("WA", 2021, {"Long-term capital gain": 900_000}),
    ],
)
def test_a_year_or_an_amount_beside_a_refusal(place, year, facts):
    """What is not taxed in the year, or not that much, is answered."""
    expected = 0.06 * call("AMT_TAXABLE_INCOME", 150_000, "single", year) if "Plain state tax rate" in facts else 0.0
    total = call("AMT_TOTAL_TAX", 150_000, "single", year, 0, list(facts), list(facts.values()), place)
    assert total == pytest.approx(expected, abs=CENT)


def test_a_column_of_states_and_rates():
    """Each row is of its own state and rate, and one without a rate says so alone."""
    places, rates = ["NY", "TX", "MA", "US+NY", "NY"] * 20, [0.06, None, 0.05, 0.065, None] * 20
    cells = answer("AMT_TOTAL_TAX", *HOUSEHOLD, 0, "Plain state tax rate", rates, places)
    federal = call("AMT_TOTAL_TAX", *HOUSEHOLD, 0)
    assert cells[:4] == pytest.approx([8_055, 0.0, 6_712.5, federal + 8_726.25])
    assert isinstance(cells[4], ArgumentError)
    assert [str(cell) for cell in cells] == [str(cell) for cell in cells[:5] * 20]
