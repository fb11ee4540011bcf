"""Sheet Client: who the client is, the assumptions of the plan, and the facts of each year, typed in once."""

from __future__ import annotations

from typing import Any, Final

from openpyxl import Workbook
from openpyxl.utils import absolute_coordinate
from openpyxl.worksheet.properties import Outline
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.client.facts import read_facts
from xl_amt.client.record import FORMAT
from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import (
    CLIENT,
    FACTS,
    define,
    flag,
    put,
    put_headers,
    put_number,
    put_section,
    put_text,
)
from xl_amt.workbook.page import TWO_LINES, YEAR_SHEET_WIDTHS, YEAR_WIDTH, fold_rows, fold_years, open_sheet
from xl_amt.workbook.sheets.fact_rules import NUMBER_FORMATS, allow_entry, allow_tax_year, allow_year_row
from xl_amt.workbook.tables.client_rows import (
    ASKED_ROW,
    BY_YEAR_HEADERS,
    FROZEN_ROW,
    FURTHER,
    FURTHER_ROW,
    LAST_ONCE_ROW,
    ONCE_HEADERS,
    ONCE_ROW,
    PLAN_ROW,
    YEARS_ROW,
    YearRow,
    further_amounts,
    name_of,
    once_rows,
    row_by_name,
    rows_by_year,
)
from xl_amt.workbook.tables.found import FORMAT_NAME
from xl_amt.workbook.tables.write import CLOSING_HEIGHT, FORMATS, fit_height, in_words, put_value

# Whether the functions take every fact of the year asked, and their own sentence where they do not.
ANSWERED: Final = f'IF(Missing_inputs="",IF(ISERROR(AMT_ROOM({CLIENT},{FACTS})),"No","Yes"),"Not yet")'
WHY_NOT_ANSWERED: Final = (
    'IF(Answered="Yes","The functions take every fact of the year asked",'
    f'IF(Answered="Not yet","Something is missing",AMT_WHY("AMT_ROOM",{CLIENT},{FACTS})))'
)


def add_client(workbook: Workbook, book: Book) -> None:
    """Add the sheet, filled with what is known of the client."""
    widths = (*YEAR_SHEET_WIDTHS, *(YEAR_WIDTH for _ in book.year_columns))
    sheet = open_sheet(workbook, book, "Client", "Client", widths, landscape=True)
    put(sheet, "A2", _client_line(), style.CLIENT_LINE)
    define(sheet, "Client_line", "A2")
    _once(sheet, book)
    _asked(sheet, book)
    _by_year(sheet, book)
    fold_years(sheet, book)
    sheet.sheet_properties.outlinePr = Outline(summaryBelow=False)
    sheet.freeze_panes = "B4"


def _client_line() -> str:
    named = 'IF(Client_name="","Client not named yet",Client_name)'
    spouse = 'IF(Spouse="",""," and "&Spouse)'
    several = 'IF(COUNT(Years)=1,""," to "&MAX(Years))'
    years = f'IF(COUNT(Years)=0,""," · tax year"&IF(COUNT(Years)=1,"","s")&" "&MIN(Years)&{several})'
    return f"={named}&{spouse}&{years}"


