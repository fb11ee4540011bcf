"""Connecticut by hand, from the lines of CT-1040 TCS, CT-6251 and CT-8801.

A single filer of 2025 with 200,000 dollars of wages: 200 + 1,800 + 2,750 + 6,000 by brackets, 250 of the lowest rate
taken back, 250 of recapture, no personal credit: 11,250. The federal tentative tax is 26% of 111,900: 29,094.
"""

import pytest

from xl_amt.worksheet import call

HOUSEHOLD = (200_000, "single", 2025)
CENT = 0.005


def asked(name, household, *own, **facts):
    """A function for Connecticut; a label's underscores are spaces."""
    labels = [label.replace("_", " ") for label in facts]
    return call(name, *household, *own, labels or None, list(facts.values()) or None, "CT")


@pytest.mark.parametrize(
    ("household", "expected"),
    [
        (HOUSEHOLD, 11_250.00),
        ((15_000, "single", 2025), 0.0),
        # 15,000 exempt, 5,000 at 2%, of which the credit above 19,800 leaves 40%
        ((20_000, "single", 2025), 40.00),
        # three thousands begun: 12,000 exempt; 200 + 4.5% of 10,500, of which 88% are left
        ((32_500, "single", 2025), 591.80),
        # two steps of 25 begun above 56,500; 94% are left up to 62,000, and 95% above
        ((62_000, "single", 2025), 0.94 * (2_660 + 50)),
        ((62_001, "single", 2025), 0.95 * (2_660.055 + 50)),
        # 17,850 by the brackets; 400 of the lowest rate; 400 and two steps of 140 of recapture
        ((330_000, "hoh", 2024), 18_930.00),
        ((328_000, "hoh", 2024), 17_720 + 400 + 400 + 140),
        ((328_001, "hoh", 2024), 17_720.065 + 400 + 400 + 280),
        # 3% and 5% until 2023, and no recapture below 200,000
        ((200_000, "single", 2023), 300 + 2_000 + 2_750 + 6_000 + 200),
        # 77,080 by the brackets, 400, 5,400 and 900
        ((1_200_000, "mfj", 2018), 83_780.00),
    ],
)
def test_the_income_tax(household, expected):
    """Lines 1 to 10 of the Tax Calculation Schedule, at the steps of its tables."""
    assert asked("AMT_REGULAR_TAX", household) == pytest.approx(expected, abs=CENT)


@pytest.mark.parametrize(
    ("name", "own", "facts", "expected"),
    [
        # 11,250 / 19% / 26% - 111,900
        ("AMT_ROOM", (), {}, 11_250 / 0.19 / 0.26 - 111_900),
        # 26% of 239,100 and 28% of 22,800 are 68,550, of which 19%
        ("AMT_TENTATIVE_TAX", (150_000,), {}, 13_024.50),
        ("AMT_OWED", (150_000,), {}, 1_774.50),
        ("AMT_TOTAL_TAX", (150_000,), {}, 13_024.50),
        ("AMT_CREDIT_EARNED", (150_000,), {}, 1_774.50),
        # a refund is subtracted
        ("AMT_REGULAR_TAX", (), {"State_tax_refund": 5_000}, 11_250.00),
        # 20,000 more of other states' bond interest: 6.5% above 200,000, and four steps of 90; in both taxes
        ("AMT_REGULAR_TAX", (), {"CT_income_adjustments": 20_000}, 11_250 + 1_300 + 360),
        ("AMT_INCOME", (150_000,), {"CT_income_adjustments": 20_000}, 370_000.00),
        (
            "AMT_INCOME",
            (150_000,),
            {"CT_income_adjustments": 20_000, "CT_AMT_income_adjustments": -5_000},
            345_000.00,
        ),
        # line 27 of Form CT-8801 is 11,250, line 28 19% of 29,094: 5,722.14 can be used
        ("AMT_CREDIT_USED", (0,), {"CT_minimum_tax_credit": 10_000}, 5_722.14),
        ("AMT_CREDIT_CARRIED", (0,), {"CT_minimum_tax_credit": 10_000}, 4_277.86),
        ("AMT_TOTAL_TAX", (0,), {"CT_minimum_tax_credit": 10_000}, 5_527.86),
        ("AMT_CREDIT_USED", (0,), {"CT_minimum_tax_credit": 10_000, "CT_other_credits": 1_000}, 4_722.14),
        ("AMT_ROOM_KEEPING_CREDIT", (), {"CT_minimum_tax_credit": 2_000}, 9_250 / 0.19 / 0.26 - 111_900),
    ],
)
def test_by_hand(name, own, facts, expected):
    """Each line as the form has it."""
    assert asked(name, HOUSEHOLD, *own, **facts) == pytest.approx(expected, abs=CENT)


def test_it_begins_only_where_federal_amt_does():
    """With 80,000 that Connecticut does not tax, 19% of the federal tax passes 6,275 before federal AMT is owed.

    120,000: 5,950 by the brackets, 250, and three steps of 25. At the federal room the federal tentative tax is
    37,067, of which 19% are 7,042.73: the tax begins with a step of 767.73.
    """
    facts = {"CT_income_adjustments": -80_000, "CT_AMT_income_adjustments": 0}
    assert asked("AMT_REGULAR_TAX", HOUSEHOLD, **facts) == pytest.approx(6_275)
    federal_room = call("AMT_ROOM", *HOUSEHOLD)
    room = asked("AMT_ROOM", HOUSEHOLD, **facts)
    assert room == pytest.approx(federal_room, abs=0.05)
    assert asked("AMT_OWED", HOUSEHOLD, room, **facts) < CENT
    assert asked("AMT_OWED", HOUSEHOLD, federal_room + 1, **facts) == pytest.approx(767.73 + 0.19 * 0.26, abs=CENT)
    assert asked("AMT_SPREAD_FOR", HOUSEHOLD, 700, **facts) == pytest.approx(federal_room, abs=0.05)
    assert asked("AMT_SPREAD_FOR", HOUSEHOLD, 800, **facts) == pytest.approx(
        (6_275 + 800) / 0.19 / 0.26 - 111_900, abs=CENT
    )


def test_line_15_is_the_smaller_one():
    """19% of 28% is 5.32%, so 5.5% of income never binds, however large the spread."""
    for spread in (0, 200_000, 1_000_000, 50_000_000):
        income = asked("AMT_INCOME", HOUSEHOLD, spread)
        assert asked("AMT_TENTATIVE_TAX", HOUSEHOLD, spread) < 0.055 * income


def test_the_federal_phase_out_of_2026():
    """The exemption is the federal one, with its phase-out of 50% from 2026 on."""
    for year in (2025, 2026, 2028):
        assert call("AMT_EXEMPTION", 700_000, "single", year, "CT") == call("AMT_EXEMPTION", 700_000, "single", year)
