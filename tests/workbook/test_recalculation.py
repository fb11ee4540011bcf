"""A workbook that anybody edited is calculated again; what cannot be, here, keeps its value and is named."""

import io
import re

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName

from tests.workbook.packages import EVERY, EXCEL_SHAPES, KITCHEN_SINK, TABLES_AND_NAMES, changed, opened
from xl_amt.workbook.conversion import converted
from xl_amt.workbook.precedents import resting_on
from xl_amt.workbook.recalculation import NOTES, name_of, recalculated, sentences
from xl_amt.workbook.splice import Book, Edits
from xl_amt.workbook.splice.cell_bytes import ErrorValue
from xl_amt.workbook.splice.excel_tables import excel_tables
from xl_amt.worksheet import call

ROOM = call("AMT_ROOM", 200, "single", 2026)


def sheet_of(cells, names=()):
    """A workbook with cells by address; each formula has the value 41 as it was calculated last."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "Own"
    for address, value in cells.items():
        sheet[address] = value
    for name, where in names:
        workbook.defined_names[name] = DefinedName(name, attr_text=where)
    target = io.BytesIO()
    workbook.save(target)
    part = "xl/worksheets/sheet1.xml"
    xml = Book(target.getvalue(), "own.xlsx").parts[part]
    with_values = re.sub(rb"<v></v>|<v ?/>", b"<v>41</v>", xml)
    return Book(changed(target.getvalue(), part, (xml, with_values)), "own.xlsx")


def named(cells):
    """Cells as sentences name them."""
    return [name_of(cell) for cell in cells]


def test_a_workbook_as_excel_saves_it():
    """Functions under an add-in's names, shared and spilled formulas, a text with a blank at its end."""
    result = recalculated(opened(EXCEL_SHAPES))
    assert not result.kept
    assert {result.values["Lots", (14, column)] for column in (2, 3, 4)} == {ROOM}
    assert [result.values["Lots", (row, 4)] for row in range(2, 13)] == [150.0 * row for row in range(2, 13)]
    assert [result.values["Lots", (row, 5)] for row in (14, 15, 16)] == [1_000, 1_100, 1_200]
    assert result.values["Lots", (16, 6)] == ROOM


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_only_values_change(path):
    """Every formula, look and other byte stays; a second time nothing changes at all but what the clock says."""
    book = opened(path)
    edits = Edits(book)
    recalculated(book).put_into(edits)
    after = Book(edits.content(), path.name)
    for title in (sheet.title for sheet in book.sheets()):
        before, now = book.sheet(title), after.sheet(title)
        assert [cell.place for cell in before.cells()] == [cell.place for cell in now.cells()]
        for old, new in zip(before.cells(), now.cells(), strict=True):
            assert before.formula(old) == now.formula(new)
            assert old.element.attributes.get("s") == new.element.attributes.get("s")
            assert old.element.attributes.get("cm") == new.element.attributes.get("cm")
    again = recalculated(after).values
    moving = {("Lots", (15, 8))} if "excel_shapes" in path.name else set()  # NOW()
    assert {cell for cell, value in again.items() if after.value(*cell) != value} <= moving


def test_what_the_engine_does_not_know_keeps_its_value():
    """LAMBDA, and an array that the file says is smaller than it would be; a legacy array is calculated."""
    book = opened(KITCHEN_SINK)
    result = recalculated(book)
    assert {"Summary!C3", "Summary!D3", "Summary!F5"} <= set(named(result.kept))
    assert [result.values["Summary", (row, 5)] for row in (3, 4, 5)] == [200, 400, 600]
    edits = Edits(book)
    result.put_into(edits)
    after = Book(edits.content(), "after")
    assert all(after.value(*cell) == book.value(*cell) for cell in result.kept)


def test_excel_tables_are_summed():
    """By Table[Column]; a row of totals is no row of the table, and what a table's own formulas say is not known."""
    book = opened(TABLES_AND_NAMES)
    result = recalculated(book)
    assert [result.values["Summary", (row, 1)] for row in (1, 2, 3)] == [2_100, 2_100, 2_100]
    assert "Grants!F5" in named(result.kept)
    kitchen = recalculated(opened(KITCHEN_SINK))
    assert kitchen.values["Grants", (13, 3)] == 15_000
    assert [(table.name, str(table.region)) for table in excel_tables(opened(KITCHEN_SINK))] == [
        ("GrantTable", "Grants!B3:F8"),
    ]


CELLS = {
    "A1": 3,
    "B1": "=_xlfn.LAMBDA(_xlpm.x,_xlpm.x+1)(A1)",
    "B2": "=B1*2",
    "B3": "=SUM(B1:B2)+A1",
    "B4": "=Kept+1",
    "B5": "=A1*2",
    "B6": "=IFERROR(FIRM_FUNCTION(A1),5)",
    "B7": "=B6+1",
    "B8": "=1/0",
    "B9": "=SUM(Own:Own!A1)",
    "B10": "=B11",
    "B11": "=B10",
    "B12": '=AMT_ROOM(B1,"single",2026)',
    "B13": '=AMT_ROOM(A1,"none",2026)',
    "B14": "='[2]Other'!A1+1",
}


