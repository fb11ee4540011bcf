"""What cannot be: each case is refused in one sentence that names the grant or the lot and says what would do."""

import math
from dataclasses import replace
from datetime import date

import pytest

from xl_amt.equity.grants import Grant, VestingEvent
from xl_amt.equity.history import follow
from xl_amt.equity.lots import Lot
from xl_amt.equity.portfolio import Acceleration, Cancellation, Exercise, Portfolio, Sale, Termination
from xl_amt.equity.sales import sell
from xl_amt.errors import AmtError, ArgumentError
from xl_amt.household import Household
from xl_amt.planning.years import years

GRANTED = date(2022, 1, 3)
END = date(2035, 12, 31)
VALUES = ((date(2020, 1, 1), 5.0),)
ISO = Grant("ES-1", "ISO", GRANTED, 10.0, 400, fmv_at_grant=10.0)
VESTING = replace(ISO, vesting_schedule="1/4 yearly")
EARLY = replace(VESTING, early_exercisable=True)
UNITS = Grant("ES-1", "RSU", GRANTED, 0.0, 400, "1/4 yearly")
EXERCISED = (Exercise("ES-1", date(2023, 3, 1), 100, 20.0),)


def exercise(grant, day, shares, fmv=20.0, **more):
    """A portfolio of one grant and one exercise."""
    return Portfolio((grant,), (Exercise("ES-1", day, shares, fmv),), **more)


def sale(day, shares, price=30.0, *lots, **more):
    """A portfolio with 100 shares exercised on March 1, 2023 and one sale."""
    return Portfolio((ISO,), EXERCISED, (Sale(day, shares, price, lots),), **more)


def refusal(make):
    """The sentence with which a portfolio is refused, when it is made or followed."""
    with pytest.raises(AmtError) as refused:
        follow(make(), END)
    return str(refused.value)


