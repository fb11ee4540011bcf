"""Days of the grants themselves: vesting, expiration, and both clocks after the work has ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xl_amt.equity.calendar.due import Due, Facts, grouped, listed, price_of, shares_of
from xl_amt.equity.dates import add_months
from xl_amt.equity.grants import Grant
from xl_amt.equity.lots import Lot
from xl_amt.equity.portfolio import Termination
from xl_amt.equity.termination import last_day_as_iso, last_day_by_plan
from xl_amt.law.incentive_stock_options import incentive_stock_option_law


def vesting_days(facts: Facts, grant: Grant) -> Iterator[Due]:
    """Each day on which shares vest: options, units, and shares exercised before."""
    tranches = facts.vesting(grant.label)
    early = [lot for lot in facts.lots if lot.grant_label == grant.label and lot.exercised_early]
    for day, together in grouped(tranches, lambda tranche: tranche.vests).items():
        shares = sum(tranche.shares for tranche in together)
        exercised = [lot for lot in early if lot.vested == day]
        options = shares - sum(lot.shares for lot in exercised)
        sentences = []
        if grant.option_type == "RSU":
            sentences.append(_units_vest(facts, shares, day))
        elif options:
            what = shares_of(options) if exercised else "They"
            could = ", as they could before they vested" if grant.early_exercisable else ""
            sentences.append(f"{what} can be exercised at {price_of(grant.strike)} a share{could}.")
        sentences += [_lot_vests(lot) for lot in exercised]
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
            )


def _units_vest(facts: Facts, shares: float, day: date) -> str:
    known = facts.portfolio.last_value(day)
    amount = ""
    if known:
        value = f"{price_of(known[1])} a share" + ("" if known[0] == day else f", the value of {known[0]}")
        amount = f" ({shares * known[1]:,.2f} at {value})"
    return f"Their value this day{amount} is wages; what is withheld may be less than the tax on it."


def _lot_vests(lot: Lot) -> str:
    what = f"{shares_of(lot.shares)} exercised early on {lot.acquired} can be sold from this day on"
    if lot.election_83b:
        return f"{what}; with the 83(b) election, vesting adds no income."
    income = "AMT income" if lot.kind == "ISO" else "wages"
    return f"{what}; without an 83(b) election, their value this day less the strike is {income} of {lot.vested.year}."


def last_days(facts: Facts, grant: Grant) -> Iterator[Due]:
    """The last days to exercise the options of a grant, by its term, by the plan and as ISOs."""
    if grant.option_type == "RSU":
        return
    termination, expires = facts.portfolio.termination, grant.expiration_date
    if termination is None or (expires is not None and expires <= termination.day):
        yield from _expiration(facts, grant)
        return
    by_plan = last_day_by_plan(grant, termination) if grant.exercise_window else None
    if by_plan is None:
        yield from _expiration(facts, grant, "The plan may end them sooner, since the work has ended.")
    else:
        yield from _plan_window(facts, grant, termination, by_plan)
    yield from _iso_window(facts, grant, termination, by_plan)


def _expiration(facts: Facts, grant: Grant, besides: str = "") -> Iterator[Due]:
    day = grant.expiration_date
    title, detail = "last day of its options", "What is not exercised by then is lost."
    if day is None:
        day = latest_expiration(grant)
        title = "its ISOs have ended by this day"
        detail = "The day on which they expire is not known and may be earlier: ask for it now. No ISO goes further."
    if day is not None and (left := _left_on(facts, grant, day)):
        source = "IRC 422(b)(3)" if grant.option_type == "ISO" else ""
        whole = f"{left} left to exercise. {detail} {besides}".rstrip()
        yield Due(day, "expiration", grant.label, f"{grant.label}: {title}", whole, source)


def latest_expiration(grant: Grant) -> date | None:
    """The last day on which an ISO may be exercised by law; None for other awards, and where no grant date is known."""
    if grant.option_type != "ISO" or grant.grant_date is None:
        return None
    law = incentive_stock_option_law()
    years = law.ten_percent_owner_years if grant.ten_percent_owner else law.years_to_exercise
    return add_months(grant.grant_date, 12 * years)


def _left_on(facts: Facts, grant: Grant, day: date) -> str:
    """The options that are left on a day, in words; "" for none."""
    known, undated = facts.options_left(grant, day), facts.undated_shares.get(grant.label, 0)
    if not undated:
        return shares_of(known) if known else ""
    return f"{shares_of(known)}, and what has vested of {undated:,} whose vesting days are not known,"


def _plan_window(facts: Facts, grant: Grant, termination: Termination, by_plan: date) -> Iterator[Due]:
    left = _left_on(facts, grant, by_plan)
    detail = (
        f"{left} left to exercise. The work ends on {termination.day}, the plan's window of {grant.exercise_window} on "
        "this day: what is not exercised is lost."
    )
    source = ""
    if grant.option_type == "ISO":
        source, as_iso = "IRC 422(a)(2)", last_day_as_iso(termination)
        if as_iso is None:
            source = "IRC 421(c)(1)(A)"
            detail += " After a death the law sets ISOs no other end."
        elif as_iso < by_plan:
            detail += f" An exercise after {as_iso} is one of NSOs: the spread is wages."
        else:
            detail += f" The law would let them be ISOs until {as_iso}, but that does not prolong the plan's window."
    if left:
        title = f"{grant.label}: last day to exercise under the plan"
        yield Due(by_plan, "plan window", grant.label, title, detail, source)


def _iso_window(facts: Facts, grant: Grant, termination: Termination, by_plan: date | None) -> Iterator[Due]:
    day = last_day_as_iso(termination) if grant.option_type == "ISO" else None
    ends = by_plan or grant.expiration_date
    if day is None or (ends is not None and ends <= day):
        return
    left = _left_on(facts, grant, day)
    if not left:
        return
    time = "one year, after a disability" if termination.reason == "disability" else "three months"
    until = f" until {by_plan}" if by_plan else ", if the plan allows it at all,"
    yield Due(
        day,
        "ISO window",
        grant.label,
        f"{grant.label}: last day to exercise as ISOs",
        f"{left} left to exercise. The law's time is {time} from the end of the work on {termination.day}. An exercise "
        f"after this day{until} is one of NSOs: the spread is wages, with tax withheld, and no AMT income.",
        "IRC 422(c)(6)" if termination.reason == "disability" else "IRC 422(a)(2)",
    )


def what_to_ask(facts: Facts, last_day: date) -> Iterator[str]:
    """Sentences on the facts that the grants do not state, and on which a last day hangs."""
    termination = facts.portfolio.termination
    open_grants = [
        grant
        for grant in facts.grants
        if grant.option_type != "RSU" and _left_on(facts, grant, grant.expiration_date or last_day)
    ]
    if endless := [grant for grant in open_grants if grant.expiration_date is None]:
        latest = [f"{grant.label} on {day}" for grant in endless if (day := latest_expiration(grant))]
        by_law = f" The law ends ISOs at the latest: {listed(latest)}." if latest else ""
        yield f"Ask when the options of {listed(grant.label for grant in endless)} expire.{by_law}"
    if termination and (windowless := [grant.label for grant in open_grants if not grant.exercise_window]):
        yield (
            f"Ask how long the plan lets the options of {listed(windowless)} be exercised after the work has ended on "
            f"{termination.day}; 90 days are common."
        )
