"""What the commands print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from xl_amt.reading.dates import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xl_amt.calendar import Calendar
    from xl_amt.client import Remark
    from xl_amt.importers import ImportResult
    from xl_amt.jobs.room_answer import RoomAnswer
    from xl_amt.jobs.room_report import RoomReport
    from xl_amt.jobs.years_report import YearsReport
    from xl_amt.planning.deduction_choice import CheaperDeduction
    from xl_amt.worksheet import WorksheetFunction


NO_AMT: Final = "$0 federal AMT"  # the state's is another question
_ALWAYS_SHOWN: Final = frozenset({"ISO spread", "AMT"})  # where they are 0, it is an answer


def plain(result: Any, function: WorksheetFunction, *, exact: bool) -> str:
    """A function's answer to the cent, or with all its digits; a date as 2024-03-01."""
    if function.answer == "date":
        return day_of(result).isoformat()
    if function.answer == "number":
        return _number(result, function.unit, exact=exact)
    return str(result)


def _number(number: float, unit: str, *, exact: bool) -> str:
    if exact:
        return repr(number)
    return f"{number:.2f}" if unit == "dollars" else f"{number:.12g}"


def describe(function: WorksheetFunction) -> None:
    """Print what a function is, its arguments and an example."""
    click.echo(f"{function.signature}\n\n{function.description}\n")
    for argument in function.arguments:
        unit = f" ({argument.unit})" if argument.unit else ""
        click.echo(f"  {argument.name:<18}{argument.description}{unit}")
    click.echo(f"\nGives {function.result}. Example: {function.example_formula} gives {function.example_gives}")


def show_import(result: ImportResult) -> None:
    """Print what was imported, and each row that was not."""
    click.echo(
        f"{result.source}: {result.rows_read} rows, {len(result.grants)} grants of {result.stakeholder}, "
        f"{len(result.rejected)} not imported."
    )
    for row in result.rejected:
        click.echo(f"  row {row.row}, {row.label}: {row.reason}")
    for note in result.notes:
        click.echo(f"  {note}")


def show_remarks(remarks: Iterable[Remark]) -> None:
    """Print what is to be asked or checked, but for what the import's report says already."""
    for remark in remarks:
        if remark.kind not in {"row set aside", "import"}:
            click.echo(f"  {remark.text}")


def show_room_answer(answer: RoomAnswer, year: int, at_what: str) -> None:
    """Print the room of a household: its taxes, its shares (``at_what`` strike and value), and what more costs."""
    lines = [
        ("Regular tax", f"{answer.regular_tax:,.2f}", ""),
        ("AMT room", f"{answer.room:,.2f}", "largest ISO spread with no AMT"),
    ]
    if answer.used:
        lines.append(("Room left", f"{answer.room_left:,.2f}", f"after the {answer.used:,.2f} exercised already"))
    if answer.shares is not None:
        lines.append((f"Shares at {NO_AMT}", f"{answer.shares:,.0f}", at_what))
    lines += [
        (f"AMT at {beyond.fraction:.0%} beyond", f"{beyond.amt:,.2f}", f"on a spread of {beyond.spread:,.2f}")
        for beyond in answer.beyond
    ]
    if not answer.beyond:
        lines.append(("AMT", f"{answer.amt_without_exercise:,.2f}", "owed before any exercise"))
    for name, amount, note in lines:
        click.echo(f"{name:<26}{amount:>12}   {note}".rstrip())
    if answer.cheaper_deduction:
        click.echo(deduction_note(answer.cheaper_deduction, answer.room * 2))
    if answer.law.standing in {"estimated", "projected"}:
        click.echo(f"The law of {year} is {answer.law.source}.")


