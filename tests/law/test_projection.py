"""Law that is not enacted yet: each number by its own statutory rule, and marked as estimated or projected."""

import re
from math import floor

import pytest

from tests.law.reference import tables
from xl_amt.errors import ArgumentError, NotHeldError
from xl_amt.law import STATUSES, federal_law, look_up, parameters
from xl_amt.worksheet import call

LATER = (2027, 2030, 2036)
ENACTED = 2026

# Averages of 12 months to August: the C-CPI-U, and for the base years 1987 and 2011 the CPI-U, which is turned into it
# by the averages of 2016 (IRC 1(f)(3)).
INDEX = {2016: 135.99300, 2017: 138.236750, 2024: 173.0934167, 2025: 177.11375, 2026: 182.80}
CPI_U = {1987: 111.9833333, 2011: 222.4325, 2016: 238.649}


def grown(base, base_year, year):
    """A statute's amount at the price index of the year before, not rounded; 2.5% a year after 2026."""
    index = INDEX[2026] * 1.025 ** (year - 2027)
    of_base = INDEX.get(base_year) or CPI_U[base_year] * INDEX[2016] / CPI_U[2016]
    return base * index / of_base


def down(amount, multiple):
    """Rounded down to a multiple, as most of the statutes round."""
    return floor(amount / multiple + 1e-9) * multiple


def nearest(amount, multiple):
    """Rounded to the nearest multiple, as IRC 55 rounds."""
    return floor(amount / multiple + 0.5) * multiple


@pytest.mark.parametrize("year", LATER)
@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("bracket", range(6))
def test_brackets(bracket, status, year):
    """IRC 1(j)(3), (f)(7): the increase over 2018's amounts down to $50; $25 for single and separate filers.

    From 2016 in the two lowest brackets (P.L. 119-21, 70101), else from 2017; separate filers half of joint.
    """
    name = f"Top of {(10, 12, 22, 24, 32, 35)[bracket]} % bracket"
    base, base_year = tables(2018, status).over[bracket + 1], 2016 if bracket < 2 else 2017
    top = look_up(name, status, year).value
    assert top == base + down(grown(base, base_year, year) - base, 25 if status in ("single", "mfs") else 50)
    if status == "mfs":
        assert top == look_up(name, "mfj", year).value / 2


@pytest.mark.parametrize("year", LATER)
def test_standard_deduction(year):
    """IRC 63(c)(7): the amount of 2025 from 2024, down to $50, joint twice the single one.

    IRC 63(f), (c)(4): the increase of the additional amounts of 600 and 750 since 1987 down to $50.
    """
    single, head = (down(grown(base, 2024, year), 50) for base in (15_750, 23_625))
    found = {status: look_up("Standard deduction", status, year).value for status in STATUSES}
    assert found == {"single": single, "mfj": 2 * single, "mfs": single, "hoh": head, "qss": 2 * single}
    for status in STATUSES:
        base = 750 if status in ("single", "hoh") else 600
        additional = look_up("Additional standard deduction", status, year).value
        assert additional == base + down(grown(base, 1987, year) - base, 50)


@pytest.mark.parametrize("year", range(2027, 2037))
def test_zero_rate_of_gains(year):
    """IRC 1(j)(5)(B)(i), (C): joint and head, the increase down to $50; all others exactly half of joint."""
    joint, head = (base + down(grown(base, 2017, year) - base, 50) for base in (77_200, 51_700))
    found = {status: look_up("Top of 0 % capital gain rate", status, year).value for status in STATUSES}
    assert found == {"single": joint / 2, "mfj": joint, "mfs": joint / 2, "hoh": head, "qss": joint}


@pytest.mark.parametrize("year", LATER)
@pytest.mark.parametrize("status", STATUSES)
def test_middle_rate_of_gains(status, year):
    """IRC 1(j)(5)(B)(ii), (C): the increase down to $50, a separate filer's as the IRS has printed it since 2023."""
    base = tables(2018, status).maximum_15_percent_rate
    expected = base + down(grown(base, 2017, year) - base, 50)
    assert look_up("Top of 15 % capital gain rate", status, year).value == expected


