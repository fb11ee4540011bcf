"""The years that December's table is asked about: one column per year, as if this year's shares were held beyond them.

The year before and this one are as their returns are. Later ones have what their years state, or repeat, and the equity
that the ledger gives without the sales of later years; losses and credit are left blank, since they follow. So is the
state income tax where it is that of the states figured here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.equity.amounts import EquityAmounts
from xl_amt.forms.following_year import NOT_REPEATED
from xl_amt.household import Label
from xl_amt.law import STATUSES
from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import define, put, put_section
from xl_amt.workbook.jurisdictions import codes_of
from xl_amt.workbook.sheets import december_layout as at
from xl_amt.workbook.sheets import return_facts as facts
from xl_amt.workbook.sheets import return_rows as names
from xl_amt.workbook.sheets.return_base import BY_THE_LEDGER
from xl_amt.workbook.sheets.return_rows import YearColumn, stated
from xl_amt.workbook.sheets.returns import rows_of
from xl_amt.workbook.tables.client_rows import row_by_name

_YEAR: Final = "Tax year"
_ONCE: Final = (_YEAR, names.STATUS_ASKED, names.JOINT, names.SEPARATE, names.WAGES, names.INCOME, names.SPREAD)
_EQUITY: Final = tuple(name for name in BY_THE_LEDGER if name != names.LISTED)
_EMPTY: Final = '""'


class _Fact(NamedTuple):
    """A labelled fact, and the code of the jurisdiction that asks for it."""

    code: str
    label: Label


class _Column(NamedTuple):
    """A year's column here, that of its return where the record has the year, and what the ledger gives of it."""

    own: YearColumn
    of_return: YearColumn | None
    year: int
    asked: int  # the year asked
    is_first: bool
    equity: EquityAmounts

    @property
    def is_later(self) -> bool:
        """Whether it is a year after the one asked."""
        return self.year > self.asked

    def returned(self, name: str) -> str:
        """The cell of the year's return."""
        assert self.of_return is not None
        return f"Returns!{self.of_return.cell(name)}"


def last_row(book: Book) -> int:
    """The last row of the workings."""
    return max(_rows(list(_facts(codes_of(book.record)))).values())


def put_years(sheet: Worksheet, book: Book) -> None:
    """Write the years, with the names by which the functions are asked about them."""
    known = list(_facts(codes_of(book.record)))
    rows = _rows(known)
    put_section(sheet, at.FIRST_FACT_ROW - 1, at.LABELS, at.YEAR_COLUMNS[-1], "Workings: the years of the table above")
    for name, row in rows.items():
        put(sheet, f"{at.LABELS}{row}", name, style.LABEL)
    for column in _columns(book, rows):
        for name, formula in _formulas(book, column, known).items():
            shown = f"={formula}" if isinstance(formula, str) else formula
            is_year = name == _YEAR
            put(sheet, f"{column.own.letter}{rows[name]}", shown, style.FORMULA,
                style.WHOLE if is_year else style.GENERAL)  # fmt: skip
    _define(sheet, rows, len(known))


def years_of(book: Book) -> list[int]:
    """The year before the one asked, where the record has it, the year asked, and two more."""
    asked = book.year_asked
    if asked is None:
        return []
    return [year for year in range(asked - 1, asked + 3) if year >= book.years[0]]


def _facts(codes: list[str]) -> Iterator[_Fact]:
    for code in dict.fromkeys(("US", *codes)):
        yield from (_Fact(code, label) for label in facts.labels_of(code))


def _rows(known: list[_Fact]) -> dict[str, int]:
    """The row of each name: the facts together, then what else a year has, then what the years state."""
    statements = [stated(one.label.name) for one in known if facts.has_statement(one.label)]
    every = [*(one.label.name for one in known), *_ONCE, *_EQUITY, *statements]
    return {name: row for row, name in enumerate(every, at.FIRST_FACT_ROW)}


def _define(sheet: Worksheet, rows: dict[str, int], count: int) -> None:
    first, last = at.YEAR_COLUMNS[0], at.YEAR_COLUMNS[-1]
    of_facts = (at.FIRST_FACT_ROW, at.FIRST_FACT_ROW + count - 1)
    define(sheet, "December_labels", f"{at.LABELS}{of_facts[0]}:{at.LABELS}{of_facts[1]}")
    define(sheet, "December_amounts", f"{first}{of_facts[0]}:{last}{of_facts[1]}")
    of_years = {"years": _YEAR, "statuses": names.STATUS_ASKED, "incomes": names.INCOME, "spreads": names.SPREAD}
    for what, name in of_years.items():
        define(sheet, f"December_{what}", f"{first}{rows[name]}:{last}{rows[name]}")
    define(sheet, "December_years_block", f"{at.LABELS}{of_facts[0]}:{last}{max(rows.values())}")


