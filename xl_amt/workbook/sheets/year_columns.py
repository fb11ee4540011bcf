"""Rows across the columns of the years, written alike on the sheets Plan, Credit and Cash."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from openpyxl import Workbook
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import define, put, put_section
from xl_amt.workbook.charts import Years
from xl_amt.workbook.page import YEAR_HEADING_ROW, open_year_sheet
from xl_amt.workbook.style import Look

FIRST_ROW: Final = YEAR_HEADING_ROW + 1
WIDTHS: Final = {"A": 48, "B": 14, "C": 38}
TOTAL_WIDTH: Final = 14
ANSWER_HEIGHT: Final = 40  # two lines

Total = Literal["", "sum", "discounted"]


@dataclass(frozen=True, slots=True)
class YearColumns:
    """A sheet with words in A, a unit in B, a remark in C, the year asked in D, and a year a column from E on.

    Behind the years stands the total of all of them, and on the sheet Plan the total discounted to the first, by the
    factors in ``discount_row``.
    """

    sheet: Worksheet
    years: tuple[str, ...]
    discount_row: int = 0

    @property
    def total(self) -> str:
        """The column of the totals."""
        return get_column_letter(column_index_from_string(self.years[-1]) + 1)

    @property
    def last(self) -> str:
        """The last column, that of the discounted totals where there are any."""
        return get_column_letter(column_index_from_string(self.years[-1]) + (2 if self.discount_row else 1))

    @property
    def charted(self) -> Years:
        """The columns as a chart takes them."""
        return Years(self.years[0], self.years[-1], YEAR_HEADING_ROW)

    def across(self, row: int) -> str:
        """The cells of all years in a row."""
        return f"${self.years[0]}${row}:${self.years[-1]}${row}"

    def before(self, column: str) -> str:
        """The column of the year before; "" for the first."""
        place = self.years.index(column)
        return self.years[place - 1] if place else ""

    def section(self, row: int, title: str) -> None:
        """A title on a band across the sheet."""
        put_section(self.sheet, row, "A", self.last, title)

    def chart_title(self, row: int, is_empty: str, nothing: str, drawn: str) -> None:
        """What a chart draws, or in words that there is nothing to draw; ``is_empty`` is a formula."""
        asked = f'IF({is_empty},"{nothing}","{drawn}")'
        self.section(row, f'=IF(Missing_inputs="",{asked},"Nothing to draw yet")')

    def row(
        self,
        row: int,
        label: str,
        unit: str,
        formula: Callable[[str], str],
        *,
        remark: str = "",
        number_format: str = style.DOLLARS,
        look: Look = style.FORMULA,
        total: Total = "",
        name: str = "",
    ) -> None:
        """A row of one formula, made for each column of a year; blank without a year, and before the client's facts."""
        stands_out = look is style.TOTAL
        put(self.sheet, f"A{row}", label, style.TOTAL if stands_out else style.LABEL)
        put(self.sheet, f"B{row}", unit, style.TOTAL_REMARK if stands_out else style.UNIT)
        put(self.sheet, f"C{row}", remark or None, style.TOTAL_REMARK if stands_out else style.REMARK_ON_A_LINE)
        self.asked(row, look, number_format)
        for column in self.years:
            shown = f'=IF(OR({column}${YEAR_HEADING_ROW}="",Missing_inputs<>""),"",{formula(column)})'
            put(self.sheet, f"{column}{row}", shown, look, number_format)
        self._totals(row, total, look, number_format)
        if name:
            define(self.sheet, name, self.across(row))

    def asked(self, row: int, look: Look, number_format: str) -> None:
        """The figure of the year asked."""
        figure = f'=IF(D${YEAR_HEADING_ROW}="","",INDEX({self.across(row)},Asked_place))'
        put(self.sheet, f"D{row}", figure, look, number_format)

    def _totals(self, row: int, total: Total, look: Look, number_format: str) -> None:
        put(self.sheet, f"{self.total}{row}", f"=SUM({self.across(row)})" if total else None, look, number_format)
        if self.discount_row:
            discounted = f"=SUMPRODUCT({self.across(row)},{self.across(self.discount_row)})"
            shown = discounted if total == "discounted" else None
            put(self.sheet, f"{self.last}{row}", shown, look, number_format)

    def answer(self, words: str, name: str) -> None:
        """The answer in one sentence at the head, across the sheet; other sheets know it by its name."""
        row = YEAR_HEADING_ROW - 1
        self.sheet.merge_cells(f"A{row}:{self.last}{row}")
        put(self.sheet, f"A{row}", words, style.ANSWER_WORDS)
        self.sheet.row_dimensions[row].height = ANSWER_HEIGHT
        define(self.sheet, name, f"A{row}")

    def finish(self, last_row: int) -> None:
        """The headings of the totals, and the page down to a row; what stands below is not printed."""
        put(self.sheet, f"{self.total}{YEAR_HEADING_ROW}", "All years", style.NUMBER_HEADER)
        if self.discount_row:
            put(self.sheet, f"{self.last}{YEAR_HEADING_ROW}", "Discounted", style.NUMBER_HEADER)
        self.sheet.print_area = f"A1:{self.last}{last_row}"
        define(self.sheet, f"{self.sheet.title}_block", f"A{YEAR_HEADING_ROW}:{self.last}{self.sheet.max_row}")


def open_years(workbook: Workbook, book: Book, title: str, heading: str, *, discount_row: int = 0) -> YearColumns:
    """Add a sheet with one column per year."""
    sheet = open_year_sheet(workbook, book, title, heading)
    made = YearColumns(sheet, book.year_columns, discount_row)
    for column, width in WIDTHS.items():
        sheet.column_dimensions[column].width = width
    for column in {made.total, made.last}:
        sheet.column_dimensions[column].width = TOTAL_WIDTH
    sheet.column_dimensions["D"].hidden = True  # the year asked stands among the others
    return made


def dollars(cell: str) -> str:
    """An amount within a sentence, as a formula."""
    return f'TEXT({cell},"$#,##0")'
