"""The worksheet functions of options, vesting and sales, as cells call them."""

import pytest

from xl_amt.errors import AmtError, ArgumentError
from xl_amt.worksheet import answer, call

GRANTED, EXERCISED = "2022-01-03", "2024-03-13"
SOLD = "2025-01-18"
QUALIFYING = "2025-04-20"
ASH = (100, 100, 1_000)  # shares, strike and value at exercise: Form 6251 instructions, example of line 2k
EARLY = (1, 100, 200, 250, "2006-06-01", "2006-08-01")  # in the pattern of Treas. Reg. 1.422-1(b)(3), example 2


def sale(*arguments):
    """Kind, wages, gain, AMT gain and term of a sale."""
    return tuple(call(f"AMT_SALE_{what}", *arguments) for what in ("KIND", "WAGES", "GAIN", "AMT_GAIN", "TERM"))


def test_the_example_of_the_form_6251_instructions():
    """Both sales of line 2k's example: 65,000 of wages and a loss for the AMT; 50,000 of gain and a loss of 40,000."""
    assert sale(*ASH, 750, GRANTED, EXERCISED, SOLD) == ("disqualifying", 65_000.0, 0.0, -25_000.0, "short")
    assert sale(*ASH, 600, GRANTED, EXERCISED, QUALIFYING) == ("qualifying", 0.0, 50_000.0, -40_000.0, "long")
    assert call("AMT_BASIS", 200, 100, 1_000, "regular") == 20_000.0
    assert call("AMT_BASIS", 200, 100, 1_000, "AMT") == 200_000.0


def test_a_sale_in_the_year_of_the_exercise():
    """Both systems have the same wages and gain: the spread is at most the gain."""
    assert sale(*ASH, 750, GRANTED, EXERCISED, "2024-11-18") == ("same-year", 65_000.0, 0.0, 0.0, "short")


def test_the_amt_income_of_a_sale():
    """Of a same-year sale the spread, at most the gain; of a later one none, since it was another year's."""
    assert call("AMT_SALE_AMT_INCOME", *ASH, 750, GRANTED, EXERCISED, "2024-11-18") == 65_000.0
    assert call("AMT_SALE_AMT_INCOME", *ASH, 750, GRANTED, EXERCISED, "2024-11-18", None, None, None, "no") == 90_000.0
    assert call("AMT_SALE_AMT_INCOME", *ASH, 750, GRANTED, EXERCISED, SOLD) == 0.0
    assert call("AMT_SALE_AMT_INCOME", *ASH, 1_200, GRANTED, EXERCISED, QUALIFYING) == 0.0


def test_a_loss_that_is_not_allowed():
    """Wages of the whole spread, and no loss under either system."""
    for said in ("no", "No", False):
        answers = sale(*ASH, 750, GRANTED, EXERCISED, SOLD, None, None, None, said)
        assert answers == ("disqualifying", 90_000.0, 0.0, 0.0, "short")


@pytest.mark.parametrize("said", ["yes", True, 1, None, ""])
def test_a_loss_is_allowed_unless_no_is_said(said):
    """Left out or blank, a loss is recognized."""
    assert call("AMT_SALE_WAGES", *ASH, 750, GRANTED, EXERCISED, SOLD, None, None, None, said) == 65_000.0


def test_a_gift_is_a_sale_at_nothing():
    """The whole spread is wages, and nothing is gained or lost."""
    assert sale(*ASH, 0, GRANTED, EXERCISED, SOLD, None, None, None, "no")[1:4] == (90_000.0, 0.0, 0.0)


def test_shares_exercised_early_with_the_election():
    """Wages by the value at vesting, short-term from vesting; the AMT counts value and term from the exercise."""
    sold = (*EARLY, "2007-08-15", "2007-02-01", 225, "yes")
    assert sale(*sold) == ("disqualifying", 125.0, 25.0, 50.0, "short")
    assert call("AMT_SALE_TERM", *sold, None, "AMT") == "long"


def test_shares_exercised_early_without_the_election():
    """The AMT takes the value at vesting as well, and the same year is that of vesting."""
    assert sale(*EARLY, "2007-06-01", "2007-02-01", 225) == ("same-year", 125.0, 25.0, 25.0, "short")
    assert call("AMT_BASIS", 1, 100, 200, "AMT", "2007-02-01", 225) == 225.0
    assert call("AMT_BASIS", 1, 100, 200, "AMT", "2007-02-01", 225, "yes") == 200.0
    assert call("AMT_BASIS", 1, 100, 200, "regular", "2007-02-01", 225) == 100.0


