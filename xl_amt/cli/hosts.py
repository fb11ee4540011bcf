"""Commands for spreadsheets: addin and doctor."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from xl_amt.cli.terminal import say
from xl_amt.errors import ArgumentError

_host = click.option(
    "--host",
    type=click.Choice(["excel", "libreoffice"]),
    default="excel",
    show_default=True,
    help="The spreadsheet.",
)


@click.group(short_help="Install, remove or inspect a spreadsheet's add-in.")
def addin() -> None:
    """The add-in that makes =AMT_ROOM( and its sisters answer in a spreadsheet."""


@addin.command()
@_host
@click.option(
    "--signed",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A copy of the Excel add-in that your firm has signed.",
)
def install(host: str, signed: Path | None) -> None:
    """Install the add-in for this user."""
    if signed is None:
        _installer(host).install(say)
    elif host == "excel":
        _installer(host).install(say, signed=signed)
    else:
        raise ArgumentError("signed: only the add-in of Excel is signed; leave out --signed.")


@addin.command()
@_host
def remove(host: str) -> None:
    """Remove the add-in; workbooks are not changed."""
    _installer(host).remove(say)


@addin.command()
@_host
def status(host: str) -> None:
    """Say whether the add-in is installed, and where."""
    say(_installer(host).status())


@click.command(short_help="Find what keeps a spreadsheet's functions from answering.")
@click.option(
    "--host",
    type=click.Choice(["excel", "libreoffice"]),
    help="The spreadsheet; Excel on Windows and LibreOffice elsewhere, unless named.",
)
@click.pass_context
def doctor(context: click.Context, host: str | None) -> None:
    """Look for what usually keeps the functions from answering in a spreadsheet, and say what to do."""
    if (host or ("excel" if sys.platform == "win32" else "libreoffice")) == "excel":
        from xl_amt.hosts.excel_addin.doctor import diagnose
    else:
        from xl_amt.hosts.libreoffice.doctor import diagnose  # type: ignore[assignment]

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
