"""Days on which the tax on income from equity is to be paid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from xl_amt.calendar.due import Due, FollowedPortfolio
from xl_amt.days import next_business_day
from xl_amt.equity.lots import Lot
from xl_amt.equity.sales import Disposition
from xl_amt.equity.words import grouped, listed, price_of, shares_of
from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.law import Jurisdiction, law_book
from xl_amt.law.estimated_tax import EstimatedTaxLaw, estimated_tax_law


class _Isos(NamedTuple):
    """The ISO shares whose spread is AMT income of a year."""

    held: list[Lot]  # when the year ends
    sold: list[Lot]  # within it, in a qualifying sale


def tax_days(followed: FollowedPortfolio, year: int, code: str = "US") -> Iterator[Due]:
    """The estimated-tax dates of a year with income from equity, and the day on which the rest of its tax is due.

    ``code`` is the jurisdiction whose tax is meant. None for a year without such income; NotHeldError for a year or a
    jurisdiction whose law is not held.
    """
    income = _income_of(followed, year)
    if not income:
        return
    isos = _isos_of(followed, year)
    law = estimated_tax_law(year, "single", Jurisdiction(code))  # dates and parts are those of every status
    yield from _installments(law, income, has_amt=any(isos))
    yield _return(followed, law, income, isos) if code == "US" else _state_return(law, income)


def under_water(followed: FollowedPortfolio) -> Iterator[str]:
    """A sentence for each exercise whose shares are worth less than is paid for them."""
    for exercise in followed.portfolio.exercises:
        strike = followed.strike_of(exercise)
        value = followed.portfolio.value_of(exercise)
        if value is not None and value < strike:
            yield (
                f"{exercise.grant}: the exercise of {exercise.day} is under water, at a value of "
                f"{price_of(value)} below the strike of {price_of(strike)}: it has no spread to tax that day."
            )


def _isos_of(followed: FollowedPortfolio, year: int) -> _Isos:
    """What is sold within the year is not AMT income of it, unless the sale is qualifying (IRC 56(b)(3), 422(c)(2))."""
    after = date(year + 1, 1, 1)
    lots = [lot for lot in followed.lots if lot.kind == "ISO" and _has_income(followed, lot, year)]
    keys = {lot.key for lot in lots}
    return _Isos(
        [lot.of(held) for lot in lots if (held := followed.held(lot, after))],
        [
            sale.lot
            for sale in followed.sales
            if sale.lot.key in keys and sale.day < after and sale.kind == "qualifying"
        ],
    )


def _has_income(followed: FollowedPortfolio, lot: Lot, year: int) -> bool:
    return lot.income_day.year == year and followed.spread(lot) != 0.0


def _income_of(followed: FollowedPortfolio, year: int) -> str:
    """What gives a year income from equity, in words; "" for nothing."""
    income = []
    lots = [lot for lot in followed.lots if _has_income(followed, lot, year)]
    if exercised := [lot for lot in lots if lot.kind != "RSU" and lot.income_day == lot.acquired]:
        income.append(f"exercise of {_labels(exercised)}")
    if vested := [lot for lot in lots if lot.kind == "RSU" or lot.income_day > lot.acquired]:
        income.append(f"vesting of {_labels(vested)}")
    if sold := [sale.lot for sale in followed.sales if sale.day.year == year and _is_sale(sale)]:
        income.append(f"sale of {_labels(sold)}")
    return listed(income) if income else ""


def _is_sale(sale: Disposition) -> bool:
    """Whether it is a sale, or a repurchase that pays more or less than was paid."""
    return sale.kind != "repurchase" or sale.price != sale.lot.strike


def _labels(lots: Iterable[Lot]) -> str:
    return listed(lot.subject for lot in lots)


def _installments(law: EstimatedTaxLaw, income: str, *, has_amt: bool) -> Iterator[Due]:
    withheld = "Nothing is withheld for the AMT" if has_amt else "The tax withheld may be less than the tax due"
    before = 0.0
    for number, (due, part) in enumerate(zip(law.due_dates, law.installments, strict=True), 1):
        if part == before:  # nothing is asked for by this day
            continue
        before = part
        yield Due(
            next_business_day(due),
            "estimated tax",
            "",
            f"{_begins(law, 'Estimated tax')} of {law.year}, {number} of {len(law.due_dates)}",
            f"By this day {part:.0%} of the required payment should be paid; the year's withholding counts in the same "
            f"proportions. The required payment is {law.this_year:.0%} of the year's tax, or {law.last_year:.0%} of "
            f"the tax of {law.year - 1} ({law.last_year_of_high_income:.0%} after a high income) if that is "
            f"less{_this_year_alone(law)}. Income from equity in {law.year}: {income}. {withheld}.",
            "IRC 6654(c), (d)(1), (g)(1); IRC 7503" if law.jurisdiction == "US" else _source(law),
        )


def _this_year_alone(law: EstimatedTaxLaw) -> str:
    """From which income last year's tax does not count, where the law has such a limit (R&TC 19136.3)."""
    separate = estimated_tax_law(law.year, "mfs", Jurisdiction(law.jurisdiction)).this_year_only_from
    if law.this_year_only_from is None or separate is None:
        return ""
    return (
        f"; from {law.this_year_only_from:,.0f} of this year's adjusted gross income ({separate:,.0f} filing "
        f"separately) only the {law.this_year:.0%} counts"
    )