def _once(sheet: Worksheet, book: Book) -> None:
    """What is known once: a row each, the entry beneath the year asked."""
    put_headers(sheet, ONCE_ROW, "A", ONCE_HEADERS, words=len(ONCE_HEADERS), height=20)
    put_section(sheet, PLAN_ROW, "A", "D", "What the plan rests on")
    put_section(sheet, FROZEN_ROW, "A", "D", "The frozen plan, as xl-amt plan --freeze keeps it; see the sheet Plan")
    for row, item in once_rows().items():
        put(sheet, f"A{row}", item.header, style.LABEL)
        put(sheet, f"B{row}", item.column.unit or None, style.UNIT)
        put(sheet, f"C{row}", item.column.meaning, style.REMARK)
        put_value(sheet, f"D{row}", item, item.value_in(book.record))
        fit_height(sheet, row, [(item.column.meaning, YEAR_SHEET_WIDTHS[2])])
        define(sheet, name_of(item), f"D{row}")
        allow_entry(sheet, f"D{row}", item.column)
    for row, (field, words) in enumerate(FURTHER.items(), FURTHER_ROW):
        put(sheet, f"A{row}", words, style.LABEL)
        put(sheet, f"B{row}", "dollars", style.UNIT)
        put(sheet, f"C{row}", "Years that have no column below, as in 2031: 18.50; 2032: 20", style.REMARK)
        put_text(sheet, f"D{row}", further_amounts(book.record, field), style.INPUT.to_the("left"))
    if not (book.record.plan and book.record.plan.frozen):
        fold_rows(sheet, list(range(FROZEN_ROW - 1, LAST_ONCE_ROW + 1)))
    define(sheet, "Client_block", f"A{ONCE_ROW}:D{LAST_ONCE_ROW}")


def _asked(sheet: Worksheet, book: Book) -> None:
    """The year that Room and Scenarios are about, which is not part of the record, and what an answer lacks."""
    rows = row_by_name(book.record)
    first = book.year_columns[0]
    missing = (
        f'TRIM(IF({first}{rows["status"]}="","Enter the filing status on the sheet Client. ","")'
        '&IF(Year_asked_input="","Enter the tax year on the sheet Client. ","")'
        f'&IF({first}{rows["income"]}="","Enter the wages on the sheet Client, 0 where there are none. ",""))'
    )
    lines = (
        ("Year asked", "year", "The year that the sheets Room and Scenarios are about", "Year_asked_input"),
        ("Its place", "", "Among the years below", "Asked_place"),
        ("Missing", "", "What no answer can be given without", "Missing_inputs"),
        ("Can these be answered?", "", f"={WHY_NOT_ANSWERED}", "Answered"),
        ("File format", "", "Lets programs know that they can read this workbook back", FORMAT_NAME),
    )
    for row, (words, unit, remark, name) in enumerate(lines, ASKED_ROW):
        put(sheet, f"A{row}", words, style.LABEL)
        put(sheet, f"B{row}", unit or None, style.UNIT)
        put(sheet, f"C{row}", remark, style.REMARK)
        define(sheet, name, f"D{row}")
    year, place, lacks, answered, form = (f"D{ASKED_ROW + at}" for at in range(len(lines)))
    put(sheet, year, book.year_asked, style.INPUT, style.WHOLE)
    allow_tax_year(sheet, year)
    put(sheet, place, "=IFERROR(MATCH(Year_asked_input,Years,0),1)", style.FORMULA, style.WHOLE)
    put(sheet, form, FORMAT, style.FORMULA.to_the("left"), style.TEXT)
    put(sheet, answered, f"={ANSWERED}", style.CHECK.to_the("left"))
    flag(sheet, f"C{ASKED_ROW + 3}:{answered}", f'{absolute_coordinate(answered)}<>"Yes"', style.FAILED)
    put(sheet, lacks, f"={missing}", style.FORMULA.to_the("left"), style.WORDS)