def test_a_vesting_day_before_the_exercise_is_no_early_exercise():
    """Sales know the day of the exercise; a basis does where it is given."""
    assert sale(*ASH, 750, GRANTED, EXERCISED, SOLD, "2023-01-03")[1] == 65_000.0
    assert call("AMT_BASIS", 100, 1, 51, "AMT", "2024-01-01", 5, None, "2026-03-01") == 5_100.0
    assert call("AMT_BASIS", 100, 1, 51, "AMT", "2026-06-01", 60, None, "2026-03-01") == 6_000.0


def test_dates_in_any_form_give_the_same():
    """A serial number, a number with a time of day, and text are one day."""
    for sold in (45_675, 45_675.6, "2025-01-18", "2025-01-18T10:00:00"):
        assert call("AMT_SALE_WAGES", *ASH, 750, 44_564, 45_364, sold) == 65_000.0


def test_a_range_of_sales():
    """A column of prices gives a column of answers, and a bad one an error of its own."""
    first, second, third = answer("AMT_SALE_WAGES", *ASH, [[750], [None], [1_200]], GRANTED, EXERCISED, SOLD)
    assert (first, third) == ([65_000.0], [90_000.0])
    assert isinstance(second[0], AmtError)


@pytest.mark.parametrize(
    ("name", "arguments", "sentence"),
    [
        ("AMT_SALE_KIND", (*ASH, 750, EXERCISED, GRANTED, SOLD), "exercise_date: it is before the grant_date; "),
        ("AMT_SALE_KIND", (*ASH, 750, GRANTED, SOLD, EXERCISED), "sale_date: it is before the exercise_date; "),
        ("AMT_SALE_KIND", (*ASH, 750, GRANTED, EXERCISED, SOLD, "2025-02-01", 9), "sale_date: it is before the vest_"),
        ("AMT_SALE_GAIN", (*ASH, None, GRANTED, EXERCISED, SOLD), "sale_price: it is blank or 0; "),
        ("AMT_SALE_GAIN", (100, 100, None, 750, GRANTED, EXERCISED, SOLD), "fmv_at_exercise: it is blank or 0; "),
        ("AMT_SALE_GAIN", (*EARLY, "2007-06-01", "2007-02-01"), "fmv_at_vest: it is blank or 0, and "),
        ("AMT_SALE_GAIN", (*EARLY, "2007-06-01", None, 225, "yes"), "vest_date: it is blank, but fmv_at_vest is given"),
        ("AMT_SALE_GAIN", (*ASH, 750, GRANTED, EXERCISED, SOLD, None, None, None, 0), "loss_allowed: 0 could be "),
        (
            "AMT_SALE_TERM",
            (*ASH, 750, GRANTED, EXERCISED, SOLD, None, None, None, None, "US"),
            "system: 'US' is not one ",
        ),
        ("AMT_BASIS", (100, 1, None, "AMT"), "fmv_at_exercise: it is blank or 0; "),
        ("AMT_BASIS", (100, 1, 51, "AMT", "2026-06-01"), "fmv_at_vest: it is blank or 0, and "),
        ("AMT_BASIS", (100, 1, 51, None), "system: it is blank; "),
        ("AMT_ISO_PART", (100, None, 0), "fmv_at_grant: it is blank or 0; "),
        ("AMT_NSO_PART", (100.5, 10, 0), "shares: shares are whole; "),
        ("AMT_VESTED", (100, "2024-01-01", "sometimes", "2025-01-01"), "schedule: 'sometimes' is not understood "),
        ("AMT_VESTED", (100, None, "M-48-12", "2025-01-01"), "start: it is blank; "),
        (
            "AMT_SHARES_TO_SELL",
            (150_000, "single", 2024, 100, 1, 11, None),
            "sale_price: it or fmv_at_exercise is blank ",
        ),
    ],
)
def test_wrong_arguments_are_asked_back(name, arguments, sentence):
    """One sentence that begins with the argument, and says what would do."""
    with pytest.raises(ArgumentError) as refused:
        call(name, *arguments)
    assert str(refused.value).startswith(sentence)
    assert str(refused.value).endswith(".")


def test_the_limit_met_to_the_cent():
    """100,000 dollars of value are within the limit, whatever the price per share in binary fractions."""
    for shares, value in ((1_000_000, 0.1), (300_000, 1 / 3), (909_090, 0.11), (1_066_098, 0.0938)):
        part = call("AMT_ISO_PART", shares, value, 0)
        assert part + call("AMT_NSO_PART", shares, value, 0) == shares
        assert part == shares or (part + 1) * value > 100_000.0
    assert call("AMT_ISO_PART", 1_000_000, 0.1, 0) == 1_000_000
    assert call("AMT_ISO_PART", 10, 10, 99_990.01) == 0
    assert call("AMT_ISO_PART", 10, 10, 99_990) == 1
    assert call("AMT_ISO_PART", 10, 10, 250_000) == 0
