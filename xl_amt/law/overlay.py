"""Read a firm's law book: blocks that are laid over the law, each checked against the block that it changes."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from difflib import get_close_matches
from itertools import pairwise
from math import isfinite
from typing import Any, NamedTuple

from xl_amt.errors import FileError
from xl_amt.law.status import STATUSES

Block = dict[str, Any]

# Numbers that something is divided by: a phase-out at no rate would never end.
_NOT_ZERO = {("amt_phase_out", "rate"), ("itemized_deduction_limit", "denominator"), ("tips_deduction", "step")} | {
    ("overtime_deduction", "step"),
    ("car_loan_interest_deduction", "step"),
}


class Overlay(NamedTuple):
    """What a law book changes: blocks by group and year, and the inflation of projections where it gives one."""

    inflation: float | None
    blocks: dict[tuple[str, int], Block]


def read_overlay(
    name: str, text: str, groups: set[str], years: range, block_of: Callable[[str, int], Block | None]
) -> Overlay:
    """The blocks of a law book; FileError with one sentence that names the book and the place of what is wrong.

    ``block_of`` gives the block of the law that one of the book's is laid over.
    """
    where = f"law book '{name}'"
    try:
        contents: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FileError(f"{where}: it is not TOML ({error}); see docs/advisors/law-books.md.") from None
    inflation = _inflation(where, contents.pop("inflation", None))
    blocks = {}
    for group, of_years in contents.items():
        _check_known(where, "group", group, {*groups, "inflation"})
        for year, block in _table(f"{where}, [{group}]", of_years, "it needs a year, as in [amt.2027]").items():
            place = f"{where}, [{group}.{year}]"
            if not year.isascii() or not year.isdigit() or int(year) not in years:
                raise FileError(f"{place}: this is not a year from {years[0]} to {years[-1]}.")
            base = block_of(group, int(year))
            if base is None:
                raise FileError(f"{place}: this is not part of the law of {year}, and a law book changes numbers only.")
            _table(place, block, "it needs numbers, such as rate = 0.25")
            blocks[group, int(year)] = _checked(place, group, block, base)
    return Overlay(inflation, blocks)


def _checked(place: str, group: str, block: Block, base: Block) -> Block:
    """The block with every number of the shape of the one that it replaces; statuses left out keep theirs."""
    if not isinstance(block.get("source"), str) or not block["source"].strip():
        raise FileError(f'{place}: it names no source; add source = "the bill or the reason".')
    checked = {}
    for key, value in block.items():
        _check_known(place, "number", key, base)
        checked[key] = value if key == "source" else _value(f"{place}, {key}", value, base[key], (group, key))
    return checked


def _value(place: str, value: Any, base: Any, name: tuple[str, str]) -> Any:
    if isinstance(base, dict):
        if not isinstance(value, dict):
            raise FileError(f"{place}: it differs by filing status; give {{ single = …, mfj = …, … }}.")
        for status in value:
            _check_known(place, "filing status", status, STATUSES)
        return base | {status: _value(f"{place}, {status}", part, base[status], name) for status, part in value.items()}
    if isinstance(value, dict):
        raise FileError(f"{place}: it is one number for all filing statuses; give it alone.")
    if isinstance(base, list):
        return _list(place, value, base)
    if isinstance(base, bool):
        if not isinstance(value, bool):
            raise FileError(f"{place}: it is true or false, not {value!r}.")
        return value
    return _number(place, value, least_is_above_zero=name in _NOT_ZERO)


def _list(place: str, value: Any, base: list[float]) -> list[float]:
    if not isinstance(value, list) or len(value) != len(base):
        raise FileError(f"{place}: it is a list of {len(base)} numbers in square brackets.")
    numbers = [_number(place, part) for part in value]
    if any(first >= second for first, second in pairwise(numbers)):
        raise FileError(f"{place}: its numbers must rise from each to the next.")
    return numbers


def _number(place: str, value: Any, *, least_is_above_zero: bool = False) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value):
        raise FileError(f"{place}: {value!r} is not a number; give digits without quotes.")
    if value < 0 or (least_is_above_zero and value == 0):
        raise FileError(f"{place}: {value} is not above {'zero' if least_is_above_zero else 'or at zero'}.")
    return float(value)


def _table(place: str, value: Any, hint: str) -> dict[str, Any]:
    if not isinstance(value, dict) or not value:
        raise FileError(f"{place}: {hint}.")
    return value


def _inflation(where: str, value: Any) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not -0.05 <= value <= 0.25:
        raise FileError(f"{where}: inflation is a fraction from -0.05 to 0.25, such as 0.025; it is {value!r}.")
    return float(value)


def _check_known(where: str, what: str, name: str, known: Any) -> None:
    if name not in known:
        near = get_close_matches(name, list(known), n=1, cutoff=0.0)[0]
        raise FileError(f"{where}: '{name}' is not a {what} of the law; did you mean '{near}'?")
