"""The planner's question made from a client's record: its years, what is left of its options, its plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final, NamedTuple

from xl_amt.client import ClientRecord, Plan
from xl_amt.client.households import HouseholdsOfYears, households, with_years_to
from xl_amt.client.portfolios import doubts, portfolios
from xl_amt.equity.history import follow
from xl_amt.equity.portfolio import Portfolio
from xl_amt.equity.words import listed
from xl_amt.errors import ArgumentError
from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.jobs.plan_grants import HeldOptions, OptionsOf, grants_after_work, grants_of, nsos_after_work
from xl_amt.planning.plan.question import (
    TAXES,
    Aim,
    OpeningLot,
    PlanExit,
    PlanQuestion,
    PlanYear,
)
from xl_amt.planning.state_years import StateFacts
from xl_amt.planning.years import EquityYear, years
from xl_amt.reading.household import read_jurisdiction

STATE_TAX: Final = (
    "The state income tax that the federal return deducts is the tax without the options; a state's tax on them may be "
    "deducted too, within the limits of Schedule A."
)

_NOTHING_HELD: Final = Portfolio(())


class RecordQuestion(NamedTuple):
    """A question made from a record, the options behind each of its grants, and what to look at first."""

    question: PlanQuestion
    options: Mapping[str, OptionsOf]  # by the label of the plan's grant
    notes: tuple[str, ...]


def question_of_record(record: ClientRecord, today: date, leaves: int | None = None) -> RecordQuestion:
    """The question of a record from this year on, its done steps in the years, its planned ones left out.

    It goes on to the year of the plan's exit, or else to the last year of the record or of the plan's values. A year
    that the record does not have follows the one before. ``leaves`` is the place of the holding whose work ends: the
    question is of its options alone, from this day on, and of its ISOs also as the NSOs that they are later.
    ArgumentError says what of the record is missing.
    """
    asked = whole_question(record, today, leaves)
    if not asked.question.grants:
        raise ArgumentError("the record has no options that can be exercised in the years of the plan.")
    if asked.question.aim == "most after tax":
        return asked
    question, left_out = _in_the_money(asked.question)
    return RecordQuestion(question, asked.options, tuple(dict.fromkeys((*asked.notes, *left_out))))


def whole_question(record: ClientRecord, today: date, leaves: int | None = None) -> RecordQuestion:
    """The question of `question_of_record` with every grant, also those under water, and where there is none."""
    plan = record.plan or Plan()
    record = _to_the_last_year(record, plan)
    made = households(record)
    last_day = date(record.years[-1].year, 12, 31)
    held = [portfolio.until(last_day) for portfolio in portfolios(record, planned=False)]
    states = [StateFacts(TAX_SYSTEMS[code], own) for code, own in made.own_facts.items()]
    every = years(held or [_NOTHING_HELD], made.households, states, made.state_tax_given, made.spread_exercised)
    start = max(today.year, record.years[0].year)
    if start > record.years[-1].year:
        raise ArgumentError(f"{record.years[-1].year} is the last year of the record; add a [[year]] for {start}.")
    shown = [one for one in every if one.household.year >= start]
    own_facts = _own_facts(made, every)
    _check_spouse(held, shown)
    holdings = [
        HeldOptions(place, portfolio.name or f"holding {place + 1}", portfolio, follow(portfolio, last_day))
        for place, portfolio in enumerate(held)
    ]
    last = _last_of_plan(record, plan)
    if last < start:
        raise ArgumentError(f"[plan], exit: {last} is over, and the plan begins with {start}; enter a later one.")
    exit_year = last if _aim(plan) == "most after tax" else None
    planned = [one for one in shown if one.household.year <= last]
    of_years = [one.household.year for one in planned]
    if leaves is None:
        grants, options = grants_of(holdings, of_years, max(today, date(of_years[0], 1, 1)))
    else:
        grants, options = grants_after_work(holdings[leaves], of_years, today, exit_year)
    codes = read_jurisdiction(record.client.jurisdiction, together=True).codes
    companies = tuple(dict.fromkeys(grant.company for grant in grants))
    plan_years = tuple(
        _year(one, own_facts, plan, _values(holdings, companies, plan, one, exit_year)) for one in planned
    )
    sold = _exit(plan, holdings, companies, [one for one in shown if one.household.year > last], own_facts)
    lots = _lots(holdings, companies) if sold else ()
    question = PlanQuestion(
        aim=_aim(plan),
        taxes=frozenset(TAXES),
        jurisdictions=tuple(codes),
        discount_rate=plan.discount_rate or 0.0,
        credit_left_at=plan.credit_left_at or 0.0,
        credits=_credits(planned[0], own_facts, codes),
        years=plan_years,
        grants=tuple(grants),
        lots=lots,
        exit=sold,
    )
    _check(question)
    notes = [*made.notes, *(remark.text for remark in doubts(record)), *every[-1].notes]
    if len(codes) > 1:
        notes.append(STATE_TAX)
    if leaves is None:
        notes += nsos_after_work(holdings, options)
    return RecordQuestion(question, options, tuple(dict.fromkeys(notes)))


def _in_the_money(question: PlanQuestion) -> tuple[PlanQuestion, list[str]]:
    """The question without grants that are under water throughout, and a sentence on them.

    Their exercise has no spread and so no tax, and a plan of the least tax would exercise them for nothing.
    """
    under_water = [
        grant
        for grant in question.grants
        if not any(vested and question.spread_of(grant, at) > 0.0 for at, vested in enumerate(grant.vested))
    ]
    if not under_water:
        return question, []
    labels = listed([grant.label for grant in under_water])
    kept = tuple(grant for grant in question.grants if grant not in under_water)
    if not kept:
        raise ArgumentError(
            f"{labels}: under water at every value of the plan, so there is nothing to plan; enter higher values."
        )
    sentence = f"{labels}: under water at every value of the plan, and left out of it."
    return replace(question, grants=kept), [sentence]


def _aim(plan: Plan) -> Aim:
    return "most after tax" if plan.aim == "most after tax" else "least tax"


def _last_of_plan(record: ClientRecord, plan: Plan) -> int:
    if _aim(plan) == "most after tax":
        if plan.exit is None:
            raise ArgumentError('[plan], exit: the aim "most after tax" needs it; enter its year and price.')
        return plan.exit.year
    return record.years[-1].year


def _to_the_last_year(record: ClientRecord, plan: Plan) -> ClientRecord:
    """The record with a year for each that the plan needs, which follows the one before."""
    if not record.years:
        return record
    last = max([record.years[-1].year, *plan.values])
    if plan.exit and _aim(plan) == "most after tax":
        last = plan.exit.year + plan.exit.recovery_years
    return with_years_to(record, last)


def _own_facts(made: HouseholdsOfYears, every: Sequence[EquityYear]) -> dict[int, dict[str, Any]]:
    """Each state's own facts of every year, by its code, with what the year before leaves of losses and credit."""
    own_facts: dict[int, dict[str, Any]] = {}
    for place, one in enumerate(every):
        own = {code: records[place] for code, records in made.own_facts.items()}
        for state in every[place - 1].states if place else ():
            code = state.system.code
            own[code] = replace(own[code], **state.carried) if state.carried else own[code]
        own_facts[one.household.year] = own
    return own_facts


