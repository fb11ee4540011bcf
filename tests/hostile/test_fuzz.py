"""Some hundreds of mutated files and calls; tests/hostile/fuzz.py tries as many as are asked for."""

import pytest

from tests.hostile.fuzz import KINDS, failures


@pytest.mark.parametrize(
    ("kind", "many"),
    [("imports", 200), ("batches", 100), ("calls", 3_000), ("calendars", 200), ("workbooks", 40), ("records", 150)],
)
def test_whatever_comes_in_only_an_amt_error_is_raised(kind, many):
    """Each attempt gives an answer or one sentence, with as many rows out as in."""
    assert set(KINDS) == {"imports", "batches", "calls", "calendars", "workbooks", "records"}
    assert list(failures(kind, range(many))) == []
