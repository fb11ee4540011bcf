"""Lots that a portfolio begins with: from another broker, or of a grant that nobody knows; and what a lot's key is."""

from datetime import date

import pytest

from xl_amt.calendar import calendar_of
from xl_amt.equity.grants import Grant
from xl_amt.equity.history import follow
from xl_amt.equity.lots import Lot, LotKey
from xl_amt.equity.portfolio import Exercise, Portfolio, Sale, Split
from xl_amt.errors import AmtError, ArgumentError
from xl_amt.household import Household
from xl_amt.planning.years import years

END = date(2035, 12, 31)
GRANTED, ACQUIRED = date(2023, 3, 1), date(2025, 2, 14)


def lot(label="CS-9", shares=100, **changes):
    """100 ISO shares exercised at 2 on February 14, 2025, then worth 12, of a grant that nobody knows."""
    terms = {"grant_label": "", "kind": "ISO", "grant_date": GRANTED, "acquired": ACQUIRED, "strike": 2.0, "fmv": 12.0}
    return Lot(label, shares=shares, **terms | {"vested": ACQUIRED} | changes)


def sold(day, *lots, names=("CS-9",), shares=100, price=15.0):
    """The one sale of 100 shares at 15."""
    (sale,) = follow(Portfolio((), sales=(Sale(day, shares, price, names),), lots=lots or (lot(),)), END).sales
    return sale


def test_an_opening_lot_is_sold_like_others():
    """Qualifying from February 15, 2026: gain of 13 a share, 3 for the AMT; a day before, 10 of it are wages."""
    sale = sold(date(2026, 2, 15))
    assert (sale.kind, sale.gain, sale.amt_gain) == ("qualifying", 1_300.0, 300.0)
    sale = sold(date(2026, 2, 14))
    assert (sale.kind, sale.wages, sale.gain, sale.amt_income) == ("disqualifying", 1_000.0, 300.0, 1_000.0)


def test_an_opening_lot_in_years():
    """Its spread is of 2025, on line 2i only where that year is asked for; the sale has its dual basis."""
    portfolio = Portfolio((), sales=(Sale(date(2026, 3, 2), 100, 15.0),), lots=(lot(),))
    both = years(portfolio, [Household(year, "single", 150_000.0) for year in (2025, 2026)])
    assert [year.iso_spread for year in both] == [1_000.0, 0.0]
    (later,) = years(portfolio, [Household(2026, "single", 150_000.0)])
    assert (later.amounts.long_term_gain, later.amounts.amt_long_term_gain) == (1_300.0, 300.0)


def test_opening_lots_stand_among_others_by_age():
    """Without names the oldest are sold first, whichever they are."""
    grant = Grant("ES-1", "ISO", GRANTED, 2.0, 100, fmv_at_grant=2.0)
    portfolio = Portfolio(
        (grant,), (Exercise("ES-1", date(2024, 5, 1), 60, 8.0),), (Sale(date(2026, 3, 2), 110, 15.0),), lots=(lot(),)
    )
    history = follow(portfolio, END)
    assert [(sale.lot.label, sale.lot.shares) for sale in history.sales] == [
        ("ES-1 / 2024-05-01 / ISO vesting 2023-03-01", 60), ("CS-9", 50),
    ]  # fmt: skip
    assert [lot.label for lot in follow(portfolio, date(2024, 12, 31)).lots] == [
        "ES-1 / 2024-05-01 / ISO vesting 2023-03-01"
    ]


def test_values_are_asked_for_when_they_are_needed():
    """A qualifying sale needs the value for the AMT only; of stock units, for the wages in the basis."""
    with pytest.raises(ArgumentError, match="CS-9: the value per share on 2025-02-14, when the shares were acquired"):
        sold(date(2026, 2, 15), lot(fmv=None))
    assert follow(Portfolio((), lots=(lot(fmv=None),)), END).lots[0].regular_basis == 2.0


