"""A frozen plan next to what was done of it, and the best from today, on the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from xl_amt.cli.plan import proof_of
from xl_amt.cli.terminal import console

if TYPE_CHECKING:
    from xl_amt.jobs.compared_plan import Compared, Comparison
    from xl_amt.jobs.compared_shares import PartRow
    from xl_amt.jobs.plan_comparison import ComparisonReport

_SHOWN: Final = {"spread": "Spread", "amt": "AMT", "credit_used": "Credit used", "tax": "Tax less credit"}


def show_comparison(report: ComparisonReport) -> None:
    """Print the shares, the figures, and what a new plan would gain."""
    comparison = report.comparison
    frozen = comparison.frozen
    printer = console()
    printer.print(f"{report.name}: the plan frozen on {frozen.day}, and where it stands on {report.today}\n")
    printer.print(_shares_table(comparison))
    printer.print(_figures_table(comparison))
    printer.print(_in_words(comparison))
    if report.again:
        _show_again(report)
    for sentence in report.notes:
        printer.print(f"Note: {sentence}")


def _in_words(comparison: Comparison) -> str:
    worth = comparison.worth
    name = comparison.frozen.aim.capitalize()
    if not worth.from_facts and not worth.from_shares:
        return f"{name}: {worth.now:,.2f}, as frozen.\n"
    return (
        f"{name}: {worth.frozen:,.2f} when frozen; {_change(worth.from_facts)} from changed facts, "
        f"{_change(worth.from_shares)} from different shares: now {worth.now:,.2f}.\n"
    )


def _change(amount: float) -> str:
    return f"{amount:+,.2f}" if amount else "nothing"


def _shares_table(comparison: Comparison) -> Any:
    """A row for each year of each part of a grant in which anything was planned or done."""
    table = _table("Shares", ("Year", "Grant"))
    is_gone = any(part.gone for part in comparison.parts)
    for heading in ("Planned", "Done", "To do", *(("Gone",) if is_gone else ()), "Difference"):
        table.add_column(heading, justify="right")
    several = len({(part.options.company, part.options.holder) for part in comparison.parts}) > 1
    rows = [(year, part) for part in comparison.parts for year in {*part.planned, *part.done, *part.to_do}]
    for year, part in sorted(rows, key=lambda row: row[0]):
        planned, done, to_do, gone = (
            shares.get(year, 0.0) for shares in (part.planned, part.done, part.to_do, part.gone)
        )
        counts = (planned, done, to_do, *((gone,) if is_gone else ()), done + to_do - planned)
        table.add_row(str(year), _name(part, several=several), *map(_count, counts))
    return table


def _name(part: PartRow, *, several: bool) -> str:
    own = part.options
    spouse = ", spouse" if own.holder == "spouse" else ""
    company = f"{own.company}{spouse}: " if several else ""
    return f"{company}{own.grant} {own.part}"


def _figures_table(comparison: Comparison) -> Any:
    """One row per figure and year, with the two parts of its difference; years all together last."""
    table = _table("Taxes, dollars", ("Year", "Figure"))
    for heading in ("Frozen", "Facts now", "Done and to do", "From facts", "From shares"):
        table.add_column(heading, justify="right")
    for place, year in enumerate(comparison.years):
        for figure in _SHOWN:
            _add(table, str(year.year), figure, year.figures[figure], ends=figure == "tax")
        if place + 1 == len(comparison.years) and place:
            for figure in _SHOWN:
                _add(table, "all", figure, _sum(one.figures[figure] for one in comparison.years), ends=False)
    return table


def _add(table: Any, year: str, figure: str, compared: Compared, *, ends: bool) -> None:
    amounts = (f"{amount:,.0f}" for amount in compared)
    differences = (f"{amount:+,.0f}" if amount else "" for amount in (compared.from_facts, compared.from_shares))
    table.add_row(
        year if figure == next(iter(_SHOWN)) else "", _SHOWN[figure], *amounts, *differences, end_section=ends
    )


def _sum(figures: Iterable[Compared]) -> Compared:
    from xl_amt.jobs.compared_plan import Compared

    return Compared(*(round(sum(amounts), 2) for amounts in zip(*figures, strict=True)))


def _show_again(report: ComparisonReport) -> None:
    """The best from today, and what it gains over going on as planned."""
    from xl_amt.jobs.plan_comparison import comparison_answer

    assert report.again is not None
    answer = comparison_answer(report)["from_today"]
    rest = answer["frozen_rest"]
    printer = console()
    table = _table("From today", ("Year", "Grant"))
    for heading in ("Frozen plan", "Best now"):
        table.add_column(heading, justify="right")
    for year, label, was, best in _schedules(answer["schedule"], rest["schedule"]):
        table.add_row(year, label, _count(was), _count(best))
    printer.print(table)
    printer.print(f"{answer['aim'].capitalize()} from today: {answer['objective']:,.2f}, {proof_of(answer)}.")
    going_on = f"Going on with the frozen plan: {rest['objective']:,.2f}"
    if rest["breaks"]:
        printer.print(f"{going_on}, which is no longer a valid plan, because {'; '.join(rest['breaks'])}.\n")
    else:
        printer.print(f"{going_on}. A new plan gains {answer['gained']:,.2f}.\n")


def _schedules(best: Any, rest: Any) -> Iterator[tuple[str, str, float, float]]:
    """The shares of each year and grant by both schedules, where either has any."""
    for year in sorted({year for row in best.values() for year in row}):
        for label, row in best.items():
            if row[year] or rest[label][year]:
                yield year, label, rest[label][year], row[year]


def _table(title: str, words: Iterable[str]) -> Any:
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, padding=(0, 1))
    for heading in words:
        table.add_column(heading, no_wrap=heading != "Grant")
    return table


def _count(shares: float) -> str:
    """Shares, with their fraction where a split has left one."""
    return f"{shares:,.0f}" if shares == round(shares) else f"{shares:,.2f}"
