"""Days on which the tax on income from equity is to be paid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from xl_amt.equity.calendar.due import Due, Facts, grouped, listed, long_term_day, qualifying_day, shares_of
from xl_amt.equity.dates import next_business_day
from xl_amt.equity.lots import Lot
from xl_amt.law.estimated_tax import EstimatedTaxLaw, estimated_tax_law


def tax_days(facts: Facts, year: int) -> Iterator[Due]:
    """The estimated-tax dates of a year with income from equity, and the day on which the rest of its tax is due.

    None for a year without; NotHeldError for a year whose law is not held.
    """
    income = _income_of(facts, year)
    if not income:
        return
    law = estimated_tax_law(year, "single")  # the dates and the parts of the tax are those of every status
    isos = [lot for lot in _held_at_the_end(facts, year) if lot.kind == "ISO" and lot.income_day.year == year]
    yield from _instalments(law, income, has_amt=bool(isos))
    yield _return(facts, law, income, isos)


def _held_at_the_end(facts: Facts, year: int) -> list[Lot]:
    """Lots with a spread, as far as they are held when the year ends: what is sold within it is no AMT income."""
    after = date(year + 1, 1, 1)
    return [lot.of(held) for lot in facts.lots if (held := facts.held(lot, after)) and facts.spread(lot) != 0.0]


def _income_of(facts: Facts, year: int) -> str:
    """What gives a year income from equity, in words; "" for nothing."""
    income = []
    lots = [lot for lot in facts.lots if lot.income_day.year == year]
    if exercised := [lot for lot in lots if lot.kind != "RSU" and lot.income_day == lot.acquired]:
        income.append(f"exercise of {_labels(exercised)}")
    if vested := [lot for lot in lots if lot.kind == "RSU" or lot.income_day > lot.acquired]:
        income.append(f"vesting of {_labels(vested)}")
    if sold := [sale.lot for sale in facts.sales if sale.day.year == year]:
        income.append(f"sale of {_labels(sold)}")
    return listed(income) if income else ""


def _labels(lots: Iterable[Lot]) -> str:
    return listed(lot.grant_label for lot in lots)


def _instalments(law: EstimatedTaxLaw, income: str, *, has_amt: bool) -> Iterator[Due]:
    withheld = "Nothing is withheld for the AMT" if has_amt else "What is withheld may be less than the tax"
    for number, due in enumerate(law.due_dates, 1):
        yield Due(
            next_business_day(due),
            "estimated tax",
            "",
            f"Estimated tax of {law.year}, {number} of {len(law.due_dates)}",
            f"Income from equity in {law.year}: {income}. {withheld}. Withholding and payments should together be "
            f"{law.this_year:.0%} of the year's tax, or {law.last_year:.0%} of the tax of {law.year - 1} "
            f"({law.last_year_of_high_income:.0%} after a high income).",
            "IRC 6654(c), (d)(1); IRC 7503",
        )


def _return(facts: Facts, law: EstimatedTaxLaw, income: str, isos: list[Lot]) -> Due:
    year, day = law.year, next_business_day(law.balance_date)
    sentences = [f"The return of {year} is due, with the rest of its tax. Income from equity: {income}."]
    if isos:
        spreads = [facts.spread(lot) for lot in isos]
        amount = "" if None in spreads else f" of {sum(filter(None, spreads)):,.2f}"
        held = shares_of(sum(lot.shares for lot in isos))
        sentences.append(f"Any AMT on the spread{amount} of {held} held at the year's end is due, sold since or not.")
    sentences.append("More time to file is no more time to pay.")
    early = [
        lot
        for lot in facts.lots
        if lot.kind == "ISO" and lot.acquired.year == year and long_term_day(lot) <= day and facts.held(lot, day)
    ]
    sentences += [_long_term_before(facts, lots) for lots in grouped(early, lambda lot: lot.acquired).values()]
    return Due(day, "tax return", "", f"Tax of {year} is due", " ".join(sentences), "IRC 6072(a), 6151(a)")


def _long_term_before(facts: Facts, lots: list[Lot]) -> str:
    """That shares exercised in January are long-term before their AMT is due."""
    first, shares = lots[0], sum(facts.held(lot, long_term_day(lot)) for lot in lots)
    sentence = (
        f"{shares_of(shares)} exercised on {first.acquired} can pay for it: long-term from {long_term_day(first)}"
    )
    late = sorted({day for lot in lots if (day := qualifying_day(lot)) and day > long_term_day(first)})
    return f"{sentence}, but disqualifying before {listed(late)}." if late else f"{sentence}, in a qualifying sale."
