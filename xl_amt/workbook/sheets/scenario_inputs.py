"""What goes into the scenarios: each input is prefilled from the base or from the sheet Room, and may be typed over."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.client.facts import read_facts
from xl_amt.law import STATUSES
from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import Value, allow_list, allow_numbers, define, flag, put, put_headers
from xl_amt.workbook.page import fold_rows
from xl_amt.workbook.sheets import fact_rules
from xl_amt.workbook.sheets import scenario_rows as at
from xl_amt.workbook.sheets.room import shown_grants

VALUE_MESSAGE = "Enter the value of one share in dollars, 0 or more."
EXERCISED_MESSAGE = "Enter the ISO spread exercised this year already in dollars, 0 or more."


def put_main_inputs(sheet: Worksheet, book: Book) -> None:
    """Status, year, wages and what is exercised already; and how many of the other facts are changed."""
    _input_row(sheet, at.STATUS_ROW, "Filing status", '=Filing_status&""', style.WORDS)
    sheet.row_dimensions[at.STATUS_ROW].height = 32  # the longer statuses take two lines
    for column in at.COLUMNS:
        sheet[f"{column}{at.STATUS_ROW}"].alignment = Alignment("right", "center", wrap_text=True)
    _input_row(sheet, at.YEAR_ROW, "Tax year", "=Tax_year", style.WHOLE)
    _input_row(sheet, at.WAGES_ROW, "Wages (W-2 box 1), dollars", "=Wages", style.DOLLARS)
    _input_row(sheet, at.EXERCISED_ROW, "ISO spread already exercised, dollars", "=Used", style.DOLLARS)
    facts = list(at.fact_rows(book))
    put(sheet, f"A{at.EDITED_FACTS_ROW}", "Other facts changed, in the rows folded below", style.LABEL)
    for column in at.COLUMNS:
        own, base = (f"{letter}${facts[0]}:{letter}${facts[-1]}" for letter in (column, f"${at.BASE}"))
        changed = f"=SUMPRODUCT(({own}<>{base})*1)"
        put(sheet, f"{column}{at.EDITED_FACTS_ROW}", changed, style.FORMULA, style.COUNT)
    allow_list(sheet, edited(at.STATUS_ROW), STATUSES.values(), fact_rules.STATUS_MESSAGE)
    fact_rules.allow_tax_year(sheet, edited(at.YEAR_ROW))
    allow_numbers(sheet, edited(at.WAGES_ROW), fact_rules.WAGES_MESSAGE)
    allow_numbers(sheet, edited(at.EXERCISED_ROW), EXERCISED_MESSAGE)


def put_values(sheet: Worksheet, book: Book) -> None:
    """The value of a share of each company and holder; a row for each of the sheet Holdings."""
    rows = at.value_rows(book)
    for place, row in enumerate(rows, 1):
        put(sheet, f"{at.PLACE}{row}", place, style.PLAIN_FORMULA, style.WHOLE)
        company, holder, value = (f"INDEX(Holding_{name},${at.PLACE}{row})" for name in ("company", "holder", "value"))
        whose = f'IF({company}="","",", "&{company})&IF({holder}="spouse",", spouse","")'
        label = f'"Value per share"&{whose}&", dollars"'
        put(sheet, f"A{row}", f'=IF(AND({company}&{holder}="",N({value})=0),"",{label})', style.PLAIN_LINK)
        put(sheet, f"{at.BASE}{row}", f'=IF($A{row}="","",N({value}))', style.PLAIN_LINK, style.PRICE)
        for column in at.EDITED:
            put(sheet, f"{column}{row}", f"=${at.BASE}{row}", style.PREFILLED_WHEN_USED, style.PRICE)
    allow_numbers(sheet, edited(rows[0], rows[-1]), VALUE_MESSAGE)
    _in_use(sheet, rows)
    fold_rows(sheet, rows[max(len(book.record.holdings), 1) :])


def put_shares(sheet: Worksheet, book: Book) -> None:
    """Shares exercised of each ISO grant; the grants stand in the order of the sheet Grants."""
    rows, values = at.grant_rows(book), at.value_rows(book)
    put_headers(
        sheet,
        rows[0] - 1,
        at.PLACE,
        ("Place", "Row", "Strike", "Exercisable", "Holding", *(f"Spread, {letter}" for letter in at.LETTERS)),
        words=0,
        height=20,
    )
    for place, row in enumerate(rows, 1):
        _workings(sheet, place, row, values)
        several = 'SUMPRODUCT((Holding_holder<>"")*1)>1'
        company = f'IF({several},", "&INDEX(Grant_company,${at.GRANT}{row}),"")'
        label = f'INDEX(Grant_label,${at.GRANT}{row})&" at "&TEXT(${at.STRIKE}{row},"$#,##0.00##")&{company}'
        put(sheet, f"A{row}", f'=IF(${at.GRANT}{row}=0,"",{label})', style.PLAIN_LINK)
        put(sheet, f"{at.BASE}{row}", f'=IF($A{row}="","",0)', style.PLAIN_FORMULA, style.SHARES)
        order = f"INDEX(ISO_order,${at.GRANT}{row})"
        shares = (
            f"INDEX(Fill_shares,{order})",
            f"INDEX(Fill_beyond_1,{order})",
            f"INDEX(Fill_beyond_3,{order})",
            f"${at.EXERCISABLE}{row}",
        )
        for column, formula in zip(at.EDITED, shares, strict=True):
            prefilled = f'=IF($A{row}="","",IF({order}="",0,{formula}))'
            put(sheet, f"{column}{row}", prefilled, style.PREFILLED_WHEN_USED, style.SHARES)
    message = "Enter a whole number of shares, no more than the grant's exercisable ones on the sheet Grants."
    most = f"${at.EXERCISABLE}{rows[0]}"  # of the first row; it moves along with the others
    allow_numbers(sheet, edited(rows[0], rows[-1]), message, most=most, whole=True)
    _in_use(sheet, rows)
    fold_rows(sheet, rows[shown_grants(book) :])


def _workings(sheet: Worksheet, place: int, row: int, values: range) -> None:
    """Which grant stands in a row, and the spread of a share of it in each scenario."""
    grant = f"${at.GRANT}{row}"
    cells: dict[str, tuple[Value, str]] = {
        at.PLACE: (place, style.WHOLE),
        at.GRANT: (f"=IFERROR(MATCH(${at.PLACE}{row},ISO_place,0),0)", style.WHOLE),
        at.STRIKE: (f"=IF({grant}=0,0,INDEX(ISO_strike,{grant}))", style.PRICE),
        at.EXERCISABLE: (f"=IF({grant}=0,0,INDEX(ISO_exercisable,{grant}))", style.SHARES),
        at.HOLDING: (f"=IF({grant}=0,0,INDEX(Grant_holding,{grant}))", style.WHOLE),
    }
    for column, own in zip(at.PER_SHARE, at.COLUMNS, strict=True):
        value = f"N(INDEX({own}${values[0]}:{own}${values[-1]},${at.HOLDING}{row}))"
        spread = f"=IF(${at.HOLDING}{row}=0,0,MAX(0,{value}-${at.STRIKE}{row}))"
        cells[column] = (spread, style.PRICE)
    for column, (formula, number_format) in cells.items():
        put(sheet, f"{column}{row}", formula, style.PLAIN_FORMULA, number_format)


def put_facts(sheet: Worksheet, book: Book) -> None:
    """Every other fact of the year; those that the record has no value for are folded."""
    facts = at.fact_rows(book)
    used = {name for own in book.record.years for name in read_facts(own.facts, str(own.year))}
    for row, (_, label) in facts.items():
        amount = f"INDEX(Fact_amounts,MATCH($A{row},Fact_labels,0))"
        base = f"=N({amount})" if label.unit in fact_rules.NUMBER_FORMATS else f"={amount}"
        _input_row(sheet, row, label.name, base, fact_rules.NUMBER_FORMATS.get(label.unit, style.WORDS))
        if label.same_as:
            _follow(sheet, row, facts)
        fact_rules.allow_fact(sheet, edited(row), label)
    define(sheet, "Scenario_facts", f"A{next(iter(facts))}:{at.EDITED[-1]}{max(facts)}")
    fold_rows(sheet, [row for row, fact in facts.items() if fact.label.name not in used])


def _follow(sheet: Worksheet, row: int, facts: Mapping[int, at.FactRow]) -> None:
    """A fact that goes with another one in every scenario, as far apart from it as in the base."""

    def followed(column: str) -> str:
        cells = {(code, label.field): f"${column}${place}" for place, (code, label) in facts.items()}
        return followed_by(facts[row], cells, f"${column}${at.WAGES_ROW}")

    for column in at.EDITED:
        sheet[f"{column}{row}"].value = f"={followed(column)}+${at.BASE}{row}-{followed(at.BASE)}"


def followed_by(fact: at.FactRow, cells: Mapping[tuple[str, str], str], wages: str) -> str:
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


def edited(first_row: int, last_row: int | None = None) -> str:
    """The cells of the four scenarios in a row, or in rows."""
    return f"{at.EDITED[0]}{first_row}:{at.EDITED[-1]}{last_row or first_row}"


def _in_use(sheet: Worksheet, rows: range) -> None:
    """Paint the rows that hold something."""
    in_use = f'$A{rows[0]}<>""'
    flag(sheet, f"A{rows[0]}:{at.BASE}{rows[-1]}", in_use, style.ROW_IN_USE)
    flag(sheet, edited(rows[0], rows[-1]), in_use, style.INPUT_IN_USE)


def _input_row(sheet: Worksheet, row: int, label: str, base: str, number_format: str) -> None:
    """An input: the base links to the client's, each scenario starts from the base and may be typed over."""
    put(sheet, f"A{row}", label, style.LABEL)
    put(sheet, f"{at.BASE}{row}", base, style.LINK.to_the("right"), number_format)
    for column in at.EDITED:
        put(sheet, f"{column}{row}", f"=${at.BASE}{row}", style.PREFILLED.to_the("right"), number_format)