REFUSED = {
    # Exercises
    "exercise before the grant": lambda: exercise(ISO, date(2021, 12, 31), 10),
    "exercise before vesting": lambda: exercise(VESTING, date(2023, 1, 2), 10),
    "more exercised than has vested": lambda: exercise(VESTING, date(2023, 1, 3), 101),
    "more exercised than was granted": lambda: exercise(ISO, date(2023, 1, 3), 401),
    "more exercised than was granted, early": lambda: exercise(EARLY, date(2023, 1, 3), 401),
    "more exercised than is left": lambda: Portfolio(
        (ISO,), (*EXERCISED, Exercise("ES-1", date(2023, 4, 1), 301, 20.0))
    ),
    "exercise of a part that there is not": lambda: Portfolio(
        (ISO,), (Exercise("ES-1", date(2023, 1, 3), 10, 20.0, option_type="NSO"),)
    ),
    "exercise after the options expire": lambda: exercise(
        replace(ISO, expiration_date=date(2032, 1, 2)), date(2032, 1, 3), 10
    ),
    "exercise after the plan's window": lambda: exercise(
        replace(ISO, exercise_window="90 days"), date(2026, 5, 2), 10, termination=Termination(date(2026, 1, 31))
    ),
    "exercise of what is canceled": lambda: exercise(
        ISO, date(2024, 1, 3), 10, cancellations=(Cancellation("ES-1", date(2023, 1, 3)),)
    ),
    "exercise of what the end of the work canceled": lambda: exercise(
        VESTING, date(2024, 1, 20), 101, termination=Termination(date(2023, 12, 31))
    ),
    "exercise of stock units": lambda: exercise(UNITS, date(2023, 1, 3), 10, values=VALUES),
    "exercise of no share": lambda: exercise(ISO, date(2023, 1, 3), 0),
    "exercise of fewer than no shares": lambda: exercise(ISO, date(2023, 1, 3), -10),
    "exercise of a part of a share": lambda: exercise(ISO, date(2023, 1, 3), 10.5),
    "exercise of shares that are no number": lambda: exercise(ISO, date(2023, 1, 3), math.nan),
    "exercise at a negative value": lambda: exercise(ISO, date(2023, 1, 3), 10, -1.0),
    "exercise at a value that is no number": lambda: exercise(ISO, date(2023, 1, 3), 10, math.nan),
    "exercise at an endless value": lambda: exercise(ISO, date(2023, 1, 3), 10, math.inf),
    "exercises of one day at two values": lambda: Portfolio(
        (ISO,), (*EXERCISED, Exercise("ES-1", date(2023, 3, 1), 10, 21.0))
    ),
    "exercises of one day at two values, of two tranches": lambda: Portfolio(
        (EARLY,),
        (Exercise("ES-1", date(2022, 3, 1), 100, 12.0, True), Exercise("ES-1", date(2022, 3, 1), 100, 13.0, True)),
        values=VALUES,
    ),
    # Grants
    "unknown grant": lambda: Portfolio((replace(ISO, label="ES-2"),), EXERCISED),
    "no grant at all": lambda: Portfolio((), EXERCISED),
    "two grants of one label": lambda: Portfolio((ISO, replace(ISO, strike=2.0))),
    "unknown grant of an acceleration": lambda: Portfolio((), accelerations=(Acceleration("ES-1", GRANTED),)),
    "unknown grant of a cancellation": lambda: Portfolio((), cancellations=(Cancellation("ES-1", GRANTED),)),
    "no grant date": lambda: Portfolio((replace(ISO, grant_date=None),)),
    "schedule whose parts are no whole": lambda: Portfolio((replace(ISO, vesting_schedule="10/20/30% annually"),)),
    "schedule that is not understood": lambda: Portfolio((replace(ISO, vesting_schedule="soon"),)),
    "window that is not understood": lambda: exercise(
        replace(ISO, exercise_window="a while"), date(2023, 2, 1), 10, termination=Termination(date(2023, 1, 31))
    ),
    "events that do not add up": lambda: Portfolio((replace(ISO, vesting_events=(VestingEvent(GRANTED, 10),)),)),
    "negative event": lambda: Portfolio(
        (replace(ISO, vesting_events=(VestingEvent(GRANTED, 500), VestingEvent(date(2023, 1, 3), -100))),)
    ),
    "more ISO shares than an event has": lambda: Portfolio(
        (replace(ISO, vesting_events=(VestingEvent(GRANTED, 400, 500),)),)
    ),
    "fewer ISO shares than none": lambda: Portfolio((replace(ISO, vesting_events=(VestingEvent(GRANTED, 400, -1),)),)),
    "grant of a part of a share": lambda: Portfolio((replace(ISO, shares_granted=10.5),)),
    "grant of fewer shares than none": lambda: Portfolio((replace(ISO, shares_granted=-10),)),
    "negative strike": lambda: Portfolio((replace(ISO, strike=-1.0),)),
    "strike that is no number": lambda: Portfolio((replace(ISO, strike=math.nan),)),
    "negative value at grant": lambda: Portfolio((replace(ISO, fmv_at_grant=-1.0),)),
    "value at grant that is no number": lambda: Portfolio((replace(ISO, fmv_at_grant=math.nan),)),
    "options that expire before they are granted": lambda: Portfolio((replace(ISO, expiration_date=date(2021, 1, 3)),)),
    "acceleration before the grant": lambda: Portfolio(
        (VESTING,), accelerations=(Acceleration("ES-1", date(2021, 1, 3)),)
    ),
    "cancellation before the grant": lambda: Portfolio(
        (VESTING,), cancellations=(Cancellation("ES-1", date(2021, 1, 3)),)
    ),
    "end of the work before the grant": lambda: Portfolio((VESTING,), termination=Termination(date(2021, 1, 3))),
    # Sales
    "sale before the exercise": lambda: sale(date(2023, 2, 28), 10),
    "sale before the exercise, of a named grant": lambda: sale(date(2023, 2, 28), 10, 30.0, "ES-1"),
    "sale before the exercise, of a named lot": lambda: sale(
        date(2023, 2, 28), 10, 30.0, "ES-1 / 2023-03-01 / ISO vesting 2022-01-03"
    ),
    "sale of unvested shares": lambda: Portfolio(
        (EARLY,),
        (Exercise("ES-1", date(2022, 3, 1), 100, 20.0),),
        (Sale(date(2022, 6, 1), 10, 30.0, ("ES-1 / 2022-03-01 / ISO vesting 2023-01-03",)),),
        values=VALUES,
    ),
    "more sold than is held": lambda: sale(date(2024, 1, 2), 101),
    "more sold than is held of the named lots": lambda: Portfolio(
        (ISO,),
        (*EXERCISED, Exercise("ES-1", date(2023, 4, 1), 100, 20.0)),
        (Sale(date(2024, 1, 2), 101, 30.0, ("ES-1 / 2023-04-01",)),),
    ),
    "sold twice": lambda: Portfolio(
        (ISO,), EXERCISED, (Sale(date(2024, 1, 2), 60, 30.0), Sale(date(2024, 1, 3), 60, 30.0))
    ),
    "unknown lot": lambda: sale(date(2024, 1, 2), 10, 30.0, "ES-9"),
    "sale of no share": lambda: sale(date(2024, 1, 2), 0),
    "sale of fewer than no shares": lambda: sale(date(2024, 1, 2), -10),
    "sale of a part of a share": lambda: sale(date(2024, 1, 2), 0.5),
    "sale of shares that are no number": lambda: sale(date(2024, 1, 2), math.nan),
    "sale at a negative price": lambda: sale(date(2024, 1, 2), 10, -1.0),
    "sale at a price that is no number": lambda: sale(date(2024, 1, 2), 10, math.nan),
    "sale at an endless price": lambda: sale(date(2024, 1, 2), 10, math.inf),
    # Values
    "no value on the day on which stock units vest": lambda: Portfolio((UNITS,)),
    "no value before the first day of the values": lambda: Portfolio((UNITS,), values=((date(2023, 1, 4), 5.0),)),
    "two values of one day": lambda: Portfolio((UNITS,), values=(*VALUES, (VALUES[0][0], 6.0))),
    "negative value": lambda: Portfolio((UNITS,), values=((date(2020, 1, 1), -5.0),)),
    "value that is no number": lambda: Portfolio((UNITS,), values=((date(2020, 1, 1), math.nan),)),
}


