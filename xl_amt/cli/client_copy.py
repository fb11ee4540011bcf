"""The command that writes what the client is given: client-copy."""

from __future__ import annotations

from json import dumps
from pathlib import Path

import click

from xl_amt.cli import options
from xl_amt.cli.terminal import say


@click.command("client-copy", short_help="Write a workbook of values to hand to the client.")
@click.argument("client", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The workbook to write. Default: next to CLIENT, as NAME for the client.xlsx.",
)
@options.replace_existing
@options.as_json
def client_copy(client: Path, output: Path | None, replace: bool, as_json: bool) -> None:
    """Write a workbook of a CLIENT (record or workbook) that can be handed to the client.

    It holds only values, on the sheets with answers: no formulas, no inputs, none of your remarks or answers, and no
    names of files that were read. It is built from scratch; sheets and columns that you added are left out and listed.
    """
    from xl_amt.jobs.client_copy import client_copy as copy_for_the_client

    made = copy_for_the_client(client, output, replace_existing=replace)
    if as_json:
        say(dumps(made._asdict() | {"path": str(made.path.resolve())}, indent=2))
        return
    say(f"Sheets: {', '.join(made.sheets)}.")
    if made.left_out:
        say(f"Not copied, because you added it: {', '.join(made.left_out)}.")
    for title in made.not_taken:
        say(f"{title}: its cells were moved, so what was typed into it is not in the copy; it shows only the record.")
    if made.failed_checks:
        say(f"Before you hand it out: {made.failed_checks} of the checks do not hold; xl-amt check says which.")
    say(f"\nFor the client: {made.path.resolve()}")
