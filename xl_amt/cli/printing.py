"""What the commands print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from xl_amt.cli.terminal import console, say
from xl_amt.reading.dates import day_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from rich.table import Table

    from xl_amt.calendar import Calendar
    from xl_amt.jobs.import_report import ImportReport
    from xl_amt.jobs.room_answer import RoomAnswer
    from xl_amt.jobs.room_report import RoomReport
    from xl_amt.jobs.room_steps import RoomStep
    from xl_amt.jobs.years_report import YearsReport
    from xl_amt.planning.deduction_choice import CheaperDeduction
    from xl_amt.worksheet import WorksheetFunction


_YEAR_WIDTH: Final = 16  # of a column of dollars, with the space next to it
_NARROWEST: Final = 50  # characters: the longest name and one year
_ALWAYS_SHOWN: Final = frozenset({"ISO spread", "AMT"})  # where they are 0, it is an answer
_LARGE: Final = 1_000_000  # bytes of a file that takes seconds to read


def plain(result: Any, function: WorksheetFunction, *, exact: bool) -> str:
    """A function's answer to the cent, or with all its digits; a date as 2024-03-01."""
    if function.answer == "date":
        return day_of(result).isoformat()
    if function.answer == "number" and not isinstance(result, str):  # a few numbers of the law are words
        return _number(result, function.unit, exact=exact)
    return str(result)


def _number(number: float, unit: str, *, exact: bool) -> str:
    if exact:
        return repr(number)
    return f"{number:.2f}" if unit == "dollars" else f"{number:.12g}"


def describe(function: WorksheetFunction) -> None:
    """Print what a function is, its arguments and an example."""
    say(f"{function.signature}\n\n{function.description}\n")
    for argument in function.arguments:
        unit = f" ({argument.unit})" if argument.unit else ""
        say(f"  {argument.name:<18}{argument.description}{unit}")
    say(f"\nGives {function.result}. Example: {function.example_formula} gives {function.example_gives}")


def announce(paths: Iterable[Path]) -> None:
    """Say on the error stream which large files are being read, since they take seconds."""
    for path in paths:
        if path.is_file() and (size := path.stat().st_size) > _LARGE:
            say(f"Reading {path.name} ({size / 1e6:.1f} MB) ...", err=True)


def show_import(report: ImportReport) -> None:
    """Print the report of an import: sums, then everything else of it."""
    rows, shares = report.rows, report.shares
    say(report.title)
    say(f"  Rows: {rows.read:,} = {rows.kept:,} kept + {rows.set_aside:,} set aside + {rows.ignored:,} ignored")
    if shares.granted:
        say(
            f"  Shares granted: {shares.granted:,} = {shares.exercised:,} exercised + "
            f"{shares.exercisable:,} exercisable + {shares.unvested:,} unvested + {shares.gone:,} gone"
        )
    besides = [f"{number} {name}" for name, number in report.found.items() if number and name != "grants"]
    if besides:
        say(f"  Besides grants: {', '.join(besides)}")
    _show_what_it_says(report)


def show_import_in_short(report: ImportReport) -> None:
    """Print the report of an import that is not what was asked for: without its sums."""
    say(report.title)
    _show_what_it_says(report)


def _show_what_it_says(report: ImportReport) -> None:
    """Print what to ask, to check and to know, rows set aside, and what was not read."""
    for level, sentences in (("Ask", report.ask), ("Check", report.check), ("Note", report.note)):
        for sentence in sentences:
            say(f"  {level}: {sentence}")
    for row in report.set_aside:
        where = ", ".join(filter(None, (f"sheet '{row.sheet}'", f"row {row.row}", row.column, row.label)))
        say(f"  Set aside: {where}: {row.reason}")
    for sentence in report.not_read:
        say(f"  Not read: {sentence.removeprefix('Not read of ')}")


def no_amt(codes: Collection[str]) -> str:
    """What a share within the room costs, by whose AMT was asked.

    >>> no_amt(["US"]), no_amt(["US", "CA"])
    ('$0 federal AMT', '$0 AMT, federal and California')
    """
    from xl_amt.forms.tax_systems import TAX_SYSTEMS

    places = ["federal" if code == "US" else TAX_SYSTEMS[code].place for code in codes]
    return f"$0 {places[0]} AMT" if len(places) == 1 else f"$0 AMT, {' and '.join(places)}"


