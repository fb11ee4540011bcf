"""A table grows by rows like its last one; nothing else of the sheet moves."""

import io
import re

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from tests.workbook.packages import TABLES_AND_NAMES, changed
from xl_amt.errors import FileError
from xl_amt.workbook.recalculation import recalculated
from xl_amt.workbook.splice import Book, Edits
from xl_amt.workbook.splice.growing import append_rows, fill_formulas
from xl_amt.workbook.splice.table import find_table

SPREAD = 'IF(A{0}="","",C{0}*(E{0}-D{0}))'


def lots(change=None, *, hidden=False):
    """The sheet Lots with a closing row, a validation, a printed area, and a note beside the table."""
    workbook = openpyxl.load_workbook(TABLES_AND_NAMES)
    sheet = workbook["Lots"]
    sheet.delete_rows(15)
    sheet["F13"] = None
    sheet.row_dimensions[13].height = 6
    sheet.row_dimensions[12].hidden = hidden
    sheet["H13"] = "beside the table"
    sheet.print_area = "A1:F13"
    validation = DataValidation(type="whole", operator="greaterThan", formula1="0")
    validation.add("C5:C12")
    sheet.add_data_validation(validation)
    sheet.conditional_formatting.add("A5:F13", openpyxl.formatting.rule.FormulaRule(formula=['$A5=""']))
    del workbook["Grants"]
    if change:
        change(sheet)
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def grown(content, rows):
    """The file with rows added to its table."""
    book = Book(content, "lots.xlsx")
    edits = Edits(book)
    table = find_table(book, "Table_lots")
    append_rows(edits, table, rows)
    fill_formulas(edits, table)
    return Book(edits.content(), "lots.xlsx")


def rows_of(count):
    """Rows with a label, shares, a strike and a value."""
    return [{1: f"N-{number}", 3: 10 + number, 4: 1.5, 5: 21.5} for number in range(count)]


def test_spare_rows_come_first():
    """Two are there: they are filled, and nothing but the sheet's part changes."""
    book, after = Book(lots(hidden=True), "before"), grown(lots(hidden=True), rows_of(2))
    assert [after.value("Lots", (row, 1)) for row in (10, 11, 12, 13)] == ["L-6", "N-0", "N-1", None]
    assert [part for part in book.parts if book.parts[part] != after.parts[part]] == ["xl/worksheets/sheet1.xml"]
    assert after.region("Table_lots") == book.region("Table_lots")
    assert "hidden" not in after.sheet("Lots").rows[12].element.attributes


def test_then_rows_like_the_last_one():
    """With its formula and looks; the closing row, every name, rule and the printed area end behind them."""
    after = grown(lots(), rows_of(7))
    assert [after.value("Lots", (row, 1)) for row in range(11, 19)] == [*(f"N-{number}" for number in range(7)), None]
    assert [after.formula("Lots", (row, 6)) for row in range(11, 18)] == [SPREAD.format(row) for row in range(11, 18)]
    assert after.sheet("Lots").rows[18].element.attributes["ht"] == "6"
    assert "ht" not in after.sheet("Lots").rows[13].element.attributes
    assert after.value("Lots", (13, 8)) == "beside the table"
    texts = {name.name: name.text for name in after.names}
    assert texts["Table_lots"] == "Lots!$A$4:$F$18"
    assert {text for name, text in texts.items() if name.startswith("Lots_")} == {
        f"Lots!${column}$5:${column}$18" for column in "ABCDEF"
    }
    assert texts["Local_name"] == "Lots!$C$5:$C$18"
    assert texts["_xlnm.Print_Area"].replace("'", "") == "Lots!$A$1:$F$18"
    assert {rule.attributes["sqref"] for rule in after.sheet("Lots").rules} == {"C5:C17", "A5:F18"}


