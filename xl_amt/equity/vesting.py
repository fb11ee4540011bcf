"""Vesting schedules as exports write them, and the shares that vest on each day.

A schedule is a list of steps: months after the vesting start, and the fraction of the award vested by then. Each step
vests the whole shares of its fraction less those of the step before, so the tranches add up to the award
(cumulative rounding, downwards: docs/decisions/vesting-rounds-down.md).
"""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from typing import Final, NamedTuple

from xl_amt.days import add_months
from xl_amt.equity.grants import Grant, VestingEvent
from xl_amt.errors import ArgumentError


class Step(NamedTuple):
    """The fraction of an award that is vested some months after the vesting start."""

    months: int
    vested: Fraction


_WRITTEN: Final = "such as '1/48 monthly with a 1 year cliff', 'M-48-12' or '2026-03-01: 100; 2026-06-01: 100'"
_LONGEST: Final = 600  # months; a longer schedule is a mistake
_LONGEST_TEXT: Final = 200  # characters of a schedule in words
_LONGEST_TABLE: Final = 32_767  # of a table of dates, as many as a cell holds
_QUOTED: Final = 100  # characters of a text that is not understood
_AT_ONCE: Final = frozenset({"immediate", "immediately", "immediate vesting", "fully vested", "100% vested", "vested"})
_PERIODS: Final = {"m": 1, "q": 3, "s": 6, "y": 12, "a": 12}  # months, by the first letter of the word
_NUMBERS: Final = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}

_EVERY: Final = r"(?:every |per |each )?(?P<period>month|quarter|semi-?annual|year|annual)(?:ly)?"
_LENGTH: Final = rf"(?P<number>\d+|{'|'.join(_NUMBERS)})[ -]?(?P<unit>month|mo|year|yr)s?"
_PART: Final = r"(?P<part>[1-9]\d*/[1-9]\d*|[1-9]\d*(?:\.\d+)?%)(?:st|nd|rd|th)?"
_OF_ALL: Final = r"(?: of (?:the )?(?:total|shares|options|grant|award))"

_CODE: Final = r"(?P<period>[mqya])-(?P<months>\d+)-(?P<cliff>\d+)"
_CLIFF: Final = (
    rf",? ?(?:with |w/ ?|after )?(?:{_PART.replace('part', 'share')} (?:vests? )?at )?(?:an? )?{_LENGTH} cliff"
    r",? ?(?:then )?|,? ?(?:with |w/ ?)?no cliff"
)
_PARTS: Final = rf"{_PART}{_OF_ALL}? {_EVERY}(?: over {_LENGTH})?"
_OVER: Final = rf"{_EVERY},? (?:over|for) {_LENGTH}"
_LENGTH_FIRST: Final = rf"{_LENGTH},? {_EVERY}"
_FOR_LENGTH: Final = re.sub("<(period|number|unit)>", r"<for_\1>", f"{_EVERY} for {_LENGTH}")
_AFTER_CLIFF: Final = (
    rf"{_PART.replace('part', 'first')}{_OF_ALL}? (?:after|at|on) "
    rf"(?:{_LENGTH}|month (?P<month>\d+)|(?:the )?(?:first|1st) anniversary),? (?:and )?(?:then )?"
    rf"(?:{_PART}(?:(?P<rest> of (?:the )?(?:remainder|rest))|(?P<all>{_OF_ALL}))? {_EVERY}(?: thereafter)?"
    rf"|{_FOR_LENGTH})"
)
_EACH_PERIOD: Final = rf"(?P<parts>\d+%?(?:/\d+%?)*/\d+%) {_EVERY}"
_DATED: Final = r"(?P<day>\d{4}-\d{2}-\d{2}): ?(?P<shares>\d{1,3}(?:,\d{3})+|\d+)"


