"""The command that brings a client's record up to date: update."""

from __future__ import annotations

from datetime import date
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xl_amt.cli import options
from xl_amt.cli.printing import announce, show_import
from xl_amt.cli.terminal import say
from xl_amt.days import today
from xl_amt.errors import ArgumentError

if TYPE_CHECKING:
    from xl_amt.jobs.differences import Differences


@click.command(short_help="Bring a client's record up to date with newer exports.")
@click.argument("client", type=click.Path(path_type=Path))
@click.argument("exports", nargs=-1, metavar="EXPORT...", type=click.Path(path_type=Path))
@options.whose
@options.spouses
@options.day_of_counts
@options.value_per_share
@click.option("--dry-run", is_flag=True, help="Show only the differences, and write nothing.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write a new record or workbook there, and leave CLIENT unchanged; without an EXPORT, from what CLIENT holds.",
)
@options.as_json
def update(
    client: Path,
    exports: tuple[Path, ...],
    stakeholder: str | None,
    spouse: str | None,
    spouse_exports: tuple[Path, ...],
    as_of: date | None,
    fmv: float | None,
    dry_run: bool,
    output: Path | None,
    as_json: bool,
) -> None:
    """Bring a CLIENT's record or workbook up to date with newer EXPORTs, and keep the previous file next to it.

    What is new, changed and gone is shown with old and new figures. The advisor's own entries and answers stay, and
    planned steps that were carried out are replaced by what was done.
    """
    from xl_amt.jobs.import_record import KnownBesides
    from xl_amt.jobs.import_report import report_import
    from xl_amt.jobs.new_client import write_client
    from xl_amt.jobs.records import open_record
    from xl_amt.jobs.update_record import update_record, write_update

    if dry_run and output is not None:
        raise ArgumentError("--output: a dry run writes nothing; leave one of the two out.")
    if not exports and not spouse_exports and output is None:
        raise click.UsageError("Missing argument 'EXPORT...'")
    read_on = today()
    announce([*exports, *spouse_exports])
    before = open_record(client)
    updated = update_record(
        before,
        exports,
        KnownBesides(value_per_share=fmv, as_of=as_of),
        read_on,
        stakeholder,
        spouse=spouse,
        spouse_paths=spouse_exports,
    )
    differences = updated.differences
    is_written = not dry_run and bool(updated.results)
    kept = None
    if output is not None:
        write_client(updated.record, output, inputs=[client, *exports, *spouse_exports])
    elif is_written:
        kept = write_update(before, updated, client, read_on, [*exports, *spouse_exports])
    news = updated.news_since(before)
    reports = [report_import(result, () if number else news) for number, result in enumerate(updated.results)]
    if as_json:
        figures = {
            "new": differences.new,
            "changed": [change._asdict() for change in differences.changed],
            "gone": differences.gone,
            "done": differences.done,
            "imports": [report.plain for report in reports],
            "kept": None if kept is None else str(kept.resolve()),
            "output": None if output is None else str(output.resolve()),
        }
        say(dumps(figures, indent=2))
        return
    for report in reports:
        show_import(report)
    _show(differences)
    if output is not None:
        say(f"\nClient: {output.resolve()}")
    elif kept is not None:
        say(f"\nClient record: {client.resolve()}\nThe previous record: {kept.resolve()}")
    elif dry_run:
        say("\nNothing was written, because of --dry-run.")


def _show(differences: Differences) -> None:
    """Print what is new, changed, gone and done."""
    if differences.is_none:
        say("Nothing differs from the record.")
    for word, sentences in (("New", differences.new), ("Gone", differences.gone), ("Done", differences.done)):
        for sentence in sentences:
            say(f"{word}: {sentence}")
    for change in differences.changed:
        say(f"Changed: {change.about}, {change.header}: {change.old} -> {change.new}")
