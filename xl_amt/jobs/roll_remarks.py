"""What is to be asked, checked and known when a client's record begins a year later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from xl_amt.arithmetic.lines import of_one
from xl_amt.client import ClientRecord, ClientYear, Remark
from xl_amt.client.facts import is_of_a_state, label_of, one_time_facts
from xl_amt.equity.words import dollars, listed
from xl_amt.forms.following_year import NOT_REPEATED
from xl_amt.jobs.law_notes import law_notes
from xl_amt.jobs.planned_steps import planned_steps
from xl_amt.planning.years import EquityYear
from xl_amt.reading.household import read_jurisdiction

STEP: Final = "planned step not done"
_OPENING: Final = "opening amounts"
_TAKEN: Final = "facts of the year before"
_STATE_TAX: Final = "state tax paid with the return"
_NOT_CARRIED: Final = "not carried"
_LAST_YEAR: Final = "last year for the safe harbor"
_NOT_ENDED: Final = "year not ended"
_LAW: Final = "law not enacted"
# Those on one year's opening, which the next one replaces.
PASSING: Final = frozenset({_OPENING, _TAKEN, _STATE_TAX, _NOT_CARRIED, _LAST_YEAR, _NOT_ENDED, _LAW})


class Turn(NamedTuple):
    """The record to the year that opens, the year that closes before it, and that year as it opens.

    ``opening`` are the amounts that the closing year leaves, in dollars by label; ``state_tax`` is the state income tax
    that the opening year states because it rests on the closing one, None for none.
    """

    record: ClientRecord
    closing: EquityYear
    first: ClientYear
    opening: Mapping[str, float]
    state_tax: float | None


def remarks_of(turn: Turn, day: date) -> Iterator[Remark]:
    """The remarks on a record that is rolled on a day."""
    year, before = turn.first.year, turn.first.year - 1
    began = turn.record.years[0].year
    for due in sorted(planned_steps(turn.record), key=lambda due: due.day):
        if began <= due.day.year < year:
            yield Remark(
                kind=STEP,
                level="ask",
                about=due.subject or str(due.day),
                text=f"{due.title} for {due.day}, is not done according to the record. If it was done, mark it done "
                f"on its row. If it moves to {year} or is dropped, change that in the record that was rolled, and roll "
                f"it again: the opening amounts of {year} count it.",
            )
    if day <= date(before, 12, 31):
        yield _check(
            _NOT_ENDED,
            year,
            f"{before} had not ended when this was rolled on {day}: its figures are those planned then; roll it "
            "again once they are known.",
        )
    yield from _of_amounts(turn)
    yield from _of_facts(turn)
    tax = of_one(turn.closing.tax.total)
    income = of_one(turn.closing.tax_return.regular.adjusted_gross_income)
    yield _note(
        _LAST_YEAR,
        year,
        f"The estimated tax safe harbor of {year} rests on {before}: by the record, a total tax of "
        f"{dollars(tax)} on adjusted gross income of {dollars(income)}.",
    )
    asked = read_jurisdiction(turn.record.client.jurisdiction, together=True)
    place = asked._replace(law_book=turn.record.client.law_book)
    for sentence in law_notes(place, year):
        yield _note(_LAW, year, sentence)


def _of_amounts(turn: Turn) -> Iterator[Remark]:
    """What the opening amounts are, and what is not among them."""
    year, before = turn.first.year, turn.first.year - 1
    if turn.opening:
        amounts = listed(f"{name} {dollars(amount)}" for name, amount in turn.opening.items())
        yield _check(
            _OPENING,
            year,
            f"{year} opens with {amounts}, as {before} closes in the record; compare them with the returns as filed, "
            "and correct what differs.",
        )
    if turn.state_tax is not None:
        yield _check(
            _STATE_TAX,
            year,
            f"The state income tax paid in {year} is stated as {dollars(turn.state_tax)}: the tax of the "
            f"year itself and what is paid with the return of {before}; correct it if the plan of {year} changes.",
        )
    for name in _not_carried(turn):
        yield _check(
            _NOT_CARRIED,
            year,
            f"What {before} leaves of '{name}' is not figured here; enter the amount for {year}.",
        )


def _not_carried(turn: Turn) -> list[str]:
    """Labels of the years that end which leave something, that is not figured, to the next one."""
    codes = read_jurisdiction(turn.record.client.jurisdiction, together=True).codes
    found = []
    for name, amount in ((name, fact) for own in turn.record.years[:-1] for name, fact in own.facts.items()):
        label = label_of(name)
        if not amount or label is None or label.field not in NOT_REPEATED or name in turn.first.facts:
            continue
        if label.field == "gift_carryover" or (is_of_a_state(name) and name.partition(" ")[0] not in codes):
            found.append(name)
    return list(dict.fromkeys(found))


def _of_facts(turn: Turn) -> Iterator[Remark]:
    """What the opening year takes from the year before because it states nothing of its own."""
    year, before, own = turn.first.year, turn.first.year - 1, turn.record.years[-1]
    figured = {*turn.opening, "State income tax"}
    taken = [name for name in turn.first.facts if name not in own.facts and name not in figured]
    wages = [f"wages of {dollars(turn.first.income or 0.0)}"] if own.income is None else []
    if not wages and not taken:
        return
    once = one_time_facts({name: turn.first.facts[name] for name in taken})
    seldom = f"; {listed(once)} may come only once" if once else ""
    yield _check(
        _TAKEN,
        year,
        f"{year} begins with {listed([*wages, *taken])}, taken from {before}{seldom}: enter what is known of {year}.",
    )


def _check(kind: str, year: int, text: str) -> Remark:
    return Remark(kind=kind, level="check", about=str(year), text=text)


def _note(kind: str, year: int, text: str) -> Remark:
    return Remark(kind=kind, level="note", about=str(year), text=text)
