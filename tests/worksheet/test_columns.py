"""A column gives what its cells give: bit for bit, and sentence for sentence."""

import numpy as np
import pandas as pd
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.households import households
from tests.worksheet.cells import CELLS, FACT_CELLS, ODD_CELLS, one_cell, shown
from xl_amt.worksheet import FUNCTIONS, answer, call

COLUMN_FUNCTIONS = [name for name, function in FUNCTIONS.items() if function.takes_columns]


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
