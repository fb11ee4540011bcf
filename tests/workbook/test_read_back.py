"""A workbook is the client's record: what is written is read back, also after a person has edited it."""

import io
import re
from dataclasses import fields, is_dataclass, replace
from datetime import date

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries
from openpyxl.workbook.defined_name import DefinedName

from tests.client.test_record import NORA
from tests.workbook.records import records
from xl_amt.client import Exercise, Exit, Grant, HeldLot, Holding, Repurchase, RowCounts, Source, Split, Vesting
from xl_amt.client.checks import check_record
from xl_amt.client.toml_file import read_record
from xl_amt.errors import FileError
from xl_amt.jobs.workbook_contents import book_of
from xl_amt.workbook import Book, build_workbook, filled_package
from xl_amt.workbook.build import UNDATED
from xl_amt.workbook.package import pack, parts_of
from xl_amt.workbook.read import record_in
from xl_amt.workbook.sheets.client import add_client
from xl_amt.workbook.sheets.grants import add_grants
from xl_amt.workbook.sheets.holdings import add_holdings
from xl_amt.workbook.sheets.record_tables import add_table
from xl_amt.workbook.splice import Book as BookFile
from xl_amt.workbook.tables.record_tables import TABLES

FILE = "nora.xlsx"


def read(workbook):
    """The record of a workbook as a file holds it."""
    content = io.BytesIO()
    workbook.save(content)
    return record_in(BookFile(content.getvalue(), FILE))


def record_sheets(book):
    """A workbook with nothing but the sheets that hold the record."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.created = UNDATED
    for add_sheet in (add_client, add_holdings, add_grants):
        add_sheet(workbook, book)
    for table in TABLES[2:]:
        add_table(workbook, book, table)
    return workbook


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(records())
def test_what_is_written_is_read_back(record):
    """Every table, every column, present or absent."""
    check_record(record, "ana")
    content = pack(parts_of(record_sheets(Book(record))))
    assert record_in(BookFile(content, "ana.xlsx")) == record


def _couple():
    """Nora's record, with a row in every table and a second holding, that of the spouse."""
    nora = read_record(NORA)
    ira = Holding(
        company="Fernhill, Inc.",
        holder="spouse",
        as_of=date(2026, 5, 4),
        grants=(
            Grant(label="7", award="NSO", granted=date(2024, 5, 4), strike=0.5, shares=900),
            Grant(label="8", award="ISO", shares=1, vests=(Vesting(day=date(2027, 5, 4), shares=1, iso=0),)),
        ),
        exercises=(Exercise(grant="7", day=date(2026, 11, 3), shares=5, value=1.5, status="planned"),),
        lots=(HeldLot(label="RS-2", award="RSU", acquired=date(2025, 2, 3), shares=40, strike=0.0, value=3.25),),
        splits=(Split(day=date(2026, 8, 3), ratio="3:2"),),
        repurchases=(Repurchase(grant="7", day=date(2026, 12, 1), shares=2, price=0.5),),
    )
    return replace(
        nora,
        holdings=(*nora.holdings, ira),
        sources=(*nora.sources, Source(id="z", file="old.csv", rows=RowCounts(read=3, kept=3))),
        plan=replace(nora.plan, exit=Exit(year=2031, price=40.0)),
    )


COUPLE = _couple()
PACKAGE = filled_package(build_workbook(book_of(COUPLE)))


@pytest.fixture
def workbook():
    """The couple's workbook, as another program opens it."""
    return openpyxl.load_workbook(io.BytesIO(PACKAGE))


def area(workbook, name):
    """The sheet that a name is on, and its first column, first row, last column and last row."""
    title, cells = workbook.defined_names[name].attr_text.rsplit("!", 1)
    return workbook[title.strip("'").replace("''", "'")], range_boundaries(cells.replace("$", ""))


def moved_names(workbook, title, move):
    """Let the names on a sheet follow what a person inserts or moves there."""
    for name, defined in list(workbook.defined_names.items()):
        sheet, cells = defined.attr_text.rsplit("!", 1)
        if sheet.strip("'") == title:
            corners = cells.replace("$", "").split(":")
            moved = ":".join("".join(f"${part}" for part in move(*_parted(corner))) for corner in corners)
            workbook.defined_names[name] = DefinedName(name, attr_text=f"{sheet}!{moved}")


