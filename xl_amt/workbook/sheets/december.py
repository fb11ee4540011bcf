"""Sheet Sales: December's table above the sales; for each lot of this year's ISO exercises what each way comes to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from openpyxl import Workbook
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.days import next_business_day
from xl_amt.planning.december.ways import last_trading_day
from xl_amt.planning.plan.answer import NOT_FIGURED
from xl_amt.workbook import style
from xl_amt.workbook.book import Book, DecemberLot
from xl_amt.workbook.cells import Value, allow_numbers, define, flag, put, put_headers, put_section, put_text
from xl_amt.workbook.jurisdictions import codes_of, place_of
from xl_amt.workbook.page import fold_rows
from xl_amt.workbook.sheets import december_layout as at
from xl_amt.workbook.sheets import returns
from xl_amt.workbook.sheets.december_ways import put_joint, put_ways
from xl_amt.workbook.sheets.december_years import last_row, put_years
from xl_amt.workbook.tables.client_rows import row_by_name
from xl_amt.workbook.tables.record_tables import SALES
from xl_amt.workbook.tables.write import write_table

NOT_NAMED: Final = "The company"
PRICE_MESSAGE: Final = "What a buyer pays for a share now: leave it blank where nobody does; a 409A value is not a bid."
LATER_MESSAGE: Final = "The price of a share in the later sale."
WORTH_MESSAGE: Final = "What a dollar of credit left after the later sale is worth, from 0 to 100 %."
_WINDOW: Final = timedelta(days=30)
_WIDER: Final = {"B": 12, "G": 12, "I": 12, "K": 15, "L": 15}
_GAP: Final = 4  # rows between this table and the headers of the sales


def add_sales(workbook: Workbook, book: Book) -> None:
    """Add the sheet of sales, with December's table above them; its rows for nobody are folded."""
    last = max(at.LAST_ROW, last_row(book))
    written = write_table(workbook, book, SALES, header_row=last + _GAP)
    sheet = written.sheet
    for column, width in _WIDER.items():
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = None  # the table of sales begins below what a screen shows
    sheet.row_breaks.append(Break(id=written.header_row - 3))
    sheet.print_area = f"A1:{at.LAST_SHOWN}{written.closing_row}"
    lots = book.december.lots if book.december else ()
    companies = list(dict.fromkeys(lot.company for lot in lots))[: at.COMPANIES]
    shown = [lot for lot in lots if lot.company in companies][: at.LOTS_SHOWN]
    put_section(sheet, at.TITLE_ROW, "A", at.LAST_SHOWN,
                f"December {book.year_asked or ''}: hold this year's ISO shares, or sell them")  # fmt: skip
    _put_answer(sheet, book, len(lots))
    _put_prices(sheet, book, companies)
    _put_lots(sheet, book, shown, companies, len(lots) - len(shown))
    put_ways(sheet, book, len(shown))
    put_joint(sheet, book, [sum(lot.company == company for lot in shown) for company in companies])
    _put_words(sheet, book)
    put_years(sheet, book)
    if not lots:
        fold_rows(sheet, range(at.ANSWER_ROW + 1, at.LAST_ROW + 1))
    fold_rows(sheet, range(at.LAST_ROW + 1, written.header_row - 3))
    define(sheet, "December", f"A{at.TITLE_ROW}")
    define(sheet, "December_answer", f"A{at.ANSWER_ROW}")
    define(sheet, "December_lots", f"A{at.LOTS[0]}:A{at.LOTS[-1]}")
    define(sheet, "December_block", f"A{at.TITLE_ROW}:{at.GUARD}{at.LAST_ROW}")
    define(sheet, "December_lots_block", f"{at.NAME}{at.PRICES[0]}:{at.PLACE}{at.MORE_ROW}")


def _put_answer(sheet: Worksheet, book: Book, lots: int) -> None:
    """What the year owes with every share held, and how many lots there are to decide on."""
    year = book.year_asked
    column = dict(zip(book.years, book.year_columns, strict=False)).get(year or 0)
    words = f'"No ISO shares exercised in {year or "the year"} are held at its end, so there is nothing to decide."'
    if lots and column:
        owed = '&", "&'.join(
            f'"{place_of(code)} "&TEXT(AMT_OWED({returns.arguments(book, column, code)}),"$#,##0.00")'
            for code in codes_of(book.record)
        )
        count = "one lot" if lots == 1 else f"{lots} lots"
        words = f'"{count.capitalize()} to decide on. AMT of {year} with all shares held: "&{owed}&"."'
    put(sheet, f"A{at.ANSWER_ROW}", f'=IF(Missing_inputs="",{words},Missing_inputs)', style.PARAGRAPH_TITLE)