def test_what_rests_on_it_is_calculated_on_top_and_named():
    """By reference or name, through others too; an error that is an answer is written as one."""
    book = sheet_of(CELLS, [("Kept", "Own!$B$1")])
    result = recalculated(book)
    kept = {"Own!B1", "Own!B6", "Own!B9", "Own!B14"}
    assert kept <= set(named(result.kept)) <= kept | {"Own!B10", "Own!B11"}
    assert set(named(result.resting)) >= {"Own!B2", "Own!B3", "Own!B4", "Own!B7", "Own!B12"}
    assert not {"Own!B5", "Own!B8", "Own!B13"} & set(named((*result.kept, *result.resting)))
    values = {name_of(cell): value for cell, value in result.values.items()}
    assert (values["Own!B2"], values["Own!B3"], values["Own!B4"], values["Own!B7"]) == (82, 126, 42, 42)
    assert values["Own!B5"] == 6
    assert values["Own!B12"] == call("AMT_ROOM", 41, "single", 2026)
    assert (values["Own!B8"], values["Own!B13"]) == (ErrorValue("#DIV/0!"), ErrorValue("#VALUE!"))
    assert isinstance(values["Own!B8"], ErrorValue)


def test_the_sentences_stand_in_the_workbook():
    """In the cells that it has for them, on which its checks rest; the last one says how many more there are."""
    names = [("Kept", "Own!$B$1"), (NOTES, "Own!$D$1:$D$3")]
    book = sheet_of(CELLS | {"E1": f"=COUNTA({NOTES})"}, names)
    result = recalculated(book)
    edits = Edits(book)
    result.put_into(edits)
    after = Book(edits.content(), "after")
    said = sentences(book, result)
    assert said[0] == "Own!B1 keeps its previous value (=_xlfn.LAMBDA(_xlpm.x,_xlpm.x+1)(A1))."
    assert "Own!B2 depends on a cell that keeps its value." in said
    assert [after.value("Own", (row, 4)) for row in (1, 2, 3)] == [
        *said[:2],
        f"And {len(said) - 2} more: xl-amt recalc lists them.",
    ]
    assert after.value("Own", (1, 5)) == 3
    fixed = Edits(after)
    for row in (1, 6, 9, 14):
        fixed.sheet("Own").cells[row, 2] = b'<c r="B%d"><v>1</v></c>' % row
    fixed.sheet("Own").cells[10, 2] = b'<c r="B10"><v>1</v></c>'
    clean = Book(fixed.content(), "fixed")
    edits = Edits(clean)
    recalculated(clean).put_into(edits)
    assert [Book(edits.content(), "x").value("Own", (row, 4)) for row in (1, 2, 3)] == [None, None, None]
    assert Book(edits.content(), "x").value("Own", (1, 5)) == 0


def test_precedents_know_sheets_columns_and_names():
    """A reference into another sheet, a whole column, and a name are seen; a text is none."""
    book = opened(KITCHEN_SINK)
    formulas = {
        ("Summary", (1, 1)): "SUM(Lots!F2:F21)",
        ("Summary", (2, 1)): "SUM(Spread)",
        ("Summary", (3, 1)): "SUM(Lots!F:F)",
        ("Summary", (4, 1)): 'A1&"Lots!F2"',
        ("Summary", (5, 1)): '"Lots!F2"',
        ("Lots", (9, 9)): "$F$2",
    }
    resting = resting_on([("Lots", (2, 6))], book.regions, formulas)
    assert resting == [cell for cell, formula in formulas.items() if formula != '"Lots!F2"']


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_conversion_leaves_plain_names(path):
    """Of an add-in, and of LibreOffice, which saves functions in lower case; the add-in's link goes."""
    book = opened(path)
    cells, content = converted(book)
    after = Book(content, path.name)
    if "excel_shapes" not in path.name:
        assert not cells
        return
    assert {"Lots!B14", "Lots!C14", "Lots!D14"} <= set(named(cells))
    formulas = [after.formula("Lots", (14, column)) for column in (2, 3, 4)]
    assert {formula.replace(" ", "") for formula in formulas} == {'AMT_ROOM(B2,"single",2026)'}
    assert not [part for part in after.parts if part.startswith("xl/externalLinks/")]
    assert b"xternal" not in after.parts["[Content_Types].xml"] + after.parts["xl/workbook.xml"]
    assert converted(after) == ([], content)
    assert {value for cell, value in recalculated(after).values.items() if cell[1][0] == 14 and cell[1][1] < 5} >= {
        ROOM
    }


def test_a_link_that_is_needed_stays():
    """Only one that no formula mentions any more is taken out."""
    content = changed(EXCEL_SHAPES.read_bytes(), "xl/worksheets/sheet1.xml", (b"<f>NOW()</f>", b"<f>[1]Sheet1!A1</f>"))
    cells, after = converted(Book(content, "linked.xlsx"))
    assert len(cells) == 3
    assert "xl/externalLinks/externalLink1.xml" in Book(after, "x").parts