def _parted(corner):
    letters, number = re.fullmatch(r"([A-Z]+)([0-9]+)", corner).groups()
    return openpyxl.utils.column_index_from_string(letters), int(number)


def insert_row(workbook, title, at):
    """Insert a row into a sheet, as a spreadsheet program does."""
    sheet = workbook[title]
    sheet.move_range(f"A{at}:{get_column_letter(sheet.max_column)}{sheet.max_row}", rows=1)
    moved_names(workbook, title, lambda column, row: (get_column_letter(column), row + (row >= at)))


def insert_column(workbook, title, at):
    """Insert a column into a sheet, as a spreadsheet program does."""
    sheet = workbook[title]
    first, last = get_column_letter(at), get_column_letter(sheet.max_column)
    sheet.move_range(f"{first}1:{last}{sheet.max_row}", cols=1)
    moved_names(workbook, title, lambda column, row: (get_column_letter(column + (column >= at)), row))


def in_any_order(row):
    """The record with the rows of every table in one order, whatever theirs is."""
    if isinstance(row, tuple):
        return tuple(sorted(map(in_any_order, row), key=repr))
    if is_dataclass(row):
        return replace(row, **{field.name: in_any_order(getattr(row, field.name)) for field in fields(row)})
    return row


def cell_of(workbook, name, row=0):
    """The cell of a named column in its first row, or so many rows below."""
    sheet, (column, first, _, _) = area(workbook, name)
    return sheet.cell(first + row, column)


def test_no_table_has_the_headers_of_another():
    """So that one whose name is lost is found by its header row."""
    headers = {table.name: {column.header.casefold() for column in table.columns} for table in TABLES}
    for name, own in headers.items():
        assert not [other for other, theirs in headers.items() if other != name and own <= theirs]


def test_the_couple_is_read_back(workbook):
    """Before any edit; the file's own hash of names says that it is a client workbook."""
    assert read(workbook) == COUPLE


def test_rows_may_be_sorted(workbook):
    """Spare rows come first then, and the last row that was filled ends the table."""
    for table in TABLES:
        sheet, (first, header, last, closing) = area(workbook, table.name)
        rows = [
            [sheet.cell(row, column).value for column in range(first, last + 1)] for row in range(header + 1, closing)
        ]
        for number, values in enumerate(reversed(rows), header + 1):
            for column, value in enumerate(values, first):
                sheet.cell(number, column).value = value
    assert read(workbook) != COUPLE
    assert in_any_order(read(workbook)) == in_any_order(COUPLE)


def test_rows_and_columns_may_be_inserted(workbook):
    """Above a table, within it, beside it: with remarks of the advisor's own in a column of their own."""
    for table in TABLES:
        _, (_, header, _, closing) = area(workbook, table.name)
        insert_row(workbook, table.sheet, closing)
        insert_row(workbook, table.sheet, header + 1)
        insert_row(workbook, table.sheet, 1)
        insert_column(workbook, table.sheet, 3)
        sheet, (_, header, _, _) = area(workbook, table.name)
        sheet.cell(header, 3).value = "My own"
        sheet.cell(header + 1, 3).value = "=1+1"
    insert_row(workbook, "Client", area(workbook, "Facts_table")[1][1] + 2)
    insert_column(workbook, "Client", area(workbook, "Facts_table")[1][0] + 5)
    assert read(workbook) == COUPLE


def test_a_row_that_a_person_enters_is_read(workbook):
    """In a spare row, in other spellings: a number for a label, capitals, a day as text."""
    row = len(COUPLE.holdings[0].grants) + len(COUPLE.holdings[1].grants)
    for field, value in {"company": "FERNHILL,  inc.", "holder": "Spouse", "label": 1001, "award": "rsu"}.items():
        cell_of(workbook, f"Grant_{field}", row).value = value
    cell_of(workbook, "Grant_granted", row).value = "2026-01-31"
    cell_of(workbook, "Grant_shares", row).value = 12
    added = Grant(label="1001", award="RSU", granted=date(2026, 1, 31), shares=12)
    assert read(workbook).holdings[1].grants == (*COUPLE.holdings[1].grants, added)


