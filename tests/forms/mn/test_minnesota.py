"""Minnesota by hand, from the lines of Form M1 and Schedules M1SA, M1MT and M1MTC.

A single filer of 2024 with 200,000 dollars of wages: taxable income is 185,425, and the tax 5.35% of 31,690, 6.8% of
72,400 and 7.85% of 81,335: 13,003.4125. Income for the minimum tax is 200,000, its exemption 69,530 less 25% of
87,500, so the tentative tax is 6.75% of 152,345: 10,283.2875.
"""

import pytest

from xl_amt.errors import NotHeldError
from xl_amt.worksheet import call

HOUSEHOLD = (200_000, "single", 2024)
CENT = 0.005
ITEMIZED = {"Medical_expenses": 30_000, "Real_estate_tax": 12_000, "Mortgage_interest": 15_000, "Cash_gifts": 5_000}


def asked(name, household, *own, **facts):
    """A function for Minnesota; a label's underscores are spaces."""
    labels = [label.replace("_", " ") for label in facts]
    return call(name, *household, *own, labels or None, list(facts.values()) or None, "MN")


@pytest.mark.parametrize(
    ("household", "facts", "expected"),
    [
        (HOUSEHOLD, {}, 13_003.4125),
        # 3% of 88,850 and 10% of 78,650 come off the standard deduction of 14,575: 4,044.50 are left
        ((400_000, "single", 2024), {}, 33_584.36675),
        # above 1,053,750 80% of it do: 2,915 are left
        ((1_100_000, "single", 2024), {}, 13_616.89 + 0.0985 * (1_100_000 - 2_915 - 193_240)),
        # before 2023 3% of what is above 206,050 did, and no more than 80%
        ((306_050, "single", 2022), {}, 12_065.195 + 0.0985 * (306_050 - (12_900 - 3_000) - 171_220)),
        # two children: 10,100 less five steps of 2%; a joint deduction of 29,150 less 6,530.50
        ((360_000, "mfj", 2024), {"Children_under_17": 1, "Other_dependents": 1}, 23_303.40925),
        # 65 or older: 1,950 more of the standard deduction
        (HOUSEHOLD, {"Age": 65}, 13_003.4125 - 0.0785 * 1_950),
        # medical above 10%, property tax up to 10,000, interest, gifts: 40,000
        (HOUSEHOLD, ITEMIZED, 11_007.55),
        (HOUSEHOLD, ITEMIZED | {"MN_deduction": "standard"}, 13_003.4125 - 0.0785 * 2_250),
        # half of the gifts above 500
        (HOUSEHOLD, {"Cash_gifts": 2_500}, 13_003.4125 - 0.0785 * 1_000),
        # a refund comes out again
        (HOUSEHOLD, {"State_tax_refund": 5_000}, 13_003.4125),
        (HOUSEHOLD, {"MN_income_adjustments": -10_000}, 13_003.4125 - 785),
        # high income reduces taxes, mortgage interest and gifts, but neither medical expenses nor investment interest
        (
            (242_500, "single", 2024),
            ITEMIZED | {"Medical_expenses": 34_250, "Investment_interest": 1_000},
            13_616.89 + 0.0985 * (242_500 - 41_000 + 300 - 193_240),
        ),
    ],
)
def test_the_income_tax(household, facts, expected):
    """Form M1 line 10."""
    assert asked("AMT_REGULAR_TAX", household, **facts) == pytest.approx(expected, abs=CENT)