@pytest.mark.parametrize("year", LATER)
def test_amt(year):
    """IRC 55(b)(1), (d)(2)-(4): to the nearest $100; separate half of joint, others half of 1,000,000."""
    name = "AMT exemption"
    joint, single = (nearest(grown(base, 2017, year), 100) for base in (109_400, 70_300))
    assert [look_up(name, status, year).value for status in STATUSES] == [single, joint, joint / 2, single, joint]
    name = "AMT exemption phase-out start"
    joint = nearest(grown(1_000_000, 2025, year), 100)
    assert [look_up(name, status, year).value for status in STATUSES] == [joint / 2, joint, joint / 2, joint / 2, joint]
    name = "AMT 28 % rate start"
    most = nearest(grown(175_000, 2011, year), 100)
    assert [look_up(name, status, year).value for status in STATUSES] == [most, most, most / 2, most, most]
    for status in STATUSES:
        gone = look_up("AMT exemption phase-out start", status, year).value
        gone += look_up("AMT exemption", status, year).value / 0.50
        assert look_up("AMT exemption gone", status, year).value == gone


# Amounts that no statute indexes, and rates
UNCHANGED = (
    "AMT exemption phase-out rate",
    "AMT low rate",
    "AMT high rate",
    "Capital loss limit",
    "Medical expense floor",
    "Cash gift limit",
    "Property gift limit",
    "Gift floor",
    "Gifts without itemizing limit",
    "Credit for other dependents",
    "Child tax credit phase-out start",
    "Net investment income tax rate",
    "Net investment income tax threshold",
    "Medicare tax rate",
    "Additional Medicare tax rate",
    "Additional Medicare tax threshold",
    "ISO value limit",
    "Estimated tax part of this year",
    "Estimated tax high income",
    "Estimated tax least balance",
)


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("name", UNCHANGED)
def test_what_is_not_indexed(name, status):
    """What is not indexed stays, and its source is still where it is enacted."""
    for year in LATER:
        found = look_up(name, status, year)
        assert found.value == look_up(name, status, ENACTED).value
        assert "projected" not in found.source


@pytest.mark.parametrize(("year", "credit"), [(2027, 2_300), (2028, 2_300), (2030, 2_500), (2036, 2_900)])
def test_child_tax_credit(year, credit):
    """IRC 24(i): 2,200 since 2024, the increase down to $100."""
    assert look_up("Child tax credit", "mfj", year).value == credit == down(grown(2_200, 2024, year), 100)


@pytest.mark.parametrize(
    ("year", "limit", "start"),
    [(2027, 40_804.00, 510_050.00), (2028, 41_212.04, 515_150.50), (2029, 41_624.1604, 520_302.005)],
)
def test_state_and_local_tax_limit_to_2029(year, limit, start):
    """IRC 164(b)(7): 101% of the year before, whatever inflation is; half of it for a separate filer."""
    for status in STATUSES:
        part = 0.5 if status == "mfs" else 1.0
        name = "State and local tax limit"
        assert look_up(name, status, year).value == pytest.approx(limit * part, abs=1e-6)
        name = "State and local tax phase-down start"
        found = look_up(name, status, year)
        assert found.value == pytest.approx(start * part, abs=1e-6)
        assert "164(b)" in found.source


@pytest.mark.parametrize("status", STATUSES)
def test_fall_of_the_state_and_local_tax_limit(status):
    """IRC 164(b)(7)(B): by 30% (a separate filer 15%) to 10,000 at the least (5,000), from 2025 to 2029 alone."""
    half = status == "mfs"
    expected = {"phase-down rate": 0.15 if half else 0.30, "least limit": 5_000 if half else 10_000}
    for year in range(2025, 2030):
        for number, amount in expected.items():
            found = look_up(f"State and local tax {number}", status, year)
            assert found.value == amount
            assert found.source == "IRC 164(b)(6)-(7), as amended by P.L. 119-21, 70120"
    for year in (2024, *range(2030, 2037)):
        for number in (*expected, "phase-down start"):
            with pytest.raises(NotHeldError, match=f"{number}' is not part of the law of {year} "):
                look_up(f"State and local tax {number}", status, year)


@pytest.mark.parametrize("year", range(2030, 2037))
def test_state_and_local_tax_limit_from_2030(year):
    """IRC 164(b)(7)(A)(iv): 10,000 again, at any income."""
    for status in STATUSES:
        found = look_up("State and local tax limit", status, year)
        assert found.value == (5_000 if status == "mfs" else 10_000)
        assert "projected" not in found.source
    facts = ["State income tax", "Mortgage interest"], [50_000, 40_000]
    assert call("AMT_TAXABLE_INCOME", 300_000, "single", year, *facts) == 250_000
    # far above the start of the 37% bracket all of the deductions are cut (IRC 68), but not for the AMT
    assert call("AMT_TAXABLE_INCOME", 2_000_000, "single", year, *facts) == pytest.approx(2_000_000 - 50_000 * 35 / 37)
    assert call("AMT_INCOME", 2_000_000, "single", year, 0, *facts) == pytest.approx(1_960_000)


