"""The answer for one client and year: the room, the shares that fill it, and what more would cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from xl_amt.arithmetic.lines import of_one
from xl_amt.client import ClientRecord, Holding
from xl_amt.client.households import households
from xl_amt.client.portfolios import doubts, portfolio_of
from xl_amt.client.year_asked import year_asked
from xl_amt.equity.amounts import income_at_its_day, shares_without_income
from xl_amt.equity.counts import exercisable_isos, isos_left_out
from xl_amt.equity.history import follow
from xl_amt.equity.portfolio import Portfolio
from xl_amt.errors import ArgumentError
from xl_amt.forms.minimum_tax import MinimumTax
from xl_amt.jobs.grants_by_year import day_in, grants_in, planned_before, split_since_the_counts, value_in
from xl_amt.jobs.law_notes import law_notes
from xl_amt.jobs.room_answer import Beyond, beyond, cheaper_of_federal
from xl_amt.jobs.years_report import years_of
from xl_amt.law import Jurisdiction
from xl_amt.planning.deduction_choice import CheaperDeduction
from xl_amt.planning.filling import FilledGrant, Offered, fill_with, left_out, offered
from xl_amt.planning.room import BEYOND, Rooms, rooms
from xl_amt.planning.years import EquityYear
from xl_amt.reading.cells import not_negative
from xl_amt.reading.household import read_jurisdiction

PLANNED_IN_ROOM: Final = (
    "The wages and gains that are planned for {} are in its facts; the spread of planned ISO exercises is not, since "
    "they are what fills the room."
)


class RoomReport(NamedTuple):
    """The answer for one client and year, in dollars and whole shares."""

    regular_tax: dict[str, float]  # by jurisdiction
    rooms: Rooms
    filled: list[FilledGrant]
    shares_under_water: int
    beyond: list[Beyond]
    cheaper_deduction: CheaperDeduction | None  # at the largest of the spreads beyond the room
    used: float = 0.0  # of the room, by this year's exercises
    notes: tuple[str, ...] = ()

    @property
    def room(self) -> float:
        """The room that binds."""
        return self.rooms.room

    @property
    def shares(self) -> int:
        """All shares that can be exercised with no AMT."""
        return sum(item.shares for item in self.filled)

    @property
    def room_left(self) -> float:
        """The room that this year's exercises have not used."""
        return max(self.room - self.used, 0.0)


def report_room(record: ClientRecord, year: int | None = None) -> RoomReport:
    """The room of a record's year as its workbook answers it: the shares of the holdings' own days fill it.

    The year is the one of the record's day where none is given. In its return are wages and gains of equity, done and
    planned, and what earlier years carry; planned exercises of ISOs are what fills the room. Beyond the room is counted
    from the room; for a client already in AMT there is none, and from the spread of all exercisable ISO shares.
    ArgumentError where the filing status or the wages are not known.
    """
    if missing := missing_of(record):
        raise ArgumentError(missing)
    asked = _asked(record, year)
    of_year = asked.year.household.year
    offers: list[Offered] = []
    notes: list[str] = []
    for holding in record.holdings:
        if holding.holder == "spouse" and asked.year.household.status != "mfj":
            continue
        if split := split_since_the_counts(holding, of_year):
            notes.append(split)
            continue
        grants, day = grants_in(holding, of_year), day_in(holding, of_year)
        offers += offered(grants, value_in(record, holding, of_year), day, holding.work_ended_by)
        notes += left_out(grants, day, holding.work_ended_by)
    report = _report(asked.tax_returns, offers, asked.used)
    return report._replace(
        notes=(*notes, *asked.plan_notes, *law_notes(asked.place, of_year, asked.year.household.status))
    )


def missing_of(record: ClientRecord) -> str:
    """What a record's room cannot be answered without, in one sentence; "" where it is all there."""
    own = record.years[0] if record.years else None
    needed = {"--status": own and own.status, "--income": None if own is None else own.income}
    missing = [option for option, value in needed.items() if value is None]
    return f"No answer until the client's facts are entered: enter {' and '.join(missing)}." if missing else ""


class _Asked(NamedTuple):
    """A year of a record: its place, its equity and returns, and what was followed for it."""

    place: Jurisdiction
    year: EquityYear
    tax_returns: tuple[MinimumTax, ...]
    state_notes: tuple[str, ...]
    used: float  # of the room, by the exercises that are done
    plan_notes: tuple[str, ...]  # what of the plan is in the return


def _asked(record: ClientRecord, year: int | None) -> _Asked:
    """A year of a record, with every step to its end, done and planned."""
    at = _place_of(record, year)
    made = households(replace(record, years=record.years[: at + 1]))  # no later year has to be answerable
    of_year = made.households[-1].year
    followed = [holding for holding in record.holdings if not _is_undated(holding)]
    held = [portfolio_of(holding).until(date(of_year, 12, 31)) for holding in followed]
    asked = years_of(made, held)[-1]
    place = read_jurisdiction(record.client.jurisdiction, together=True)._replace(law_book=record.client.law_book)
    tax_returns: list[MinimumTax] = [asked.tax_return] if "US" in place.codes else []
    tax_returns += [state.tax_return for state in asked.states]
    joint = asked.household.status == "mfj"
    on_the_return = [pair for pair in zip(followed, held, strict=True) if joint or pair[0].holder != "spouse"]
    planned = sum(_planned_spread(holding, portfolio, of_year) for holding, portfolio in on_the_return)
    plans = any(_plans_in(holding, of_year) for holding, _ in on_the_return)
    notes = (PLANNED_IN_ROOM.format(of_year),) if plans else ()
    return _Asked(place, asked, tuple(tax_returns), made.state_notes, asked.iso_spread - planned, notes)


