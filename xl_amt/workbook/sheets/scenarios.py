"""Sheet Scenarios: the base case and four that the advisor edits, a column each, and the difference of any two."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import allow_list, define, facts_in, flag, put, put_headers, put_section, span
from xl_amt.workbook.charts import added_by_scenario, put_across
from xl_amt.workbook.jurisdictions import codes_of
from xl_amt.workbook.page import open_sheet
from xl_amt.workbook.sheets import scenario_rows as at
from xl_amt.workbook.sheets.both_rooms import Asked, law_in_a_word, of_all, of_first, put_each
from xl_amt.workbook.sheets.room import MOST_ON_A_PAGE, shown_grants
from xl_amt.workbook.sheets.scenario_inputs import put_facts, put_main_inputs, put_shares, put_values
from xl_amt.workbook.style import Look

_CHARTED = at.EDITED[:-1]  # all in the money would dwarf the rest
_DASHED = (at.MORE_TAX_ROW, at.ADDED_REGULAR_ROW, at.ADDED_AMT_ROW, at.ADDED_REST_ROW)


def add_scenarios(workbook: Workbook, book: Book) -> None:
    """Add the sheet; the four scenarios are prefilled from the base and from the sheet Room."""
    widths = (46, *(15.5,) * 5, 2, 16, 3, *(9,) * 10)
    sheet = open_sheet(workbook, book, "Scenarios", "Scenarios", widths)
    words = "The base is linked to the sheets Client and Grants. Type over any yellow cell of the four scenarios."
    put(sheet, "A4", words, style.NOTE)
    grants, each = at.grant_rows(book), at.each_rows(book)
    _names(sheet, book)
    put_section(sheet, at.SHARES_ROW - 1, "A", "F", "What comes out")
    for column in at.COLUMNS:
        asked = _results(sheet, book, column)
        put_each(sheet, column, each, codes_of(book.record), asked)
    put_section(sheet, at.STATUS_ROW - 1, "A", "F", "What goes in")
    put_main_inputs(sheet, book)
    put_values(sheet, book)
    put_section(sheet, grants[0] - 1, "A", "F", "What goes in: ISO shares exercised, grant by grant")
    put_shares(sheet, book)
    if each:
        put_section(sheet, each[0] - 1, "A", "F", "What comes out of each jurisdiction")
    facts = list(at.fact_rows(book))
    put_section(sheet, facts[0] - 1, "A", "F", "What goes in: other facts of the tax year")
    put_facts(sheet, book)
    _chart(sheet)
    _differences(sheet, book)
    sheet.freeze_panes = f"B{at.NAMES_ROW + 1}"
    sheet.print_title_rows = f"{at.LETTERS_ROW}:{at.NAMES_ROW}"
    # The facts stand on the printed sheet Client; how many of them a scenario changes is printed here.
    sheet.print_area = f"A1:{at.DIFFERENCE}{at.last_printed_row(book)}"
    if shown_grants(book) <= MOST_ON_A_PAGE:
        sheet.page_setup.fitToHeight = 1
    define(sheet, "Scenarios_block", f"A{at.LETTERS_ROW}:{at.DIFFERENCE}{facts[-1]}")


def _names(sheet: Worksheet, book: Book) -> None:
    """A name says what a scenario was prefilled with, for as long as nothing in it is typed over; a note is free."""
    put_headers(sheet, at.LETTERS_ROW, "A", ("Scenario", *at.LETTERS), height=18)
    put_headers(sheet, at.NAMES_ROW, "A", ("", "No more exercised"), height=32)
    part = 'TEXT({beyond},"0%")&IF(Room_dollars>0," above room"," of all spread")'
    names = {
        "C": ('IF(Room_left>0,"Fill the room","No room left to fill")', "Fill_shares"),
        "D": (part.format(beyond="Beyond_1"), "Fill_beyond_1"),
        "E": (part.format(beyond="Beyond_3"), "Fill_beyond_3"),
        "F": ('"All in the money"', "Fill_all"),
    }
    values = at.value_rows(book)
    for column, (name, fill) in names.items():
        inputs = "".join(
            f"({column}${row}={at.BASE}${row})*"
            for row in (at.STATUS_ROW, at.YEAR_ROW, at.WAGES_ROW, at.EXERCISED_ROW, at.EDITED_FACTS_ROW)
        )
        own, base = (f"{letter}${values[0]}:{letter}${values[-1]}" for letter in (column, at.BASE))
        inputs += f"(SUMPRODUCT(({own}<>{base})*1)=0)*"
        shares = f"{column}${at.SHARES_ROW}=SUM({fill})"
        spread = f"ABS({column}${at.SPREAD_ROW}-Used-SUMPRODUCT({fill},Fill_spread))<Half_a_cent"
        as_prefilled = f"IF({inputs}({shares})=0,0,({spread})*1)=1"
        named = f'=IF(Missing_inputs<>"","Not answered yet",IF({as_prefilled},{name},"Edited"))'
        put(sheet, f"{column}{at.NAMES_ROW}", named, style.INPUT_HEADER, style.WORDS)
    put(sheet, f"A{at.NOTES_ROW}", "Note", style.LABEL)
    for column in at.COLUMNS:
        put(sheet, f"{column}{at.NOTES_ROW}", None, style.INPUT_NOTE, style.TEXT)
    sheet.row_dimensions[at.NOTES_ROW].height = 44


def _results(sheet: Worksheet, book: Book, column: str) -> Asked:
    """What a scenario comes to: every figure of tax is an AMT_ function over the scenario's own column.

    Gives the arguments of these functions.
    """
    grants = at.grant_rows(book)

    def cell(row: int) -> str:
        return f"{column}${row}"

    def added(row: int) -> str:
        return f'IF({cell(at.YEAR_ROW)}=${at.BASE}${at.YEAR_ROW},{cell(row)}-${at.BASE}${row},"another year")'

    shares = f"{cell(grants[0])}:{cell(grants[-1])}"
    client = f"{cell(at.WAGES_ROW)},{cell(at.STATUS_ROW)},{cell(at.YEAR_ROW)}"
    facts = list(at.fact_rows(book))
    blocks = facts[: at.FEDERAL_FACTS], facts
    federal, every = ((f"$A${rows[0]}:$A${rows[-1]}", f"{cell(rows[0])}:{cell(rows[-1])}") for rows in blocks)
    asked, first = (facts_in(which, federal, every) for which in ("Jurisdiction_asked", "First_asked"))
    with_spread = f"{client},{cell(at.SPREAD_ROW)}"
    per_share = span(at.PER_SHARE[at.COLUMNS.index(column)], grants)
    too_many = f'SUMPRODUCT(({span("A", grants)}<>"")*({shares}>{span(at.EXERCISABLE, grants)}))'
    rest = f"({cell(at.TAX_ROW)}-{cell(at.REGULAR_ROW)}-{cell(at.AMT_ROW)})"
    base_rest = rest.replace(f"{column}$", f"${at.BASE}$")

    results = {
        at.SHARES_ROW: ("Shares exercised", f"SUM({shares})"),
        at.SPREAD_ROW: ("ISO spread, dollars", f"{cell(at.EXERCISED_ROW)}+SUMPRODUCT({shares},{per_share})"),
        at.CASH_ROW: ("Cash to exercise, dollars", f"SUMPRODUCT({shares},{span(at.STRIKE, grants)})"),
        at.TAXABLE_ROW: (of_first("Taxable income", "Form 1040 line 15"), f"AMT_TAXABLE_INCOME({client},{first})"),
        at.REGULAR_ROW: (of_all("Regular tax", "Form 1040 line 16"), f"AMT_REGULAR_TAX({client},{asked})"),
        at.AMT_INCOME_ROW: (of_first("AMT income", "Form 6251 line 4"), f"AMT_INCOME({with_spread},{first})"),
        at.EXEMPTION_ROW: (
            of_first("AMT exemption", "Form 6251 line 5"),
            f"AMT_EXEMPTION({cell(at.AMT_INCOME_ROW)},{cell(at.STATUS_ROW)},{cell(at.YEAR_ROW)},First_asked)",
        ),
        at.TENTATIVE_ROW: (
            of_first("Tentative minimum tax", "Form 6251 line 9"),
            f"AMT_TENTATIVE_TAX({with_spread},{first})",
        ),
        at.AMT_ROW: (of_all("AMT", "Form 6251 line 11"), f"AMT_OWED({with_spread},{asked})"),
        at.TAX_ROW: ("Total tax: with surtaxes, less credits, dollars", f"AMT_TOTAL_TAX({with_spread},{asked})"),
        at.MORE_TAX_ROW: ("More tax than the base, dollars", added(at.TAX_ROW)),
        at.ADDED_REGULAR_ROW: ("Added regular tax, dollars", added(at.REGULAR_ROW)),
        at.ADDED_AMT_ROW: ("Added AMT, dollars", added(at.AMT_ROW)),
        at.ADDED_REST_ROW: (
            "Added surtaxes, less credits, dollars",
            f'IF({cell(at.YEAR_ROW)}=${at.BASE}${at.YEAR_ROW},{rest}-{base_rest},"another year")',
        ),
        at.ROOM_ROW: ("AMT room, dollars of ISO spread", f"AMT_ROOM({client},{asked})"),
        at.CUSHION_ROW: (
            "Cushion: regular tax less tentative minimum tax, dollars",
            f"AMT_CUSHION({with_spread},{asked})",
        ),
        at.LAW_ROW: ("Law of the tax year", law_in_a_word(cell(at.YEAR_ROW))),
        at.CHECK_ROW: ("Check: no more shares than are exercisable", f'IF({too_many}=0,"ok","too many")'),
    }
    for row, (label, formula) in results.items():
        stands_out = row in (at.AMT_ROW, at.TAX_ROW)
        look: Look = style.TOTAL if stands_out else style.FORMULA
        number_format = style.SHARES if row == at.SHARES_ROW else style.DOLLARS
        if row == at.LAW_ROW or row in _DASHED:
            look = style.FORMULA.to_the("right")
        if row == at.LAW_ROW:
            number_format = style.WORDS
        if row == at.CHECK_ROW:
            look, number_format = style.CHECK.to_the("right"), style.WORDS
        put(sheet, f"A{row}", label, style.TOTAL if stands_out else style.LABEL)
        put(sheet, f"{column}{row}", f'=IF(Missing_inputs="",{formula},"")', look, number_format)
    flag(sheet, f"{column}{at.CHECK_ROW}", f'{cell(at.CHECK_ROW)}="too many"', style.FAILED)
    define(sheet, "Scenario_checks", f"{at.COLUMNS[0]}{at.CHECK_ROW}:{at.COLUMNS[-1]}{at.CHECK_ROW}")
    return Asked(client, cell(at.SPREAD_ROW), federal, every)


def _chart(sheet: Worksheet) -> None:
    """What each of the first three scenarios adds to the base's tax, by part; words where there is nothing to draw."""
    first, last = _CHARTED[0], _CHARTED[-1]
    rows = at.ADDED_REGULAR_ROW, at.ADDED_AMT_ROW, at.ADDED_REST_ROW
    added = f"{first}{rows[0]}:{last}{rows[-1]}"
    drawn = "What scenarios A, B and C add to the tax of the base"
    nothing = f'IF(AND(MAX({added})<Half_a_cent,MIN({added})>-Half_a_cent),": nothing","")'
    title = f'=IF(Missing_inputs="","{drawn}"&{nothing},"Nothing to draw yet")'
    put_section(sheet, at.CHART_ROWS[0] - 1, "A", at.DIFFERENCE, title)
    chart = added_by_scenario(sheet, (first, last), at.NAMES_ROW, rows)
    put_across(sheet, chart, "A", at.DIFFERENCE, at.CHART_ROWS)


