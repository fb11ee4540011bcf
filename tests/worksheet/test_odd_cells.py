"""Whatever stands in a cell, a function gives an answer or a sentence."""

import datetime
import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.worksheet.cells import ODD_CELLS
from xl_amt.errors import AmtError
from xl_amt.worksheet import FUNCTIONS, answer, call

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


def test_dates_and_fractions_are_no_amounts():
    """Python's own dates and decimals are refused as amounts, an exact fraction is taken."""
    for amount in (datetime.date(2024, 3, 1), Decimal(5)):
        with pytest.raises(AmtError):
            call("AMT_ROOM", amount, "single", 2024)
    assert call("AMT_ROOM", Fraction(150_000), "single", 2021) == call("AMT_ROOM", 150_000, "single", 2021)