def show_room_answer(answer: RoomAnswer, at_what: str) -> None:
    """Print the room of a household: its taxes, its shares (``at_what`` strike and value), and what more costs."""
    by_code = answer.rooms.by_jurisdiction
    taxes = answer.regular_tax
    lines = [(_of("Regular tax", code, taxes), f"{tax:,.2f}", "") for code, tax in taxes.items()]
    for code, room in by_code.items():
        binds = "; this one binds" if len(by_code) > 1 and code == answer.rooms.binding else ""
        lines.append((_of("AMT room", code, taxes), f"{room:,.2f}", f"largest ISO spread with no AMT{binds}"))
    if answer.used:
        lines.append(("Room left", f"{answer.room_left:,.2f}", f"after the {answer.used:,.2f} exercised already"))
    if answer.shares is not None:
        lines.append((f"Shares at {no_amt(by_code)}", f"{answer.shares:,.0f}", at_what))
    for beyond in answer.beyond:
        lines.append(
            (f"AMT at {beyond.fraction:.0%} beyond", f"{beyond.amt:,.2f}", f"on a spread of {beyond.spread:,.2f}")
        )
        if len(by_code) > 1:
            lines += [(f"  {code}", f"{amt:,.2f}", "") for code, amt in beyond.amt_by_jurisdiction.items()]
    if not answer.beyond:
        lines += [
            (_of("AMT", code, by_code), f"{amt:,.2f}", "owed before any exercise")
            for code, amt in answer.amt_without_exercise.items()
        ]
    width = max(26, *(len(name) + 1 for name, _, _ in lines))
    for name, amount, note in lines:
        say(f"{name:<{width}}{amount:>12}   {note}".rstrip())
    if answer.cheaper_deduction:
        say(deduction_note(answer.cheaper_deduction, answer.room * 2))
    for note in answer.notes:
        say(note)


def show_room_steps(steps: Sequence[RoomStep], bonus: float) -> None:
    """Print what can be exercised by the end of the year and after it, without a bonus and with it."""
    say("\nIn steps:")
    for step, when in zip(steps, ("by December 31", "from January 1"), strict=True):
        say(f"  {f'{when}, {step.year}':<24}{_room_and_shares(step.room, step.shares)}")
        if bonus:
            named = f"with {bonus:,.0f} more pay"
            say(f"  {named:<24}{_room_and_shares(step.room_with_bonus, step.shares_with_bonus)}")


def _room_and_shares(room: float, shares: float | None) -> str:
    return f"{room:>12,.2f}" + ("" if shares is None else f"   {shares:,.0f} shares")


def _of(name: str, code: str, codes: Collection[str]) -> str:
    """A figure's name, with the jurisdiction's code where there are several."""
    return f"{name}, {code}" if len(codes) > 1 else name


def show_room(report: RoomReport) -> None:
    """Print the answer: the room, the shares of each grant, and what more costs."""
    from rich.table import Table
    from rich.text import Text

    printer = console()
    rooms = report.rooms.by_jurisdiction
    if len(report.regular_tax) == 1:
        (tax,) = report.regular_tax.values()
        room = (f"{report.room:,.2f}", "bold")
        printer.print(Text.assemble(f"Regular tax {tax:,.2f}; AMT room: ", room, " of ISO spread."))
    else:
        both = Table(title="AMT room, of ISO spread", title_justify="left", title_style="bold")
        for heading in ("Whose tax", "Regular tax", "AMT room", ""):
            both.add_column(heading, justify="left" if heading in ("Whose tax", "") else "right")
        for code, tax in report.regular_tax.items():
            binds = code == report.rooms.binding
            shown = Text(f"{rooms[code]:,.2f}" if code in rooms else "no limit", "bold" if binds else "")
            both.add_row(code, f"{tax:,.2f}", shown, "binds" if binds else "")
        printer.print(both)
    if report.used:
        left = (f"{report.room_left:,.2f}", "bold")
        printer.print(Text.assemble(f"This year's exercises have used {report.used:,.2f} of it; left: ", left, "."))
    at_no_amt = no_amt(rooms)
    shares = Table(title=f"{report.shares:,} shares at {at_no_amt}", title_justify="left", title_style="bold")
    for heading in ("Grant", "Strike", "Exercisable", "At $0 AMT", "Spread used"):
        shares.add_column(heading, justify="left" if heading == "Grant" else "right")
    for item in report.filled:
        shares.add_row(
            item.grant.label,
            f"{item.grant.strike:,.2f}",
            f"{item.grant.shares_exercisable:,}",
            f"{item.shares:,}",
            f"{item.spread:,.2f}",
        )
    printer.print(shares)
    if report.shares_under_water:
        printer.print(f"{report.shares_under_water:,} exercisable ISO shares are under water and left out.")
    printer.print(_what_more_costs(report))
    if report.cheaper_deduction:
        printer.print(deduction_note(report.cheaper_deduction, report.beyond[-1].spread))
    for note in report.notes:
        printer.print(f"Note: {note}")


