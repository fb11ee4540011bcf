"""The report command: a letter of one page and the report behind it, as a PDF file."""

from __future__ import annotations

from json import dumps
from pathlib import Path

import click

from xl_amt.cli import options
from xl_amt.cli.terminal import say
from xl_amt.days import today
from xl_amt.errors import FileError
from xl_amt.files import check_new_file, file_name


@click.command(short_help="A letter of one page and a report, as a PDF file.")
@click.argument("client", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE.pdf",
    help="Where the PDF file is written. Default: NAME DAY.pdf.",
)
@click.option("--letter-only", is_flag=True, help="The letter alone, without the report's pages.")
@click.option(
    "--scenarios",
    nargs=2,
    metavar="A B",
    help='Two ways to compare: "plan", "nothing" (nothing more exercised), or the file of another record. '
    "Default: plan nothing.",
)
@click.option(
    "--firm",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A TOML file with [firm]: name, address, logo, preparer, closing. Default: your configuration.",
)
@click.option("--no-log", is_flag=True, help="Leave CLIENT as it is; otherwise its log records what was reported.")
@options.jurisdiction
@click.option("--replace", is_flag=True, help="Replace the PDF file if it exists.")
@options.as_json
def report(
    client: Path,
    output: Path | None,
    letter_only: bool,
    scenarios: tuple[str, str] | None,
    firm: Path | None,
    no_log: bool,
    jurisdiction: str | None,
    replace: bool,
    as_json: bool,
) -> None:
    """Write the letter and the report of a CLIENT: a record (.client.toml), a client workbook, or an export.

    The letter says in plain words what was asked, the answer in three figures, what to do by when, what it costs if
    the value falls by half, and what changed since the last letter; the pages behind it are Summary, Plan, Calendar,
    one for the return's preparer, and the evidence. The record's log keeps the figures for the next letter.
    """
    from xl_amt.jobs.firm import read_firm
    from xl_amt.jobs.planned_steps import steps_not_done
    from xl_amt.jobs.records import asked_of, open_client
    from xl_amt.jobs.report import report_record, write_report

    day = today()
    record, _ = open_client(client, day)
    asked = asked_of(record, jurisdiction)
    if output is not None and output.suffix.lower() != ".pdf":
        raise FileError(f"{output}: a report is a PDF file; give it a name that ends in .pdf.")
    path = output or Path(f"{file_name(record.client.name, 'Client')} {day}.pdf")
    if path.suffix.lower() != ".pdf":
        raise FileError(f"{path}: a report is a PDF file; give it a name that ends in .pdf.")
    check_new_file(path, replace_existing=replace, inputs=[client])
    made = report_record(asked, day, read_firm(firm), scenarios=scenarios or (), letter_only=letter_only)
    kept = write_report(made, path, client, record, day, keep_log=not no_log and asked == record)
    figures = made.answered.figures
    if as_json:
        say(
            dumps(
                {
                    "written": str(path.resolve()),
                    "about": made.answered.kind,
                    "shares": figures and figures.shares,
                    "amt": figures and figures.amt,
                    "cash": figures and figures.cash,
                    "kept": None if kept is None else str(kept.resolve()),
                },
                indent=2,
            )
        )
        return
    say(f"Report: {path.resolve()}")
    for sentence in steps_not_done(asked, day):
        say(f"Ask: {sentence}")
    if kept is not None:
        say(f"Logged in {client.name}. The previous file: {kept.resolve()}")
