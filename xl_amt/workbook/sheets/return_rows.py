"""The rows of the sheet Returns: their names, by which formulas know them, and a year's column of their cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Literal, NamedTuple

from xl_amt.workbook import style
from xl_amt.workbook.page import YEAR_HEADING_ROW

STATUS: Final = "Filing status"
STATUS_ASKED: Final = "Filing status asked"
JOINT, SEPARATE, BEGINS = "Joint return", "Separate return", "Nothing is carried in"
WHOSE: Final = "Whose equity"
WAGES, INCOME = "Wages without options", "Wages with options"
LISTED, NOT_LISTED, DONE = "ISO spread done, listed", "ISO spread done, not listed", "ISO spread done"
PLANNED, SPREAD = "ISO spread planned", "ISO spread"
OPTION_WAGES, SALE_WAGES, TAXED_BEFORE = "Option wages", "Wages of ISO sales", "Of them AMT income before"
ORDINARY_GAIN: Final = "Ordinary gain of repurchases"
SHORT_GAIN, LONG_GAIN = "Short-term gain of shares", "Long-term gain of shares"
AMT_SHORT_GAIN, AMT_LONG_GAIN = "AMT short-term gain of shares", "AMT long-term gain of shares"
STATE_TAX: Final = "State income tax"
STATE_TAX_ENTERED: Final = "State income tax, without the state figured here"
WITHHELD, PAID_LATE, ADDED = "State tax withheld", "State tax paid with last year's return", "State tax of the spread"
TWICE: Final = "Entered, but carried in"


class YearColumn(NamedTuple):
    """One year's column, by which a row's formula refers to others; ``before`` is "" for the first year."""

    letter: str
    before: str
    rows: Mapping[str, int]
    client_rows: Mapping[str, int]

    @property
    def year(self) -> str:
        """The cell of the tax year."""
        return f"{self.letter}${YEAR_HEADING_ROW}"

    def cell(self, name: str) -> str:
        """This year's cell of a row."""
        return f"{self.letter}${self.rows[name]}"

    def last(self, name: str) -> str:
        """Last year's cell of a row."""
        return f"{self.before}${self.rows[name]}"

    def cells(self, first: str, last: str) -> str:
        """This year's cells from one row to another."""
        return f"{self.cell(first)}:{self.cell(last)}"

    def entry(self, name: str) -> str:
        """What the sheet Client has for this year."""
        return f"Client!{self.letter}${self.client_rows[name]}"

    def entered(self, name: str, otherwise: str) -> str:
        """What the sheet Client has for this year, or else another formula."""
        return f'IF({self.entry(name)}="",{otherwise},{self.entry(name)})'

    def known(self, name: str, otherwise: str) -> str:
        """This year's cell of a row, or else another formula where it is empty."""
        return f'IF({self.cell(name)}="",{otherwise},{self.cell(name)})'


Formula = Callable[[YearColumn], str]


class ReturnRow(NamedTuple):
    """A row: its name, unit, remark, and the formula of a year without "="."""

    name: str
    unit: str
    remark: str
    formula: Formula
    number_format: str = style.DOLLARS
    words: str = ""  # where they are others than the name
    only_with: Literal["", "an entry", "lots", "sales"] = ""  # what a client has for whom it is shown

    @property
    def shown(self) -> str:
        """The words of the row."""
        return self.words or self.name


class Section(NamedTuple):
    """Rows under a heading; workings are folded."""

    heading: str
    rows: tuple[ReturnRow, ...]
    is_working: bool = False


def stated(label: str) -> str:
    """The name of the row with what a year states of a label, or repeats, without its equity and what is carried."""
    return f"{label}, as entered"


def carried(label: str) -> str:
    """The name of the row with what goes on to the next year under a label."""
    return f"{label}, to next year"
