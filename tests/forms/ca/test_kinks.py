"""Schedule P and the rate schedule at every kink and a dollar either side, in exact fractions written from the forms.

The household has wages, the standard deduction and an ISO spread, so line 21 is wages and spread alone.
"""

from fractions import Fraction
from itertools import pairwise

import pytest

from xl_amt.law import STATUSES
from xl_amt.worksheet import call

A_MILLIONTH = 1e-6  # of a dollar: what binary fractions may cost
EVERY_LAW = [(year, status) for year in range(2018, 2028) for status in STATUSES]
every_law = pytest.mark.parametrize(("year", "status"), EVERY_LAW, ids=str)
RATES = ["1", "2", "4", "6", "8", "9.3", "10.3", "11.3", "12.3"]


def law(name, year, status):
    """A number of the law, which is a whole number of dollars."""
    return Fraction(call("AMT_LAW", name, status, year, "CA"))


def brackets(year, status):
    """Where each rate ends, and the rate."""
    tops = [law(f"Top of {rate} % bracket", year, status) for rate in RATES[:-1]]
    return [*zip(tops, RATES, strict=False), (None, RATES[-1])]


def regular_tax(wages, year, status):
    """Form 540 line 31."""
    left = max(wages - law("Standard deduction", year, status), Fraction(0))
    tax, at = Fraction(0), Fraction(0)
    for top, rate in brackets(year, status):
        part = left - at if top is None else min(left, top) - at
        tax += max(part, Fraction(0)) * Fraction(rate) / 100
        at = top
    return tax


def exemption_worksheet(line_21, year, status):
    """Schedule P line 22."""
    above = max(line_21 - law("AMT exemption phase-out start", year, status), Fraction(0))
    return max(law("AMT exemption", year, status) - above / 4, Fraction(0))


def tentative_tax(line_19, year, status):
    """Schedule P lines 21 to 24; a separate filer adds a quarter of what passes the end of the phase-out."""
    whole = law("AMT exemption", year, status)
    gone = law("AMT exemption phase-out start", year, status) + 4 * whole
    addition = min(max(line_19 - gone, Fraction(0)) / 4, whole) if status == "mfs" else Fraction(0)
    line_21 = line_19 + addition
    return max(line_21 - exemption_worksheet(line_21, year, status), Fraction(0)) * 7 / 100


def beside(kink):
    """A kink and a dollar either side, none below zero."""
    return [amount for amount in (kink - 1, kink, kink + 1) if amount >= 0]


def kinks_of_line_19(year, status):
    """Where the exemption is used, where it begins to fall, where it is gone, and where the addition is whole."""
    whole, start = law("AMT exemption", year, status), law("AMT exemption phase-out start", year, status)
    gone = start + 4 * whole
    return [whole, start, gone, *([gone + 4 * whole] if status == "mfs" else [])]


@every_law
@pytest.mark.parametrize("wages", [0, 40_000, 200_000, 700_000, 1_500_000])
def test_schedule_p(year, status, wages):
    """Tentative tax and AMT with spreads that bring line 19 to every kink."""
    regular = regular_tax(wages, year, status)
    for kink in kinks_of_line_19(year, status):
        for spread in beside(kink - wages):
            tentative = tentative_tax(wages + spread, year, status)
            household = (wages, status, year, float(spread), None, None, "CA")
            assert call("AMT_TENTATIVE_TAX", *household) == pytest.approx(float(tentative), rel=0, abs=A_MILLIONTH)
            owed = max(tentative - regular, Fraction(0))
            assert call("AMT_OWED", *household) == pytest.approx(float(owed), rel=0, abs=A_MILLIONTH)


@every_law
def test_rate_schedule(year, status):
    """Regular tax with wages at the foot of every bracket, one by one and in a column of arrays."""
    standard = law("Standard deduction", year, status)
    wages = [amount for top, _ in brackets(year, status)[:-1] for amount in beside(top + standard)] * 3
    given = call("AMT_REGULAR_TAX", [float(each) for each in wages], status, year, None, None, "CA")
    assert given == pytest.approx([float(regular_tax(each, year, status)) for each in wages], rel=0, abs=A_MILLIONTH)
    assert [call("AMT_REGULAR_TAX", float(each), status, year, None, None, "CA") for each in wages] == given


@every_law
def test_room_at_every_kink(year, status):
    """Wages that put the regular tax at the tentative tax of a kink: its room ends there, and a dollar more owes."""
    for kink in kinks_of_line_19(year, status)[1:]:
        room_ends = tentative_tax(kink, year, status)
        wages = wages_with_tax(room_ends, year, status)
        if wages >= kink:
            continue  # regular tax grows faster than line 19 there: AMT would take a negative spread
        room = call("AMT_ROOM", float(wages), status, year, None, None, "CA")
        assert room == pytest.approx(float(kink - wages), rel=0, abs=1e-3)
        for spread, owes in ((room, False), (room - 1, False), (room + 1, True)):
            owed = tentative_tax(wages + Fraction(spread), year, status) - regular_tax(wages, year, status)
            assert (owed > Fraction(1, 200)) is owes


def wages_with_tax(tax, year, status):
    """The wages whose regular tax is this much."""
    at, low = Fraction(0), Fraction(0)
    for top, rate in brackets(year, status):
        part = Fraction(rate) / 100
        if top is None or at + (top - low) * part >= tax:
            return law("Standard deduction", year, status) + low + (tax - at) / part
        at, low = at + (top - low) * part, top
    raise AssertionError


@every_law
def test_exemption_by_itself(year, status):
    """AMT_EXEMPTION at the phase-out's start and end, and a dollar either side; it never rises."""
    start = law("AMT exemption phase-out start", year, status)
    incomes = [
        float(each) for kink in (0, start, start + 4 * law("AMT exemption", year, status)) for each in beside(kink)
    ]
    given = call("AMT_EXEMPTION", incomes, status, year, "CA")
    assert given == pytest.approx(
        [float(exemption_worksheet(Fraction(each), year, status)) for each in incomes], rel=0, abs=A_MILLIONTH
    )
    assert all(first >= second for first, second in pairwise(given))
