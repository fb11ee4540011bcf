"""The grants of a plan made from a client's holdings: what is left of each part, when it vests, and until when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final, NamedTuple

from xl_amt.equity.grants import Grant, OptionType
from xl_amt.equity.ledger import History
from xl_amt.equity.portfolio import Portfolio, Termination
from xl_amt.equity.termination import last_day_as_iso, last_day_by_plan
from xl_amt.planning.plan.question import PlanGrant

_ONE_DAY: Final = timedelta(days=1)


class OptionsOf(NamedTuple):
    """Which options of the record a grant of the plan is: the holding's place, the grant's label and its part."""

    holding: int
    grant: str
    option_type: OptionType
    last_day: date | None
    first_day: date | None = None  # of an NSO that was an ISO: the first day on which it is none


_Made = tuple[PlanGrant, OptionsOf]


class HeldOptions(NamedTuple):
    """A portfolio without its planned steps, followed to the end of the plan."""

    place: int
    name: str
    portfolio: Portfolio
    history: History


def grants_of(
    holdings: Sequence[HeldOptions], of_years: Sequence[int], first_day: date
) -> tuple[list[PlanGrant], dict[str, OptionsOf]]:
    """The grants of all holdings, and by their labels the options behind them.

    What can no longer be exercised on the first day is left out; an ISO that is none by then is an NSO.
    """
    grants: list[PlanGrant] = []
    options: dict[str, OptionsOf] = {}
    for holding in holdings:
        for grant, option_type in _parts(holding):
            made = _alive(holding, grant, option_type, of_years, first_day)
            if made is None and option_type == "ISO":
                made = _later_nso(holding, grant, of_years, first_day, None)
            if made:
                own, of = made
                if len(holdings) > 1:
                    own = replace(own, label=f"{holding.name}: {own.label}")
                grants.append(own)
                options[own.label] = of
    return grants, options


def nsos_after_work(holdings: Sequence[HeldOptions], options: Mapping[str, OptionsOf]) -> list[str]:
    """A sentence for each ISO that can be exercised as an NSO once the work and the law's time for ISOs are over."""
    sentences = []
    for label, of in options.items():
        holding = next(own for own in holdings if own.place == of.holding)
        termination = holding.portfolio.termination
        if termination is None or of.option_type != "ISO" or of.last_day is None:
            continue
        ends = _last_day_once_iso(holding.portfolio.grant(of.grant), termination)
        if ends and ends > of.last_day:
            sentences.append(
                f"{label}: planned as ISOs, until {of.last_day}; they can be exercised as NSOs until {ends}, which "
                "`xl-amt leaving` compares."
            )
    return sentences


def grants_after_work(
    holding: HeldOptions, of_years: Sequence[int], first_day: date, exit_year: int | None
) -> tuple[list[PlanGrant], dict[str, OptionsOf]]:
    """The grants of one holding whose work ends, each ISO also as the NSO that it is once the law's time is over.

    What can no longer be exercised on the first day is left out.
    """
    made: list[_Made] = []
    for grant, option_type in _parts(holding):
        alive = _alive(holding, grant, option_type, of_years, first_day)
        if alive:
            made.append(alive)
        last_day = _last_day(grant, option_type, holding.portfolio.termination)
        if option_type == "NSO" or last_day is None or (exit_year is not None and exit_year <= last_day.year):
            continue  # what is left at an exit is sold in it, whatever it is
        if later := _later_nso(holding, grant, of_years, first_day, alive[0] if alive else None):
            made.append(later)
    return [own for own, _ in made], {own.label: of for own, of in made}


def _alive(
    holding: HeldOptions, grant: Grant, kind: OptionType, of_years: Sequence[int], first_day: date
) -> _Made | None:
    """A part of a grant as what it is on the first day; None where it is over by then."""
    last_day = _last_day(grant, kind, holding.portfolio.termination)
    if last_day and last_day < first_day:
        return None
    made = _plan_grant(holding, grant, kind, of_years, last_day)
    return (made, OptionsOf(holding.place, grant.label, kind, last_day)) if made else None


def _later_nso(
    holding: HeldOptions, grant: Grant, of_years: Sequence[int], first_day: date, iso: PlanGrant | None
) -> _Made | None:
    """The ISOs of a grant as the NSOs that they are after their last day as ISOs; None where no year has such a day."""
    termination = holding.portfolio.termination
    last_day, ends = _last_day(grant, "ISO", termination), _last_day_once_iso(grant, termination)
    if last_day is None:
        return None
    begins = max(first_day, last_day + _ONE_DAY)
    if (ends and ends < begins) or begins.year > of_years[-1]:
        return None
    made = _plan_grant(holding, grant, "ISO", of_years, ends)
    if made is None:
        return None
    own = replace(
        made,
        label=f"{made.label} as NSO",
        option_type="NSO",
        vested=tuple(vested if year >= begins.year else 0 for year, vested in zip(of_years, made.vested, strict=True)),
        once_iso=iso.label if iso else "",
    )
    return own, OptionsOf(holding.place, grant.label, "NSO", ends, begins)


def _parts(holding: HeldOptions) -> Iterator[tuple[Grant, OptionType]]:
    for grant in holding.portfolio.grants:
        if grant.option_type != "RSU":
            yield grant, "ISO"
            yield grant, "NSO"


def _plan_grant(
    holding: HeldOptions, grant: Grant, kind: OptionType, of_years: Sequence[int], last_day: date | None
) -> PlanGrant | None:
    """One part of a grant as the plan sees it: what is left of it, by the year in which it vests; None for nothing."""
    own = [
        tranche
        for tranche in holding.history.tranches
        if tranche.grant.label == grant.label and not tranche.canceled and tranche.left(kind)
    ]
    vested = tuple(
        sum(tranche.left(kind) for tranche in own if tranche.vests <= _day_in(year, last_day)) for year in of_years
    )
    if not any(vested) or (last_day and last_day.year < of_years[0]):
        return None
    return PlanGrant(
        label=grant.label if kind == grant.option_type else f"{grant.label} {kind}",
        company=holding.name,
        option_type=kind,
        strike=own[0].strike,
        shares=vested[-1],
        vested=vested,
        last_year=last_day.year if last_day else None,
        granted=grant.grant_date,
    )


def _day_in(year: int, last_day: date | None) -> date:
    """The last day of a year on which options can be exercised."""
    return min(date(year, 12, 31), last_day or date.max)


def _last_day(grant: Grant, kind: OptionType, termination: Termination | None) -> date | None:
    """The last day on which options can be exercised, and an ISO as one."""
    days = [grant.last_day]
    if termination:
        days.append(last_day_by_plan(grant, termination))
    if kind == "ISO":
        days.append(grant.last_day_of_an_iso)
        days.append(last_day_as_iso(termination) if termination else None)
        days.append(date.fromordinal(grant.disqualified.toordinal() - 1) if grant.disqualified else None)
    return min((day for day in days if day), default=None)


def _last_day_once_iso(grant: Grant, termination: Termination | None) -> date | None:
    """The last day on which an ISO can be exercised once it is none.

    It is never beyond the ten years of an ISO: what may be exercised after them never was one (IRC 422(b)(3)), which a
    remark says.
    """
    days = [_last_day(grant, "NSO", termination), grant.last_day_of_an_iso]
    return min((day for day in days if day), default=None)