def test_what_refers_to_the_table_by_name_adds_the_new_rows_up():
    """The engine sums the shares of all; a reference that is spelled out stays as it is."""
    after = grown(lots(), rows_of(7))
    values = recalculated(after).values
    assert values["Summary", (1, 1)] == 2_100 + sum(10 + number for number in range(7))
    assert values["Summary", (3, 1)] == 2_100 + 10 + 11 + 12
    assert values["Lots", (17, 6)] == 16 * 20


def test_rows_that_a_person_inserted_get_their_formulas():
    """What was typed in their place stays."""

    def inserted(sheet):
        sheet["F7"] = None
        sheet["F8"] = 7

    after = grown(lots(inserted), [])
    assert after.formula("Lots", (7, 6)) == SPREAD.format(7)
    assert after.value("Lots", (8, 6)) == 7


def test_formulas_that_are_shared_are_spelled_out():
    """A row that is like one with a shared formula has a formula of its own."""
    content = lots()
    for row in range(5, 13):
        text = SPREAD.format(row).replace('"', '"').encode()
        shared = b'<f t="shared" ref="F5:F12" si="0">' + text + b"</f>" if row == 5 else b'<f t="shared" si="0"/>'
        content = changed(content, "xl/worksheets/sheet1.xml", (b"<f>" + text + b"</f>", shared))
    assert grown(content, rows_of(4)).formula("Lots", (14, 6)) == SPREAD.format(14)


def test_rules_of_later_versions_grow_too():
    """Those of x14 hold their areas as text; a sparkline stands in one cell and stays there."""
    rules = (
        b'<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"><x14:conditionalFormattings '
        b'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
        b'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:conditionalFormatting>'
        b"<xm:sqref>E5:E12 H1</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings>"
        b"<x14:sparkline><xm:sqref>F12</xm:sqref></x14:sparkline></ext></extLst></worksheet>"
    ).replace(b"<x14:sparkline>", b'<x14:sparkline xmlns:x14="a" xmlns:xm="b">')
    content = changed(lots(), "xl/worksheets/sheet1.xml", (b"</worksheet>", rules))
    assert re.findall(rb"<xm:sqref>(.*?)</xm:sqref>", grown(content, rows_of(4)).sheet("Lots").xml) == [
        b"E5:E14 H1", b"F12",
    ]  # fmt: skip


def _set(address, value):
    return lambda sheet: sheet.__setitem__(address, value)


REFUSED = [
    (
        _set("A13", "typed"),
        "sheet 'Lots': A13 is filled in the last row of the table, which must stay blank; insert a row",
    ),
    (_set("B15", "typed"), "sheet 'Lots': B15 is below the table, where nothing is read; insert a row in the"),
    (_set("C4", "Lot"), "sheet 'Lots': two columns of the table have the header 'Lot'; rename one of them"),
    (
        lambda sheet: sheet.merge_cells("A12:B12"),
        "sheet 'Lots': A12:B12 is merged where rows would be added; unmerge it",
    ),
    (
        lambda sheet: sheet.add_table(openpyxl.worksheet.table.Table(displayName="T", ref="A4:F12")),
        "sheet 'Lots': the sheet holds an Excel table, which does not grow with ours; convert it to a range",
    ),
    (
        _set("F12", openpyxl.worksheet.formula.ArrayFormula("F12", "=C12*2")),
        "sheet 'Lots': F12 holds an array formula where rows would be added",
    ),
]


@pytest.mark.parametrize(("change", "said"), REFUSED)
def test_what_cannot_grow_is_refused(change, said):
    """In one sentence with sheet and cell."""
    with pytest.raises(FileError, match=said):
        grown(lots(change), rows_of(4))


def test_a_table_whose_name_is_gone_is_none():
    """Or whose sheet was deleted."""
    book = Book(lots(), "lots.xlsx")
    assert find_table(book, "Nothing") is None
    content = changed(book.content, "xl/workbook.xml", (b"Lots!$A$4:$F$13", b"#REF!"))
    assert find_table(Book(content, "lots.xlsx"), "Table_lots") is None
