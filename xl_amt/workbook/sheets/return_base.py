"""The two bases on the sheet Returns: each year's facts with nothing more exercised or sold than is done, or nothing.

The rows of each are those of the return that rest on equity or on the year before, once more below it. The equity is
what the ledger makes of the steps that are done, or none at all; everything else has the same formulas.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Final, Literal

from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.equity.amounts import EquityAmounts
from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import put, put_section
from xl_amt.workbook.jurisdictions import codes_of
from xl_amt.workbook.page import fold_rows
from xl_amt.workbook.sheets import return_rows as at
from xl_amt.workbook.sheets.return_rows import ReturnRow, YearColumn
from xl_amt.workbook.sheets.return_sections import facts_of, household, sections_of
from xl_amt.workbook.tables.client_rows import row_by_name

# What the ledger gives of each year, by the name of its row.
BY_THE_LEDGER: Final[Mapping[str, Callable[[EquityAmounts], float]]] = {
    at.LISTED: lambda amounts: amounts.iso_spread,
    at.OPTION_WAGES: lambda amounts: amounts.wages,
    at.SALE_WAGES: lambda amounts: amounts.disqualifying_wages,
    at.TAXED_BEFORE: lambda amounts: amounts.wages_already_taxed_by_amt,
    at.ORDINARY_GAIN: lambda amounts: amounts.ordinary_gain,
    at.SHORT_GAIN: lambda amounts: amounts.short_term_gain,
    at.LONG_GAIN: lambda amounts: amounts.long_term_gain,
    at.AMT_SHORT_GAIN: lambda amounts: amounts.amt_short_term_gain,
    at.AMT_LONG_GAIN: lambda amounts: amounts.amt_long_term_gain,
}
Base = Literal["done", "nothing"]
_FOLLOWING: Final = ("What goes on to the next year", "Facts as the return has them")


_TITLES: Final[Mapping[Base, str]] = {
    "done": "Workings: the base, with nothing more exercised or sold than is done",
    "nothing": "Workings: the years with nothing exercised, vested or sold",
}


def base_rows(rows: Mapping[str, int], codes: list[str], base: Base) -> dict[str, int]:
    """The rows of the sheet, of which those of a base stand for their own."""
    names = _names(tuple(codes))
    first = max(rows.values()) + 2 + list(_TITLES).index(base) * (len(names) + 1)  # beneath the heading
    return dict(rows) | {name: first + place for place, name in enumerate(names)}


def base_arguments(book: Book, rows: Mapping[str, int], column: str, code: str, base: Base) -> str:
    """The arguments of an AMT_ function, as `returns.arguments` gives them, on a base, with its spread."""
    year = YearColumn(f"Returns!{column}", "", base_rows(rows, codes_of(book.record), base), {})
    described = facts_of(year, code).replace(":Returns!", ":")
    return f"{household(year, year.cell(at.SPREAD))},{described}"


def write_bases(sheet: Worksheet, book: Book, rows: Mapping[str, int]) -> int:
    """Write the rows, folded, below those of the return; gives the last of them."""
    codes, client_rows = codes_of(book.record), row_by_name(book.record)
    befores = ("", *book.year_columns)
    last = 0
    for base, title in _TITLES.items():
        own = base_rows(rows, codes, base)
        columns = [YearColumn(*pair, own, client_rows) for pair in zip(book.year_columns, befores, strict=False)]
        first, last = (own[name] for name in (_names(tuple(codes))[0], _names(tuple(codes))[-1]))
        put_section(sheet, first - 1, "A", book.year_columns[-1], title)
        for item in _items(tuple(codes)):
            is_none = base == "nothing" and item.name == at.SPREAD
            _write(sheet, book, item._replace(formula=lambda _: "0") if is_none else item, columns, base)
        fold_rows(sheet, range(first - 1, last + 1))
    return last


def _write(sheet: Worksheet, book: Book, item: ReturnRow, columns: list[YearColumn], base: Base) -> None:
    row = columns[0].rows[item.name]
    put(sheet, f"A{row}", item.shown, style.LABEL)
    put(sheet, f"B{row}", item.unit, style.UNIT)
    look = style.FORMULA.to_the("right") if item.number_format == style.WORDS else style.FORMULA
    for place, column in enumerate(columns):
        if item.name in BY_THE_LEDGER:
            amounts = book.done.get(book.years[place]) if base == "done" and place < len(book.years) else None
            value: str | float = BY_THE_LEDGER[item.name](amounts) if amounts else 0.0
        else:
            value = f'=IF({column.year}="","",{item.formula(column)})'
        put(sheet, f"{column.letter}{row}", value, look, item.number_format)


def _names(codes: tuple[str, ...]) -> list[str]:
    return [item.name for item in _items(codes)]


@cache
def _items(codes: tuple[str, ...]) -> tuple[ReturnRow, ...]:
    """The rows of the return that a base has of its own, in the order in which the functions need the facts."""
    sections = sections_of(codes, has_lots=False, has_sold=False)
    by_name = {item.name: item for section in sections for item in section.rows}
    done = (*BY_THE_LEDGER, at.SPREAD, at.INCOME)
    following = [
        item
        for section in sections
        if section.heading in _FOLLOWING or at.WITHHELD in {item.name for item in section.rows}
        for item in section.rows
    ]
    by_name[at.SPREAD] = by_name[at.SPREAD]._replace(
        formula=lambda column: f"{column.cell(at.LISTED)}+{column.cell(at.NOT_LISTED)}"
    )
    return (*(by_name[name] for name in done), *following)
