"""Stock splits as steps: whole options, a divided strike, lots of the same basis and days, and no other income."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_amt.calendar import calendar_of
from xl_amt.equity.amounts import amounts_of
from xl_amt.equity.flags import flags
from xl_amt.equity.grants import Grant
from xl_amt.equity.history import follow
from xl_amt.equity.portfolio import Acceleration, Exercise, Portfolio, Sale, Split
from xl_amt.errors import ArgumentError

GRANTED = date(2024, 1, 15)
EXERCISED = date(2026, 3, 2)
END = date(2035, 12, 31)


def iso(label="ES-1", shares=1_000, **terms):
    """An ISO of 2 a share, vested from its grant."""
    return Grant(label, "ISO", GRANTED, 2.0, shares, fmv_at_grant=2.0, **terms)


def split_plan(*splits, shares=400, sold=800):
    """400 exercised at 2 on March 2, 2026, at a value of 12; 800 sold on January 5, 2027 at 10 after two for one."""
    return Portfolio(
        (iso(),), (Exercise("ES-1", EXERCISED, shares, 12.0),), (Sale(date(2027, 1, 5), sold, 10.0),), splits=splits
    )


TWO_FOR_ONE = Split(date(2026, 6, 1), 2, 1)


def test_a_split_changes_no_income():
    """4,000 of spread in 2026; sold for 8,000 in 2027: wages of 4,000 and gain of 3,200 over a basis of 800 + 4,000."""
    amounts = amounts_of(follow(split_plan(TWO_FOR_ONE), END), (2026, 2027))
    assert (amounts[2026].iso_spread, amounts[2026].strike_paid) == (4_000.0, 800.0)
    assert (amounts[2027].disqualifying_wages, amounts[2027].short_term_gain) == (4_000.0, 3_200.0)
    assert amounts[2027].amt_short_term_gain == 3_200.0


def test_options_and_shares_after_a_split():
    """600 options at 2 are 1,200 at 1; 400 shares with a basis of 2 are 800 with one of 1, on the same days."""
    history = follow(Portfolio((iso(),), (Exercise("ES-1", EXERCISED, 400, 12.0),), splits=(TWO_FOR_ONE,)), END)
    (tranche,), (lot,) = history.tranches, history.held
    assert (tranche.left("ISO"), tranche.strike, tranche.iso_exercised) == (1_200, 1.0, 800)
    assert (lot.shares, lot.strike, lot.fmv, lot.spread, lot.acquired) == (800, 1.0, 6.0, 5.0, EXERCISED)
    assert lot.key.label == "ES-1 / 2026-03-02 / ISO vesting 2024-01-15"
    assert (lot.as_acquired.shares, lot.as_acquired.strike, lot.as_acquired.fmv) == (400, 2.0, 12.0)
    exercised_later = follow(Portfolio((iso(),), (Exercise("ES-1", TWO_FOR_ONE.day, 2_000, 6.0),),
                                       splits=(TWO_FOR_ONE,)), END)  # fmt: skip
    assert [(lot.shares, lot.spread) for lot in exercised_later.lots] == [(2_000, 5.0)]


def test_values_before_a_split_are_per_old_share():
    """Stock units that vest after it are worth half of the last value; those before, all of it."""
    units = Grant("R", "RSU", GRANTED, 0.0, 200, "2026-05-31: 100; 2026-06-01: 100")
    lots = follow(Portfolio((units,), values=((date(2026, 1, 2), 30.0),), splits=(TWO_FOR_ONE,)), END).lots
    assert [(lot.shares, lot.fmv, lot.shares * lot.spread) for lot in lots] == [(200, 15.0, 3_000), (200, 15.0, 3_000)]


def test_early_exercised_shares_that_vest_after_a_split():
    """100 exercised at 2 that vest after two for one at 20 a new share: 200 x 20 - 200 is AMT income of 3,800."""
    grant = iso(vesting_schedule="2027-01-15: 1,000", early_exercisable=True)
    portfolio = Portfolio(
        (grant,), (Exercise("ES-1", EXERCISED, 100, 12.0),), values=((date(2027, 1, 15), 20.0),), splits=(TWO_FOR_ONE,)
    )
    assert amounts_of(follow(portfolio, END), (2026, 2027))[2027].iso_spread == 3_800.0
    before = follow(portfolio, date(2026, 5, 31)).lots[0]
    assert (before.shares, before.fmv_at_vest) == (100, 40.0)


@pytest.mark.parametrize(
    ("new", "old", "options", "shares"),
    [(3, 2, [49, 51, 50, 51], 40.5), (1, 10, [3, 3, 4, 3], 2.7), (3, 1, [99, 102, 99, 102], 81)],
)
def test_whole_options_are_rounded_down_over_the_tranches(new, old, options, shares):
    """Vesting 33, 34, 33 and 34, each running total rounded down; a fraction of a share of a lot stays with it."""
    grant = iso(shares=134, vesting_schedule="1/4 yearly", early_exercisable=False)
    plain = follow(Portfolio((grant,), splits=(Split(date(2024, 6, 3), new, old),)), END)
    assert [tranche.shares for tranche in plain.tranches] == options
    assert sum(options) == 134 * new // old
    exercised = (Exercise("ES-1", date(2025, 2, 3), 27, 12.0),)
    later = Portfolio((grant,), exercised, splits=(Split(date(2025, 6, 2), new, old),))
    history = follow(later, END)
    assert [lot.shares for lot in history.held] == [shares]
    assert any("part of a share" in flag for flag in flags(later, history)) is (shares != int(shares))


def test_a_split_leaves_the_100_000_rule_alone():
    """10,000 at 10 fill the limit; after three for one 30,000 at 3.33 fill it, in an acceleration too."""
    grant = Grant("A", "ISO", GRANTED, 10.0, 12_000, "2027-03-01: 12,000", fmv_at_grant=10.0)
    portfolio = Portfolio((grant,), splits=(Split(date(2025, 6, 2), 3, 1),))
    assert [(t.iso_shares, t.nso_shares) for t in follow(portfolio, END).tranches] == [(30_000, 6_000)]
    sooner = Portfolio((grant,), splits=portfolio.splits, accelerations=(Acceleration("A", date(2026, 2, 2)),))
    assert [(t.iso_shares, t.nso_shares) for t in follow(sooner, END).tranches] == [(30_000, 6_000)]


@pytest.mark.parametrize("wrong", [Split(EXERCISED, 0, 1), Split(EXERCISED, 2, -1), Split(EXERCISED, 1.5, 1)])
def test_what_is_no_split(wrong):
    """Whole numbers above zero, and one split a day."""
    with pytest.raises(ArgumentError, match="the split of 2026-03-02: it gives"):
        Portfolio((iso(),), splits=(wrong,))
    with pytest.raises(ArgumentError, match="two splits are on this date; combine them"):
        Portfolio((iso(),), splits=(TWO_FOR_ONE, TWO_FOR_ONE))


def test_the_calendar_says_in_which_shares_it_counts():
    """After a split all of its days are in new shares."""
    found = calendar_of(split_plan(TWO_FOR_ONE, sold=100), date(2026, 1, 1), date(2027, 12, 31))
    assert (
        "All shares and prices are stated after the split of 2026-06-01, 2 for 1, including for dates before it."
        in found.notes
    )
    (due,) = [due for due in found.entries if due.kind == "qualifying"]
    assert due.title == "ES-1: 700 shares can be sold in a qualifying sale"


# What holds for every split


@st.composite
def splits(draw):
    """Up to three splits, reverse ones too, after the first exercises."""
    days = draw(st.lists(st.dates(date(2025, 1, 1), date(2028, 12, 31)), max_size=3, unique=True))
    return tuple(Split(day, draw(st.integers(1, 7)), draw(st.integers(1, 7))) for day in days)


@given(splits(), st.integers(1, 30_000), st.integers(0, 1_000), st.sampled_from(["", "1/4 yearly", "M-48-12"]))
def test_no_share_is_made_or_lost(steps, granted, exercised, schedule):
    """Options round down by less than one for each part and split; lots keep every part of a share, and all basis."""
    grant = iso(shares=granted, vesting_schedule=schedule)
    free = follow(Portfolio((grant,)), date(2025, 1, 15)).tranches
    exercised = min(exercised, sum(tranche.unexercised for tranche in free if tranche.vests <= date(2024, 12, 31)))
    exercises = (Exercise("ES-1", date(2024, 12, 31), exercised, 5.0),) if exercised else ()
    history = follow(Portfolio((grant,), exercises, splits=steps), END)
    exact = Fraction(granted - exercised)
    lost = Fraction(0)
    for step in sorted(steps):
        exact *= step.ratio
        lost = lost * step.ratio + 2  # an ISO and an NSO part
    left = sum(tranche.unexercised for tranche in history.tranches)
    assert 0 <= exact - left <= lost
    ratio = exact / (granted - exercised) if granted > exercised else None
    held = sum(lot.shares for lot in history.held)
    if ratio is not None:
        assert held == pytest.approx(float(exercised * ratio), rel=1e-12)
    assert sum(lot.shares * lot.strike for lot in history.held) == pytest.approx(exercised * 2.0, rel=1e-12)
    for tranche in history.tranches:
        assert min(tranche.iso_exercised, tranche.nso_exercised, tranche.left("ISO"), tranche.left("NSO")) >= 0


@given(st.integers(2, 5), st.integers(1, 300), st.integers(1, 300), st.dates(date(2026, 3, 3), date(2027, 11, 30)))
def test_a_split_in_whole_shares_is_no_event_of_tax(new, first, second, day):
    """The same plan in old and in new shares puts the same amounts on every year's forms."""
    second_day, sold_day = date(2027, 12, 1), date(2028, 2, 1)
    plain = Portfolio(
        (iso(),),
        (Exercise("ES-1", EXERCISED, first, 12.0), Exercise("ES-1", second_day, second, 15.0)),
        (Sale(sold_day, first + second // 2, 30.0),) if second > 1 else (),
    )
    in_new_shares = replace(
        plain,
        exercises=(plain.exercises[0], Exercise("ES-1", second_day, second * new, 15.0 / new)),
        sales=tuple(Sale(sale.day, sale.shares * new, sale.price / new) for sale in plain.sales),
        splits=(Split(day, new, 1),),
    )
    ours, others = (amounts_of(follow(portfolio, END), range(2026, 2029)) for portfolio in (plain, in_new_shares))
    for year, amounts in ours.items():
        for name in amounts.__slots__:
            assert getattr(others[year], name) == pytest.approx(getattr(amounts, name), rel=1e-9, abs=1e-6)