def test_sheets_may_be_added_renamed_moved_and_copied(workbook):
    """Names follow a sheet; one that is copied brings its own, which stand for the copy alone."""
    copy = workbook.copy_worksheet(workbook["Grants"])
    copy.defined_names["Grants_table"] = DefinedName("Grants_table", attr_text=f"'{copy.title}'!$A$7:$Z$20")
    workbook.create_sheet("Notes", 0)["A1"] = "Ask about the move"
    for title in ("Client", "Grants", "Events"):
        sheet = workbook[title]
        sheet.title = f"{title} '26"
        for name, defined in list(workbook.defined_names.items()):
            own, cells = defined.attr_text.rsplit("!", 1)
            if own.strip("'") == title:
                workbook.defined_names[name] = DefinedName(name, attr_text=f"'{title} ''26'!{cells}")
    workbook.move_sheet("Client '26", 5)
    assert read(workbook) == COUPLE


def test_formats_and_pasted_values_change_nothing(workbook):
    """Bold red inputs, every formula a value."""
    values = openpyxl.load_workbook(io.BytesIO(PACKAGE), data_only=True)
    for sheet in workbook:
        for row in sheet.iter_rows():
            for cell in row:
                cell.font = Font(bold=True, color="FF0000")
                if isinstance(cell.value, str) and cell.value.startswith("=") and cell.data_type == "f":
                    cell.value = values[sheet.title][cell.coordinate].value
    cell_of(workbook, "Year_asked_input").value = 2027
    assert read(workbook) == COUPLE


def test_without_names_the_headers_are_found(workbook):
    """As a program leaves it that knows no names: each full header row stands on one sheet."""
    for name in list(workbook.defined_names):
        del workbook.defined_names[name]
    assert read(workbook) == COUPLE
    workbook.copy_worksheet(workbook["Sales"])
    said = r"headers of one table appear at Sales!A(\d+) and at Sales Copy!A\1; delete one"
    with pytest.raises(FileError, match=said):
        read(workbook)


def _deleted(title):
    def edit(workbook):
        del workbook[title]
        for name, defined in list(workbook.defined_names.items()):
            if defined.attr_text.startswith(f"'{title}'!"):
                workbook.defined_names[name] = DefinedName(name, attr_text="#REF!")

    return edit


def _set(name, value, row=0):
    def edit(workbook):
        cell_of(workbook, name, row).value = value

    return edit


def _beneath(workbook):
    sheet, (column, _, _, closing) = area(workbook, "Sales_table")
    sheet.cell(closing + 1, column + 2).value = 5


def _further_beneath(workbook):
    """A row that was pasted with a blank one before it."""
    sheet, (column, _, _, closing) = area(workbook, "Sales_table")
    sheet.cell(closing + 4, column + 2).value = 5


def _beside(workbook):
    sheet, (_, header, last, _) = area(workbook, "Facts_table")
    sheet.cell(header, last + 1).value = 2028


def _at_label(label, value, *, column=0, name="Facts_table"):
    """Set the cell beside a label of the sheet Client; 0 is the label itself."""

    def edit(workbook):
        sheet, (first, top, _, bottom) = area(workbook, name)
        row = next(row for row in range(top, bottom + 1) if sheet.cell(row, first).value == label)
        sheet.cell(row, first + column).value = value

    return edit