@pytest.mark.parametrize("what", REFUSED)
def test_one_sentence_that_names_it_and_says_what_would_do(what):
    """The sentence names the grant, the lot or the day of the sale, and ends with what would do."""
    sentence = refusal(REFUSED[what])
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert ". " not in sentence.removesuffix(".")
    assert "ES-1" in sentence or "sale of 20" in sentence or "2020-01-01" in sentence
    assert ";" in sentence or ", so " in sentence  # what is wrong, then what would do


@pytest.mark.parametrize(
    "what",
    [
        "sale before the exercise",
        "sale before the exercise, of a named grant",
        "sale before the exercise, of a named lot",
    ],
)
def test_a_sale_before_the_exercise_is_called_that(what):
    """The sentence says that the shares come later, and from which day on they are there."""
    sentence = refusal(REFUSED[what])
    assert "ES-1" in sentence
    assert "2023-03-01" in sentence
    assert "none is held" not in sentence


def test_canceled_options_are_called_that():
    """Of canceled options it is not said that a later day would do."""
    sentence = refusal(REFUSED["exercise of what is canceled"])
    assert "canceled" in sentence
    assert "later" not in sentence


def test_vesting_is_what_an_exercise_waits_for():
    """An exercise before vesting says how many shares can be exercised that day."""
    sentence = refusal(REFUSED["more exercised than has vested"])
    assert sentence.startswith("ES-1: the exercise of 2023-01-03 is for 101 shares, but 100 shares can be exercised")


