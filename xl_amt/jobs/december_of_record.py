"""December's question made from a client's record: this year's ISO shares, their prices, and the years that count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final, NamedTuple

from xl_amt.client import ClientRecord, Plan
from xl_amt.client.households import HouseholdsOfYears, households, with_years_to
from xl_amt.client.portfolios import portfolios
from xl_amt.equity.history import follow
from xl_amt.equity.ledger import History
from xl_amt.equity.lots import Lot
from xl_amt.equity.portfolio import Portfolio
from xl_amt.equity.words import grouped
from xl_amt.errors import ArgumentError
from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.jobs.december_prices import by_company, later_prices
from xl_amt.planning.december.question import December
from xl_amt.planning.december.ways import day_of_qualifying_sale, last_trading_day
from xl_amt.planning.equity_years import EquityOfYears, equity_of_years
from xl_amt.planning.state_years import StateFacts
from xl_amt.planning.years import EquityYear, next_year
from xl_amt.reading.household import read_jurisdiction

_WASH_SALE: Final = timedelta(days=30)


class LotHeld(NamedTuple):
    """A lot of this year's ISO shares, with the holding that it belongs to."""

    holding: str
    company: str
    lot: Lot
    history: History  # as far as a wash sale of a sale by December 31 reaches


class RecordDecember(NamedTuple):
    """The question, the lots that it is about, each company's prices, and what to look at first."""

    question: December
    lots: tuple[LotHeld, ...]
    prices: Mapping[str, float]  # paid for a share now, by company; a company without a market is not there
    later_prices: Mapping[str, float]
    notes: tuple[str, ...]


class Asked(NamedTuple):
    """What the advisor gives in addition to the record: by company, or under "" for the only one."""

    year: int
    prices: Mapping[str, float] = {}
    later_prices: Mapping[str, float] = {}
    credit_left_at: float | None = None
    planned: bool = True


class YearHeld(NamedTuple):
    """The lots of a year, and the years through which they can be held, without the sales planned after it."""

    lots: tuple[LotHeld, ...]
    made: HouseholdsOfYears
    portfolios: tuple[Portfolio, ...]
    through: int  # the last year of a qualifying sale
    equity: EquityOfYears
    notes: tuple[str, ...]


def year_held(record: ClientRecord, year: int, *, planned: bool = True) -> YearHeld:
    """The ISO lots of a year that are held at its end, and its equity; ArgumentError where there are none.

    A year that the record lacks follows the one before.
    """
    _check_years(record, year)
    held = portfolios(record, planned=planned)
    lots = _lots(held, year)
    if not lots:
        raise ArgumentError(
            f"{year}: no ISO shares whose spread is AMT income of {year} are held at its end, so there is nothing "
            "to decide; add the exercise, or ask about another year with --year."
        )
    through = max(day_of_qualifying_sale(one.lot).year for one in lots)
    made = households(_through(record, through))
    lots = _on_joint_returns(lots, held, made, year)
    kept = tuple(_without_later_sales(portfolio, year, through) for portfolio in held)
    equity = equity_of_years(kept, made.households, made.spread_exercised)
    notes = (*made.notes, *equity.notes, *_sales_left_out(held, year, through))
    return YearHeld(tuple(lots), made, kept, through, equity, notes)


def december_of_record(record: ClientRecord, asked: Asked) -> RecordDecember:
    """The question of a record for one year, its done and planned steps in it but for the sales of later years.

    ArgumentError says what of the record is missing.
    """
    year = asked.year
    plan = record.plan or Plan()
    lots, made, kept, through, equity, notes = year_held(record, year, planned=asked.planned)
    states = tuple(StateFacts(TAX_SYSTEMS[code], own) for code, own in made.own_facts.items())
    before: list[EquityYear] = []
    for own in made.households:
        if own.year < year:
            before.append(next_year(before, own, equity.amounts[own.year], (), states, made.state_tax_given))
    question = December(
        facts=made.households,
        equity=equity.amounts,
        codes=tuple(read_jurisdiction(record.client.jurisdiction, together=True).codes),
        states=states,
        state_tax_given=made.state_tax_given,
        before=tuple(before),
        credit_left_at=_credit_left_at(asked, plan),
        discount_rate=_discount_rate(plan),
    )
    companies = tuple(dict.fromkeys(one.company for one in lots))
    prices = by_company(asked.prices, companies, "--price")
    foreseen = by_company(asked.later_prices, companies, "--later-price")
    later, more = later_prices(
        foreseen, prices, plan, {one.company: one for one in kept if one.company in companies}, through
    )
    return RecordDecember(question, lots, prices, later, (*notes, *more))


