"""The frozen plan on the sheet Plan: its figures of the day on which it was kept, and what was done since.

What is done follows the sheet Lots, and the taxes are those of the sheet above; the frozen figures stay what they were.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import put
from xl_amt.workbook.jurisdictions import codes_of
from xl_amt.workbook.page import YEAR_HEADING_ROW, fold_rows
from xl_amt.workbook.sheets.plan_layout import PlanLayout
from xl_amt.workbook.sheets.plan_taxes import row_of_all
from xl_amt.workbook.sheets.year_columns import YearColumns

WORDS: Final = (
    '"Frozen on "&TEXT(Frozen_on,"mmm d, yyyy")&": its figures are those of that day. The command xl-amt plan '
    '--compare says what of a difference comes from shares, and what from facts."'
)
_SPLIT: Final = '(Event_kind="split")*(Event_day>Frozen_on)'


def put_frozen(plan: YearColumns, book: Book, rows: PlanLayout) -> None:
    """The rows, folded where no plan is frozen."""
    at, codes = rows.frozen, codes_of(book.record)
    plan.section(at["words"] - 1, "The frozen plan, and what was done since")
    put(plan.sheet, f"A{at['words']}", f'=IF(Frozen_on="","No plan is frozen.",{WORDS})', style.PLAIN_FORMULA)
    _frozen(plan, at["shares"], "Shares by the frozen plan", "shares", style.SHARES)
    _now(plan, at["shares done"], "Shares exercised since", lambda column: _shares(book, column),
         remark="ISOs and NSOs on the sheet Lots", number_format=style.SHARES)  # fmt: skip
    done = f"{{0}}{at['shares done']}-N({{0}}{at['shares']})"
    _now(plan, at["difference"], "More or fewer than planned",
         lambda column: f'IF(SUMPRODUCT({_SPLIT})>0,"split since",{done.format(column)})',
         remark="A year not yet over may lack some", number_format=style.SHARES)  # fmt: skip
    _frozen(plan, at["spread"], "ISO spread by the frozen plan", "spread")
    _now(plan, at["spread done"], "ISO spread exercised since", lambda column: _spread(book, column))
    _frozen(plan, at["AMT"], "AMT by the frozen plan", "amt")
    amt = row_of_all(rows.outcome, codes, "AMT")
    _now(plan, at["AMT now"], "AMT as it stands", lambda column: f"{column}{amt}", remark="Done and planned, see above")
    _frozen(plan, at["credit used"], "Credit used by the frozen plan", "credit_used")
    used = [rows.outcome[f"{code} credit used"] for code in codes]
    _now(plan, at["credit used now"], "Credit used as it stands",
         lambda column: "+".join(f"{column}{row}" for row in used), remark="Done and planned, see above")  # fmt: skip
    if not (book.record.plan and book.record.plan.frozen):
        fold_rows(plan.sheet, list(range(at["words"] - 1, at["credit used now"] + 1)))


def _frozen(plan: YearColumns, row: int, label: str, field: str, number_format: str = style.DOLLARS) -> None:
    """A figure of the frozen plan in its years."""
    unit = "shares" if number_format == style.SHARES else "dollars"

    def kept(column: str) -> str:
        year = f"{column}${YEAR_HEADING_ROW}"
        found = f"SUMIFS(Frozen_plan_{field},Frozen_plan_year,{year})"
        return f'IF(COUNTIFS(Frozen_plan_year,{year})=0,"",{found})'

    plan.row(row, label, unit, kept, remark="As of the day it was frozen", look=style.LINK, total="sum",
             number_format=number_format)  # fmt: skip


def _now(
    plan: YearColumns,
    row: int,
    label: str,
    formula: Callable[[str], str],
    *,
    remark: str = "",
    number_format: str = style.DOLLARS,
) -> None:
    """A figure as it is, in the years of the frozen plan."""
    unit = "shares" if number_format == style.SHARES else "dollars"

    def shown(column: str) -> str:
        return f'IF(COUNTIFS(Frozen_plan_year,{column}${YEAR_HEADING_ROW})=0,"",{formula(column)})'

    plan.row(row, label, unit, shown, remark=remark, total="sum", number_format=number_format)


def _lots(book: Book, column: str, day: str, figure: str, kind: str) -> str:
    """The sum of a figure over the lots exercised since the plan was frozen, by the year of a day."""
    if not book.lots:
        return "0"
    year = f"{column}${YEAR_HEADING_ROW}"
    of_year = f"({day}>=DATE({year},1,1))*({day}<DATE({year}+1,1,1))"
    since = '(Lot_standing="done")*(Lot_acquired>=N(Frozen_done_from))'
    return f"SUMPRODUCT({kind}*{since}*{of_year},{figure})"


def _shares(book: Book, column: str) -> str:
    return _lots(book, column, "Lot_acquired", "Lot_shares", '((Lot_kind="ISO")+(Lot_kind="NSO"))')


def _spread(book: Book, column: str) -> str:
    return _lots(book, column, "Lot_income_day", "Lot_spread", '(Lot_kind="ISO")')
