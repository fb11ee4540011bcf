"""Sheet Client: every fact that the figures rest on, each typed in once."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Final

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.household import LABELS, Label
from xl_amt.law import STATUSES, enacted, read_status
from xl_amt.reading.household import labelled, read_fact
from xl_amt.workbook import style
from xl_amt.workbook.cells import (
    CLIENT,
    FACTS,
    allow_dates,
    allow_list,
    allow_numbers,
    define,
    flag,
    put,
    put_headers,
    put_number,
    put_section,
    put_text,
    span,
)
from xl_amt.workbook.client_facts import ClientFacts
from xl_amt.workbook.jurisdictions import JURISDICTIONS, ClientLabel, codes_of, labels_of, place_of
from xl_amt.workbook.page import open_sheet

CLIENT_ROW: Final = 6  # the client's name; the other shared inputs follow
FIRST_FACT_ROW: Final = 20
WIDTHS: Final = (30, 24, 12, 62)
FACT_ROWS: Final = range(FIRST_FACT_ROW, FIRST_FACT_ROW + len(LABELS))
MOST_BLIND, MOST_DEPENDENTS = 2, 20
WAGES_MESSAGE: Final = "Enter the wages of the tax year in dollars, 0 or more."
VALUE_MESSAGE: Final = "Enter the value of one share in dollars, 0 or more."
EXERCISED_MESSAGE: Final = "Enter the ISO spread exercised this year already in dollars, 0 or more."
STATUS_MESSAGE: Final = "Choose one of the five filing statuses of Form 1040."
JURISDICTION_MESSAGE: Final = f"Choose one of {', '.join(JURISDICTIONS)}."

NUMBER_FORMATS: Final = {"dollars": style.DOLLARS, "years": style.COUNT, "persons": style.COUNT, "fraction": style.RATE}


def add_client(workbook: Workbook, client: ClientFacts) -> None:
    """Add the sheet, filled with what is known of the client."""
    sheet = open_sheet(workbook, client, "Client", "Client", widths=WIDTHS)
    put(sheet, "A2", _client_line(), style.CLIENT_LINE)
    define(sheet, "Client_line", "A2")
    _shared_inputs(sheet, client)
    _input_check(sheet)
    _facts(sheet, client)
    sheet.page_setup.fitToHeight = 1
    sheet.freeze_panes = "A4"


def _client_line() -> str:
    named = 'IF(Client_name="","Client not named yet",Client_name)'
    company = 'IF(Company="",""," · "&Company)'
    status = 'IF(Filing_status="",""," · "&Filing_status)'
    year = 'IF(Tax_year="",""," · tax year "&Tax_year)'
    return f"={named}&{company}&{status}&{year}"


def _shared_inputs(sheet: Worksheet, client: ClientFacts) -> None:
    put_section(sheet, CLIENT_ROW - 1, "A", "D", "The client")
    words = style.INPUT.to_the("left")
    name = _input(sheet, 0, "Client_name", "Client", "name", "As it should stand at the head of every sheet")
    put_text(sheet, name, client.name, words)
    company = _input(sheet, 1, "Company", "Company", "name", "Whose options these are")
    put_text(sheet, company, client.company, words)
    status = _input(sheet, 2, "Filing_status", "Filing status", "choice", "Form 1040, at the top")
    put(sheet, status, STATUSES[read_status(client.status)] if client.status else None, words)
    allow_list(sheet, status, STATUSES.values(), STATUS_MESSAGE)
    year = _input(sheet, 3, "Tax_year", "Tax year", "year", "The year of exercise")
    put(sheet, year, client.year, words, style.WHOLE)
    allow_tax_year(sheet, year)
    remark = "Form W-2, box 1 (Form 1040 line 1a); for a quick look, all ordinary income"
    wages = _input(sheet, 4, "Wages", "Wages in the tax year", "dollars", remark)
    put_number(sheet, wages, client.wages, words, style.DOLLARS)
    allow_numbers(sheet, wages, WAGES_MESSAGE)
    remark = "Fair market value on the day of exercise: the latest 409A value, or the price"
    value = _input(sheet, 5, "Value_per_share", "Value per share", "dollars", remark)
    put_number(sheet, value, client.value_per_share, words, style.PRICE)
    allow_numbers(sheet, value, VALUE_MESSAGE)
    day = _input(sheet, 6, "Value_date", "Value per share as of", "date", "The day of that value")
    put(sheet, day, client.as_of, words, style.DAY)
    allow_dates(sheet, day, "Enter a date.")
    source = _input(sheet, 7, "Grants_source", "Grants taken from", "words", "What was imported to the sheet Grants")
    put_text(sheet, source, client.source, words)
    remark = "ISO spread of this year's exercises so far: it has used as much of the room"
    used = _input(sheet, 8, "Spread_exercised", "ISO spread already exercised", "dollars", remark)
    put_number(sheet, used, client.spread_exercised, words, style.DOLLARS)
    allow_numbers(sheet, used, EXERCISED_MESSAGE)
    remark = "Whose tax is figured; where both are, the smaller room binds"
    jurisdiction = _input(sheet, 9, "Jurisdiction", "Jurisdiction", "choice", remark)
    put(sheet, jurisdiction, "+".join(codes_of(client)), words)
    allow_list(sheet, jurisdiction, JURISDICTIONS, JURISDICTION_MESSAGE)


def _input(sheet: Worksheet, place: int, defined_name: str, label: str, unit: str, remark: str) -> str:
    """The words around a shared input; gives the input's cell, which formulas know by its defined name."""
    row = CLIENT_ROW + place
    put(sheet, f"A{row}", label, style.LABEL)
    put(sheet, f"C{row}", unit, style.UNIT)
    put(sheet, f"D{row}", remark, style.REMARK)
    define(sheet, defined_name, f"B{row}")
    return f"B{row}"


