"""What is to be asked, checked and known when a client's record begins a year later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from xl_amt.arithmetic.lines import HALF_A_CENT, of_one, zero_or_more
from xl_amt.client import ClientRecord, ClientYear, Remark
from xl_amt.client.facts import is_of_a_state, label_of, one_time_facts
from xl_amt.equity.words import dollars, listed
from xl_amt.forms.following_year import NOT_REPEATED
from xl_amt.forms.minimum_tax import AllTaxes, MinimumTax
from xl_amt.forms.us.schedule_a import schedule_a
from xl_amt.jobs.law_notes import law_notes
from xl_amt.jobs.planned_steps import planned_steps
from xl_amt.law.estimated_tax import EstimatedTaxLaw
from xl_amt.law.held import jurisdictions
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
_FROZEN: Final = "frozen plan of earlier years"
# Those on one year's opening, which the next one replaces.
PASSING: Final = frozenset({_OPENING, _TAKEN, _STATE_TAX, _NOT_CARRIED, _LAST_YEAR, _NOT_ENDED, _LAW, _FROZEN})


class Turn(NamedTuple):
    """The record to the year that opens, the years that end before it, and that year as it opens.

    ``opening`` are the amounts that the closing year leaves, in dollars by label; ``state_tax`` is the state income tax
    that the opening year states because it rests on the closing one, None for none.
    """

    record: ClientRecord
    ended: Sequence[EquityYear]
    first: ClientYear
    opening: Mapping[str, float]
    state_tax: float | None

    @property
    def closing(self) -> EquityYear:
        """The last year that ends."""
        return self.ended[-1]


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
    yield _note(_LAST_YEAR, year, _last_year(turn))
    frozen = turn.record.plan.frozen if turn.record.plan else None
    if frozen and any(own.year < year for own in frozen.years):
        yield _note(
            _FROZEN,
            year,
            f"The plan frozen on {frozen.day} begins with {frozen.years[0].year}: xl-amt plan --compare follows it in "
            f"the file that was rolled; freeze a new one for {year}.",
        )
    asked = read_jurisdiction(turn.record.client.jurisdiction, together=True)
    place = asked._replace(law_book=turn.record.client.law_book)
    for sentence in law_notes(place, year):
        yield _note(_LAW, year, sentence)


def _last_year(turn: Turn) -> str:
    """What the safe harbor asks of the closing year, of each jurisdiction whose estimated tax is held."""
    closing = turn.closing
    taxes: list[tuple[str, AllTaxes, MinimumTax]] = [("", closing.tax, closing.tax_return)]
    taxes += [
        (f", in {one.system.place}", one.tax, one.tax_return)
        for one in closing.states
        if one.system.code in jurisdictions(EstimatedTaxLaw)
    ]
    words = [
        f"a total tax of {dollars(of_one(tax.total))} on adjusted gross income of "
        f"{dollars(of_one(own.regular.adjusted_gross_income))}{where}"
        for where, tax, own in taxes
    ]
    year = turn.first.year
    return f"The estimated tax safe harbor of {year} rests on {year - 1}: by the record, {listed(words)}."


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
    for ended in turn.ended:
        if (left := _gifts_left(ended)) >= HALF_A_CENT:
            yield _check(
                _NOT_CARRIED,
                year,
                f"Gifts of {ended.household.year} pass the limits of Schedule A by {dollars(left)}, which carries over "
                f"for five years (IRC 170(d)(1)) and is not figured here; enter 'Gift carryover' of {year}.",
            )


def _gifts_left(ended: EquityYear) -> float:
    """What of a year's own gifts is above their share of income, whether it itemizes or not (Reg. 1.170A-10(a)(2))."""
    facts, income = ended.household, of_one(ended.tax_return.regular.adjusted_gross_income)
    allowed = schedule_a(facts, zero_or_more(income), ended.tax_return.law)
    return of_one(facts.cash_gifts + facts.property_gifts - allowed.cash_gifts - allowed.property_gifts)


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
    taken = [name for name in turn.first.facts if name not in own.facts and not _is_figured(name)]
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


def _is_figured(name: str) -> bool:
    """Whether a label is what the forms of the year before leave, and not a fact that is taken from it."""
    label = label_of(name)
    return label is not None and (label.field in NOT_REPEATED or label.field == "state_income_tax")


def _check(kind: str, year: int, text: str) -> Remark:
    return Remark(kind=kind, level="check", about=str(year), text=text)


def _note(kind: str, year: int, text: str) -> Remark:
    return Remark(kind=kind, level="note", about=str(year), text=text)
