"""Days of the grants themselves: vesting, expiration, and both clocks after employment has ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xl_amt.calendar.due import Due, FollowedPortfolio
from xl_amt.days import last_business_day
from xl_amt.equity.flags import term_of_no_iso
from xl_amt.equity.grants import Grant
from xl_amt.equity.lots import Lot
from xl_amt.equity.portfolio import Termination
from xl_amt.equity.termination import last_day_as_iso, last_day_by_plan
from xl_amt.equity.words import day_of_the_week, dollars, grouped, listed, price_of, shares_of, why_closed


def vesting_days(followed: FollowedPortfolio, grant: Grant) -> Iterator[Due]:
    """Each day on which shares vest: options, units, and shares exercised before."""
    tranches = followed.vesting(grant)
    early = [lot for lot in followed.lots_of(grant.label) if lot.exercised_early]
    for day, together in grouped(tranches, lambda tranche: tranche.vests).items():
        shares = sum(tranche.shares for tranche in together)
        exercised = [lot for lot in early if lot.vested == day]
        options = shares - sum(lot.shares for lot in exercised)
        sentences = []
        if grant.option_type == "RSU":
            sentences.append(_units_vest(followed, shares, day))
        elif options:
            what = shares_of(options) if exercised else "They"
            could = ", as they could before they vested" if grant.early_exercisable else ""
            sentences.append(f"{what} can be exercised at {price_of(grant.strike)} a share{could}.")
        alike = grouped(exercised, lambda lot: (lot.acquired, lot.kind, lot.election_83b))
        sentences += [_lots_vest(lots) for lots in alike.values()]
        if later := sum(tranche.shares for tranche in tranches if tranche.vests > day):
            sentences.append(f"{later:,} vest later.")
        is_income = grant.option_type == "RSU" or any(lot.income_day == day for lot in exercised)
        if shares:
            yield Due(
                day,
                "vesting",
                grant.label,
                f"{grant.label}: {shares_of(shares)} vest{'s' if shares == 1 else ''}",
                " ".join(sentences),
                "IRC 83(a)" if is_income else "",
                0 if grant.option_type == "RSU" or exercised else int(shares),
            )


def _units_vest(followed: FollowedPortfolio, shares: float, day: date) -> str:
    known = followed.portfolio.last_value(day)
    amount = ""
    if known:
        value = f"{price_of(known[1])} a share" + ("" if known[0] == day else f", the value of {known[0]}")
        amount = f" ({dollars(shares * known[1])} at {value})"
    return f"Their value this day{amount} is wages; the tax withheld may be less than the tax on it."


def _lots_vest(lots: list[Lot]) -> str:
    lot, shares = lots[0], sum(lot.shares for lot in lots)
    what = f"{shares_of(shares)} exercised early on {lot.acquired} can be sold from this day on"
    if lot.election_83b:
        return f"{what}; with the 83(b) election, vesting adds no income."
    income = "AMT income" if lot.kind == "ISO" else "wages"
    return f"{what}; without an 83(b) election, their value this day less the strike is {income} of {lot.vested.year}."


def last_days(followed: FollowedPortfolio, grant: Grant) -> Iterator[Due]:
    """The last days to exercise the options of a grant, by its term, by the plan and as ISOs."""
    if grant.option_type == "RSU":
        return
    termination, last_day = followed.portfolio.termination, grant.last_day
    if termination is None or (last_day is not None and last_day <= termination.day):
        yield from _expiration(followed, grant)
        return
    by_plan = last_day_by_plan(grant, termination) if grant.exercise_window else None
    if by_plan is None:
        yield from _expiration(followed, grant, "The plan may end them sooner, since employment has ended.")
    elif by_plan == last_day:
        yield from _expiration(followed, grant, _as_isos(grant, termination, by_plan))
    else:
        yield from _plan_window(followed, grant, termination, by_plan)
    yield from _iso_window(followed, grant, termination, by_plan)


def _expiration(followed: FollowedPortfolio, grant: Grant, besides: str = "") -> Iterator[Due]:
    day = grant.last_day
    title, detail = "last day of its options", "What is not exercised by then is lost."
    if grant.expiration_date is None:
        title = "its ISOs have ended by this day"
        detail = "Their expiration date is not known and may be earlier: ask for it now. No ISO lasts longer."
    if day is not None and (left := _left_on(followed, grant, day)):
        source = "IRC 422(b)(3)" if grant.option_type == "ISO" else ""
        whole = _sentences(f"{left} left to exercise.", _sooner(day), detail, besides)
        yield Due(day, "expiration", grant.label, f"{grant.label}: {title}", whole, source)


def _left_on(followed: FollowedPortfolio, grant: Grant, day: date) -> str:
    """The options that are left on a day, in words; "" for none."""
    known, undated = followed.options_left(grant, day), followed.undated_unvested(grant)
    if not undated:
        return shares_of(known) if known else ""
    return f"{shares_of(known)}, and what has vested of {undated:,} whose vesting dates are not known,"


def _sooner(day: date) -> str:
    """That a last day to exercise is not a business day: IRC 7503 moves acts for the IRS, and no exercise."""
    closed, business_day = why_closed(day), last_business_day(day)
    return f"It is {closed}: exercise by {day_of_the_week(business_day)}, {business_day}." if closed else ""


def _sentences(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def _plan_window(followed: FollowedPortfolio, grant: Grant, termination: Termination, by_plan: date) -> Iterator[Due]:
    if left := _left_on(followed, grant, by_plan):
        detail = _sentences(
            f"{left} left to exercise.",
            _sooner(by_plan),
            f"Employment ends on {termination.day}, and the plan's window of {grant.exercise_window} on this day: what "
            "is not exercised is lost.",
            _as_isos(grant, termination, by_plan),
        )
        source = ""
        if grant.option_type == "ISO":
            source = "IRC 421(c)(1)(A)" if termination.reason == "death" else "IRC 422(a)(2)"
        title = f"{grant.label}: last day to exercise under the plan"
        yield Due(by_plan, "plan window", grant.label, title, detail, source)


def _as_isos(grant: Grant, termination: Termination, last_day: date) -> str:
    """What the law's time to exercise as ISOs means for the last day of the options."""
    if grant.option_type != "ISO":
        return ""
    as_iso = last_day_as_iso(termination)
    if as_iso is None:
        return "After a death, the law sets no other deadline for ISOs."
    if as_iso < last_day:
        return f"An exercise after {as_iso} is an exercise of NSOs: the spread is wages."
    return f"The law would treat them as ISOs until {as_iso}, but that does not extend the plan's window."


