"""Tables that follow from the record are written anew, row by row, with what an advisor noted beside a row."""

import io
from datetime import date

import openpyxl
import pytest
from openpyxl.styles import Protection
from openpyxl.workbook.defined_name import DefinedName

from xl_amt.workbook.recalculation import recalculated
from xl_amt.workbook.rewriting.built import Built
from xl_amt.workbook.rewriting.derived_rows import write_derived_rows
from xl_amt.workbook.splice import Book, Edits

HEADERS = ("Done", "Day", "What is due")
FIRST = 7


def calendar(*entries):
    """A calendar as it is built: an input, a day and words a row, beside them the place among what is to be done.

    What happens by itself, such as a vesting, has no place.
    """
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "Calendar"
    closing = FIRST + len(entries)
    for column, header in enumerate((*HEADERS, "To do"), 1):
        sheet.cell(FIRST - 1, column, header)
    for row, (day, what) in enumerate(entries, FIRST):
        sheet.cell(row, 2, date(2026, 12, day))
        sheet.cell(row, 3, what)
        if "vest" not in what:
            sheet.cell(row, 4, f'=IF($A{row}="",MAX(D${FIRST - 1}:D{row - 1})+1,"")')
    for row in range(FIRST, closing + 1):
        sheet.cell(row, 1).protection = Protection(locked=False)
        sheet.row_dimensions[row].height = 6 if row == closing else 15
    for column, name in zip("ABCD", ("done", "day", "what", "order"), strict=True):
        workbook.defined_names[f"Due_{name}"] = DefinedName(
            f"Due_{name}", attr_text=f"Calendar!${column}${FIRST}:${column}${closing}"
        )
    workbook.defined_names["Calendar_table"] = DefinedName(
        "Calendar_table", attr_text=f"Calendar!$A${FIRST - 1}:$C${closing}"
    )
    return workbook


def in_a_file(workbook):
    """The workbook as a file."""
    target = io.BytesIO()
    workbook.save(target)
    return Book(target.getvalue(), "ana.xlsx")


def rewritten(book, before, after):
    """The file brought from one calendar to another, and calculated."""
    edits = Edits(book)
    assert write_derived_rows(edits, Built(before), Built(after)) == []
    edited = Book(edits.content(), book.name)
    values = Edits(edited)
    recalculated(edited).put_into(values)
    return Book(values.content(), book.name)


def rows_of(book):
    """Done, day of December, words and place of each row of the table, the blank ones too."""
    region = book.region("Due_done")
    rows = []
    for row in range(region.area.row, region.area.last_row):
        done, day, what, place = (book.value("Calendar", (row, column)) or None for column in (1, 2, 3, 4))
        rows.append((done, day and int(day) - 46_356, what, place))
    return rows


SHORT = [(1, "exercise"), (4, "10 shares vest"), (9, "tax is due")]
LONG = [(1, "exercise"), (2, "sell"), (3, "pay"), (4, "10 shares vest"), (5, "20 shares vest"), (9, "tax is due")]


def test_rows_are_written_in_their_order_and_notes_go_with_them():
    """A "yes" beside the tax stays beside the tax; a row has a place where the one that was built has one."""
    before, after = calendar(*SHORT), calendar(*LONG)
    book = in_a_file(before)
    edits = Edits(book)
    edits.set("Calendar", (FIRST + 2, 1), "yes")
    noted = Book(edits.content(), "ana.xlsx")
    longer = rewritten(noted, before, after)
    assert rows_of(longer) == [
        (None, 1, "exercise", 1),
        (None, 2, "sell", 2),
        (None, 3, "pay", 3),
        (None, 4, "10 shares vest", None),
        (None, 5, "20 shares vest", None),
        ("yes", 9, "tax is due", None),
    ]
    assert longer.region("Due_order").area.last_row == longer.region("Calendar_table").area.last_row == FIRST + 6
    assert longer.sheet("Calendar").rows[FIRST + 6].element.attributes["ht"] == "6"
    shorter = rewritten(longer, after, before)
    assert rows_of(shorter) == [
        (None, 1, "exercise", 1),
        (None, 4, "10 shares vest", None),
        ("yes", 9, "tax is due", None),
        *[(None, None, None, None)] * 3,
    ]
    assert [row for row in rows_of(rewritten(shorter, before, after)) if row[2]] == rows_of(longer)


def test_the_same_rows_leave_the_same_bytes():
    """Nothing is written."""
    before = calendar(*LONG)
    book = in_a_file(before)
    edits = Edits(book)
    write_derived_rows(edits, Built(before), Built(calendar(*LONG)))
    assert edits.content() == book.content


@pytest.mark.parametrize(("before", "missing"), [(True, []), (False, ["Calendar"])])
def test_a_sheet_that_an_advisor_deleted_stays_deleted(before, missing):
    """One that the record did not have before is missed."""
    blank = openpyxl.Workbook()
    book = in_a_file(blank)
    built = Built(calendar(*SHORT) if before else blank)
    assert write_derived_rows(Edits(book), built, Built(calendar(*LONG))) == missing
