"""The household of each year of a record, before its equity."""

from __future__ import annotations

from typing import Any, NamedTuple

from xl_amt.client.facts import facts_of_next_year, is_of_a_state, one_time_facts
from xl_amt.client.record import ClientRecord, ClientYear
from xl_amt.errors import ArgumentError
from xl_amt.household import Household
from xl_amt.reading.household import read_household


class HouseholdsOfYears(NamedTuple):
    """A household for each year, and a sentence on each fact that a year takes from the one before."""

    households: tuple[Household, ...]
    notes: tuple[str, ...]


def households(record: ClientRecord) -> HouseholdsOfYears:
    """The federal household of each year of the record, in order.

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
    growth = (record.plan.income_growth if record.plan else None) or 0.0
    made: list[Household] = []
    notes = [_left_aside(record)] if any(map(is_of_a_state, _labels(record))) else []
    before: ClientYear | None = None
    for own in record.years:
        whole = _filled(own, before, growth)
        made.append(_household(record, whole))
        if before is not None:
            notes += _what_is_repeated(own, before, growth)
        before = whole
    return HouseholdsOfYears(tuple(made), tuple(notes))


def _labels(record: ClientRecord) -> list[str]:
    return [name for own in record.years for name in own.facts]


def _left_aside(record: ClientRecord) -> str:
    states = sorted(dict.fromkeys(filter(is_of_a_state, _labels(record))))
    return f"Facts of states are not in the federal figures: {', '.join(states)}."


def _filled(own: ClientYear, before: ClientYear | None, growth: float) -> ClientYear:
    """A year with what it takes from the year before."""
    if before is None:
        for key, value in (("status", own.status), ("income", own.income)):
            if value is None:
                raise ArgumentError(f"{own.year}: its {key} is not known; enter it, since no year before states it.")
        return own
    assert before.income is not None
    assert before.status is not None
    income = before.income * (1.0 + growth) if own.income is None else own.income
    status = own.status or before.status
    repeated = facts_of_next_year(before.facts, status, income - before.income)
    return ClientYear(year=own.year, status=status, income=income, facts=repeated | own.facts)


def _household(record: ClientRecord, whole: ClientYear) -> Household:
    given: dict[str, Any] = {"income": whole.income, "status": whole.status, "year": whole.year}
    facts = {name: value for name, value in whole.facts.items() if not is_of_a_state(name)}
    try:
        return read_household(given, facts, record.client.law_book)
    except ArgumentError as error:
        raise ArgumentError(f"{whole.year}, {error}") from None


def _what_is_repeated(own: ClientYear, before: ClientYear, growth: float) -> list[str]:
    notes = []
    if own.income is None:
        grown = f"grown by {growth:.2%}" if growth else "with no growth stated"
        notes.append(f"The income of {own.year} follows that of {before.year}, {grown}.")
    if again := [name for name in one_time_facts(before.facts) if name not in own.facts]:
        notes.append(
            f"{own.year} repeats {', '.join(again)} of {before.year}; where it comes only once, enter 0 for {own.year}."
        )
    return notes