def _columns(book: Book, rows: dict[str, int]) -> Iterator[_Column]:
    client_rows, of_returns = row_by_name(book.record), rows_of(book)
    letters = dict(zip(book.years, book.year_columns, strict=False))
    later = book.december.later if book.december else {}
    before = ""
    for letter, year in zip(at.YEAR_COLUMNS, years_of(book), strict=False):
        of_return = None
        if year in letters:
            of_return = YearColumn(letters[year], "", of_returns, client_rows)
        assert book.year_asked is not None
        own = YearColumn(letter, before, rows, client_rows)
        yield _Column(own, of_return, year, book.year_asked, not before, later.get(year, EquityAmounts()))
        before = letter


def _formulas(book: Book, column: _Column, known: list[_Fact]) -> dict[str, str | float]:
    """What stands in each row of a year."""
    own, of_return = column.own, column.of_return
    made: dict[str, str | float] = {_YEAR: column.year}
    made |= {name: BY_THE_LEDGER[name](column.equity) for name in _EQUITY}
    for name, status in ((names.JOINT, STATUSES["mfj"]), (names.SEPARATE, STATUSES["mfs"])):
        made[name] = f'IF({own.cell(names.STATUS_ASKED)}="{status}",1,0)'
    wages = f"{own.last(names.WAGES)}*(1+Income_growth)" if own.before else "0"
    made[names.WAGES] = column.returned(names.WAGES) if of_return else wages
    made[names.STATUS_ASKED] = column.returned(names.STATUS_ASKED) if of_return else own.last(names.STATUS_ASKED)
    if column.is_later:
        made[names.INCOME] = "+".join(map(own.cell, (names.WAGES, names.OPTION_WAGES, names.SALE_WAGES)))
        made[names.SPREAD] = column.equity.iso_spread
    else:
        made |= {name: column.returned(name) for name in (names.INCOME, names.SPREAD)}
    for code, label in known:
        made[label.name] = _fact(book, column, code, label)
        if facts.has_statement(label):
            name = stated(label.name)
            made[name] = column.returned(name) if of_return else facts.of_last_year(label, own, name)
    return made


def _fact(book: Book, column: _Column, code: str, label: Label) -> str:
    if label.field in facts.CARRIED:
        return _carried_in(column, label)
    if label.name == names.STATE_TAX:
        return _state_tax(column, codes_of(book.record))
    if column.is_later:
        return _later_fact(column, code, label)
    if label.field == "state_tax_on_investment_income":  # the return has no more of it than the tax that it figured
        return column.returned(stated(label.name))
    return column.returned(label.name)


def _later_fact(column: _Column, code: str, label: Label) -> str:
    """A fact of a year after the one asked: what it states or repeats, with the equity that is left."""
    own, of_return = column.own, column.of_return
    if facts.has_statement(label):
        return facts.on_the_return(code, label)(own)
    if label.field in facts.ON_TOP:
        entered = of_return.entered(label.name, "0") if of_return else "0"
        return f"{entered}+{own.cell(facts.ON_TOP[label.field])}"
    if of_return:
        return column.returned(label.name)
    return facts.nothing(label) if label.field in NOT_REPEATED else facts.of_last_year(label, own, label.name)


def _carried_in(column: _Column, label: Label) -> str:
    """What the first of the years begins with, and one after a joint return; else it follows from the year before."""
    if column.of_return is None:
        return _EMPTY
    cell = column.returned(label.name)
    return cell if column.is_first else f'IF({column.returned(names.BEGINS)}=1,{cell},"")'


def _state_tax(column: _Column, codes: list[str]) -> str:
    """Schedule A's: left blank where it is that of the state asked, which a sale changes."""
    of_return = column.of_return
    cell = column.returned(names.STATE_TAX) if of_return else column.own.last(names.STATE_TAX)
    states = [code for code in codes if code != "US"]
    if not states or column.year < column.asked:
        return cell
    is_asked = f'ISNUMBER(SEARCH("{states[0]}",Jurisdiction))'
    if of_return is None:
        return f'IF({is_asked},"",{cell})'
    return f'IF(AND({of_return.entry(names.STATE_TAX)}="",{is_asked}),"",{cell})'
