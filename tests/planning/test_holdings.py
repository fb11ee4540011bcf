"""Several portfolios in one return, and the spread that a year's exercises have used."""

from datetime import date

import pytest

from xl_amt.equity.grants import Grant, HeldGrant
from xl_amt.equity.portfolio import Exercise, Portfolio, Sale
from xl_amt.errors import ArgumentError, NotExercisableError
from xl_amt.forms.us.total_tax import return_of
from xl_amt.household import Household
from xl_amt.law import federal_law
from xl_amt.planning.filling import fill_room
from xl_amt.planning.spread_exercised import spread_exercised
from xl_amt.planning.years import years

GRANTED, EXERCISED = date(2022, 3, 1), date(2026, 3, 2)


def holding(label="ES-1", shares=10_000, fmv=12.0, *, sales=(), strike=2.0, **names):
    """10,000 ISOs at 2 a share, exercised on March 2, 2026 at 12."""
    grant = Grant(label, "ISO", GRANTED, strike, shares, fmv_at_grant=strike)
    return Portfolio((grant,), (Exercise(label, EXERCISED, shares, fmv),), sales, **names)


HERS = holding(company="Quillwort Labs, Inc.", holder="Nora Quill")
HIS = holding(
    shares=4_000, company="Sedge Systems, Inc.", holder="Ira Quill", sales=(Sale(date(2026, 9, 1), 1_000, 9.0),)
)
JOINT = [Household(year, "mfj", 310_000.0) for year in (2026, 2027)]


def test_two_spouses_are_one_return():
    """100,000 of hers and 30,000 of his on line 2i; his 1,000 sold at 9 are wages of 7,000, in one return."""
    both, hers, his = years([HERS, HIS], JOINT), years(HERS, JOINT), years([HIS], JOINT)
    assert [year.iso_spread for year in both] == [130_000.0, 0.0]
    assert both[0].amounts.disqualifying_wages == 7_000.0
    assert both[0].household.wages == 317_000.0
    assert (hers[0].iso_spread, his[0].iso_spread) == (100_000.0, 30_000.0)
    assert both[0].amounts.strike_paid == 28_000.0
    assert both[1].household.minimum_tax_credit == both[0].tax.alternative_minimum_tax > 0.0


def test_one_portfolio_in_a_list_is_that_portfolio():
    """Nothing changes, not in the notes either."""
    assert years([HERS], JOINT) == years(HERS, JOINT)


def test_the_100_000_rule_counts_for_each_holder_and_company():
    """10,000 at 10 each fill a limit of their own: in one company's portfolio half of them would be NSOs."""
    first, second = (holding(label, strike=10.0, fmv=20.0) for label in ("A", "B"))
    (apart,) = years([first, second], JOINT[:1])
    assert (apart.iso_spread, apart.amounts.wages) == (200_000.0, 0.0)
    one_company = Portfolio(first.grants + second.grants, first.exercises + second.exercises)
    (together,) = years(one_company, JOINT[:1])
    assert (together.iso_spread, together.amounts.wages) == (100_000.0, 100_000.0)


def test_notes_and_refusals_name_the_holding():
    """Labels are unique within a portfolio only; what has no name has a number."""
    unknown = Grant("ES-1", "ISO", GRANTED, 2.0, 100)
    notes = years([HERS, Portfolio((unknown,))], JOINT)[0].notes
    assert [note.split(": ")[0] for note in notes] == ["holding 2"]
    named = years([HERS, Portfolio((unknown,), company="Sedge Systems, Inc.", holder="Ira Quill")], JOINT)[0].notes
    assert named[0].startswith("Sedge Systems, Inc., Ira Quill: ES-1: its value at grant is not known")
    too_many = Portfolio(HERS.grants, (Exercise("ES-1", EXERCISED, 10_001, 12.0),), company="Quillwort", holder="Ira")
    with pytest.raises(NotExercisableError, match=r"^Quillwort, Ira: ES-1: the exercise of 2026-03-02") as refused:
        years([HERS, too_many], JOINT)
    assert (refused.value.grant, refused.value.available) == ("ES-1", 10_000)
    with pytest.raises(ArgumentError, match="portfolio: there is none"):
        years([], JOINT)


def test_an_import_beside_a_plan():
    """An export's grant is followed to its counts, and the remark names the holding."""
    held = HeldGrant(
        "ES-1", "ISO", GRANTED, 2.0, 10_000, fmv_at_grant=2.0,
        shares_exercised=3_000, shares_exercisable=7_000, shares_unvested=0,
    )  # fmt: skip
    imported = Portfolio((held,), (Exercise("ES-1", EXERCISED, 7_000, 12.0),), as_of=date(2026, 1, 30), holder="Ira")
    (year, _) = years([HERS, imported], JOINT)
    assert year.iso_spread == 170_000.0
    assert year.notes[0].startswith("Ira: ES-1: the export does not say when 3,000")


# What this year's exercises have used


def test_the_spread_exercised_so_far():
    """By the day, without what is sold by then, over all holdings."""
    assert spread_exercised([HERS, HIS], 2026, date(2026, 3, 1)) == 0.0
    assert spread_exercised([HERS, HIS], 2026, date(2026, 8, 31)) == 140_000.0
    assert spread_exercised([HERS, HIS], 2026) == 130_000.0
    assert spread_exercised(HERS, 2027) == 0.0
    with pytest.raises(ArgumentError, match="through: 2027-01-01 is not in 2026; enter a day of that year"):
        spread_exercised(HERS, 2026, date(2027, 1, 1))


def test_shares_that_vest_later_in_the_year_have_used_nothing_yet():
    """Exercised early without an election, the spread is that of the day of vesting."""
    grant = Grant("A", "ISO", GRANTED, 2.0, 100, "2026-10-01: 100", fmv_at_grant=2.0, early_exercisable=True)
    portfolio = Portfolio((grant,), (Exercise("A", EXERCISED, 100, 12.0),), values=((date(2026, 10, 1), 15.0),))
    assert spread_exercised(portfolio, 2026, date(2026, 9, 30)) == 0.0
    assert spread_exercised(portfolio, 2026, date(2026, 10, 1)) == 1_300.0


def test_exercises_of_this_year_use_its_room():
    """What is exercised and what then still fits are the shares that fit from the start: no AMT either way."""
    facts = Household(2026, "single", 150_000.0)
    tax_return = return_of(facts, federal_law(2026, "single", ""))

    def held(exercised):
        return HeldGrant(
            "ES-1", "ISO", GRANTED, 2.0, 10_000, fmv_at_grant=2.0,
            shares_exercised=exercised, shares_exercisable=10_000 - exercised, shares_unvested=0,
        )  # fmt: skip

    (whole,) = fill_room([held(0)], 12.0, tax_return)
    used = spread_exercised(Portfolio((held(0),), (Exercise("ES-1", EXERCISED, 1_000, 12.0),), as_of=EXERCISED), 2026)
    (rest,) = fill_room([held(1_000)], 12.0, tax_return, used=used)
    assert used == 10_000.0
    assert 0 < rest.shares == whole.shares - 1_000
