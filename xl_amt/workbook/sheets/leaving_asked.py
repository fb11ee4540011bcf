"""What the sheet Leaving is asked, and its workings that are there once: places, years, units, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import allow_dates, allow_list, allow_numbers, define, put, put_section
from xl_amt.workbook.sheets import return_rows, returns
from xl_amt.workbook.sheets.holdings import FOR_LIFE
from xl_amt.workbook.sheets.leaving_layout import LAST, LeavingLayout
from xl_amt.workbook.sheets.plan_layout import plan_layout
from xl_amt.workbook.style import Look

_OF_THE_HOLDING: Final = '({0}_company&""=Leaving_company&"")*(({0}_holder="spouse")=(Leaving_holder="spouse"))'
_MONTHS: Final = {"day": 0, "month": 1, "year": 12}  # of a unit; a day is none
_HOW: Final = (
    "Enter the last day of work in the yellow cell to see what each way costs. The best one, proved: "
    "xl-amt leaving WORKBOOK --last-day DAY --write."
)


def is_of_the_holding(table: str) -> str:
    """Which rows of a table are of the holding whose work ends, as a formula."""
    return _OF_THE_HOLDING.format(table)


def put_asked(sheet: Worksheet, book: Book, rows: LeavingLayout) -> None:
    """The inputs, prefilled from the record where it says it, and the workings behind them."""
    at = rows.asked
    put_section(sheet, at["company"] - 1, "A", LAST, "What is asked: type over any yellow cell to try another")
    values = _values(book)
    of_place = "INDEX(Holding_{},Leaving_place)"
    ended = of_place.format("work_ended")
    inputs: dict[str, tuple[str, str, str | None, Look, str, str]] = {
        "company": ("Leaving_company", "Whose work ends: company", '=INDEX(Holding_company,Leaving_first)&""',
                    style.PREFILLED, style.TEXT, "As on the sheet Holdings"),
        "holder": ("Leaving_holder", "Holder", '=IF(INDEX(Holding_holder,Leaving_first)="spouse","spouse","client")',
                   style.PREFILLED, style.TEXT, "client or spouse"),
        "last day": ("Leaving_last_day", "Last day of work",
                     f'=IF(Leaving_place=0,"",IF(N({ended})=0,"",{ended}))', style.PREFILLED, style.DAY,
                     "From the sheet Holdings, if employment has ended; options are exercised from this day on"),
        "window": ("Leaving_window", "The plan's window after it", None, style.INPUT, style.TEXT,
                   "Such as 90 days, 6 months or 10 years; blank: each grant's own, from the sheet Grants"),
        "value": ("Leaving_value", '="Value of a share in "&IF(Leaving_year="","the year",Leaving_year)',
                  values.format("Leaving_at"), style.PREFILLED, style.PRICE, "The plan's, or the latest known"),
        "next value": ("Leaving_next_value",
                       '="Value of a share in "&IF(Leaving_year="","the next year",Leaving_year+1)',
                       values.format("Leaving_next_at"), style.PREFILLED, style.PRICE,
                       "The plan's, or the latest known"),
        "later price": ("Leaving_later_price", "Price at which shares kept are sold later",
                        "=IF(N(Exit_price)>0,Exit_price,Leaving_next_value)", style.PREFILLED, style.PRICE,
                        "The plan's exit price, or the value; no figure here has the tax of that sale"),
    }  # fmt: skip
    for key, (name, words, value, look, number_format, remark) in inputs.items():
        put(sheet, f"A{at[key]}", words, style.LABEL)
        put(sheet, f"B{at[key]}", value, look.to_the("right"), number_format)
        put(sheet, f"C{at[key]}", remark, style.PLAIN_REMARK)
        define(sheet, name, f"B{at[key]}")
    allow_list(sheet, f"B{at['holder']}", ("client", "spouse"), "Choose client or spouse.")
    allow_dates(sheet, f"B{at['last day']}", "Enter a day, such as 11/15/2026.")
    allow_numbers(sheet, f"B{at['value']}:B{at['later price']}", "Enter dollars a share, 0 or more.")
    _put_once(sheet, book, rows)


def _values(book: Book) -> str:
    """The value of a share on the sheet Plan, in the year whose place is to be set in."""
    values = plan_layout(book).values
    cells = f"Plan!${book.year_columns[0]}${values[0]}:${book.year_columns[-1]}${values[-1]}"
    return f'=IF(OR({{0}}=0,Leaving_place=0),"",INDEX({cells},Leaving_place,{{0}}))'


def _put_once(sheet: Worksheet, book: Book, rows: LeavingLayout) -> None:
    """The workings that are there once; each has a name."""
    at = rows.once
    put_section(sheet, at["first"] - 1, "A", LAST, "Workings, not printed: whose work ends, when, and what is missing")
    year = 'IF(Leaving_year="",0,IFERROR(MATCH(Leaving_year{},Years,0),0))'
    months = "INDEX(Holding_ISO_months,Leaving_place)"
    lines: dict[str, tuple[str, str, str | int, str]] = {
        "first": ("Leaving_first", "Row of the first holding whose work has ended, else 1",
                  "=IFERROR(MATCH(1,INDEX((Holding_work_ended>0)*1,0),0),1)", style.WHOLE),
        "place": ("Leaving_place", "Row of the holding",
                  f"=IFERROR(MATCH(1,INDEX({is_of_the_holding('Holding')},0),0),0)", style.WHOLE),
        "year": ("Leaving_year", "Year of the last day", '=IF(N(Leaving_last_day)=0,"",YEAR(Leaving_last_day))',
                 style.WHOLE),
        "at": ("Leaving_at", "Its place among the years", f"={year.format('')}", style.WHOLE),
        "next at": ("Leaving_next_at", "That of the next year", f"={year.format('+1')}", style.WHOLE),
        "new year": ("Leaving_new_year", "First day of the next year",
                     '=IF(Leaving_year="","",DATE(Leaving_year+1,1,1))', style.DAY),
        "iso until": ("Leaving_ISO_until", "Last day as ISO by the law (IRC 422(a)(2))",
                      f'=IF(OR(Leaving_year="",Leaving_place=0),"",EDATE(Leaving_last_day,{months}))', style.DAY),
        "no window": ("Leaving_no_window", "The first grant whose window is not understood", f"={_first_without(rows)}",
                      style.WORDS),
        "not granted": ("Leaving_not_granted", "Place of the first grant after the last day",
                        f"={_granted_later()}", style.WHOLE),
        "problem": ("Leaving_problem", "What is missing", f"={_problem(book)}", style.WORDS),
    }  # fmt: skip
    for key, (name, words, value, number_format) in lines.items():
        put(sheet, f"A{at[key]}", words, style.LABEL)
        put(sheet, f"B{at[key]}", value, style.FORMULA.to_the("right"), number_format)
        define(sheet, name, f"B{at[key]}")
    put(sheet, f"A{at['units']}", "Units of a window, and the months of each", style.LABEL)
    units = [at["day"], at["month"], at["year unit"]]
    for row, (unit, number) in zip(units, _MONTHS.items(), strict=True):
        put(sheet, f"A{row}", unit, style.LABEL)
        put(sheet, f"B{row}", number, style.FORMULA, style.WHOLE)
    define(sheet, "Window_units", f"A{units[0]}:A{units[-1]}")
    define(sheet, "Window_months", f"B{units[0]}:B{units[-1]}")


def _first_without(rows: LeavingLayout) -> str:
    labels, until = (f"${column}${rows.grants[0]}:${column}${rows.grants[-1]}" for column in "AF")
    return f'IFERROR(INDEX({labels},MATCH("window?",{until},0)),"")'


def _granted_later() -> str:
    """The place of a grant of options of the holding that is granted after the last day; 0 for none."""
    later = f'{is_of_the_holding("Grant")}*(Grant_award<>"RSU")*(Grant_granted>N(Leaving_last_day))'
    return f'IF(Leaving_year="",0,IFERROR(MATCH(1,INDEX({later},0),0),0))'


def _problem(book: Book) -> str:
    """The first thing that is missing, in one sentence; nothing where all is there."""
    day = '"mmm d, yyyy"'
    whose = returns.rows_of(book)[return_rows.WHOSE]
    first, last = book.year_columns[0], book.year_columns[-1]

    def not_joint(place: str) -> str:
        return f'INDEX(Returns!${first}${whose}:${last}${whose},{place})="client"'

    window = (
        'Leaving_no_window&": how long the plan allows exercise after the last day is not stated, or not '
        'understood; enter the window, such as 90 days. By law they are ISOs until "'
        f'&TEXT(Leaving_ISO_until,{day})&" at most; in a longer window they are NSOs."'
    )
    granted = (
        f'INDEX(Grant_label,Leaving_not_granted)&": it was granted on "&TEXT(INDEX(Grant_granted,Leaving_not_granted),'
        f'{day})&", after the last day of work; correct one of them."'
    )
    year = (
        '"Add the year "&IF(Leaving_at=0,Leaving_year,Leaving_year+1)&" to the sheet Client: the figures cover the '
        'year of the last day and the next one."'
    )
    cases: Sequence[tuple[str, str]] = (
        ('Missing_inputs<>""', "Missing_inputs"),
        ("AND(Leaving_place=0,COUNTA(Holding_holder)>0)",
         '"The sheet Holdings has no holding of that company and holder; correct the cells."'),
        ('OR(Leaving_year="",Leaving_place=0)', f'"{_HOW}"'),
        (f'INDEX(Holding_work_ended_by,Leaving_place)="{FOR_LIFE}"',
         '"After a death the options belong to the estate, whose return is not figured."'),
        ("Leaving_not_granted>0", granted),
        ("Leaving_at*Leaving_next_at=0", year),
        (f'AND(Leaving_holder="spouse",OR({not_joint("Leaving_at")},{not_joint("Leaving_next_at")}))',
         '"The spouse\'s options are on another return in one of the two years; the sheet figures joint ones."'),
        ("N(Leaving_value)*N(Leaving_next_value)=0",
         '"The value of a share is not known; enter it in the yellow cells."'),
        ('Leaving_no_window<>""', window),
    )  # fmt: skip
    found = '""'
    for condition, sentence in reversed(cases):
        found = f"IF({condition},{sentence},{found})"
    return found
