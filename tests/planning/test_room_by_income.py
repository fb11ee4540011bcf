"""The room by income and the credit by year, by hand and beside the functions that they rest on."""

from __future__ import annotations

from itertools import pairwise

import pytest

from xl_amt.errors import AmtError
from xl_amt.forms.minimum_tax import STEP_WIDTH
from xl_amt.worksheet import call

JUMP = 2.5 * STEP_WIDTH  # rows that are nearer to each other stand on both sides of one


@pytest.mark.parametrize(
    ("income", "rate"),
    [(120_000, (0.22 - 0.26) / 0.26), (121_900, (0.24 - 0.26) / 0.26), (230_000, 0.06 / 0.26), (700_000, 0.09 / 0.28)],
)
def test_the_change_per_dollar_by_hand(income, rate):
    """2026, single: the regular rate less the AMT's, over the AMT's."""
    assert call("AMT_ROOM_BY_INCOME", income, income + 100, "single", 2026)[0][2] == pytest.approx(rate, abs=1e-9)


def test_the_change_in_the_phase_out():
    """2026, single, at wages of 450,000: 35% against 42% takes 0.17 a dollar."""
    assert call("AMT_ROOM_BY_INCOME", 450_000, 450_100, "single", 2026)[0][2] == pytest.approx(-0.07 / 0.42, abs=1e-9)


@pytest.mark.parametrize("status", ["single", "mfj", "mfs", "hoh"])
@pytest.mark.parametrize("labels", [None, ["Long-term capital gain", "Real estate tax", "Mortgage interest"]])
def test_every_row_is_the_room_and_lines_are_straight_between(status, labels):
    """AMT_ROOM at each row and between the rows; a jump has a row on each side."""
    amounts = [90_000, 12_000, 9_000] if labels else None
    rows = call("AMT_ROOM_BY_INCOME", 30_000, 900_000, status, 2025, labels, amounts)
    assert rows[0][0] == 30_000.0
    assert rows[-1][0] == 900_000.0
    for (income, room, rate), (later, _, _) in pairwise(rows):
        assert room == pytest.approx(call("AMT_ROOM", income, status, 2025, labels, amounts), abs=0.01)
        for part in (0.1, 0.5, 0.9) if later - income > JUMP else ():
            between = income + part * (later - income)
            exact = call("AMT_ROOM", between, status, 2025, labels, amounts)
            assert room + rate * (between - income) == pytest.approx(exact, abs=0.02), (income, between)


def test_the_credit_of_one_large_exercise_by_year():
    """45,813.50 of 2024: 7,973.00 comes back in 2025 and 8,160.00 in 2026, the rest by projected law."""
    rows = call("AMT_CREDIT_YEARS", 45_813.50, 200_000, "single", 2025)
    assert [row[1] for row in rows[:2]] == [pytest.approx(7_973.00), pytest.approx(8_160.00)]
    assert rows[-1][2] == 0.0
    assert sum(row[1] for row in rows) == pytest.approx(45_813.50)


@pytest.mark.parametrize("blank", [None, "", 0.0])
def test_the_label_of_the_credit_may_stand_there_blank(blank):
    """All labels of a workbook with their amounts, of which the credit's is empty as each host hands it over."""
    labels, amounts = [["Interest"], ["Minimum tax credit"]], [[2_000.0], [blank]]
    rows = call("AMT_CREDIT_YEARS", 5_000, 200_000, "single", 2025, labels, amounts)
    assert rows == call("AMT_CREDIT_YEARS", 5_000, 200_000, "single", 2025, "Interest", 2_000)


def test_a_sale_with_a_dual_basis_speeds_the_return():
    """A long-term gain that is smaller for the AMT lets its year use more."""
    labels = ["Long-term capital gain", "AMT long-term capital gain"]
    incomes, years = [200_000, 200_000], [2025, 2026]
    plain = call("AMT_CREDIT_YEARS", 60_000, incomes, "single", years)
    sale = call("AMT_CREDIT_YEARS", 60_000, incomes, "single", years, [labels], [[90_000, 20_000], [0, 0]])
    assert sale[0][1] > plain[0][1] + 5_000
    assert sale[1][1] == plain[1][1]


def test_an_amt_loss_goes_on_to_the_next_year():
    """An AMT loss beyond 3,000 lowers the AMT income of later years, as given by hand."""
    labels = ["AMT long-term capital gain"]
    rows = call("AMT_CREDIT_YEARS", 60_000, [200_000] * 3, "single", [2024, 2025, 2026], [labels], [[-9_000], [0], [0]])
    by_hand = call(
        "AMT_CREDIT_USED",
        200_000,
        "single",
        2025,
        0,
        ["Minimum tax credit", "AMT long-term loss carryover"],
        [60_000, 6_000],
    )
    assert rows[1][1] == pytest.approx(by_hand)


def test_a_state_without_a_minimum_tax_limits_no_room():
    """Beside the federal tax it changes no row; alone it has no room."""
    asked = ("AMT_ROOM_BY_INCOME", 121_800, 300_000, "single", 2026, None, None)
    assert call(*asked, "US+TX") == call(*asked, "US")
    with pytest.raises(AmtError, match="Texas has no minimum tax"):
        call(*asked, "TX")


@pytest.mark.parametrize(("place", "name"), [("CO", "Colorado"), ("TX", "Texas")])
def test_a_credit_that_no_state_carries_is_refused(place, name):
    """A credit that is given is not dropped unseen."""
    with pytest.raises(AmtError, match=f"{name} carries no minimum tax credit from year to year"):
        call("AMT_CREDIT_YEARS", 5_000, 200_000, "single", [2024, 2025], None, None, place)


@pytest.mark.parametrize(
    ("name", "arguments", "sentence"),
    [
        ("AMT_ROOM_BY_INCOME", (5, 5, "single", 2026), "to_income: it is not above from_income"),
        ("AMT_ROOM_BY_INCOME", (-5, 5, "single", 2026), "from_income: -5 is negative"),
        ("AMT_CREDIT_YEARS", (5, [1, 2], ["single"] * 3, 2025), "incomes: its 2 cells do not fit the 3 of statuses"),
        ("AMT_CREDIT_YEARS", (5, [1, "x"], "single", [2025, 2026]), "row 2: income: 'x' is text"),
        ("AMT_CREDIT_YEARS", (5, 1, "single", 2025, "Minimum tax credit", 5), "enter it once, as credit"),
        ("AMT_CREDIT_YEARS", ([5, 6], 1, "single", 2025), "gives a table"),
        ("AMT_CREDIT_YEARS", (5, [[1, 2], [3, 4]], "single", 2025), "is not a row or column of years"),
        ("AMT_CREDIT_YEARS", (5, 1, "single", 2060), "year: 2060"),
    ],
)
def test_one_sentence(name, arguments, sentence):
    """What cannot be answered says why."""
    with pytest.raises(AmtError) as refused:
        call(name, *arguments)
    assert sentence in str(refused.value)
