"""Read the grants of a question and the shares held already, in their JSON form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from xl_amt.errors import ArgumentError
from xl_amt.law.names import quoted
from xl_amt.planning.plan.keys import Keys, whole_number, year_key
from xl_amt.planning.plan.question import Aim, OpeningLot, PlanGrant
from xl_amt.reading.cells import read_date

_GRANT: Final = ("label", "company", "type", "strike", "shares", "vested", "last_year", "granted")
_LOT: Final = ("company", "grant", "shares", "strike", "amt_basis", "qualifying_from")
_MOST_GRANTS: Final = 500
_MOST_SHARES: Final = 1_000_000_000


def read_grants(keys: Keys, years: list[int]) -> tuple[PlanGrant, ...]:
    """The grants of a question whose years these are; ArgumentError names the key of what cannot be."""
    rows = keys.rows("grants", "one object a grant")
    if not 1 <= len(rows) <= _MOST_GRANTS:
        raise ArgumentError(f"grants: there are {len(rows)}; give from 1 to {_MOST_GRANTS}.")
    grants = tuple(_grant(Keys(item, where, _GRANT), years) for item, where in rows)
    labels = [grant.label for grant in grants]
    if twice := next((label for label in labels if labels.count(label) > 1), None):
        raise ArgumentError(f"grants: {quoted(twice)} is listed twice; give each grant its own label.")
    if len({bool(grant.company) for grant in grants}) > 1:
        raise ArgumentError("grants: some name their company and others do not; name it in each.")
    return grants


def _grant(keys: Keys, years: list[int]) -> PlanGrant:
    shares = keys.whole("shares", "the shares that can be exercised")
    if shares > _MOST_SHARES:
        raise ArgumentError(f"{keys.place('shares')}: {shares:,} is more than any grant; correct it.")
    last_year = keys.year("last_year") if keys.has("last_year") else None
    vested = _vested(keys, shares, years, last_year)
    return PlanGrant(
        label=keys.text("label"),
        company=keys.text("company", ""),
        option_type="ISO" if keys.choice("type", ("ISO", "NSO")) == "ISO" else "NSO",
        strike=keys.amount("strike", "the exercise price"),
        shares=shares,
        vested=vested,
        last_year=last_year,
        granted=read_date(keys.given.get("granted"), keys.place("granted")),
    )


def _vested(keys: Keys, shares: int, years: list[int], last_year: int | None) -> tuple[int, ...]:
    """Shares vested by the end of each year: a year left out repeats the last earlier one."""
    where = keys.place("vested")
    given = keys.given.get("vested")
    if given is None:
        return (shares,) * len(years)
    if not isinstance(given, Mapping):
        raise ArgumentError(
            f'{where}: it is not an object; write the shares vested by each year, as in {{"2026": 500}}.'
        )
    by_year = {year_key(key, where): whole_number(value, f"{where}.{key}") for key, value in given.items()}
    so_far = 0
    for year in sorted(by_year):
        if by_year[year] < so_far:
            raise ArgumentError(
                f"{where}.{year}: {by_year[year]:,} is less than the year before; enter all vested so far."
            )
        so_far = by_year[year]
        if so_far > shares:
            raise ArgumentError(f"{where}.{year}: {so_far:,} is more than the {shares:,} shares; correct one of them.")
    first = min((year for year, vested in by_year.items() if vested), default=None)
    if last_year is not None and first is not None and last_year < first:
        raise ArgumentError(
            f"{keys.place('last_year')}: {last_year} is before {first}, when the first share vests; correct one."
        )
    return tuple(max((vested for of_year, vested in by_year.items() if of_year <= year), default=0) for year in years)


def read_lots(keys: Keys, aim: Aim) -> tuple[OpeningLot, ...]:
    """The shares held already; ArgumentError where the aim sells nothing."""
    if not keys.has("lots"):
        return ()
    if aim == "least tax":
        raise ArgumentError('lots: with the aim "least tax" nothing is sold; leave them out, or use "most after tax".')
    return tuple(_lot(Keys(item, where, _LOT)) for item, where in keys.rows("lots", "shares already held"))


def _lot(keys: Keys) -> OpeningLot:
    strike = keys.amount("strike", "what a share cost")
    basis = keys.amount("amt_basis", "the AMT basis per share", strike)
    if basis < strike:
        raise ArgumentError(
            f"{keys.place('amt_basis')}: {basis:g} is below the strike of {strike:g}; enter the value at exercise, or "
            "the strike where that was no more."
        )
    return OpeningLot(
        company=keys.text("company", ""),
        grant=keys.text("grant", ""),
        shares=keys.whole("shares", "the shares held"),
        strike=strike,
        amt_basis=basis,
        qualifying_from=keys.year("qualifying_from"),
    )