def _put_prices(sheet: Worksheet, book: Book, companies: list[str]) -> None:
    """What a share brings now and later, by company, and what credit left is worth: the advisor's."""
    headers = ("Company", "Newest value", "Of", "Price now", "Later price")
    put_headers(sheet, at.PRICES_HEAD, "A", headers, words=1, height=34)
    for column in "FGHIJKL":
        put(sheet, f"{column}{at.PRICES_HEAD}", "What the price now is" if column == "F" else None, style.UNIT_HEADER)
    planned = _planned_value(book) if len(companies) == 1 else ""
    for place, row in enumerate(at.PRICES):
        company = companies[place] if place < len(companies) else None
        put_text(sheet, f"{at.NAME}{row}", "" if company is None else company or NOT_NAMED, style.NOTE)
        put_text(sheet, f"{at.COMPANY}{row}", company or "", style.NOTE)
        _put_price(sheet, row, planned)
        if company is None:
            fold_rows(sheet, [row])
    rows = f"{at.PRICES[0]}:{{0}}{at.PRICES[-1]}"
    allow_numbers(sheet, f"D{rows.format('D')}", PRICE_MESSAGE)
    allow_numbers(sheet, f"E{rows.format('E')}", LATER_MESSAGE)
    flag(sheet, f"D{rows.format('E')}", f'$A{at.PRICES[0]}<>""', style.INPUT_IN_USE)
    put(sheet, f"A{at.WORTH_ROW}", "Worth of a dollar of credit left after the later sale", style.PLAIN_FORMULA)
    put(sheet, f"E{at.WORTH_ROW}", "=N(Credit_left_at)", style.PREFILLED, style.PERCENT)
    allow_numbers(sheet, f"E{at.WORTH_ROW}", WORTH_MESSAGE, most=1)
    define(sheet, "December_credit_left_at", f"E{at.WORTH_ROW}")
    define(sheet, "December_prices", f"D{at.PRICES[0]}:D{at.PRICES[-1]}")
    define(sheet, "December_later_prices", f"E{at.PRICES[0]}:E{at.PRICES[-1]}")


def _put_price(sheet: Worksheet, row: int, planned: str) -> None:
    of_company = f'(Event_company&""=${at.COMPANY}{row}&"")*(Event_kind="value")'
    put(sheet, f"A{row}", f'=IF({at.NAME}{row}="","",{at.NAME}{row})', style.LINKED_NAME)
    day, of_day = f"SUMPRODUCT(MAX({of_company}*Event_day))", f"{of_company}*(Event_day=$C{row})"
    put(sheet, f"C{row}", f'=IF($A{row}="","",{day})', style.PLAIN_LINK, style.DAY_IF_ANY)
    put(sheet, f"B{row}", f'=IF(N($C{row})=0,"",SUMPRODUCT(MAX({of_day}*Event_price)))', style.PLAIN_LINK, style.PRICE)
    put(sheet, f"D{row}", None, style.INPUT_WHEN_USED, style.PRICE)
    later = f"IF(N($D{row})>0,$D{row},$B{row})"
    known = f"IF(N({planned})>0,{planned},{later})" if planned else later
    put(sheet, f"E{row}", f'=IF($A{row}="","",{known})', style.PREFILLED_WHEN_USED, style.PRICE)
    none = '"No market: no sale by December 31 is shown, since a 409A value is not a bid. Type what a buyer pays now."'
    bid = f'IF(N($D{row})=0,{none},"What a buyer pays, as entered.")'
    put(sheet, f"F{row}", f'=IF($A{row}="","",{bid})', style.PLAIN_REMARK)


def _planned_value(book: Book) -> str:
    """The plan's value of the year of the last qualifying sale, where the record has that year."""
    later = book.december.later if book.december else {}
    column = dict(zip(book.years, book.year_columns, strict=False)).get(max(later, default=0))
    return f"Client!{column}${row_by_name(book.record)['values']}" if column else ""


def _put_lots(sheet: Worksheet, book: Book, lots: Sequence[DecemberLot], companies: list[str], more: int) -> None:
    """The lots, one row each: what the ledger knows of them stands in the workings next to them."""
    put_section(sheet, at.LOTS_HEAD - 1, "A", at.LAST_SHOWN, "The lots: shares of one exercise, held at the year's end")
    year = book.year_asked
    day = last_trading_day(year) if year else None
    early = next_business_day(date(year + 1, 1, 1)) if year else None
    for cell, value in ((at.SELL_DAY, day), (at.EARLY_DAY, early)):
        put(sheet, cell.replace("$", ""), value, style.NOTE, style.DAY)
    for place in range(at.COMPANIES):
        put(sheet, f"{at.of_company(place)}{at.LOTS_HEAD}", place + 1, style.NOTE, style.WHOLE)
    window = f"{_short(day - _WINDOW)} to {_short(day + _WINDOW)}" if day else "30 days before and after"
    headers = ("Lot", "Done or planned", "Exercised", "Shares", "Strike", "Company", "Value at exercise",
               "Sale qualifies from", "Price now", "Later price", f"Wash sale if acquired {window}", "")  # fmt: skip
    put_headers(sheet, at.LOTS_HEAD, "A", headers, words=1, height=48)
    for place, row in enumerate(at.LOTS):
        lot = lots[place] if place < len(lots) else None
        _put_known(sheet, row, lot, companies)
        _put_lot(sheet, row)
        if lot is None:
            fold_rows(sheet, [row])
    beyond = f"{more} more: xl-amt december shows them." if more else None
    put(sheet, f"{at.NAME}{at.MORE_ROW}", beyond, style.NOTE, style.TEXT)
    put(sheet, f"A{at.MORE_ROW}", f'={at.NAME}{at.MORE_ROW}&""', style.NOTE)


