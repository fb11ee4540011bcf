"""Commands that answer: calc, room, functions, batch and form."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from xl_amt.cli import options
from xl_amt.cli.printing import describe, plain, show_form, show_room, show_room_answer, show_room_steps, show_table
from xl_amt.cli.terminal import say
from xl_amt.days import today
from xl_amt.errors import ArgumentError
from xl_amt.reading.cells import not_negative
from xl_amt.reading.numbers import as_cell

_IN_BRACES: Final = re.compile(r"\{(.*)\}")  # several cells, as a worksheet has them


@click.command(context_settings={"ignore_unknown_options": True}, short_help="Answer a worksheet function.")
@click.argument("function")
@click.argument("arguments", nargs=-1)
@options.labelled_facts
@click.option("--exact", is_flag=True, help="All digits, not just cents.")
@options.law
@options.jurisdiction
def calc(
    function: str,
    arguments: tuple[str, ...],
    facts: dict[str, float | str],
    exact: bool,
    law: Path | None,
    jurisdiction: str | None,
) -> None:
    """Answer a worksheet FUNCTION, as in: xl-amt calc AMT_ROOM 150000 single 2021.

    Several cells stand in braces, as in a worksheet: "{2, 42, 2020-05-04, 2024-05-06}".
    """
    from xl_amt.jobs.calculation import calculate

    given = [_cells(item) for item in arguments]
    found = calculate(function, given, facts, options.jurisdiction_of(jurisdiction, law))
    if found.function.gives_a_table:
        show_table(found.result, exact=exact)
    else:
        say(plain(found.result, found.function, exact=exact))
    for note in found.law_notes:  # on the error stream, so the answer stands alone on the other
        say(f"xl-amt: {note}", err=True)


def _cells(word: str) -> Any:
    """A word of the shell as a cell; in braces, its rows of cells."""
    inside = _IN_BRACES.fullmatch(word)
    if inside is None:
        return as_cell(word)
    return [[as_cell(cell.strip().strip('"')) for cell in row.split(",")] for row in inside[1].split(";")]


@click.command(short_help="The largest spread, and shares, with no AMT.")
@click.argument("client", required=False, type=click.Path(path_type=Path))
@options.household_options
@options.law
@click.option(
    "--strike",
    callback=options.read_amount,
    metavar="DOLLARS",
    help="Exercise price, in dollars; with --fmv it gives whole shares.",
)
@options.spread_exercised
@click.option(
    "--paid-through",
    callback=options.read_day,
    metavar="DAY",
    help="--income is the year's pay through this day, and continues at the same rate.",
)
@click.option("--steps", is_flag=True, help="Also what can be exercised by December 31 and from January 1.")
@click.option(
    "--bonus",
    callback=options.read_amount,
    metavar="DOLLARS",
    help="A late bonus on top of --income: what it does to each of the --steps.",
)
def room(
    client: Path | None,
    status: str | None,
    year: int | None,
    income: float | None,
    fmv: float | None,
    strike: float | None,
    facts: dict[str, float | str],
    law: Path | None,
    jurisdiction: str | None,
    exercised: float | None,
    paid_through: date | None,
    steps: bool,
    bonus: float | None,
) -> None:
    """The largest ISO spread, and the shares, with no AMT: for a household, or for a CLIENT's record.

    CLIENT is a record (.client.toml) or a client workbook.

    A record states its own status, income, facts and law; --year chooses a year other than that of its as-of date, and
    --fmv gives the value per share.
    """
    from xl_amt.jobs.room_answer import answer_room
    from xl_amt.jobs.room_steps import pay_of_the_year, room_in_steps

    if client is not None:
        given = {
            "--status": status,
            "--income": income,
            "--strike": strike,
            "--set": facts or None,
            "--law": law,
            "--exercised": exercised,
            "--paid-through": paid_through,
            "--steps": steps or None,
            "--bonus": bonus,
        }
        if said := [option for option, value in given.items() if value is not None]:
            raise ArgumentError(f"{said[0]}: the record states it; change {client.name}, or leave the option out.")
        _room_of_record(client, year, fmv, jurisdiction)
        return
    if income is None or status is None or year is None:
        given = {"--income": income, "--status": status, "--year": year}
        option = next(name for name, value in given.items() if value is None)
        raise ArgumentError(f"{option} is missing; try: xl-amt room --income 150000 --status single --year 2026.")
    if (strike is None) != (fmv is None):
        raise ArgumentError("--strike and --fmv belong together; use both for shares, or neither for dollars.")
    if strike is not None and fmv is not None and 0.0 <= fmv <= strike:
        raise ArgumentError(
            "--fmv: it is not above --strike, so there is no spread and no AMT on any number of shares."
        )
    if paid_through:
        income = pay_of_the_year(income, paid_through, year)
        say(f"Wages of {year}: {income:,.2f}, at the rate until {paid_through}")
    place = options.jurisdiction_of(jurisdiction, law)
    used = not_negative(exercised or 0.0, "--exercised")
    of_shares: dict[str, Any] = {"jurisdiction": place, "strike": strike, "fmv_at_exercise": fmv}
    answer = answer_room(income, status, year, facts, spread_exercised=used, **of_shares)
    show_room_answer(answer, "" if strike is None else f"at a strike of {strike:g} and a value of {fmv:g}")
    if steps or bonus is not None:
        extra = not_negative(bonus or 0.0, "--bonus")
        found = room_in_steps(income, status, year, facts, bonus=extra, spread_exercised=used, **of_shares)
        show_room_steps(found, extra)


def _room_of_record(client: Path, year: int | None, fmv: float | None, jurisdiction: str | None) -> None:
    from xl_amt.client.year_asked import year_asked
    from xl_amt.jobs.records import asked_of, open_record
    from xl_amt.jobs.room_report import report_room_of

    record = asked_of(open_record(client), jurisdiction)
    report = report_room_of(record, today(), year=year, value_per_share=fmv)
    say(f"{record.client.name or client.name}, {year or year_asked(record)}:")
    show_room(report)


@click.command(short_help="List the worksheet functions, or describe one.")
@click.argument("name", required=False)
def functions(name: str | None) -> None:
    """List the worksheet functions, or describe one: xl-amt functions AMT_ROOM."""
    from xl_amt.worksheet import FUNCTIONS, find_function

    if name:
        describe(find_function(name))
        return
    category = ""
    for function in FUNCTIONS.values():
        if function.category != category:
            category = function.category
            say(f"\n{category}")
        say(f"  {function.name:<25}{function.summary}")
    say("\nFor one of them: xl-amt functions AMT_ROOM")


@click.command(short_help="Answer a firm's whole book, one row per household.")
@click.argument("book", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The answers.",
)
@click.option(
    "--function",
    "functions",
    metavar="NAME",
    multiple=True,
    default=("AMT_ROOM",),
    help=(
        "A function that gives a number, such as AMT_OWED; each adds a column of answers. May be repeated. Default: "
        "AMT_ROOM."
    ),
)
@click.option("--keep", metavar="COLUMN", multiple=True, help="A column to carry through unread. May be repeated.")
@options.law
@options.jurisdiction
@click.option("--replace", is_flag=True, help="Replace the output if it exists.")
def batch(
    book: Path,
    output: Path,
    functions: tuple[str, ...],
    keep: tuple[str, ...],
    law: Path | None,
    jurisdiction: str | None,
    replace: bool,
) -> None:
    """Answer a whole BOOK (.csv or .xlsx), one row per household, into a file of either kind.

    Column headings are the functions' arguments (income, status, year, spread ...) and labels (Interest, Age ...).
    Every row is kept, with an answer or its problem. A column headed jurisdiction says whose taxes, row by row;
    --jurisdiction sets it for all.
    """
    from time import perf_counter

    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    from xl_amt.batch import answer_file

    begun, console = perf_counter(), Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(book.name, total=1.0)
        report = answer_file(
            book,
            output,
            functions,
            keep=keep,
            jurisdiction=options.jurisdiction_of(jurisdiction, law),
            replace_existing=replace,
            progress=lambda done: bar.update(task, completed=done),
        )
    say(
        f"{report.rows - report.problems:,} rows answered, {report.problems:,} with a problem, "
        f"in {perf_counter() - begun:.1f} seconds: {output.resolve()}"
    )
    if report.projected:
        say(f"{report.projected:,} of them rest on law that is not enacted yet: estimated or projected.")
    if report.unread:
        say(f"Carried through, not read: {', '.join(report.unread)}")


@click.command("form", short_help="Print a tax form line by line, to tick against the paper.")
@click.argument("form")
@click.option("--income", callback=options.read_amount, metavar="DOLLARS", required=True, help="Wages in dollars.")
@click.option("--status", required=True, help="Filing status: single, mfj, mfs, hoh or qss.")
@click.option("--year", callback=options.read_tax_year, metavar="YEAR", required=True, help="Tax year.")
@click.option(
    "--spread",
    callback=options.read_amount,
    metavar="DOLLARS",
    default="0",
    help="ISO spread exercised in the year, in dollars.",
)
@options.labelled_facts
@options.law
@options.jurisdiction
def form_(
    form: str,
    income: float,
    status: str,
    year: int,
    spread: float,
    facts: dict[str, float | str],
    law: Path | None,
    jurisdiction: str | None,
) -> None:
    """Print a tax FORM line by line: 1040, 6251, "8801 part I", "Schedule A" and more; with CA: 540, "Schedule P"."""
    from xl_amt.worksheet import call

    place = options.jurisdiction_of(jurisdiction, law)
    show_form(call("AMT_FORM", form, income, status, year, spread, list(facts), list(facts.values()), place))
