"""The calendar command: everything due for a client, as a table and as an .ics file."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from xl_amt.cli.printing import show_calendar, show_import
from xl_amt.cli.terminal import say
from xl_amt.errors import ArgumentError, NotExercisableError
from xl_amt.reading.cells import check_day
from xl_amt.reading.dates import iso_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xl_amt.calendar import Calendar
    from xl_amt.equity.grants import HeldGrant
    from xl_amt.equity.portfolio import Exercise, Portfolio, Termination
    from xl_amt.importers import ImportResult

_FOR_EXAMPLE: Final = '"ES-1, 2026-03-01, 500, 12.50"'
_EXERCISE: Final = re.compile(
    r"(?P<grant>[^,]+),(?P<day>[^,]+), *(?P<shares>\d+) *, *\$?(?P<value>\d*\.?\d+) *(?:, *(?P<election>83b|83\(b\)))?",
    re.IGNORECASE,
)
_LONGEST_EXERCISE: Final = 300  # characters
_GOES_ON: Final = "none"  # in place of the last day of work
_YEARS_AHEAD: Final = 2


def _read_day(text: str, option: str) -> date:
    day = iso_day(text)
    if day is None:
        raise ArgumentError(f"{option}: '{text.strip()}' is not a day; write it as in 2026-03-01.")
    return check_day(day, option)


def _day(_: click.Context, parameter: click.Parameter, text: str | None) -> date | None:
    return None if text is None else _read_day(text, parameter.opts[0])


def _exercises(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> list[Exercise]:
    return [_read_exercise(text) for text in given]


def _read_exercise(text: str) -> Exercise:
    from xl_amt.equity.portfolio import Exercise

    found = _EXERCISE.fullmatch(text.strip()) if len(text) <= _LONGEST_EXERCISE else None
    if not found:
        raise ArgumentError(
            f"--exercise: '{text[:_LONGEST_EXERCISE]}' is not a grant, a day, whole shares and their value per share, "
            f"with 83b or nothing after them and no commas within a number; write it as in {_FOR_EXAMPLE}."
        )
    return Exercise(
        grant=found["grant"].strip(),
        day=_read_day(found["day"], "--exercise"),
        shares=int(found["shares"]),
        fmv=float(found["value"]),
        election_83b=bool(found["election"]),
    )


def _read_termination(text: str) -> Termination | None:
    from xl_amt.equity.portfolio import Termination

    if text.strip().casefold() == _GOES_ON:
        return None
    day, comma, reason = (word.strip() for word in text.partition(","))
    reasons: dict[str, Any] = {"": "ended", "disability": "disability", "death": "death"}
    if reason.casefold() not in reasons or (comma and not reason):
        raise ArgumentError(f"--termination: '{reason}' is not disability or death; give one of them, or only the day.")
    return Termination(_read_day(day, "--termination"), reasons[reason.casefold()])


@click.command(short_help="List everything due for a client, and write it as an .ics file.")
@click.argument("export", type=click.Path(path_type=Path))
@click.option("--stakeholder", metavar="NAME", help="Whose grants, where the export holds several people's.")
@click.option("--as-of", callback=_day, metavar="DAY", help="Day of the export. Default: the one that it states.")
@click.option(
    "--exercise",
    "exercises",
    multiple=True,
    callback=_exercises,
    metavar='"GRANT, DAY, SHARES, VALUE[, 83b]"',
    help=f"An exercise made or planned, as in {_FOR_EXAMPLE}; 83b: with that election. May be repeated.",
)
@click.option(
    "--early",
    "early",
    multiple=True,
    metavar="GRANT",
    help="A grant that may be exercised before it vests, where the export does not say so. May be repeated.",
)
@click.option(
    "--termination",
    metavar='"DAY[, disability|death]"',
    help="The last day of work, and whether it ended by disability or death. Default: the export's, if it states one; "
    "none: the work goes on.",
)
@click.option("--window", default="", metavar="TIME", help='The plan\'s time to exercise after it, as in "90 days".')
@click.option("--lock-up-ends", callback=_day, metavar="DAY", help="The day on which a lock-up ends.")
@click.option("--qsbs", is_flag=True, help="Show holding dates of qualified small business stock (IRC 1202).")
@click.option("--from", "first_day", callback=_day, metavar="DAY", help="First day. Default: today.")
@click.option("--until", "last_day", callback=_day, metavar="DAY", help="Last day. Default: two years after the first.")
@click.option("--no-vesting", is_flag=True, help="Leave out the days on which options and shares vest.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="The calendar file, .ics.")
@click.option("--replace", "replace_existing", is_flag=True, help="Replace the calendar file if it exists.")
def calendar(
    export: Path,
    stakeholder: str | None,
    as_of: date | None,
    exercises: list[Exercise],
    early: tuple[str, ...],
    termination: str | None,
    window: str,
    lock_up_ends: date | None,
    qsbs: bool,
    first_day: date | None,
    last_day: date | None,
    no_vesting: bool,
    output: Path | None,
    replace_existing: bool,
) -> None:
    """List everything due for the client of a Carta EXPORT: vesting, elections, holding periods, last days, taxes.

    Days are written 2026-03-01. Exercises that the export counts are given too, since it does not say when they were.
    """
    from xl_amt.days import add_months
    from xl_amt.equity.portfolio import Portfolio
    from xl_amt.importers import read_carta_export

    result = read_carta_export(export, stakeholder)
    counted_on = as_of or result.as_of
    if counted_on is None:
        raise ArgumentError(f"{result.source} does not say as of which day it counts shares; give it with --as-of.")
    ended = _end_of_the_work(result) if termination is None else _read_termination(termination)
    grants = _named(result.grants)
    if window and ended is None:
        raise ArgumentError("--window: it counts from the last day of work; give --termination too.")
    labels = {grant.label.casefold(): grant.label for grant in grants}
    exercises = [replace(item, grant=labels.get(item.grant.casefold(), item.grant)) for item in exercises]
    early = tuple(labels.get(label.casefold(), label) for label in early)
    elected = {exercise.grant for exercise in exercises if exercise.election_83b}
    portfolio = Portfolio(
        _with_facts(grants, {*early, *elected}, window, is_small_business=qsbs), tuple(exercises), termination=ended
    )
    for label in early:
        portfolio.grant(label)
    first_day = first_day or datetime.now(UTC).astimezone().date()
    last_day = last_day or add_months(first_day, 12 * _YEARS_AHEAD)
    found = _calendar(portfolio, first_day, last_day, counted_on, lock_up_ends)
    if termination is None and ended:
        found = _noted(
            found,
            f"By the export the work ended on {ended.day}: give --termination if it was another day, or ended by "
            "disability or death.",
        )
    if ended and not window and any(grant.shares_exercisable for grant in grants):
        found = _noted(found, 'The plan\'s last day to exercise needs its window: give it, as in --window "90 days".')
    if no_vesting:
        found = found._replace(entries=tuple(due for due in found.entries if due.kind != "vesting"))
    if output is not None and found.entries:
        from xl_amt.calendar.file import write_calendar

        write_calendar(
            output, found.entries, client=result.stakeholder, replace_existing=replace_existing, inputs=[export]
        )
    show_import(result)
    show_calendar(found, f"{result.stakeholder}, {first_day} to {last_day}")
    if output is not None and found.entries:
        say(f"\nCalendar file: {output.resolve()}")
    elif output is not None:
        say(f"{output} is not written, since nothing is due.", err=True)


def _end_of_the_work(result: ImportResult) -> Termination | None:
    """The end of the work as all grants of the export state it; ArgumentError where they differ."""
    from xl_amt.equity.held import stated_ends
    from xl_amt.equity.portfolio import Termination
    from xl_amt.equity.words import listed

    by_day = stated_ends(result.grants)
    if len(by_day) > 1:
        stated = listed(f"{day or 'none'} for {listed(labels)}" for day, labels in by_day.items())
        raise ArgumentError(
            f"{result.source}: the termination date is {stated}; give the last day of work with --termination, or "
            f"--termination {_GOES_ON} if the work goes on."
        )
    return next((Termination(day) for day in by_day if day), None)


def _calendar(
    portfolio: Portfolio, first_day: date, last_day: date, counted_on: date, lock_up_ends: date | None
) -> Calendar:
    """The calendar, with a word on exercises that only an early-exercisable grant allows."""
    from xl_amt.calendar import calendar_of
    from xl_amt.equity.held import portfolio_as_of

    try:
        found = calendar_of(portfolio, first_day, last_day, counted_on=counted_on, lock_up_ends=lock_up_ends)
    except NotExercisableError as error:
        if error.available + error.unvested < error.shares:
            raise
        raise ArgumentError(f"{str(error).removesuffix('.')}; {_hint(error.grant)}") from error
    remarks = portfolio_as_of(replace(portfolio, as_of=counted_on)).remarks
    early = [remark.about for remark in remarks if remark.kind == "exercised before vesting"]
    return _noted(found, *(f"{label}: an exercise is before vesting; {_hint(label)}" for label in early))


def _hint(label: str) -> str:
    return f"if the grant may be exercised before it vests, add --early {label}."


def _noted(found: Calendar, *sentences: str) -> Calendar:
    return found._replace(notes=(*found.notes, *sentences))


def _named(grants: Sequence[HeldGrant]) -> list[HeldGrant]:
    """The grants, two parts of one of them with the names of their kinds; the end of the work is told besides."""
    labels = [grant.label for grant in grants]
    return [
        replace(
            grant,
            label=grant.label if labels.count(grant.label) == 1 else f"{grant.label} {grant.option_type}",
            work_ended=None,
        )
        for grant in grants
    ]


def _with_facts(
    grants: Iterable[HeldGrant], early: set[str], window: str, *, is_small_business: bool
) -> tuple[HeldGrant, ...]:
    """The grants with what the export does not say."""
    return tuple(
        replace(
            grant,
            early_exercisable=grant.early_exercisable or grant.label in early,
            exercise_window=window,
            qualified_small_business=is_small_business,
        )
        for grant in grants
    )