def _input_check(sheet: Worksheet) -> None:
    row = FIRST_FACT_ROW - 4
    put(sheet, f"A{row}", "Can these be answered?", style.LABEL)
    sheet.row_dimensions[row].height = 32  # room for the sentence
    answered = f'=IF(Missing_inputs="",IF(ISERROR(AMT_ROOM({CLIENT},{FACTS})),"No","Yes"),"Not yet")'
    put(sheet, f"B{row}", answered, style.CHECK.to_the("left"))
    put(sheet, f"C{row}", None, style.UNIT)
    why = (
        f'=IF($B${row}="Yes","The functions take every input on this sheet",'
        f'IF($B${row}="Not yet",Missing_inputs,AMT_WHY("AMT_ROOM",{CLIENT},{FACTS})))'
    )
    put(sheet, f"D{row}", why, style.REMARK)
    flag(sheet, f"B{row}:D{row}", f'$B${row}<>"Yes"', style.FAILED)


def _facts(sheet: Worksheet, client: ClientFacts) -> None:
    put_section(sheet, FIRST_FACT_ROW - 2, "A", "D", '="Other facts of tax year "&Tax_year')
    put_headers(sheet, FIRST_FACT_ROW - 1, "A", ("Label", "Amount", "Unit", "Where it belongs"), words=4, height=20)
    style.NUMBER_HEADER.apply(sheet[f"B{FIRST_FACT_ROW - 1}"], style.GENERAL)
    style.UNIT_HEADER.apply(sheet[f"C{FIRST_FACT_ROW - 1}"], style.GENERAL)
    facts = fact_rows(client)
    given = {
        (code, field): read_fact(*fact)
        for code in {fact.code for fact in facts.values()}
        for field, fact in labelled(dict(client.facts), code).items()
    }
    cells = {(code, label.field): f"$B${row}" for row, (code, label) in facts.items()}
    for row, fact in facts.items():
        if row > FIRST_FACT_ROW and row - 1 not in facts:
            _heading(sheet, row - 1, fact.code)
        label = fact.label
        put(sheet, f"A{row}", label.name, style.LABEL)
        put(sheet, f"C{row}", label.unit, style.UNIT)
        put(sheet, f"D{row}", label.meaning, style.REMARK)
        lines = ceil(len(label.meaning) / (WIDTHS[-1] * style.LETTERS_IN_A_WIDTH))
        if lines > 1:  # else the row's own height is enough
            sheet.row_dimensions[row].height = 4 + 13 * lines
        amount = given.get((fact.code, label.field))
        if label.same_as and amount is None:
            follows = cells[fact.code, label.same_as] if (fact.code, label.same_as) in given else None
            prefilled = f"={follows or followed_by(fact, cells, 'Wages')}+0"  # a blank there is 0 here
            put(sheet, f"B{row}", prefilled, style.PREFILLED, NUMBER_FORMATS[label.unit])
        else:
            _fact(sheet, f"B{row}", label, amount)
        allow_fact(sheet, f"B{row}", label)
    rows = range(FIRST_FACT_ROW, max(facts) + 1)
    define(sheet, "Fact_labels", span("A", rows))
    define(sheet, "Fact_amounts", span("B", rows))
    define(sheet, "Federal_labels", span("A", FACT_ROWS))
    define(sheet, "Federal_amounts", span("B", FACT_ROWS))


