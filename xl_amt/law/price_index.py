"""The price indexes by which statutes grow their amounts: as published, as estimated, and as assumed beyond."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal, NamedTuple, Protocol

from xl_amt.errors import FileError

INFLATION: Final = 0.025  # a year, beyond the last index held, unless a configuration or law book states another

PRICE_INDEXES: Final = ("C-CPI-U", "California CPI")  # those of price_indexes.toml, which an enacted year never reads

Standing = Literal["enacted", "estimated", "projected", "law book"]


class Outlook(NamedTuple):
    """What a book assumes of prices: the last enacted year, and the inflation that its user states, if any."""

    last_enacted: int
    stated: float | None = None

    def states(self, year: int) -> bool:
        """Whether the prices that set a tax year's amounts are the user's."""
        return self.stated is not None and year > self.last_enacted


class Basis(NamedTuple):
    """What a tax year's indexed amounts rest on, in words that follow "estimated" or "projected"."""

    standing: Standing
    words: str

    def by(self, statute: str) -> str:
        """The whole sentence of one amount; an estimate names the statute that it follows."""
        return f"estimated from {statute} {self.words}" if self.standing == "estimated" else str(self)

    def __str__(self) -> str:
        return f"{self.standing} {self.words}"


class PriceIndex(Protocol):
    """An index, asked by the tax year whose amounts it sets."""

    def growth(self, year: int, base_year: int | None, outlook: Outlook) -> float:
        """The factor from a base year's amount to a tax year's; with no base year, from the tax year before."""

    def basis(self, year: int, outlook: Outlook) -> Basis:
        """What a tax year's amounts rest on."""


class YearlyAverages(NamedTuple):
    """An index whose average of one year, to August, sets the amounts of the next (IRC 1(f)(3))."""

    name: str
    averages: dict[int, float]
    of_base_years: dict[int, float]  # base years that an older index reaches, on the footing of this one
    estimates: dict[int, str]  # the years whose average is an estimate, each with the reason

    def growth(self, year: int, base_year: int | None, outlook: Outlook) -> float:
        """The average of the year before over that of the base year."""
        base = year - 2 if base_year is None else base_year
        of_base = self.of_base_years.get(base)
        return self._average(year - 1, outlook) / (self._average(base, outlook) if of_base is None else of_base)

    def basis(self, year: int, outlook: Outlook) -> Basis:
        """What a tax year's amounts rest on."""
        if outlook.states(year):
            return _as_stated(outlook)
        priced, last = year - 1, max(self.averages)
        if priced <= last:
            because = f" ({self.estimates[priced]})" if priced in self.estimates else ""
            return Basis("estimated", f"at a {self.name} of {self.averages[priced]:.2f} for {priced}{because}")
        known = f"estimated at {self.averages[last]:.2f}" if last in self.estimates else f"{self.averages[last]:.2f}"
        return Basis("projected", f"from the {self.name} of {last} ({known}) at {INFLATION:.2%} inflation a year")

    def _average(self, year: int, outlook: Outlook) -> float:
        stated = outlook.states(year + 1)
        last = outlook.last_enacted - 1 if stated else max(self.averages)
        if year <= last:
            if year not in self.averages:
                raise FileError(
                    f"price_indexes.toml: the {self.name} of {year} is missing, and is needed here; add its months."
                )
            return self.averages[year]
        inflation = outlook.stated if stated and outlook.stated is not None else INFLATION
        return self.averages[last] * (1.0 + inflation) ** (year - last)


class YearlyChanges(NamedTuple):
    """An index whose published change, in percent, grows the rounded amount of the year before (R&TC 17041(h))."""

    name: str
    changes: dict[int, float]

    def growth(self, year: int, base_year: int | None, outlook: Outlook) -> float:
        """One and the change of the tax year; of all years since a base year."""
        growth = 1.0
        for since in range(year if base_year is None else base_year + 1, year + 1):
            growth *= 1.0 + self._change(since, outlook)
        return growth

    def basis(self, year: int, outlook: Outlook) -> Basis:
        """What a tax year's amounts rest on."""
        if outlook.states(year):
            return _as_stated(outlook)
        if year in self.changes:
            return Basis("estimated", f"at a change of the {self.name} of {self.changes[year]}% in {year}")
        return Basis("projected", f"from the {self.name} of {max(self.changes)} at {INFLATION:.2%} inflation a year")

    def _change(self, year: int, outlook: Outlook) -> float:
        if outlook.states(year) and outlook.stated is not None:
            return outlook.stated
        return self.changes[year] / 100.0 if year in self.changes else INFLATION


@cache
def price_indexes() -> dict[str, PriceIndex]:
    """Every index held, by its name; read once, and only where an amount is not enacted."""
    held: dict[str, Any] = tomllib.loads(files(__package__).joinpath("price_indexes.toml").read_text("utf-8"))
    return {name: _index(name, contents) for name, contents in held.items()}


def _index(name: str, contents: dict[str, Any]) -> PriceIndex:
    if "changes" in contents:
        return YearlyChanges(name, {int(year): change for year, change in contents["changes"].items()})
    averages, before = _averages(contents["months"]), _averages(contents["before_2016"]["months"])
    joined = averages[2016] / before[2016]
    return YearlyAverages(
        name,
        averages | {int(year): estimate["index"] for year, estimate in contents["estimates"].items()},
        {year: average * joined for year, average in before.items() if year < 2016},
        {int(year): estimate["because"] for year, estimate in contents["estimates"].items()},
    )


def _averages(months: dict[str, list[float]]) -> dict[int, float]:
    return {int(year): sum(of_year) / len(of_year) for year, of_year in months.items()}


def _as_stated(outlook: Outlook) -> Basis:
    return Basis("projected", f"from {outlook.last_enacted} at {outlook.stated:.2%} inflation a year")
