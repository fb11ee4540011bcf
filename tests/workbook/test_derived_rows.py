"""Tables that follow from the record are written anew, row by row, with what an advisor noted beside a row."""

import io
from datetime import date

import openpyxl
import pytest
from openpyxl.styles import Protection
from openpyxl.workbook.defined_name import DefinedName

from tests.workbook.packages import changed
from xl_amt.errors import FileError
from xl_amt.workbook.recalculation import recalculated
from xl_amt.workbook.rewriting.built import Built
from xl_amt.workbook.rewriting.derived_rows import write_derived_rows
from xl_amt.workbook.splice import Book, Edits

HEADERS = ("Done", "Day", "What is due")
FIRST = 7


def calendar(*entries):
    """A calendar as it is built: an input, a day and words a row, beside them the place among what is to be done.

    What happens by itself, such as a vesting, has no place; a note has a word in its place, and a payment a formula of
    another kind.
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
        place = f"MAX(D${FIRST - 1}:D{row - 1})+1"
        place = f"1*({place})" if "pay" in what else place
        if "vest" not in what:
            sheet.cell(row, 4, "look" if "note" in what else f'=IF($A{row}="",{place},"")')
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


def test_what_an_advisor_wrote_beside_a_row_goes_with_it():
    """In columns of their own right beside the table; beyond a blank column nothing moves, nor a column of formulas."""
    before, after = calendar(*SHORT), calendar(*LONG[1:])
    mine = {"E7": "ask Ana", "E9": "by wire", "F6": "Days", "F9": "=B9-1", "H9": "of the sheet"}
    for address, text in mine.items():
        before["Calendar"][address] = text
    longer = rewritten(in_a_file(before), before, after)
    beside = {
        what: longer.value("Calendar", (row, 5)) for row, (*_, what, _) in enumerate(rows_of(longer), FIRST) if what
    }
    assert beside == dict.fromkeys(what for _, what in LONG[1:-1]) | {"tax is due": "by wire"}
    assert longer.value("Calendar", (FIRST + 5, 5)) == "ask Ana"  # of a row that is gone, behind the others
    assert longer.formula("Calendar", (9, 6)) == "B9-1"
    assert longer.value("Calendar", (9, 8)) == "of the sheet"
    assert rows_of(longer)[5] == (None, None, None, None)


def test_notes_beneath_are_not_written_over():
    """Where the table grows to with the notes beside it."""
    before, after = calendar(*SHORT), calendar(*LONG)
    for row in (FIRST, FIRST + 2, FIRST + 5):
        before["Calendar"].cell(row, 5).value = "mine"
    with pytest.raises(FileError, match=r"sheet 'Calendar': E12 is filled, and the table with its notes"):
        rewritten(in_a_file(before), before, after)


def test_each_row_has_the_formula_of_its_kind():
    """Also where rows of other kinds stood before, and in rows that are added; a word stands in the place of one."""
    mixed = [(1, "pay"), (2, "exercise"), (3, "note"), (5, "pay"), (6, "note"), (9, "tax is due"), (11, "pay")]
    before, after = calendar(*SHORT), calendar(*mixed)
    longer = rewritten(in_a_file(before), before, after)
    built = in_a_file(after)
    for row in range(FIRST, FIRST + len(mixed)):
        assert longer.formula("Calendar", (row, 4)) == built.formula("Calendar", (row, 4))
    assert [row[3] for row in rows_of(longer)] == [1, 2, "look", 3, "look", 4, 5]
    shorter = rewritten(longer, after, before)
    assert [row[3] for row in rows_of(shorter)] == [1, None, 2, None, None, None, None]


def test_a_formula_that_others_share_is_spelled_out_for_them():
    """Where the first of them gives way to a formula of another kind."""
    before = calendar(*((day, "exercise") for day in (1, 2, 3)))
    book = in_a_file(before)
    content = book.content
    for row in range(FIRST, FIRST + 3):
        text = f'IF($A{row}="",MAX(D${FIRST - 1}:D{row - 1})+1,"")'.encode()
        shared = b'<f t="shared" ref="D7:D9" si="0">' + text + b"</f>" if row == FIRST else b'<f t="shared" si="0"/>'
        content = changed(content, "xl/worksheets/sheet1.xml", (b"<f>" + text + b"</f>", shared))
    after = calendar((1, "pay"), (2, "exercise"), (3, "exercise"))
    written = rewritten(Book(content, "ana.xlsx"), before, after)
    assert [written.formula("Calendar", (row, 4))[:14] for row in range(FIRST, FIRST + 3)] == [
        'IF($A7="",1*(M', 'IF($A8="",MAX(', 'IF($A9="",MAX(',
    ]  # fmt: skip
    assert [row[3] for row in rows_of(written)] == [1, 2, 3]


def test_columns_that_were_moved_are_refused_where_formulas_name_them():
    """A formula of another kind names the columns of a new workbook."""
    before, after = calendar(*SHORT), calendar((1, "pay"), (2, "exercise"))
    moved = calendar(*SHORT)
    moved["Calendar"].cell(FIRST - 1, 1).value, moved["Calendar"].cell(FIRST - 1, 2).value = "Day", "Done"
    with pytest.raises(FileError, match=r"ana\.xlsx, sheet 'Calendar': columns of the table, whose rows"):
        write_derived_rows(Edits(in_a_file(moved)), Built(before), Built(after))


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
