"""Leaving's question made from a client's record: the holding whose work ends, its windows, the years that count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from xl_amt.client import ClientRecord, Exit, Holding, Limits, Plan
from xl_amt.client.portfolios import portfolio_of
from xl_amt.days import first_long_term_day, first_qualifying_day
from xl_amt.equity.portfolio import Portfolio
from xl_amt.equity.termination import last_day_as_iso, last_day_by_plan
from xl_amt.equity.words import listed
from xl_amt.errors import ArgumentError, NotHeldError
from xl_amt.jobs.plan_of_record import RecordQuestion, question_of_record

RECOVERY_YEARS: Final = 5  # after the sale, where the record's plan has no exit
_LONG_WINDOW: Final = 3  # years of a window beyond which nobody can tell when shares are sold


class Leaving(NamedTuple):
    """What the advisor gives in addition to the record; what is None or empty is the record's own."""

    last_day: date
    first_day: date  # from which on options can be exercised
    window: str = ""
    value: float | None = None  # dollars a share, until the shares are sold
    later_price: float | None = None
    cash: float | None = None  # most a year
    company: str = ""
    sold: int | None = None  # year of the sale


class Window(NamedTuple):
    """The last days on which the options of a grant can be exercised."""

    as_iso: date | None  # None: they are no ISOs, or not to the end
    by_plan: date


class RecordLeaving(NamedTuple):
    """The question, the record and the holding after the last day of work, and the windows by the grants' labels."""

    of_record: RecordQuestion
    record: ClientRecord
    holding: Holding
    portfolio: Portfolio
    windows: Mapping[str, Window]
    changed: tuple[str, ...]  # labels of ISO grants whose own window is another than the one asked


def leaving_of_record(record: ClientRecord, asked: Leaving) -> RecordLeaving:
    """The question of a person whose work for a company ends; ArgumentError says what is missing or cannot be."""
    _check_amounts(asked)
    place = _place(record, asked.company)
    before = record.holdings[place]
    holding = holding_left(before, asked)
    portfolio = portfolio_of(holding, planned=False)
    windows = _windows(portfolio, asked)
    holdings = tuple(holding if at == place else own for at, own in enumerate(record.holdings))
    stated = (record.plan or Plan()) if len(holdings) == 1 else replace(record.plan or Plan(), values={}, exit=None)
    record = replace(record, holdings=holdings, plan=_plan(stated, portfolio, windows, asked))
    made = question_of_record(record, asked.first_day, place)
    if stated.exit is None:  # nobody says that the shares held already are sold then
        made = made._replace(question=replace(made.question, lots=()))
    changed = [
        own.label
        for own, left in zip(before.grants, holding.grants, strict=True)
        if own.award == "ISO" and own.window and own.window != left.window
    ]
    return RecordLeaving(made, record, holding, portfolio, windows, tuple(changed))


def _check_amounts(asked: Leaving) -> None:
    for name, price in (("--value", asked.value), ("--later-price", asked.later_price)):
        if price is not None and price <= 0.0:
            raise ArgumentError(f"{name}: {price:g} is not a price per share; enter more than 0.")
    if asked.cash is not None and asked.cash < 0.0:
        raise ArgumentError(f"--cash: {asked.cash:g} is below 0; enter the most that a year may take.")


def _place(record: ClientRecord, company: str) -> int:
    """The place of the holding whose work ends."""
    if not record.holdings:
        raise ArgumentError("the record has no holding; add a [[holding]] with its grants.")
    names = [holding.name for holding in record.holdings]
    if not company and len(names) == 1:
        return 0
    found = [place for place, name in enumerate(names) if name.casefold() == company.strip().casefold()]
    if len(found) != 1:
        asks = f"--company: '{company[:60]}' is not one of them" if company else "whose work ends is not stated"
        raise ArgumentError(f'{asks}: the holdings are {listed(names)}; name one, as in --company "{names[0]}".')
    return found[0]


def holding_left(holding: Holding, asked: Leaving) -> Holding:
    """The holding after the last day of work, with the window that was given."""
    if holding.work_ended_by == "death":
        raise NotHeldError(
            f"{holding.name}: after a death the options belong to the estate, whose return is not figured; leave "
            "them out."
        )
    for grant in holding.grants:
        if grant.award != "RSU" and grant.granted and grant.granted > asked.last_day:
            raise ArgumentError(
                f"{grant.label}: it was granted on {grant.granted}, after {asked.last_day}, the last day of work; "
                "correct --last-day or the grant."
            )
    grants = tuple(replace(grant, window=asked.window or grant.window) for grant in holding.grants)
    return replace(holding, work_ended=asked.last_day, grants=grants)