def _what_more_costs(report: RoomReport) -> Table:
    from rich.table import Table

    basis = (
        ("of the room beyond what is used" if report.used > report.room else "beyond the room")
        if report.room
        else "of all exercisable spread (already in AMT)"
    )
    codes = list(report.beyond[0].amt_by_jurisdiction)
    table = Table(title="What more costs", title_justify="left", title_style="bold")
    of_each = [f"{code} AMT" for code in codes] if len(codes) > 1 else []
    for heading in (f"Percent {basis}", "ISO spread", *of_each, "AMT"):
        table.add_column(heading, justify="right")
    for row in report.beyond:
        amounts = [f"{row.amt_by_jurisdiction[code]:,.2f}" for code in codes] if of_each else []
        table.add_row(f"{row.fraction:.0%}", f"{row.spread:,.2f}", *amounts, f"{row.amt:,.2f}")
    return table


def show_years(report: YearsReport, title: str) -> None:
    """Print the figures of each year, one column per year, without those that are 0 in all; then what to look at."""
    from rich import box
    from rich.table import Table

    printer = console()
    printer.width = max(printer.width, _NARROWEST)
    figures = report.figures
    names = [
        name
        for name in next(iter(figures.values()))
        if name in _ALWAYS_SHOWN or any(of_year[name] for of_year in figures.values())
    ]
    fitting = max(1, (printer.width - max(map(len, names)) - 4) // _YEAR_WIDTH)  # a figure is never cut
    years = list(figures)
    for start in range(0, len(years), fitting):
        heading = "" if start else title
        table = Table(title=heading, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
        table.add_column("", no_wrap=True)
        of_table = years[start : start + fitting]
        for year in of_table:
            table.add_column(str(year), justify="right", no_wrap=True)
        for name in names:
            row = (figures[year][name] for year in of_table)
            table.add_row(name, *(figure if isinstance(figure, str) else f"{figure:,.2f}" for figure in row))
        printer.print(table)
    for note in report.notes:
        printer.print(f"Note: {note}")


def show_calendar(found: Calendar, title: str) -> None:
    """Print what is due, one row per day and grant, and what could not be entered."""
    from rich import box
    from rich.table import Table

    printer = console()
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    table.add_column("Day", no_wrap=True)
    table.add_column("What", max_width=32)
    table.add_column("Detail")
    for due in found.entries:
        source = f" ({due.source})" if due.source else ""
        table.add_row(due.day.isoformat(), due.title, f"{due.detail}{source}")
    printer.print(table if found.entries else f"{title}: nothing is due.")
    for note in found.notes:
        printer.print(f"Note: {note}")


def deduction_note(cheaper: CheaperDeduction, spread: float) -> str:
    """That the other deduction would cost less, and by how much."""
    return (
        f"On a spread of {spread:,.2f} the {cheaper.choice} deduction would cost {cheaper.saving:,.2f} less in total: "
        f'to see it, use --set "Deduction={cheaper.choice}".'
    )


def show_form(rows: list[list[Any]]) -> None:
    """Print a tax form."""
    from rich import box
    from rich.table import Table

    title, *lines = rows
    table = Table(title=title[1], title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    table.add_column("Line", justify="right", no_wrap=True)
    table.add_column("Words", overflow="fold")
    table.add_column("Amount", justify="right", no_wrap=True)
    for number, words, amount in lines:
        table.add_row(number, words, "" if amount == "" else f"{amount:,.2f}")
    console().print(table)


def show_table(rows: list[list[Any]], *, exact: bool) -> None:
    """Print a table of answers as it spills in a worksheet, tabs between the cells."""
    for row in rows:
        say("\t".join(cell if isinstance(cell, str) else _number(cell, "dollars", exact=exact) for cell in row))
