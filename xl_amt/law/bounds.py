"""What a number of the law may be: its bounds follow from its unit, and are checked when a file is read."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from math import isfinite
from typing import Any, Final

from xl_amt.errors import FileError

_LARGEST: Final = 1e12  # as much as any amount may be

UNITS: Final[dict[str, tuple[float, float]]] = {
    "dollars": (0.0, _LARGEST),
    "fraction": (0.0, 1.0),
    "fraction of adjusted gross income": (0.0, 1.0),
    "multiple": (0.0, 10.0),  # of another amount, such as 110% of last year's tax
    "number": (0.0, _LARGEST),
    "years": (0.0, 100.0),
    "months": (0.0, 120.0),
}
WHOLE: Final = frozenset({"years", "months"})
OTHER_KINDS: Final[dict[str, tuple[type, str]]] = {
    "yes or no": (bool, "true or false"),
    "day": (date, "a day, such as 2025-07-04"),
    "word": (str, "a word in quotes"),
}


def check_value(place: str, value: Any, unit: str, *, above_zero: bool = False) -> None:
    """Raise FileError for a value out of the bounds of its unit: one, a list, or either by filing status."""
    if isinstance(value, dict):
        for status, part in value.items():
            check_value(f"{place}, {status}", part, unit, above_zero=above_zero)
    elif isinstance(value, list):
        for part in value:
            _check_one(place, part, unit, above_zero=above_zero)
        _check_order(place, value, unit)
    else:
        _check_one(place, value, unit, above_zero=above_zero)


def check_rising(place: str, block: dict[str, Any], keys: list[str]) -> None:
    """Raise FileError where a number of a block is above the one that it may not exceed, for any filing status."""
    for (lower, low), (higher, high) in pairwise([(key, block[key]) for key in keys if key in block]):
        statuses = {**(low if isinstance(low, dict) else {}), **(high if isinstance(high, dict) else {})} or {"": None}
        for status in statuses:
            least = low[status] if isinstance(low, dict) else low
            most = high[status] if isinstance(high, dict) else high
            if least > most:
                of_status = f", {status}" if status else ""
                raise FileError(f"{place}{of_status}: {lower} {_shown(least)} is above {higher} {_shown(most)}.")


def _check_one(place: str, value: Any, unit: str, *, above_zero: bool) -> None:
    if unit in OTHER_KINDS:
        kind, words = OTHER_KINDS[unit]
        if not isinstance(value, kind):
            raise FileError(f"{place}: it is {words}, not {value!r}.")
        return
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value):
        raise FileError(f"{place}: {value!r} is not a number; give digits without quotes.")
    least, most = UNITS[unit]
    if above_zero and value <= 0.0:
        raise FileError(f"{place}: {_shown(value)} is not above zero.")
    if not least <= value <= most:
        bounds = f"from {least:.0f} to {most:.0f}" if most < _LARGEST else f"at most {most:,.0f}"
        bounds = "zero or more" if value < least and most == _LARGEST else bounds
        raise FileError(f"{place}: {_shown(value)} is not {bounds}, as {_in_words(unit)} is.")
    if unit in WHOLE and value != int(value):
        raise FileError(f"{place}: {value!r} is not a whole number of {unit}.")


def _check_order(place: str, numbers: list[Any], unit: str) -> None:
    """Thresholds rise from each to the next; parts and rates may repeat, but never fall."""
    if unit in OTHER_KINDS:
        return
    strictly = unit == "dollars"
    for first, second in pairwise(numbers):
        if first > second or (strictly and first == second):
            must = "must rise from each to the next" if strictly else "may not fall from one to the next"
            raise FileError(f"{place}: {_shown(second)} follows {_shown(first)}; its numbers {must}.")


def _in_words(unit: str) -> str:
    return f"a {unit}" if unit in ("fraction", "multiple", "number") or " of " in unit else f"an amount of {unit}"


def _shown(number: float) -> str:
    return f"{number:,}"
