"""Commands for one client: demo, new, import and years."""

from __future__ import annotations

from datetime import date
from json import dumps
from pathlib import Path

import click

from xl_amt.cli import options
from xl_amt.cli.printing import announce, show_import, show_room, show_years
from xl_amt.cli.terminal import say
from xl_amt.days import today
from xl_amt.errors import ArgumentError
from xl_amt.files import file_name


@click.command(short_help="Import an example and show its answer.")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="DIR",
    help="Folder for the workbook; created if it does not exist. Default: the current one.",
)
def demo(output: Path) -> None:
    """Import an example Carta export, write its client workbook, and show the answer."""
    from xl_amt.jobs.example import example_client
    from xl_amt.jobs.import_report import report_import
    from xl_amt.jobs.new_client import free_name, write_workbook
    from xl_amt.jobs.room_report import report_room

    record, result = example_client(today())
    name, own, value = record.client.name, record.years[0], record.holdings[0].values[-1]
    show_import(report_import(result, record.remarks))
    _make_folder(output)
    path = write_workbook(record, free_name(output / f"{name} {own.year}.xlsx"))
    say(f"{name}: {own.status}, {own.year}, wages ${own.income:,.0f}, share value ${value.price:,.2f}.\n")
    show_room(report_room(record))
    say(f"\nClient workbook: {path.resolve()}")


@click.command(short_help="Write a blank client workbook, or record, to fill in by hand.")
@click.argument("workbook", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
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
    jurisdiction: str | None,
    replace: bool,
) -> None:
    """Write a blank client workbook to fill in by hand, or a record if FILE ends in .client.toml.

    What is not given stays blank; the year is the current one unless --year gives another.
    """
    from xl_amt.jobs.new_client import new_record, write_client

    known = options.known_besides(status, year, income, fmv, facts, jurisdiction=jurisdiction)
    record = new_record(name, known, today())
    written = write_client(record, workbook, replace_existing=replace).resolve()
    say(f"{_kind(written)}: {written}")


@click.command("import", short_help="Turn equity exports into a client workbook or record.")
@click.argument("exports", nargs=-1, required=True, metavar="EXPORT...", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The workbook, or a record: NAME.client.toml. Default: NAME YEAR.xlsx.",
)
@options.whose
@options.spouses
@options.day_of_counts
@options.household_options
@options.spread_exercised
@options.replace_existing
@options.as_json
@click.option(
    "--columns",
    is_flag=False,
    flag_value="",
    is_eager=True,
    callback=lambda context, _, words: _list_columns(context) if words == "" else words,
    metavar='"HEADER=FACT; ..."',
    help="What other headers mean, kept for the next import. Alone: list what an export needs, and stop.",
)
def import_(
    exports: tuple[Path, ...],
    output: Path | None,
    stakeholder: str | None,
    spouse: str | None,
    spouse_exports: tuple[Path, ...],
    as_of: date | None,
    status: str | None,
    year: int | None,
    income: float | None,
    fmv: float | None,
    facts: dict[str, float | str],
    jurisdiction: str | None,
    exercised: float | None,
    replace: bool,
    as_json: bool,
    columns: str | None,
) -> None:
    """Turn EXPORTs from equity platforms into one client workbook, or into a record that other commands take.

    The extension of -o decides which. Several files from one company are combined. What is not given stays blank, and
    nothing is answered until the filing status and the wages are entered; the year is the current one unless --year
    gives another.
    """
    from xl_amt.jobs.import_report import report_import
    from xl_amt.jobs.new_client import spread_not_known, write_client
    from xl_amt.jobs.own_columns import keep_columns, read_columns
    from xl_amt.jobs.records import import_exports
    from xl_amt.jobs.room_report import missing_of, report_room

    known = options.known_besides(status, year, income, fmv, facts, exercised, jurisdiction)._replace(as_of=as_of)
    mapped = read_columns(columns) if columns else None
    announce([*exports, *spouse_exports])
    record, results = import_exports(
        exports, known, today(), stakeholder, spouse=spouse, spouse_paths=spouse_exports, columns=mapped
    )
    missing = (
        missing_of(record)
        or ("" if fmv is not None else "No shares until their value is known: add --fmv.")
        or ("" if exercised is not None or not (doubt := spread_not_known(record)) else f"No answer yet: {doubt}")
    )
    answer = None if missing or as_json else report_room(record)
    default = Path(f"{file_name(record.client.name, 'Client')} {record.years[0].year}.xlsx")
    path = write_client(
        record,
        output or default,
        replace_existing=replace,
        inputs=[*exports, *spouse_exports],
    ).resolve()
    reports = [report_import(result, () if number else record.remarks) for number, result in enumerate(results)]
    kept = str(keep_columns(mapped)) if mapped else None
    if as_json:
        say(dumps({"imports": [report.plain for report in reports], "columns": kept, "written": str(path)}, indent=2))
        return
    for report in reports:
        show_import(report)
    if kept:
        say(f"  Note: the columns are kept in {kept} for the next import.")
    if answer is None:
        say(missing)
    else:
        show_room(answer)
    say(f"\n{_kind(path)}: {path}")


@click.command(short_help="Each year of a client's record: taxes, credit, carryovers.")
@click.argument("client", type=click.Path(path_type=Path))
@click.option("--done", is_flag=True, help="Leave out planned exercises and sales.")
@options.jurisdiction
@click.option("--json", "as_json", is_flag=True, help="The figures as JSON, with nothing else on standard output.")
def years(client: Path, done: bool, jurisdiction: str | None, as_json: bool) -> None:
    """Each year of a CLIENT's record: taxes, minimum tax credit and carryovers, one column per year.

    CLIENT is a record (.client.toml) or a client workbook.
    """
    from xl_amt.jobs.records import asked_of, open_record
    from xl_amt.jobs.years_report import report_years

    record = asked_of(open_record(client), jurisdiction)
    report = report_years(record, planned=not done)
    if as_json:
        say(dumps({"client": record.client.name, "years": report.figures, "notes": report.notes}, indent=2))
    else:
        show_years(report, record.client.name or client.name)


def _list_columns(context: click.Context) -> None:
    from xl_amt.importers import needed_columns

    say("An export needs a column for each of these, under any of the headers:\n")
    for line in needed_columns():
        say(f"  {line}")
    context.exit()


def _kind(path: Path) -> str:
    from xl_amt.client.toml_file import is_record

    return "Client record" if is_record(path) else "Client workbook"


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArgumentError(f"--output: {folder} is not a folder that can be made ({error.strerror}).") from error