def _check_spouse(held: Sequence[Portfolio], shown: Sequence[EquityYear]) -> None:
    apart = [str(one.household.year) for one in shown if one.household.status != "mfj"]
    if apart and any(portfolio.holder == "spouse" for portfolio in held):
        raise ArgumentError(
            f"the spouse's options are on another return in {', '.join(apart)}, and a plan covers one return; leave "
            "the holding out, or plan the joint years."
        )


def _year(
    one: EquityYear, own_facts: Mapping[int, dict[str, Any]], plan: Plan, values: Mapping[str, float]
) -> PlanYear:
    year = one.household.year
    limits = plan.limits
    cash = [limit for limit in (plan.cash.get(year), limits.most_cash if limits else None) if limit is not None]
    return PlanYear(
        year=year,
        household=replace(one.household, minimum_tax_credit=0.0),
        own_facts=own_facts[year],
        values=values,
        cash=min(cash) if cash else None,
        most_amt=limits.most_amt if limits else None,
        spread_before=one.iso_spread,
    )


def _values(
    holdings: Sequence[HeldOptions], companies: Sequence[str], plan: Plan, one: EquityYear, exit_year: int | None
) -> dict[str, float]:
    """The value of each company's share in a year: the plan's, for the only company, else the latest known by then."""
    year = one.household.year
    if year == exit_year:
        return {}
    values: dict[str, float] = {}
    for company in companies:
        portfolio = next(holding.portfolio for holding in holdings if holding.name == company)
        known = portfolio.last_value(date(year, 12, 31))
        value = plan.values.get(year) if len(companies) == 1 else None
        if value is None and known is None:
            raise ArgumentError(
                f"{company}: the value of a share in {year} is not known; add it to the plan's values, or a "
                "[[holding.value]]."
            )
        values[company] = value if value is not None else known[1] if known else 0.0
    return values


