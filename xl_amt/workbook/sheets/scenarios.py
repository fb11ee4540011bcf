"""Sheet Scenarios: the base case and four that the advisor edits, a column each."""

from __future__ import annotations

from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.household import LABELS
from xl_amt.law import STATUSES
from xl_amt.workbook import style
from xl_amt.workbook.cells import allow_list, allow_numbers, facts_in, flag, put, put_headers, put_section, span
from xl_amt.workbook.charts import tax_by_scenario
from xl_amt.workbook.client_facts import ClientFacts
from xl_amt.workbook.jurisdictions import ClientLabel, codes_of, labels_of
from xl_amt.workbook.page import open_sheet
from xl_amt.workbook.sheets import client as client_sheet
from xl_amt.workbook.sheets import grants as grants_sheet
from xl_amt.workbook.sheets.both_rooms import FIGURES_OF_EACH, Asked, law_in_a_word, of_all, of_first, put_each
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


def each_rows(client: ClientFacts) -> range:
    """The rows of the figures of each jurisdiction, below the grants; none where there is one jurisdiction."""
    first, codes = grant_rows(client)[-1] + 3, codes_of(client)
    return range(first, first + (FIGURES_OF_EACH * len(codes) if len(codes) > 1 else 0))


def fact_rows(client: ClientFacts) -> range:
    """The rows of the other facts, below all that is printed."""
    first = max(*grant_rows(client), *each_rows(client)) + 3
    return range(first, first + len(labels_of(client)))


def add_scenarios(workbook: Workbook, client: ClientFacts) -> None:
    """Add the sheet; the four scenarios are prefilled from the base and from the sheet Room."""
    widths = (50, *(17,) * 5, 3, *(10,) * 8)
    sheet = open_sheet(workbook, client, "Scenarios", "Scenarios", widths, landscape=True)
    words = "The base is linked to the sheets Client and Grants. Type over any yellow cell of the four scenarios."
    put(sheet, "A4", words, style.NOTE)
    grants, each, facts = grant_rows(client), each_rows(client), fact_rows(client)
    _names(sheet)
    put_section(sheet, SHARES_ROW - 1, "A", "F", "What comes out")
    for column in COLUMNS:
        asked = _results(sheet, column, grants, facts)
        put_each(sheet, column, each, codes_of(client), asked)
    put_section(sheet, STATUS_ROW - 1, "A", "F", "What goes in")
    _main_inputs(sheet, facts)
    put_section(sheet, FIRST_GRANT_ROW - 1, "A", "F", "What goes in: ISO shares exercised, grant by grant")
    _shares(sheet, grants)
    if each:
        sheet.page_setup.fitToHeight = 1
        put_section(sheet, each[0] - 1, "A", "F", "What comes out of each jurisdiction")
    put_section(sheet, facts[0] - 1, "A", "F", "What goes in: other facts of the tax year")
    _facts(sheet, facts, client)
    drawn = 'IF(All_shares=0,"No ISO shares to draw yet","Tax by scenario, the first four")'
    put_section(sheet, SHARES_ROW - 1, "H", "O", f'=IF(Missing_inputs="",{drawn},"Nothing to draw yet")')
    chart = tax_by_scenario(sheet, (CHARTED[0], CHARTED[-1]), NAMES_ROW, (REGULAR_ROW, AMT_ROW))
    sheet.add_chart(chart, f"H{SHARES_ROW}")
    sheet.freeze_panes = f"B{NAMES_ROW + 1}"
    sheet.print_title_rows = f"{NAMES_ROW}:{NAMES_ROW}"
    # The facts stand on the printed sheet Client; how many of them a scenario changes is printed here.
    sheet.print_area = f"A1:O{max(*grants, *each)}"


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


