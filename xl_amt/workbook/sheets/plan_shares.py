"""The planned shares of the sheet Plan, by grant and year: linked to the record, and free to be typed over.

What is typed over is counted as tried: its spread, wages and strikes, beyond those of the record, go into the years.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import allow_numbers, define, flag, put
from xl_amt.workbook.page import YEAR_HEADING_ROW
from xl_amt.workbook.sheets import return_rows, returns
from xl_amt.workbook.sheets.plan_layout import PlanLayout
from xl_amt.workbook.sheets.year_columns import YearColumns
from xl_amt.workbook.tables.client_rows import row_by_name

NOT_NAMED: Final = "The company"
SHARES_MESSAGE: Final = "Enter a whole number of shares, 0 or more."


def put_shares(plan: YearColumns, rows: PlanLayout) -> None:
    """The inputs, one row per grant, with their total above."""
    title = "Shares exercised by plan: type over the yellow cells to try another one"
    plan.section(rows.shares_total - 1, title)
    first, last = rows.shares[0], rows.shares[-1]
    plan.row(
        rows.shares_total,
        "All grants",
        "shares",
        lambda column: f"SUM({column}{first}:{column}{last})",
        remark="Linked to the sheet Lots",
        number_format=style.SHARES,
        look=style.TOTAL,
        total="sum",
        name="Plan_shares",
    )
    recorded = f"{{0}}{rows.recorded[0]}:{{0}}{rows.recorded[-1]}"
    plan.row(
        rows.shares_total + 1,
        "Of them tried beyond the record",
        "shares",
        lambda column: f"{column}{rows.shares_total}-SUM({recorded.format(column)})",
        number_format=style.SHARES,
        total="sum",
        name="Plan_shares_tried",
    )
    for place, row in enumerate(rows.shares, start=1):
        _grant(plan, rows, row, place)
    inputs = f"{plan.years[0]}{first}:{plan.years[-1]}{last}"
    allow_numbers(plan.sheet, inputs, SHARES_MESSAGE, whole=True)
    in_use = f'AND($A{first}<>"",{plan.years[0]}${YEAR_HEADING_ROW}<>"")'
    flag(plan.sheet, inputs, in_use, style.INPUT_IN_USE)
    flag(plan.sheet, inputs, f"{plan.years[0]}{first}<>{plan.years[0]}{rows.recorded[0]}", style.FAILED)
    flag(plan.sheet, f"A{first}:C{last}", f'$A{first}<>""', style.ROW_IN_USE)
    define(plan.sheet, "Planned_shares", inputs)


def _grant(plan: YearColumns, rows: PlanLayout, row: int, place: int) -> None:
    sheet, recorded = plan.sheet, rows.recorded[place - 1]
    before = _place(plan, rows.shares, row)

    def of_grant(name: str) -> str:
        return f"INDEX(Grant_{name},{before})"

    is_option = f'OR({of_grant("award")}="ISO",{of_grant("award")}="NSO")'
    put(sheet, f"A{row}", f'=IF({before}>ROWS(Grant_label),"",IF({is_option},{of_grant("label")}&"",""))',
        style.LINKED_NAME)  # fmt: skip
    put(sheet, f"B{row}", f'=IF($A{row}="","","shares")', style.PLAIN_REMARK)
    strike = f'TEXT(N({of_grant("strike")}),"$#,##0.00##")'
    whose = f'IF({of_grant("holder")}="spouse",", spouse","")'
    about = f'{of_grant("award")}&" at "&{strike}&" · "&{of_grant("company")}&{whose}'
    put(sheet, f"C{row}", f'=IF($A{row}="","",{about})', style.PLAIN_REMARK)
    asked = f'=IF(OR($A{row}="",D${YEAR_HEADING_ROW}=""),"",INDEX({plan.across(row)},Asked_place))'
    put(sheet, f"D{row}", asked, style.PLAIN_FORMULA, style.SHARES)
    for column in plan.years:
        put(sheet, f"{column}{row}", f"={column}{recorded}", style.PREFILLED_WHEN_USED, style.SHARES)
    total = f'=IF($A{row}="","",SUM({plan.across(row)}))'
    put(sheet, f"{plan.total}{row}", total, style.PLAIN_FORMULA, style.SHARES)


def put_values(plan: YearColumns, book: Book, rows: PlanLayout) -> None:
    """The value of a share by holding and year: the plan's for a client of one company, else the latest known."""
    plan.section(rows.values[0] - 1, "Value of a share at exercise: change it on the sheets Client and Events")
    planned_row = row_by_name(book.record)["values"]
    for row in rows.values:
        place = _place(plan, rows.values, row)
        company = f"INDEX(Holding_company,{place})"
        named = f'IF({company}<>"",{company},IF(INDEX(Holding_holder,{place})="","","{NOT_NAMED}"))'
        put(plan.sheet, f"A{row}", f'=IF({place}>ROWS(Holding_company),"",{named})', style.PLAIN_LINK)
        put(plan.sheet, f"B{row}", f'=IF($A{row}="","","dollars")', style.PLAIN_REMARK)
        source = 'IF(One_company=1,"The plan\'s, else the latest known","The latest known")'
        put(plan.sheet, f"C{row}", f'=IF($A{row}="","",{source})', style.PLAIN_REMARK)
        asked = f'=IF(OR($A{row}="",D${YEAR_HEADING_ROW}=""),"",INDEX({plan.across(row)},Asked_place))'
        put(plan.sheet, f"D{row}", asked, style.PLAIN_FORMULA, style.PRICE)
        for column in plan.years:
            planned = f"Client!{column}${planned_row}"
            known = _latest_value(company, f"INDEX(Holding_holder,{place})", f"{column}${YEAR_HEADING_ROW}")
            value = f'IF(AND(One_company=1,{planned}<>""),{planned},{known})'
            shown = f'=IF(OR($A{row}="",{column}${YEAR_HEADING_ROW}=""),"",{value})'
            put(plan.sheet, f"{column}{row}", shown, style.PLAIN_LINK, style.PRICE)
    first, last = rows.values[0], rows.values[-1]
    flag(plan.sheet, f"A{first}:{plan.years[-1]}{last}", f'$A{first}<>""', style.ROW_IN_USE)


