"""Sheet Scenarios: the base case and four that the advisor edits, a column each."""

from __future__ import annotations

from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.household import LABELS, Label
from xl_amt.law import STATUSES
from xl_amt.workbook import style
from xl_amt.workbook.cells import allow_list, allow_numbers, flag, put, put_headers, put_section, span
from xl_amt.workbook.charts import tax_by_scenario
from xl_amt.workbook.client_facts import ClientFacts
from xl_amt.workbook.page import open_sheet
from xl_amt.workbook.sheets import client as client_sheet
from xl_amt.workbook.sheets import grants as grants_sheet
from xl_amt.workbook.style import Look

BASE: Final = "B"
EDITED: Final = "CDEF"
COLUMNS: Final = BASE + EDITED

NAMES_ROW: Final = 5
SHARES_ROW: Final = NAMES_ROW + 2
SPREAD_ROW, CASH_ROW, TAXABLE_ROW, REGULAR_ROW, AMT_INCOME_ROW = range(SHARES_ROW + 1, SHARES_ROW + 6)
EXEMPTION_ROW, TENTATIVE_ROW, AMT_ROW, TAX_ROW, MORE_TAX_ROW = range(AMT_INCOME_ROW + 1, AMT_INCOME_ROW + 6)
ROOM_ROW, CUSHION_ROW, LAW_ROW, CHECK_ROW = range(MORE_TAX_ROW + 1, MORE_TAX_ROW + 5)
STATUS_ROW: Final = CHECK_ROW + 3
YEAR_ROW, WAGES_ROW, VALUE_ROW, EXERCISED_ROW, EDITED_FACTS_ROW = range(STATUS_ROW + 1, STATUS_ROW + 6)
FIRST_GRANT_ROW: Final = EDITED_FACTS_ROW + 3
CHARTED: Final = COLUMNS[:-1]  # all in the money would dwarf the rest


def grant_rows(client: ClientFacts) -> range:
    """The rows of the ISO grants, in the order of the sheet Grants."""
    return range(FIRST_GRANT_ROW, FIRST_GRANT_ROW + len(grants_sheet.iso_rows(client)))


def fact_rows(client: ClientFacts) -> range:
    """The rows of the other facts, below the grants."""
    first = grant_rows(client)[-1] + 3
    return range(first, first + len(LABELS))


def add_scenarios(workbook: Workbook, client: ClientFacts) -> None:
    """Add the sheet; the four scenarios are prefilled from the base and from the sheet Room."""
    widths = (50, *(17,) * 5, 3, *(10,) * 8)
    sheet = open_sheet(workbook, client, "Scenarios", "Scenarios", widths, landscape=True)
    words = "The base is linked to the sheets Client and Grants. Type over any yellow cell of the four scenarios."
    put(sheet, "A4", words, style.NOTE)
    grants, facts = grant_rows(client), fact_rows(client)
    _names(sheet)
    put_section(sheet, SHARES_ROW - 1, "A", "F", "What comes out")
    for column in COLUMNS:
        _results(sheet, column, grants, facts)
    put_section(sheet, STATUS_ROW - 1, "A", "F", "What goes in")
    _main_inputs(sheet, facts)
    put_section(sheet, FIRST_GRANT_ROW - 1, "A", "F", "What goes in: ISO shares exercised, grant by grant")
    _shares(sheet, grants)
    put_section(sheet, facts[0] - 1, "A", "F", "What goes in: other facts of the tax year")
    _facts(sheet, facts)
    drawn = 'IF(All_shares=0,"No ISO shares to draw yet","Tax by scenario, the first four")'
    put_section(sheet, SHARES_ROW - 1, "H", "O", f'=IF(Missing_inputs="",{drawn},"Nothing to draw yet")')
    chart = tax_by_scenario(sheet, (CHARTED[0], CHARTED[-1]), NAMES_ROW, (REGULAR_ROW, AMT_ROW))
    sheet.add_chart(chart, f"H{SHARES_ROW}")
    sheet.freeze_panes = f"B{NAMES_ROW + 1}"
    sheet.print_title_rows = f"{NAMES_ROW}:{NAMES_ROW}"
    # The facts stand on the printed sheet Client; how many of them a scenario changes is printed here.
    sheet.print_area = f"A1:O{grants[-1]}"


def _names(sheet: Worksheet) -> None:
    """A name says what a scenario was prefilled with, for as long as nothing in it is typed over."""
    put_headers(sheet, NAMES_ROW, "A", ("Scenario", "Base: no more exercised"), height=32)
    part = 'TEXT({beyond},"0%")&IF(Room_dollars>0," above room"," of all spread")'
    names = {
        "C": ('IF(Room_left>0,"Fill the room","No room left to fill")', "Fill_shares"),
        "D": (part.format(beyond="Beyond_1"), "Fill_beyond_1"),
        "E": (part.format(beyond="Beyond_3"), "Fill_beyond_3"),
        "F": ('"All in the money"', "Fill_all"),
    }
    for column, (name, fill) in names.items():
        inputs = "".join(
            f"({column}${row}={BASE}${row})*"
            for row in (STATUS_ROW, YEAR_ROW, WAGES_ROW, VALUE_ROW, EXERCISED_ROW, EDITED_FACTS_ROW)
        )
        shares = f"{column}${SHARES_ROW}=SUM({fill})"
        spread = f"ABS({column}${SPREAD_ROW}-Used-SUMPRODUCT({fill},Fill_spread))<Half_a_cent"
        as_prefilled = f"IF({inputs}({shares})=0,0,({spread})*1)=1"
        named = f'=IF(Missing_inputs<>"","Not answered yet",IF({as_prefilled},{name},"Edited"))'
        put(sheet, f"{column}{NAMES_ROW}", named, style.INPUT_HEADER, style.WORDS)


