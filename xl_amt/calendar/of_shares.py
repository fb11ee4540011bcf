"""Days of the shares that are held: elections, holding periods, year-end, and the end of a lock-up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from xl_amt.calendar.due import Due, FollowedPortfolio, Kind
from xl_amt.days import (
    deadline_83b,
    first_long_term_day,
    is_wash_sale_window,
    last_business_day,
    last_weekday,
    thirtieth_day,
)
from xl_amt.equity.lots import Lot
from xl_amt.equity.small_business import holding_dates
from xl_amt.equity.words import day_of_the_week, grouped, listed, shares_of, why_closed

_ONE_DAY: Final = timedelta(days=1)


def elections(followed: FollowedPortfolio, label: str) -> Iterator[Due]:
    """The last day of each election under IRC 83(b), for shares exercised before they vest."""
    early = [lot for lot in followed.lots_of(label) if lot.exercised_early]
    for day, lots in grouped(early, lambda lot: deadline_83b(lot.acquired)).items():
        parts = grouped(lots, lambda lot: (not lot.election_83b, lot.acquired, lot.kind))
        detail = " ".join(_election(part) for _, part in sorted(parts.items()))
        source = "IRC 83(b)(2); Treas. Reg. 1.83-2(b); IRC 7503"
        yield Due(day, "83(b) election", label, f"{label}: last day for the 83(b) election", detail, source)


def _election(lots: list[Lot]) -> str:
    lot = lots[0]
    what = f"{shares_of(_total(lots))} exercised on {lot.acquired} before vesting"
    income = "AMT income" if lot.kind == "ISO" else "wages"
    if lot.election_83b:
        regular = " For the regular tax it changes nothing." if lot.kind == "ISO" else ""
        return (
            f"File Form 15620 for {what}, online in an IRS account or by mail postmarked by this day, and give the "
            f"company a copy. It cannot be made later.{_thirtieth_day(lot)} It sets the {income} to the spread at "
            f"exercise, and vesting adds none.{regular}"
        )
    return (
        f"No election is planned for {what}, and after this day none can be made.{_thirtieth_day(lot)} The spread is "
        f"then {income} as they vest, at the value of that day."
    )


def _thirtieth_day(lot: Lot) -> str:
    """That the law has moved the last day, so nobody takes it for a mistake."""
    day = thirtieth_day(lot.acquired)
    closed, safe = why_closed(day), last_business_day(day)
    return f" The 30th day, {day}, is {closed}: filing by {day_of_the_week(safe)}, {safe}, is safest." if closed else ""


def needless_elections(followed: FollowedPortfolio) -> Iterator[str]:
    """A sentence for each planned election whose shares have vested, so there is nothing to elect."""
    early = {(lot.grant_label, lot.acquired) for lot in followed.lots if lot.exercised_early}
    acquired = {(lot.grant_label, lot.acquired) for lot in followed.lots}
    for exercise in followed.portfolio.exercises:
        if exercise.election_83b and (exercise.grant, exercise.day) in acquired - early:
            yield (
                f"{exercise.grant}: the shares exercised on {exercise.day} are vested that day, so an 83(b) election "
                "does not apply."
            )


def holding_periods(followed: FollowedPortfolio, label: str) -> Iterator[Due]:
    """The first days of long-term gain and of a qualifying sale, for the shares still held then."""
    ends: list[tuple[Kind, date, Lot]] = []
    for lot in followed.lots_of(label):
        qualifies, long_term = lot.qualifying_day, lot.long_term_day
        if qualifies is not None and followed.held(lot, qualifies):
            ends.append(("qualifying", qualifies, lot))
        if (qualifies is None or long_term < qualifies) and followed.held(lot, long_term):
            ends.append(("long-term", long_term, lot))
    for (kind, day), together in grouped(ends, lambda end: end[:2]).items():
        lots = [lot.of(followed.held(lot, day)) for _, _, lot in together]
        yield _qualifying(followed, label, day, lots) if kind == "qualifying" else _long_term(label, day, lots)


def _qualifying(followed: FollowedPortfolio, label: str, day: date, lots: list[Lot]) -> Due:
    sentences = [
        f"Granted on {lots[0].grant_date or 'a day that is not known'}, exercised on {_days(lots)}.",
        "All gain over the strike is then long-term capital gain, and none is wages.",
    ]
    if stays := [lot for lot in lots if lot.income_day.year == day.year and followed.spread(lot) != 0.0]:
        sentences.append(
            f"The spread{followed.spread_of(stays)} of {shares_of(_total(stays))} vesting in {day.year} stays AMT "
            f"income of {day.year} from this day on, sold or not."
        )
    if unvested := [lot for lot in lots if lot.vested > day]:
        sentences.append(f"Not vested by then, and not to be sold until they are: {shares_of(_total(unvested))}.")
    if later := {amt_day for lot in lots if (amt_day := first_long_term_day(lot.income_day)) > day}:
        sentences.append(f"For the AMT, without an election, their gain is long-term from {listed(sorted(later))}.")
    source = "IRC 422(a)(1); 56(b)(3), 422(c)(2)" if stays else "IRC 422(a)(1)"
    title = f"{label}: {shares_of(_total(lots))} can be sold in a qualifying sale"
    return Due(day, "qualifying", label, title, " ".join(sentences), source)


def _long_term(label: str, day: date, lots: list[Lot]) -> Due:
    by_vesting = [lot for lot in lots if lot.kind == "RSU" or lot.clock > lot.acquired]
    since = listed(sorted({lot.clock for lot in lots}))
    sentences = [
        f"Held for more than one year since {since}, when they {'vested' if by_vesting else 'were exercised'}."
    ]
    qualifies = sorted({first for lot in lots if (first := lot.qualifying_day)})
    if qualifies:
        sentences.append(
            "Gain over the value of that day is long-term. The spread below it is still wages in a sale before "
            f"{listed(qualifies)}, when sales become qualifying."
        )
    else:
        sentences.append("Gain over their basis, which includes the wages taxed, is long-term.")
    source = "IRC 1222(3); Treas. Reg. 1.422-1(b)(3)" if qualifies and by_vesting else "IRC 1222(3)"
    title = f"{label}: gain on {shares_of(_total(lots))} is long-term from now on"
    return Due(day, "long-term", label, title, " ".join(sentences), source)


def small_business_stock(followed: FollowedPortfolio, label: str) -> Iterator[Due]:
    """The holding dates of IRC 1202 for a grant marked as qualified small business stock."""
    ends = [
        (end, start, lot)
        for lot in followed.lots_of(label)
        if lot.qualified_small_business
        for start in _acquired_for_1202(lot)
        for end in holding_dates(start)
        if followed.held(lot, end.day)
    ]
    for day, together in grouped(ends, lambda end: end[0].day).items():
        parts = grouped(together, lambda end: (end[1], end[1] > end[2].acquired or end[2].kind == "RSU"))
        sentences = []
        for (start, by_vesting), part in sorted(parts.items()):
            shares = shares_of(sum(followed.held(lot, day) for _, _, lot in part))
            sentences.append(
                f"{shares} {'vested' if by_vesting else 'exercised'} on {start}: if they are qualified small business "
                f"stock, {part[0][0].fraction:.0%} of the gain may be excluded from this day on."
            )
        sentences.append("xl-amt does not figure the exclusion.")
        lots = {lot.key: lot.of(followed.held(lot, day)) for _, _, lot in together}.values()
        if any(len(_acquired_for_1202(lot)) > 1 for lot in lots):
            sentences.append(
                "For ISO shares exercised before vesting it is not settled whether the exercise or vesting counts: "
                "both dates are entered."
            )
        title = f"{label}: a holding period of small business stock ends for {shares_of(_total(lots))}"
        yield Due(day, "small business stock", label, title, " ".join(sentences), "IRC 1202(a)")


def _acquired_for_1202(lot: Lot) -> tuple[date, ...]:
    """The day of the income (H. Conf. Rep. 103-213, 526); of an ISO the exercise, and vesting if that is later."""
    if lot.kind != "ISO":
        return (lot.income_day,)
    return (lot.acquired, lot.vested) if lot.exercised_early else (lot.acquired,)


def year_end(followed: FollowedPortfolio, year: int, lock_up_ends: date | None) -> Iterator[Due]:
    """The last days on which a sale takes the spread of this year's ISO shares out of the AMT.

    Such a sale is disqualifying, and of the year of the AMT income (IRC 56(b)(3), 422(c)(2)). Of shares exercised
    early that vest in the year in which their sale becomes qualifying, the last day is before that.
    """
    isos = [lot for lot in followed.lots if lot.kind == "ISO" and lot.income_day.year == year]
    of_spread = [lot for lot in isos if followed.spread(lot) != 0.0]
    for day, together in grouped(of_spread, lambda lot: last_weekday(_last_day_out_of_the_amt(lot))).items():
        lots = [lot.of(held) for lot in together if lot.vested <= day and (held := followed.held(lot, day))]
        if lots:
            yield _year_end(followed, day, lots, lock_up_ends)


def _last_day_out_of_the_amt(lot: Lot) -> date:
    assert lot.qualifying_day is not None  # it is an ISO
    return min(date(lot.income_day.year, 12, 31), lot.qualifying_day - _ONE_DAY)


def _year_end(followed: FollowedPortfolio, day: date, lots: list[Lot], lock_up_ends: date | None) -> Due:
    spread = f"their spread{followed.spread_of(lots)}"
    sentences = [
        f"{_of_grants(lots)}: sold by this day, {spread} is not AMT income of {day.year}.",
        "It is wages instead, but no more than the gain. The trade date controls.",
    ]
    for last_day in sorted({_last_day_out_of_the_amt(lot) for lot in lots}):
        if last_day < date(day.year, 12, 31):
            sentences.append(f"A sale after {last_day} is qualifying: the spread stays AMT income, sold or not.")
        if last_day != day:
            sentences.append(
                f"{last_day} is a {day_of_the_week(last_day)}: the trade must be made by {day_of_the_week(day)}, {day}."
            )
    sentences.append(
        "Do not buy, exercise or let stock units vest within 30 days before or after a sale below the value at "
        "exercise: all of the spread is then wages."
    )
    if near := list(_acquired_near(followed, day, lots)):
        sentences.append(f"Within 30 days of this day: {listed(near)}.")
    if lock_up_ends and lock_up_ends > day:
        sentences.append(f"The lock-up until {lock_up_ends} prevents it.")
    title = "Last day to sell this year's ISO shares and owe no AMT on them"
    return Due(day, "year end", "", title, " ".join(sentences), "IRC 56(b)(3), 422(c)(2), 1091; Form 6251 line 2i")


def _acquired_near(followed: FollowedPortfolio, day: date, sold: list[Lot]) -> Iterator[str]:
    """What is acquired within 30 days of a sale besides the shares sold, in words (IRC 1091)."""
    exercises = {(lot.acquired, lot.subject) for lot in followed.lots if lot.kind != "RSU"}
    near = [
        (acquired, label)
        for acquired, label in sorted(exercises)
        if any((lot.acquired, lot.subject) != (acquired, label) for lot in sold)
        if is_wash_sale_window(acquired, day)
    ]
    for acquired, of_day in grouped(near, lambda one: one[0]).items():
        yield f"the exercise of {listed(label for _, label in of_day)} on {acquired}"
    for grant in followed.grants:
        for tranche in followed.vesting(grant) if grant.option_type == "RSU" else ():
            if is_wash_sale_window(tranche.vests, day):
                yield f"the vesting of {grant.label} on {tranche.vests}"


def lock_up(followed: FollowedPortfolio, day: date) -> Due:
    """The end of a lock-up, and what can be sold in which way by then."""
    held = [lot.of(shares) for lot in followed.lots if lot.acquired <= day and (shares := followed.held(lot, day))]
    by_way = grouped(held, lambda lot: _way_of_sale(lot, day))
    sentences = [f"{way}: {_of_grants(by_way[way])}." for way in sorted(by_way)]
    if unvested := [lot for lot in held if lot.vested > day]:
        sentences.append(f"Of these, not yet vested: {_of_grants(unvested)}.")
    detail = " ".join(sentences) or "No shares are held by then, based on the exercises entered."
    return Due(day, "lock-up", "", "The lock-up ends", detail, "IRC 422(a)(1), 1222(3)")


def _way_of_sale(lot: Lot, day: date) -> str:
    qualifies = lot.qualifying_day
    if qualifies is not None and qualifies <= day:
        return "Can be sold in a qualifying sale"
    term = "Long-term" if lot.long_term_day <= day else "Short-term"
    return term if qualifies is None else f"{term} and disqualifying"


def _of_grants(lots: list[Lot]) -> str:
    by_grant = grouped(lots, lambda lot: lot.subject)
    return listed(f"{shares_of(_total(part))} of {label}" for label, part in by_grant.items())


def _total(lots: Iterable[Lot]) -> float:
    return sum(lot.shares for lot in lots)


def _days(lots: Iterable[Lot]) -> str:
    return listed(sorted({lot.acquired for lot in lots}))
