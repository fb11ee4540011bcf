"""Remarks: what an advisor is to ask, check or know of what was read, told apart by kind and not by words."""

from __future__ import annotations

from typing import Literal, NamedTuple

RemarkKind = Literal[
    "exercises not dated",  # shares were exercised on days that nobody states
    "exercised early on unknown days",  # shares that have not vested are among the exercised ones
    "exercised before vesting",  # under its schedule, an exercise was of shares that had not vested
    "vesting not known",  # the schedule is not understood, or leaves other shares unvested than the export counts
    "vesting rounded otherwise",  # by a share a day
    "vesting of the day not counted",  # the export was made before the shares of its day vested
    "exercisable differs",  # the schedule leaves more or fewer shares to exercise than the export counts
    "canceled at the end of the work",  # the export still counts shares as unvested
    "end of the work",  # taken from the export
    "shares of vested units",  # a grant of stock units does not make those of units that vested before
    "nothing left",  # nothing of the grant can be followed
    "counts differ",  # followed to the day of the export, another count comes out
]


class Remark(NamedTuple):
    """One thing to ask or check: its kind, the label of the grant that it is about ("" for all), and a sentence."""

    kind: RemarkKind
    about: str
    sentence: str