REFUSED = {
    "text in a number": (_set("Grant_strike", "about 2"), "Grants!F8: 'about 2' is text, not a number; enter digits"),
    "a half share": (_set("Grant_shares", 10.5), "Grants!G8: 10.5 is not a whole number of shares"),
    "a formula in an input": (_set("Exercise_value", "=10/4"), "Exercises!F8: it holds a formula where an entry"),
    "an error in an input": (_set("Grant_label", "#N/A"), "Grants!C8: it shows #N/A; enter what belongs there"),
    "another kind of award": (
        _set("Grant_award", "SAR"),
        "Grants!D8: 'SAR' is not one of the choices; use ISO, NSO or RSU.",
    ),
    "shares of an ESPP": (_set("Grant_award", "ESPP"), "Grants!D8: 'ESPP': ESPP shares are not tracked"),
    "no day": (_set("Exercise_day", "soon"), "Exercises!D8: 'soon' is not a date"),
    "what is asked for is blank": (_set("Grant_shares", None), "Grants!G8: Shares granted is missing; enter it, or"),
    "a renamed header": (_set("Grant_strike", "Price", -1), "the table has no column 'Strike'; give the column this"),
    "a doubled header": (_set("Grant_plan", "Strike", -1), "two columns of the table have this header"),
    "a deleted sheet": (
        _deleted("Sales"),
        "the sheet of Sales_table is missing; restore it, with its contents, from a copy",
    ),
    "no sheet Client": (_deleted("Client"), "the sheet of Client_block is missing"),
    "beneath a table": (_beneath, "it is below the table, which ends in row"),
    "further beneath a table": (_further_beneath, "it is below the table, which ends in row"),
    "two grants of one name": (
        _set("Grant_label", "8", 2),
        "Grants!C11: '8' is listed twice; give each its own",
    ),
    "counts that do not foot": (_set("Grant_exercisable", 99_999), "it counts 101,499 shares of 10,000; correct one"),
    "an exercise of no grant": (_set("Exercise_grant", "ES-9"), "Exercises!C8: no grant is named 'ES-9'"),
    "vesting of no grant": (
        _set("Vest_grant", "ES-9"),
        "Vesting!C8: no grant of this holding is named 'ES-9'; existing grants:",
    ),
    "an unknown company": (
        _set("Grant_company", "Fernhil"),
        "Grants!A8: the sheet Holdings has no row of Fernhil and the",
    ),
    "two rows of one holding": (
        lambda workbook: [
            _set("Holding_company", COUPLE.holdings[1].company)(workbook),
            _set("Holding_holder", "spouse")(workbook),
        ],
        "Holdings!A9: this company and holder have a row already",
    ),
    "an event of no kind": (_set("Event_kind", None), "Events!C8: Event is missing; say what happens"),
    "a value with a ratio": (_set("Event_ratio", "2:1"), "Events!F8: an event 'value' has none; clear the cell"),
    "a value without a price": (_set("Event_price", None), "Events!E8: Value per share is missing"),
    "a year twice": (_set("Years", 2027), "2027 has a column already; keep one of them"),
    "a year that is left out": (_set("Years", 2024), "2027 comes after 2024; list the years in order"),
    "a year as text": (_set("Years", "2026"), "'2026' is text, not a number"),
    "facts of no year": (_at_label("Wages", 5.0, column=8), "its column has no year in row"),
    "a year beside the table": (_beside, "this year is outside the table, where it is not read; insert a column"),
    "a year by a formula": (_set("Years", "=2020+6"), "Client!E"),
    "a label that is none": (_at_label("Ordinary dividends", "Dividents"), "'Dividents' is not a label"),
    "a negative amount": (_at_label("Ordinary dividends", -5, column=4), "Ordinary dividends: -5 is negative"),
    "a label twice": (_at_label("Age", "Interest"), "'Interest' stands in row"),
    "an unknown entry": (
        _at_label("Aim", "Aims", name="Client_block"),
        "'Aims' is not a known entry; did you mean",
    ),
    "an exit without its year": (
        _at_label("Exit year", None, name="Client_block", column=3),
        "nora.xlsx, Client: 'Exit year' is blank; enter it, or clear",
    ),
    "amounts of further years": (
        _at_label("Values of further years", "later: 5", name="Client_block", column=3),
        "'later: 5' is not an amount for a year; write each once, as in 2031: 18.50.",
    ),
    "a later version": (
        _set("Record_format", "xl-amt client 2"),
        "it was made by a later version ('xl-amt client 2'); update",
    ),
    "another format": (_set("Record_format", "mine"), "'mine' is not the format of a client's record"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_refused(case, workbook):
    """One sentence that names the file, and the sheet and cell."""
    edit, sentence = REFUSED[case]
    edit(workbook)
    with pytest.raises(FileError) as caught:
        read(workbook)
    assert sentence in str(caught.value)
    assert len(str(caught.value)) <= 320
