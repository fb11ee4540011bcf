"""Commands on a workbook's file itself: recalc and convert."""

from __future__ import annotations

from json import dumps
from pathlib import Path

import click

from xl_amt.cli import options
from xl_amt.cli.terminal import say
from xl_amt.days import today


@click.command(short_help="Recalculate a workbook after edits made anywhere.")
@click.argument("workbook", metavar="CLIENT.xlsx", type=click.Path(path_type=Path))
@options.as_json
def recalc(workbook: Path, as_json: bool) -> None:
    """Recalculate a workbook in place, without a spreadsheet program, whoever edited it.

    Only values change; every other byte of the file stays. A formula that cannot be calculated here keeps its value and
    is named, with those that depend on it. The previous file is kept next to it.
    """
    from xl_amt.jobs.recalc import recalc as recalculate

    report = recalculate(workbook, today())
    if as_json:
        say(dumps(report._asdict() | {"kept": _place(report.kept)}, indent=2))
        return
    say(f"{report.changed:,} of {report.formulas:,} values changed.")
    for sentence in report.not_recalculated:
        say(f"Not recalculated here: {sentence}")
    _say_kept(workbook, report.kept)


@click.command(short_help="Write a workbook's functions under their plain names.")
@click.argument("workbook", metavar="FILE", type=click.Path(path_type=Path))
@options.as_json
def convert(workbook: Path, as_json: bool) -> None:
    """Write the AMT_ functions of a workbook under their plain names, in the FILE itself.

    Excel stores a function under the name of its add-in, and LibreOffice in lower case: on another
    machine, neither is found. Values stay; recalc brings them up to date. The previous file is kept next to it.
    """
    from xl_amt.jobs.convert import convert as convert_file

    report = convert_file(workbook, today())
    if as_json:
        say(dumps({"cells": report.cells, "kept": _place(report.kept)}, indent=2))
        return
    say(f"{len(report.cells):,} formulas are under plain names now.")
    _say_kept(workbook, report.kept)


def _place(path: Path | None) -> str | None:
    return None if path is None else str(path.resolve())


def _say_kept(workbook: Path, kept: Path | None) -> None:
    say("The file is unchanged." if kept is None else f"{workbook.resolve()}\nThe previous file: {kept.resolve()}")
