"""How a credit comes back after the last year of the record, on the sheet Credit: its sentence and its workings."""

from __future__ import annotations

from typing import Final

from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.household import LABELS
from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import put, put_text
from xl_amt.workbook.jurisdictions import codes_of, place_of
from xl_amt.workbook.page import YEAR_HEADING_ROW
from xl_amt.workbook.sheets import returns
from xl_amt.workbook.sheets.year_columns import YearColumns, dollars

_STATE_TAX: Final = "state_income_tax"
_CREDIT: Final = "minimum_tax_credit"
_ONCE: Final = ("Last year of the record", "Its wages", "Its filing status")  # then two rows a jurisdiction


class LaterYears:
    """The workings: the last year's facts once more, and for each jurisdiction how many such years the credit takes."""

    def __init__(self, credit: YearColumns, book: Book, codes: list[str], title: int) -> None:
        self.credit, self.book, self.codes, self.title = credit, book, codes, title
        labels = sorted((("US", label) for label in LABELS), key=lambda one: one[1].field != _STATE_TAX)
        states = [code for code in codes_of(book.record) if code != "US"]
        self.labels = labels + [(code, label) for code in states for label in TAX_SYSTEMS[code].labels]
        self.first = title + 1 + len(_ONCE) + 2 * len(codes)

    @property
    def column(self) -> str:
        """The column of the figures."""
        return self.credit.years[0]

    def cell(self, words: str) -> str:
        """The cell of a figure that is there once."""
        return f"${self.column}${self.title + 1 + _ONCE.index(words)}"

    def years_of(self, code: str) -> int:
        """The row with the number of further years; what they leave stands in the next."""
        return self.title + 1 + len(_ONCE) + 2 * self.codes.index(code)

    def put(self, closing: dict[str, int]) -> None:
        """Write the rows, of credits whose closing balances stand in these rows."""
        self.credit.section(self.title, "Workings, not printed: later years like the last one")
        last = f"MATCH(MAX({self.credit.across(YEAR_HEADING_ROW)}),{self.credit.across(YEAR_HEADING_ROW)},0)"
        once = (f"MAX({self.credit.across(YEAR_HEADING_ROW)})", self._of_last("wages"), self._of_last("status"))
        for words, formula in zip(_ONCE, once, strict=True):
            self._figure(self.title + 1 + _ONCE.index(words), words, f"={formula}", style.GENERAL)
        for place, (code, label) in enumerate(self.labels):
            row = self.first + place
            put_text(self.credit.sheet, f"A{row}", label.name, style.LABEL)
            amount = "" if label.field == _CREDIT else self._of_last(label.field, code)
            shown = f'=IF({amount}="","",{amount})' if amount else None
            put(self.credit.sheet, f"{self.column}{row}", shown, style.LINK, style.GENERAL)
        for code in self.codes:
            self._years(code, f"INDEX({self.credit.across(closing[code])},{last})")

    def _of_last(self, field: str, code: str = "US") -> str:
        """A figure of the sheet Returns in the last year of the record."""
        first = returns.cell(self.book, field, self.credit.years[0], code).replace("!", "!$")
        end = returns.cell(self.book, field, self.credit.years[-1], code).partition("!")[2]
        return f"INDEX({first}:${end},COUNT(Years))"

    def _figure(self, row: int, words: str, formula: str, number_format: str) -> None:
        put(self.credit.sheet, f"A{row}", words, style.LABEL)
        put(self.credit.sheet, f"{self.column}{row}", formula, style.FORMULA, number_format)

    def _years(self, code: str, credit: str) -> None:
        first = self.first + (code != "US")
        last = self.first + (len(LABELS) if code == "US" else len(self.labels)) - 1
        year, wages, status = (self.cell(words) for words in _ONCE)
        table = (
            f"AMT_CREDIT_YEARS({credit},{wages},{status},{year}+1,"
            f"$A${first}:$A${last},${self.column}${first}:${self.column}${last},"
            f"{returns.jurisdiction(self.book, code)})"
        )
        row, place = self.years_of(code), place_of(code)
        words = f"Further years like the last one until the {place} credit is used up"
        self._figure(row, words, f"=IF(N({credit})<1,0,IFERROR(ROWS({table}),0))", style.COUNT)
        left = f"INDEX({table},ROWS({table}),COLUMNS({table}))"
        self._figure(row + 1, "What they leave", f"=IF(N({credit})<1,0,IFERROR({left},{credit}))", style.DOLLARS)

    def sentence(self, code: str, rows: dict[str, int]) -> str:
        """What becomes of a jurisdiction's credit, as a formula; ``rows`` are those of its figures."""
        across = {figure: self.credit.across(row) for figure, row in rows.items()}
        year, further, left = self.cell(_ONCE[0]), *(f"${self.column}${self.years_of(code) + one}" for one in (0, 1))
        closing = f"INDEX({across['closing']},COUNT(Years))"
        opening = f"N(INDEX({across['opening']},1))"
        place = place_of(code)
        place = place[0].upper() + place[1:]
        none = f'"{place}: no minimum tax credit is carried in, and no year earns one."'
        carried_in = f'IF({opening}=0,"",{dollars(opening)}&" carried in, ")'
        earned, used = f"SUM({across['earned']})", f"-SUM({across['used']})"
        flow = (
            f'"{place}: "&{carried_in}&{dollars(earned)}&" earned, "'
            f'&{dollars(used)}&" used by "&{year}&", "&{dollars(closing)}&" left."'
        )
        if_so = f'" Were later years like "&{year}'
        used_up = f'{if_so}&", it would be used up in "&{year}+{further}&"."'
        still = f'{dollars(left)}&" would be left after "&{year}+{further}'
        not_used_up = f'{if_so}&", "&{still}&", the last year whose law is held or projected."'
        then = f'IF({further}=0,"",IF({left}<1,{used_up},{not_used_up}))'
        return f'=IF(Missing_inputs<>"",Missing_inputs,IF({opening}+{earned}=0,{none},{flow}&{then}))'
