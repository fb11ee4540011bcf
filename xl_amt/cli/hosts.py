"""Commands for spreadsheets: addin and doctor."""

from __future__ import annotations

from typing import Any

import click

from xl_amt.cli.terminal import say

_host = click.option(
    "--host",
    type=click.Choice(["excel", "libreoffice"]),
    default="excel",
    show_default=True,
    help="The spreadsheet.",
)


@click.group(short_help="Install, remove or look at the add-in of a spreadsheet.")
def addin() -> None:
    """The add-in that makes =AMT_ROOM( and its sisters answer in a spreadsheet."""


@addin.command()
@_host
def install(host: str) -> None:
    """Install the add-in for this user."""
    _installer(host).install(say)


@addin.command()
@_host
def remove(host: str) -> None:
    """Remove the add-in; workbooks stay as they are."""
    _installer(host).remove(say)


@addin.command()
@_host
def status(host: str) -> None:
    """Say whether the add-in is installed, and where."""
    say(_installer(host).status())


@click.command(short_help="Find the usual troubles of Excel add-ins.")
@click.pass_context
def doctor(context: click.Context) -> None:
    """Look for what usually keeps an Excel add-in from answering, and say what to do."""
    from xl_amt.hosts.excel_addin.doctor import diagnose

    findings = diagnose()
    for finding in findings:
        say(f"{'ok  ' if finding.well else 'look'}  {finding.what}")
        if not finding.well:
            say(f"      {finding.advice}")
    context.exit(0 if all(finding.well for finding in findings) else 1)


def _installer(host: str) -> Any:
    if host == "libreoffice":
        from xl_amt.hosts.libreoffice import install as installer
    else:
        from xl_amt.hosts.excel_addin import install as installer  # type: ignore[no-redef]
    return installer
