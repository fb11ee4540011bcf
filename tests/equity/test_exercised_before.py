"""Shares exercised before on days that nobody knows: gone for good, counted by the rule, and no lot."""

from datetime import date

import pytest

from xl_amt.equity.grants import Grant
from xl_amt.equity.history import Counts, counts_on, follow
from xl_amt.equity.portfolio import Acceleration, Cancellation, Exercise, Portfolio, Sale, Termination
from xl_amt.errors import AmtError, ArgumentError, NotExercisableError

GRANTED = date(2022, 1, 3)
AS_OF = date(2024, 6, 30)
END = date(2035, 12, 31)


def iso(label="A", shares=400, schedule="1/4 yearly", **terms):
    """An ISO of 10 a share, by default 100 shares a year from January 3, 2023 on."""
    return Grant(label, "ISO", GRANTED, 10.0, shares, schedule, fmv_at_grant=10.0, **terms)


def test_what_is_gone_cannot_be_exercised_again():
    """Of 200 vested shares 150 are gone: 50 can be exercised, and the sentence says so."""
    grant = iso(exercised_before=150)
    assert follow(Portfolio((grant,), (Exercise("A", date(2024, 7, 1), 50, 25.0),)), END).lots[0].shares == 50
    with pytest.raises(NotExercisableError, match="for 51 shares, but 50 shares can be exercised that day") as refused:
        follow(Portfolio((grant,), (Exercise("A", date(2024, 7, 1), 51, 25.0),)), END)
    error = refused.value
    assert (error.grant, error.day, error.shares, error.available, error.unvested) == (
        "A", date(2024, 7, 1), 51, 50, 200,
    )  # fmt: skip


def test_the_oldest_iso_shares_are_gone_first():
    """Of 15,000 at 10, of which 10,000 are ISOs, 10,500 are gone: what is left is 4,500 NSOs."""
    portfolio = Portfolio((iso(shares=15_000, schedule="", exercised_before=10_500),))
    (tranche,) = follow(portfolio, END).tranches
    assert (tranche.left("ISO"), tranche.left("NSO")) == (0, 4_500)
    yearly = follow(Portfolio((iso(exercised_before=150),)), END).tranches
    assert [tranche.unexercised for tranche in yearly] == [0, 50, 100, 100]


def test_what_is_gone_counts_in_the_100_000_rule():
    """10,000 at 10 exercised before leave a later grant of the same year no ISO share, as dated ones do."""
    second = Grant("B", "ISO", date(2022, 2, 1), 10.0, 100, fmv_at_grant=10.0)
    gone = follow(Portfolio((iso(shares=10_000, schedule="", exercised_before=10_000), second)), END)
    assert [tranche.iso_shares for tranche in gone.tranches] == [10_000, 0]


def test_exercises_on_known_days_come_first_with_the_day_of_the_export():
    """100 shares exercised on the day of the first vesting, and 100 by June 2024, are the 200 that had vested."""
    dated = (Exercise("A", date(2023, 1, 3), 100, 20.0),)
    portfolio = Portfolio((iso(exercised_before=100),), dated, as_of=AS_OF)
    assert counts_on(portfolio, "A", AS_OF) == Counts(200, 0, 200)
    assert counts_on(portfolio, "A", date(2025, 1, 3)) == Counts(200, 100, 100)
    more = Portfolio((iso(exercised_before=100),), (Exercise("A", date(2024, 6, 1), 150, 20.0),), as_of=AS_OF)
    with pytest.raises(
        ArgumentError, match=("in addition to 150 shares on known dates, but 50 could be by then; correct")
    ):
        follow(more, END)


@pytest.mark.parametrize(
    "change",
    [
        {"termination": Termination(date(2024, 2, 1))},
        {"cancellations": (Cancellation("A", date(2024, 2, 1)),)},
        {"accelerations": (Acceleration("A", date(2024, 2, 1)),)},
    ],
)
def test_what_is_gone_is_gone_before_the_rest_is_canceled(change):
    """The end of the work or a cancellation takes only what is left, and an acceleration vests it."""
    portfolio = Portfolio((iso(exercised_before=150),), as_of=AS_OF, **change)
    counts = counts_on(portfolio, "A", AS_OF)
    exercisable = {"termination": 50, "cancellations": 0, "accelerations": 250}[next(iter(change))]
    assert counts == Counts(150, exercisable, 0)


@pytest.mark.parametrize("lots", [(), ("A",), ("A / 2024-03-01",)])
def test_shares_without_a_day_are_not_sold(lots):
    """They make no lot: the sentence asks for the day of the exercise."""
    portfolio = Portfolio((iso(exercised_before=150),), sales=(Sale(date(2025, 1, 6), 10, 30.0, lots),))
    with pytest.raises(ArgumentError, match="the sale of 2025-01-06") as refused:
        follow(portfolio, END)
    if lots != ("A / 2024-03-01",):
        assert "give the day of the exercise of A, or sell fewer, or later." in str(refused.value)


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        ({"exercised_before": 401}, "A: 401 of its 400 shares are stated as exercised earlier; enter whole shares"),
        ({"exercised_before": -1}, "A: -1 of its 400 shares are stated"),
        ({"exercised_before": 1.5}, "A: 1.5 of its 400 shares are stated"),
    ],
)
def test_what_cannot_have_been_exercised(terms, sentence):
    """More than was granted, fewer than none, and parts of shares."""
    with pytest.raises(AmtError) as refused:
        Portfolio((iso(**terms),))
    assert str(refused.value).startswith(sentence)


def test_stock_units_are_not_exercised():
    """A unit becomes a share when it vests."""
    with pytest.raises(ArgumentError, match="A: stock units are not exercised"):
        Portfolio((Grant("A", "RSU", GRANTED, 0.0, 400, exercised_before=1),))