def show_room(report: RoomReport) -> None:
    """Print the answer: the room, the shares of each grant, and what more costs."""
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    console.print(f"Regular tax {report.regular_tax:,.2f}; AMT room: [bold]{report.room:,.2f}[/bold] of ISO spread.")
    if report.used:
        console.print(
            f"This year's exercises have used {report.used:,.2f} of it; left: [bold]{report.room_left:,.2f}[/bold]."
        )
    shares = Table(title=f"{report.shares:,} shares at {NO_AMT}", title_justify="left", title_style="bold")
    for heading in ("Grant", "Strike", "Exercisable", f"At {NO_AMT}", "Spread used"):
        shares.add_column(heading, justify="left" if heading == "Grant" else "right")
    for item in report.filled:
        shares.add_row(
            item.grant.label,
            f"{item.grant.strike:,.2f}",
            f"{item.grant.shares_exercisable:,}",
            f"{item.shares:,}",
            f"{item.spread:,.2f}",
        )
    console.print(shares)
    if report.shares_under_water:
        console.print(f"{report.shares_under_water:,} exercisable ISO shares are under water and left out.")
    basis = "beyond the room" if report.room else "of all exercisable spread (already in AMT)"
    beyond = Table(title="What more costs", title_justify="left", title_style="bold")
    for heading in (f"Percent {basis}", "ISO spread", "AMT"):
        beyond.add_column(heading, justify="right")
    for row in report.beyond:
        beyond.add_row(f"{row.fraction:.0%}", f"{row.spread:,.2f}", f"{row.amt:,.2f}")
    console.print(beyond)
    if report.cheaper_deduction:
        console.print(deduction_note(report.cheaper_deduction, report.beyond[-1].spread))
    for note in report.notes:
        console.print(f"Note: {note}", markup=False)


def show_years(report: YearsReport, title: str) -> None:
    """Print the figures of each year, a column a year, without those that are 0 in all; then what to look at."""
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(highlight=False)
    table = Table(title=escape(title), title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    table.add_column("")
    for year in report.figures:
        table.add_column(str(year), justify="right", no_wrap=True)
    for name in next(iter(report.figures.values())):
        row = [figures[name] for figures in report.figures.values()]
        if name in _ALWAYS_SHOWN or any(row):
            table.add_row(name, *(figure if isinstance(figure, str) else f"{figure:,.2f}" for figure in row))
    console.print(table)
    for note in report.notes:
        console.print(f"Note: {note}", markup=False)


def show_calendar(found: Calendar, title: str) -> None:
    """Print what is due, a row a day and grant, and what could not be entered."""
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(highlight=False)
    table = Table(title=escape(title), title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    table.add_column("Day", no_wrap=True)
    table.add_column("What", max_width=32)
    table.add_column("Detail")
    for due in found.entries:
        source = f" ({due.source})" if due.source else ""
        table.add_row(due.day.isoformat(), escape(due.title), escape(f"{due.detail}{source}"))
    console.print(table if found.entries else f"{title}: nothing is due.", markup=bool(found.entries))
    for note in found.notes:
        console.print(f"Note: {note}", markup=False)


def deduction_note(cheaper: CheaperDeduction, spread: float) -> str:
    """That the other deduction would cost less, and by how much."""
    return (
        f"On a spread of {spread:,.2f} the {cheaper.choice} deduction would cost {cheaper.saving:,.2f} less in all: "
        f'to see it, --set "Deduction={cheaper.choice}".'
    )


def show_form(rows: list[list[Any]]) -> None:
    """Print a tax form."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    title, *lines = rows
    table = Table(title=title[1], title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    table.add_column("Line", justify="right", no_wrap=True)
    table.add_column("Words", overflow="fold")
    table.add_column("Amount", justify="right", no_wrap=True)
    for number, words, amount in lines:
        table.add_row(number, words, "" if amount == "" else f"{amount:,.2f}")
    Console(highlight=False).print(table)


def show_table(rows: list[list[Any]], *, exact: bool) -> None:
    """Print a table of answers as it spills in a worksheet, tabs between the cells."""
    for row in rows:
        click.echo("\t".join(cell if isinstance(cell, str) else _number(cell, "dollars", exact=exact) for cell in row))