def _check_years(record: ClientRecord, year: int) -> None:
    if record.years and not record.years[0].year <= year <= record.years[-1].year:
        raise ArgumentError(
            f"{year} is not among the years of the record, {record.years[0].year} to {record.years[-1].year}; add its "
            "[[year]], or ask about another with --year."
        )


def _lots(held: Sequence[Portfolio], year: int) -> list[LotHeld]:
    """The ISO lots of the year that can be sold by its end, or held beyond it."""
    last_day = last_trading_day(year)
    found = []
    for portfolio in held:
        history = follow(portfolio.until(last_day), last_day)
        of_year = [
            lot
            for lot in history.held
            if lot.kind == "ISO" and lot.income_day.year == year and lot.vested <= last_day
            if day_of_qualifying_sale(lot).year > year
        ]
        if of_year:
            reach = last_day + _WASH_SALE
            near = follow(_without_later_sales(portfolio, year, reach.year).until(reach), reach)
            found += [LotHeld(portfolio.name, portfolio.company, lot, near) for lot in _of_exercises(of_year)]
    return found


def _of_exercises(lots: Sequence[Lot]) -> list[Lot]:
    """Shares of one exercise that vested before it, on whatever days, as one lot: nothing tells them apart."""
    together = grouped(
        lots, lambda lot: (lot.subject, lot.acquired, lot.strike, lot.fmv, lot.vested if lot.exercised_early else None)
    )
    return [replace(one[0].of(sum(lot.shares for lot in one)), label=_label(one[0])) for one in together.values()]


def _label(lot: Lot) -> str:
    """The exercise, where all its shares had vested; otherwise the lot's own label."""
    return lot.label if lot.exercised_early or not lot.grant_label else f"{lot.grant_label} / {lot.acquired}"


def _on_joint_returns(
    lots: Sequence[LotHeld], held: Sequence[Portfolio], made: HouseholdsOfYears, year: int
) -> list[LotHeld]:
    """The lots without a spouse's that are on another return."""
    status = next(own.status for own in made.households if own.year == year)
    apart = {portfolio.name for portfolio in held if portfolio.holder == "spouse" and status != "mfj"}
    own = [one for one in lots if one.holding not in apart]
    if not own:
        raise ArgumentError(
            f"{year}: this year's ISO shares are the spouse's, and the return is not joint; ask with "
            "the spouse's record."
        )
    return own


def _without_later_sales(portfolio: Portfolio, year: int, through: int) -> Portfolio:
    """The portfolio to the end of the last year, with the sales up to this one alone."""
    until = portfolio.until(date(through, 12, 31))
    return replace(until, sales=tuple(sale for sale in until.sales if sale.day.year <= year))


def _sales_left_out(held: Sequence[Portfolio], year: int, through: int) -> list[str]:
    return [
        f"{portfolio.name or 'The holding'}: the sale of {sale.day} is left out of every figure: the shares are held, "
        "or sold as the table says."
        for portfolio in held
        for sale in portfolio.sales
        if year < sale.day.year <= through
    ]


def _through(record: ClientRecord, last: int) -> ClientRecord:
    """The record with each year up to the last that counts; one that it lacks follows the one before."""
    longer = with_years_to(record, last)
    return replace(longer, years=tuple(one for one in longer.years if one.year <= last))


def _credit_left_at(asked: Asked, plan: Plan) -> float:
    worth = plan.credit_left_at or 0.0 if asked.credit_left_at is None else asked.credit_left_at
    if not 0.0 <= worth <= 1.0:
        raise ArgumentError(
            f"credit_left_at: {worth:g} is not from 0 to 1; a dollar of credit left is worth at most a dollar."
        )
    return worth


def _discount_rate(plan: Plan) -> float:
    rate = plan.discount_rate or 0.0
    if rate < 0.0:
        raise ArgumentError(
            f"[plan], discount_rate: {rate:g} is below 0, which would make a later dollar count "
            "for more; enter 0 or more."
        )
    return rate
