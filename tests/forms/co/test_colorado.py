"""Colorado by hand, from the lines of Forms DR 0104 and DR 0104AMT, and the minimum tax credit.

A single filer of 2025 with 200,000 dollars of wages: federal taxable income 184,250 at 4.4% is 8,107.00. Federal AMT
income of 200,000 less the exemption of 88,100 is 111,900.
"""

import pytest

from xl_amt.errors import NotHeldError
from xl_amt.worksheet import call

HOUSEHOLD = (200_000, "single", 2025)
CENT = 0.005


def asked(name, household, *own, **facts):
    """A function for Colorado; a label's underscores are spaces."""
    labels = [label.replace("_", " ") for label in facts]
    return call(name, *household, *own, labels or None, list(facts.values()) or None, "CO")


def test_where_the_minimum_tax_begins():
    """Where 3.47% of income above the exemption passes 4.4% of taxable income: at 1.268 times that."""
    room = asked("AMT_ROOM", HOUSEHOLD)
    assert room == pytest.approx(8_107.00 / 0.0347 - 111_900, abs=CENT)
    above_exemption = asked("AMT_INCOME", HOUSEHOLD, room)
    assert above_exemption / asked("AMT_TAXABLE_INCOME", HOUSEHOLD) == pytest.approx(0.044 / 0.0347)
    assert above_exemption / 184_250 == pytest.approx(1.268, abs=5e-4)


@pytest.mark.parametrize(
    ("name", "own", "facts", "expected"),
    [
        ("AMT_REGULAR_TAX", (), {}, 8_107.00),
        ("AMT_TENTATIVE_TAX", (150_000,), {}, 9_087.93),  # 3.47% of 261,900
        ("AMT_OWED", (150_000,), {}, 980.93),
        ("AMT_TOTAL_TAX", (150_000,), {}, 9_087.93),
        # a refund is in federal taxable income, and subtracted; federal AMT income leaves it out
        ("AMT_REGULAR_TAX", (), {"State_tax_refund": 5_000}, 8_107.00),
        ("AMT_TENTATIVE_TAX", (150_000,), {"State_tax_refund": 5_000}, 9_087.93),
        # additions and subtractions are in both
        ("AMT_REGULAR_TAX", (), {"CO_additions": 3_000, "CO_subtractions": 1_000}, 8_195.00),
        ("AMT_TENTATIVE_TAX", (150_000,), {"CO_additions": 3_000, "CO_subtractions": 1_000}, 9_157.33),
        # 12% of line 25 of Form 8801: 37,067 less 29,094, which is 7,973; the rest of the federal credit waits
        ("AMT_CREDIT_USED", (0,), {"Minimum_tax_credit": 20_000}, 956.76),
        ("AMT_CREDIT_CARRIED", (0,), {"Minimum_tax_credit": 20_000}, 0.0),
        ("AMT_TOTAL_TAX", (0,), {"Minimum_tax_credit": 20_000}, 7_150.24),
        ("AMT_TOTAL_TAX", (0,), {"Minimum_tax_credit": 20_000, "CO_other_credits": 8_000}, 0.0),
        ("AMT_CREDIT_EARNED", (150_000,), {}, 0.0),
        # no spread that costs federal credit, and with it Colorado's: the federal answer
        ("AMT_ROOM_KEEPING_CREDIT", (), {"Minimum_tax_credit": 5_000}, (37_067 - 29_094 - 5_000) / 0.26),
    ],
)
def test_by_hand(name, own, facts, expected):
    """Each line as the form has it."""
    assert asked(name, HOUSEHOLD, *own, **facts) == pytest.approx(expected, abs=CENT)


