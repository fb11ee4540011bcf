"""Days of the shares that are held: elections, holding periods, the year's end, and the end of a lock-up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from xl_amt.equity.calendar.due import Due, Facts, Kind, grouped, listed, long_term_day, qualifying_day, shares_of
from xl_amt.equity.dates import deadline_83b, first_long_term_day
from xl_amt.equity.grants import Grant
from xl_amt.equity.lots import Lot
from xl_amt.equity.small_business import HoldingDate, holding_dates


def elections(facts: Facts, grant: Grant) -> Iterator[Due]:
    """The last day of each election under IRC 83(b), for shares exercised before they vest."""
    early = [lot for lot in facts.lots if lot.grant_label == grant.label and lot.exercised_early]
    for day, lots in grouped(early, lambda lot: deadline_83b(lot.acquired)).items():
        parts = grouped(lots, lambda lot: (not lot.election_83b, lot.acquired, lot.kind))
        detail = " ".join(_election(part) for _, part in sorted(parts.items()))
        source = "IRC 83(b)(2); Treas. Reg. 1.83-2(b); IRC 7503"
        yield Due(day, "83(b) election", grant.label, f"{grant.label}: last day for the 83(b) election", detail, source)


def _election(lots: list[Lot]) -> str:
    lot = lots[0]
    what = f"{shares_of(_total(lots))} exercised on {lot.acquired} before vesting"
    income = "AMT income" if lot.kind == "ISO" else "wages"
    if lot.election_83b:
        regular = " For the regular tax it changes nothing." if lot.kind == "ISO" else ""
        return (
            f"File Form 15620 for {what}, online in an IRS account or by mail with this day's postmark at the latest, "
            f"and give the company a copy. It cannot be made later. It sets the {income} to the spread at exercise, "
            f"and vesting adds none.{regular}"
        )
    return (
        f"No election is planned for {what}, and after this day none can be made: the spread is then {income} as they "
        "vest, at the value of that day."
    )


def needless_elections(facts: Facts) -> Iterator[str]:
    """A sentence for each planned election whose shares have vested, so that there is nothing to elect."""
    early = {(lot.grant_label, lot.acquired) for lot in facts.lots if lot.exercised_early}
    acquired = {(lot.grant_label, lot.acquired) for lot in facts.lots}
    for exercise in facts.portfolio.exercises:
        if exercise.election_83b and (exercise.grant, exercise.day) in acquired - early:
            yield (
                f"{exercise.grant}: the shares exercised on {exercise.day} are vested that day, and an 83(b) election "
                "has no place."
            )


def holding_periods(facts: Facts, grant: Grant) -> Iterator[Due]:
    """The first days of long-term gain and of a qualifying sale, for the shares still held then."""
    lots = [lot for lot in facts.lots if lot.grant_label == grant.label]
    ends: list[tuple[Kind, date, Lot]] = []
    for lot in lots:
        qualifies, long_term = qualifying_day(lot), long_term_day(lot)
        if qualifies is not None and facts.held(lot, qualifies):
            ends.append(("qualifying", qualifies, lot))
        if (qualifies is None or long_term < qualifies) and facts.held(lot, long_term):
            ends.append(("long-term", long_term, lot))
    for (kind, day), together in grouped(ends, lambda end: end[:2]).items():
        due = [lot.of(facts.held(lot, day)) for _, _, lot in together]
        say = _qualifying if kind == "qualifying" else _long_term
        yield say(grant, day, due)


def _qualifying(grant: Grant, day: date, lots: list[Lot]) -> Due:
    sentences = [
        f"Granted on {lots[0].grant_date}, exercised on {_days(lots)}.",
        "All gain over the strike is then long-term capital gain, and none is wages.",
    ]
    if unvested := [lot for lot in lots if lot.vested > day]:
        sentences.append(f"{shares_of(_total(unvested))} have not vested by then and can be sold only when they have.")
    if later := {amt_day for lot in lots if (amt_day := first_long_term_day(lot.income_day)) > day}:
        sentences.append(f"For the AMT, without an election, their gain is long-term from {listed(sorted(later))}.")
    title = f"{grant.label}: {shares_of(_total(lots))} can be sold in a qualifying sale"
    return Due(day, "qualifying", grant.label, title, " ".join(sentences), "IRC 422(a)(1)")


def _long_term(grant: Grant, day: date, lots: list[Lot]) -> Due:
    by_vesting = [lot for lot in lots if lot.kind == "RSU" or _clock(lot) > lot.acquired]
    since = listed(sorted({_clock(lot) for lot in lots}))
    sentences = [
        f"Held for more than one year since {since}, when they {'vested' if by_vesting else 'were exercised'}."
    ]
    qualifies = sorted({first for lot in lots if (first := qualifying_day(lot))})
    if qualifies:
        sentences.append(
            "Gain over the value of that day is long-term. The spread below it is still wages in a sale before "
            f"{listed(qualifies)}, when sales are qualifying ones."
        )
    else:
        sentences.append("Gain over their basis, which includes the wages taxed, is long-term.")
    source = "IRC 1222(3); Treas. Reg. 1.422-1(b)(3)" if qualifies and by_vesting else "IRC 1222(3)"
    title = f"{grant.label}: gain on {shares_of(_total(lots))} is long-term from now on"
    return Due(day, "long-term", grant.label, title, " ".join(sentences), source)


def _clock(lot: Lot) -> date:
    """The day from which `long_term_day` counts."""
    return lot.vested if lot.kind == "ISO" else lot.income_day


def small_business_stock(facts: Facts, grant: Grant) -> Iterator[Due]:
    """The holding dates of IRC 1202 for a grant marked as qualified small business stock."""
    lots = [lot for lot in facts.lots if lot.grant_label == grant.label and lot.qualified_small_business]
    ends: list[tuple[HoldingDate, Lot]] = [
        (end, lot) for lot in lots for end in holding_dates(lot.acquired) if facts.held(lot, end.day)
    ]
    for day, together in grouped(ends, lambda end: end[0].day).items():
        due = [lot.of(facts.held(lot, day)) for _, lot in together]
        parts = grouped(together, lambda end: end[0].fraction)
        fractions = listed(f"{fraction:.0%}" for fraction in sorted(parts))
        sentences = [
            f"Exercised on {_days(due)}.",
            f"If they are qualified small business stock, {fractions} of the gain may be excluded from this day on.",
            "xl-amt does not figure the exclusion.",
        ]
        if any(lot.exercised_early for lot in due):
            sentences.append("For shares exercised before vesting, it is not settled that the exercise counts.")
        title = f"{grant.label}: {shares_of(_total(due))} reach a holding period of small business stock"
        yield Due(day, "small business stock", grant.label, title, " ".join(sentences), "IRC 1202(a)")


def year_end(facts: Facts, year: int, lock_up_ends: date | None) -> Iterator[Due]:
    """The last day on which a sale takes the spread of this year's ISO shares out of the AMT."""
    day = date(year, 12, 31)
    lots = [
        lot.of(held)
        for lot in facts.lots
        if lot.kind == "ISO" and lot.income_day.year == year and lot.vested <= day
        if (held := facts.held(lot, day)) and (qualifying_day(lot) or day) > day
        if facts.spread(lot) != 0.0
    ]
    if not lots:
        return
    spreads = [facts.spread(lot) for lot in lots]
    amount = "" if None in spreads else f" of {sum(filter(None, spreads)):,.2f}"
    sentences = [
        f"{_of_grants(lots)}: sold by this day, the trade date, their spread{amount} is no AMT income of {year}.",
        "It is wages instead, at most the gain.",
        "Do not buy or exercise within 30 days of a sale below the value at exercise: all of it is then wages.",
    ]
    if lock_up_ends and lock_up_ends > day:
        sentences.append(f"The lock-up until {lock_up_ends} stands against it.")
    title = "Last day to sell this year's ISO shares and owe no AMT on them"
    yield Due(day, "year end", "", title, " ".join(sentences), "IRC 56(b)(3), 422(c)(2); Form 6251 line 2i")


