"""IronCalc, a second engine, gives the filled value of every formula that asks no function of ours."""

import pytest

from tests.workbook.second_engine import calculated_again
from workbook_templates.build import SHIPPED
from xl_amt.workbook.package import read_parts
from xl_amt.workbook.values import evaluate


def differences(filled, again):
    """The cells whose two values are not the same: a number to nine digits, anything else exactly."""
    return {
        where: (filled[where], value)
        for where, value in again.items()
        if filled[where] != (pytest.approx(value, rel=1e-9, abs=1e-6) if _is_number(value) else value)
    }


def _is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool)


@pytest.mark.parametrize("workbook", SHIPPED, ids=lambda workbook: workbook.stem)
def test_a_second_engine_gives_every_filled_value(workbook):
    """Sums, conditions, texts and look-ups mean the same to an engine that shares no line with the first."""
    parts = read_parts(workbook.read_bytes())
    again = calculated_again(parts)
    assert len(again) > 3_000
    assert differences(evaluate(parts), again) == {}


def test_a_value_that_differs_would_be_seen():
    """A formula that is given another value than its own is found, and is the only one."""
    parts = read_parts(SHIPPED[-1].read_bytes())
    again, filled = calculated_again(parts), evaluate(parts)
    where = next(key for key, value in again.items() if _is_number(value) and value > 1)
    filled[where] += 0.01
    assert set(differences(filled, again)) == {where}
