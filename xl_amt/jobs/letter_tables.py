"""The tables of the letter: the plan by year, the shares within the room, the days, and two ways compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from xl_amt.calendar import Due
from xl_amt.equity.words import listed, price_of
from xl_amt.jobs.advice import Advice, AdviceYear
from xl_amt.jobs.answered import Answered
from xl_amt.jobs.report_words import as_word, clipped, day_in_words, money, number, short_day, table
from xl_amt.jobs.room_report import RoomReport
from xl_amt.law import Jurisdiction
from xl_amt.law.estimated_tax import EstimatedTaxLaw, estimated_tax_law
from xl_amt.law.held import jurisdictions
from xl_amt.workbook.jurisdictions import place_of

MOST_YEARS: Final = 6  # of the letter's table
MOST_DAYS: Final = 6
MOST_GRANTS: Final = 8
_LABEL: Final = 40  # characters of a grant's label
_SUBJECT: Final = 60  # characters of a company and its grant
_TITLE: Final = 120  # characters of what is due
_DECIDED: Final = frozenset(
    {"planned exercise", "planned sale", "83(b) election", "expiration", "plan window", "ISO window", "year end"}
)
# Before others, where there are more than the letter has room for.
_OF_THE_PLAN: Final = frozenset({"planned exercise", "planned sale", "tax return"})


class Way(NamedTuple):
    """One of two ways that a letter compares: what it is called, and its figures."""

    name: str
    advice: Advice


def years_of_letter(answered: Answered) -> dict[str, Any] | None:
    """The years in which anything happens; the first of them, where there are many."""
    if answered.advice is None:
        return None
    if answered.room and not answered.plan:
        return _grants_in(answered.room)
    years = [year for year in answered.advice.years if any((year.shares, year.amt, round(year.cash), year.credit_left))]
    if not years:
        return None
    more = f" {listed([year.year for year in years[MOST_YEARS:]])}: see the page Summary." if years[MOST_YEARS:] else ""
    return years_table(answered.advice, years[:MOST_YEARS], more) | {"title": "By year"}


def _grants_in(room: RoomReport) -> dict[str, Any] | None:
    """The shares of each grant that fill the room, and what they cost; the first grants, where there are many."""
    filled = [item for item in room.filled if item.shares]
    if not filled:
        return None
    rows = [
        [
            clipped(item.grant.label, _LABEL),
            f"{item.shares:,}",
            f"${price_of(item.grant.strike)}",
            money(item.shares * item.grant.strike),
            money(item.spread),
        ]
        for item in filled[:MOST_GRANTS]
    ]
    left = len(filled) - len(rows)
    note = f"{left} more grant{'' if left == 1 else 's'} within the room: see the sheet Room." if left else ""
    return table(["Grant", "Shares", "Strike", "To pay", "Spread"], rows, note=note) | {"title": "Which shares"}


def years_table(advice: Advice, years: Sequence[AdviceYear], more: str = "") -> dict[str, Any]:
    """Shares and days, AMT with its due days, cash, and the credit left, one row per year, and all of them together."""
    head = ["Year", "Shares", "By"]
    for code in advice.codes:
        head += [f"{as_word(place_of(code))} AMT", "Due"]
    rows = [[_year_of(year), number(year.shares), short_day(year.last_day)] for year in years]
    for row, year in zip(rows, years, strict=True):
        for tax in year.taxes.values():
            row += [money(tax.amt), short_day(tax.due if round(tax.amt) else None)]
        row += [money(year.cash), money(year.credit_left)]
    total = ["All", number(advice.shares), ""]
    for code in advice.codes:
        total += [money(advice.amt_of(code)), ""]
    rows.append([*total, money(advice.cash), ""])
    starred = "" if all(year.is_enacted for year in years) else "* Law estimated or projected. "
    sold = " What sales bring is not in it." if any(round(year.proceeds) for year in years) else ""
    note = (
        f"{starred}Cash: strikes, and the taxes that exercises, vesting and sales add or credit takes away.{sold}{more}"
    )
    return table([*head, "Cash", "Credit left"], rows, first=0.6, total=True, note=note)


def _year_of(year: AdviceYear) -> str:
    return f"{year.year}{'' if year.is_enacted else '*'}"


def to_do(answered: Answered, today: date) -> dict[str, Any] | None:
    """The next days on which something is to be decided or paid."""
    advice = answered.advice
    if advice is None:
        return None
    amt = {f"of {year.year} is due": year for year in advice.years if round(year.amt)}
    entries = [(due, _what(due, amt, today)) for due in advice.due if due.day >= today]
    found = [(due, words) for due, words in entries if words]
    if not found:
        return None
    first = sorted(found, key=lambda one: one[0].kind not in _OF_THE_PLAN)[:MOST_DAYS]
    rows = [[day_in_words(due.day), clipped(words, _TITLE)] for due, words in found if (due, words) in first]
    left = len(found) - len(rows)
    more = f"{left} more day{'' if left == 1 else 's'} of this kind: see the calendar." if left else ""
    note = " ".join(filter(None, (more, *_safe_harbor(advice, amt.values()))))
    return table(["By", "What"], rows, words=(0, 1), wide={1: 1}, note=note)


def _safe_harbor(advice: Advice, years: Iterable[AdviceYear]) -> Iterator[str]:
    """What has to be paid within the first year with AMT so that the rest may wait, where that law is held."""
    first = next(iter(years), None)
    codes = [code for code in advice.codes if code in jurisdictions(EstimatedTaxLaw)]
    if first is None or not codes:
        return
    status = next(one.household.status for one in advice.returns if one.household.year == first.year)
    law, *others = (estimated_tax_law(first.year, status, Jurisdiction(code)) for code in codes)
    yield (
        f"No penalty is due where withholding and estimated tax reach, by their own days, {law.this_year:.0%} of the "
        f"year's tax, or the tax of the year before ({law.last_year_of_high_income:.0%} of it after a high income)."
    )
    for own in (law, *others):
        if own.this_year_only_from is not None:
            place = as_word(place_of(own.jurisdiction))
            yield f"{place}: from {money(own.this_year_only_from)} of income only the {own.this_year:.0%} counts."


def _what(due: Due, amt: dict[str, AdviceYear], today: date) -> str:
    """What is to be done, "" for a day on which nothing is; a tax day says how much of the tax is AMT."""
    if due.kind in _DECIDED:
        words = _on_its_day(due, today)
        return words.replace(due.subject, clipped(due.subject, _SUBJECT), 1) if due.subject else words
    of_year = next(
        (year for words, year in amt.items() if due.kind == "tax return" and due.title.endswith(words)), None
    )
    if of_year is None:
        return ""
    code = next((code for code in of_year.taxes if due.title.startswith(f"{place_of(code)}:")), "US")
    owed = of_year.taxes[code].amt if code in of_year.taxes else 0.0
    return f"{due.title}, {money(owed)} of it AMT" if round(owed) else ""


def _on_its_day(due: Due, today: date) -> str:
    """What a day asks for; a later year's exercise, and any sale, is another step if it is done early."""
    if due.kind == "planned exercise" and due.day.year > today.year:
        return due.title.replace(", as planned", f", not before January 1, {due.day.year}")
    if due.kind == "planned sale":
        return due.title.replace(", as planned", " on this day, as planned")
    return due.title


def ways_table(ways: Sequence[Way]) -> dict[str, Any]:
    """Two ways next to each other, and the first less the second."""
    figures = [
        (way.advice.shares, way.advice.amt, way.advice.tax, way.advice.cash, way.advice.credit_left) for way in ways
    ]
    rows = [[as_word(clipped(way.name, 40)), *_figures(own)] for way, own in zip(ways, figures, strict=True)]
    rows.append(["Difference", *_figures([one - other for one, other in zip(*figures, strict=True)])])
    head = ("", "Shares", "AMT", "Total tax", "Total cash", "Credit left")
    names = " and ".join(clipped(way.name, 40) for way in ways)
    made = table(head, rows, wide={0: 1}, total=True, note="All years together; total tax is every tax less credits.")
    return made | {"title": f"Two ways compared: {names}"}


def _figures(amounts: Sequence[float]) -> list[str]:
    shares, *others = amounts
    return [f"{shares:,.0f}", *map(money, others)]