def _results(sheet: Worksheet, column: str, grants: range, facts: range) -> None:
    """What a scenario comes to: every figure of tax is an AMT_ function over the scenario's own column."""

    def at(row: int) -> str:
        return f"{column}${row}"

    shares = f"{at(grants[0])}:{at(grants[-1])}"
    client = f"{at(WAGES_ROW)},{at(STATUS_ROW)},{at(YEAR_ROW)}"
    labelled = f"{span('A', facts)},{at(facts[0])}:{at(facts[-1])}"
    with_spread = f"{client},{at(SPREAD_ROW)},{labelled}"
    per_share = f"({at(VALUE_ROW)}>ISO_strike)*({at(VALUE_ROW)}-ISO_strike)"
    too_many = f'SUMPRODUCT(({span("A", grants)}<>"")*({shares}>ISO_exercisable))'
    results = {
        SHARES_ROW: ("Shares exercised", f"SUM({shares})"),
        SPREAD_ROW: ("ISO spread, dollars", f"{at(EXERCISED_ROW)}+SUMPRODUCT({shares},{per_share})"),
        CASH_ROW: ("Cash to exercise, dollars", f"SUMPRODUCT({shares},ISO_strike)"),
        TAXABLE_ROW: ("Taxable income (Form 1040 line 15), dollars", f"AMT_TAXABLE_INCOME({client},{labelled})"),
        REGULAR_ROW: ("Regular tax (Form 1040 line 16), dollars", f"AMT_REGULAR_TAX({client},{labelled})"),
        AMT_INCOME_ROW: ("AMT income (Form 6251 line 4), dollars", f"AMT_INCOME({with_spread})"),
        EXEMPTION_ROW: (
            "AMT exemption (Form 6251 line 5), dollars",
            f"AMT_EXEMPTION({at(AMT_INCOME_ROW)},{at(STATUS_ROW)},{at(YEAR_ROW)})",
        ),
        TENTATIVE_ROW: ("Tentative minimum tax (Form 6251 line 9), dollars", f"AMT_TENTATIVE_TAX({with_spread})"),
        AMT_ROW: ("AMT (Form 6251 line 11), dollars", f"AMT_OWED({with_spread})"),
        TAX_ROW: ("Total tax: with surtaxes, less credits, dollars", f"AMT_TOTAL_TAX({with_spread})"),
        MORE_TAX_ROW: (
            "More tax than the base, dollars",
            f'IF({at(YEAR_ROW)}=${BASE}${YEAR_ROW},{at(TAX_ROW)}-${BASE}${TAX_ROW},"another year")',
        ),
        ROOM_ROW: ("AMT room, dollars of ISO spread", f"AMT_ROOM({client},{labelled})"),
        CUSHION_ROW: ("Cushion: regular tax less tentative minimum tax, dollars", f"AMT_CUSHION({with_spread})"),
        LAW_ROW: ("Law of the tax year", f'IF({at(YEAR_ROW)}<=Law_enacted_through,"enacted","projected")'),
        CHECK_ROW: ("Check: no more shares than are exercisable", f'IF({too_many}=0,"ok","too many")'),
    }
    for row, (label, formula) in results.items():
        stands_out = row in (AMT_ROW, TAX_ROW)
        look: Look = style.TOTAL if stands_out else style.FORMULA
        number_format = style.SHARES if row == SHARES_ROW else style.DOLLARS
        if row == LAW_ROW:
            look, number_format = style.FORMULA.to_the("right"), style.WORDS
        if row == CHECK_ROW:
            look, number_format = style.CHECK.to_the("right"), style.WORDS
        put(sheet, f"A{row}", label, style.TOTAL if stands_out else style.LABEL)
        put(sheet, f"{column}{row}", f'=IF(Missing_inputs="",{formula},"")', look, number_format)
    flag(sheet, f"{column}{CHECK_ROW}", f'{at(CHECK_ROW)}="too many"', style.FAILED)


