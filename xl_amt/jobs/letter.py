"""The letter of one page: what was asked, the answer in three figures, what to do by when, and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from xl_amt.client import ClientRecord, LogEntry
from xl_amt.client.fingerprint import fingerprint
from xl_amt.equity.words import grouped, listed, price_of, shares_of
from xl_amt.jobs.advice import Advice, asked_codes
from xl_amt.jobs.answered import Answered, strikes_in
from xl_amt.jobs.letter_since import since_the_last
from xl_amt.jobs.letter_tables import Way, to_do, ways_table, years_of_letter
from xl_amt.jobs.report_words import as_word, clipped, day_in_words, money
from xl_amt.law import enacted, is_held
from xl_amt.planning.plan.answer import CASH_DUE, LEAST_TAX, NOT_FIGURED, QUALIFYING
from xl_amt.workbook.jurisdictions import place_of, places_of
from xl_amt.workbook.sheets.summary import NOT_ADVICE

_MOST_VALUES: Final = 3  # companies
_LONGEST_NAME: Final = 45  # characters of a person's name, of two on a line
NO_PLAN: Final = (
    "No exercise is planned in the record, so this letter says less: it gives how much can be exercised without AMT, "
    "but no plan by year, no loss at half the value, and no comparison of two ways."
)
LEFT_OUT: Final = "Taxes of other states, self-employment tax and changes of income that were not entered are left out."


def letter(
    answered: Answered, today: date, last: LogEntry | None, ways: Sequence[Way], preparer: str
) -> dict[str, Any]:
    """The letter's texts, tiles and tables, as the template shows them.

    Args:
        answered: what the record answers.
        today: the letter's day; what is due before it is left out.
        last: the log's row of the letter before, None for the first one.
        ways: the two ways to compare; none where there are not two.
        preparer: who prepared it, from the firm's configuration.
    """
    return {
        "to": f"For {names_of(answered.record)}",
        "day": day_in_words(today),
        "title": title_of(answered.record),
        "asked": _asked(answered),
        "answer": answer_of(answered, today),
        "tiles": tiles_of(answered),
        "after_tiles": _after_tiles(answered),
        "years": years_of_letter(answered),
        "to_do": to_do(answered, today),
        "half": if_halved(answered),
        "ways": ways_table(ways) if ways else None,
        "since": since_the_last(answered.record, answered.figures, answered.kind, last),
        "rests": [*rests_on(answered), LEFT_OUT],
        "not_advice": NOT_ADVICE,
        "preparer": preparer,
    }


def names_of(record: ClientRecord) -> str:
    """The client and the spouse."""
    names = [clipped(name, _LONGEST_NAME) for name in (record.client.name, record.client.spouse) if name]
    return " and ".join(names) or "our client"


def title_of(record: ClientRecord) -> str:
    """What the letter is about, with its years."""
    years = [own.year for own in record.years]
    span = "" if not years else f", {years[0]}" if years[0] == years[-1] else f", {years[0]} to {years[-1]}"
    return f"Stock options and the alternative minimum tax{span}"


def _asked(answered: Answered) -> str:
    years = [own.year for own in answered.record.years]
    when = f"in {years[0]}" if years and years[0] == years[-1] else f"from {years[0]} to {years[-1]}" if years else ""
    if answered.plan:
        return (
            f"You asked how many shares of your stock options to exercise {when}, what alternative minimum tax (AMT) "
            "that brings and when it is due, what cash it takes, and when the AMT comes back as credit."
        )
    return (
        "You asked how many shares of your incentive stock options can be exercised without owing alternative minimum "
        "tax (AMT)."
    )


def answer_of(answered: Answered, today: date) -> str:
    """The answer in a sentence or two; a step that was planned for a day before ``today`` is none to be taken."""
    if plan := answered.plan:
        brings = f"{money(plan.amt)} of AMT" if round(plan.amt) else "no AMT"
        whose = "With what is already done, the plan" if plan.counts_done else "The plan"
        takes = f"{whose} brings {brings} and takes {money(plan.cash)} of cash in all."
        return f"{_steps(plan, today)} {takes}{_planned_beyond(answered.record)}"
    if room := answered.room:
        places = places_of(asked_codes(answered.record))
        used = f", of which {money(room.used)} is already used" if room.used else ""
        if room.used > room.room:
            used = f", and exercises of the year have used {money(room.used)}"
        return (
            f"{shares_of(room.shares)} can be exercised in {answered.room_year} with no AMT ({places}): the room is "
            f"{money(room.room)} of spread{used}."
            f"{_owed_already(answered)}{_planned_beyond(answered.record)}"
        )
    return f"There is no answer yet: {answered.problem}"


def _planned_beyond(record: ClientRecord) -> str:
    """The shares of exercises that are planned for a year which the record does not have; "" for none."""
    last = record.years[-1].year
    exercises = (one for holding in record.holdings for one in holding.exercises)
    shares = sum(one.shares for one in exercises if one.status == "planned" and one.day.year > last)
    return f" Exercises planned after {last} are in no figure: {shares_of(shares)}." if shares else ""


def _owed_already(answered: Answered) -> str:
    """The AMT that nothing more has to be exercised for, with its due days; "" for none."""
    years = answered.advice.years if answered.advice else ()
    owed = [
        f"{place_of(code)} {money(tax.amt)} for {year.year}{f', due {day_in_words(tax.due)}' if tax.due else ''}"
        for year in years
        for code, tax in year.taxes.items()
        if round(tax.amt)
    ]
    return f" Without any further exercise this AMT is owed: {'; '.join(owed)}." if owed else ""


def _steps(plan: Advice, today: date) -> str:
    """What to exercise from a day on, a year's steps together, and what of the plan should be done by then."""
    ahead = [lot for lot in plan.planned if lot.acquired >= today]
    steps = [
        f"{shares_of(sum(lot.shares for lot in lots))} {_when(max(lot.acquired for lot in lots), today)}"
        for lots in grouped(ahead, lambda lot: lot.acquired.year).values()
    ]
    late = sum(lot.shares for lot in plan.planned if lot.acquired < today)
    counted = (
        f"Shares planned for an earlier day are counted, but not recorded as exercised: {late:,.0f}." if late else ""
    )
    return " ".join(filter(None, (f"Exercise {listed(steps)}." if steps else "", counted)))


