"""The plan command: the schedule that costs least, proved, and the strategies that an advisor would name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from json import dumps
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any, Final

import click

from xl_amt.cli import options
from xl_amt.cli.terminal import console, say
from xl_amt.days import today
from xl_amt.errors import ArgumentError

if TYPE_CHECKING:
    from xl_amt.jobs.plan import PlanReport
    from xl_amt.planning.plan.stages import Progress

_PROGRESS_AFTER: Final = 1.0  # seconds
_MOST_SECONDS: Final = 3_600.0
_NARROWEST: Final = 116  # characters of a table of strategies


@click.command(short_help="A multi-year plan: which shares to exercise when, proved.")
@click.argument("question", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="The answer as JSON, with nothing else on standard output.")
@click.option(
    "--seconds",
    callback=options.read_amount,
    metavar="NUMBER",
    default="10",
    show_default=True,
    help="Longest time to search; if it runs out, the best plan found is shown with the bound.",
)
@click.option("--write", is_flag=True, help="Write the schedule into the client's planned exercises; a backup is kept.")
@click.option("--freeze", is_flag=True, help="Keep the plan in the client's record, to be compared later.")
@click.option(
    "--compare", is_flag=True, help="Compare the frozen plan with what was done since, and with the best from today."
)
def plan(question: Path, as_json: bool, seconds: float, write: bool, freeze: bool, compare: bool) -> None:
    """Plan exercises over several years, from a QUESTION in JSON or a client's record (.client.toml or workbook).

    This finds the schedule that costs least, or leaves the most after tax, proves it, and compares it with every
    strategy that an advisor would name.
    """
    if compare and (write or freeze):
        other = "--write" if write else "--freeze"
        raise ArgumentError(f"{other}: --compare writes nothing; compare first, then run it again with {other} alone.")
    if not 0.0 < seconds <= _MOST_SECONDS:
        raise ArgumentError(f"--seconds: {seconds:g} is not a time; enter more than 0 and at most {_MOST_SECONDS:g}.")
    if compare:
        _compare(question, seconds, as_json=as_json)
    else:
        _plan(question, seconds, as_json=as_json, write=write, freeze=freeze)


def _plan(question: Path, seconds: float, *, as_json: bool, write: bool, freeze: bool) -> None:
    from xl_amt.jobs.plan import plan_of_file, write_plan

    with _progress(hidden=as_json) as progress:
        report = plan_of_file(question, today(), seconds, progress)
    if write and report.of_record is None:
        raise ArgumentError("--write: a question file has no planned steps; give a client's record.")
    if freeze and report.of_record is None:
        raise ArgumentError("--freeze: a question file keeps no plan; give a client's record.")
    backup = write_plan(question, report, schedule=write, freeze=freeze) if write or freeze else None
    if as_json:
        say(dumps(report.answer, indent=2))
    else:
        _show(report)
    if backup:
        what = "schedule is" if write else "plan is frozen"
        as_well = ", and frozen" if write and freeze else ""
        before = f", replacing the one of {report.frozen_before}" if freeze and report.frozen_before else ""
        say(
            f"\nThe {what} in {question.resolve()}{as_well}{before}; the previous version is in {backup.name}.",
            err=as_json,
        )


def _compare(client: Path, seconds: float, *, as_json: bool) -> None:
    from xl_amt.cli.plan_comparison import show_comparison
    from xl_amt.jobs.plan_comparison import compare_plan, comparison_answer

    with _progress(hidden=as_json) as progress:
        report = compare_plan(client, today(), seconds, progress)
    if as_json:
        say(dumps(comparison_answer(report), indent=2))
    else:
        show_comparison(report)


@contextmanager
def _progress(*, hidden: bool) -> Iterator[Progress]:
    """Show the stages of the search in a bar, once it takes longer than a second."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(),
        console=Console(stderr=True), transient=True, disable=hidden,
    )  # fmt: skip
    task = bar.add_task("strategies", total=None)
    later = Timer(_PROGRESS_AFTER, bar.start)
    later.daemon = True
    later.start()
    try:
        yield lambda stage: bar.update(task, description=stage)
    finally:
        later.cancel()
        later.join()
        bar.stop()