def _main_inputs(sheet: Worksheet, facts: range) -> None:
    _input_row(sheet, STATUS_ROW, "Filing status", '=Filing_status&""', style.WORDS)
    sheet.row_dimensions[STATUS_ROW].height = 32  # the longer statuses take two lines
    for column in COLUMNS:
        sheet[f"{column}{STATUS_ROW}"].alignment = Alignment("right", "center", wrap_text=True)
    _input_row(sheet, YEAR_ROW, "Tax year", "=Tax_year", style.WHOLE)
    _input_row(sheet, WAGES_ROW, "Wages (W-2 box 1), dollars", "=Wages", style.DOLLARS)
    _input_row(sheet, VALUE_ROW, "Value per share, dollars", "=Value_per_share", style.PRICE)
    _input_row(sheet, EXERCISED_ROW, "ISO spread already exercised, dollars", "=Used", style.DOLLARS)
    put(sheet, f"A{EDITED_FACTS_ROW}", "Other facts changed, below", style.LABEL)
    for column in COLUMNS:
        own, base = (f"{letter}${facts[0]}:{letter}${facts[-1]}" for letter in (column, f"${BASE}"))
        changed = f"=SUMPRODUCT(({own}<>{base})*1)"
        put(sheet, f"{column}{EDITED_FACTS_ROW}", changed, style.FORMULA, style.COUNT)
    allow_list(sheet, _edited(STATUS_ROW), STATUSES.values(), client_sheet.STATUS_MESSAGE)
    client_sheet.allow_tax_year(sheet, _edited(YEAR_ROW))
    allow_numbers(sheet, _edited(WAGES_ROW), client_sheet.WAGES_MESSAGE)
    allow_numbers(sheet, _edited(VALUE_ROW), client_sheet.VALUE_MESSAGE)
    allow_numbers(sheet, _edited(EXERCISED_ROW), client_sheet.EXERCISED_MESSAGE)


def _facts(sheet: Worksheet, rows: range) -> None:
    for row, client_row, label in zip(rows, client_sheet.FACT_ROWS, LABELS, strict=True):
        number_format = client_sheet.NUMBER_FORMATS.get(label.unit, style.WORDS)
        _input_row(sheet, row, f"=Client!$A{client_row}", f"=Client!$B{client_row}", number_format)
        if label.same_as:
            _follow(sheet, row, label, rows)
        client_sheet.allow_fact(sheet, _edited(row), label)


def _follow(sheet: Worksheet, row: int, label: Label, rows: range) -> None:
    """A fact that goes with another one in every scenario, as far apart from it as in the base."""
    base = client_sheet.same_as(label, BASE, rows, f"${BASE}${WAGES_ROW}")
    for column in EDITED:
        own = client_sheet.same_as(label, column, rows, f"${column}${WAGES_ROW}")
        sheet[f"{column}{row}"].value = f"={own}+${BASE}{row}-{base}"


def _input_row(sheet: Worksheet, row: int, label: str, base: str, number_format: str) -> None:
    """An input: the base links to the client's, each scenario starts from the base and may be typed over."""
    put(sheet, f"A{row}", label, style.LINK if label.startswith("=") else style.LABEL)
    put(sheet, f"{BASE}{row}", base, style.LINK.to_the("right"), number_format)
    for column in EDITED:
        put(sheet, f"{column}{row}", f"=${BASE}{row}", style.PREFILLED.to_the("right"), number_format)


def _shares(sheet: Worksheet, rows: range) -> None:
    """Shares exercised of each ISO grant; the grants stand in the order of the sheet Grants."""
    for row in rows:
        grant = row - rows[0] + grants_sheet.FIRST_ROW
        order, strike = f"Grants!$O{grant}", f"Grants!$D{grant}"
        label = f'Grants!$A{grant}&" at "&TEXT(N({strike}),"$#,##0.00##")'
        put(sheet, f"A{row}", f'=IF({strike}="","",{label})', style.PLAIN_LINK)
        put(sheet, f"{BASE}{row}", f'=IF($A{row}="","",0)', style.PLAIN_FORMULA, style.SHARES)
        shares = (
            f"INDEX(Fill_shares,{order})",
            f"INDEX(Fill_beyond_1,{order})",
            f"INDEX(Fill_beyond_3,{order})",
            f"Grants!$G{grant}",
        )
        for column, formula in zip(EDITED, shares, strict=True):
            prefilled = f'=IF($A{row}="","",IF({order}="",0,{formula}))'
            put(sheet, f"{column}{row}", prefilled, style.PREFILLED_WHEN_USED, style.SHARES)
    message = "Enter a whole number of shares, no more than the grant's exercisable ones on the sheet Grants."
    most = f"Grants!$G{grants_sheet.FIRST_ROW}"  # of the first row; it moves along with the others
    allow_numbers(sheet, _edited(rows[0], rows[-1]), message, most=most, whole=True)
    in_use = f'$A{rows[0]}<>""'
    flag(sheet, f"A{rows[0]}:{BASE}{rows[-1]}", in_use, style.ROW_IN_USE)
    flag(sheet, _edited(rows[0], rows[-1]), in_use, style.INPUT_IN_USE)


def _edited(first_row: int, last_row: int | None = None) -> str:
    """The cells of the four scenarios in a row, or in rows."""
    return f"{EDITED[0]}{first_row}:{EDITED[-1]}{last_row or first_row}"
