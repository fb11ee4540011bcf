"""California's numbers from year to year: each grows from the one before by the index, or follows another status's."""

from fractions import Fraction

import pytest

from xl_amt.law import STATUSES, parameters
from xl_amt.worksheet import call

# From June to June, per cent to one decimal, as the Department of Industrial Relations publishes the change
CHANGES = {2019: "3.1", 2020: "1.4", 2021: "4.4", 2022: "8.3", 2023: "3.1", 2024: "3.3", 2025: "3.0", 2026: "3.4"}
TOPS = [f"Top of {rate} % bracket" for rate in ("1", "2", "4", "6", "8", "9.3", "10.3", "11.3")]
CREDITS = ["Personal exemption credit", "Dependent exemption credit"]
# Which statuses have an amount of their own that the index raises; the others' are so many times another's
FOLLOWING = (
    {key: {"mfs": (1, "single"), "mfj": (2, "single"), "qss": (2, "single")} for key in TOPS}
    | {"Standard deduction": {"mfs": (1, "single"), "mfj": (2, "single"), "qss": (2, "single"), "hoh": (2, "single")}}
    | dict.fromkeys(CREDITS, dict.fromkeys(("mfs", "mfj", "qss", "hoh"), (1, "single")))
    | {"High income start": {"mfs": (1, "single"), "qss": (1, "mfj")}}
    | {key: {"hoh": (1, "single"), "qss": (1, "mfj")} for key in ("AMT exemption", "AMT exemption phase-out start")}
)
CASES = [(name, year) for name in FOLLOWING for year in CHANGES]


def number(name, status, year):
    """A number of California's law."""
    return call("AMT_LAW", name, status, year, "CA")


@pytest.mark.parametrize(("name", "year"), CASES, ids=[f"{name} {year}" for name, year in CASES])
def test_no_number_jumps_against_its_rule(name, year):
    """Last year's rounded amount, raised by the published change, to the nearest dollar (R&TC 17041(h))."""
    grown = 1 + Fraction(CHANGES[year]) / 100
    for status in STATUSES:
        times, other = FOLLOWING[name].get(status, (None, None))
        if other:
            assert number(name, status, year) == times * number(name, other, year)
        else:
            exact = Fraction(number(name, status, year - 1)) * grown
            assert number(name, status, year) == int(exact + Fraction(1, 2))


def test_everything_else_stays():
    """What the index does not raise is the same in every year, but what is computed from what it raises."""
    statutory = {one.name for one in parameters("CA") if one.name not in {*FOLLOWING, "AMT exemption gone"}}
    assert statutory
    for name in statutory:
        for status in STATUSES:
            assert len({number(name, status, year) for year in range(2018, 2028)}) == 1, name


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("year", range(2018, 2028))
def test_end_of_the_phase_out(year, status):
    """The exemption is gone four exemptions above the start: California's rate of 25% did not change in 2026."""
    assert number("AMT exemption phase-out rate", status, year) == 0.25
    assert number("AMT rate", status, year) == 0.07
    start, whole = number("AMT exemption phase-out start", status, year), number("AMT exemption", status, year)
    assert number("AMT exemption gone", status, year) == start + 4 * whole


@pytest.mark.parametrize("name", FOLLOWING)
def test_source_says_what_is_estimated(name):
    """A number of 2025 names its section and where it was read; 2026 is estimated, and later years are projected."""
    enacted_, estimated, projected = (call("AMT_LAW_SOURCE", name, "single", year, "CA") for year in (2025, 2026, 2027))
    assert enacted_.startswith("R&TC 17")
    assert "read in" in enacted_
    assert estimated.startswith("estimated from R&TC 17")
    assert estimated.endswith("at a change of the California CPI of 3.4% in 2026")
    assert projected.startswith("projected from the California CPI of 2026")


def test_2020_says_that_no_table_was_read():
    """The exemption of 2020 lies on the index alone, and says so."""
    assert "by the index, read in no table" in call("AMT_LAW_SOURCE", "AMT exemption", "single", 2020, "CA")
    assert number("AMT exemption", "single", 2020) == 74_780


def test_every_name_answers_in_every_year():
    """Each name of California's law has a number and a source for every status and year."""
    for name in (one.name for one in parameters("CA")):
        for status in STATUSES:
            for year in range(2018, 2028):
                assert number(name, status, year) is not None
                assert call("AMT_LAW_SOURCE", name, status, year, "CA")
