"""The calendar command: everything due for a client, as a table and as an .ics file."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from xl_amt.cli import options
from xl_amt.cli.printing import show_calendar, show_import_in_short
from xl_amt.cli.terminal import say
from xl_amt.errors import ArgumentError
from xl_amt.reading.cells import check_day
from xl_amt.reading.dates import iso_day

if TYPE_CHECKING:
    from xl_amt.client import ClientRecord, EndOfWork, Exercise
    from xl_amt.importers import ImportResult
    from xl_amt.jobs.due_dates import Besides

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
        raise ArgumentError(f"{option}: '{text.strip()}' is not a date; write it as in 2026-03-01.")
    return check_day(day, option)


def _day(_: click.Context, parameter: click.Parameter, text: str | None) -> date | None:
    return None if text is None else _read_day(text, parameter.opts[0])


def _exercises(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> tuple[Exercise, ...]:
    return tuple(_read_exercise(text) for text in given)


def _read_exercise(text: str) -> Exercise:
    from xl_amt.client import Exercise

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
        value=float(found["value"]),
        election_83b=bool(found["election"]),
    )


def _read_termination(text: str | None) -> Besides:
    """What the option says of the end of employment; nothing where it is not given."""
    from xl_amt.jobs.due_dates import Besides

    if text is None:
        return Besides()
    if text.strip().casefold() == _GOES_ON:
        return Besides(work_goes_on=True)
    day, comma, reason = (word.strip() for word in text.partition(","))
    reasons: dict[str, EndOfWork] = {"": "ended", "disability": "disability", "death": "death"}
    if reason.casefold() not in reasons or (comma and not reason):
        raise ArgumentError(f"--termination: '{reason}' is not disability or death; give one of them, or only the day.")
    return Besides(work_ended=_read_day(day, "--termination"), work_ended_by=reasons[reason.casefold()])


@click.command(short_help="List everything due for a client, and write it as an .ics file.")
@click.argument("client", type=click.Path(path_type=Path))
@click.option("--stakeholder", metavar="NAME", help="Whose grants, if the export covers several people.")
@click.option("--as-of", callback=_day, metavar="DAY", help="Date of the export. Default: the date it states.")
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
    help="A grant that may be exercised before it vests, if the export does not say so. May be repeated.",
)
@click.option(
    "--termination",
    metavar='"DAY[, disability|death]"',
    help="The last day of work, and whether disability or death ended it. Default: the export's, if it states one; "
    "none: employment continues.",
)
@click.option(
    "--window", default="", metavar="TIME", help='How long the plan allows exercise after it, as in "90 days".'
)
@click.option("--lock-up-ends", callback=_day, metavar="DAY", help="The day on which a lock-up ends.")
@click.option("--qsbs", is_flag=True, help="Show holding dates of qualified small business stock (IRC 1202).")
@click.option("--from", "first_day", callback=_day, metavar="DAY", help="First day. Default: today.")
@click.option("--until", "last_day", callback=_day, metavar="DAY", help="Last day. Default: two years after the first.")
@options.jurisdiction
@click.option("--no-vesting", is_flag=True, help="Leave out the days on which options and shares vest.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="The calendar file, .ics.")
@click.option("--replace", "replace_existing", is_flag=True, help="Replace the calendar file if it exists.")
def calendar(
    client: Path,
    stakeholder: str | None,
    as_of: date | None,
    exercises: tuple[Exercise, ...],
    early: tuple[str, ...],
    termination: str | None,
    window: str,
    lock_up_ends: date | None,
    qsbs: bool,
    first_day: date | None,
    last_day: date | None,
    jurisdiction: str | None,
    no_vesting: bool,
    output: Path | None,
    replace_existing: bool,
) -> None:
    """List everything due for a CLIENT (a record or a Carta export): vesting, elections, holding periods, taxes.

    Write dates as 2026-03-01. Enter exercises that an export counts too, since it does not say when they took place.
    """
    from xl_amt.days import add_months, today
    from xl_amt.jobs.due_dates import due_dates
    from xl_amt.jobs.import_report import report_import
    from xl_amt.jobs.records import asked_of, open_client

    read_on = today()
    opened, imported = open_client(client, read_on, stakeholder)
    record = asked_of(opened, jurisdiction)
    besides = _read_termination(termination)._replace(
        as_of=as_of, exercises=exercises, early=early, window=window, small_business_stock=qsbs
    )
    if imported:
        _check_export(imported, besides)
    first_day = first_day or read_on
    last_day = last_day or add_months(first_day, 12 * _YEARS_AHEAD)
    found = due_dates(record, besides, first_day, last_day, lock_up_ends)
    if imported and termination is None:
        found = found._replace(notes=(*found.notes, *_end_by_the_export(record)))
    if no_vesting:
        found = found._replace(entries=tuple(due for due in found.entries if due.kind != "vesting"))
    if output is not None and found.entries:
        from xl_amt.calendar.file import write_calendar

        write_calendar(
            output, found.entries, client=record.client.name, replace_existing=replace_existing, inputs=[client]
        )
    if imported:
        show_import_in_short(report_import(imported))
    show_calendar(found, f"{record.client.name}, {first_day} to {last_day}")
    if output is not None and found.entries:
        say(f"\nCalendar file: {output.resolve()}")
    elif output is not None:
        say(f"{output} is not written, since nothing is due.", err=True)


def _check_export(result: ImportResult, besides: Besides) -> None:
    """ArgumentError for what an export leaves open and an option can say."""
    from xl_amt.equity.held import ends_in_words, stated_ends

    if result.as_of is None and besides.as_of is None:
        raise ArgumentError(f"{result.source} does not state the as-of date of its share counts; add --as-of.")
    by_day = stated_ends(result.grants)
    if len(by_day) > 1 and not besides.work_ended and not besides.work_goes_on:
        raise ArgumentError(
            f"{result.source}: the termination date is {ends_in_words(by_day)}; add the last day of work with "
            f"--termination, or --termination {_GOES_ON} if employment continues."
        )


def _end_by_the_export(record: ClientRecord) -> list[str]:
    return [
        f"According to the export, employment ended on {holding.work_ended}: use --termination if the date differs, or "
        "if disability or death ended it."
        for holding in record.holdings
        if holding.work_ended
    ]
