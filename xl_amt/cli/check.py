"""The command that looks a client's file over: check."""

from __future__ import annotations

from json import dumps
from pathlib import Path

import click

from xl_amt.cli import options
from xl_amt.cli.terminal import say
from xl_amt.days import today


@click.command(short_help="Check a client's workbook or record.")
@click.argument("client", type=click.Path(path_type=Path))
@options.as_json
@click.pass_context
def check(context: click.Context, client: Path, as_json: bool) -> None:
    """Check a CLIENT's workbook (.xlsx) or record (.client.toml), and change nothing.

    This looks for faults for which Excel would offer to repair the file, cells that show an error or no value, checks
    that failed, an older law or version of xl-amt, inputs that were changed since a command last wrote the file, and
    planned steps whose day has passed.
    The exit status is 1 if anything is found.
    """
    from xl_amt.jobs.check_client import check_client

    findings = check_client(client, today())
    if as_json:
        say(
            dumps(
                {"file": client.name, "well": not findings, "findings": [one._asdict() for one in findings]}, indent=2
            )
        )
    else:
        for finding in findings:
            say(f"look  {finding}")
        say(f"{client.name}: {len(findings) or 'nothing'} to look at.")
    context.exit(1 if findings else 0)
