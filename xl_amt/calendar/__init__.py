"""Everything that falls due for a client's equity between two days, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from xl_amt.calendar.due import Due, FollowedPortfolio, Kind, in_order, labels_named
from xl_amt.calendar.of_grants import last_days, terms_of_no_iso, vesting_days, what_to_ask
from xl_amt.calendar.of_shares import (
    elections,
    holding_periods,
    lock_up,
    needless_elections,
    small_business_stock,
    year_end,
)
from xl_amt.calendar.of_taxes import tax_days, under_water
from xl_amt.days import check_in_calendar
from xl_amt.equity.grants import Grant
from xl_amt.equity.held import FollowedGrant, portfolio_as_of
from xl_amt.equity.portfolio import Portfolio
from xl_amt.equity.remarks import Remark
from xl_amt.equity.tranches import tranches_of
from xl_amt.errors import ArgumentError, NotHeldError
from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.law import ESTIMATED_TAXES

__all__ = ["Calendar", "Due", "Kind", "calendar_of"]


_OF_THE_OWNER: Final[frozenset[Kind]] = frozenset(
    {"long-term", "qualifying", "year end", "estimated tax", "lock-up", "small business stock"}
)  # of shares that are held, or of income; after a death they are the estate's


class Calendar(NamedTuple):
    """What is due, in order of its day, and notes on what could not be entered, a sentence each."""

    entries: tuple[Due, ...]
    notes: tuple[str, ...]


def calendar_of(
    portfolio: Portfolio,
    first_day: date,
    last_day: date,
    *,
    counted_on: date | None = None,
    lock_up_ends: date | None = None,
    codes: Sequence[str] = ("US",),
) -> Calendar:
    """Everything due from one day to another, both included.

    Vesting; 83(b) elections; the first long-term and the first qualifying day of shares; the last days to exercise, by
    the grant's term and by both clocks after employment has ended; the year's last day for a sale that avoids AMT;
    estimated tax and the return; the end of a lock-up; holding dates of small business stock. What the portfolio sells
    before a day is not in it, nor what is the estate's after a death.

    ``counted_on`` is the day on which an export counted its HeldGrants, the portfolio's ``as_of`` if not given: what
    vested before is not repeated. A grant whose vesting is not understood, or does not agree with the export,
    becomes a note. ``codes`` are the jurisdictions whose tax is paid; one whose days are not held becomes a note too.
    ArgumentError where an exercise or a sale cannot be, as `xl_amt.equity.history.follow` says.

    >>> from xl_amt.equity.grants import Grant
    >>> from xl_amt.equity.portfolio import Exercise
    >>> grant = Grant("ES-1", "ISO", date(2024, 1, 15), 2.0, 100, expiration_date=date(2034, 1, 14))
    >>> portfolio = Portfolio((grant,), (Exercise("ES-1", date(2026, 3, 2), 100, fmv=12.0),))
    >>> for due in calendar_of(portfolio, date(2026, 3, 1), date(2027, 4, 15)).entries:
    ...     print(due.day, due.title)
    2026-04-15 Estimated tax of 2026, 1 of 4
    2026-06-15 Estimated tax of 2026, 2 of 4
    2026-09-15 Estimated tax of 2026, 3 of 4
    2026-12-31 Last day to sell this year's ISO shares and owe no AMT on them
    2027-01-15 Estimated tax of 2026, 4 of 4
    2027-03-03 ES-1: 100 shares can be sold in a qualifying sale
    2027-04-15 Tax of 2026 is due
    """
    if last_day < first_day:
        raise ArgumentError(f"the calendar: its last day, {last_day}, is before its first, {first_day}; correct one.")
    for what, day in (("its first day", first_day), ("its last day", last_day), ("the lock-up", lock_up_ends)):
        if day:
            check_in_calendar(day, f"the calendar, {what}")
    portfolio = replace(portfolio, as_of=counted_on or portfolio.as_of)
    counted = portfolio_as_of(portfolio)
    portfolio = replace(portfolio, termination=counted.portfolio.termination)
    as_counted = {one.grant.label: one for one in counted.grants}
    grants = [as_counted.get(grant.label) or _followed(grant, portfolio) for grant in portfolio.grants]
    followed = FollowedPortfolio(portfolio, grants, date(last_day.year, 12, 31))
    notes = [remark.sentence for remark in counted.remarks]
    notes += [remark.sentence for one in grants if one.grant.label not in as_counted for remark in one.remarks]
    for more in (needless_elections, under_water, terms_of_no_iso, what_to_ask, _of_the_estate, _of_splits):
        notes += more(followed)
    entries = list(_of_grants(followed, grants))
    for year in range(first_day.year - 1, last_day.year + 1):
        entries += year_end(followed, year, lock_up_ends)
        for code in codes:
            try:
                entries += tax_days(followed, year, code)
            except NotHeldError as error:
                notes += _not_held(year, code, error)
    if lock_up_ends is not None:
        entries.append(lock_up(followed, lock_up_ends))
    died = followed.portfolio.died or date.max
    within = (
        due
        for due in entries
        if first_day <= due.day <= last_day and (due.day <= died or due.kind not in _OF_THE_OWNER)
    )
    return Calendar(in_order(within), tuple(notes))


def _not_held(year: int, code: str, error: NotHeldError) -> list[str]:
    """A sentence on days of a tax that are not held; none of a state that takes no tax."""
    system = TAX_SYSTEMS[code]
    if code in ESTIMATED_TAXES:
        return [f"The due dates for the tax of {year} are not in the calendar: {error}"]
    if system.is_untaxed:
        return []
    return [f"The due dates for the tax of {system.place} for {year} are not available; add them yourself."]


def _followed(grant: Grant, portfolio: Portfolio) -> FollowedGrant:
    """The grant with a vesting that can be followed; where there is none, a remark, if nothing is done with it."""
    try:
        tranches_of(grant)
    except ArgumentError as error:
        if grant.label in labels_named(portfolio):
            raise
        remark = Remark("vesting not known", grant.label, str(error))
        return FollowedGrant(grant, None, grant.shares_granted - grant.exercised_before, (remark,))
    return FollowedGrant(grant, date.min)


def _of_grants(followed: FollowedPortfolio, grants: Iterable[FollowedGrant]) -> Iterator[Due]:
    for one in grants:
        if one.vests_from is not None:
            last_day = one.grant.last_day or date.max
            yield from (due for due in vesting_days(followed, one.grant) if one.vests_from <= due.day <= last_day)
        yield from last_days(followed, one.grant)
    for label in followed.labels:
        for of_lots in (elections, holding_periods, small_business_stock):
            yield from of_lots(followed, label)


def _of_splits(followed: FollowedPortfolio) -> Iterator[str]:
    for split in followed.portfolio.splits:
        if split.day <= followed.history.through:
            yield (
                f"All shares and prices are stated after the split of {split.day}, {split.new} for {split.old}, "
                "including for dates before it."
            )


def _of_the_estate(followed: FollowedPortfolio) -> Iterator[str]:
    died = followed.portfolio.died
    if died:
        yield (
            f"After the death on {died} the shares and options belong to the estate, with a basis and holding periods "
            "of their own (IRC 421(c), 1014): ask the estate's advisor."
        )
