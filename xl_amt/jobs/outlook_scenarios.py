"""Named paths of the value from a TOML file: one table per scenario, with the value of a share by year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from xl_amt.errors import ArgumentError, FileError
from xl_amt.files import read_toml
from xl_amt.law.names import quoted
from xl_amt.planning.outlook.paths import Values
from xl_amt.reading.cells import not_negative, read_number

_MOST: Final = 100  # scenarios


def read_scenarios(path: Path, years: Sequence[int]) -> dict[str, Values]:
    """The scenarios of a file by name, each with a value in every year to the exit's, the last; AmtError for another.

    FileError names the file, the scenario and the year of what cannot be read.
    """
    contents = read_toml(path, "scenarios")
    if not 1 <= len(contents) <= _MOST:
        raise FileError(f"{path.name}: it has {len(contents):,} scenarios; enter from 1 to {_MOST}.")
    try:
        return {name: _values(name, given, years) for name, given in contents.items()}
    except ArgumentError as error:
        raise FileError(f"{path.name}: {error}") from None


def _values(name: str, given: Any, years: Sequence[int]) -> Values:
    where = f"scenario {quoted(name)}"
    if not isinstance(given, Mapping):
        raise ArgumentError(f"{where}: it is not a table; write [{quoted(name)}] and, under it, one value per year.")
    unknown = [key for key in given if key not in map(str, years)]
    if unknown:
        raise ArgumentError(
            f"{where}: {quoted(unknown[0])} is not a year from {years[0]} to {years[-1]}, the exit's; leave it out."
        )
    missing = [year for year in years if str(year) not in given]
    if missing:
        raise ArgumentError(f"{where}: the value of a share in {missing[0]} is missing; add it.")
    values = [not_negative(read_number(given[str(year)], f"{where}, {year}"), f"{where}, {year}") for year in years]
    return Values(tuple(values[:-1]), values[-1])
