"""December's decision on this year's ISO shares from end to end: every lot's ways, and the fewest shares to sell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from xl_amt.arithmetic.lines import of_one
from xl_amt.client import ClientRecord
from xl_amt.client.portfolios import doubts
from xl_amt.equity.flags import acquired_near
from xl_amt.equity.sales import sell
from xl_amt.equity.words import grouped
from xl_amt.jobs.december_of_record import Asked, LotHeld, RecordDecember, december_of_record
from xl_amt.jobs.law_notes import law_notes
from xl_amt.law import Jurisdiction
from xl_amt.planning.december.by_shares import SharesSold
from xl_amt.planning.december.fewest import fewest_shares
from xl_amt.planning.december.harvest import Harvest, harvest
from xl_amt.planning.december.question import December, credit_earned, minimum_taxes, returns_of
from xl_amt.planning.december.ways import Decision, Way, last_trading_day
from xl_amt.planning.plan.answer import NOT_FIGURED
from xl_amt.planning.year_end_sale import SharesOfLot
from xl_amt.planning.years import EquityYear

_WINDOW: Final = timedelta(days=30)


class LotDecision(NamedTuple):
    """One lot, or all lots of a company together, and the ways to go on with the shares."""

    holding: str
    label: str
    shares: float
    strike: float | None  # of all together none
    amt_basis: float | None
    ways: tuple[Way, ...]
    fewest_without_amt: float | None  # of this lot alone; None where all are too few, or there is no market
    most_money: SharesSold | None  # None of all together, and where there is no market


class DecemberReport(NamedTuple):
    """The decision of a year; what is by jurisdiction has its code as the key, prices are by company."""

    year: int
    last_day: date
    prices: Mapping[str, float]
    later_prices: Mapping[str, float]
    credit_left_at: float
    amt: dict[str, float]  # with every share held
    credit_earned: dict[str, float]
    lots: tuple[LotDecision, ...]
    fewest: tuple[SharesOfLot, ...] | None  # of all lots, so that the year owes no AMT; None where all are too few
    harvest: dict[str, list[Harvest]]
    notes: tuple[str, ...]

    @property
    def plain(self) -> dict[str, Any]:
        """The report as a JSON document holds it."""
        return self._asdict() | {
            "last_day": str(self.last_day),
            "lots": [_plain_lot(lot) for lot in self.lots],
            "fewest": None if self.fewest is None else {item.lot.label: item.shares for item in self.fewest},
            "harvest": {code: [row._asdict() for row in rows] for code, rows in self.harvest.items()},
        }


def report_december(record: ClientRecord, asked: Asked) -> DecemberReport:
    """The ways for each lot of a year's ISO exercises that is held; AmtError says what cannot be figured."""
    made = december_of_record(record, asked)
    question = made.question
    held = question.after({}, question.year)[0]
    lots = [_of_lots(made, held, [one]) for one in made.lots]
    codes = question.codes
    asks = [remark.text for remark in doubts(record)]
    return DecemberReport(
        year=question.year,
        last_day=last_trading_day(question.year),
        prices=made.prices,
        later_prices=made.later_prices,
        credit_left_at=question.credit_left_at,
        amt=minimum_taxes(held, codes),
        credit_earned={code: of_one(line) for code, line in credit_earned(held, codes).items()},
        lots=(*lots, *_together(made, held)),
        fewest=_fewest(made, held, made.lots),
        harvest=_harvest(question, held),
        notes=tuple(dict.fromkeys((*_wash_sales(made, held), *asks, *made.notes, *_what_it_rests_on(made)))),
    )


def _together(made: RecordDecember, held: EquityYear) -> list[LotDecision]:
    """All lots of each company that has several."""
    by_company = grouped(made.lots, lambda one: one.company)
    return [_of_lots(made, held, lots) for lots in by_company.values() if len(lots) > 1]


