"""The december command: hold this year's ISO shares, sell them by the 31st, or sell them next year."""

from __future__ import annotations

from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from xl_amt.cli import options
from xl_amt.cli.terminal import console, say
from xl_amt.days import today
from xl_amt.equity.words import price_of, shares_of
from xl_amt.errors import ArgumentError
from xl_amt.reading.cells import is_blank, read_number
from xl_amt.reading.numbers import as_cell

if TYPE_CHECKING:
    from xl_amt.jobs.december import DecemberReport, LotDecision

_NARROWEST: Final = 90  # characters: the names and three ways


def _read_prices(_: click.Context, option: click.Parameter, words: tuple[str, ...]) -> dict[str, float]:
    """Prices as 30 or as "Acme=30", by company; "" for the only one."""
    prices: dict[str, float] = {}
    for word in words:
        name, equals, amount = word.rpartition("=")
        company = name.strip() if equals else ""
        if is_blank(amount):
            raise ArgumentError(f"{option.opts[0]}: it is blank; enter a price per share.")
        if company in prices:
            raise ArgumentError(f"{option.opts[0]}: {company or 'the price'} is given twice; keep one.")
        prices[company] = read_number(as_cell(amount), option.opts[0])
    return prices


@click.command(short_help="This year's ISO shares: hold them, or sell by December 31.")
@click.argument("client", type=click.Path(path_type=Path))
@click.option(
    "--price",
    "prices",
    metavar="DOLLARS",
    multiple=True,
    callback=_read_prices,
    help='What a buyer pays for a share now; "COMPANY=DOLLARS" for each of several. Default: no market.',
)
@click.option(
    "--later-price",
    "later_prices",
    metavar="DOLLARS",
    multiple=True,
    callback=_read_prices,
    help="The price in a later sale. Default: the plan's value, or else the price now.",
)
@click.option(
    "--credit-left-at",
    callback=options.read_amount,
    metavar="FRACTION",
    help="Worth of a dollar of credit that is left after the later sale, 0 to 1. Default: the plan's, or 0.",
)
@click.option(
    "--year", callback=options.read_tax_year, metavar="YEAR", help="Year of the exercises. Default: this one."
)
@click.option("--done", is_flag=True, help="Leave out planned exercises and sales.")
@options.jurisdiction
@options.as_json
def december(
    client: Path,
    prices: dict[str, float],
    later_prices: dict[str, float],
    credit_left_at: float | None,
    year: int | None,
    done: bool,
    jurisdiction: str | None,
    as_json: bool,
) -> None:
    """December's decision on this year's ISO shares, from a CLIENT's record (.client.toml).

    For each lot: hold to a qualifying sale, sell by December 31, or sell next year, with the taxes, the credit and the
    money after tax of each, and the later price at which holding equals selling now.
    """
    from xl_amt.jobs.december import report_december
    from xl_amt.jobs.december_of_record import Asked
    from xl_amt.jobs.records import asked_of, open_client

    record, _ = open_client(client, today())
    asked = Asked(year or today().year, prices, later_prices, credit_left_at, not done)
    report = report_december(asked_of(record, jurisdiction), asked)
    if as_json:
        say(dumps({"client": record.client.name} | report.plain, indent=2))
    else:
        _show(report, record.client.name or client.name)


def _show(report: DecemberReport, name: str) -> None:
    printer = console()
    printer.width = max(printer.width, _NARROWEST)
    amt = ", ".join(f"{code} {amount:,.2f}" for code, amount in report.amt.items())
    printer.print(f"{name}: December {report.year}. AMT of the year with every share held: {amt}.\n")
    for lot in report.lots:
        printer.print(_title(lot), style="bold")
        printer.print(_table(lot, report.year))
        for sentence in _sentences(lot):
            printer.print(f"  {sentence}")
        printer.print()
    if report.fewest and len(report.lots) > 1:
        sold = ", ".join(f"{item.shares:,} of {item.lot.label}" for item in report.fewest)
        printer.print(f"Fewest shares to sell by {report.last_day} for no AMT at all: {sold}.\n")
    for code, rows in report.harvest.items():
        most = rows[-1]
        printer.print(
            f"{code}: {most.gain:,.2f} of further long-term gain this year frees {most.credit_freed:,.2f} of the "
            f"minimum tax credit, since the capital loss for the AMT absorbs it; total tax {most.tax_added:+,.2f}.\n"
        )
    for note in report.notes:
        printer.print(f"Note: {note}")


def _title(lot: LotDecision) -> str:
    paid = "" if lot.strike is None else f" at {price_of(lot.strike)}, AMT basis {price_of(lot.amt_basis or 0.0)}"
    return f"{lot.label}: {shares_of(lot.shares)}{paid}"


def _table(lot: LotDecision, year: int) -> Any:
    """One column per way; what is by jurisdiction has a row for each, where there are several."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("", no_wrap=True)
    for way in lot.ways:
        table.add_column(way.name[0].upper() + way.name[1:], justify="right", no_wrap=True)
    table.add_row("from", *(str(min(sale.day for sale in way.sales)) for way in lot.ways))
    rows: dict[str, list[float | None]] = {
        "at": [way.sales[0].price for way in lot.ways],
        f"tax of {year}": [way.tax_added[year] for way in lot.ways],
        "tax later": [sum(way.tax_added.values()) - way.tax_added[year] for way in lot.ways],
        **_by_code("AMT undone", [way.amt_undone for way in lot.ways]),
        **_by_code("credit given up", [way.credit_given_up for way in lot.ways]),
        **_by_code("credit left", [way.credit_left for way in lot.ways]),
        "after tax": [way.after_tax for way in lot.ways],
        "break-even price": [way.break_even for way in lot.ways],
    }
    for name, amounts in rows.items():
        table.add_row(name, *("" if amount is None else _cents(amount) for amount in amounts))
    return table


def _by_code(name: str, of_ways: list[dict[str, float]]) -> dict[str, list[float | None]]:
    """A row for each jurisdiction, without those of a state that has nothing to show."""
    rows: dict[str, list[float | None]] = {code: [amounts[code] for amounts in of_ways] for code in of_ways[0]}
    shown = {code: row for code, row in rows.items() if any(row) or len(rows) == 1 or code == "US"}
    return {f"{name}, {code}" if len(rows) > 1 else name: row for code, row in shown.items()}


def _cents(amount: float) -> str:
    return f"{round(amount, 2) + 0.0:,.2f}"  # no cell shows a negative zero


def _sentences(lot: LotDecision) -> list[str]:
    found = []
    if lot.fewest_without_amt:
        found.append(f"Fewest of these shares to sell by December 31 for no AMT: {lot.fewest_without_amt:,.0f}.")
    if lot.most_money:
        found.append(
            f"Most after tax, if the later price comes true: sell {lot.most_money.shares:,} of them by December 31, "
            f"{lot.most_money.money:,.2f}."
        )
    return found
