"""A record's calculated workbook, asked by the names of its rows by year."""

from openpyxl.utils import get_column_letter, range_boundaries

from xl_amt.jobs.workbook_contents import book_of
from xl_amt.workbook.build import build_workbook
from xl_amt.workbook.package import parts_of
from xl_amt.workbook.values import evaluate


class Calculated:
    """The workbook of a record; cells may be typed over before it is calculated."""

    def __init__(self, record, typed=None):
        self.book = book_of(record)
        self.workbook = build_workbook(self.book)
        for (sheet, address), value in (typed or {}).items():
            self.workbook[sheet][address].value = value
        self.values = evaluate(parts_of(self.workbook))

    def cell(self, sheet, address):
        """The value of a cell, calculated or typed."""
        return self.values.get((sheet, address), self.workbook[sheet][address].value)

    def named(self, name):
        """The values of a named row or cell, in its order."""
        sheet, _, where = self.workbook.defined_names[name].attr_text.partition("!")
        sheet = sheet.strip("'")
        first_column, first_row, last_column, last_row = range_boundaries(where)
        assert first_row == last_row, name
        return [
            self.cell(sheet, f"{get_column_letter(column)}{first_row}")
            for column in range(first_column, last_column + 1)
        ]

    def named_column(self, name):
        """The values of the cells of a name beneath each other."""
        sheet, _, where = self.workbook.defined_names[name].attr_text.partition("!")
        column, first, _, last = range_boundaries(where)
        return [self.cell(sheet.strip("'"), f"{get_column_letter(column)}{row}") for row in range(first, last + 1)]

    def by_year(self, name):
        """The values of a named row, by the years of the record."""
        return dict(zip(self.book.years, self.named(name), strict=False))