@pytest.mark.parametrize(
    ("day", "kind"), [(date(2025, 12, 1), "same-year"), (date(2026, 2, 14), "disqualifying"), (date(2026, 2, 15), ""),
                      (date(2027, 2, 14), ""), (date(2027, 2, 15), "qualifying")],
)  # fmt: skip
def test_a_grant_date_that_nobody_knows(day, kind):
    """Before a year is over the day of the grant does not matter, nor after two: between them it is asked for."""
    if kind:
        assert sold(day, lot(grant_date=None)).kind == kind
    else:
        with pytest.raises(ArgumentError, match=r"CS-9: whether the sale of .* depends on the grant date"):
            sold(day, lot(grant_date=None))


def test_the_calendar_of_an_opening_lot():
    """Its first qualifying day, by the lot's own name, and the latest one where the grant is not known."""
    for grant_date, expected in ((GRANTED, date(2026, 2, 15)), (None, date(2027, 2, 15))):
        found = calendar_of(Portfolio((), lots=(lot(grant_date=grant_date),)), date(2026, 1, 1), date(2028, 1, 1))
        (due,) = [due for due in found.entries if due.kind == "qualifying"]
        assert (due.day, due.title) == (expected, "CS-9: 100 shares can be sold in a qualifying sale")


def test_two_lots_of_a_day_are_two():
    """Their names tell them apart; a split keeps both."""
    portfolio = Portfolio((), lots=(lot(), lot("CS-10", 40)), splits=(Split(date(2025, 6, 2), 3, 2),))
    assert [(own.label, own.shares) for own in follow(portfolio, END).held] == [("CS-9", 150), ("CS-10", 60)]
    with pytest.raises(ArgumentError, match="CS-9: two lots have this name and these days"):
        Portfolio((), lots=(lot(), lot()))


def test_a_key_names_a_lot():
    """A sale may name a lot by its key, its label, its grant and day, or its grant; a label of another one is none."""
    grant = Grant("ES / 1", "ISO", GRANTED, 2.0, 100, fmv_at_grant=2.0)
    key = LotKey("ES / 1", date(2024, 5, 1), "ISO", GRANTED)
    exercises = (Exercise("ES / 1", date(2024, 5, 1), 60, 8.0), Exercise("ES / 1", date(2024, 6, 3), 40, 8.0))
    for name in (key, key.label, "ES / 1 / 2024-05-01", "ES / 1"):
        portfolio = Portfolio((grant,), exercises, (Sale(date(2026, 3, 2), 60, 15.0, (name,)),))
        (sale,) = follow(portfolio, END).sales
        assert sale.lot.key == key
    for name in ("ES", key._replace(acquired=date(2024, 5, 2))):
        with pytest.raises(ArgumentError, match="no lot is named 'ES"):
            follow(Portfolio((grant,), exercises, (Sale(date(2026, 3, 2), 60, 15.0, (name,)),)), END)
    coming = key._replace(acquired=date(2024, 6, 3))
    with pytest.raises(ArgumentError, match="and ES / 1 is exercised on 2024-06-03; sell fewer, or later"):
        follow(Portfolio((grant,), exercises, (Sale(date(2024, 5, 2), 10, 15.0, (coming,)),)), END)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"shares": 0}, "CS-9: it is for 0 shares; enter more than 0."),
        ({"strike": -2.0}, "CS-9: its price paid of -2 is not an amount per share; enter zero or more."),
        ({"fmv": float("nan")}, "CS-9: its value of nan is not an amount per share; enter zero or more."),
        (
            {"grant_date": date(2026, 1, 1)},
            "CS-9: grant, acquisition on 2025-02-14 and vesting on 2025-02-14 are out of",
        ),
        ({"vested": date(2025, 1, 1)}, "CS-9: grant, acquisition on 2025-02-14 and vesting on 2025-01-01 are out of"),
    ],
)
def test_what_is_no_lot(changes, sentence):
    """One sentence that names the lot."""
    with pytest.raises(AmtError) as refused:
        Portfolio((), lots=(lot(**changes),))
    assert str(refused.value).startswith(sentence)