def _latest_value(company: str, holder: str, year: str) -> str:
    """The holding's value whose day is the latest by the end of a year."""
    own = f'(Event_company&""={company}&"")*((Event_holder="spouse")=({holder}="spouse"))*(Event_kind="value")'
    latest = f"SUMPRODUCT(MAX({own}*(Event_day<DATE({year}+1,1,1))*Event_day))"
    return f"SUMPRODUCT({own}*(Event_day={latest}),Event_price)"


def put_workings(plan: YearColumns, book: Book, rows: PlanLayout) -> None:
    """What the record plans, the spread of a share, and what is tried beyond the record; not printed."""
    plan.section(rows.recorded[0] - 1, "Workings, not printed: shares by the record")
    plan.section(rows.per_share[0] - 1, "Workings, not printed: spread of a share")
    for shares, recorded, per_share in zip(rows.shares, rows.recorded, rows.per_share, strict=True):
        _recorded(plan, rows, shares, recorded, has_lots=bool(book.lots))
        _per_share(plan, book, rows, shares, per_share)
    plan.section(rows.tried["spread"] - 1, "Workings, not printed: tried beyond the record")
    strikes = f"$C${rows.per_share[0]}:$C${rows.per_share[-1]}"
    for name, kind in (("spread", "ISO"), ("wages", "NSO")):
        of_kind = f'($B${rows.per_share[0]}:$B${rows.per_share[-1]}="{kind}")*1'
        words = "ISO spread" if kind == "ISO" else "Wages of NSOs"
        plan.row(
            rows.tried[name],
            f"{words}, tried beyond the record",
            "dollars",
            _beyond_of_kind(rows, of_kind),
            name=f"Tried_{name}",
        )
    plan.row(
        rows.tried["strikes"],
        "Strikes, tried beyond the record",
        "dollars",
        lambda column: _beyond(rows, column, strikes),
        name="Tried_strikes",
    )
    one = "COUNTIFS(Holding_company,INDEX(Holding_company,1))=COUNTA(Holding_company)"
    put(plan.sheet, f"A{rows.tried['companies']}", "The client holds one company: 1, else 0", style.LABEL)
    put(plan.sheet, f"{plan.total}{rows.tried['companies']}", f"=IF({one},1,0)", style.FORMULA, style.COUNT)
    define(plan.sheet, "One_company", f"{plan.total}{rows.tried['companies']}")
    plan.row(
        rows.tried["shares"],
        "Cells typed over",
        "count",
        lambda column: f"SUMPRODUCT(({_rows(column, rows.shares)}<>{_rows(column, rows.recorded)})*1)",
        number_format=style.COUNT,
        total="sum",
    )
    define(plan.sheet, "Plan_tried", f"{plan.total}{rows.tried['shares']}")