@pytest.mark.parametrize(
    ("name", "own", "facts", "expected"),
    [
        # (13,003.4125 / 6.75% + 69,530 + 25% of 112,500) / 1.25 - 200,000
        ("AMT_ROOM", (), {}, (13_003.4125 / 0.0675 + 97_655) / 1.25 - 200_000),
        ("AMT_TENTATIVE_TAX", (0,), {}, 10_283.2875),
        ("AMT_OWED", (150_000,), {}, 9_936.125),  # 6.75% of 350,000 - 10,155
        ("AMT_CREDIT_EARNED", (150_000,), {}, 9_936.125),
        # the refund, and of the itemized deductions only medical expenses and gifts, come off
        ("AMT_INCOME", (0,), {"State_tax_refund": 5_000}, 200_000.00),
        ("AMT_INCOME", (0,), ITEMIZED, 185_000.00),
        ("AMT_TENTATIVE_TAX", (0,), ITEMIZED, 9_017.6625),
        ("AMT_INCOME", (0,), {"Cash_gifts": 2_500}, 199_000.00),
        ("AMT_INCOME", (0,), {"Private_activity_bond_interest": 4_000, "Other_AMT_deferral_items": 3_000}, 207_000.00),
        ("AMT_INCOME", (0,), {"MN_income_adjustments": -10_000}, 190_000.00),
        ("AMT_INCOME", (0,), {"MN_income_adjustments": -10_000, "MN_AMT_income_adjustments": 0}, 200_000.00),
        # 13,003.4125 less 10,283.2875 can be used
        ("AMT_CREDIT_USED", (0,), {"MN_minimum_tax_credit": 5_000}, 2_720.125),
        ("AMT_CREDIT_CARRIED", (0,), {"MN_minimum_tax_credit": 5_000}, 2_279.875),
        ("AMT_TOTAL_TAX", (0,), {"MN_minimum_tax_credit": 5_000}, 10_283.2875),
        ("AMT_TOTAL_TAX", (0,), {"MN_minimum_tax_credit": 5_000, "MN_other_credits": 12_000}, 0.0),
        ("AMT_ROOM_KEEPING_CREDIT", (), {"MN_minimum_tax_credit": 1_000}, (12_003.4125 / 0.0675 + 97_655) / 1.25 - 2e5),
    ],
)
def test_by_hand(name, own, facts, expected):
    """Each line as the form has it."""
    assert asked(name, HOUSEHOLD, *own, **facts) == pytest.approx(expected, abs=CENT)


def test_exclusion_items_earn_no_credit():
    """AMT that bond interest alone would bring is not earned; what the spread adds to it is."""
    facts = {"Private_activity_bond_interest": 100_000}
    without, with_it = (asked("AMT_OWED", HOUSEHOLD, spread, **facts) for spread in (0, 50_000))
    assert without > 0
    assert asked("AMT_CREDIT_EARNED", HOUSEHOLD, 50_000, **facts) == pytest.approx(with_it - without)
    assert asked("AMT_CREDIT_EARNED", HOUSEHOLD, 0, **facts) == 0.0


def test_the_net_investment_income_tax():
    """From 2024 on, 1% of net investment income above 1,000,000."""
    for year, expected in ((2023, 0.0), (2024, 2_000.0)):
        household, facts = (200_000, "single", year), {"Interest": 1_200_000}
        surtax = asked("AMT_TOTAL_TAX", household, 0, **facts) - asked("AMT_REGULAR_TAX", household, **facts)
        assert surtax == pytest.approx(expected, abs=CENT)


@pytest.mark.parametrize(
    ("year", "status", "exemption"),
    [
        (2021, "single", 59_750), (2021, "mfj", 79_660), (2021, "mfs", 39_840),
        (2022, "hoh", 61_610), (2023, "qss", 87_960), (2024, "mfs", 46_360),
        (2026, "single", 73_100), (2026, "mfj", 97_470), (2026, "mfs", 48_740),
    ],
)  # fmt: skip
def test_the_exemption(year, status, exemption):
    """Line 21, and its fall by 25% above a start that is never indexed, also in 2026."""
    start = {"mfj": 150_000, "qss": 150_000, "mfs": 75_000}.get(status, 112_500)
    amounts = [start, start + 1, start + 40_000, start + 4 * exemption - 4, start + 4 * exemption, start + 1e6]
    expected = [exemption, exemption - 0.25, exemption - 10_000, 1, 0, 0]
    assert call("AMT_EXEMPTION", amounts, status, year, "MN") == pytest.approx(expected)


def test_later_years_are_estimated():
    """2027 grows the amounts of the statute by the index, and says so."""
    source = call("AMT_LAW_SOURCE", "AMT exemption", "single", 2027, "MN")
    assert source.startswith("estimated from Minn. Stat. 290.091, subd. 3 at a C-CPI-U of")
    later = call("AMT_LAW", "AMT exemption", "single", 2027, "MN")
    assert 73_100 * 1.02 < later < 73_100 * 1.05
    assert later % 10 == 0
    assert asked("AMT_ROOM", (200_000, "single", 2027)) > 0


@pytest.mark.parametrize(
    ("year", "sentence"),
    [
        (2019, "^year: Minnesota's tax is available from 2021 on, not for 2019: its forms for earlier years"),
        (2025, "^year: Minnesota's minimum tax of 2025 is not available: the exemption printed"),
    ],
)
@pytest.mark.parametrize("place", ["MN", "US+MN"])
def test_years_that_are_not_confirmed(year, sentence, place):
    """A year whose figures two sources do not confirm is refused by name, in a cell and in a column."""
    with pytest.raises(NotHeldError, match=sentence):
        call("AMT_ROOM", 200_000, "single", year, None, None, place)
    with pytest.raises(NotHeldError, match=sentence[1:]):
        call("AMT_ROOM", [200_000] * 100, "single", year, None, None, place)
