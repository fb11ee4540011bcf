"""AMT_DECEMBER: the worked figures, several lots and years in cells, and a sentence for whatever cannot be."""

import pytest

from xl_amt.errors import AmtError
from xl_amt.worksheet import call

A_CENT = 0.01
LOT = [2, 42, "2020-05-04", "2024-05-06"]
SELL, HOLD, NEXT = "sell by December 31", "hold", "sell next year"


def ask(way, figure, *, shares=5_000, lots=LOT, now=30, later=30, incomes=200_000, years=2024, spreads=200_000, **more):
    """A figure of the worked example, or of one that differs from it."""
    names = ("labels", "amounts", "jurisdiction", "credit_left_at", "discount_rate")
    rest = [more.get(name) for name in names]
    status = more.get("status", "single")
    return call("AMT_DECEMBER", way, figure, shares, lots, now, later, incomes, status, years, spreads, *rest)


@pytest.mark.parametrize(
    ("way", "figure", "expected"),
    [
        (SELL, "tax this year", 46_726.25),
        (HOLD, "tax this year", 45_813.50),
        (SELL, "amt undone", 45_813.50),
        (SELL, "credit given up", 45_813.50),
        (SELL, "after tax", 150_000 - 46_726.25),
        (HOLD, "AMT undone", 0.0),
        (NEXT, "tax this year", 45_813.50),
        (SELL, "after tax of a wash sale", 82_273.75),
    ],
)
def test_the_worked_figures(way, figure, expected):
    """Single, wages of 200,000: 5,000 shares at 2, exercised at 42, now 30."""
    assert ask(way, figure) == pytest.approx(expected, abs=A_CENT)


@pytest.mark.parametrize(("worth", "price"), [(None, 29.10), (0.5, 27.21), (1, 24.97)])
def test_the_break_even_of_the_worked_figures(worth, price):
    """As AMT_BREAK_EVEN has it."""
    assert ask(HOLD, "break-even price", credit_left_at=worth) == pytest.approx(price, abs=A_CENT)


def test_years_in_cells_are_the_household_that_repeats():
    """Three years spelled out, with a blank column behind them, give what the single one does."""
    spelled = {"incomes": [[200_000] * 3 + [None]], "years": [[2024, 2025, 2026, None]]}
    spelled |= {"status": [["single"] * 3 + [None]], "spreads": [[200_000, 0, None, None]]}
    for figure in ("tax later", "after tax", "credit left"):
        assert ask(HOLD, figure, **spelled) == pytest.approx(ask(HOLD, figure), abs=A_CENT)


def test_two_halves_of_a_lot_together_are_the_lot():
    """Lots in rows, one of them without shares: decided on together."""
    rows = [LOT, [9, 10, "2020-05-04", "2024-06-03"], LOT]
    halves = {"shares": [[2_000], [None], [3_000]], "lots": rows}
    for figure in ("after tax", "tax later", "break-even price"):
        assert ask(HOLD, figure, **halves) == pytest.approx(ask(HOLD, figure), abs=A_CENT)


def test_a_lot_is_figured_beside_the_others():
    """The two halves alone, each beside the other held, undo together more or less than both at once."""
    halves = [ask(SELL, "AMT undone", shares=shares) for shares in (2_000, 3_000)]
    assert sum(halves) != pytest.approx(ask(SELL, "AMT undone"), abs=1.0)


def test_what_is_by_jurisdiction():
    """The sum of both, and each one's own."""
    of_each = [ask(SELL, f"AMT undone, {code}", jurisdiction="US+CA") for code in ("US", "ca")]
    assert of_each == [pytest.approx(45_813.50, abs=A_CENT), pytest.approx(8_160.13, abs=A_CENT)]
    assert ask(SELL, "AMT undone", jurisdiction="US+CA") == pytest.approx(sum(of_each), abs=A_CENT)


def test_state_income_tax_that_is_given_is_not_figured():
    """Left blank, Schedule A has what California levies on the sale too; a 0 that is given stays 0."""
    of_labels = {"labels": ["Mortgage interest", "State income tax"], "jurisdiction": "US+CA", "later": 90, "now": 90}
    blank, given = (ask(SELL, "tax this year", amounts=[40_000, tax], **of_labels) for tax in (None, 0))
    assert blank < given - 100.0


REFUSED = [
    ((HOLD, "money"), {}, "figure: 'money' is not a figure of the table for US; use one of tax this year"),
    ((SELL, "AMT undone, CA"), {}, "figure: 'AMT undone, CA' is not a figure of the table for US"),
    (("wait", "after tax"), {}, "way: 'wait'"),
    ((SELL, "after tax"), {"now": 0}, "price_now: it is blank or 0, so there is no market"),
    ((HOLD, "break-even price"), {"now": None}, "figure: a break-even price needs a sale by December 31"),
    ((HOLD, "after tax of a wash sale"), {}, "figure: only a sale by December 31 can be a wash sale"),
    ((HOLD, "after tax"), {"later": 0}, "later_price: it is blank or 0"),
    ((HOLD, "after tax"), {"credit_left_at": 2}, "credit_left_at: a dollar of credit left is worth at most a dollar"),
    ((HOLD, "after tax"), {"shares": None}, "lot_shares: no lot has any shares"),
    ((HOLD, "after tax"), {"lots": [2, 42]}, "lots: its 2 cells do not fit the 1 of lot_shares"),
    ((HOLD, "after tax"), {"lots": [2, 0, *LOT[2:]]}, "lots: the value at exercise is blank or 0"),
    ((HOLD, "after tax"), {"lots": [2, 42, None, LOT[3]]}, "lots: the day of the grant is blank"),
    ((HOLD, "after tax"), {"lots": [2, 42, LOT[3], LOT[2]]}, "lots: the exercise is before the grant"),
    ((HOLD, "after tax"), {"lots": [*LOT, "2024-08-05", None]}, "lots: the shares vested after the exercise"),
    ((HOLD, "after tax"), {"lots": [*LOT, "2025-02-03", 50, "yes"]}, "lots: shares that vest on 2025-02-03 cannot be"),
    ((HOLD, "after tax"), {"lots": [*LOT[:3], "2023-05-06"]}, "years: the spread of the lots is income of 2023"),
    ((HOLD, "after tax"), {"spreads": 100}, "spreads: the lots alone have 200,000.00 of ISO spread in 2024"),
    ((HOLD, "after tax"), {"spreads": [1, 2]}, "spreads: its 2 cells do not fit the 1 years"),
    ((HOLD, "after tax"), {"years": [[2023, 2024]], "spreads": [[0, 200_000]]}, "years: a qualifying sale is in 2025"),
    (
        (HOLD, "after tax"),
        {
            "years": [[2024, 2025]],
            "spreads": [[200_000, 0]],
            "labels": ["Minimum tax credit"],
            "amounts": [[0, 900]],
        },
        "amounts: 2025 gives a loss carryover or a minimum tax credit, which follows from 2024",
    ),
]


@pytest.mark.parametrize(("asked", "more", "sentence"), REFUSED, ids=[case[2] for case in REFUSED])
def test_what_cannot_be_answered(asked, more, sentence):
    """One sentence that says what, and what would do."""
    with pytest.raises(AmtError) as caught:
        ask(*asked, **more)
    assert sentence in str(caught.value)
