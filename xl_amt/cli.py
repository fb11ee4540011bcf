"""The command line: ``xl-amt``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xl_amt import __version__
from xl_amt.errors import AmtError, ArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable

    from xl_amt.client import RoomReport
    from xl_amt.importers import ImportResult
    from xl_amt.worksheet import WorksheetFunction


class _Group(click.Group):
    """Commands in the order of use; whatever is wrong is one sentence on stderr, and exit code 2."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(self.commands)

    def main(self, *arguments: Any, **options: Any) -> Any:
        options.pop("standalone_mode", None)
        try:
            code = super().main(*arguments, standalone_mode=False, **options)
        except AmtError as error:
            code = _failed(str(error))
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message())
            code = 0
        except click.ClickException as error:
            message = error.format_message().rstrip(".")
            code = _failed(message if message.endswith("?") else f"{message}; see xl-amt --help.")
        except click.Abort:
            code = _failed("stopped.")
        sys.exit(code if isinstance(code, int) else 0)


def _failed(sentence: str) -> int:
    click.echo(f"xl-amt: {' '.join(sentence.split())}", err=True)
    return 2


def _facts(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> dict[str, float | str]:
    facts: dict[str, float | str] = {}
    for item in given:
        label, equals, amount = item.partition("=")
        if not equals or not label.strip():
            raise click.BadParameter(f'"{item}" is not LABEL=AMOUNT, as in --set "Interest=2000"')
        facts[label.strip()] = _value(amount)
    return facts


def _value(text: str) -> Any:
    """A word of the command line as a cell would hold it: a number where it is one."""
    try:
        return float(text.replace(",", "").removeprefix("$"))
    except ValueError:
        return text.strip()


_set = click.option(
    "--set",
    "facts",
    metavar="LABEL=AMOUNT",
    multiple=True,
    callback=_facts,
    help='A further fact, as in --set "Interest=2000" --set "Age=67". May be repeated.',
)
_status = click.option("--status", help="Filing status: single, mfj, mfs, hoh or qss.")
_year = click.option("--year", type=int, help="Tax year, 2018 to 2026.")
_income = click.option("--income", type=float, help="Wages in dollars.")
_value_per_share = click.option("--fmv", type=float, help="Value of a share today, in dollars.")
_replace = click.option("--replace", is_flag=True, help="Replace the workbook if it exists.")


def _household_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (_set, _value_per_share, _income, _year, _status):
        command = option(command)
    return command


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="xl-amt")
def main() -> None:
    """Alternative Minimum Tax planning for incentive stock options.

    How many shares can a client exercise this year at $0 AMT? Try it on an example: xl-amt demo
    """


@main.command(short_help="Import an example and answer it.")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="DIR",
    help="Folder for the workbook; made if it is not there. Default: this one.",
)
def demo(output: Path) -> None:
    """Import an example Carta export, and write and answer its client workbook."""
    from xl_amt.client import demo_client, free_name, report_room, write_workbook

    client, result = demo_client()
    _show_import(result)
    _make_folder(output)
    path = write_workbook(client, free_name(output / f"{client.name} {client.year}.xlsx"))
    click.echo(
        f"{client.name}: {client.status}, {client.year}, wages ${client.wages:,.0f}, "
        f"share value ${client.value_per_share:,.2f}.\n"
    )
    _show_room(report_room(client))
    click.echo(f"\nClient workbook: {path.resolve()}")


