"""A table of a sheet whose columns are known, and its rows: a fact of a row as a number, a day, a price or a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from xl_amt.importers.cells import FormulaWithoutValue, day, is_blank, price_per_share, shares, text, truth
from xl_amt.importers.layout import Fact, Layout
from xl_amt.importers.report import Place, RowRejected
from xl_amt.reading.dates import DateOrder

if TYPE_CHECKING:
    from xl_amt.importers.sources import Sheet


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet, counted from 0, the accepted header that it goes by, and the currency that it names."""

    index: int
    header: str
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet's table of one layout: where its headers stand (row counted from 1) and what they mean.

    ``others`` are further columns that state a fact of ``columns`` under another of its headers, and ``alike`` those
    under the same one. ``decimal_comma`` says that some number of the table can only have been written with one, and
    ``order`` how the file writes dates.
    """

    sheet: Sheet
    header_row: int
    layout: Layout
    columns: Mapping[Fact, Column]
    others: tuple[tuple[Fact, Column], ...] = ()
    alike: Mapping[Fact, list[Column]] = field(default_factory=dict)
    decimal_comma: bool = False
    order: DateOrder = DateOrder.NOT_SHOWN

    def states(self, fact: Fact) -> bool:
        """Whether the table has a column for a fact, or its layout fixes it for every row."""
        return fact in self.columns or fact in self.layout.fixed

    def every_column(self) -> Iterator[Column]:
        """All columns that mean something."""
        yield from self.columns.values()
        for _, column in self.others:
            yield column
        for columns in self.alike.values():
            yield from columns

    def rows(self, last_row: int | None = None) -> Iterator[TableRow]:
        """Give the rows under the headers that hold anything, in the sheet's order."""
        under = self.sheet.rows[self.header_row : last_row]
        for number, values in enumerate(under, start=self.header_row + 1):
            if not all(is_blank(value) for value in values):
                yield TableRow(self, number, values)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table; ``number`` is its number in the spreadsheet, ``given`` what other rows say of it."""

    table: Table
    number: int
    values: tuple[object, ...]
    given: Mapping[Fact, object] = field(default_factory=dict)

    def value(self, fact: Fact) -> object:
        """Return the row's cell for the fact, or what another row or the layout gives; None where nothing does."""
        column = self.table.columns.get(fact)
        own = self.value_under(column) if column else None
        if is_blank(own):
            return self.given.get(fact, self.table.layout.fixed.get(fact, own))
        return own

    def value_under(self, column: Column) -> object:
        """Return the row's cell in a column, None where it is empty."""
        return self.values[column.index] if column.index < len(self.values) else None

    def words(self, fact: Fact) -> str:
        """Return the row's cell for the fact as one line of text, "" where it says nothing."""
        value = self.value(fact)
        return "" if is_blank(value) else text(value)

    def header(self, fact: Fact) -> str:
        """Return the header over the fact's cell, or the fact in words where it has no column."""
        column = self.table.columns.get(fact)
        return column.header if column else fact.value

    def shares(self, fact: Fact) -> int | None:
        """A whole number of shares, None where the row does not say; RowRejected where it says something else."""
        return shares(self.value(fact), self.header(fact), decimal_comma=self.table.decimal_comma)

    def price(self, fact: Fact) -> float | None:
        """Dollars per share, None where the row does not say; RowRejected where it says something else."""
        return price_per_share(self.value(fact), self.header(fact), decimal_comma=self.table.decimal_comma)

    def day(self, fact: Fact) -> date | None:
        """A day, None where the row does not say; RowRejected where it says something else."""
        return day(self.value(fact), self.header(fact), self.table.order, self.table.sheet.day_zero)

    def is_true(self, fact: Fact) -> bool:
        """Whether the row says yes; RowRejected where it says neither yes nor no."""
        return truth(self.value(fact), self.header(fact)) is True

    def check_formulas(self) -> None:
        """Refuse a row in which a formula was never calculated: read as a blank, it would leave out what it says."""
        for fact in self.table.columns:
            if isinstance(self.value(fact), FormulaWithoutValue):
                reason = (
                    f"{self.header(fact)} holds a formula without a stored value: open the export in Excel, save it, "
                    "and import it again."
                )
                raise RowRejected(reason, self.header(fact))

    @property
    def place(self) -> Place:
        """Where the row stands."""
        return Place(self.table.sheet.title, self.number, self.table.sheet.file)

    @property
    def place_in_words(self) -> str:
        """Where the row stands, as a sentence names it."""
        return f"row {self.number} of sheet '{self.table.sheet.title}'"


def labels_of(rows: Iterable[TableRow], fact: Fact = Fact.LABEL) -> set[str]:
    """What the rows say of a fact that is a word."""
    return {row.words(fact) for row in rows} - {""}
