"""Amounts of years that are not enacted: each by the rule that is next to it in the law file.

A statute indexes its own base amount from its base year and rounds once, so the cents lost in one year's rounding
come back in the next. Where a law grows the rounded amount of the year before, its rule has no base. What no rule names
holds until its block ends: it is not indexed, or the statute itself dates its end.
"""

from __future__ import annotations

from collections.abc import Callable
from math import floor
from typing import Any, Final, NamedTuple

from xl_amt.errors import FileError
from xl_amt.law.price_index import Outlook, PriceIndex
from xl_amt.law.status import STATUSES

_KEYS: Final = frozenset(
    {"source", "base", "base_year", "rounds", "down_to", "nearest", "shares", "yearly", "until"},
)


class Rule(NamedTuple):
    """How one number grows; amounts in dollars, by filing status or for all, one or a list."""

    source: str
    base: Any = None  # the statute's amount; None where the rounded amount of the year before grows
    base_year: Any = None  # a year, or one for each number of a list
    rounds: str = "amount"  # or "increase", where only the increase over the base is rounded
    multiple: Any = 0.0
    down: bool = True  # to the multiple below, or else to the nearest
    shares: dict[str, tuple[float, str]] = {}  # noqa: RUF012 - read once, never changed
    yearly: float | None = None  # a factor a year, in place of a price index
    until: int | None = None  # the last year of that factor

    @property
    def is_indexed(self) -> bool:
        """Whether the amount rests on prices, so a later year is estimated or projected."""
        return self.yearly is None


def read_rule(place: str, table: Any) -> Rule:
    """A rule as a law file has it; FileError where it does not say how the amount grows or rounds."""
    if not isinstance(table, dict) or not isinstance(table.get("source"), str):
        raise FileError(f'{place}: a rule of projection is a table with its source = "the statute".')
    unknown = table.keys() - _KEYS
    if unknown:
        raise FileError(f"{place}: '{min(unknown)}' is not part of a rule; known are {', '.join(sorted(_KEYS))}.")
    if "yearly" in table:
        return Rule(table["source"], yearly=float(table["yearly"]), until=table.get("until"))
    if ("down_to" in table) == ("nearest" in table) or table.get("rounds") not in ("amount", "increase"):
        raise FileError(f'{place}: it needs rounds = "amount" or "increase", and down_to or nearest, a multiple.')
    if ("base" in table) != ("base_year" in table):
        raise FileError(f"{place}: base and base_year belong together.")
    shares = {status: (float(part), other) for status, (part, other) in table.get("shares", {}).items()}
    strange = (shares.keys() | {other for _, other in shares.values()}) - STATUSES.keys()
    if strange:
        raise FileError(f"{place}, shares: '{min(strange)}' is not a filing status.")
    base, multiple = table.get("base"), table.get("down_to", table.get("nearest"))
    by_status = base.keys() | shares.keys() if isinstance(base, dict) else STATUSES.keys()
    if by_status != STATUSES.keys():
        raise FileError(
            f"{place}, base: {', '.join(sorted(STATUSES.keys() ^ by_status))} must stand there or in shares."
        )
    if isinstance(multiple, dict) and isinstance(base, dict) and multiple.keys() != base.keys():
        raise FileError(f"{place}: the multiples are not those of the statuses that base names.")
    return Rule(
        table["source"],
        base,
        table.get("base_year"),
        table["rounds"],
        multiple,
        "down_to" in table,
        shares,
    )


def projected(
    rule: Rule, year: int, price_index: PriceIndex, outlook: Outlook, of_year_before: Callable[[], Any]
) -> Any:
    """The number of a year under its rule, of the same shape as its base.

    ``of_year_before`` gives the rounded number of the year before, for a rule without a base of its own.
    """
    start = of_year_before() if rule.base is None else rule.base
    if isinstance(rule.base_year, list):
        factors = [price_index.growth(year, base_year, outlook) for base_year in rule.base_year]
    else:
        factors = [price_index.growth(year, rule.base_year, outlook)]
    if not isinstance(start, dict):
        return _grown(start, factors, rule, rule.multiple)
    own = {
        status: _grown(
            amount, factors, rule, rule.multiple[status] if isinstance(rule.multiple, dict) else rule.multiple
        )
        for status, amount in start.items()
        if status not in rule.shares
    }
    return {
        status: _part(own[rule.shares[status][1]], rule.shares[status][0]) if status in rule.shares else own[status]
        for status in STATUSES
    }


def _grown(start: Any, factors: list[float], rule: Rule, multiple: float) -> Any:
    if isinstance(start, list):
        of_each = factors if len(factors) == len(start) else factors * len(start)
        return [_rounded(amount, factor, rule, multiple) for amount, factor in zip(start, of_each, strict=True)]
    return _rounded(start, factors[0], rule, multiple)


def _rounded(start: float, factor: float, rule: Rule, multiple: float) -> float:
    kept = start if rule.rounds == "increase" else 0.0
    steps = (start * factor - kept) / multiple
    # the smallest part of a step is binary dust, where prices do not change
    return float(kept + floor(steps + (1e-9 if rule.down else 0.5)) * multiple)


def _part(of_other: Any, part: float) -> Any:
    return [part * amount for amount in of_other] if isinstance(of_other, list) else part * of_other
