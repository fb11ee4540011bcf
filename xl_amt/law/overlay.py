"""Read a firm's law book: blocks that are laid over the law, each checked against the block that it changes."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from typing import Any, NamedTuple

from xl_amt.errors import FileError
from xl_amt.law.law_file import Block, Group, check_known
from xl_amt.law.status import STATUSES


class Overlay(NamedTuple):
    """What a law book changes: blocks by group and year, and the inflation of projections where it gives one."""

    inflation: float | None
    blocks: dict[tuple[str, int], Block]


def jurisdiction_of(name: str, text: str) -> str:
    """Whose law a book changes, by its ``jurisdiction``: that of the United States where it names none."""
    stated = _contents(name, text).get("jurisdiction", "US")
    if not isinstance(stated, str) or not stated.strip():
        raise FileError(
            f"law book '{name}': jurisdiction is US or a state in quotes, such as \"CA\"; it is {stated!r}."
        )
    return stated.strip().upper()


def read_overlay(
    name: str, text: str, groups: dict[str, Group], years: range, block_of: Callable[[str, int], Block | None]
) -> Overlay:
    """The blocks of a law book; FileError with one sentence that names the book and the place of what is wrong.

    ``block_of`` gives the block of the law that one of the book's is laid over.
    """
    where = f"law book '{name}'"
    contents = _contents(name, text)
    contents.pop("jurisdiction", None)
    inflation = read_inflation(where, contents.pop("inflation", None))
    blocks = {}
    for group, of_years in contents.items():
        check_known(where, "group", group, {*groups, "inflation"})
        for year, block in _table(f"{where}, [{group}]", of_years, "it needs a year, as in [amt.2027]").items():
            place = f"{where}, [{group}.{year}]"
            if not year.isascii() or not year.isdigit() or int(year) not in years:
                raise FileError(f"{place}: this is not a year from {years[0]} to {years[-1]}.")
            base = block_of(group, int(year))
            if base is None:
                raise FileError(f"{place}: this is not part of the law of {year}, and a law book changes numbers only.")
            _table(place, block, "it needs numbers, such as rate = 0.25")
            blocks[group, int(year)] = changed = _checked(place, block, base)
            groups[group].check(place, base | changed)
    return Overlay(inflation, blocks)


def _contents(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FileError(f"law book '{name}': it is not valid TOML ({error}); see docs/advisors/law-books.md.") from None
    except (RecursionError, ValueError):  # tables within tables without end; a number of thousands of digits
        raise FileError(
            f"law book '{name}': its contents are not a law book; see docs/advisors/law-books.md."
        ) from None


def _checked(place: str, block: Block, base: Block) -> Block:
    """The block with every number of the shape of the one that it replaces; statuses left out keep theirs."""
    if not isinstance(block.get("source"), str) or not block["source"].strip():
        raise FileError(f'{place}: it names no source; add source = "the bill or the reason".')
    numbers = base.keys() - {"ends"}
    checked = {}
    for key, value in block.items():
        check_known(place, "number", key, numbers)
        checked[key] = value if key == "source" else _shaped(f"{place}, {key}", value, base[key])
    return checked


def _shaped(place: str, value: Any, base: Any) -> Any:
    """A value of the shape that it replaces; whether it is a number, and its bounds, is checked with the block."""
    if isinstance(base, dict):
        if not isinstance(value, dict):
            raise FileError(f"{place}: it differs by filing status; give {{ single = …, mfj = …, … }}.")
        for status in value:
            check_known(place, "filing status", status, STATUSES)
        return base | {status: _shaped(f"{place}, {status}", part, base[status]) for status, part in value.items()}
    if isinstance(value, dict):
        raise FileError(f"{place}: it is one number for all filing statuses; give it alone.")
    if isinstance(base, list) and (not isinstance(value, list) or len(value) != len(base)):
        raise FileError(f"{place}: it is a list of {len(base)} numbers in square brackets.")
    if isinstance(value, list) and not isinstance(base, list):
        raise FileError(f"{place}: it is one number, not a list; give it without square brackets.")
    return value


def _table(place: str, value: Any, hint: str) -> dict[str, Any]:
    if not isinstance(value, dict) or not value:
        raise FileError(f"{place}: {hint}.")
    return value


def read_inflation(where: str, value: Any) -> float | None:
    """The inflation of projections, a year; FileError for what is none, None where none is given."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not -0.05 <= value <= 0.25:
        raise FileError(f"{where}: inflation is a fraction from -0.05 to 0.25, such as 0.025; it is {_written(value)}.")
    return float(value)


def _written(value: Any) -> str:
    """A value of TOML as a sentence quotes it."""
    return repr(value) if isinstance(value, str) else str(value)