def _recorded(plan: YearColumns, rows: PlanLayout, shares: int, row: int, *, has_lots: bool) -> None:
    """The planned exercises of the record; the keys of the grant stand before them."""
    for column, field in zip("BC", ("company", "holder"), strict=True):
        put(plan.sheet, f"{column}{row}", f'{_of_grant(plan, rows, shares, field)}&""', style.REMARK_ON_A_LINE)
    put(plan.sheet, f"A{row}", f"=$A{shares}", style.LABEL)
    whose = f'(Lot_grant=$A{row})*(Lot_company&""=$B{row})*(Lot_holder=$C{row})*(Lot_standing="planned")'
    for column in plan.years:
        year = f"{column}${YEAR_HEADING_ROW}"
        of_year = f"(Lot_acquired>=DATE({year},1,1))*(Lot_acquired<DATE({year}+1,1,1))"
        found = f"SUMPRODUCT({whose}*{of_year},Lot_shares)" if has_lots else "0"
        put(plan.sheet, f"{column}{row}", f'=IF(OR($A{row}="",{year}=""),"",{found})', style.FORMULA, style.SHARES)


def _per_share(plan: YearColumns, book: Book, rows: PlanLayout, shares: int, row: int) -> None:
    """What the exercise of one share adds to the spread of an ISO or to the wages of an NSO."""
    put(plan.sheet, f"A{row}", f"=$A{shares}", style.LABEL)
    put(plan.sheet, f"B{row}", _of_grant(plan, rows, shares, "award"), style.REMARK_ON_A_LINE)
    put(plan.sheet, f"C{row}", _of_grant(plan, rows, shares, "strike"), style.LINK, style.PRICE)
    keys = rows.recorded[row - rows.per_share[0]]  # where the company and the holder stand
    company = f'IF($B{keys}="","{NOT_NAMED}",$B{keys})'
    place = f"MATCH({company},$A${rows.values[0]}:$A${rows.values[-1]},0)"
    for column in plan.years:
        value = f"IFERROR(N(INDEX({_rows(column, rows.values)},{place})),0)"
        elsewhere = f'AND($C{keys}="spouse",{returns.cell(book, return_rows.WHOSE, column)}="client")'
        # A strike that is text is none; Grants says that the row is to be checked.
        is_none = f'OR($A{row}="",{column}${YEAR_HEADING_ROW}="",NOT(ISNUMBER($C{row})),{elsewhere})'
        spread = f"=IF({is_none},0,AMT_BARGAIN(1,$C{row},{value}))"
        put(plan.sheet, f"{column}{row}", spread, style.FORMULA, style.CENTS)


def _of_grant(plan: YearColumns, rows: PlanLayout, shares: int, field: str) -> str:
    """A formula for a field of the grant in a row of shares; blank where no grant stands there."""
    return f'=IF($A{shares}="","",INDEX(Grant_{field},{_place(plan, rows.shares, shares)}))'


def _place(plan: YearColumns, rows: range, row: int) -> str:
    """The place of a row among others, counted in a column whose cells stay empty."""
    return f"ROWS(${plan.last}${rows[0]}:${plan.last}{row})"


def _rows(column: str, rows: range) -> str:
    return f"{column}${rows[0]}:{column}${rows[-1]}"


def _beyond_of_kind(rows: PlanLayout, of_kind: str) -> Callable[[str], str]:
    return lambda column: _beyond(rows, column, f"{_rows(column, rows.per_share)},{of_kind}")


def _beyond(rows: PlanLayout, column: str, each: str) -> str:
    """The sum over all grants of the shares tried less those of the record, times something of each."""
    tried, recorded = _rows(column, rows.shares), _rows(column, rows.recorded)
    return f"SUMPRODUCT({tried},{each})-SUMPRODUCT({recorded},{each})"
