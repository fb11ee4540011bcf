"""What the workbook's sheet Grants takes from the ledger: shares that vest, or are exercised, after the counts."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import NamedTuple

from xl_amt.client import ClientRecord, Grant, Holding
from xl_amt.client.portfolios import award_of, portfolio_of
from xl_amt.equity.counts import vested_left
from xl_amt.equity.grants import HeldGrant
from xl_amt.equity.history import follow
from xl_amt.equity.portfolio import Portfolio, Termination
from xl_amt.equity.row_checks import row_doubt
from xl_amt.equity.termination import last_day_by_plan
from xl_amt.errors import AmtError
from xl_amt.workbook.book import GrantRow


class GrantsByYear(NamedTuple):
    """A row for each grant of the record, in its order, and sentences on what could not be followed."""

    rows: tuple[GrantRow, ...]
    notes: tuple[str, ...]


def grants_by_year(record: ClientRecord) -> GrantsByYear:
    """What can be exercised of each grant in each year of the record beyond the shares that its export counts.

    The day of a year is the one that the sheet Holdings asks (`day_in`). What is planned before a year is done by then,
    and what is planned in it fills its room. Of a year that cannot be followed the shares are those of the export, and
    a sentence says so.

    >>> from xl_amt.client import Client, ClientYear, Vesting
    >>> vests = (Vesting(day=date(2025, 1, 15), shares=400), Vesting(day=date(2027, 1, 1), shares=600))
    >>> grant = Grant(label="ES-1", award="ISO", granted=date(2024, 1, 15), strike=1.0, shares=1_000, vests=vests)
    >>> holding = Holding(as_of=date(2026, 6, 30), grants=(grant,))
    >>> years = (ClientYear(year=2026), ClientYear(year=2027))
    >>> grants_by_year(ClientRecord(client=Client(), years=years, holdings=(holding,))).rows[0].more
    (400, 1000)
    """
    years = [own.year for own in record.years]
    rows: list[GrantRow] = []
    notes: list[str] = []
    for holding in record.holdings:
        more: dict[str, list[int | None]] = {grant.label: [] for grant in holding.grants}
        for year in years:
            try:
                found = _more_in(holding, year)
            except AmtError as error:
                found = {}
                notes.append(f"{holding.name}: the shares that can be exercised in {year} are those counted: {error}")
            for label, shares in more.items():
                shares.append(found.get(label))
        for grant in holding.grants:
            last_day, doubt = _last_day(holding, grant)
            rows.append(GrantRow(last_day, tuple(more[grant.label])))
            notes += doubt
        notes += filter(None, (split_since_the_counts(holding, year) for year in years))
    return GrantsByYear(tuple(rows), tuple(dict.fromkeys(notes)))


def day_in(holding: Holding, year: int) -> date | None:
    """The day of a year on which a holding's shares are asked: that of its counts, or the nearest of the year.

    Where nothing is counted it is the latest day of the year by which a value is known or an exercise is done; None
    where neither is.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = [value.day for value in holding.values]
    days += [one.day for one in holding.exercises if one.status == "done"]
    known = holding.as_of or max((day for day in days if day <= last), default=None)
    return known and min(max(known, first), last)


def planned_before(holding: Holding, year: int) -> Holding:
    """The holding with what is planned before a year, as if it was done, and without what is planned from then on.

    >>> from xl_amt.client import Exercise
    >>> days = (date(2026, 12, 1), date(2027, 1, 15))
    >>> planned = tuple(Exercise(grant="ES-1", day=day, shares=10, status="planned") for day in days)
    >>> [one.day.year for one in planned_before(Holding(exercises=planned), 2027).exercises]
    [2026]
    """
    return replace(
        holding,
        exercises=tuple(one for one in holding.exercises if one.status == "done" or one.day.year < year),
        sales=tuple(one for one in holding.sales if one.status == "done" or one.day.year < year),
    )


def value_in(record: ClientRecord, holding: Holding, year: int) -> float:
    """The latest value of a share by the end of a year; the plan's, where none of the year itself is known.

    The plan's is of the only holding that there is; 0 where no value is known.
    """
    known = max(((value.day, value.price) for value in holding.values if value.day.year <= year), default=None)
    planned = record.plan.values.get(year) if record.plan and len(record.holdings) == 1 else None
    if planned is not None and (known is None or known[0].year < year):
        return planned
    return known[1] if known else 0.0


