"""What a solver or a simulation found for the sheets Leaving and Outlook: values, with their day and their record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple


class WayFound(NamedTuple):
    """One way to leave, in dollars over all its years; ``remark`` says why it cannot be done, where it cannot."""

    name: str
    shares: int
    after_tax: float
    amt: float
    taxes: float
    medicare: float
    cash: float
    if_value_halves: float
    remark: str


class StepFound(NamedTuple):
    """What becomes of options of a grant: exercised as ISO or NSO between two days, or left to lapse after one."""

    grant: str
    becomes: str  # ISO, NSO or lapse
    shares: int
    first_day: date | None
    last_day: date


class LeavingFound(NamedTuple):
    """The best way to leave, and the others beside it."""

    found_on: date
    record: str  # fingerprint of the record as it was left
    company: str
    holder: str
    last_day: date
    about: str  # how good it is proved to be, and what it rests on
    ways: tuple[WayFound, ...]
    steps: tuple[StepFound, ...]
    days: tuple[tuple[date, str], ...]  # by which to decide, and what
    notes: tuple[str, ...]


class StrategyFound(NamedTuple):
    """One strategy of an outlook: dollars, and chances as fractions of the paths."""

    name: str
    as_planned: float
    mean: float
    percentiles: tuple[float, ...]
    loses_money: float
    not_recovered: float
    amt: float
    regrets: str
    by_price: tuple[float, ...]  # after tax at each of the outlook's prices
    cash: tuple[float, ...]  # on the plan's values, by year of exercise
    credit: tuple[float, ...]  # on the plan's values, after each year


class OutlookFound(NamedTuple):
    """The strategies along simulated values, with what was asked."""

    found_on: date
    record: str  # fingerprint of the record
    about: str  # which strategy leaves most, in one sentence
    volatility: float  # a fraction a year, as the next two
    drift: float | None  # None: as the plan's values grow
    chance_of_zero: float
    paths: int
    seed: int
    exit_year: int
    exit_price: float
    values: Mapping[int, tuple[float, ...]]  # by year to the exit's: the plan's, then the percentiles
    years: tuple[int, ...]  # all years, those in which credit comes back too
    prices: tuple[float, ...]  # at the exit, in order, every kink among them
    strategies: tuple[StrategyFound, ...]
    notes: tuple[str, ...]