def _planned_spread(holding: Holding, portfolio: Portfolio, year: int) -> float:
    """The ISO spread of a year's planned exercises, in dollars: what fills the room has not used it."""
    planned = {(one.grant, one.day) for one in holding.exercises if one.status == "planned"}
    if not planned:
        return 0.0
    history = follow(portfolio, date(year, 12, 31))
    no_income = shares_without_income(history)
    return sum(
        income_at_its_day(lot, no_income)
        for lot in history.lots
        if lot.kind == "ISO" and lot.income_day.year == year and (lot.grant_label, lot.acquired) in planned
    )


def _plans_in(holding: Holding, year: int) -> bool:
    """Whether an exercise or a sale of a year is planned."""
    steps = [(one.status, one.day.year) for one in holding.exercises]
    steps += [(one.status, one.day.year) for one in holding.sales]
    return ("planned", year) in steps


def _is_undated(holding: Holding) -> bool:
    """Whether shares are counted on a day that nobody states, and nothing is done that would have to follow it."""
    is_counted = holding.as_of is None and any(grant.held for grant in holding.grants)
    return is_counted and not (holding.exercises or holding.sales or holding.lots)


def report_room_of(
    record: ClientRecord, today: date, *, year: int | None = None, value_per_share: float | None = None
) -> RoomReport:
    """The room of a record's year, what this year's exercises have used of it, and the shares that fill the rest.

    The year is the one of the record's day where none is given. In its return are wages and gains of equity, done and
    planned, and what earlier years carry; planned exercises of ISOs are what fills the room. Shares are those that can
    be exercised today, or on the nearest day of the year, at the latest value per share, which ``value_per_share`` may
    replace. ArgumentError where the record has no such year.
    """
    known = [own.year for own in record.years]
    of_year = known[_place_of(record, year)] if known else today.year
    day = min(max(today, date(of_year, 1, 1)), date(of_year, 12, 31))
    held = [portfolio_of(planned_before(holding, of_year)).until(day) for holding in record.holdings]
    if value_per_share is not None:
        not_negative(value_per_share, "fmv")
        if len(held) > 1:
            raise ArgumentError(
                "fmv: the record has several companies, each with its own value; leave it out, and add a "
                "[[holding.value]] to each."
            )
    asked = _asked(record, year)
    offers, notes = _offers(record, held, day, value_per_share, joint=asked.year.household.status == "mfj")
    doubtful = [remark.text for remark in doubts(record)]
    report = _report(asked.tax_returns, offers, asked.used)
    every = [
        *notes,
        *asked.plan_notes,
        *doubtful,
        *asked.year.notes,
        *asked.state_notes,
        *law_notes(asked.place, of_year),
    ]
    return report._replace(notes=tuple(dict.fromkeys(every)))


def _place_of(record: ClientRecord, year: int | None) -> int:
    known = [own.year for own in record.years]
    year = year_asked(record) if year is None else year
    if year is None or not known:
        return 0
    if year not in known:
        raise ArgumentError(f"{year}: the record has {known[0]} to {known[-1]}; add a [[year]] for it.")
    return known.index(year)


def _offers(
    record: ClientRecord, held: Sequence[Portfolio], day: date, value_per_share: float | None, *, joint: bool
) -> tuple[list[Offered], list[str]]:
    """The ISO shares that can be exercised on a day, and a sentence where the value of a share is not known."""
    offers: list[Offered] = []
    notes: list[str] = []
    for portfolio in held:
        if portfolio.holder == "spouse" and not joint:
            continue
        value = _value(record, portfolio, day, only=len(held) == 1) if value_per_share is None else value_per_share
        history = follow(portfolio, day)
        left = exercisable_isos(history, portfolio)
        if value is None and left:
            notes.append(
                f"{portfolio.name or 'The holding'}: the value of a share on {day} is not known, so no shares fill the "
                "room; add --fmv or a [[holding.value]]."
            )
        elif value is not None:
            offers += [Offered(*one, value) for one in left]
        notes += isos_left_out(history, portfolio)
    return offers, notes


def _value(record: ClientRecord, portfolio: Portfolio, day: date, *, only: bool) -> float | None:
    """The latest value of a share; the plan's of the year, for the only holding, where none of that year is known."""
    known = portfolio.last_value(day)
    planned = record.plan.values.get(day.year) if record.plan and only else None
    if planned is not None and (known is None or known[0].year < day.year):
        return planned
    return known[1] if known else None


def _report(tax_returns: tuple[MinimumTax, ...], offers: Sequence[Offered], used: float = 0.0) -> RoomReport:
    found = rooms(tax_returns)
    exercisable = sum(offer.shares_exercisable * offer.spread_per_share for offer in offers)
    start = max(found.room, used)
    spreads = [(part, start + part * (found.room or exercisable)) for part in BEYOND]
    return RoomReport(
        regular_tax={one.jurisdiction: of_one(one.regular.tax) for one in tax_returns},
        rooms=found,
        filled=fill_with(offers, *tax_returns, used=used),
        shares_under_water=sum(offer.shares_exercisable for offer in offers if offer.spread_per_share == 0.0),
        beyond=beyond(tax_returns, spreads),
        cheaper_deduction=cheaper_of_federal(tax_returns, spreads[-1][1]),
        used=used,
    )
