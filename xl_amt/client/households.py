"""The household of each year of a record, before its equity."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from xl_amt.client.facts import facts_of_next_year, is_of_a_state, label_of, one_time_facts
from xl_amt.client.record import ClientRecord, ClientYear
from xl_amt.client.residence import check_residence
from xl_amt.equity.words import listed
from xl_amt.errors import ArgumentError
from xl_amt.forms.community_property import community_property
from xl_amt.forms.tax_system import TaxSystem
from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.household import Household
from xl_amt.law import book_over
from xl_amt.reading.household import read_household, read_jurisdiction, read_own_facts

_STATE_TAX: Final = "State income tax"
_PLAIN_RATE: Final = "Plain state tax rate"  # of any state without a minimum tax


class HouseholdsOfYears(NamedTuple):
    """A household for each year, own facts of each state that is asked, and a sentence on what a year takes over."""

    households: tuple[Household, ...]
    notes: tuple[str, ...]
    own_facts: dict[str, tuple[Any, ...]]  # by the state's code, a record for each year, None where it has none
    state_tax_given: frozenset[int]  # the years that state the state income tax paid in them
    state_notes: tuple[str, ...]  # those of the notes that are about the states asked
    spread_exercised: dict[int, float]  # ISO spread by year of exercises that the record does not list, in dollars


def households(record: ClientRecord) -> HouseholdsOfYears:
    """The household of each year of the record, in order, with the own facts of the states that its jurisdiction names.

    A year that states no status, income or fact has that of the year before: income grown by the plan's
    ``income_growth``, everybody a year older. Carryovers are left out: what is left of losses and of the minimum tax
    credit follows from the forms. A fact that is 0 ends there. ArgumentError where the first year lacks its status or
    income, or a form refuses the facts.

    >>> from xl_amt.client import Client, Plan
    >>> years = (ClientYear(year=2026, status="single", income=200_000.0), ClientYear(year=2027))
    >>> record = ClientRecord(client=Client(), years=years, plan=Plan(income_growth=0.03))
    >>> households(record).households[1].wages
    206000.0
    """
    if not record.years:
        raise ArgumentError("the record has no tax year; add a [[year]] with its status and income.")
    growth = _growth(record)
    made: list[Household] = []
    systems = [TAX_SYSTEMS[code] for code in read_jurisdiction(record.client.jurisdiction, together=True).codes]
    states = [system for system in systems if system.code != "US"]
    own_facts: dict[str, list[Any]] = {system.code: [] for system in states}
    notes: list[str] = []
    before: ClientYear | None = None
    for own, whole in zip(record.years, whole_years(record), strict=True):
        made.append(_household(record, whole))
        for system in states:
            check_residence(record.client, own.year, system)
            own_facts[system.code].append(_own_facts(system, made[-1], whole))
        if before is not None:
            notes += _what_is_repeated(own, before, growth)
        before = whole
    given = frozenset(own.year for own in record.years if _STATE_TAX in own.facts)
    rests_on = [f"{system.note}." for system in states if system.note]
    separate = community_property({own.status for own in made}, states)
    state_notes = (*_left_aside(record, states), *rests_on, *_what_is_assumed(made, states, given), *separate)
    of_states = {code: tuple(records) for code, records in own_facts.items()}
    unlisted = {own.year: own.spread_exercised for own in record.years if own.spread_exercised is not None}
    return HouseholdsOfYears(tuple(made), (*notes, *state_notes), of_states, given, state_notes, unlisted)


def whole_years(record: ClientRecord) -> tuple[ClientYear, ...]:
    """Each year of the record with the status, income and facts that it takes from the year before.

    ArgumentError where the first year lacks its status or income.
    """
    made: list[ClientYear] = []
    for own in record.years:
        made.append(_filled(own, made[-1] if made else None, _growth(record)))
    return tuple(made)


def with_years_to(record: ClientRecord, last: int) -> ClientRecord:
    """The record with every year to the ``last`` one; each that it lacks states nothing, so it follows the one before.

    NotHeldError for a year that the law is not projected to.

    >>> from xl_amt.client import Client
    >>> record = ClientRecord(client=Client(), years=(ClientYear(year=2026),))
    >>> [own.year for own in with_years_to(record, 2028).years]
    [2026, 2027, 2028]
    """
    if not record.years or last <= record.years[-1].year:
        return record
    book_over(record.client.law_book, "US").check_year(last)
    more = (ClientYear(year=year) for year in range(record.years[-1].year + 1, last + 1))
    return replace(record, years=(*record.years, *more))


def _growth(record: ClientRecord) -> float:
    return (record.plan.income_growth if record.plan else None) or 0.0


def _left_aside(record: ClientRecord, asked: Sequence[TaxSystem]) -> list[str]:
    """That labels of states which are not asked are in no figure."""
    codes = {system.code for system in asked}
    labels = {name for own in record.years for name in own.facts}
    left = {name for name in labels if is_of_a_state(name) and name[:2] not in codes}
    if all(system.has_minimum_tax for system in asked):
        left |= labels & {_PLAIN_RATE}
    return (
        [f"Facts for states that the jurisdiction does not name are not in any figure: {', '.join(sorted(left))}."]
        if left
        else []
    )


def _filled(own: ClientYear, before: ClientYear | None, growth: float) -> ClientYear:
    """A year with what it takes from the year before."""
    if before is None:
        for key, value in (("status", own.status), ("income", own.income)):
            if value is None:
                raise ArgumentError(f"{own.year}: its {key} is not known; enter it, since no earlier year states it.")
        return own
    assert before.income is not None
    assert before.status is not None
    income = before.income * (1.0 + growth) if own.income is None else own.income
    status = own.status or before.status
    repeated = facts_of_next_year(before.facts, status, income - before.income)
    return replace(own, status=status, income=income, facts=repeated | own.facts)


def _household(record: ClientRecord, whole: ClientYear) -> Household:
    given: dict[str, Any] = {"income": whole.income, "status": whole.status, "year": whole.year}
    try:
        return read_household(given, _of_states_held(whole), record.client.law_book)
    except ArgumentError as error:
        raise ArgumentError(f"{whole.year}, {error}") from None


def _own_facts(system: TaxSystem, household: Household, whole: ClientYear) -> Any:
    try:
        return read_own_facts(system, household, _of_states_held(whole))
    except ArgumentError as error:
        raise ArgumentError(f"{whole.year}, {error}") from None


def _of_states_held(whole: ClientYear) -> dict[str, Any]:
    """The facts of a year, without those of states that are not held."""
    return {name: value for name, value in whole.facts.items() if label_of(name)}


def _what_is_assumed(households: Sequence[Household], states: Sequence[TaxSystem], given: Container[int]) -> list[str]:
    """What the state income tax of Schedule A is, in the years that do not give it."""
    figured = [str(own.year) for own in households if own.year not in given]
    taxing = [system for system in states if not system.is_untaxed]
    if not taxing or not figured:
        return []
    return [
        (
            f"State income tax paid in {listed(figured)} is not given: it is assumed to be the tax of "
            f"{_places(taxing)} for the year itself, withheld, plus what last year's ISO spread added to last year's "
            f"tax, paid with that return; enter '{_STATE_TAX}' if you know more."
        )
    ]


def _places(systems: Sequence[TaxSystem]) -> str:
    return " and ".join(system.place for system in systems)


def _what_is_repeated(own: ClientYear, before: ClientYear, growth: float) -> list[str]:
    notes = []
    if own.income is None:
        grown = f"grown by {growth:.2%}" if growth else "with no growth stated"
        notes.append(f"The income of {own.year} follows that of {before.year}, {grown}.")
    if again := [name for name in one_time_facts(before.facts) if name not in own.facts]:
        notes.append(
            f"{own.year} repeats {', '.join(again)} of {before.year}; if it occurs only once, enter 0 for {own.year}."
        )
    return notes
