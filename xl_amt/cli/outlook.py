"""The outlook command: how each strategy of the plan fares as the value of the share moves."""

from __future__ import annotations

from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from xl_amt.cli import options
from xl_amt.cli.terminal import console, say
from xl_amt.days import today
from xl_amt.equity.words import dollars
from xl_amt.errors import ArgumentError

if TYPE_CHECKING:
    from xl_amt.jobs.outlook import OutlookReport

_NARROWEST: Final = 104  # characters of the table of strategies


@click.command(short_help="How the plan fares as the value moves: money, chances, regrets.")
@click.argument("client", type=click.Path(path_type=Path))
@click.option(
    "--volatility",
    callback=options.read_amount,
    metavar="FRACTION",
    help="Standard deviation of the value's yearly growth. Default: 0.5.",
)
@click.option(
    "--drift",
    callback=options.read_amount,
    metavar="FRACTION",
    help="Yearly growth of a company that survives. Default: as the plan's values grow.",
)
@click.option(
    "--chance-of-zero",
    callback=options.read_amount,
    metavar="FRACTION",
    help="Chance, each year, that the shares become worthless. Default: 0.05.",
)
@click.option(
    "--paths", callback=options.read_amount, metavar="NUMBER", help="How many paths, at most 50,000. Default: 10,000."
)
@click.option(
    "--seed", callback=options.read_amount, metavar="NUMBER", help="The same seed gives the same paths. Default: 1."
)
@click.option(
    "--scenarios",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Named paths of the value (TOML): under each ['name'], the value of a share by year.",
)
@click.option(
    "--pictures",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Folder for four pictures (SVG); created if it does not exist.",
)
@click.option(
    "--write", is_flag=True, help="Put the answer on the sheet Outlook of a client workbook; a backup is kept."
)
@options.jurisdiction
@options.as_json
def outlook(
    client: Path,
    volatility: float | None,
    drift: float | None,
    chance_of_zero: float | None,
    paths: float | None,
    seed: float | None,
    scenarios: Path | None,
    pictures: Path | None,
    write: bool,
    jurisdiction: str | None,
    as_json: bool,
) -> None:
    """How each strategy of a CLIENT's plan (.client.toml) fares, after tax, as the value of the share moves.

    Along named scenarios and simulated paths: what is left after tax, the chance that AMT paid is not back in time, and
    the exact price at the exit below which each strategy leaves less than waiting would have.
    """
    from xl_amt.client.toml_file import is_record
    from xl_amt.jobs.outlook import report_outlook, write_outlook
    from xl_amt.jobs.outlook_pictures import write_pictures
    from xl_amt.jobs.records import asked_of, is_client_file, open_client
    from xl_amt.planning.outlook.paths import Simulation

    given = {
        "volatility": volatility,
        "drift": drift,
        "chance_of_zero": chance_of_zero,
        "paths": _whole(paths, "--paths"),
        "seed": _whole(seed, "--seed"),
    }
    stated: dict[str, Any] = {name: amount for name, amount in given.items() if amount is not None}
    simulation = Simulation(**stated)
    if write and (is_record(client) or not is_client_file(client)):
        raise ArgumentError(
            f"--write: the answer goes to the sheet Outlook of a client workbook, and {client.name} is not one; use "
            "a workbook, or --json."
        )
    record, _ = open_client(client, today())
    report = report_outlook(asked_of(record, jurisdiction), today(), simulation, scenarios)
    written = write_pictures(report, pictures) if pictures else []
    backup = write_outlook(client, report, today()) if write else None
    if as_json:
        say(dumps(report.plain, indent=2))
    else:
        _show(report)
    for path in written:
        say(f"Picture: {path.resolve()}", err=as_json)
    if backup:
        say(
            f"\nThe answer is on the sheet Outlook of {client.resolve()}; the previous version is in {backup.name}.",
            err=as_json,
        )


def _whole(number: float | None, name: str) -> int | None:
    if number is None:
        return None
    if not number.is_integer():
        raise ArgumentError(f"{name}: {number:g} is not a whole number; enter one such as 1000.")
    return int(number)


def _show(report: OutlookReport) -> None:
    printer = console()
    printer.width = max(printer.width, _NARROWEST)
    own = report.simulation
    printer.print(
        f"{report.name}: {own.paths:,} paths to the exit of {report.years[-1]}, volatility {own.volatility:g}, "
        f"chance of zero {own.chance_of_zero:g} a year, seed {own.seed}.\n"
    )
    printer.print(_values_table(report))
    printer.print(_money_table(report))
    if report.scenarios:
        printer.print(_scenarios_table(report))
    printer.print(_chances_table(report))
    for note in report.notes:
        printer.print(f"Note: {note}")


def _table(title: str, headings: list[str]) -> Any:
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    table.add_column("", no_wrap=True)
    for heading in headings:
        table.add_column(heading, justify="right")
    return table


def _values_table(report: OutlookReport) -> Any:
    table = _table("Value of a share", [str(year) for year in report.years])
    table.add_row("plan", *map(dollars, [*report.plan.by_place, report.plan.price]))
    for name, values in report.scenarios.items():
        table.add_row(name, *map(dollars, [*values.by_place, values.price]))
    for percent in report.fan[report.years[0]].percentiles:
        table.add_row(f"{percent} of 100 below", *(dollars(own.percentiles[percent]) for own in report.fan.values()))
    return table


def _money_table(report: OutlookReport) -> Any:
    percents = [f"{percent} %" for percent in report.strategies[0].chances.after_tax.percentiles]
    table = _table("After tax", ["As planned", "Mean", *percents])
    for one in report.strategies:
        spread = one.chances.after_tax
        amounts = [one.planned.objective, spread.mean, *spread.percentiles.values()]
        table.add_row(one.course.name, *map(_dollars, amounts))
    return table


def _scenarios_table(report: OutlookReport) -> Any:
    table = _table("After tax, in each scenario", list(report.scenarios))
    for one in report.strategies:
        table.add_row(one.course.name, *(_dollars(priced.objective) for priced in one.scenarios.values()))
    return table


def _chances_table(report: OutlookReport) -> Any:
    from xl_amt.planning.outlook.regrets import in_words

    headings = [
        "Loses money",
        "Leaves most",
        "Below waiting",
        "AMT not back",
        "Mean AMT",
        "Regrets",
    ]
    table = _table("Chances", headings)
    for one in report.strategies:
        found = one.chances
        parts = (found.loses_money, found.leaves_most, found.less_than_waiting, found.not_recovered)
        table.add_row(
            one.course.name, *(f"{part:.1%}" for part in parts), _dollars(found.amt.mean), in_words(one.regrets)
        )
    return table


def _dollars(amount: float) -> str:
    return f"{round(amount) + 0:,}"
