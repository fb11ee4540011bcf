"""Commands for one client: demo, new and import."""

from __future__ import annotations

from pathlib import Path

import click

from xl_amt.cli import options
from xl_amt.cli.printing import show_import, show_room
from xl_amt.cli.terminal import say
from xl_amt.errors import ArgumentError
from xl_amt.files import file_name


@click.command(short_help="Import an example and answer it.")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="DIR",
    help="Folder for the workbook; made if it is not there. Default: this one.",
)
def demo(output: Path) -> None:
    """Import an example Carta export, and write and answer its client workbook."""
    from xl_amt.jobs.example import demo_client
    from xl_amt.jobs.new_client import free_name, write_workbook
    from xl_amt.jobs.room_report import report_room

    client, result = demo_client()
    show_import(result)
    _make_folder(output)
    path = write_workbook(client, free_name(output / f"{client.name} {client.year}.xlsx"))
    say(
        f"{client.name}: {client.status}, {client.year}, wages ${client.wages:,.0f}, "
        f"share value ${client.value_per_share:,.2f}.\n"
    )
    show_room(report_room(client))
    say(f"\nClient workbook: {path.resolve()}")


@click.command(short_help="Write a client workbook to key in by hand.")
@click.argument("workbook", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--name", default="", help="The client's name.")
@options.household_options
@options.replace_existing
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
    from xl_amt.jobs.new_client import new_client, write_workbook

    client = new_client(
        name=name, facts=facts, wages=income, value_per_share=fmv, **options.status_and_year(status, year)
    )
    say(f"Client workbook: {write_workbook(client, workbook, replace_existing=replace).resolve()}")


@click.command("import", short_help="Turn a Carta export into a client workbook.")
@click.argument("export", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="The workbook. Default: NAME YEAR.xlsx."
)
@click.option("--stakeholder", metavar="NAME", help="Whose grants, where the export holds several people's.")
@options.household_options
@options.replace_existing
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
    from xl_amt.jobs.new_client import import_client, write_workbook
    from xl_amt.jobs.room_report import report_room

    client, result = import_client(
        export,
        stakeholder=stakeholder,
        facts=facts,
        wages=income,
        value_per_share=fmv,
        **options.status_and_year(status, year),
    )
    report = report_room(client)
    path = write_workbook(
        client,
        output or Path(f"{file_name(client.name, 'Client')} {client.year}.xlsx"),
        replace_existing=replace,
        inputs=[export],
    )
    show_import(result)
    if income is not None and fmv is not None:
        show_room(report)
    say(f"\nClient workbook: {path.resolve()}")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArgumentError(f"--output: {folder} is not a folder that can be made ({error.strerror}).") from error
