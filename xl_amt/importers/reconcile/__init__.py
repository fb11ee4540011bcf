"""What several sheets and files state, put together: grants once each, their vesting, exercises, lots and sales."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xl_amt.importers.reconcile.exercises import exercises_once
from xl_amt.importers.reconcile.grants import grants_once, labels_in_one_spelling, typed
from xl_amt.importers.reconcile.lots import lots_as_exercises
from xl_amt.importers.reconcile.remarks import remark_on_steps
from xl_amt.importers.reconcile.vesting import counted_by_steps, with_vesting

if TYPE_CHECKING:
    from datetime import date

    from xl_amt.importers.reading import Readings
    from xl_amt.importers.report import ImportRemark

__all__ = ["reconcile"]


def reconcile(found: Readings, counted_on: date, remarks: list[ImportRemark]) -> None:
    """Make the readings those of one portfolio, in place, with a remark on whatever does not agree.

    ``counted_on`` is the day on which grants are counted whose file does not count them.
    """
    labels_in_one_spelling(found)
    grants_once(found, remarks)
    exercises_once(found, remarks)
    typed(found, remarks)
    lots_as_exercises(found, remarks)
    with_vesting(found, remarks)
    counted_by_steps(found, counted_on, remarks)
    remark_on_steps(found, remarks)
