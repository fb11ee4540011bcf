"""Values that are asked for only when an amount needs them, and ISOs that have stopped being ISOs."""

from datetime import date

import pytest

from xl_amt.calendar import calendar_of
from xl_amt.equity.grants import Grant
from xl_amt.equity.history import Counts, counts_on, follow
from xl_amt.equity.portfolio import Exercise, Portfolio
from xl_amt.errors import ArgumentError
from xl_amt.household import Household
from xl_amt.planning.years import years

GRANTED = date(2024, 1, 15)
EXERCISED = date(2026, 3, 2)
END = date(2035, 12, 31)


def iso(label="ES-1", shares=1_000, **terms):
    """An ISO of 2 a share, vested from its grant."""
    return Grant(label, "ISO", GRANTED, 2.0, shares, fmv_at_grant=2.0, **terms)


# An exercise without its value


def test_days_and_counts_need_no_value():
    """Lots, holding periods, counts and the calendar stand without what the shares were worth."""
    portfolio = Portfolio((iso(),), (Exercise("ES-1", EXERCISED, 400),))
    (lot,) = follow(portfolio, END).lots
    assert (lot.fmv, lot.qualifying_day, lot.long_term_day) == (None, date(2027, 3, 3), date(2027, 3, 3))
    assert counts_on(portfolio, "ES-1", EXERCISED) == Counts(400, 600, 0)
    found = {due.kind: due.detail for due in calendar_of(portfolio, date(2026, 1, 1), date(2027, 12, 31)).entries}
    assert found["qualifying"].startswith("Granted on 2024-01-15, exercised on 2026-03-02.")
    assert found["year end"].startswith("400 shares of ES-1: sold by this day, their spread is not AMT income of 2026.")
    assert "Any AMT on the spread of 400 shares held at the year's end is due" in found["tax return"]


@pytest.mark.parametrize("amount", ["spread", "amt_basis", "disqualified_spread"])
def test_an_amount_asks_for_the_value(amount):
    """The sentence names the lot and the day, and what would do."""
    (lot,) = follow(Portfolio((iso(),), (Exercise("ES-1", EXERCISED, 400),)), END).lots
    assert lot.regular_basis == 2.0
    with pytest.raises(
        ArgumentError, match=r"^ES-1 / 2026-03-02 / .* the value per share on 2026-03-02, .* values for"
    ):
        getattr(lot, amount)


def test_the_value_of_that_very_day_is_taken():
    """Stated for the day it makes the spread; one of the day before does not, since prices move."""
    portfolio = Portfolio((iso(),), (Exercise("ES-1", EXERCISED, 400),), values=((EXERCISED, 12.0),))
    facts = [Household(2026, "single", 180_000.0)]
    assert years(portfolio, facts)[0].iso_spread == 4_000.0
    other = Portfolio((iso(),), portfolio.exercises, values=((date(2026, 3, 1), 12.0),))
    with pytest.raises(ArgumentError, match="is not known; enter it with the exercise"):
        years(other, facts)


def test_an_early_exercise_needs_the_value_of_vesting_only():
    """Without an election the spread is that at vesting, and nobody asks for the value at exercise."""
    grant = iso(vesting_schedule="2027-01-15: 1,000", early_exercisable=True)
    portfolio = Portfolio((grant,), (Exercise("ES-1", EXERCISED, 400),), values=((date(2027, 1, 15), 22.0),))
    plan = years(portfolio, [Household(year, "single", 180_000.0) for year in (2026, 2027)])
    assert [year.iso_spread for year in plan] == [0.0, 8_000.0]


# Disqualified


DISQUALIFIED = date(2026, 10, 1)


def test_exercises_from_the_day_on_are_of_nsos():
    """300 before are AMT income of 3,600; 200 from the day on are wages of 2,400, for Medicare too."""
    exercises = (Exercise("ES-1", date(2026, 9, 30), 300, 14.0), Exercise("ES-1", DISQUALIFIED, 200, 14.0))
    portfolio = Portfolio((iso(disqualified=DISQUALIFIED),), exercises)
    (year,) = years(portfolio, [Household(2026, "single", 180_000.0)])
    assert (year.iso_spread, year.amounts.wages) == (3_600.0, 2_400.0)
    assert year.household.medicare_wages == 182_400.0
    assert [lot.qualifying_day for lot in follow(portfolio, END).lots] == [date(2027, 10, 1), None]
    assert any("its options are NSOs from 2026-10-01 on" in note for note in year.notes)


def test_the_calendar_of_a_disqualified_grant():
    """A qualifying day only for the shares exercised before; no last day as ISOs."""
    exercises = (Exercise("ES-1", date(2026, 9, 30), 300, 14.0), Exercise("ES-1", DISQUALIFIED, 200, 14.0))
    portfolio = Portfolio((iso(disqualified=DISQUALIFIED),), exercises)
    found = calendar_of(portfolio, date(2026, 1, 1), date(2034, 12, 31))
    qualifying = [due for due in found.entries if due.kind == "qualifying"]
    assert [(due.day, due.title) for due in qualifying] == [
        (date(2027, 10, 1), "ES-1: 300 shares can be sold in a qualifying sale")
    ]
    assert not [due for due in found.entries if due.kind in {"expiration", "ISO window"}]
    assert found.notes == ("Ask when the options of ES-1 expire.",)


@pytest.mark.parametrize(("option_type", "shares"), [("NSO", 200), ("ISO", 0)])
def test_the_part_of_a_disqualified_grant(option_type, shares):
    """All of it is NSO shares; there is no ISO part any more."""
    exercise = Exercise("ES-1", DISQUALIFIED, 200, 14.0, option_type=option_type)
    portfolio = Portfolio((iso(disqualified=DISQUALIFIED),), (exercise,))
    if shares:
        assert [(lot.kind, lot.shares) for lot in follow(portfolio, END).lots] == [("NSO", 200)]
    else:
        with pytest.raises(ArgumentError, match="but 0 ISO shares can be exercised"):
            follow(portfolio, END)


@pytest.mark.parametrize(("disqualified", "second_isos"), [(date(2025, 12, 31), 10_000), (date(2026, 1, 1), 0)])
def test_the_100_000_rule_counts_what_was_exercisable_before(disqualified, second_isos):
    """Disqualified before the year in which it vests, a grant leaves the limit; within it, not (1.422-4(b)(5))."""
    terms = {"vesting_schedule": "2026-03-01: 10,000"}
    first = Grant("A", "ISO", GRANTED, 10.0, 10_000, fmv_at_grant=10.0, disqualified=disqualified, **terms)
    second = Grant("B", "ISO", date(2024, 2, 1), 10.0, 10_000, fmv_at_grant=10.0, **terms)
    tranches = follow(Portfolio((first, second)), END).tranches
    assert tranches[1].iso_shares == second_isos


def test_a_disqualification_before_the_grant():
    """A date is wrong."""
    with pytest.raises(ArgumentError, match="ES-1: the disqualification of 2023-01-01 is before the grant"):
        Portfolio((iso(disqualified=date(2023, 1, 1)),))
