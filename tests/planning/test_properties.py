"""What holds for every household, column and cell, whatever the figures."""

import datetime
import math
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from xl_amt.errors import AmtError
from xl_amt.forms.us.form_6251 import kinks
from xl_amt.forms.us.total_tax import return_of
from xl_amt.law import federal_law
from xl_amt.reading.household import read_household
from xl_amt.worksheet import FUNCTIONS, answer, call

HALF_A_CENT = 0.005
A_MILLIONTH = 1e-6  # of a dollar: what binary fractions may cost
STATUSES = ("single", "mfj", "mfs", "hoh", "qss")
YEARS = st.integers(2018, 2026)


def dollars(largest):
    """Amounts to the cent, often whole thousands, so that ties with the round numbers of the law are met."""
    return st.one_of(
        st.just(0.0),
        st.integers(0, largest // 1_000).map(lambda thousands: thousands * 1_000.0),
        st.integers(0, largest * 100).map(lambda cents: cents / 100),
    )


@st.composite
def households(draw):
    """Income, status, year, labels and amounts of a household that the forms answer."""
    year, status = draw(YEARS), draw(st.sampled_from(STATUSES))
    qualified = draw(dollars(600_000))
    facts = {
        "Interest": draw(dollars(50_000)),
        "Qualified dividends": qualified,
        "Ordinary dividends": qualified + draw(dollars(20_000)),
        "Short-term capital gain": draw(dollars(100_000)) - draw(dollars(100_000)),
        "Long-term capital gain": draw(dollars(1_500_000)) - draw(dollars(100_000)),
        "Age": draw(st.sampled_from((0, 40, 64, 65, 80))),
    }
    if status == "mfj":
        facts["Spouse age"] = draw(st.sampled_from((0, 40, 65)))
    if year <= 2024:
        facts |= {
            "Deduction": draw(st.sampled_from(("larger", "standard", "itemized"))),
            "State income tax": draw(dollars(60_000)),
            "Mortgage interest": draw(dollars(40_000)),
            "Cash gifts": draw(dollars(100_000)),
        }
    stated = {label: amount for label, amount in facts.items() if draw(st.booleans()) or "dividends" in label}
    return draw(dollars(2_500_000)), status, year, tuple(stated), tuple(stated.values())


@st.composite
def gainful_households(draw):
    """Households of little but gains, whose spread brings Form 6251 to the edges of 0, 15 and 20 %."""
    year, status = draw(YEARS), draw(st.sampled_from(STATUSES))
    law = federal_law(year, status)
    edge = draw(st.sampled_from((law.zero_rate_top, law.middle_rate_top)))
    gain = edge + draw(st.integers(-20_000, 40_000))
    return float(draw(st.integers(0, 60_000))), status, year, ("Long-term capital gain",), (gain,)


def forms_of(income, status, year, labels, amounts):
    """The return that Form 6251 is figured from."""
    household = read_household(
        {"income": income, "status": status, "year": year}, dict(zip(labels, amounts, strict=True))
    )
    return return_of(household, federal_law(year, status))


def owed(household, spread):
    """AMT on a household with this spread."""
    return call("AMT_OWED", *household[:3], spread, *household[3:])


# Room


@given(st.one_of(households(), gainful_households()))
def test_exactly_the_room_is_free_and_a_dollar_more_is_not(household):
    """Exercising the room adds no AMT and a dollar more does; for a household in AMT already the room is 0."""
    room = call("AMT_ROOM", *household)
    if owed(household, 0) >= HALF_A_CENT:
        assert room == 0.0
    else:
        assert owed(household, room) < HALF_A_CENT
        assert owed(household, room + 1) >= HALF_A_CENT


@given(households(), dollars(3_000_000), dollars(3_000_000))
def test_amt_never_falls_as_the_spread_grows(household, spread, more):
    """More spread never means less AMT, nor a larger cushion."""
    assert owed(household, spread + more) >= owed(household, spread) - A_MILLIONTH
    cushion, smaller = (
        call("AMT_CUSHION", *household[:3], amount, *household[3:]) for amount in (spread, spread + more)
    )
    assert smaller <= cushion + A_MILLIONTH


@given(households(), dollars(3_000_000))
def test_owed_is_the_cushion_below_zero(household, spread):
    """AMT is what tentative tax passes regular tax by, and the cushion is the same with the other sign."""
    tentative = call("AMT_TENTATIVE_TAX", *household[:3], spread, *household[3:])
    regular = call("AMT_REGULAR_TAX", *household)
    assert owed(household, spread) == max(tentative - regular, 0.0)
    assert call("AMT_CUSHION", *household[:3], spread, *household[3:]) == regular - tentative


@given(st.one_of(households(), gainful_households()))
def test_nothing_bends_between_the_kinks(household):
    """Between two kinks tentative tax is a straight line; above the last one it rises at the high rate."""
    tax_return = forms_of(*household)
    law = tax_return.law

    def tentative(spread):
        return tax_return.form_6251(spread).tax_before_credit

    bends = sorted({0.0, *(kink for kink in kinks(tax_return.base, law) if kink > 0.0)})
    stretches = [*pairwise(bends), (bends[-1], bends[-1] + 1_000_000.0)]
    for start, end in stretches:
        for part in (1 / 3, 1 / 2, 2 / 3):
            on_line = tentative(start) + part * (tentative(end) - tentative(start))
            assert tentative(start + part * (end - start)) == pytest.approx(on_line, rel=1e-12, abs=1e-6)
    rise = tentative(bends[-1] + 1_000_000.0) - tentative(bends[-1])
    assert rise == pytest.approx(law.high_rate * 1_000_000.0)


CHEAP = st.integers(1, 500).map(lambda hundredths: hundredths / 10_000)  # of a cent up to five cents
DEAR = st.integers(1, 500_000).map(lambda cents: cents / 100)


@given(households(), st.integers(0, 10_000), st.one_of(CHEAP, DEAR))
@example((150_000, "single", 2021, (), ()), 7, 0.67)
@example((150_000, "single", 2021, (), ()), 0, 0.001)
@example((0, "mfj", 2024, ("Ordinary dividends", "Qualified dividends"), (124_000, 124_000)), 2, 0.03)
def test_whole_shares_fit_and_one_more_does_not(household, strike_in_cents, spread_per_share):
    """The shares owe less than half a cent, and one more owes at least that, however little a share has gained."""
    strike = strike_in_cents / 100
    fmv = strike + spread_per_share
    shares = call("AMT_ROOM_SHARES", *household[:3], strike, fmv, *household[3:])
    assert shares == int(shares) >= 0
    if owed(household, 0) >= HALF_A_CENT:
        assert shares == 0
    else:
        assert owed(household, shares * (fmv - strike)) < HALF_A_CENT
        assert owed(household, (shares + 1) * (fmv - strike)) >= HALF_A_CENT


@given(households(), st.integers(1, 100_000))
def test_available_shares_limit_the_answer(household, available):
    """No more shares than are available; all of them under water."""
    unlimited = call("AMT_ROOM_SHARES", *household[:3], 1, 3, *household[3:])
    limited = call("AMT_ROOM_SHARES", *household[:3], 1, 3, *household[3:], None, available)
    assert limited == min(unlimited, available)
    assert call("AMT_ROOM_SHARES", *household[:3], 3, 1, *household[3:], None, available) == available


# Columns

CELLS = {
    "income": (0, None, 150_000, 95_000.0, 640_000, 1_800_000, -5, "", "12", "#DIV/0!", math.nan, math.inf, 2e12),
    "status": (*STATUSES, "Married filing jointly", "singel", None, 0, "", 5, "#N/A", "S"),
    "year": (2018, 2021, 2024, 2025, 2026.0, 2017, 2027, 2024.5, None, "2024", True, -1),
    "spread": (0, None, 40_000, 700_000.0, 1_000_000, -1, "much", "#REF!"),
    "strike": (0, 0.07, 5, None, "a", -2),
    "fmv": (0.74, 105, 3, 0.07, None, "b", 1e13),
    "shares": (0, 100, 20_000, None, "c", -1),
    "shares_available": (0, 10, 1e6, None, "d", -1),
    "amti": (0, -100, 600_000, 680_200, None, "e", 5e12),
    "state_days": (0, 391, 190.0, None, "f", 800, -1),
    "total_days": (782, 270, 522.0, 0, None, "g", -1),
}
FACT_CELLS = {
    "Interest": (0, None, 2_000, 1.5, -1, "x", "#NAME?"),
    "Ordinary dividends": (50_000, 250_000.0, None),
    "Qualified dividends": (0, None, 40_000, 60_000),
    "Long-term capital gain": (0, 300_000, -8_000, None, "y"),
    "Deduction": ("standard", "larger", "itemized", "Itemized ", None, 0, "other", True),
    "State income tax": (0, 12_000, None),
    "Mortgage interest": (0, 30_000, None, -3),
    "Spouse itemizes": (True, False, 1, 0, "yes", "no", None, "perhaps", 7),
    "Age": (0, 40, 65, 70.0, None, -1),
    "Blind": (0, 1, 2, 3, None),
}
COLUMN_FUNCTIONS = [name for name, function in FUNCTIONS.items() if function.takes_columns]


def shown(cell):
    """A cell as it can be compared: every bit of a number, or the kind, value and sentence of an error."""
    if isinstance(cell, AmtError):
        return type(cell), cell.cell_value, str(cell)
    return type(cell), float.hex(cell)


def one_cell(name, arguments):
    """The answer for single values, or the error in its place."""
    try:
        return call(name, *arguments)
    except AmtError as error:
        return error


@st.composite
def columns(draw, shortest, longest):
    """A function, and rows of its arguments: some the same in every row, others of mixed good and bad cells."""
    function = FUNCTIONS[draw(st.sampled_from(COLUMN_FUNCTIONS))]
    length = draw(st.integers(shortest, longest))
    mostly_good = draw(st.booleans())

    def cells(pool):
        pool = pool[:3] if mostly_good else pool
        return draw(st.lists(st.sampled_from(pool), min_size=length, max_size=length))

    def cells_or_value(pool):
        return cells(pool) if draw(st.booleans()) else draw(st.sampled_from(pool[:4]))

    given_cells = {item.name: cells_or_value(CELLS[item.name]) for item in function.arguments if item.name in CELLS}
    first = function.arguments[0].name
    given_cells[first] = cells(CELLS[first])
    labels = draw(st.lists(st.sampled_from(sorted(FACT_CELLS)), unique=True)) if function.takes_household else []
    facts = {label: cells(FACT_CELLS[label]) for label in labels}
    return function, length, given_cells, facts


def check_column(function, length, given_cells, facts):
    """A column of cells gives bit for bit, and sentence for sentence, what each cell gives by itself."""

    def arguments(row):
        here = {name: cells[row] if isinstance(cells, list) else cells for name, cells in given_cells.items()}
        here |= {"labels": list(facts), "amounts": [cells[row] for cells in facts.values()]}
        return [here.get(argument.name) for argument in function.arguments]

    table = [list(row) for row in zip(*facts.values(), strict=True)]
    in_columns = given_cells | ({"labels": [list(facts)], "amounts": table} if facts else {})
    answers = answer(function.name, *(in_columns.get(argument.name) for argument in function.arguments))
    one_by_one = [one_cell(function.name, arguments(row)) for row in range(length)]
    assert list(map(shown, answers)) == list(map(shown, one_by_one))


@given(columns(1, 12))
def test_short_column_gives_what_its_cells_give(column):
    """A few rows, which are answered one by one."""
    check_column(*column)


@settings(max_examples=40)
@given(columns(64, 100))
def test_long_column_gives_what_its_cells_give(column):
    """Enough rows for arrays: mixed years, statuses, choices, blanks and bad cells."""
    check_column(*column)


@settings(max_examples=20)
@given(st.lists(households(), min_size=4, max_size=8), st.integers(20, 40))
def test_column_of_households(few, times):
    """Long columns of households with every kind of fact, large groups of each."""
    labels = sorted({label for household in few for label in household[3]})
    rows = [dict(zip(household[3], household[4], strict=True)) for household in few] * times
    table = [[row.get(label) for label in labels] for row in rows]
    income, status, year = (list(column) * times for column in zip(*(household[:3] for household in few), strict=True))
    one_by_one = [call("AMT_ROOM", *household) for household in few] * times
    assert list(map(float.hex, call("AMT_ROOM", income, status, year, [labels], table))) == list(
        map(float.hex, one_by_one)
    )


# Cells

NUMPY_SCALARS = st.sampled_from(
    [
        np.float64(150_000), np.float32(0.5), np.float64("nan"), np.int64(2024), np.int8(-1), np.bool_(True),
        np.str_("single"), np.datetime64("2024-03-01"), np.timedelta64(3, "D"), np.complex128(1), np.bytes_(b"x"),
        np.array(2024), np.array([2024.0]), np.array([["single"]]), np.array([]), np.zeros((2, 2, 2)),
    ]
)  # fmt: skip
PANDAS_SCALARS = st.sampled_from([pd.NaT, pd.NA, pd.Timestamp(2024, 3, 1), pd.Series([1.0, None]), pd.DataFrame()])
ODD_CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.text(max_size=12),
    st.sampled_from(("single", "mfj", "Interest", "Deduction", "AMT_ROOM", "AMT_WHY", "AMT exemption", "US", "US+CA")),
    st.sampled_from(("#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#")),
    st.integers(),
    st.integers(2015, 2030),
    st.sampled_from((10**400, -(10**400), 1e308, 5e-324, -0.0, 1e12, 1e12 + 1)),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.decimals(),
    st.fractions(),
    st.complex_numbers(),
    st.binary(max_size=4),
    NUMPY_SCALARS,
    PANDAS_SCALARS,
    st.builds(object),
    st.just({"Interest": 5}),
    st.just({1, 2}),
)
ODD_ARGUMENTS = st.one_of(
    ODD_CELLS,
    st.lists(ODD_CELLS, max_size=3),
    st.lists(st.lists(ODD_CELLS, max_size=3), max_size=3),
    st.lists(ODD_CELLS, max_size=3).map(tuple),
)


