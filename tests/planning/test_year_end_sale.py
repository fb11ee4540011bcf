"""Which lots to sell by December 31: figures by the statute's own words (tests/law/reference.py), lot after lot."""

from datetime import date
from fractions import Fraction

import pytest

from tests.law.reference import Return, alternative_minimum_tax, tables
from xl_amt.equity.grants import Grant
from xl_amt.equity.portfolio import Exercise, Portfolio, Sale
from xl_amt.household import Household
from xl_amt.planning.year_end_sale import sales_without_amt

HALF_A_CENT = Fraction(1, 200)
FACTS = Household(2024, "single", 150_000.0)


def owed(wages, spread):
    """AMT of a single filer in 2024 by the statute, to the last fraction of a cent."""
    return alternative_minimum_tax(Return(tables(2024, "single"), wages, 0, Fraction(spread)))


def sold(portfolio, price, lots=(), facts=FACTS):
    """The grant of each lot to sell, and the shares; None where no sale of them ends the AMT."""
    chosen = sales_without_amt(portfolio, facts, price, lots)
    return chosen if chosen is None else [(item.lot.grant_label, item.shares) for item in chosen]


def granted(label, option_type="ISO", *, day=date(2023, 1, 15), strike=1.0, **terms):
    """10,000 options, whose strike was their value."""
    return Grant(label, option_type, day, strike, 10_000, fmv_at_grant=strike, **terms)


# Two exercises of 2024: 3,000 shares of A, with 10 of spread a share, and 5,000 of B, with 14.
TWO_LOTS = Portfolio(
    (granted("A"), granted("B", strike=2.0)),
    (Exercise("A", date(2024, 2, 1), 3_000, fmv=11.0), Exercise("B", date(2024, 6, 3), 5_000, fmv=16.0)),
)


def owed_of_two(a, b, price):
    """AMT once a of A's shares and b of B's are sold: wages of the spread, or of the gain where that is less."""
    wages = a * (min(11, price) - 1) + b * (min(16, price) - 2)
    gain = a * max(price - 11, 0) + b * max(price - 16, 0)
    return owed(150_000 + wages + gain, (3_000 - a) * 10 + (5_000 - b) * 14)


def test_the_oldest_lot_goes_first_and_the_next_one_in_part():
    """At a price of 9, all of A still leaves 9,859.50 of AMT, and 2,817 shares of B end it.

    By hand: wages 150,000 + 3,000 x 8 + 2,817 x 7 = 193,719, spread 2,183 x 14 = 30,562. Regular tax on 179,119 is
    17,168.50 + 24% x 78,594 = 36,031.06; tentative tax 26% x (224,281 - 85,700) = 36,031.06.
    """
    assert owed_of_two(3_000, 0, 9) == Fraction("9859.5")
    assert owed_of_two(3_000, 2_816, 9) == Fraction("3.5")
    assert owed_of_two(3_000, 2_817, 9) == 0
    assert sold(TWO_LOTS, 9.0) == [("A", 3_000), ("B", 2_817)]


def test_lots_are_sold_in_the_order_in_which_they_are_named():
    """B alone holds enough, and A is not touched; A alone does not, and nothing is advised."""
    assert owed_of_two(0, 4_908, 9) >= HALF_A_CENT
    assert owed_of_two(0, 4_909, 9) < HALF_A_CENT
    assert sold(TWO_LOTS, 9.0, ["B", "A"]) == [("B", 4_909)]
    assert sold(TWO_LOTS, 9.0, ["B"]) == [("B", 4_909)]
    assert owed_of_two(3_000, 0, 9) >= HALF_A_CENT
    assert sold(TWO_LOTS, 9.0, ["A"]) is None


@pytest.mark.parametrize(("price", "of_b"), [(1.5, 2_578), (13.0, 2_732), (20.0, 2_222)])
def test_prices_below_the_strike_and_above_the_value(price, of_b):
    """Below B's strike of 2 a share brings no wages, but a loss of 0.50; above its value of 16, gain beside them."""
    assert sold(TWO_LOTS, price) == [("A", 3_000), ("B", of_b)]
    assert owed_of_two(3_000, of_b - 1, Fraction(price)) >= HALF_A_CENT > owed_of_two(3_000, of_b, Fraction(price))


def test_nothing_to_sell_within_the_room():
    """A spread of 1,500 x 10 = 15,000 is within the room."""
    portfolio = Portfolio((granted("A"),), (Exercise("A", date(2024, 2, 1), 1_500, fmv=11.0),))
    assert owed(150_000, 15_000) == 0
    assert sold(portfolio, 9.0) == []


def test_shares_sold_before_are_not_sold_again():
    """Of A, 2,000 were sold in May at 12: 22,000 of wages and 2,000 of gain; 1,000 are left to begin with."""
    portfolio = Portfolio(TWO_LOTS.grants, TWO_LOTS.exercises, (Sale(date(2024, 5, 2), 2_000, 12.0, ("A",)),))

    def after(a, b):
        return owed(150_000 + 22_000 + a * 8 + b * 7, (1_000 - a) * 10 + (5_000 - b) * 14)

    (first, rest), (second, some) = sold(portfolio, 9.0)
    assert (first, rest, second) == ("A", 1_000, "B")
    assert after(1_000, some - 1) >= HALF_A_CENT > after(1_000, some)


def test_lots_that_would_not_help_are_left_alone():
    """Only this year's vested ISO shares leave line 2i: lots of four other kinds are not sold.

    Exercised in 2023 (no spread this year); early in 2022, vested this August at 12 (the sale would be qualifying, and
    its 11,000 of spread stay); early this year with the election and not vested (5,000 of spread stay); and NSOs
    (10,000 of wages). B has 6,000 shares with 10 of spread each.
    """
    early = {"early_exercisable": True}
    portfolio = Portfolio(
        (
            granted("Qualifying", day=date(2022, 1, 15), vesting_schedule="2024-08-01: 10,000", **early),
            granted("Earlier"),
            granted("NSO", "NSO"),
            granted("Unvested", vesting_schedule="2025-08-01: 10,000", **early),
            granted("B"),
        ),
        (
            Exercise("Qualifying", date(2022, 12, 1), 1_000, fmv=2.0),
            Exercise("Earlier", date(2023, 12, 1), 500, fmv=9.0),
            Exercise("NSO", date(2024, 2, 1), 1_000, fmv=11.0),
            Exercise("Unvested", date(2024, 3, 1), 500, fmv=11.0, election_83b=True),
            Exercise("B", date(2024, 6, 3), 6_000, fmv=11.0),
        ),
        values=((date(2024, 8, 1), 12.0),),
    )

    def after(b):
        return owed(160_000 + b * 8, 11_000 + 5_000 + (6_000 - b) * 10)

    ((lot, some),) = sold(portfolio, 9.0)
    assert lot == "B"
    assert after(some - 1) >= HALF_A_CENT > after(some)


def test_amt_that_other_items_cause_does_not_end():
    """With 100,000 of other AMT items, AMT is left when every share is sold."""
    facts = Household(2024, "single", 150_000.0, other_amt_deferral_items=100_000.0)
    assert owed(150_000 + 3_000 * 8 + 5_000 * 7, 100_000) >= HALF_A_CENT
    assert sold(TWO_LOTS, 9.0, facts=facts) is None
