"""The calendar command: everything due for a client, as a table and as an .ics file."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from xl_amt.cli.printing import show_calendar, show_import
from xl_amt.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from xl_amt.equity.grants import HeldGrant
    from xl_amt.equity.portfolio import Exercise, Termination

_FOR_EXAMPLE: Final = '"ES-1, 2026-03-01, 500, 12.50"'
_EXERCISE: Final = re.compile(
    r"(?P<grant>[^,]+),(?P<day>[^,]+), *(?P<shares>\d+) *, *\$?(?P<value>\d*\.?\d+) *(?:, *(?P<election>83b))?"
)
_YEARS_AHEAD: Final = 2


def _read_day(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ArgumentError(f"{option}: '{text.strip()}' is not a day; write it as in 2026-03-01.") from None


def _day(_: click.Context, parameter: click.Parameter, text: str | None) -> date | None:
    return None if text is None else _read_day(text, parameter.opts[0])


def _exercises(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> list[Exercise]:
    return [_read_exercise(text) for text in given]


def _read_exercise(text: str) -> Exercise:
    from xl_amt.equity.portfolio import Exercise

    found = _EXERCISE.fullmatch(text.strip())
    if not found:
        raise ArgumentError(
            f"--exercise: '{text}' is not a grant, a day, whole shares and their value per share, with 83b or nothing "
            f"after them and no commas within a number; write it as in {_FOR_EXAMPLE}."
        )
    return Exercise(
        grant=found["grant"].strip(),
        day=_read_day(found["day"], "--exercise"),
        shares=int(found["shares"]),
        fmv=float(found["value"]),
        election_83b=bool(found["election"]),
    )


def _termination(_: click.Context, __: click.Parameter, text: str | None) -> Termination | None:
    from xl_amt.equity.portfolio import Termination

    if text is None:
        return None
    day, comma, reason = (word.strip() for word in text.partition(","))
    reasons: dict[str, Any] = {"": "ended", "disability": "disability", "death": "death"}
    if reason not in reasons or (comma and not reason):
        raise ArgumentError(f"--termination: '{reason}' is not disability or death; give one of them, or only the day.")
    return Termination(_read_day(day, "--termination"), reasons[reason])


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
    callback=_termination,
    metavar='"DAY[, disability|death]"',
    help="The last day of work, and whether it ended by disability or death.",
)
@click.option("--window", default="", metavar="TIME", help='The plan\'s time to exercise after it, as in "90 days".')
@click.option("--lock-up-ends", callback=_day, metavar="DAY", help="The day on which a lock-up ends.")
@click.option("--qsbs", is_flag=True, help="Show holding dates of qualified small business stock (IRC 1202).")
@click.option("--from", "first_day", callback=_day, metavar="DAY", help="First day. Default: today.")
@click.option("--until", "last_day", callback=_day, metavar="DAY", help="Last day. Default: two years after the first.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="The calendar file, .ics.")
@click.option("--replace", "replace_existing", is_flag=True, help="Replace the calendar file if it exists.")
def calendar(
    export: Path,
    stakeholder: str | None,
    as_of: date | None,
    exercises: list[Exercise],
    early: tuple[str, ...],
    termination: Termination | None,
    window: str,
    lock_up_ends: date | None,
    qsbs: bool,
    first_day: date | None,
    last_day: date | None,
    output: Path | None,
    replace_existing: bool,
) -> None:
    """List everything due for the client of a Carta EXPORT: vesting, elections, holding periods, last days, taxes.

    Days are written 2026-03-01. Exercises that the export counts are given too, since it does not say when they were.
    """
    from xl_amt.equity.calendar import calendar_of
    from xl_amt.equity.dates import add_months
    from xl_amt.equity.portfolio import Portfolio
    from xl_amt.importers import read_carta_export

    result = read_carta_export(export, stakeholder)
    counted_on = as_of or result.as_of
    if counted_on is None:
        raise ArgumentError(f"{result.source} does not say as of which day it counts shares; give it with --as-of.")
    if window and termination is None:
        raise ArgumentError("--window: it counts from the last day of work; give --termination too.")
    grants = _with_facts(result.grants, {*early, *_elected(exercises)}, window, is_small_business=qsbs)
    portfolio = Portfolio(grants, tuple(exercises), termination=termination)
    for label in early:
        portfolio.grant(label)
    first_day = first_day or datetime.now(UTC).astimezone().date()
    last_day = last_day or add_months(first_day, 12 * _YEARS_AHEAD)
    found = calendar_of(portfolio, first_day, last_day, counted_on=counted_on, lock_up_ends=lock_up_ends)
    if output is not None:
        from xl_amt.calendar_file import write_calendar

        write_calendar(output, found.entries, client=result.stakeholder, replace_existing=replace_existing)
    show_import(result)
    show_calendar(found, f"{result.stakeholder}, {first_day} to {last_day}")
    if output is not None:
        click.echo(f"\nCalendar file: {output.resolve()}")


def _elected(exercises: Iterable[Exercise]) -> Iterator[str]:
    return (exercise.grant for exercise in exercises if exercise.election_83b)


def _with_facts(
    grants: Sequence[HeldGrant], early: set[str], window: str, *, is_small_business: bool
) -> tuple[HeldGrant, ...]:
    """The grants with what the export does not say; two parts of one grant get the names of their kinds."""
    labels = [grant.label for grant in grants]
    known = []
    for grant in grants:
        label = grant.label if labels.count(grant.label) == 1 else f"{grant.label} {grant.option_type}"
        is_early = grant.early_exercisable or label in early
        known.append(
            replace(
                grant,
                label=label,
                early_exercisable=is_early,
                exercise_window=window,
                qualified_small_business=is_small_business,
            )
        )
    return tuple(known)