def vesting_of(grant: Grant) -> list[VestingEvent]:
    """Every day on which shares of an award vest, in order; ArgumentError names the award where that is not known.

    >>> grant = Grant("ES-1", "ISO", date(2024, 1, 15), 1.0, 1_000, "1/4 yearly", date(2024, 1, 1))
    >>> [(event.day.year, event.shares) for event in vesting_of(grant)]
    [(2025, 250), (2026, 250), (2027, 250), (2028, 250)]
    """
    if grant.vesting_events:
        events = sorted(grant.vesting_events, key=lambda event: event.day)
        stated = sum(event.shares for event in events)
        if stated != grant.shares_granted:
            raise ArgumentError(
                f"{grant.label}: its vesting events total {stated:,} shares, but {grant.shares_granted:,} were "
                "granted; correct one of them."
            )
        for event in events:
            if event.shares < 0 or not 0 <= (event.iso_shares or 0) <= event.shares:
                raise ArgumentError(
                    f"{grant.label}: its vesting of {event.day} is for {event.shares:,} shares, and "
                    f"{event.iso_shares or 0:,} of them are ISO; correct the vesting event."
                )
        return events
    if not grant.vesting_schedule.strip():
        return [VestingEvent(grant.granted_on, grant.shares_granted)]
    start = grant.vesting_start or grant.granted_on
    return schedule_events(grant.shares_granted, start, grant.vesting_schedule, grant.label)


def schedule_events(shares: int, start: date, schedule: str, where: str = "schedule") -> list[VestingEvent]:
    """What vests when, of an award of whole shares, by the text of its schedule.

    >>> [event.shares for event in schedule_events(10, date(2026, 1, 31), "1/3 monthly")]
    [3, 3, 4]
    """
    if len(schedule) > _LONGEST_TABLE:
        raise ArgumentError(f"{where}: {_not_understood(schedule)}")
    if dated := _dated(schedule, where):
        stated = sum(event.shares for event in dated)
        if stated != shares:
            raise ArgumentError(
                f"{where}: its dates list {stated:,} shares, but the award has {shares:,}; correct one."
            )
        return dated
    try:
        steps = read_schedule(" ".join(schedule.lower().split()))
    except ArgumentError as error:
        raise ArgumentError(f"{where}: {error}") from None
    vested = [int(shares * step.vested) for step in steps]
    if start.year + steps[-1].months // 12 >= date.max.year:
        raise ArgumentError(f"{where}: a schedule from {start} on runs past the calendar; correct the vesting start.")
    return [
        VestingEvent(add_months(start, step.months), now - before)
        for step, now, before in zip(steps, vested, [0, *vested], strict=False)
        if now > before
    ]


def vested_shares(shares: int, start: date, schedule: str, as_of: date) -> int:
    """Shares of an award that have vested by the end of a day.

    >>> vested_shares(4_800, date(2024, 3, 1), "M-48-12", date(2025, 3, 1))
    1200
    """
    return sum(event.shares for event in schedule_events(shares, start, schedule) if event.day <= as_of)


@lru_cache(maxsize=256)
def read_schedule(text: str) -> tuple[Step, ...]:
    """The steps that the text of a schedule describes, in lower case; ArgumentError where it cannot be understood.

    >>> read_schedule("25% after 1 year, then 1/48 monthly") == read_schedule("m-48-12")
    True
    """
    if len(text) > _LONGEST_TEXT:
        raise _not_understood(text)
    if text in _AT_ONCE:
        return (Step(0, Fraction(1)),)
    if found := re.fullmatch(_CODE, text):
        return _even_steps(_PERIODS[found["period"]], int(found["months"]), int(found["cliff"]), text)
    if found := re.fullmatch(_EACH_PERIOD, text):
        return _steps_of_each_period(found, text)
    plain = re.sub(r"[()]|\.$| vesting\b", "", text)
    if found := re.fullmatch(_AFTER_CLIFF, plain):
        return _steps_after_cliff(found, text)
    cliff = re.search(_CLIFF, plain)
    cliff_months = _months(cliff) if cliff and cliff["number"] else 0
    rest = re.sub(_CLIFF, "", plain, count=1)
    if found := re.fullmatch(_PARTS, rest):
        every = _PERIODS[found["period"][0]]
        months = every / _fraction(found["part"])
        if months.denominator != 1 or (found["number"] and _months(found) != months):
            raise _not_understood(text)
    elif found := re.fullmatch(_OVER, rest) or re.fullmatch(_LENGTH_FIRST, rest):
        every, months = _PERIODS[found["period"][0]], Fraction(_months(found))
    else:
        raise _not_understood(text)
    if cliff and cliff["share"] and _fraction(cliff["share"]) * months != cliff_months:
        raise _not_understood(text)
    return _even_steps(every, int(months), cliff_months, text)