def _show(report: PlanReport) -> None:
    answer = report.answer
    printer = console()
    printer.width = max(printer.width, _NARROWEST)
    printer.print(_schedule_table(report))
    worth = "Least tax" if answer["aim"] == "least tax" else "Most after tax"
    printer.print(f"{worth}: {answer['objective']:,.2f}, {proof_of(answer)}.\n")
    printer.print(_strategies_table(answer))
    for strategy in answer["strategies"]:
        if strategy["why_not"]:
            printer.print(f"  {strategy['name']}: not a valid plan here, because {strategy['why_not']}.")
    printer.print("\nWhy:")
    for sentence in report.why:
        printer.print(f"  {sentence}")
    printer.print("\nThe same schedule at other values at exercise:")
    for one in answer["value_band"]:
        printer.print(f"  {one['value']:+5.0%}   {one['objective']:>16,.2f}   AMT {one['amt']:>14,.2f}")
    printer.print()
    for label, day in answer["last_qualifying_exercise"].items():
        printer.print(f"{label}: if exercised by {day}, its shares are held for over a year at the exit.")
    for sentence in (*answer["assumptions"], *report.notes):
        printer.print(f"Note: {sentence}")


def proof_of(answer: dict[str, Any]) -> str:
    """In words, how close the best schedule is to the bound that no schedule can beat."""
    if answer["proved"]:
        return f"proved: no schedule does better by more than {max(answer['gap'], 0.01):,.2f}"
    if answer["bound"] is None:
        return "the best found in the time given, without a proof"
    return f"not proved in the time given: no schedule can beat {answer['bound']:,.2f}"


def _schedule_table(report: PlanReport) -> Any:
    """One row per year: shares of each grant, and what the forms make of them."""
    from rich import box
    from rich.table import Table

    answer = report.answer
    table = Table(title=f"{report.name}: the plan", title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    table.add_column("Year", no_wrap=True)
    grants = {label: row for label, row in answer["schedule"].items() if any(row.values())}
    for heading in (*grants, "Spread", "Strike", "AMT", "Credit used", "Credit left", "Cash"):
        table.add_column(heading, justify="right")
    years = answer["years"]
    for place, year in enumerate(years):
        later = years[place + 1]["credit_in"] if place + 1 < len(years) else answer["credit_left"]
        shares = [f"{row.get(str(year['year']), 0):,}" for row in grants.values()]
        amounts = (
            year["spread"], year["strike_paid"], year["amt"], year["credit_used"], later, year["cash"],
        )  # fmt: skip
        table.add_row(str(year["year"]), *shares, *map(_amount, amounts))
    return table


def _strategies_table(answer: dict[str, Any]) -> Any:
    from rich import box
    from rich.table import Table

    table = Table(title="Strategies compared", title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    table.add_column("Strategy", no_wrap=True)
    objective = "Tax" if answer["aim"] == "least tax" else "After tax"
    for heading in (
        objective, "Tax now", "Total tax", "Credit left", "Cash", "Long-term", "Proceeds", "Lost at half",
    ):  # fmt: skip
        table.add_column(heading, justify="right")
    for one in answer["strategies"]:
        name = one["name"] if one["feasible"] else f"({one['name']})"
        amounts = map(_amount, (one["objective"], one["tax_now"], one["tax_in_all"], one["credit_left"], one["cash"]))
        more = (f"{one['shares_long_term']:,}", _amount(one["proceeds"]), _amount(one["lost_if_value_halves"]))
        table.add_row(name, *amounts, *more)
    return table


def _amount(amount: Any) -> str:
    """An amount in whole dollars; by jurisdiction where there are several."""
    if isinstance(amount, dict):
        return "\n".join(f"{code}\N{NO-BREAK SPACE}{own:,.0f}" for code, own in amount.items())
    return f"{amount:,.0f}"