def _of_lots(made: RecordDecember, held: EquityYear, lots: Sequence[LotHeld]) -> LotDecision:
    """One lot, or all lots of one company together."""
    first = lots[0]
    decision = _decision(made, held, lots)
    alone, market = len(lots) == 1, decision.price is not None
    fewest = _fewest(made, held, lots) if alone else None
    return LotDecision(
        holding=first.holding if alone else first.company,
        label=first.lot.label if alone else "all lots together",
        shares=decision.shares,
        strike=first.lot.strike if alone else None,
        amt_basis=first.lot.amt_basis if alone else None,
        ways=decision.ways,
        fewest_without_amt=None if fewest is None else sum(item.shares for item in fewest),
        most_money=decision.most_money() if alone and market else None,
    )


def _decision(made: RecordDecember, held: EquityYear, lots: Sequence[LotHeld]) -> Decision:
    company = lots[0].company
    price, later = made.prices.get(company), made.later_prices[company]
    return Decision(made.question, [one.lot for one in lots], price, later, held)


def _fewest(made: RecordDecember, held: EquityYear, lots: Sequence[LotHeld]) -> tuple[SharesOfLot, ...] | None:
    """The shares to sell of these lots, as far as there is a market for them."""
    offered = [(one.lot, made.prices[one.company]) for one in lots if one.company in made.prices]
    fewest = fewest_shares(made.question, held, offered)
    return None if fewest is None else tuple(fewest)


def _harvest(question: December, held: EquityYear) -> dict[str, list[Harvest]]:
    """What further gain frees of the credit in each jurisdiction in which it frees any."""
    found = {each.jurisdiction: harvest(each, held.iso_spread) for each in returns_of(held, question.codes)}
    return {code: rows for code, rows in found.items() if rows}


def _wash_sales(made: RecordDecember, held: EquityYear) -> Iterator[str]:
    """A sentence on each lot whose sale by December 31 would be a wash sale by what is acquired near it."""
    day = last_trading_day(made.question.year)
    for one in made.lots:
        price = made.prices.get(one.company)
        if price is None or price >= one.lot.strike + one.lot.disqualified_spread:
            continue
        if near := acquired_near(one.history, sell(one.lot, price, day)):
            after_tax = _decision(made, held, [one]).after_tax_of_a_wash_sale()
            yield (
                f"{one.lot.label}: its sale on {day} is below the value at exercise, and shares are acquired within 30 "
                f"days of it ({near}): of as many shares as are acquired it is a wash sale, and their wages are the "
                "whole spread (IRC 422(c)(2), 1091(b)); where that is all of them, it leaves "
                f"{after_tax:,.2f} after tax."
            )


def _plain_lot(lot: LotDecision) -> dict[str, Any]:
    most = lot.most_money
    return lot._asdict() | {
        "ways": [_plain_way(way) for way in lot.ways],
        "most_money": None if most is None else most._asdict(),
    }


def _plain_way(way: Way) -> dict[str, Any]:
    figures = way._asdict() | {"proceeds": way.proceeds}
    return figures | {
        "sales": [
            {
                "lot": sale.lot.label,
                "day": str(sale.day),
                "price": sale.price,
                "kind": sale.kind,
                "wages": sale.wages,
                "gain": sale.gain,
                "long_term": sale.long_term,
                "amt_gain": sale.amt_gain,
                "amt_long_term": sale.amt_long_term,
            }
            for sale in way.sales
        ]
    }


def _what_it_rests_on(made: RecordDecember) -> Iterator[str]:
    question = made.question
    year, day = question.year, last_trading_day(question.year)
    for company in dict.fromkeys(one.company for one in made.lots):
        if company not in made.prices:
            yield (
                f"{company or 'The shares'}: no sale by December 31 is shown, because no market is known: a 409A "
                "value is not a bid. Add what a buyer pays for a share with --price."
            )
    if made.prices:
        yield (
            f"A sale on {day} below the value at exercise is a wash sale if shares are bought, exercised or vest from "
            f"{day - _WINDOW} to {day + _WINDOW}: the whole spread is then wages (IRC 422(c)(2), 1091)."
        )
    yield (
        "Each lot is figured with all others held. Strikes are paid either way, and a dollar of credit left after the "
        f"last year counts as {question.credit_left_at:g}."
    )
    yield f"The AMT of {year} is mostly due by April 15, {year + 1}, and nothing is withheld for it."
    yield NOT_FIGURED
    for own in question.facts[len(question.before) :]:
        yield from law_notes(Jurisdiction("+".join(question.codes), own.law_book), own.year)