def _heading(sheet: Worksheet, row: int, code: str) -> None:
    """The heading of a state's own facts: over the remarks, since nothing but labels may stand under Label."""
    for column in "ABCD":
        words = f"{place_of(code)}, beside the facts above" if column == "D" else None
        put(sheet, f"{column}{row}", words, style.SECTION)
    sheet.row_dimensions[row].height = 20


def fact_rows(client: ClientFacts) -> dict[int, ClientLabel]:
    """The label of each row of facts; a heading stands above those of a state."""
    labels = labels_of(client)
    codes = list(dict.fromkeys(fact.code for fact in labels))
    return {FIRST_FACT_ROW + place + codes.index(fact.code): fact for place, fact in enumerate(labels)}


def followed_by(fact: ClientLabel, cells: Mapping[tuple[str, str], str], wages: str) -> str:
    """The amount that holds for a label that is not given: a formula of the other cells, by jurisdiction and field."""
    code, label = fact
    if label.same_as == "wages":
        return wages
    record, _, field = label.same_as.rpartition(".")
    if record:
        return cells["US", field]
    own, federal, federal_amt = cells[code, field], cells.get(("US", field)), cells.get(("US", label.field))
    if code == "US" or not federal or not federal_amt:
        return own
    # A state's amount for its AMT is its regular one where that is its own, and else that of the federal AMT.
    return f"IF({own}={federal},{federal_amt},{own})"


def _fact(sheet: Worksheet, address: str, label: Label, amount: float | str | bool | None) -> None:
    if label.unit == "choice":
        put(sheet, address, amount or label.choices[0], style.INPUT.to_the("right"), style.WORDS)
    elif label.unit == "yes or no":
        put(sheet, address, "yes" if amount else "no", style.INPUT.to_the("right"), style.WORDS)
    else:
        put(sheet, address, amount, style.INPUT, NUMBER_FORMATS[label.unit])


def allow_tax_year(sheet: Worksheet, where: str) -> None:
    """Allow in an input the tax years whose law is held."""
    law = enacted("US")
    years = f"{law.first_year} to {law.last_year}"
    message = f"Enter a tax year from {years}; years after {law.verified_through} are projected."
    allow_numbers(sheet, where, message, least=law.first_year, most=law.last_year, whole=True)


def allow_fact(sheet: Worksheet, where: str, label: Label) -> None:
    """Allow in the inputs of a label what its unit allows."""
    if label.unit == "dollars":
        least, bound = (None, "") if label.may_be_negative else (0, ", 0 or more")
        allow_numbers(sheet, where, f"{label.name}: enter dollars{bound}.", least=least)
    elif label.unit == "years":
        most = int(label.largest)
        allow_numbers(sheet, where, f"{label.name}: enter whole years, 0 to {most}.", most=most, whole=True)
    elif label.unit == "persons":
        most = MOST_BLIND if label.field == "blind" else MOST_DEPENDENTS
        allow_numbers(sheet, where, f"{label.name}: enter a whole number, 0 to {most}.", most=most, whole=True)
    elif label.unit == "fraction":
        allow_numbers(sheet, where, f"{label.name}: enter a fraction, 0 to 1, such as 0.05 or 5%.", most=1)
    else:
        choices = label.choices or ("no", "yes")
        allow_list(sheet, where, choices, f"{label.name}: choose {', '.join(choices[:-1])} or {choices[-1]}.")
