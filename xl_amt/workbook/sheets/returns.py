"""Sheet Returns: every year's facts as its return has them, on which all figures of tax by year rest.

One column per year: what the year states, or repeats of the year before, the equity of the sheets Lots and Gains on
top, and what the year before carries into it. The state income tax of a year is that of the state figured here; that is
asked with the tax which the client states alone, so the two do not rest on each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from openpyxl import Workbook
from openpyxl.worksheet.properties import Outline
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.law import book_over
from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import define, put, put_section
from xl_amt.workbook.jurisdictions import codes_of, place_of
from xl_amt.workbook.page import TWO_LINES, YEAR_HEADING_ROW, fold_rows, open_year_sheet
from xl_amt.workbook.sheets import return_facts as facts
from xl_amt.workbook.sheets import return_rows as at
from xl_amt.workbook.sheets.return_base import Base, base_arguments, write_bases
from xl_amt.workbook.sheets.return_rows import Section, YearColumn
from xl_amt.workbook.sheets.return_sections import facts_of, household, law_of, sections_of
from xl_amt.workbook.tables.client_rows import row_by_name

FIRST_ROW: Final = YEAR_HEADING_ROW + 1
ABOUT: Final = "The facts of each year as its return has them, from the sheets Client, Lots and Gains."

_OF_THE_ASKED_YEAR: Final = {
    "Filing_status": at.STATUS,
    "Status_asked": at.STATUS_ASKED,
    "Wages": at.INCOME,
    "Used": at.DONE,
}


def add_returns(workbook: Workbook, book: Book) -> None:
    """Add the sheet, with the names of the year that is asked."""
    sheet = open_year_sheet(workbook, book, "Returns", "Returns")
    put(sheet, "A4", ABOUT, style.NOTE)
    rows, client_rows = rows_of(book), row_by_name(book.record)
    befores = ("", *book.year_columns)
    columns = [YearColumn(*pair, rows, client_rows) for pair in zip(book.year_columns, befores, strict=False)]
    codes = codes_of(book.record)
    for section in sections_of(codes, has_lots=bool(book.lots), has_sold=bool(book.sold)):
        _write_section(sheet, section, columns)
    fold_rows(sheet, sorted(_for_nobody(book)))
    sheet.sheet_properties.outlinePr = Outline(summaryBelow=False)
    last = _write_asked(sheet, book, write_bases(sheet, book, rows) + 1)
    _names(sheet, rows, codes)
    define(sheet, "Returns_block", f"A{YEAR_HEADING_ROW}:{book.year_columns[-1]}{last}")


def rows_of(book: Book) -> dict[str, int]:
    """The row of each name on the sheet: labels of facts, and the names of `xl_amt.workbook.sheets.return_rows`."""
    return _rows_of(tuple(codes_of(book.record)))


@cache
def _rows_of(codes: tuple[str, ...]) -> dict[str, int]:
    rows: dict[str, int] = {}
    heading = FIRST_ROW
    for section in sections_of(codes, has_lots=False, has_sold=False):
        rows |= {item.name: row for row, item in enumerate(section.rows, heading + 1)}
        heading += len(section.rows) + 1
    return rows


def arguments(book: Book, column: str, code: str, *, spread: bool = True) -> str:
    """The arguments "wages,status,year,spread,labels,amounts,jurisdiction" of an AMT_ function, for a year's column.

    Without a ``spread`` for functions that take none; ``code`` is one of the record's jurisdictions, or US. A year
    without a status is asked as single, and one without wages with none, so no formula fails; no answer is shown
    before Missing_inputs is empty.

    >>> from xl_amt.client import Client, ClientRecord
    >>> arguments(Book(ClientRecord(client=Client())), "E", "US", spread=False)
    'Returns!E$10,Returns!E$8,Returns!E$5,Federal_labels,Returns!E$33:E$79,US_law_asked'
    """
    year = YearColumn(f"Returns!{column}", "", rows_of(book), {})
    amounts = facts_of(year, code).replace(":Returns!", ":")
    return f"{household(year, *([year.cell(at.SPREAD)] if spread else []))},{amounts}"


def cell(book: Book, name: str, column: str) -> str:
    """A cell of the sheet by the name of its row."""
    return f"Returns!{column}{rows_of(book)[name]}"


def arguments_of_base(book: Book, column: str, code: str, base: Base = "done") -> str:
    """The same arguments with nothing more exercised or sold than is done, or with nothing in any year."""
    return base_arguments(book, rows_of(book), column, code, base)


def _write_section(sheet: Worksheet, section: Section, columns: list[YearColumn]) -> None:
    first, last = columns[0], columns[-1]
    rows = [first.rows[item.name] for item in section.rows]
    if at.STATUS in {item.name for item in section.rows}:
        sheet.row_dimensions[first.rows[at.STATUS]].height = TWO_LINES
    put_section(sheet, rows[0] - 1, "A", last.letter, section.heading)
    for row, item in zip(rows, section.rows, strict=True):
        put(sheet, f"A{row}", item.shown, style.LABEL)
        put(sheet, f"B{row}", item.unit, style.UNIT)
        put(sheet, f"C{row}", item.remark, style.REMARK)
        look = style.FORMULA_WORDS if item.number_format == style.WORDS else style.FORMULA
        asked = f"=INDEX(${first.letter}{row}:${last.letter}{row},Asked_place)"
        put(sheet, f"D{row}", asked, look, item.number_format)
        for column in columns:
            formula = f'=IF({column.year}="","",{item.formula(column)})'
            put(sheet, f"{column.letter}{row}", formula, look, item.number_format)


def _for_nobody(book: Book) -> Iterator[int]:
    """The rows of workings, with their headings, and those that show nothing of this client."""
    rows = rows_of(book)
    entered = {name for own in book.record.years for name in own.facts}
    has = {"": True, "an entry": False, "lots": bool(book.lots), "sales": bool(book.sold)}
    for section in sections_of(codes_of(book.record), has_lots=False, has_sold=False):
        if section.is_working:
            yield rows[section.rows[0].name] - 1
        for item in section.rows:
            if section.is_working or not (has[item.only_with] or item.shown in entered):
                yield rows[item.name]


def _write_asked(sheet: Worksheet, book: Book, heading: int) -> int:
    """What is asked, whatever the year: the jurisdictions, each with the law book if that changes its law.

    Gives the last row.
    """
    name, codes = book.record.client.law_book, codes_of(book.record)

    def with_book(code: str) -> str:
        changes = book_over(name, code) is not book_over("", code) if name else code == "US"
        return '&IF(Law_book="","",": "&Law_book)' if changes else ""

    first = 'LEFT(Jurisdiction,FIND("+",Jurisdiction&"+")-1)'
    second = 'REPLACE(Jurisdiction,1,FIND("+",Jurisdiction),"")'
    of_all = with_book("US") or with_book(codes[-1])
    lines = {
        "Tax_year": ("Tax year", '=IF(Year_asked_input="","",Year_asked_input)'),
        "Year_asked": ("Tax year; the last enacted one before it is entered",
                       '=IF(Year_asked_input="",Law_enacted_through,Year_asked_input)'),
        "Jurisdiction_asked": ("Jurisdiction; US where none is entered",
                               f'=IF(Jurisdiction="","US",UPPER(Jurisdiction)){of_all}'),
        "First_asked": ("The first of it", f'=IF(Jurisdiction="","US",UPPER({first})){with_book(codes[0])}'),
        "Second_asked": ("The second, if there is one",
                         f'=IF(ISERROR(FIND("+",Jurisdiction)),"",UPPER({second}){with_book(codes[-1])})'),
    } | {
        law_of(code): (f"{place_of(code)} law".capitalize(), f'="{code}"{with_book(code)}')
        for code in dict.fromkeys(("US", *codes))
    }  # fmt: skip
    put_section(sheet, heading, "A", book.year_columns[-1], "Workings: what is asked, whatever the year")
    for row, (defined_name, (words, formula)) in enumerate(lines.items(), heading + 1):
        put(sheet, f"A{row}", words, style.LABEL)
        put(
            sheet,
            f"D{row}",
            formula,
            style.FORMULA_WORDS,
            style.WHOLE if "year" in defined_name.lower() else style.WORDS,
        )
        define(sheet, defined_name, f"D{row}")
    fold_rows(sheet, range(heading, heading + len(lines) + 1))
    return heading + len(lines)


def _names(sheet: Worksheet, rows: dict[str, int], codes: list[str]) -> None:
    """The names of labels, and of the year that is asked."""
    for defined_name, row in _OF_THE_ASKED_YEAR.items():
        define(sheet, defined_name, f"D{rows[row]}")
    first = rows[at.STATE_TAX]
    federal, every = (rows[facts.labels_of(code)[-1].name] for code in ("US", codes[-1]))
    for kind, last in (("Federal", federal), ("Fact", every)):
        define(sheet, f"{kind}_labels", f"A{first}:A{last}")
        define(sheet, f"{kind}_amounts", f"D{first}:D{last}")
    define(sheet, "Fact_labels_entered", f"A{rows[facts.FIRST_BESIDE_STATE_TAX]}:A{rows[at.STATE_TAX_ENTERED]}")


ROWS: Final = _rows_of(("US",))
"""The row of each name on a sheet without a state; those before the facts of a state are the same on every one."""