def test_itemizing_in_2029_and_2030():
    """2029: taxes up to 41,624.16; 2030: up to 10,000."""
    facts = ["State income tax", "Mortgage interest"], [60_000, 30_000]
    assert 300_000 - call("AMT_TAXABLE_INCOME", 300_000, "single", 2029, *facts) == pytest.approx(71_624.1604)
    assert 300_000 - call("AMT_TAXABLE_INCOME", 300_000, "single", 2030, *facts) == pytest.approx(40_000)


ENDING = (
    "Senior deduction",
    "Senior deduction phase-out start",
    "Senior deduction phase-out rate",
    "Tips deduction limit",
    "Tips deduction phase-out start",
    "Overtime deduction limit",
    "Overtime deduction phase-out start",
    "Car loan interest deduction limit",
    "Car loan interest phase-out start",
)


@pytest.mark.parametrize("name", ENDING)
def test_what_ends_after_2028(name):
    """Senior, tips, overtime and car loan deductions are law to 2028, not indexed, and then gone."""
    for status in STATUSES:
        for year in (2026, 2027, 2028):
            assert look_up(name, status, year) == look_up(name, status, 2025)
        for year in (2024, 2029, 2036):
            with pytest.raises(NotHeldError, match=f"'{name}' is not part of the law of {year} for {STATUSES[status]}"):
                look_up(name, status, year)


def test_a_senior_in_2028_and_2029():
    """The senior deduction is in the taxable income of 2028 and no more in that of 2029."""
    for year, senior in ((2028, 6_000), (2029, 0)):
        deduction = look_up("Standard deduction", "single", year).value
        deduction += look_up("Additional standard deduction", "single", year).value
        taxable = call("AMT_TAXABLE_INCOME", 70_000, "single", year, ["Age"], [66])
        assert taxable == pytest.approx(70_000 - deduction - senior)


STATE_AND_LOCAL = tuple(item.name for item in parameters() if item.name.startswith("State and local tax"))
INDEXED = [item.name for item in parameters() if item.name not in (*UNCHANGED, *ENDING, *STATE_AND_LOCAL)]


@pytest.mark.parametrize("name", INDEXED)
def test_estimated_and_projected_numbers_are_marked(name):
    """A number that rests on prices says on which, and from which statute; an enacted one does not."""
    enacted = look_up(name, "single", ENACTED)
    assert enacted.standing == "enacted"
    assert "projected" not in enacted.source
    estimated = look_up(name, "single", 2027)
    assert estimated.standing == "estimated"
    assert re.search(r"estimated from IRC .+ at a C-CPI-U of 182\.80 for 2026 \(two months not pub", estimated.source)
    projected = look_up(name, "single", 2030)
    assert projected.standing == "projected"
    assert "projected from the C-CPI-U of 2026 (estimated at 182.80) at 2.50% inflation a year" in projected.source
    assert call("AMT_LAW_SOURCE", name, "single", 2030) == projected.source


@pytest.mark.parametrize("year", [2037, 2100, 2017, 1999])
def test_years_beyond_the_law(year):
    """Before 2018 no law is held, after 2036 none is projected: an error by name, on every path."""
    for name, *arguments in (
        ("AMT_ROOM", 150_000, "single", year),
        ("AMT_LAW", "AMT exemption", "single", year),
        ("AMT_LAW_SOURCE", "AMT exemption", "single", year),
        ("AMT_EXEMPTION", 500_000, "single", year),
        ("AMT_INCOME_FOR", 150_000, "single", year, 1_000),
    ):
        with pytest.raises(NotHeldError, match=f"year: {year} is (before 2018|after 2036)"):
            call(name, *arguments)


def test_every_projected_year_has_a_law():
    """Every year to 2036 gives every status a law whose thresholds never fall from year to year."""
    for status in STATUSES:
        for year in range(2027, 2037):
            before, law = federal_law(year - 1, status), federal_law(year, status)
            assert law.exemption >= before.exemption
            assert law.phase_out_start >= before.phase_out_start
            assert law.high_rate_start >= before.high_rate_start
            assert law.standard_deduction >= before.standard_deduction
            starts = zip(law.ordinary_rates.starts, before.ordinary_rates.starts, strict=True)
            assert all(new >= old for new, old in starts)


def test_an_unknown_number_of_the_law():
    """An unknown parameter is an error that names the nearest one."""
    with pytest.raises(ArgumentError, match="did you mean 'AMT exemption'"):
        call("AMT_LAW", "AMT exemtion", "single", 2030)