def _by_year(sheet: Worksheet, book: Book) -> None:
    """One row per fact, one column per year."""
    first, last = book.year_columns[0], book.year_columns[-1]
    put_headers(sheet, YEARS_ROW, "A", BY_YEAR_HEADERS, words=len(BY_YEAR_HEADERS) - 1, height=20)
    for place, column in enumerate(book.year_columns):
        year = book.years[place] if place < len(book.years) else None
        put(sheet, f"{column}{YEARS_ROW}", year, style.INPUT_HEADER, style.WHOLE)
    define(sheet, "Years", f"{first}{YEARS_ROW}:{last}{YEARS_ROW}")
    allow_tax_year(sheet, f"{first}{YEARS_ROW}:{last}{YEARS_ROW}")
    values = _values(book)
    rows = rows_by_year(book.record)
    for row, what in rows.items():
        if isinstance(what, str):
            for column in ("A", "B", "C", "D", *book.year_columns):
                put(sheet, f"{column}{row}", what if column == "A" else None, style.HEADER)
        else:
            _year_row(sheet, book, row, what, values.get(what.name, {}))
    closing = max(rows) + 1
    for column in ("A", "B", "C", "D", *book.year_columns):
        put(sheet, f"{column}{closing}", None, style.CLOSING)
    sheet.row_dimensions[closing].height = CLOSING_HEIGHT
    define(sheet, "Facts_table", f"A{YEARS_ROW}:{last}{closing}")
    of_the_plan = {row.column.header: at for at, row in rows.items() if isinstance(row, YearRow) and row.column}
    for header in ("Planned value per share", "Planned cash"):
        at = of_the_plan[header]
        define(sheet, header.replace(" ", "_"), f"{first}{at}:{last}{at}")
    unused = [at for at, row in rows.items() if isinstance(row, YearRow) and row.is_fact and row.name not in values]
    fold_rows(sheet, unused)


def _values(book: Book) -> dict[str, dict[int, Any]]:
    """The values of each row that has any, by the row's name and the year."""
    values: dict[str, dict[int, Any]] = {}
    for own in book.record.years:
        for name, fact in read_facts(own.facts, str(own.year)).items():
            values.setdefault(name, {})[own.year] = fact
    for row in rows_by_year(book.record).values():
        if isinstance(row, YearRow) and row.column:
            field = row.column.field
            plan = book.record.plan
            by_year = (
                (getattr(plan, field) if plan else {})
                if row.column.kind == "by year"
                else {own.year: getattr(own, field) for own in book.record.years}
            )
            values[row.name] = by_year
    return values


def _year_row(sheet: Worksheet, book: Book, at: int, row: YearRow, values: dict[int, Any]) -> None:
    first, last = book.year_columns[0], book.year_columns[-1]
    unit, meaning = _unit_and_meaning(row)
    put(sheet, f"A{at}", row.name, style.LABEL)
    put(sheet, f"B{at}", unit or None, style.UNIT)
    put(sheet, f"C{at}", meaning, style.REMARK)
    number_format = NUMBER_FORMATS.get(unit, style.WORDS)
    if row.column:
        number_format = FORMATS.get(row.column.kind, style.PRICE if row.column.field == "values" else style.DOLLARS)
        if row.column.kind == "status":
            number_format = style.WORDS
    asked = f"INDEX(${first}{at}:${last}{at},Asked_place)"
    put(sheet, f"D{at}", f'=IF({asked}="","",{asked})', style.FORMULA_WORDS, number_format)
    fit_height(sheet, at, [(meaning, YEAR_SHEET_WIDTHS[2])])
    if row.column and row.column.kind == "status":
        sheet.row_dimensions[at].height = TWO_LINES
    for place, column in enumerate(book.year_columns):
        value = values.get(book.years[place]) if place < len(book.years) else None
        _put_year(sheet, f"{column}{at}", row, value, number_format)
    allow_year_row(sheet, f"{first}{at}:{last}{at}", row)


def _unit_and_meaning(row: YearRow) -> tuple[str, str]:
    if row.label:
        return row.label.unit, row.label.meaning
    if row.column:
        return row.column.unit or ("dollars" if row.column.kind == "by year" else "choice"), row.column.meaning
    return "", "A state's own fact, kept but not used in any figure"


def _put_year(sheet: Worksheet, address: str, row: YearRow, value: Any, number_format: str) -> None:
    if isinstance(value, bool):
        value = in_words("yes or no", value)
    elif row.column and row.column.kind == "status":
        value = in_words("status", value)
    if isinstance(value, str):
        put_text(sheet, address, value, style.INPUT_WORDS)
    else:
        put_number(sheet, address, value, style.INPUT, number_format)
