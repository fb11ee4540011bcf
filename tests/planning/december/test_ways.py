"""The ways for a lot, the best number of its shares, the fewest to sell: beside real sales and brute force."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from tests.planning.december.by_years import exercised, households, money, states_of
from xl_amt.equity.amounts import EquityAmounts
from xl_amt.equity.history import follow
from xl_amt.equity.lots import Lot
from xl_amt.forms.us.total_tax import tax_return_of
from xl_amt.household import Household
from xl_amt.planning.december.fewest import fewest_shares
from xl_amt.planning.december.question import December
from xl_amt.planning.december.ways import Decision
from xl_amt.planning.equity_years import equity_of_years
from xl_amt.planning.shares_to_sell import with_sale
from xl_amt.planning.unknown import owed
from xl_amt.planning.year_end_sale import same_year_sale
from xl_amt.worksheet import call

HALF_A_CENT = 0.005
A_CENT = 0.01
DECEMBER, JANUARY, QUALIFYING = date(2024, 12, 31), date(2025, 1, 2), date(2025, 3, 2)


def decision(portfolio, facts, codes=("US",), *, price=30.0, later=30.0, credit_left_at=0.5, given=True):
    """The decision on the only lot of 2024, and the money of the years without its shares."""
    question = December(
        facts=tuple(facts),
        equity=equity_of_years(portfolio, facts).amounts,
        codes=tuple(codes),
        states=tuple(states_of(codes, facts)),
        state_tax_given=frozenset(one.year for one in facts if given),
        credit_left_at=credit_left_at,
    )
    lots = follow(portfolio, DECEMBER).held
    without = money(
        replace(portfolio, exercises=()), facts, (), codes=codes, credit_left_at=credit_left_at, given=given
    )
    return Decision(question, lots, price, later, question.after({}, 2024)[0]), without


ACME = exercised(granted=date(2021, 2, 1), day=date(2024, 3, 1), shares=5_000, strike=2.0, fmv=42.0)
SINGLE = households(2024, 2025, 200_000.0)


def test_the_worked_figures():
    """Single, wages of 200,000: selling in 2024 adds 46,726.25 of tax, holding 45,813.50."""
    hold, sell, early = decision(ACME, SINGLE)[0].ways
    assert [way.name for way in (hold, sell, early)] == ["hold", "sell by December 31", "sell next year"]
    assert hold.tax_added[2024] == pytest.approx(45_813.50, abs=A_CENT)
    assert sell.tax_added == {2024: pytest.approx(46_726.25, abs=A_CENT), 2025: pytest.approx(0.0, abs=A_CENT)}
    assert sell.after_tax == pytest.approx(150_000 - 46_726.25, abs=A_CENT)
    assert sell.amt_undone == sell.credit_given_up == {"US": pytest.approx(45_813.50, abs=A_CENT)}
    assert hold.amt_undone == hold.credit_given_up == {"US": 0.0}
    assert (hold.break_even, sell.break_even) == (pytest.approx(27.21, abs=A_CENT), None)
    assert [sale.kind for way in (hold, sell, early) for sale in way.sales] == [
        "qualifying", "same-year", "disqualifying",
    ]  # fmt: skip


@pytest.mark.parametrize("later", [0.5, 20.0, 30.0, 60.0])
@pytest.mark.parametrize(
    ("codes", "given"), [(("US",), True), (("US", "CA"), True), (("US", "CA"), False), (("CA",), True)]
)
def test_each_way_is_a_real_sale(codes, given, later):
    """After tax, each way is what its sale in the portfolio gives, less the years without the exercise."""
    made, without = decision(ACME, SINGLE, codes, later=later, given=given)
    options = {"codes": codes, "credit_left_at": 0.5, "given": given}
    for way, (day, price) in zip(made.ways, ((QUALIFYING, later), (DECEMBER, 30.0), (JANUARY, later)), strict=True):
        sold = money(ACME, SINGLE, [(day, 5_000, price)], **options)
        assert way.after_tax == pytest.approx(sold - without, abs=A_CENT)
    selling = money(ACME, SINGLE, [(DECEMBER, 5_000, 30.0)], **options)
    for way, day in zip(made.ways[::2], (QUALIFYING, JANUARY), strict=True):
        for off in (A_CENT, 1.0, 10.0):
            assert money(ACME, SINGLE, [(day, 5_000, way.break_even + off)], **options) > selling
            assert money(ACME, SINGLE, [(day, 5_000, way.break_even - off)], **options) < selling


def test_without_a_market_nothing_is_sold_by_the_end_of_the_year():
    """No price now: holding and selling next year alone, with nothing to break even with."""
    made, _ = decision(ACME, SINGLE, price=None)
    assert [(way.name, way.break_even) for way in made.ways] == [("hold", None), ("sell next year", None)]


def test_a_wash_sale_brings_wages_of_the_whole_spread():
    """At 30, 200,000 of wages in place of 140,000, and no loss of 60,000: by the tables 67,726.25 of tax."""
    made, _ = decision(ACME, SINGLE, credit_left_at=0.0)
    tables = tax_return_of(Household(2024, "single", 400_000.0)).regular.tax - tax_return_of(SINGLE[0]).regular.tax
    assert made.after_tax_of_a_wash_sale() == pytest.approx(150_000 - tables, abs=A_CENT)
    assert tables == pytest.approx(67_726.25, abs=A_CENT)


# A few shares of a high price, so that every number of them can be tried.
FEW = exercised(granted=date(2021, 2, 1), day=date(2024, 3, 1), shares=24, strike=500.0, fmv=9_000.0)


@pytest.mark.parametrize("codes", [("US",), ("US", "CA")])
@pytest.mark.parametrize("later", [2_000.0, 5_500.0, 6_000.0, 6_500.0, 7_000.0, 9_500.0])
def test_the_best_number_of_shares_by_brute_force(codes, later):
    """Of all whole numbers of shares to sell now, the rest in a qualifying sale, none leaves more after tax."""
    made, without = decision(FEW, SINGLE, codes, price=6_500.0, later=later)
    every = [
        money(FEW, SINGLE, [(DECEMBER, sold, 6_500.0), (QUALIFYING, 24 - sold, later)], codes=codes, credit_left_at=0.5)
        for sold in range(25)
    ]
    best = made.most_money()
    assert best.money + without == pytest.approx(max(every), abs=A_CENT)
    assert best.shares == next(sold for sold, found in enumerate(every) if found > max(every) - A_CENT)


# Shares, strikes and values at exercise of lots of 2024, a price now, the filing status and wages.
LOTS = [
    ([(9, 500.0, 17_000.0), (7, 9_000.0, 26_000.0)], 20_000.0, "single", 250_000.0),
    ([(6, 1_000.0, 30_000.0), (6, 5_000.0, 30_000.0)], 12_000.0, "single", 150_000.0),
    ([(4, 500.0, 8_000.0), (9, 9_000.0, 40_000.0), (5, 500.0, 21_000.0)], 25_000.0, "single", 400_000.0),
    ([(8, 5_000.0, 36_000.0), (5, 500.0, 12_000.0)], 38_000.0, "single", 150_000.0),
    ([(12, 500.0, 20_000.0)], 3_000.0, "single", 650_000.0),
    # where to sell first what takes most off needs a share more
    ([(9, 500.0, 17_000.0), (7, 9_000.0, 26_000.0), (3, 500.0, 34_000.0)], 20_000.0, "mfj", 250_000.0),
    ([(5, 5_000.0, 19_000.0), (7, 9_000.0, 23_000.0)], 34_000.0, "single", 100_000.0),
]


@pytest.mark.parametrize(("of_lots", "price", "status", "wages"), LOTS)
def test_the_fewest_shares_by_brute_force(of_lots, price, status, wages):
    """No choice of fewer whole shares, of all that there are, ends the AMT of the year."""
    day = date(2024, 3, 1)
    lots = [
        Lot(f"L{number}", "A", "ISO", date(2021, 1, 1), day, shares, strike, fmv, vested=day)
        for number, (shares, strike, fmv) in enumerate(of_lots)
    ]
    facts = Household(2024, status, wages)
    spread = sum(lot.shares * lot.spread for lot in lots)
    question = December(facts=(facts,), equity={2024: EquityAmounts(iso_spread=spread)}, codes=("US",))
    sales = [same_year_sale(lot, price, DECEMBER) for lot in lots]

    def owes(numbers):
        after, left = facts, spread
        for sale, number in zip(sales, numbers, strict=True):
            after, left = with_sale(after, left, sale, float(number))
        return owed([tax_return_of(after)], left) >= HALF_A_CENT

    choices = product(*(range(lot.shares + 1) for lot in lots))
    fewest = min(sum(numbers) for numbers in choices if not owes(numbers))
    found = fewest_shares(question, question.after({}, 2024)[0], [(lot, price) for lot in lots])
    assert sum(item.shares for item in found) == fewest > 0
    by_lot = {item.lot.label: item.shares for item in found}
    assert not owes([by_lot.get(lot.label, 0) for lot in lots])


@pytest.mark.parametrize("place", ["US", "CA", "US+CA"])
def test_the_fewest_of_one_lot_are_those_of_the_function(place):
    """AMT_SHARES_TO_SELL says the same of the shares of one exercise."""
    made, _ = decision(ACME, SINGLE, place.split("+"))
    (found,) = fewest_shares(made.question, made.question.after({}, 2024)[0], [(made.lots[0], 30.0)])
    assert found.shares == call("AMT_SHARES_TO_SELL", 200_000, "single", 2024, 5_000, 2, 42, 30, None, None, place)


def test_where_no_sale_ends_the_amt():
    """AMT of other items stays whatever is sold; where none is owed, nothing has to be sold."""
    lots = follow(ACME, DECEMBER).held
    for items, expected in ((2_000_000.0, None), (0.0, [])):
        facts = Household(2024, "single", 200_000.0, other_amt_deferral_items=items)
        spread = 200_000.0 if items else 0.0
        question = December(facts=(facts,), equity={2024: EquityAmounts(iso_spread=spread)}, codes=("US",))
        assert fewest_shares(question, question.after({}, 2024)[0], [(lot, 30.0) for lot in lots]) == expected