def _differences(sheet: Worksheet, book: Book) -> None:
    """One scenario less another, row by row; the advisor chooses which two."""
    column = at.DIFFERENCE
    put(sheet, f"{column}{at.LETTERS_ROW - 1}", "Difference of", style.NOTE.to_the("right"))
    for row, letter, number_format in (
        (at.LETTERS_ROW, at.LETTERS[1], style.TEXT),
        (at.NAMES_ROW, at.LETTERS[0], style.LESS),
    ):
        put(sheet, f"{column}{row}", letter, style.INPUT_HEADER, number_format)
    where = f"{column}{at.LETTERS_ROW}:{column}{at.NAMES_ROW}"
    allow_list(sheet, where, at.LETTERS, "Choose one of the five scenarios: Base, A, B, C or D.")
    put(sheet, f"{column}{at.NOTES_ROW}", None, style.LABEL)
    letters = f"$B${at.LETTERS_ROW}:$F${at.LETTERS_ROW}"
    for name, row in {"Compared": at.LETTERS_ROW, "Compared_with": at.NAMES_ROW}.items():
        place = f"=IFERROR(MATCH(${column}${row},{letters},0),1)"
        put(sheet, f"{at.PLACE}{row}", place, style.PLAIN_FORMULA, style.WHOLE)
        define(sheet, name, f"{at.PLACE}{row}")
    results = range(at.SHARES_ROW, at.CHECK_ROW + 1)
    inputs = range(at.STATUS_ROW, at.EDITED_FACTS_ROW + 1)
    rows = (*results, *inputs, *at.value_rows(book), *at.grant_rows(book), *at.each_rows(book), *at.fact_rows(book))
    for row in rows:
        one, other = (f"INDEX($B{row}:$F{row},{which})" for which in ("Compared", "Compared_with"))
        text = f'IF({one}={other},"","differs")'
        difference = f"=IF(AND(ISNUMBER({one}),ISNUMBER({other})),{one}-{other},{text})"
        format_of_row = sheet[f"C{row}"].number_format
        number_format = style.COUNT if format_of_row in (style.WHOLE, style.WORDS) else format_of_row
        look = style.TOTAL if row in (at.AMT_ROW, at.TAX_ROW) else style.FORMULA
        if sheet[f"{column}{row}"].value is None:
            put(sheet, f"{column}{row}", difference, look.to_the("right"), number_format)
    for title in (at.SHARES_ROW - 1, at.STATUS_ROW - 1, at.grant_rows(book)[0] - 1):
        put_section(sheet, title, column, column, "Difference")