def _return(followed: FollowedPortfolio, law: EstimatedTaxLaw, income: str, isos: _Isos) -> Due:
    year, day = law.year, next_business_day(law.balance_date)
    sentences = [f"The return for {year} is due, with the rest of its tax. Income from equity: {income}."]
    if any(isos):
        lots = [*isos.held, *isos.sold]
        where = [
            words
            for words, part in (("held at the year's end", isos.held), ("sold in a qualifying sale", isos.sold))
            if part
        ]
        shares = shares_of(sum(lot.shares for lot in lots))
        sentences.append(
            f"Any AMT on the spread{followed.spread_of(lots)} of {shares} {' or '.join(where)} is due, whether sold "
            "since or not."
        )
    sentences.append("An extension to file is not an extension to pay.")
    is_of_an_estate = followed.portfolio.died is not None and followed.portfolio.died < day
    early = [
        lot
        for lot in followed.lots
        if lot.kind == "ISO" and lot.acquired.year == year and lot.long_term_day <= day
        if followed.held(lot, day) and not is_of_an_estate
    ]
    sentences += [_long_term_before(followed, lots) for lots in grouped(early, lambda lot: lot.acquired).values()]
    return Due(day, "tax return", "", f"Tax of {year} is due", " ".join(sentences), "IRC 6072(a), 6151(a)")


def _state_return(law: EstimatedTaxLaw, income: str) -> Due:
    place = TAX_SYSTEMS[law.jurisdiction].place
    return Due(
        next_business_day(law.balance_date),
        "tax return",
        "",
        f"{_begins(law, 'Tax')} of {law.year} is due",
        f"The rest of the tax of {law.year} in {place} is due, including any AMT. Income from equity: {income}. An "
        "extension to file is not an extension to pay.",
        _source(law),
    )


def _begins(law: EstimatedTaxLaw, what: str) -> str:
    """What is due, with the state whose tax it is."""
    return what if law.jurisdiction == "US" else f"{TAX_SYSTEMS[law.jurisdiction].place}: {what.lower()}"


def _source(law: EstimatedTaxLaw) -> str:
    """Where a state's law has the days."""
    return law_book("", law.jurisdiction).source("estimated_tax", "months", law.year)


def _long_term_before(followed: FollowedPortfolio, lots: list[Lot]) -> str:
    """That shares exercised in January are long-term before their AMT is due."""
    first, shares = lots[0], sum(followed.held(lot, lot.long_term_day) for lot in lots)
    sentence = f"{shares_of(shares)} exercised on {first.acquired} can pay for it: long-term from {first.long_term_day}"
    late = sorted({day for lot in lots if (day := lot.qualifying_day) and day > first.long_term_day})
    return f"{sentence}, but disqualifying before {listed(late)}." if late else f"{sentence}, in a qualifying sale."