@main.command(short_help="Write a client workbook to key in by hand.")
@click.argument("workbook", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--name", default="", help="The client's name.")
@_household_options
@_replace
def new(
    workbook: Path,
    name: str,
    status: str | None,
    year: int | None,
    income: float | None,
    fmv: float | None,
    facts: dict[str, float | str],
    replace: bool,
) -> None:
    """Write a client WORKBOOK to key in by hand; what is not given stays blank."""
    from xl_amt.client import new_client, write_workbook

    client = new_client(name=name, facts=facts, wages=income, value_per_share=fmv, **_status_and_year(status, year))
    click.echo(f"Client workbook: {write_workbook(client, workbook, replace_existing=replace).resolve()}")


@main.command("import", short_help="Turn a Carta export into a client workbook.")
@click.argument("export", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="The workbook. Default: NAME YEAR.xlsx."
)
@click.option("--stakeholder", metavar="NAME", help="Whose grants, where the export holds several people's.")
@_household_options
@_replace
def import_(
    export: Path,
    output: Path | None,
    stakeholder: str | None,
    status: str | None,
    year: int | None,
    income: float | None,
    fmv: float | None,
    facts: dict[str, float | str],
    replace: bool,
) -> None:
    """Turn a Carta EXPORT into a client workbook; what is not given stays blank in it."""
    from xl_amt.client import import_client, report_room, write_workbook

    client, result = import_client(
        export,
        stakeholder=stakeholder,
        facts=facts,
        wages=income,
        value_per_share=fmv,
        **_status_and_year(status, year),
    )
    report = report_room(client)
    path = write_workbook(
        client, output or Path(f"{_file_name(client.name)} {client.year}.xlsx"), replace_existing=replace
    )
    _show_import(result)
    if income is not None and fmv is not None:
        _show_room(report)
    click.echo(f"\nClient workbook: {path.resolve()}")


@main.command(context_settings={"ignore_unknown_options": True}, short_help="Answer a worksheet function.")
@click.argument("function")
@click.argument("arguments", nargs=-1)
@_set
@click.option("--exact", is_flag=True, help="All digits, not cents.")
def calc(function: str, arguments: tuple[str, ...], facts: dict[str, float | str], exact: bool) -> None:
    """Answer a worksheet FUNCTION, as in: xl-amt calc AMT_ROOM 150000 single 2021."""
    from xl_amt.worksheet import call, find_function

    called = find_function(function)
    given: list[Any] = [_value(item) for item in arguments]
    if facts:
        given = _with_facts(called, given, facts)
    result = call(called.name, *given)
    click.echo(_plain(result, called.result, exact=exact))


@main.command(short_help="The largest spread, and shares, with no AMT.")
@_household_options
@click.option("--strike", type=float, help="Exercise price, in dollars; with --fmv it gives whole shares.")
def room(
    status: str | None,
    year: int | None,
    income: float | None,
    fmv: float | None,
    strike: float | None,
    facts: dict[str, float | str],
) -> None:
    """The largest ISO spread, and the shares, with no AMT."""
    from xl_amt.worksheet import call

    household = (income, status, year)
    for option, value in zip(("--income", "--status", "--year"), household, strict=True):
        if value is None:
            raise ArgumentError(f"{option} is missing; try: xl-amt room --income 150000 --status single --year 2026.")
    if (strike is None) != (fmv is None):
        raise ArgumentError("--strike and --fmv belong together; give both for shares, or neither for dollars.")
    if strike is not None and fmv is not None and 0.0 <= fmv <= strike:
        raise ArgumentError("--fmv: it is not above --strike, so there is no spread and no AMT on any number of shares.")
    labelled = (list(facts), list(facts.values()))
    largest = call("AMT_ROOM", *household, *labelled)
    lines = [
        ("Regular tax", f"{call('AMT_REGULAR_TAX', *household, *labelled):,.2f}", ""),
        ("AMT room", f"{largest:,.2f}", "largest ISO spread with no AMT"),
    ]
    if strike is not None:
        shares = call("AMT_ROOM_SHARES", *household, strike, fmv, *labelled)
        lines.append(("Shares at $0 AMT", f"{shares:,.0f}", f"at a strike of {strike:g} and a value of {fmv:g}"))
    if largest:
        for part in (0.25, 0.50, 1.00):
            spread = largest * (1 + part)
            owed = call("AMT_OWED", *household, spread, *labelled)
            lines.append((f"AMT at {part:.0%} beyond", f"{owed:,.2f}", f"on a spread of {spread:,.2f}"))
    else:
        owed = call("AMT_OWED", *household, 0, *labelled)
        lines.append(("AMT", f"{owed:,.2f}", "owed before any exercise"))
    for name, amount, note in lines:
        click.echo(f"{name:<20}{amount:>12}   {note}".rstrip())


@main.command(short_help="List the worksheet functions, or describe one.")
@click.argument("name", required=False)
def functions(name: str | None) -> None:
    """List the worksheet functions, or describe one: xl-amt functions AMT_ROOM."""
    from xl_amt.worksheet import FUNCTIONS, find_function

    if name:
        _describe(find_function(name))
        return
    category = ""
    for function in FUNCTIONS.values():
        if function.category != category:
            category = function.category
            click.echo(f"\n{category}")
        click.echo(f"  {function.name:<20}{function.summary}")
    click.echo("\nFor one of them: xl-amt functions AMT_ROOM")


def _status_and_year(status: str | None, year: int | None) -> dict[str, Any]:
    from xl_amt.law import enacted, read_status

    if year is not None:
        enacted("US").check_year(year)
    return {"status": None if status is None else read_status(status), "year": year}


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArgumentError(f"--output: {folder} is not a folder that can be made ({error.strerror}).") from error


def _file_name(name: str) -> str:
    return "".join(letter if letter.isalnum() or letter in " .-_'" else " " for letter in name).strip() or "Client"


def _with_facts(function: WorksheetFunction, given: list[Any], facts: dict[str, float | str]) -> list[Any]:
    names = [argument.name for argument in function.arguments]
    if "labels" not in names:
        raise ArgumentError(f"--set: {function.name} takes no labelled facts; leave --set out.")
    at = names.index("labels")
    given += [None] * (at - len(given))
    given[at : at + 2] = [list(facts), list(facts.values())]
    return given


def _plain(result: Any, unit: str, *, exact: bool) -> str:
    if isinstance(result, str):
        return result
    if exact:
        return repr(result)
    return f"{result:.2f}" if unit == "dollars" else f"{result:.12g}"


def _describe(function: WorksheetFunction) -> None:
    click.echo(f"{function.signature}\n\n{function.description}\n")
    for argument in function.arguments:
        unit = f" ({argument.unit})" if argument.unit else ""
        click.echo(f"  {argument.name:<18}{argument.description}{unit}")
    example = ", ".join(f'"{item}"' if isinstance(item, str) else f"{item}" for item in function.example)
    click.echo(f"\nGives {function.result}. Example: ={function.name}({example}) gives {function.gives}")


def _show_import(result: ImportResult) -> None:
    click.echo(
        f"{result.source}: {result.rows_read} rows, {len(result.grants)} grants of {result.stakeholder}, "
        f"{len(result.rejected)} not imported."
    )
    for row in result.rejected:
        click.echo(f"  row {row.row}, {row.label}: {row.reason}")
    for note in result.notes:
        click.echo(f"  {note}")


def _show_room(report: RoomReport) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    console.print(f"Regular tax {report.regular_tax:,.2f}; AMT room: [bold]{report.room:,.2f}[/bold] of ISO spread.")
    shares = Table(title=f"{report.shares:,} shares at $0 AMT", title_justify="left", title_style="bold")
    for heading in ("Grant", "Strike", "Exercisable", "At $0 AMT", "Spread used"):
        shares.add_column(heading, justify="left" if heading == "Grant" else "right")
    for item in report.filled:
        shares.add_row(
            item.grant.label,
            f"{item.grant.strike:,.2f}",
            f"{item.grant.shares_exercisable:,}",
            f"{item.shares:,}",
            f"{item.spread:,.2f}",
        )
    console.print(shares)
    if report.shares_under_water:
        console.print(f"{report.shares_under_water:,} exercisable ISO shares are under water and left out.")
    basis = "beyond the room" if report.room else "of all exercisable spread (already in AMT)"
    beyond = Table(title="What more costs", title_justify="left", title_style="bold")
    for heading in (f"Percent {basis}", "ISO spread", "AMT"):
        beyond.add_column(heading, justify="right")
    for row in report.beyond:
        beyond.add_row(f"{row.fraction:.0%}", f"{row.spread:,.2f}", f"{row.amt:,.2f}")
    console.print(beyond)
