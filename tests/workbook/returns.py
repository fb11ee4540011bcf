"""What the sheet Returns comes to: every figure of tax that its columns give, as the worksheet functions give it."""

from functools import cache

from tests.workbook.held_records import RECORDS
from xl_amt.jobs.workbook_contents import book_of
from xl_amt.jobs.years_report import report_years
from xl_amt.workbook.build import build_workbook
from xl_amt.workbook.jurisdictions import codes_of
from xl_amt.workbook.package import parts_of
from xl_amt.workbook.sheets import return_facts, return_rows, returns
from xl_amt.workbook.values import evaluate
from xl_amt.worksheet import call

OF_A_CODE = {
    "regular tax": "AMT_REGULAR_TAX",
    "tentative minimum tax": "AMT_TENTATIVE_TAX",
    "AMT": "AMT_OWED",
    "credit used": "AMT_CREDIT_USED",
    "credit earned": "AMT_CREDIT_EARNED",
    "total tax": "AMT_TOTAL_TAX",
}
NO_SPREAD = ("AMT_REGULAR_TAX",)
CARRIED = {
    "credit out": return_facts.CREDIT,
    "short-term loss carried": "short_term_loss_carryover",
    "long-term loss carried": "long_term_loss_carryover",
    "AMT short-term loss carried": "amt_short_term_loss_carryover",
    "AMT long-term loss carried": "amt_long_term_loss_carryover",
}


class Returns:
    """The sheet of a record, calculated."""

    def __init__(self, record):
        self.book = book_of(record)
        self.workbook = build_workbook(self.book)
        self.values = evaluate(parts_of(self.workbook))
        self.rows = returns.rows_of(self.book)
        self.columns = dict(zip(self.book.years, self.book.year_columns, strict=False))

    def of(self, name, year):
        """The value of a row in a year."""
        return self.values["Returns", f"{self.columns[year]}{self.rows[name]}"]

    def named(self, name):
        """The value of a named cell of the sheet."""
        return self.values["Returns", self.workbook.defined_names[name].attr_text.partition("!")[2].replace("$", "")]

    def cells(self, name):
        """The values of a named range, row by row."""
        title, _, where = self.workbook.defined_names[name].attr_text.partition("!")
        return [
            [self.values.get((title.strip("'"), cell.coordinate), cell.value) for cell in row]
            for row in self.workbook[title.strip("'")][where.replace("$", "")]
        ]

    def arguments(self, code, year, *, spread):
        """The arguments of a function, as the cells have them."""
        names = [label.name for each in dict.fromkeys(("US", code)) for label in return_facts.labels_of(each)]
        asked = [self.of(return_rows.INCOME, year), self.of(return_rows.STATUS_ASKED, year), year]
        amounts = [self.of(name, year) for name in names]
        return [
            *asked,
            *([self.of(return_rows.SPREAD, year)] if spread else []),
            names,
            amounts,
            self.named(returns.law_of(code)),
        ]

    def figures(self):
        """The figures of each year, named as the report of the years names them."""
        return {year: self._figures(year) for year in self.columns}

    def _figures(self, year):
        figures = {
            "ISO spread": self.of(return_rows.SPREAD, year),
            "income": self.of(return_rows.WAGES, year),
            "wages of options": self.of(return_rows.OPTION_WAGES, year) + self.of(return_rows.SALE_WAGES, year),
        }
        codes = codes_of(self.book.record)
        for code in codes:
            prefix = "" if code == "US" else f"{code} "
            for name, function in OF_A_CODE.items():
                figures[prefix + name] = call(function, *self.arguments(code, year, spread=function not in NO_SPREAD))
            for name, field in CARRIED.items():
                label = next((one for one in return_facts.carried_labels(code) if one.field == field), None)
                figures[prefix + name] = self.of(return_rows.carried(label.name), year) if label else 0.0
        if codes != ["US"]:
            figures["state income tax paid"] = self.of(return_rows.STATE_TAX, year)
        return figures


@cache
def sheet_of(name):
    """The sheet of one of the records, calculated once; not to be changed."""
    return Returns(RECORDS[name])


def difference(sheet):
    """The figures in which a sheet and the report of the years differ by a cent, each with both amounts."""
    shown = sheet.figures()
    expected = report_years(sheet.book.record).figures
    return {
        (year, name): (amount, expected[year][name])
        for year, figures in shown.items()
        for name, amount in figures.items()
        if abs(amount - expected[year][name]) >= 0.005
    }
