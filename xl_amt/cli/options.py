"""Options that several commands share, and how their values are read."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xl_amt.errors import ArgumentError
from xl_amt.reading.cells import check_day, is_blank, read_number, read_year
from xl_amt.reading.dates import iso_day
from xl_amt.reading.numbers import as_cell

if TYPE_CHECKING:
    from collections.abc import Callable

    from xl_amt.jobs.import_record import KnownBesides


def read_amount(_: click.Context, option: click.Parameter, word: str | None) -> float | None:
    """An option's amount, read as a field of a file is; None where the option is not given."""
    return None if word is None else read_number(_not_blank(word, option, "an amount"), option.opts[0])


def read_tax_year(_: click.Context, option: click.Parameter, word: str | None) -> int | None:
    """An option's tax year; None where the option is not given."""
    return None if word is None else read_year(_not_blank(word, option, "a tax year such as 2026"), option.opts[0])


def read_day(_: click.Context, option: click.Parameter, word: str | None) -> date | None:
    """An option's day, as 2026-11-02; None where the option is not given."""
    if word is None:
        return None
    if (day := iso_day(word)) is None:
        raise ArgumentError(f"{option.opts[0]}: '{word[:40]}' is not a date; write it as 2026-11-02.")
    return check_day(day, option.opts[0])


def _not_blank(word: str, option: click.Parameter, what: str) -> float | str:
    """A word as a cell would hold it; a blank one is refused, as an unset variable of a script leaves it."""
    if is_blank(word):
        raise ArgumentError(f"{option.opts[0]}: it is blank; enter {what}.")
    return as_cell(word)


def read_facts(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> dict[str, float | str]:
    """The labeled facts of --set, each once."""
    facts: dict[str, float | str] = {}
    for item in given:
        label, equals, amount = item.partition("=")
        if not equals or not label.strip():
            raise click.BadParameter(f'"{item}" is not LABEL=AMOUNT, as in --set "Interest=2000"')
        if label.strip() in facts:
            raise ArgumentError(f"labels: '{label.strip()}' is listed twice; combine its amounts on one line.")
        facts[label.strip()] = as_cell(amount)
    return facts


labelled_facts = click.option(
    "--set",
    "facts",
    metavar="LABEL=AMOUNT",
    multiple=True,
    callback=read_facts,
    help='An additional fact, as in --set "Interest=2000" --set "Age=67". May be repeated.',
)
filing_status = click.option("--status", help="Filing status: single, mfj, mfs, hoh or qss.")
tax_year = click.option(
    "--year",
    callback=read_tax_year,
    metavar="YEAR",
    help="Tax year, 2018 or later; projected past the last enacted one.",
)
income = click.option("--income", callback=read_amount, metavar="DOLLARS", help="Wages in dollars.")
value_per_share = click.option(
    "--fmv", callback=read_amount, metavar="DOLLARS", help="Value of a share today, in dollars."
)
spread_exercised = click.option(
    "--exercised",
    callback=read_amount,
    metavar="DOLLARS",
    help="ISO spread already exercised this year; it has used up that much of the room.",
)
jurisdiction = click.option(
    "--jurisdiction",
    metavar="CODE",
    help="Whose taxes: US, CA or US+CA, for example. Default: the record's own, or US.",
)
replace_existing = click.option("--replace", is_flag=True, help="Replace the workbook if it exists.")


law = click.option(
    "--law",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=("A law book (TOML) applied on top of the enacted law."),
)


as_json = click.option(
    "--json", "as_json", is_flag=True, help=("The report as JSON, with nothing else on standard output.")
)
whose = click.option(
    "--stakeholder",
    metavar="NAME",
    help="Whose rows, if the exports cover several people: a name or an e-mail; separate all spellings with ';'.",
)
day_of_counts = click.option(
    "--as-of",
    callback=read_day,
    metavar="DAY",
    help="The as-of date of the export's share counts, if it states none.",
)


def spouses(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say what is the spouse's."""
    for option in (
        click.option(
            "--spouse-export",
            "spouse_exports",
            type=click.Path(path_type=Path),
            multiple=True,
            metavar="FILE",
            help="An export for the spouse. May be repeated.",
        ),
        click.option("--spouse", metavar="NAME", help="The spouse, to whom rows of the same exports may belong."),
    ):
        command = option(command)
    return command


def household_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that describe a household."""
    for option in (jurisdiction, labelled_facts, value_per_share, income, tax_year, filing_status):
        command = option(command)
    return command


def jurisdiction_of(code: str | None, law_book: Path | None) -> str:
    """The jurisdiction asked for, with a law book given as a file, as a cell would name both; "" for neither."""
    from xl_amt.law import register_law_book

    if law_book is None:
        return (code or "").strip()
    register_law_book(law_book.stem, law_book)
    return f"{code or 'US'}: {law_book.stem}"


def known_besides(
    status: str | None,
    year: int | None,
    income: float | None,
    fmv: float | None,
    facts: dict[str, float | str],
    exercised: float | None = None,
    jurisdiction: str | None = None,
) -> KnownBesides:
    """What the options say of a client, the filing status and the year checked."""
    from xl_amt.jobs.import_record import KnownBesides
    from xl_amt.law import enacted, read_status

    if year is not None:
        enacted("US").check_year(year)
    return KnownBesides(
        None if status is None else read_status(status), year, income, fmv, facts, exercised, jurisdiction or "US"
    )
