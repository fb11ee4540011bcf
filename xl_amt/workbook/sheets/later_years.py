"""How a credit comes back after the last year of the record, on the sheet Credit: its sentence and its workings."""

from __future__ import annotations

from typing import Final

from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import put
from xl_amt.workbook.jurisdictions import codes_of, place_of
from xl_amt.workbook.sheets import return_rows, returns
from xl_amt.workbook.sheets.return_facts import CREDIT, labels_of
from xl_amt.workbook.sheets.return_rows import carried, stated
from xl_amt.workbook.sheets.return_sections import law_of
from xl_amt.workbook.sheets.year_columns import YearColumns, dollars

_NOT_ASKED: Final = (CREDIT, "wages_already_taxed_by_amt")  # the credit is asked apart; the wages are a sale's
_ONCE: Final = {
    "Last year of the record": "",
    "Its wages, without options": return_rows.WAGES,
    "Its filing status": return_rows.STATUS_ASKED,
}  # then two rows a jurisdiction


class LaterYears:
    """The workings: the last year's facts once more, and for each jurisdiction how many such years the credit takes."""

    def __init__(self, credit: YearColumns, book: Book, codes: list[str], title: int) -> None:
        self.credit, self.book, self.codes, self.title = credit, book, codes, title
        rows = returns.rows_of(book)
        self.ends = {code: rows[labels_of(code)[-1].name] for code in codes_of(book.record)}
        self.facts = range(rows[return_rows.STATE_TAX], max(self.ends.values()) + 1)
        self.names = {row: name for name, row in rows.items()}
        self.once = {label.name for code in self.ends for label in labels_of(code) if label.field in _NOT_ASKED}
        self.first = title + 1 + len(_ONCE) + 2 * len(codes)

    @property
    def column(self) -> str:
        """The column of the figures."""
        return self.credit.years[0]

    def cell(self, words: str) -> str:
        """The cell of a figure that is there once."""
        return f"${self.column}${self.title + 1 + list(_ONCE).index(words)}"

    def years_of(self, code: str) -> int:
        """The row with the number of further years; what they leave stands in the next."""
        return self.title + 1 + len(_ONCE) + 2 * self.codes.index(code)

    def put(self, closing: dict[str, int]) -> None:
        """Write the rows, of credits whose closing balances stand in these rows."""
        self.credit.section(self.title, "Workings, not printed: later years like the last one")
        rows = returns.rows_of(self.book)
        for at, (words, name) in enumerate(_ONCE.items(), self.title + 1):
            figure = self._of_last(rows[name]) if name else "MAX(Years)"
            self._figure(at, words, f"={figure}", style.GENERAL)
        for at, row in enumerate(self.facts, self.first):
            is_asked = self.names[row] not in self.once
            put(self.credit.sheet, f"A{at}", f"=Returns!$A{row}" if is_asked else None, style.LINK)
            amount = f"={self._of_last(self._before_equity(row))}" if is_asked else None
            put(self.credit.sheet, f"{self.column}{at}", amount, style.LINK, style.GENERAL)
        for code in self.codes:
            self._years(code, f"INDEX({self.credit.across(closing[code])},COUNT(Years))")

    def _before_equity(self, row: int) -> int:
        """The row of a fact without the year's exercises and sales; of a loss, what goes on to the next year."""
        rows, name = returns.rows_of(self.book), self.names[row]
        return next((rows[one] for one in (carried(name), stated(name)) if one in rows), row)

    def _of_last(self, row: int) -> str:
        """A figure of the sheet Returns in the last year of the record."""
        return f"INDEX(Returns!{self.credit.across(row)},COUNT(Years))"

    def _figure(self, row: int, words: str, formula: str, number_format: str) -> None:
        put(self.credit.sheet, f"A{row}", words, style.LABEL)
        put(self.credit.sheet, f"{self.column}{row}", formula, style.FORMULA, number_format)

    def _years(self, code: str, credit: str) -> None:
        last = self.first + self.ends[code] - self.facts[0]
        year, wages, status = map(self.cell, _ONCE)
        amounts = f"${self.column}${self.first}:${self.column}${last}"
        facts = f"$A${self.first}:$A${last},{amounts},{law_of(code)}"
        table = f"AMT_CREDIT_YEARS({credit},{wages},{status},{year}+1,{facts})"
        row = self.years_of(code)
        words = f"Further years like the last one until the {place_of(code)} credit is used up"
        self._figure(row, words, f"=IF(N({credit})<1,0,IFERROR(ROWS({table}),0))", style.COUNT)
        left = f"INDEX({table},ROWS({table}),COLUMNS({table}))"
        self._figure(row + 1, "What they leave", f"=IF(N({credit})<1,0,IFERROR({left},{credit}))", style.DOLLARS)

    def sentence(self, code: str, rows: dict[str, int]) -> str:
        """What becomes of a jurisdiction's credit, as a formula; ``rows`` are those of its figures."""
        across = {figure: self.credit.across(row) for figure, row in rows.items()}
        year, further, left = (
            self.cell(next(iter(_ONCE))),
            *(f"${self.column}${self.years_of(code) + one}" for one in (0, 1)),
        )
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
        if_so = f'" If later years were like "&{year}&" without its exercises and sales'
        used_up = f'{if_so}, it would be used up in "&{year}+{further}&"."'
        still = f'{dollars(left)}&" would be left after "&{year}+{further}'
        not_used_up = f'{if_so}, "&{still}&", the last year whose law is held or projected."'
        then = f'IF({further}=0,"",IF({left}<1,{used_up},{not_used_up}))'
        return f'=IF(Missing_inputs<>"",Missing_inputs,IF({opening}+{earned}=0,{none},{flow}&{then}))'