def _when(last: date, today: date) -> str:
    """By a day; of a later year not before that year, since an exercise in this one fills this one's room."""
    return f"{'by' if last.year == today.year else 'from January 1 to'} {day_in_words(last)}"


def tiles_of(answered: Answered) -> list[dict[str, str]]:
    """Three figures, each with a word above and beneath."""
    if plan := answered.plan:
        each = listed([f"{place_of(code)} {money(plan.amt_of(code))}" for code in plan.codes])
        most = max(plan.years, key=lambda year: year.cash)
        back = f"{money(plan.credit_left)} of credit left in {plan.years[-1].year}"
        return [
            tile("Shares to exercise", f"{plan.shares:,}", f"in {listed(_years_of_exercise(plan))}"),
            tile("AMT of all years", money(plan.amt), f"{as_word(each)}; {back}"),
            tile("Total cash, with taxes", money(plan.cash), f"{money(most.cash)} of it for {most.year}"),
        ]
    if room := answered.room:
        return [
            tile(f"AMT room, {answered.room_year}", money(room.room), "of spread, before any AMT"),
            tile("Shares at no AMT", f"{room.shares:,.0f}", "smallest spread first"),
            tile("Cash to exercise them", money(strikes_in(room)), "the strikes; no AMT is added"),
        ]
    return []


def _years_of_exercise(plan: Advice) -> list[int]:
    return [year.year for year in plan.years if year.shares]


def tile(label: str, figure: str, note: str) -> dict[str, str]:
    """A figure for the template."""
    return {"label": label, "figure": figure, "note": note}


def _after_tiles(answered: Answered) -> str:
    if answered.plan:
        return f"{CASH_DUE} {NOT_FIGURED}"
    return f"{CASH_DUE} {NO_PLAN}" if answered.room else ""


def if_halved(answered: Answered) -> str:
    """What the planned shares lose at half of their value, and the AMT that is owed on value that is gone."""
    plan = answered.plan
    if plan is None:
        return "" if answered.room is None else "No exercise is planned, so nothing bought would lose value."
    owed = (
        f"The AMT on the exercises is still owed: {money(plan.amt_lost)} of it on value that is gone, some of "
        "which may come back as credit."
        if round(plan.amt_lost)
        else "No AMT would be owed on value that is gone."
    )
    return f"The shares to be exercised would be worth {money(plan.value_lost)} less. {owed}"


def rests_on(answered: Answered) -> list[str]:
    """Values and their day, whose law, growth, what the aim leaves out, and what is not answered."""
    record = answered.record
    codes = [code for code in asked_codes(record) if is_held(code)]
    through = listed([f"{place_of(code)} law is enacted through {enacted(code).verified_through}" for code in codes])
    lines = [_value(holding.name, [(one.day, one.price) for one in holding.values]) for holding in record.holdings]
    shown = lines[:_MOST_VALUES] + ([f"{len(lines) - _MOST_VALUES} more companies."] if lines[_MOST_VALUES:] else [])
    growth = record.plan.income_growth if record.plan else None
    grown = f", grown by {growth:.1%}" if growth else ""
    shown += [
        *([f"{as_word(through)}; a later year is estimated or projected."] if codes else []),
        f"A year that states no income uses that of the year before{grown}.",
    ]
    if answered.plan and record.plan:
        shown.append(LEAST_TAX if record.plan.aim == "least tax" else QUALIFYING)
    asked = sum(remark.level == "ask" and not remark.answered for remark in record.remarks)
    if asked:
        shown.append(f"Questions about the record still to be answered: {asked}.")
    return [*shown, NOT_FIGURED]


def _value(company: str, values: Sequence[tuple[date, float]]) -> str:
    if not values:
        return f"{clipped(as_word(company))}: no value per share is entered."
    day, price = max(values)
    return f"{clipped(as_word(company))}: ${price_of(price)} a share, the value of {day_in_words(day)}."


def footer_of(record: ClientRecord, versions: str) -> str:
    """The foot of each page: whose it is, and what it can be traced by."""
    return f"{as_word(names_of(record))} · {versions} · record {fingerprint(record)}"
