"""Cells as users fill them, good, bad and odd, and what a function shows for them."""

import math

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from tests.households import STATUSES
from xl_amt.errors import AmtError
from xl_amt.worksheet import call

CELLS = {
    "income": (0, None, 150_000, 95_000.0, 640_000, 1_800_000, -5, "", "12", "#DIV/0!", math.nan, math.inf, 2e12),
    "status": (*STATUSES, "Married filing jointly", "singel", None, 0, "", 5, "#N/A", "S"),
    "year": (2018, 2021, 2024, 2025, 2026.0, 2017, 2027, 2024.5, None, "2024", True, -1),
    "spread": (0, None, 40_000, 700_000.0, 1_000_000, -1, "much", "#REF!"),
    "strike": (0, 0.07, 5, None, "a", -2),
    "fmv_at_exercise": (0.74, 105, 3, 0.07, None, "b", 1e13),
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