def test_an_unknown_lot_lists_those_there_are():
    """The lots that can be named are in the sentence."""
    sentence = refusal(REFUSED["unknown lot"])
    assert "ES-9" in sentence
    assert "ES-1 / 2023-03-01 / ISO vesting 2022-01-03" in sentence


def test_an_old_value_of_shares_exercised_early():
    """Without the election the value at vesting counts: that of the exercise stands for a year, then a note says so."""
    portfolio = exercise(EARLY, date(2022, 3, 1), 400)
    facts = [Household(year, "single", 100_000.0) for year in (2022, 2023, 2024)]
    assert not any("twelve months" in note for note in years(portfolio, facts[:2])[0].notes)
    (note,) = [note for note in years(portfolio, facts)[0].notes if "twelve months" in note]
    assert note.startswith("ES-1: its vesting on 2024-01-03 is figured")


def test_a_missing_value_of_stock_units():
    """Units that vest need a value, and the sentence names them and the day."""
    portfolio = Portfolio((Grant("ES-1", "RSU", date(2022, 1, 3), 0.0, 100),))
    with pytest.raises(ArgumentError, match=r"^ES-1, vesting 2022-01-03: .*values\.$"):
        follow(portfolio, date(2022, 12, 31))


# The facts of the years


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ([], "facts: there are none"),
        ([Household(2024, "single", 1.0), Household(2026, "single", 1.0)], "facts: 2026 follows 2024"),
        ([Household(2024, "single", 1.0), Household(2024, "single", 1.0)], "facts: 2024 follows 2024"),
        ([Household(2025, "single", 1.0), Household(2024, "single", 1.0)], "facts: 2024 follows 2025"),
        (
            [Household(2024, "single", 1.0), Household(2025, "single", 1.0, minimum_tax_credit=5.0)],
            "facts: 2025 gives a loss carryover or a minimum tax credit, which follows from 2024",
        ),
        (
            [Household(2024, "single", 1.0), Household(2025, "single", 1.0, long_term_loss_carryover=5.0)],
            "facts: 2025 gives a loss carryover or a minimum tax credit, which follows from 2024",
        ),
        ([Household(2022, "single", 1.0)], "the exercise of 2023-03-01 is after 2022"),
    ],
)
def test_facts_out_of_order(facts, sentence):
    """Years that leave one out, or give what follows from the year before, are refused."""
    with pytest.raises(ArgumentError) as refused:
        years(Portfolio((ISO,), EXERCISED), facts)
    assert str(refused.value).startswith(sentence)
    assert str(refused.value).endswith(".")


def test_a_sale_after_the_last_year():
    """A sale in a year whose facts are not given is not left out silently."""
    with pytest.raises(ArgumentError, match=r"^the sale of 2026-01-02 is after 2025, .*\.$"):
        years(sale(date(2026, 1, 2), 10), [Household(2025, "single", 100_000.0)])


def test_a_lot_by_itself():
    """A sale before the exercise, and a value at vesting that is not known, are refused where no portfolio is."""
    lot = Lot("1", "ES-1", "ISO", GRANTED, date(2023, 3, 1), 100, 10.0, 20.0, vested=date(2024, 1, 3))
    with pytest.raises(ArgumentError) as too_early:
        sell(lot, 30.0, date(2023, 2, 28))
    assert str(too_early.value) == "1: the sale of 2023-02-28 is before the exercise of 2023-03-01; correct a date."
    with pytest.raises(ArgumentError) as not_known:
        sell(lot, 30.0, date(2024, 1, 3))
    assert str(not_known.value) == (
        "1: the value per share on 2024-01-03, when the shares vest, is not known; add it to the values."
    )