def lock_up(facts: Facts, day: date) -> Due:
    """The end of a lock-up, and what can be sold in which way by then."""
    held = [lot.of(shares) for lot in facts.lots if lot.acquired <= day and (shares := facts.held(lot, day))]
    by_way = grouped(held, lambda lot: _way_of_sale(lot, day))
    sentences = [f"{way}: {_of_grants(by_way[way])}." for way in sorted(by_way)]
    if unvested := [lot for lot in held if lot.vested > day]:
        sentences.append(f"Of these, not yet vested: {_of_grants(unvested)}.")
    detail = " ".join(sentences) or "No shares are held by then as far as exercises are given."
    return Due(day, "lock-up", "", "The lock-up ends", detail, "IRC 422(a)(1), 1222(3)")


def _way_of_sale(lot: Lot, day: date) -> str:
    qualifies = qualifying_day(lot)
    if qualifies is not None and qualifies <= day:
        return "Can be sold in a qualifying sale"
    term = "Long-term" if long_term_day(lot) <= day else "Short-term"
    return term if qualifies is None else f"{term} and disqualifying"


def _of_grants(lots: list[Lot]) -> str:
    by_grant = grouped(lots, lambda lot: lot.grant_label)
    return listed(f"{shares_of(_total(part))} of {label}" for label, part in by_grant.items())


def _total(lots: Iterable[Lot]) -> float:
    return sum(lot.shares for lot in lots)


def _days(lots: Iterable[Lot]) -> str:
    return listed(sorted({lot.acquired for lot in lots}))