def check_answer(result):
    """An answer, or a range of answers: text or a finite number, or an AmtError of one line."""
    if isinstance(result, list):
        assert result
        for cell in result:
            check_answer(cell)
    elif isinstance(result, AmtError):
        check_sentence(result)
    elif not isinstance(result, str):
        assert type(result) is float
        assert math.isfinite(result)


def check_sentence(error):
    """A sentence, with an error value that a cell can show."""
    assert str(error).endswith((".", "?"))
    assert error.cell_value.startswith("#")


@settings(max_examples=60)
@pytest.mark.parametrize("name", FUNCTIONS)
@given(st.data())
def test_odd_cells_give_an_answer_or_a_sentence(name, data):
    """Whatever stands in the cells, a function gives an answer or an AmtError, never another error and never NaN."""
    function = FUNCTIONS[name]
    good = dict(zip([argument.name for argument in function.arguments], function.example, strict=False))
    arguments = [
        data.draw(ODD_ARGUMENTS) if data.draw(st.booleans()) else good.get(argument.name)
        for argument in function.arguments
    ]
    try:
        check_answer(answer(name, *arguments))
    except AmtError as error:
        check_sentence(error)


@settings(max_examples=60)
@given(st.lists(ODD_CELLS, min_size=1, max_size=5), st.sampled_from(("income", "status", "year", "Deduction", "Age")))
def test_odd_cells_in_a_long_column(odd, where):
    """The same in a column long enough for arrays, and the other rows are answered as if it were not there."""
    good = {"income": 150_000.0, "status": "single", "year": 2021, "Deduction": "standard", "Age": 40}
    cells = [good[where]] * 100 + odd
    given_cells = good | {where: cells}
    labels = ["Deduction", "Age"]
    table = [[cells[row] if label == where else good[label] for label in labels] for row in range(len(cells))]
    answers = answer("AMT_ROOM", given_cells["income"], given_cells["status"], given_cells["year"], [labels], table)
    for cell in answers:
        check_answer(cell if not isinstance(cell, list) else cell[0])
    plain = call("AMT_ROOM", 150_000.0, "single", 2021, labels, ["standard", 40])
    assert [cell[0] if isinstance(cell, list) else cell for cell in answers[:100]] == [plain] * 100


@given(ODD_CELLS, st.sampled_from(("income", "status", "year")))
def test_an_odd_cell_gives_the_same_alone_and_in_a_column(odd, where):
    """An odd cell gives the same answer, or sentence, alone, in a short column and in a long one."""
    assume(not isinstance(odd, (np.ndarray, pd.Series, pd.DataFrame)))
    good = {"income": 150_000.0, "status": "single", "year": 2021}
    alone = one_cell("AMT_ROOM", (good | {where: odd}).values())
    for length in (2, 100):
        cells = [good[where]] * length + [odd]
        in_column = answer("AMT_ROOM", *(good | {where: cells}).values())[-1]
        assert shown(in_column) == shown(alone)


def test_dates_and_fractions_are_no_amounts():
    """Python's own dates and decimals are refused as amounts, an exact fraction is taken."""
    for amount in (datetime.date(2024, 3, 1), Decimal(5)):
        with pytest.raises(AmtError):
            call("AMT_ROOM", amount, "single", 2024)
    assert call("AMT_ROOM", Fraction(150_000), "single", 2021) == call("AMT_ROOM", 150_000, "single", 2021)
