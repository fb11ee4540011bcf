"""The command that begins a client's next year: roll."""

from __future__ import annotations

from json import dumps
from pathlib import Path

import click

from xl_amt.cli import options
from xl_amt.cli.terminal import say
from xl_amt.days import today


@click.command(short_help="Begin a client's next year in a file of its own.")
@click.argument("client", type=click.Path(path_type=Path))
@click.option(
    "--to",
    callback=options.read_tax_year,
    metavar="YEAR",
    help="The year with which the new file begins. Default: the second one of CLIENT.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The workbook, or a record: NAME.client.toml. Default: next to CLIENT, with the year in its name.",
)
@click.option("--anyway", is_flag=True, help="Carry unanswered questions along.")
@options.replace_existing
@options.as_json
def roll(client: Path, to: int | None, output: Path | None, anyway: bool, replace: bool, as_json: bool) -> None:
    """Write a CLIENT's record or workbook for the next year, which begins where this one ends.

    Losses and minimum tax credits left by earlier years become its opening amounts; holdings, steps done and planned,
    and every answer stay. It asks about steps that were planned and not done. CLIENT itself does not change.
    """
    from xl_amt.jobs.roll import roll_client

    path, rolled = roll_client(client, today(), to=to, output=output, anyway=anyway, replace_existing=replace)
    written = str(path.resolve())
    if as_json:
        remarks = [{"level": one.level, "about": one.about, "text": one.text} for one in rolled.remarks]
        say(dumps({"year": rolled.year, "opening": rolled.opening, "remarks": remarks, "written": written}, indent=2))
        return
    if not rolled.opening:
        say(f"{rolled.year} opens with no loss and no credit.")
    for name, amount in rolled.opening.items():
        say(f"{rolled.year} opens with {name}: {amount:,.2f}")
    for remark in rolled.remarks:
        say(f"  {remark.level.capitalize()}: {remark.text}")
    say(f"\nClient: {written}")