def grants_in(holding: Holding, year: int) -> list[HeldGrant]:
    """The options as they stand on the day that is asked of a year, with the plan's last day after employment.

    >>> grant = Grant(label="ES-1", award="ISO", granted=date(2024, 1, 15), shares=100, vesting="1/4 yearly")
    >>> holding = Holding(as_of=date(2026, 6, 30), grants=(grant,))
    >>> [grants_in(holding, year)[0].shares_exercisable for year in (2026, 2027)]
    [50, 50]
    """
    more, day = _more_in(holding, year), day_in(holding, year)
    standing: list[HeldGrant] = []
    for grant in holding.grants:
        if grant.award == "RSU":
            continue
        award = award_of(grant)
        if not isinstance(award, HeldGrant):
            terms = {item.name: getattr(award, item.name) for item in fields(award)}
            award = HeldGrant(**terms, shares_exercised=0, shares_exercisable=0, shares_unvested=0)
        since = 0 if row_doubt(award, holding.as_of) else more.get(grant.label) or 0
        standing.append(
            replace(
                award,
                option_type=award.type_on(day) if day else award.option_type,
                shares_exercisable=award.shares_exercisable + since,
                shares_unvested=max(award.shares_unvested - max(since, 0), 0),
                expiration_date=_last_day(holding, grant)[0] or grant.expires,
                work_ended=holding.work_ended,
            )
        )
    return standing


def _more_in(holding: Holding, year: int) -> dict[str, int | None]:
    """By grant, the shares on the year's day beyond those counted; None where they are the same, or not followed."""
    day = day_in(holding, year)
    is_undated = holding.as_of is None and any(grant.held for grant in holding.grants)
    if day is None or is_undated:
        return {}
    history = follow(_options_of(planned_before(holding, year)).until(day), day)
    followed = {tranche.grant.label for tranche in history.tranches}
    counted = {grant.label: grant.held.exercisable if grant.held else 0 for grant in holding.grants}
    return {
        grant.label: vested_left(history, grant.label, grant.award) - counted[grant.label] or None
        for grant in holding.grants
        if grant.label in followed and grant.award != "RSU"
    }


def _options_of(holding: Holding) -> Portfolio:
    """The options of a holding, with its exercises: neither units nor sales change what can be exercised."""
    portfolio = portfolio_of(holding)
    options = tuple(grant for grant in portfolio.grants if grant.option_type != "RSU")
    labels = {grant.label for grant in options}
    return replace(
        portfolio,
        grants=options,
        lots=(),
        sales=(),
        accelerations=tuple(step for step in portfolio.accelerations if step.grant in labels),
        cancellations=tuple(step for step in portfolio.cancellations if step.grant in labels),
    )


def _last_day(holding: Holding, grant: Grant) -> tuple[date | None, list[str]]:
    """The last day of the plan's window after employment has ended, and a sentence where its words are not understood.

    None where the work has not ended, or no window is stated.
    """
    if not (holding.work_ended and grant.window):
        return None, []
    try:
        return last_day_by_plan(award_of(grant), Termination(holding.work_ended, holding.work_ended_by)), []
    except AmtError as error:
        return None, [f"{holding.name}: {error}"]


def split_since_the_counts(holding: Holding, year: int) -> str:
    """That no share of a holding fills the room of a year, since its grants are those before a split; "" where none is.

    >>> from xl_amt.client import Split
    >>> split = Split(day=date(2026, 7, 1), ratio="2:1")
    >>> split_since_the_counts(Holding(company="Acme", as_of=date(2026, 6, 30), splits=(split,)), 2026)
    ''
    >>> split_since_the_counts(Holding(company="Acme", as_of=date(2026, 6, 30), splits=(split,)), 2027)[:55]
    'Acme: its shares were counted before the split of 2026-'
    """
    day = day_in(holding, year) or date.min
    for split in holding.splits:
        if (holding.as_of or date.min) < split.day <= day:
            return (
                f"{holding.name}: its shares were counted before the split of {split.day}, and do not fill the room of "
                f"{year}; import an export made after it."
            )
    return ""
