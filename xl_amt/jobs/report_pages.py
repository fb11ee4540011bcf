"""The report's pages behind the letter: Summary, Plan, Calendar, and the page for the return's preparer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final, TypeVar

from xl_amt.equity.words import grouped, price_of
from xl_amt.jobs.advice import Advice, AdviceYear, preparers_lines
from xl_amt.jobs.answered import Answered, strikes_in
from xl_amt.jobs.letter import (
    LEFT_OUT,
    answer_of,
    if_halved,
    rests_on,
    tile,
    tiles_of,
)
from xl_amt.jobs.letter_tables import years_table
from xl_amt.jobs.report_chart import AMT_BY_YEAR, amt_by_year
from xl_amt.jobs.report_words import as_word, clipped, money, number, short_day, table
from xl_amt.planning.plan.answer import CASH_DUE, NOT_FIGURED
from xl_amt.workbook.jurisdictions import place_of
from xl_amt.workbook.sheets.forms_shown import BESIDE_IT, FOR_THE_PREPARER
from xl_amt.workbook.sheets.summary import NOT_ADVICE

_YEARS_ACROSS: Final = 6
_WORDS: Final = 3.2  # the width of a column of words, in columns of a year
_IN_A_WORD: Final = frozenset({"estimated tax", "vesting"})
Page = dict[str, Any]

_Item = TypeVar("_Item")


def pages(answered: Answered, today: date) -> list[Page]:
    """Every page that the record has anything for on a day: its title, and its parts in order."""
    found = [_summary(answered, today)]
    if answered.advice is not None:
        found.append(_plan(answered.advice))
        if answered.advice.due:
            found.append(_calendar(answered.advice))
        if preparer := _for_the_preparer(answered.advice):
            found.append(preparer)
    return found


def page(title: str, parts: Sequence[dict[str, Any]]) -> Page:
    """A page for the template."""
    return {"title": title, "parts": list(parts)}


def section(words: str) -> dict[str, Any]:
    """A title within a page."""
    return {"kind": "title", "words": words}


def remark(words: str) -> dict[str, Any]:
    """A small sentence next to a table."""
    return {"kind": "remark", "words": words}


def _summary(answered: Answered, today: date) -> Page:
    parts: list[dict[str, Any]] = [{"kind": "answer", "words": answer_of(answered, today)}]
    tiles = tiles_of(answered)
    if answered.plan and answered.room:
        room = answered.room
        within = [
            tile(f"AMT room, {answered.room_year}", money(room.room), "of spread, before any AMT"),
            tile("Shares at no AMT", f"{room.shares:,.0f}", f"{money(strikes_in(room))} to exercise them"),
        ]
        parts += [{"kind": "tiles", "tiles": tiles}, {"kind": "tiles", "tiles": within}]
    elif tiles:
        parts.append({"kind": "tiles", "tiles": tiles})
    if (advice := answered.advice) is not None:
        by_year = years_table(advice, advice.years)
        parts += [section("The plan by year"), by_year, remark(by_year["note"]), remark(CASH_DUE)]
        if any(round(year.amt) or round(_used(year)) for year in advice.years):
            parts.append({"kind": "picture", "svg": amt_by_year(advice), "alt": AMT_BY_YEAR})
    if half := if_halved(answered):
        parts += [section("If the value of a share falls by half"), {"kind": "text", "words": half}]
    rests = [*rests_on(answered), LEFT_OUT]
    parts += [section("What this rests on"), {"kind": "points", "words": rests}, remark(NOT_ADVICE)]
    return page("Summary", parts)


def _used(year: AdviceYear) -> float:
    return sum(tax.credit_used for tax in year.taxes.values())


def _plan(advice: Advice) -> Page:
    """The planned shares of each grant by year, and what each year comes to."""
    parts: list[dict[str, Any]] = []
    for years in _across(advice.years):
        head = [str(year.year) + ("" if year.is_enacted else "*") for year in years]
        if advice.has_plan:
            parts += [
                section("Shares exercised by plan"),
                table(["Grant", *head], list(_shares(advice, years)), first=_WORDS),
            ]
        parts += [
            section("What it comes to, with all exercises and sales of the year"),
            table(["Dollars", *head], [[words, *amounts] for words, amounts in _outcome(advice, years)], first=_WORDS),
            section("Cash"),
            table(
                ["Dollars", *head],
                [[words, *amounts] for words, amounts in _cash(advice, years)],
                first=_WORDS,
                total=True,
            ),
        ]
    if not advice.has_plan:
        parts.insert(0, {"kind": "text", "words": "No exercise is planned in the record."})
    parts += [remark(CASH_DUE), remark(NOT_FIGURED), remark("* Law estimated or projected.")]
    return page("Plan", parts)


def _across(years: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    """Years in groups that fit next to each other on a page."""
    for start in range(0, len(years), _YEARS_ACROSS):
        yield years[start : start + _YEARS_ACROSS]


def _shares(advice: Advice, years: Sequence[AdviceYear]) -> Iterator[list[str]]:
    several = len(advice.record.holdings) > 1
    by_grant = grouped(advice.planned, lambda lot: (lot.company, lot.holder, lot.grant))
    for (company, holder, label), lots in by_grant.items():
        whose = f", {clipped(company, 30)}{', spouse' if holder == 'spouse' else ''}" if several else ""
        name = f"{clipped(label, 30)} ({lots[0].kind} at ${price_of(lots[0].strike)}{whose})"
        yield [name, *(number(sum(lot.shares for lot in lots if lot.acquired.year == year.year)) for year in years)]


def _outcome(advice: Advice, years: Sequence[AdviceYear]) -> Iterator[tuple[str, list[str]]]:
    yield "ISO spread", [money(year.spread) for year in years]
    yield "Wages of options and stock units", [money(year.wages) for year in years]
    yield "Proceeds of sales", [money(year.proceeds) for year in years]
    for code in advice.codes:
        place = as_word(place_of(code))
        taxes = [year.taxes[code] for year in years]
        yield f"{place} regular tax", [money(tax.regular_tax) for tax in taxes]
        yield f"{place} AMT", [money(tax.amt) for tax in taxes]
        yield f"{place} minimum tax credit used", [money(tax.credit_used) for tax in taxes]
        yield f"{place} minimum tax credit left", [money(tax.credit_left) for tax in taxes]
        yield f"{place} total tax", [money(tax.total) for tax in taxes]
        yield f"{place} law", [tax.standing for tax in taxes]


def _cash(advice: Advice, years: Sequence[AdviceYear]) -> Iterator[tuple[str, list[str]]]:
    yield "Strikes", [money(year.strikes) for year in years]
    for code in advice.codes:
        added = [money(year.taxes[code].added) for year in years]
        yield f"{as_word(place_of(code))} tax that exercises, vesting and sales add", added
        due: list[date | None] = [year.taxes[code].due for year in years]
        yield f"{as_word(place_of(code))} tax due", [short_day(day) for day in due]
    yield "Cash needed", [money(year.cash) for year in years]


def _calendar(advice: Advice) -> Page:
    """Every day, in detail where something is to be decided: what vests and is paid quarter by quarter is not."""
    rows = [[short_day(due.day), due.title, "" if due.kind in _IN_A_WORD else due.detail] for due in advice.due]
    parts = [
        table(["Day", "What is due", "In detail"], rows, words=(0, 1, 2), wide={1: 1, 2: 1.4}),
        remark(CASH_DUE),
        remark("The sheet Calendar of the client workbook shows how each payment of estimated tax is figured."),
    ]
    return page("Calendar", parts)


def _for_the_preparer(advice: Advice) -> Page | None:
    """The lines that options touch, by year; None where no printed form of the jurisdictions is held."""
    found = preparers_lines(advice, FOR_THE_PREPARER)
    if not found:
        return None
    parts: list[dict[str, Any]] = []
    for places in _across(range(len(advice.years))):
        rows = [[line.words, line.line, *(money(amounts[at]) for at in places)] for line, amounts in found]
        head = ["Line of the form", "Line", *(str(advice.years[at].year) for at in places)]
        parts.append(table(head, rows, words=(0, 1), wide={0: 1}))
    parts += [remark(sentence) for sentence in BESIDE_IT]
    return page("For the return's preparer", parts)