def _iso_window(
    followed: FollowedPortfolio, grant: Grant, termination: Termination, by_plan: date | None
) -> Iterator[Due]:
    day = last_day_as_iso(termination) if grant.option_type == "ISO" else None
    ends = by_plan or grant.last_day
    if day is None or (ends is not None and ends <= day):
        return
    left = _left_on(followed, grant, day)
    if not left:
        return
    time = "one year, after a disability," if termination.reason == "disability" else "three months"
    until = f" until {by_plan}" if by_plan else ", if the plan allows it at all,"
    yield Due(
        day,
        "ISO window",
        grant.label,
        f"{grant.label}: last day to exercise as ISOs",
        _sentences(
            f"{left} left to exercise.",
            _sooner(day),
            f"The law allows {time} from the end of employment on {termination.day}. An exercise after this day{until} "
            "is an exercise of NSOs: the spread is wages, with tax withheld, and not AMT income.",
        ),
        "IRC 422(c)(6)" if termination.reason == "disability" else "IRC 422(a)(2)",
    )


def what_to_ask(followed: FollowedPortfolio) -> Iterator[str]:
    """Sentences on the facts that the grants do not state, and on which a last day hangs."""
    termination = followed.portfolio.termination
    open_grants = [
        grant
        for grant in followed.grants
        if grant.option_type != "RSU" and _left_on(followed, grant, grant.expiration_date or date.max)
    ]
    if endless := [grant for grant in open_grants if grant.expiration_date is None]:
        latest = [f"{grant.label} on {day}" for grant in endless if (day := grant.last_day)]
        by_law = f" By law, ISOs end no later than: {listed(latest)}." if latest else ""
        yield f"Ask when the options of {listed(grant.label for grant in endless)} expire.{by_law}"
    windowless = [
        grant.label
        for grant in open_grants
        if termination and not grant.exercise_window and (grant.last_day or date.max) > termination.day
    ]
    if termination and windowless:
        common = "; 90 days is common" if termination.reason == "ended" else ""
        yield (
            f"Ask how long the plan allows the options of {listed(windowless)} to be exercised after employment ended "
            f"on {termination.day}{common}."
        )


def terms_of_no_iso(followed: FollowedPortfolio) -> Iterator[str]:
    """A sentence on each grant whose options may be exercised for longer than an ISO may be."""
    for grant in followed.portfolio.grants:
        yield from term_of_no_iso(grant)
