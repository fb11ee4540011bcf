"""Read a question in its JSON form, "xl-amt plan 1": each bad input is one sentence that says which key, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final, cast

from xl_amt.errors import AmtError, ArgumentError
from xl_amt.forms.tax_systems import TAX_SYSTEMS, find_fact
from xl_amt.law.names import quoted
from xl_amt.planning.plan.grants_file import read_grants, read_lots
from xl_amt.planning.plan.keys import Keys, amount, whole_number, year_key
from xl_amt.planning.plan.question import (
    AIMS,
    TAXES,
    Aim,
    PlanExit,
    PlanQuestion,
    PlanYear,
    Tax,
)
from xl_amt.reading.cells import read_date, read_number
from xl_amt.reading.household import read_household, read_jurisdiction, read_own_facts

FORMAT: Final = "xl-amt plan 1"

_QUESTION: Final = (
    "format", "aim", "taxes", "jurisdiction", "discount_rate", "credit_left_at", "minimum_tax_credit", "years",
    "grants", "lots", "exit", "limits", "exercise_on",
)  # fmt: skip
_YEAR: Final = ("year", "status", "income", "facts", "value_per_share", "cash")
_EXIT: Final = ("year", "price", "recovery_years", "on")
_MOST_YEARS: Final = 30


@dataclass(frozen=True, slots=True)
class _Frame:
    """What every year of the question is read by."""

    jurisdictions: tuple[str, ...]
    law_book: str
    companies: tuple[str, ...]
    years: tuple[int, ...]


def read_question(given: Any) -> PlanQuestion:
    """The question of a JSON document, or of the object under its key "question"; ArgumentError where it cannot be."""
    if isinstance(given, Mapping) and "question" in given:
        given = given["question"]
    keys = Keys(given, "", _QUESTION)
    if keys.text("format") != FORMAT:
        raise ArgumentError(f'format: {quoted(keys.text("format"))} is not known; write "{FORMAT}".')
    aim = cast("Aim", keys.choice("aim", AIMS))
    taxes = _taxes(keys)
    jurisdiction = read_jurisdiction(keys.text("jurisdiction", "US"), together=True)
    codes = tuple(code for code in jurisdiction.codes if code == "US" or "state" in taxes)
    if not codes:
        raise ArgumentError('taxes: "state" is left out, and no other jurisdiction is asked; add it.')
    raw_years = keys.rows("years", "one object a year")
    if not 1 <= len(raw_years) <= _MOST_YEARS:
        raise ArgumentError(f"years: there are {len(raw_years)}; give from 1 to {_MOST_YEARS}.")
    numbers = [Keys(item, where, _YEAR).year("year") for item, where in raw_years]
    for before, own in pairwise(numbers):
        if own != before + 1:
            raise ArgumentError(f"years: {own} comes after {before}; list the years in order.")
    grants = read_grants(keys, numbers)
    companies = dict.fromkeys(grant.company for grant in grants)
    frame = _Frame(codes, jurisdiction.law_book, tuple(companies), tuple(numbers))
    exit_keys = _exit_keys(keys, aim, numbers)
    exercise_on = _days(keys, numbers)
    years = tuple(
        _year(Keys(item, where, _YEAR), frame, keys, needs_value=exit_keys is None or year != numbers[-1])
        for (item, where), year in zip(raw_years, numbers, strict=True)
    )
    if exercise_on:
        years = tuple(_with_day(year, exercise_on.get(year.year)) for year in years)
    lots = read_lots(keys, aim)
    exit_ = None
    if exit_keys is not None:
        sold = dict.fromkeys([*companies, *(lot.company for lot in lots)])
        exit_ = _exit(exit_keys, Keys(*raw_years[-1], _YEAR), frame, tuple(sold), numbers)
    question = PlanQuestion(
        aim=aim,
        taxes=taxes,
        jurisdictions=codes,
        discount_rate=_rate(keys),
        credit_left_at=_credit_left_at(keys),
        credits=_credits(keys, codes),
        years=years,
        grants=grants,
        lots=lots,
        exit=exit_,
    )
    _check_cash(question)
    return question


def _rate(keys: Keys) -> float:
    rate = read_number(keys.given.get("discount_rate"), "discount_rate")
    if rate < 0.0:
        raise ArgumentError(
            f"discount_rate: {rate:g} is below 0, which would make a later dollar count for more; enter 0 or more."
        )
    return rate


def _credit_left_at(keys: Keys) -> float:
    worth = read_number(keys.given.get("credit_left_at"), "credit_left_at")
    if not 0.0 <= worth <= 1.0:
        raise ArgumentError(
            f"credit_left_at: {worth:g} is not from 0 to 1; a dollar of credit left is worth at most a dollar."
        )
    return worth


def _taxes(keys: Keys) -> frozenset[Tax]:
    if not keys.has("taxes"):
        return cast("frozenset[Tax]", frozenset(TAXES))
    named = [item for item, _ in keys.rows("taxes", "the taxes that count")]
    for item in named:
        if item not in TAXES:
            raise ArgumentError(f"taxes: {quoted(item)} is not a tax that counts; use {', '.join(TAXES)}.")
    if not named:
        raise ArgumentError(f"taxes: the list is empty; use {', '.join(TAXES)}, or leave it out for all.")
    return frozenset(named)


def _credits(keys: Keys, codes: tuple[str, ...]) -> dict[str, float]:
    where = "minimum_tax_credit"
    given = keys.given[where] if keys.has(where) else 0.0
    if not isinstance(given, Mapping):
        credit = amount(given, where)
        if credit and "US" not in codes:
            raise ArgumentError(f'{where}: its jurisdiction is not stated; write {{"{codes[0]}": {credit:g}}}.')
        return {"US": credit} if "US" in codes else {}
    for code in given:
        if code not in codes:
            raise ArgumentError(f"{where}: {quoted(code)} is not asked for; use {', '.join(codes)}.")
        if code != "US" and all(label.field != "minimum_tax_credit" for label in TAX_SYSTEMS[code].labels):
            raise ArgumentError(f"{where}: {TAX_SYSTEMS[code].place} has no such credit in its forms; leave it out.")
    return {code: Keys(given, where, codes).amount(code, "an amount") for code in given}


def _by_company(value: Any, where: str, companies: tuple[str, ...], what: str) -> dict[str, float]:
    """Dollars per share by company: one number for a single company."""
    if not isinstance(value, Mapping):
        if len(companies) > 1:
            raise ArgumentError(
                f"{where}: the grants are from {' and '.join(companies)}; enter {what} of each by name."
            )
        return dict.fromkeys(companies, amount(value, where))
    for company in companies:
        if value.get(company) is None:
            raise ArgumentError(f"{where}: {what} of {quoted(company)} is missing; add it, or its grants cannot count.")
    unknown = [company for company in value if company not in companies]
    if unknown:
        raise ArgumentError(f"{where}: no grant is from {quoted(unknown[0])}; leave it out, or correct the name.")
    return {company: amount(value[company], where) for company in companies}


def _household(keys: Keys, frame: _Frame, year: int) -> tuple[Any, dict[str, Any]]:
    """The household of a year and each state's own facts; the year of an exit's object may be a later one."""
    facts = keys.given.get("facts", {})
    if not isinstance(facts, Mapping):
        raise ArgumentError(f"{keys.place('facts')}: it is not an object; write labels and amounts in braces.")
    given = {
        "income": keys.amount("income", "the wages without options"),
        "status": keys.get("status", "single, mfj, mfs, hoh or qss"),
        "year": float(year),
    }
    named = {name: value for name, value in facts.items() if not isinstance(value, (list, Mapping))}
    if len(named) < len(facts):
        raise ArgumentError(f"{keys.place('facts')}: an amount is not a number or word; write one amount per label.")
    try:
        for name in named:
            if find_fact(str(name))[1].field == "minimum_tax_credit":
                raise ArgumentError(f"{name}: it goes from year to year here; give it once as minimum_tax_credit.")
        household = read_household(given, dict(named), frame.law_book)
        own = {code: read_own_facts(TAX_SYSTEMS[code], household, dict(named)) for code in frame.jurisdictions}
    except AmtError as error:
        raise error.within(f"{keys.where} ({year})") from None
    return household, own


def _year(keys: Keys, frame: _Frame, question: Keys, *, needs_value: bool) -> PlanYear:
    year = keys.year("year")
    household, own = _household(keys, frame, year)
    values: dict[str, float] = {}
    if needs_value and frame.companies:
        where = keys.place("value_per_share")
        values = _by_company(
            keys.get("value_per_share", f"the value of a share in {year}"), where, frame.companies, "the value"
        )
    most_cash = _limit(question, "most_cash", year, frame.years)
    cash = [limit for limit in (keys.amount_or_none("cash"), most_cash) if limit is not None]
    return PlanYear(
        year=year,
        household=household,
        own_facts=own,
        values=values,
        cash=min(cash) if cash else None,
        most_amt=_limit(question, "most_amt", year, frame.years),
    )


def _limit(question: Keys, name: str, year: int, years: Sequence[int]) -> float | None:
    if not question.has("limits"):
        return None
    limits = Keys(question.given["limits"], "limits", ("most_amt", "most_cash"))
    limit = limits.given.get(name)
    if isinstance(limit, Mapping):
        by_year = {year_key(key, limits.place(name)): key for key in limit}
        unknown = sorted(set(by_year) - set(years))
        if unknown:
            raise ArgumentError(f"{limits.place(name)}: {unknown[0]} is not among the years; correct it.")
        if year not in by_year:
            return None
        limit = limit[by_year[year]]
    return None if limit is None else amount(limit, limits.place(name))


def _with_day(year: PlanYear, day: date | None) -> PlanYear:
    return PlanYear(
        year=year.year,
        household=year.household,
        own_facts=year.own_facts,
        values=year.values,
        cash=year.cash,
        most_amt=year.most_amt,
        exercise_on=day,
    )


def _days(keys: Keys, years: list[int]) -> dict[int, date]:
    """The day of each year's exercises, where the question says it."""
    given = keys.given.get("exercise_on") or {}
    if not isinstance(given, Mapping):
        raise ArgumentError('exercise_on: it is not an object; write a day a year, as in {"2026": "2026-12-15"}.')
    days: dict[int, date] = {}
    for key, value in given.items():
        year, where = year_key(key, "exercise_on"), f"exercise_on.{key}"
        day = read_date(value, where)
        if day is None or day.year != year or year not in years:
            raise ArgumentError(f"{where}: {quoted(value)} is not a day of {year} among the years; correct it.")
        days[year] = day
    return days