def _put_known(sheet: Worksheet, row: int, lot: DecemberLot | None, companies: list[str]) -> None:
    """What is known of a lot, as values; and its shares in the column of its company."""
    values: dict[str, tuple[Value, str]] = dict.fromkeys(
        (at.NAME, at.COMPANY, at.STANDING, at.SHARES, at.STRIKE, at.VALUE, at.GRANTED, at.ACQUIRED, at.VESTED,
         at.VALUE_AT_VEST, at.ELECTION, at.NEAR, at.PLACE), (None, style.GENERAL),
    )  # fmt: skip
    if lot:
        values |= {
            at.NAME: (lot.lot, style.TEXT),
            at.COMPANY: (lot.company or NOT_NAMED, style.TEXT),
            at.STANDING: (lot.standing, style.TEXT),
            at.SHARES: (lot.shares, style.SHARES),
            at.STRIKE: (lot.strike, style.PRICE),
            at.VALUE: (lot.value, style.PRICE),
            at.GRANTED: (lot.granted, style.DAY),
            at.ACQUIRED: (lot.acquired, style.DAY),
            at.VESTED: (lot.vested, style.DAY),
            at.VALUE_AT_VEST: (lot.value_at_vest, style.PRICE),
            at.ELECTION: ("yes" if lot.election_83b else None, style.TEXT),
            at.NEAR: (lot.near or None, style.TEXT),
            at.PLACE: (companies.index(lot.company) + 1, style.WHOLE),
        }
    for column, (value, number_format) in values.items():
        if isinstance(value, str):
            put_text(sheet, f"{column}{row}", value, style.NOTE)
        else:
            put(sheet, f"{column}{row}", value, style.NOTE, number_format)
    for place in range(at.COMPANIES):
        column = at.of_company(place)
        shares = f'=IF(${at.PLACE}{row}={column}${at.LOTS_HEAD},${at.SHARES}{row},"")'
        put(sheet, f"{column}{row}", shares, style.NOTE, style.SHARES)


def _put_lot(sheet: Worksheet, row: int) -> None:
    """What is shown of a lot."""
    links = {"B": (at.STANDING, style.TEXT), "C": (at.ACQUIRED, style.DAY), "D": (at.SHARES, style.SHARES),
             "E": (at.STRIKE, style.PRICE), "F": (at.COMPANY, style.TEXT), "G": (at.VALUE, style.PRICE)}  # fmt: skip
    put(sheet, f"A{row}", f'={at.NAME}{row}&""', style.WORDS_BESIDE)
    for column, (known, number_format) in links.items():
        look = style.FORMULA if number_format != style.TEXT else style.WORDS_BESIDE
        put(sheet, f"{column}{row}", f'=IF($A{row}="","",{known}{row})', look, number_format)
    qualifies = f"MAX(AMT_QUALIFYING_DATE({at.GRANTED}{row},{at.ACQUIRED}{row}),N({at.VESTED}{row}))"
    put(sheet, f"H{row}", f'=IF($A{row}="","",{qualifies})', style.FORMULA, style.DAY)
    for column, prices in (("I", "December_prices"), ("J", "December_later_prices")):
        price = f"N(INDEX({prices},{at.PLACE}{row}))"
        put(sheet, f"{column}{row}", f'=IF($A{row}="","",{price})', style.FORMULA, style.PRICE)
    taxed = f"MAX({at.STRIKE}{row},IF({at.VESTED}{row}=0,{at.VALUE}{row},{at.VALUE_AT_VEST}{row}))"
    near = f'IF({at.NEAR}{row}="","none in the record",{at.NEAR}{row})'
    words = f'IF(N($I{row})>={taxed},"no loss at this price",{near})'
    put(sheet, f"K{row}", f'=IF($A{row}="","",{words})', style.WORDS_BESIDE)
    put(sheet, f"L{row}", None, style.FORMULA)
    sheet.merge_cells(f"K{row}:L{row}")


def _put_words(sheet: Worksheet, book: Book) -> None:
    """What the table rests on."""
    year = book.year_asked
    lines = (
        (
            "Each lot is figured with all other lots held. Strikes are paid either way; AMT undone and "
            "credit given up are compared with holding."
        ),
        (
            "A wash sale's wages are the whole spread, however far the price has fallen (IRC 422(c)(2), 1091). Sales "
            "planned for later years are left out."
        ),
        (
            f"The AMT of {year or 'the year'} is mostly due by April 15 of the next year, and nothing is withheld for "
            "it. Where a figure is n/a, xl-amt december says why."
        ),
        NOT_FIGURED,
    )
    for row, line in zip(at.WORDS, lines, strict=True):
        put(sheet, f"A{row}", line, style.NOTE)


def _short(day: date) -> str:
    return f"{day:%b} {day.day}"
