"""The leaving command: what to exercise as ISOs in three months, what later as NSOs, and what to let lapse."""

from __future__ import annotations

from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from xl_amt.cli import options
from xl_amt.cli.plan import proof_of
from xl_amt.cli.terminal import console, say
from xl_amt.days import today
from xl_amt.equity.words import shares_of
from xl_amt.errors import ArgumentError

if TYPE_CHECKING:
    from datetime import date

    from xl_amt.jobs.leaving import LeavingReport, OfGrant

_NARROWEST: Final = 116  # characters of the table of ways


@click.command(short_help="Leaving: ISOs within three months, NSOs later, or let lapse.")
@click.argument("client", type=click.Path(path_type=Path))
@click.option(
    "--last-day", required=True, callback=options.read_day, metavar="DAY", help="Last day of work, as 2026-11-15."
)
@click.option(
    "--window",
    metavar="TIME",
    default="",
    help='How long the plan allows exercise after that day, as "90 days" or "10 years". Default: the record\'s.',
)
@click.option(
    "--value",
    callback=options.read_amount,
    metavar="DOLLARS",
    help="Value of a share in the window. Default: the plan's, or else the last known.",
)
@click.option(
    "--later-price",
    callback=options.read_amount,
    metavar="DOLLARS",
    help="Price at which the shares kept are sold. Default: the plan's exit, or else the value.",
)
@click.option(
    "--sold",
    callback=options.read_tax_year,
    metavar="YEAR",
    help="Year of that sale. Default: the plan's exit, or else the first in which all are long-term.",
)
@click.option(
    "--cash", callback=options.read_amount, metavar="DOLLARS", help="Most that strikes and taxes may take in a year."
)
@click.option("--company", metavar="NAME", default="", help="The company, if the record has several holdings.")
@click.option(
    "--from",
    "first_day",
    callback=options.read_day,
    metavar="DAY",
    help="First day on which options can be exercised. Default: today.",
)
@click.option(
    "--write", is_flag=True, help="Write the last day, the schedule and the answer into CLIENT; a backup is kept."
)
@options.jurisdiction
@options.as_json
def leaving(
    client: Path,
    last_day: date,
    window: str,
    value: float | None,
    later_price: float | None,
    sold: int | None,
    cash: float | None,
    company: str,
    first_day: date | None,
    write: bool,
    jurisdiction: str | None,
    as_json: bool,
) -> None:
    """What a departing employee should do with the options in a CLIENT's record (.client.toml) or export.

    Which to exercise as ISOs within the law's three months, which later as NSOs in the plan's window, and which to let
    lapse: the way that leaves the most after tax, proved, and compared with the ways that an advisor would name.
    """
    from xl_amt.jobs.leaving import report_leaving, write_leaving
    from xl_amt.jobs.leaving_of_record import Leaving
    from xl_amt.jobs.records import asked_of, is_client_file, open_client

    if write and not is_client_file(client):
        raise ArgumentError("--write: an export cannot hold a plan; use a client's record.")
    record, _ = open_client(client, today())
    asked = Leaving(last_day, first_day or today(), window, value, later_price, cash, company, sold)
    report = report_leaving(asked_of(record, jurisdiction), asked)
    backup = write_leaving(client, asked, report, today()) if write else None
    if as_json:
        say(dumps({"client": record.client.name} | report.plain, indent=2))
    else:
        _show(report, record.client.name or client.name)
    if backup:
        say(f"\nThe schedule is in {client.resolve()}; the previous version is in {backup.name}.", err=as_json)


def _show(report: LeavingReport, name: str) -> None:
    printer = console()
    printer.width = max(printer.width, _NARROWEST)
    printer.print(f"{name}: last day of work {report.last_day}.\n")
    for grant in report.grants:
        printer.print(grant.label, style="bold")
        for sentence in _sentences(grant):
            printer.print(f"  {sentence}")
    printer.print(f"\nMost after tax: {report.answer['objective']:,.2f}, {proof_of(report.answer)}.\n")
    printer.print(_table(report.answer))
    for way in report.answer["strategies"]:
        if way["why_not"]:
            printer.print(f"  {way['name']}: cannot be done, because {way['why_not']}.")
    printer.print("Why:")
    for sentence in report.why:
        printer.print(f"  {sentence}")
    printer.print("\nDays:")
    for due in report.days:
        printer.print(f"  {due.day}  {due.title}. {due.detail}")
    printer.print()
    for note in report.notes:
        printer.print(f"Note: {note}")


def _sentences(grant: OfGrant) -> list[str]:
    """One line per step, and on what lapses."""
    found = [
        f"{shares_of(step.shares)} as {step.option_type}s, from {step.first_day} to {step.last_day}."
        for step in grant.steps
    ]
    if grant.lapse:
        found.append(f"{shares_of(grant.lapse)} lapse{'s' if grant.lapse == 1 else ''} after {grant.window.by_plan}.")
    return found


def _table(answer: dict[str, Any]) -> Any:
    from rich import box
    from rich.table import Table

    table = Table(title="Ways compared", title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    table.add_column("Way", no_wrap=True)
    for heading in ("After tax", "AMT", "All taxes", "Cash", "Medicare", "If the value halves", "Shares"):
        table.add_column(heading, justify="right")
    for way in answer["strategies"]:
        shares = sum(sum(row.values()) for row in way["schedule"].values())
        amounts = (
            way["objective"], way["amt_in_all"], way["tax_in_all"], way["cash"], way["medicare_withheld"],
            -way["lost_if_value_halves"],
        )  # fmt: skip
        table.add_row(way["name"], *(f"{amount + 0.0:,.2f}" for amount in amounts), f"{shares:,}")
    return table
