"""Commands that answer: calc, room, functions, batch and form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xl_amt.cli import options
from xl_amt.cli.printing import deduction_note, describe, plain, show_form, show_table
from xl_amt.errors import ArgumentError

if TYPE_CHECKING:
    from xl_amt.planning.deduction_choice import CheaperDeduction
    from xl_amt.worksheet import WorksheetFunction


@click.command(context_settings={"ignore_unknown_options": True}, short_help="Answer a worksheet function.")
@click.argument("function")
@click.argument("arguments", nargs=-1)
@options.labelled_facts
@click.option("--exact", is_flag=True, help="All digits, not cents.")
@options.law
def calc(
    function: str, arguments: tuple[str, ...], facts: dict[str, float | str], exact: bool, law: Path | None
) -> None:
    """Answer a worksheet FUNCTION, as in: xl-amt calc AMT_ROOM 150000 single 2021."""
    from xl_amt.worksheet import call, find_function

    called = find_function(function)
    given: list[Any] = [options.value_of(item) for item in arguments]
    if facts:
        given = _with_facts(called, given, facts)
    if law is not None:
        given = _with_jurisdiction(called, given, options.jurisdiction_of(law))
    result = call(called.name, *given)
    if called.gives_a_table:
        show_table(result, exact=exact)
    else:
        click.echo(plain(result, called.result, exact=exact))
    _say_if_projected(called, given)


@click.command(short_help="The largest spread, and shares, with no AMT.")
@options.household_options
@options.law
@click.option("--strike", type=float, help="Exercise price, in dollars; with --fmv it gives whole shares.")
def room(
    status: str | None,
    year: int | None,
    income: float | None,
    fmv: float | None,
    strike: float | None,
    facts: dict[str, float | str],
    law: Path | None,
) -> None:
    """The largest ISO spread, and the shares, with no AMT."""
    from xl_amt.worksheet import call

    household = (income, status, year)
    for option, value in zip(("--income", "--status", "--year"), household, strict=True):
        if value is None:
            raise ArgumentError(f"{option} is missing; try: xl-amt room --income 150000 --status single --year 2026.")
    if (strike is None) != (fmv is None):
        raise ArgumentError("--strike and --fmv belong together; give both for shares, or neither for dollars.")
    if strike is not None and fmv is not None and 0.0 <= fmv <= strike:
        raise ArgumentError(
            "--fmv: it is not above --strike, so there is no spread and no AMT on any number of shares."
        )
    labelled = (list(facts), list(facts.values()), options.jurisdiction_of(law))
    largest = call("AMT_ROOM", *household, *labelled)
    for name, amount, note in _room_lines(household, labelled, largest, strike, fmv):
        click.echo(f"{name:<20}{amount:>12}   {note}".rstrip())
    cheaper = _cheaper_deduction(household, facts, labelled[2], largest * 2)
    if cheaper:
        click.echo(deduction_note(cheaper, largest * 2))
    source = call("AMT_LAW_SOURCE", "AMT exemption", status, year, labelled[2])
    if source.startswith("projected"):
        click.echo(f"The law of {year} is {source}.")


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
            click.echo(f"\n{category}")
        click.echo(f"  {function.name:<25}{function.summary}")
    click.echo("\nFor one of them: xl-amt functions AMT_ROOM")


@click.command(short_help="Answer a firm's whole book, a row a household.")
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
    help="A function of a number, such as AMT_OWED; a column of answers each. May be repeated. Default: AMT_ROOM.",
)
@click.option("--keep", metavar="COLUMN", multiple=True, help="A column to carry through unread. May be repeated.")
@click.option("--replace", is_flag=True, help="Replace the output if it exists.")
def batch(book: Path, output: Path, functions: tuple[str, ...], keep: tuple[str, ...], replace: bool) -> None:
    """Answer a whole BOOK (.csv or .xlsx), a row a household, into a file of either kind.

    Columns are headed as the functions' arguments (income, status, year, spread ...) and labels (Interest, Age ...).
    Every row is kept, with an answer or its problem.
    """
    from time import perf_counter

    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    from xl_amt.batch import answer_file
    from xl_amt.law import law_book

    begun, console = perf_counter(), Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(book.name, total=1.0)
        report = answer_file(
            book,
            output,
            functions,
            keep=keep,
            replace_existing=replace,
            progress=lambda done: bar.update(task, completed=done),
        )
    click.echo(
        f"{report.rows - report.problems:,} rows answered, {report.problems:,} with a problem, "
        f"in {perf_counter() - begun:.1f} seconds: {output.resolve()}"
    )
    if report.projected:
        click.echo(f"{report.projected:,} of them rest on projected law, years after {law_book().verified_through}.")
    if report.unread:
        click.echo(f"Carried through, not read: {', '.join(report.unread)}")


@click.command("form", short_help="Print a tax form line by line, to tick against the paper.")
@click.argument("form")
@click.option("--income", type=float, required=True, help="Wages in dollars.")
@click.option("--status", required=True, help="Filing status: single, mfj, mfs, hoh or qss.")
@click.option("--year", type=int, required=True, help="Tax year.")
@click.option("--spread", type=float, default=0.0, help="ISO spread exercised in the year, in dollars.")
@options.labelled_facts
@options.law
def form_(
    form: str,
    income: float,
    status: str,
    year: int,
    spread: float,
    facts: dict[str, float | str],
    law: Path | None,
) -> None:
    """Print a tax FORM line by line: 1040, 6251, "8801 part I", "8801 part II", "Schedule A", "Schedule D" and more."""
    from xl_amt.worksheet import call

    place = options.jurisdiction_of(law)
    show_form(call("AMT_FORM", form, income, status, year, spread, list(facts), list(facts.values()), place))


def _say_if_projected(function: WorksheetFunction, given: list[Any]) -> None:
    """On the error stream, so that the answer stands alone on the other."""
    from xl_amt.law import law_book

    place = next((number for number, argument in enumerate(function.arguments) if argument.kind == "year"), None)
    book = law_book()
    if place is not None and place < len(given) and given[place] > book.verified_through:
        basis = f"projected from {book.verified_through} at {book.inflation:.2%} inflation a year"
        click.echo(f"xl-amt: the law of {given[place]:.0f} is {basis}.", err=True)


def _room_lines(
    household: tuple[Any, ...], labelled: tuple[Any, ...], largest: float, strike: float | None, fmv: float | None
) -> list[tuple[str, str, str]]:
    """Each line of the answer: its name, its amount, and a note."""
    from xl_amt.worksheet import call

    lines = [
        ("Regular tax", f"{call('AMT_REGULAR_TAX', *household, *labelled):,.2f}", ""),
        ("AMT room", f"{largest:,.2f}", "largest ISO spread with no AMT"),
    ]
    if strike is not None:
        shares = call("AMT_ROOM_SHARES", *household, strike, fmv, *labelled)
        lines.append(("Shares at $0 AMT", f"{shares:,.0f}", f"at a strike of {strike:g} and a value of {fmv:g}"))
    if largest:
        for part in (0.25, 0.50, 1.00):
            spread = largest * (1 + part)
            owed = call("AMT_OWED", *household, spread, *labelled)
            lines.append((f"AMT at {part:.0%} beyond", f"{owed:,.2f}", f"on a spread of {spread:,.2f}"))
    else:
        owed = call("AMT_OWED", *household, 0, *labelled)
        lines.append(("AMT", f"{owed:,.2f}", "owed before any exercise"))
    return lines


def _cheaper_deduction(
    household: tuple[Any, ...], facts: dict[str, float | str], jurisdiction: str, spread: float
) -> CheaperDeduction | None:
    from xl_amt.forms.us.total_tax import tax_return_of
    from xl_amt.planning.deduction_choice import cheaper_deduction
    from xl_amt.reading.household import read_household, read_jurisdiction

    income, status, year = household
    given = {"income": income, "status": status, "year": year}
    described = read_household(given, dict(facts), read_jurisdiction(jurisdiction).law_book)
    return cheaper_deduction(tax_return_of(described), spread)


def _with_facts(function: WorksheetFunction, given: list[Any], facts: dict[str, float | str]) -> list[Any]:
    names = [argument.name for argument in function.arguments]
    if "labels" not in names:
        raise ArgumentError(f"--set: {function.name} takes no labelled facts; leave --set out.")
    at = names.index("labels")
    given += [None] * (at - len(given))
    given[at : at + 2] = [list(facts), list(facts.values())]
    return given


def _with_jurisdiction(function: WorksheetFunction, given: list[Any], jurisdiction: str) -> list[Any]:
    names = [argument.name for argument in function.arguments]
    if "jurisdiction" not in names:
        raise ArgumentError(f"--law: {function.name} rests on no law; leave --law out.")
    at = names.index("jurisdiction")
    given += [None] * (at + 1 - len(given))
    given[at] = jurisdiction
    return given