def _exit_keys(keys: Keys, aim: Aim, years: list[int]) -> Keys | None:
    if aim == "least tax":
        if keys.has("exit"):
            raise ArgumentError(
                'exit: with the aim "least tax" nothing is sold; leave it out, or use "most after tax".'
            )
        return None
    exit_keys = Keys(keys.get("exit", "its year and price, in which the shares are sold"), "exit", _EXIT)
    year = exit_keys.year("year")
    if year <= years[0]:
        raise ArgumentError(f"exit.year: {year} is not after {years[0]}, the first year; start earlier, or exit later.")
    if year != years[-1]:
        raise ArgumentError(
            f"exit.year: {year} is not {years[-1]}, the last of the years; end the years with the exit."
        )
    return exit_keys


def _exit(keys: Keys, exit_year: Keys, frame: _Frame, companies: tuple[str, ...], years: list[int]) -> PlanExit:
    recovery = []
    after = years[-1]
    for value, where in keys.rows("recovery_years", "a list of years") if keys.has("recovery_years") else []:
        year = whole_number(value, where)
        if year != after + 1:
            raise ArgumentError(f"{where}: {year} comes after {after}; list the years in order.")
        household, own = _household(exit_year, frame, year)
        recovery.append(PlanYear(year=year, household=household, own_facts=own))
        after = year
    on = read_date(keys.given.get("on"), "exit.on")
    if on and on.year != years[-1]:
        raise ArgumentError(f"exit.on: {on} is not in {years[-1]}, the year of the exit; correct one of them.")
    prices = _by_company(keys.get("price", "the price of a share"), "exit.price", companies, "the price")
    return PlanExit(year=years[-1], prices=prices, recovery=tuple(recovery), on=on)


def _check_cash(question: PlanQuestion) -> None:
    """ArgumentError where the strikes that must be paid by some year are above all cash until then."""
    if not question.all_must_be_exercised:
        return
    cash = 0.0
    for place, year in enumerate(question.years):
        if year.cash is None:
            return
        cash += year.cash
        due = [grant for grant in question.grants if question.last_place(grant) in range(place + 1)]
        strikes = sum(question.exercisable(grant) * grant.strike for grant in due)
        if strikes > cash + 0.005:
            raise ArgumentError(
                f"years[{place}].cash: the cash until {year.year} is {cash:,.2f}, and the strikes of "
                f"{', '.join(grant.label for grant in due)}, which must be exercised by then, are {strikes:,.2f}; "
                "enter more cash, or a later last_year."
            )