def _windows(portfolio: Portfolio, asked: Leaving) -> dict[str, Window]:
    """The last days of each grant of options, by its label."""
    termination = portfolio.termination
    assert termination is not None
    as_iso = last_day_as_iso(termination)
    assert as_iso is not None  # only after a death the law sets no end
    grants = [grant for grant in portfolio.grants if grant.option_type != "RSU"]
    unknown = [grant.label for grant in grants if not grant.exercise_window]
    if unknown:
        what = "three months" if termination.reason == "ended" else "one year"
        raise ArgumentError(
            f"{listed(unknown)}: how long the plan allows exercise after the last day of work is not stated; add it, "
            f'as in --window "90 days". By law they are ISOs for {what} at most, until {as_iso}; in a longer window '
            "they are NSOs."
        )
    windows: dict[str, Window] = {}
    for grant in grants:
        by_plan = last_day_by_plan(grant, termination)
        assert by_plan is not None
        is_iso = grant.option_type == "ISO" and not grant.disqualified
        own = min(as_iso, by_plan, grant.last_day_of_an_iso or by_plan) if is_iso else None
        windows[grant.label] = Window(own, by_plan)
    if windows and max(window.by_plan for window in windows.values()) < asked.first_day:
        last = max(window.by_plan for window in windows.values())
        raise ArgumentError(
            f"the last window ended on {last}, before {asked.first_day}; nothing is left to exercise; use --from "
            "for an earlier day."
        )
    return windows


def _plan(plan: Plan, portfolio: Portfolio, windows: Mapping[str, Window], asked: Leaving) -> Plan:
    """The plan by which leaving is asked: most after tax, once the shares that were kept are sold."""
    first, limits = asked.first_day.year, plan.limits or Limits()
    recovery = plan.exit.recovery_years if plan.exit else RECOVERY_YEARS
    sold = asked.sold or (plan.exit.year if plan.exit else _year_of_sale(portfolio, windows, asked))
    if sold <= first:
        raise ArgumentError(
            f"the shares are sold in {sold}, not after {first}, the first year in which options can be exercised; add "
            "a later year with --sold."
        )
    values = plan.values if asked.value is None else dict.fromkeys(range(first, sold), asked.value)
    return replace(
        plan,
        aim="most after tax",
        values=values,
        exit=Exit(year=sold, price=_price(plan, portfolio, asked), recovery_years=recovery),
        cash=plan.cash if asked.cash is None else {},
        limits=limits if asked.cash is None else replace(limits, most_cash=asked.cash),
    )


def _year_of_sale(portfolio: Portfolio, windows: Mapping[str, Window], asked: Leaving) -> int:
    """The first year in which all that is exercised in the windows can be sold long-term, and of ISOs qualifying."""
    days = []
    last = max((window.by_plan for window in windows.values()), default=asked.last_day)
    if last.year > asked.last_day.year + _LONG_WINDOW:
        raise ArgumentError(
            f"options can be exercised until {last}; add the year in which the shares are sold, as in --sold "
            f"{asked.last_day.year + _LONG_WINDOW}, or an exit in the record's plan."
        )
    for grant in portfolio.grants:
        if window := windows.get(grant.label):
            days.append(first_long_term_day(window.by_plan))
            if window.as_iso and grant.grant_date:
                days.append(first_qualifying_day(grant.grant_date, window.as_iso))
    if not days:
        raise ArgumentError("the holding has no options; there is nothing to decide.")
    return max(days).year


def _price(plan: Plan, portfolio: Portfolio, asked: Leaving) -> float:
    """The price at which the shares kept are sold: as asked, the plan's, the value asked, or the last one known."""
    known = portfolio.last_value(date.max)
    candidates = (
        asked.later_price,
        plan.exit.price if plan.exit else None,
        asked.value,
        plan.values[max(plan.values)] if plan.values else None,
        known[1] if known else None,
    )
    price = next((one for one in candidates if one is not None), None)
    if price is None:
        raise ArgumentError("the value of a share is not known; add it, as in --value 42.")
    return price
