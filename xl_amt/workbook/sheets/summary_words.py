"""Sentences of the sheet Summary: what a fall in value would cost, and what the page rests on."""

from __future__ import annotations

from typing import Final

from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.planning.plan.answer import LEAST_TAX, NOT_FIGURED, QUALIFYING
from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import allow_numbers, define, put, put_section
from xl_amt.workbook.jurisdictions import codes_of, places_of
from xl_amt.workbook.page import fold_rows
from xl_amt.workbook.sheets.asked import asked
from xl_amt.workbook.sheets.holdings import is_of_holding
from xl_amt.workbook.sheets.summary_years import FIRST, LAST, LOST, YEARS, place_in

HALF: Final = 0.5
FALL_MESSAGE: Final = "Enter how much of the value is lost, from 0 to 100 %."
HOLDINGS_SHOWN: Final = 3
# A step that was planned for a year before the record's, and not done, is none to be exercised.
_PLANNED: Final = '(Lot_standing="planned")*(Lot_kind<>"RSU")*(Lot_acquired>=DATE(MIN(Years),1,1))'
_PLANNED_ISOS: Final = '(Lot_standing="planned")*(Lot_kind="ISO")'


def put_if_the_value_falls(sheet: Worksheet, book: Book, row: int, *, has_plan: bool) -> None:
    """What the planned shares lose once the value falls, and the tax on value that is gone then."""
    put_section(sheet, row, FIRST, LAST, '="If the value of a share falls by "&TEXT(Fall_in_value,"0%")')
    put(sheet, f"H{row + 1}", "Fall in value", style.PLAIN_FORMULA.to_the("right"))
    put(sheet, f"I{row + 1}", HALF, style.INPUT, style.PERCENT)
    allow_numbers(sheet, f"I{row + 1}", FALL_MESSAGE, most=1)
    define(sheet, "Fall_in_value", f"I{row + 1}")
    words = '"No exercise is planned, so nothing bought would lose value."'
    if has_plan and book.lots:
        for place, column in enumerate(book.year_columns[: len(YEARS)]):
            _put_lost(sheet, YEARS[place], book, column)
        bought = f"SUMPRODUCT({_PLANNED},Lot_shares,Lot_value)"
        gone = f"SUM({LOST}{YEARS[0]}:{LOST}{YEARS[-1]})"
        owed = (
            f'"The AMT on the exercises is still owed: "&TEXT({gone},"$#,##0")&" of it on value that is gone, '
            'some of which may come back as credit."'
        )
        spared = '"No AMT would be owed on value that is gone."'
        less = f'"The shares to be exercised would be worth "&TEXT({bought}*Fall_in_value,"$#,##0")&" less. "'
        words = f"IF({bought}=0,{words},{less}&IF({gone}=0,{spared},{owed}))"
    put(sheet, f"A{row + 1}", f"={words}", style.PARAGRAPH)
    sheet.merge_cells(f"A{row + 1}:G{row + 1}")
    sheet.row_dimensions[row + 1].height = 34


def _put_lost(sheet: Worksheet, row: int, book: Book, column: str) -> None:
    """The AMT of a year on value that is gone: that of its spread less that of the spread at the fallen value."""
    year = f"INDEX(Years,{place_in(range(YEARS[0], row + 1))})"
    isos = f"{_PLANNED_ISOS}*(Lot_year={year})"
    fallen = "Lot_value*(1-Fall_in_value)"
    spread = f"SUMPRODUCT({isos}*(Lot_value>Lot_strike)*Lot_income_shares*(Lot_value-Lot_strike))"
    after = f"SUMPRODUCT({isos}*({fallen}>Lot_strike)*Lot_income_shares*({fallen}-Lot_strike))"
    # LibreOffice gives #N/A for a product of columns in which no cell is filled.
    of_lots = f"IF(COUNT(Lot_shares)=0,0,{spread}-{after})"
    put(sheet, f"M{row}", f'=IF($A{row}="","",{of_lots})', style.NOTE, style.DOLLARS)
    lost = "+".join(
        f"AMT_OWED({','.join(one)})-AMT_OWED({','.join(one._replace(spread=f'{one.spread}-$M{row}'))})"
        for one in (asked(book, column, code) for code in codes_of(book.record))
    )
    put(sheet, f"{LOST}{row}", f"=IF(N(M{row})=0,0,{lost})", style.NOTE, style.DOLLARS)


def put_assumptions(sheet: Worksheet, book: Book, row: int, *, has_plan: bool) -> int:
    """What the figures rest on: values and their day, the law, growth, and what is not figured; gives the row below."""
    put_section(sheet, row, FIRST, LAST, "What this rests on")
    places = places_of(codes_of(book.record))
    lines = [_value_of(place_in(range(row + 1, row + 1 + number))) for number in range(1, HOLDINGS_SHOWN + 1)]
    lines.append(
        f'"Taxes: {places}. Federal law is enacted through "&Law_enacted_through'
        '&"; a year with * is estimated or projected."'
    )
    lines.append(
        '"A year that states no income uses that of the year before"'
        '&IF(N(Income_growth)=0,".",", grown by "&TEXT(Income_growth,"0.0%")&".")'
    )
    sentences = [NOT_FIGURED]
    if has_plan:  # a row for a plan that comes later, as by xl-amt plan --freeze
        aims = {"least tax": LEAST_TAX, "most after tax": QUALIFYING}
        sentences.append(aims[book.record.plan.aim] if book.record.plan else "")
    row += 1
    fold_rows(sheet, range(row + max(len(book.record.holdings), 1), row + HOLDINGS_SHOWN))
    for line in (*lines, *(f'"{sentence}"' for sentence in sentences)):
        put(sheet, f"A{row}", f"={line}", style.PARAGRAPH)
        sheet.merge_cells(f"A{row}:I{row}")
        row += 1
    return row


def _value_of(number: str) -> str:
    """The latest value of a holding, and its day; nothing where there is no such holding or value."""
    company, holder = f"INDEX(Holding_company,{number})", f"INDEX(Holding_holder,{number})"
    own = f'(Event_kind="value")*{is_of_holding("Event", company, holder)}'
    day = f"SUMPRODUCT(MAX({own}*Event_day))"
    price = f"SUMPRODUCT({own}*(Event_day={day}),Event_price)"
    name = f'IF({company}="","The share",{company})'
    words = f'{name}&": "&TEXT({price},"$#,##0.00##")&" a share, the value of "&TEXT({day},"mmm d, yyyy")&"."'
    known = f'IF({day}=0,{name}&": no value per share is entered.",{words})'
    return f'IF({number}>ROWS(Holding_company),"",IF({holder}="","",{known}))'
