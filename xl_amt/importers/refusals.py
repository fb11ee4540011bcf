"""What is said of a file or a sheet whose columns are not those of any layout, and which columns are needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xl_amt.errors import FileError
from xl_amt.importers.cells import text
from xl_amt.importers.layout import Fact, Layout, Need
from xl_amt.importers.layouts.carta import GRANTS
from xl_amt.importers.match import FEWEST_HEADERS, ROWS_SEARCHED, Matcher, missing
from xl_amt.importers.money import US_DOLLARS, named
from xl_amt.importers.report import ImportRemark, Place
from xl_amt.importers.sources.delimited import DELIMITERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xl_amt.importers.sources import Sheets
    from xl_amt.importers.table import Table

MOST_MISSING: Final = 4  # a table that lacks more of the needed columns is of something else
MOST_HEADERS: Final = 3  # as many of the headers that would do are named in a sentence


def needed_columns() -> list[str]:
    """Return every column that a table of grants needs, with all headers that it may go by, a line each.

    >>> needed_columns()[3]
    'the exercise price (headed Exercise Price / Strike Price / Exercise Price Per Share / Strike)'
    """
    return [_described(GRANTS, need) for need in GRANTS.needs]


def not_read(table: Table) -> ImportRemark:
    """The remark on a sheet whose likeliest table lacks a needed column."""
    first, *others = missing(table)
    lacks_more = f", and lacks {len(others)} more" if others else ""
    sentence = (
        f"Sheet '{table.sheet.title}' was not read: row {table.header_row} has no column for "
        f"{_described(table.layout, first, most=MOST_HEADERS)}{lacks_more}."
    )
    place = Place(table.sheet.title, table.header_row, table.sheet.file)
    return ImportRemark("sheet not read", "check", sentence, places=(place,))


def refusal(source: Sheets, incomplete: Iterable[Table], matcher: Matcher, file: str) -> str:
    """Return the sentence on a file without any table that can be read."""
    nearest = max(incomplete, key=lambda table: len(table.columns), default=None)
    if nearest is None or len(nearest.columns) < FEWEST_HEADERS:
        divided = (
            f" (its columns are separated by {DELIMITERS[source.delimiter]})"
            if source.delimiter not in {"", ","}
            else ""
        )
        return (
            f"{file}{divided} has no row of headers such as 'Stakeholder Name', 'Quantity Issued' and 'Exercise Price' "
            f"in the first {ROWS_SEARCHED} rows of any visible sheet: use an export from the equity platform, such as "
            "Carta's plan sheet."
        )
    where = f"{file}, sheet '{nearest.sheet.title}', row {nearest.header_row},"
    lacking = missing(nearest)
    first, *others = lacking
    more = f", nor for {len(others)} other{'s' if len(others) > 1 else ''}" if others else ""
    if len(lacking) > MOST_MISSING:
        return (
            f"{where} is not the header of a table of grants like those in Carta's reports: it has no column for the "
            f"{first[0][0].value}{more}; xl-amt import --columns lists all the columns needed."
        )
    money = matcher.money_headers(nearest)
    not_shares = f" ('{money[0]}' is an amount of money)" if money else ""
    return (
        f"{where} has no column for {_described(nearest.layout, first, most=2)}{not_shares}{more}: add it to the "
        "report and export again; xl-amt import --columns lists all the columns needed."
    )


def check_currency(table: Table, file: str) -> None:
    """Raise FileError where the header over the strikes names another currency than US dollars."""
    column = table.columns.get(Fact.STRIKE)
    if column and column.currency not in {"", US_DOLLARS}:
        header = text(table.sheet.rows[table.header_row - 1][column.index])
        message = (
            f"{file}, sheet '{table.sheet.title}', row {table.header_row}: the prices under '{header}' are in "
            f"{named(column.currency)}; enter them in US dollars under 'Exercise Price (USD)'."
        )
        raise FileError(message)


def _described(layout: Layout, need: Need, most: int | None = None) -> str:
    """Return, for instance, "the issue date (headed Issue Date / Grant Date)", with the first ``most`` headers."""
    headers = ", or ".join(
        " together with ".join(" / ".join(layout.headers[fact][:most]) for fact in columns) for columns in need
    )
    return f"the {need[0][0].value} (headed {headers})"