def _credits(first: EquityYear, own_facts: Mapping[int, dict[str, Any]], codes: Sequence[str]) -> dict[str, float]:
    household = first.household
    credits_of = {
        code: getattr(own_facts[household.year][code], "minimum_tax_credit", 0.0) for code in codes if code != "US"
    }
    return credits_of | ({"US": max(float(household.minimum_tax_credit), 0.0)} if "US" in codes else {})  # type: ignore[arg-type]


def _exit(
    plan: Plan,
    holdings: Sequence[HeldOptions],
    companies: Sequence[str],
    later: Sequence[EquityYear],
    own_facts: Mapping[int, dict[str, Any]],
) -> PlanExit | None:
    if plan.exit is None or _aim(plan) == "least tax":
        return None
    if plan.exit.price is None:
        raise ArgumentError("[plan], exit: its price is not known; enter the price of a share.")
    names = dict.fromkeys([*companies, *(holding.name for holding in holdings)])
    if len(companies) > 1:
        raise ArgumentError(
            f"[plan], exit: it has one price, but the options are from {' and '.join(companies)}; use a question "
            "file, in which each company has its own."
        )
    recovery = tuple(
        PlanYear(
            year=one.household.year,
            household=replace(one.household, minimum_tax_credit=0.0),
            own_facts=own_facts[one.household.year],
            spread_before=one.iso_spread,
        )
        for one in later
    )
    return PlanExit(year=plan.exit.year, prices=dict.fromkeys(names, plan.exit.price), recovery=recovery)


def _lots(holdings: Sequence[HeldOptions], companies: Sequence[str]) -> tuple[OpeningLot, ...]:
    """The shares held already, which are sold at the exit."""
    return tuple(
        OpeningLot(
            company=holding.name,
            grant=lot.subject,
            shares=int(lot.shares),
            strike=lot.regular_basis,
            amt_basis=lot.amt_basis,
            qualifying_from=(lot.qualifying_day or lot.long_term_day).year,
        )
        for holding in holdings
        if holding.name in companies
        for lot in holding.history.held
    )


def _check(question: PlanQuestion) -> None:
    if question.discount_rate < 0.0:
        raise ArgumentError(
            f"[plan], discount_rate: {question.discount_rate:g} is below 0, which would make a later dollar "
            "count for more; enter 0 or more."
        )
    if not 0.0 <= question.credit_left_at <= 1.0:
        raise ArgumentError(
            f"[plan], credit_left_at: {question.credit_left_at:g} is not from 0 to 1; a dollar of credit left is worth "
            "at most a dollar."
        )
    if question.exit and not question.exercise_years:
        raise ArgumentError(
            f"[plan], exit: {question.exit.year} is not after {question.years[0].year}, the first year; exit later."
        )