def _results(sheet: Worksheet, column: str, grants: range, facts: range) -> Asked:
    """What a scenario comes to: every figure of tax is an AMT_ function over the scenario's own column.

    Gives the arguments of these functions.
    """

    def at(row: int) -> str:
        return f"{column}${row}"

    shares = f"{at(grants[0])}:{at(grants[-1])}"
    client = f"{at(WAGES_ROW)},{at(STATUS_ROW)},{at(YEAR_ROW)}"
    federal, every = ((span("A", rows), f"{at(rows[0])}:{at(rows[-1])}") for rows in (facts[: len(LABELS)], facts))
    asked, first = (facts_in(jurisdiction, federal, every) for jurisdiction in ("Jurisdiction_asked", "First_asked"))
    with_spread = f"{client},{at(SPREAD_ROW)}"
    per_share = f"({at(VALUE_ROW)}>ISO_strike)*({at(VALUE_ROW)}-ISO_strike)"
    too_many = f'SUMPRODUCT(({span("A", grants)}<>"")*({shares}>ISO_exercisable))'
    results = {
        SHARES_ROW: ("Shares exercised", f"SUM({shares})"),
        SPREAD_ROW: ("ISO spread, dollars", f"{at(EXERCISED_ROW)}+SUMPRODUCT({shares},{per_share})"),
        CASH_ROW: ("Cash to exercise, dollars", f"SUMPRODUCT({shares},ISO_strike)"),
        TAXABLE_ROW: (of_first("Taxable income", "Form 1040 line 15"), f"AMT_TAXABLE_INCOME({client},{first})"),
        REGULAR_ROW: (of_all("Regular tax", "Form 1040 line 16"), f"AMT_REGULAR_TAX({client},{asked})"),
        AMT_INCOME_ROW: (of_first("AMT income", "Form 6251 line 4"), f"AMT_INCOME({with_spread},{first})"),
        EXEMPTION_ROW: (
            of_first("AMT exemption", "Form 6251 line 5"),
            f"AMT_EXEMPTION({at(AMT_INCOME_ROW)},{at(STATUS_ROW)},{at(YEAR_ROW)},First_asked)",
        ),
        TENTATIVE_ROW: (
            of_first("Tentative minimum tax", "Form 6251 line 9"),
            f"AMT_TENTATIVE_TAX({with_spread},{first})",
        ),
        AMT_ROW: (of_all("AMT", "Form 6251 line 11"), f"AMT_OWED({with_spread},{asked})"),
        TAX_ROW: ("Total tax: with surtaxes, less credits, dollars", f"AMT_TOTAL_TAX({with_spread},{asked})"),
        MORE_TAX_ROW: (
            "More tax than the base, dollars",
            f'IF({at(YEAR_ROW)}=${BASE}${YEAR_ROW},{at(TAX_ROW)}-${BASE}${TAX_ROW},"another year")',
        ),
        ROOM_ROW: ("AMT room, dollars of ISO spread", f"AMT_ROOM({client},{asked})"),
        CUSHION_ROW: (
            "Cushion: regular tax less tentative minimum tax, dollars",
            f"AMT_CUSHION({with_spread},{asked})",
        ),
        LAW_ROW: ("Law of the tax year", law_in_a_word(at(YEAR_ROW))),
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
    return Asked(client, at(SPREAD_ROW), federal, every)


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


def _facts(sheet: Worksheet, rows: range, client: ClientFacts) -> None:
    client_rows = client_sheet.fact_rows(client)
    facts = dict(zip(rows, client_rows.values(), strict=True))
    for row, client_row in zip(rows, client_rows, strict=True):
        label = facts[row].label
        number_format = client_sheet.NUMBER_FORMATS.get(label.unit, style.WORDS)
        _input_row(sheet, row, f"=Client!$A{client_row}", f"=Client!$B{client_row}", number_format)
        if label.same_as:
            _follow(sheet, row, facts)
        client_sheet.allow_fact(sheet, _edited(row), label)


def _follow(sheet: Worksheet, row: int, facts: dict[int, ClientLabel]) -> None:
    """A fact that goes with another one in every scenario, as far apart from it as in the base."""

    def followed(column: str) -> str:
        cells = {(code, label.field): f"${column}${place}" for place, (code, label) in facts.items()}
        return client_sheet.followed_by(facts[row], cells, f"${column}${WAGES_ROW}")

    for column in EDITED:
        sheet[f"{column}{row}"].value = f"={followed(column)}+${BASE}{row}-{followed(BASE)}"


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