@pytest.mark.parametrize(
    ("household", "facts", "expected"),
    [
        # the state income tax is added back only as far as itemizing deducts more: 26,000 less 15,750
        (HOUSEHOLD, {"State_income_tax": 12_000, "Real_estate_tax": 4_000, "Mortgage_interest": 10_000}, 8_107.00),
        # 2024: 10,000 of 20,000 are deducted, 4,000 of them property tax; 300,000 - 35,000 + 6,000 ... below 300,000
        (
            (250_000, "single", 2024),
            {"State_income_tax": 16_000, "Real_estate_tax": 4_000, "Mortgage_interest": 25_000},
            0.0425 * (250_000 - 35_000 + 6_000),
        ),
        # from 300,000 on the standard deduction counts up to 12,000: 350,000 - 12,000
        ((350_000, "single", 2023), {}, 0.044 * 338_000),
        ((300_000, "single", 2023), {}, 0.044 * 288_000),
        ((299_999, "single", 2023), {}, 0.044 * (299_999 - 13_850)),
        ((350_000, "mfj", 2023), {}, 0.044 * 334_000),
        # and what the state income tax adds back counts once: 35,000 less 10,000 less 12,000
        ((350_000, "single", 2023), {"State_income_tax": 20_000, "Mortgage_interest": 25_000}, 0.044 * 338_000),
        # in 2022 from 400,000 on, itemized deductions above 30,000 only
        ((450_000, "single", 2022), {"Mortgage_interest": 50_000}, 0.044 * 420_000),
        ((450_000, "single", 2022), {}, 0.044 * (450_000 - 12_950)),
        # the business income deduction does not count above 500,000
        (
            (500_000, "single", 2021),
            {"Business_income": 100_000, "Qualified_business_income_deduction": 20_000},
            0.045 * (600_000 - 12_550),
        ),
        ((500_000, "single", 2020), {"Qualified_business_income_deduction": 20_000}, 0.0455 * (480_000 - 12_400)),
    ],
)
def test_additions_to_federal_taxable_income(household, facts, expected):
    """Lines 2 to 4 of Form DR 0104 follow from the federal facts."""
    assert asked("AMT_REGULAR_TAX", household, **facts) == pytest.approx(expected, abs=CENT)


def test_deductions_above_the_limit_for_the_minimum_tax():
    """Federal AMT income has the standard deduction and taxes in it; only what is still deducted is added back.

    350,000 less 25,000 of mortgage interest less the exemption of 81,300 is 243,700; 13,000 of the 25,000 are above the
    limit of 12,000.
    """
    itemizer = {"State_income_tax": 20_000, "Mortgage_interest": 25_000}
    household = (350_000, "single", 2023)
    assert asked("AMT_INCOME", household, 0, **itemizer) == pytest.approx(243_700 + 13_000)
    assert asked("AMT_TENTATIVE_TAX", household, 0, **itemizer) == pytest.approx(8_907.49)
    assert asked("AMT_INCOME", household, 0) == pytest.approx(350_000 - 81_300)


@pytest.mark.parametrize(
    ("year", "rate"),
    [(2018, 0.0463), (2019, 0.045), (2020, 0.0455), (2021, 0.045), (2022, 0.044), (2023, 0.044), (2024, 0.0425)],
)
def test_the_rate_of_each_year(year, rate):
    """The flat rate, and 3.47% in every year."""
    household = (150_000, "single", year)
    taxable = call("AMT_TAXABLE_INCOME", *household)
    assert asked("AMT_REGULAR_TAX", household) == pytest.approx(rate * taxable)
    assert asked("AMT_MARGINAL_RATE", household, 250_000) == pytest.approx(0.0347)


@pytest.mark.parametrize("year", [2026, 2030])
@pytest.mark.parametrize("place", ["CO", "US+CO"])
def test_a_year_whose_rate_is_not_confirmed(year, place):
    """2026 is refused by name, in a cell and in a column, and the numbers of the law say so too."""
    sentence = f"^year: Colorado's tax of {year} is not available: whether a state surplus cuts the 4.4% rate"
    with pytest.raises(NotHeldError, match=sentence):
        call("AMT_ROOM", 200_000, "single", year, None, None, place)
    with pytest.raises(NotHeldError, match=sentence[1:]):
        call("AMT_ROOM", [200_000] * 100, "single", year, None, None, place)
    with pytest.raises(NotHeldError, match="is not part of the law of"):
        call("AMT_LAW", "Normal tax rate", "single", year, "CO")
