"""The forms around the tax, by figures worked out by hand: Schedule D, Schedule A, deductions, and line 1 of 6251."""

import pytest

from xl_amt.forms.us.schedule_d import schedule_d
from xl_amt.household import Household
from xl_amt.law import federal_law
from xl_amt.worksheet import call


@pytest.mark.parametrize(
    ("status", "short", "long", "short_carried", "long_carried", "gain_or_loss", "net_capital_gain"),
    [
        ("single", 10_000, 20_000, 0, 0, 30_000, 20_000),
        ("single", -5_000, 20_000, 0, 0, 15_000, 15_000),  # the short-term loss takes from the long-term gain
        ("single", 20_000, -5_000, 0, 0, 15_000, 0),  # a long-term loss leaves short-term gain only
        ("single", -2_000, -500, 0, 0, -2_500, 0),
        ("single", -10_000, 0, 0, 0, -3_000, 0),  # IRC 1211(b)
        ("mfj", 0, -10_000, 0, 0, -3_000, 0),
        ("mfs", 0, -10_000, 0, 0, -1_500, 0),
        ("single", 5_000, 1_000, 8_000, 0, -2_000, 0),
        ("single", 0, 9_000, 0, 4_000, 5_000, 5_000),
        ("single", 0, 9_000, 2_000, 4_000, 3_000, 3_000),
        ("single", 0, 0, 0, 10_000, -3_000, 0),
    ],
)
def test_schedule_d(status, short, long, short_carried, long_carried, gain_or_loss, net_capital_gain):
    """Gains and losses are netted with what is carried over; a loss counts up to the limit."""
    facts = Household(
        year=2024,
        status=status,
        wages=100_000.0,
        short_term_gain=float(short),
        long_term_gain=float(long),
        short_term_loss_carryover=float(short_carried),
        long_term_loss_carryover=float(long_carried),
    )
    netted = schedule_d(facts, federal_law(2024, status))
    assert (netted.gain_or_loss, netted.net_capital_gain) == (gain_or_loss, net_capital_gain)
    assert (netted.net_short_term, netted.net_long_term) == (short - short_carried, long - long_carried)
    assert netted.net_gain_or_loss == netted.net_short_term + netted.net_long_term


def taxable_income_and_amti(income, status, year, facts):
    """Form 1040's taxable income and Form 6251 line 4, without a spread."""
    labelled = (list(facts), list(facts.values()))
    return call("AMT_TAXABLE_INCOME", income, status, year, *labelled), call(
        "AMT_INCOME", income, status, year, 0, *labelled
    )


@pytest.mark.parametrize(
    ("income", "status", "year", "facts", "taxable_income", "amti"),
    [
        # the larger deduction: taxes come back for the AMT, interest and gifts do not
        (100_000, "single", 2021, {"State income tax": 8_000, "Mortgage interest": 20_000}, 72_000, 80_000),
        (100_000, "single", 2021, {"State income tax": 8_000, "Mortgage interest": 2_000}, 87_450, 100_000),
        # the choice between them
        (100_000, "single", 2021, {"Deduction": "standard", "Mortgage interest": 20_000}, 87_450, 100_000),
        (100_000, "single", 2021, {"Deduction": "itemized", "Mortgage interest": 2_000}, 98_000, 98_000),
        # taxes up to the limit (IRC 164(b)(6))
        (
            100_000, "single", 2018,
            {"State income tax": 8_000, "Real estate tax": 3_000, "Personal property tax": 500, "Cash gifts": 9_000},
            81_000, 91_000,
        ),
        (100_000, "mfs", 2018, {"Real estate tax": 9_000, "Mortgage interest": 9_000}, 86_000, 91_000),
        # cash gifts up to 60% of income, all of it in 2020 and 2021 (IRC 170(b)(1)(G); P.L. 116-136, 2205)
        (100_000, "single", 2019, {"Cash gifts": 70_000}, 40_000, 40_000),
        (100_000, "single", 2020, {"Cash gifts": 70_000}, 30_000, 30_000),
        (100_000, "single", 2021, {"Cash gifts": 120_000}, 0, 0),
        (100_000, "single", 2022, {"Cash gifts": 70_000}, 40_000, 40_000),
        # gifts without itemizing lower AMTI as well: line 2a takes back the standard deduction alone
        (100_000, "single", 2021, {"Cash gifts": 5_000}, 87_150, 99_700),
        (100_000, "single", 2021, {"Cash gifts": 5_000, "Deduction": "standard"}, 87_150, 99_700),
        (100_000, "mfj", 2021, {"Cash gifts": 450}, 74_450, 99_550),
        (100_000, "mfs", 2020, {"Cash gifts": 5_000}, 87_450, 99_850),
        (100_000, "mfs", 2021, {"Cash gifts": 5_000}, 87_150, 99_700),
        (100_000, "single", 2019, {"Cash gifts": 5_000}, 87_800, 100_000),
        # additional standard deduction for each of: 65 or older, blind (IRC 63(f))
        (100_000, "single", 2024, {"Age": 64}, 85_400, 100_000),
        (100_000, "single", 2024, {"Age": 65}, 83_450, 100_000),
        (100_000, "single", 2024, {"Age": 65, "Blind": 1}, 81_500, 100_000),
        (100_000, "mfj", 2024, {"Age": 65, "Spouse age": 66, "Blind": 2}, 64_600, 100_000),
        # a separate filer whose spouse itemizes (IRC 63(c)(6))
        (100_000, "mfs", 2024, {"Spouse itemizes": "yes", "Age": 70}, 100_000, 100_000),
        # the senior deduction and its phase-out (IRC 151(d)(5)(C)); none on a separate return, none before 2025
        (75_000, "single", 2025, {"Age": 65}, 51_250, 75_000),
        (125_000, "single", 2025, {"Age": 65}, 104_250, 125_000),
        (175_000, "single", 2025, {"Age": 65}, 157_250, 175_000),
        (75_000, "mfs", 2025, {"Age": 65}, 57_650, 75_000),
        (75_000, "hoh", 2026, {"Age": 65}, 42_800, 75_000),
        # line 1 of Form 6251 may be negative; taxable income is not
        (5_000, "single", 2021, {}, 0, 5_000),
        (10_000, "single", 2021, {"Mortgage interest": 30_000}, 0, -20_000),
        (0, "single", 2021, {"Short-term capital gain": -9_000}, 0, -3_000),
    ],
)  # fmt: skip
def test_deductions(income, status, year, facts, taxable_income, amti):
    """What each deduction leaves as taxable income, and what the AMT takes back of it."""
    assert taxable_income_and_amti(income, status, year, facts) == (taxable_income, amti)


def test_negative_line_1_is_room():
    """Deductions beyond the income lower AMTI below zero, so that more spread fits under the exemption."""
    facts = ("Mortgage interest", 30_000)
    assert call("AMT_ROOM", 10_000, "single", 2021, *facts) == 73_600 + 20_000
