"""The room in steps: this December's and January's, by the functions of each year, and what a late bonus does."""

from __future__ import annotations

from datetime import date

import pytest
from click.testing import CliRunner

from xl_amt.cli import main
from xl_amt.errors import AmtError
from xl_amt.jobs.room_steps import pay_of_the_year, room_in_steps
from xl_amt.worksheet import call

BONUS = 60_000.0


@pytest.mark.parametrize("jurisdiction", ["US", "US+CA"])
def test_each_step_is_the_years_own_room(jurisdiction):
    """What is exercised already uses this year's room, and none of the next one's; a bonus is further wages."""
    steps = room_in_steps(
        230_000.0, "mfj", 2025, {"Interest": 3_000.0}, jurisdiction=jurisdiction, bonus=BONUS, spread_exercised=9_000.0
    )
    for step, used in zip(steps, (9_000.0, 0.0), strict=True):
        for wages, room in ((230_000.0, step.room), (230_000.0 + BONUS, step.room_with_bonus)):
            each = [
                call("AMT_ROOM", wages, "mfj", step.year, ["Interest"], [3_000.0], code)
                for code in jurisdiction.split("+")
            ]
            assert room == pytest.approx(min(each) - used, abs=0.01)
    assert [step.year for step in steps] == [2025, 2026]


def test_pay_so_far():
    """Pay until a day goes on at its rate: half a leap year of it is half of the year's."""
    assert pay_of_the_year(91_000.0, date(2024, 6, 30), 2024) == pytest.approx(183_000.0)
    assert pay_of_the_year(91_000.0, date(2026, 12, 31), 2026) == 91_000.0
    with pytest.raises(AmtError, match="2025-12-31 is not in 2026, the year of the pay"):
        pay_of_the_year(91_000.0, date(2025, 12, 31), 2026)


def said(*words):
    """What the command prints."""
    return CliRunner().invoke(main, ["room", "--status", "single", *words])


def test_the_command():
    """The steps stand below the answer; the bonus beside each."""
    words = ("--year", "2021", "--income", "150000", "--strike", "0.07", "--fmv", "0.74", "--bonus", "30000")
    assert said(*words).stdout.split("In steps:\n")[1] == (
        "  by December 31, 2021       27,480.77   41,016 shares\n"
        "  with 30,000 more pay       25,950.00   38,731 shares\n"
        "  from January 1, 2022       28,698.08   42,832 shares\n"
        "  with 30,000 more pay       26,390.38   39,388 shares\n"
    )
    paid = said("--year", "2026", "--income", "91000", "--paid-through", "2026-09-30", "--steps").stdout
    assert paid.startswith("Wages of 2026: 121,666.67, at the rate until 2026-09-30\n")
    assert "more pay" not in paid


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--bonus", "-5"), "--bonus: -5 is negative"),
        (("--paid-through", "soon"), "--paid-through: 'soon' is not a date"),
        (("--paid-through", "2024-05-01"), "--paid-through: 2024-05-01 is not in 2026"),
    ],
)
def test_bad_input(words, sentence):
    """One sentence each."""
    result = said("--year", "2026", "--income", "91000", *words)
    assert result.exit_code
    assert sentence in str(result.exception) + result.output