def _dated(text: str, where: str) -> list[VestingEvent]:
    """An explicit table, "2026-03-01: 100; 2026-06-01: 100"; empty where the text is none."""
    rows = [" ".join(row.split()) for row in re.split(r"[;\n]", text) if row.strip()]
    if not rows or not re.fullmatch(_DATED, rows[0]):
        return []
    return sorted(_dated_event(row, where) for row in rows)


def _dated_event(row: str, where: str) -> VestingEvent:
    found = re.fullmatch(_DATED, row)
    try:
        if found:
            return VestingEvent(date.fromisoformat(found["day"]), int(found["shares"].replace(",", "")))
    except ValueError:  # such as February 30
        pass
    raise ArgumentError(f"{where}: '{_short(row)}' is not a date and shares, such as '2026-03-01: 100'; correct it.")


def _even_steps(every: int, months: int, cliff: int, text: str) -> tuple[Step, ...]:
    """Equal parts every so many months; what falls before the cliff vests on it."""
    if not 0 < months <= _LONGEST or months % every or cliff % every or cliff > months:
        raise _not_understood(text)
    return tuple(Step(point, Fraction(point, months)) for point in range(max(every, cliff), months + 1, every))


def _steps_after_cliff(found: re.Match[str], text: str) -> tuple[Step, ...]:
    """A part at the cliff, then the rest in equal parts, which keep the pace of the cliff.

    "25% after 1 year, then 1/48 monthly" counts in parts of the whole award, "then 1/36 monthly" in parts of the
    rest: whichever keeps the pace is meant. Another pace is understood where the text says "of the remainder" or "of
    the total".
    """
    first = _fraction(found["first"])
    cliff = int(found["month"]) if found["month"] else _months(found) if found["number"] else 12
    rest = 1 - first
    if found["for_period"]:
        every = _PERIODS[found["for_period"][0]]
        counts = [Fraction(_months(found, "for_"), every)]
        meant = counts
    else:
        every, parts = _PERIODS[found["period"][0]], 1 / _fraction(found["part"])
        counts = [rest * parts, parts]
        meant = [count for count in counts if rest * cliff == first * count * every]
        if found["rest"] or found["all"]:
            meant = counts[1:] if found["rest"] else counts[:1]
    count = meant[0] if meant else Fraction(0)
    if rest <= 0 or count.denominator != 1 or not 0 < count <= _LONGEST or cliff > _LONGEST:
        raise _not_understood(text)
    return tuple(Step(cliff + every * number, first + rest * number / count) for number in range(int(count) + 1))


def _steps_of_each_period(found: re.Match[str], text: str) -> tuple[Step, ...]:
    """A part of its own for each period, as in "5/15/40/40% annually"."""
    parts = [Fraction(part) / 100 for part in found["parts"].replace("%", "").split("/")]
    if sum(parts) != 1:
        raise _not_understood(text)
    every = _PERIODS[found["period"][0]]
    return tuple(Step(every * number, vested) for number, vested in enumerate(accumulate(parts), 1))


def _fraction(part: str) -> Fraction:
    return Fraction(part[:-1]) / 100 if part.endswith("%") else Fraction(part)


def _months(found: re.Match[str], which: str = "") -> int:
    """The months of "4 years" or "one year"."""
    number = found[which + "number"]
    return (_NUMBERS.get(number) or int(number)) * (12 if found[which + "unit"].startswith("y") else 1)


def _not_understood(text: str) -> ArgumentError:
    return ArgumentError(f"'{_short(text)}' is not understood as a vesting schedule; write one {_WRITTEN}.")


def _short(text: str) -> str:
    return f"{text[:_QUOTED]}…" if len(text) > _QUOTED else text
