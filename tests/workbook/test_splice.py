"""A workbook of anybody's is edited at its bytes: what is not edited stays as it is."""

import io
import re
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles.numbers import is_date_format

from tests.workbook.packages import EVERY, EXCEL_SHAPES, KITCHEN_SINK, SAVED_BY_LIBREOFFICE, changed, opened
from xl_amt.errors import ArgumentError, FileError
from xl_amt.package import LAST_ROW
from xl_amt.reading.words import NOT_IN_A_CELL
from xl_amt.workbook.splice import Book, Edits, open_book
from xl_amt.workbook.splice.areas import address
from xl_amt.workbook.splice.cell_bytes import ErrorValue, plain_text, serial

SHEET = "xl/worksheets/sheet1.xml"


def entries(content):
    """What the zip file says of each part: its name, date, compression and marks."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [
            (item.filename, item.date_time, item.compress_type, item.external_attr, item.create_system)
            for item in archive.infolist()
        ]


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_no_edit_gives_the_same_bytes(path):
    """Nothing is edited, or a cell gets the value that it has."""
    book = opened(path)
    edits = Edits(book)
    assert edits.content() == book.content
    for sheet in book.sheets():
        for cell in sheet.cells():
            if cell.formula is None and not sheet.array_over(cell.place):
                edits.set(sheet.title, cell.place, book.value(sheet.title, cell.place))
    assert edits.content() == book.content


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_every_other_byte_stays(path):
    """Twenty cells are edited: 50 of 51 parts stay, and in the sheet's part whatever is no edited cell."""
    book = opened(path)
    title = next(iter(book.titles))
    sheet = book.sheet(title)
    free = [cell for cell in sheet.cells() if cell.formula is None and not sheet.array_over(cell.place)][:20]
    edits = Edits(book)
    for number, cell in enumerate(free):
        edits.set(title, cell.place, 1_000.5 + number)
    content = edits.content()
    assert entries(content) == entries(book.content)
    after = Book(content, path.name)
    assert [part for part in book.parts if book.parts[part] != after.parts[part]] == [sheet.part]
    assert [after.value(title, cell.place) for cell in free] == [1_000.5 + number for number in range(len(free))]
    without = [
        re.sub(rb"<c\b[^>]*?(/>|>.*?</c>)", b"", xml, flags=re.DOTALL) for xml in (sheet.xml, after.sheet(title).xml)
    ]
    assert without[0] == without[1]
    kept = {cell.place: sheet.xml[cell.element.start : cell.element.end] for cell in sheet.cells() if cell not in free}
    again = {cell.place: cell.element for cell in after.sheet(title).cells()}
    assert kept == {place: after.parts[sheet.part][again[place].start : again[place].end] for place in kept}


def test_what_openpyxl_reads_is_what_was_written():
    """Texts with blanks, breaks and signs of the file's own, numbers, days, truth values, and a blank."""
    values = {
        (2, 1): " two  blanks ",
        (3, 1): "a line\nand another",
        (4, 1): "_x000D_ is text",
        (5, 1): "<&>\"'",
        (6, 1): "=no formula",
        (2, 3): 0.1 + 0.2,
        (3, 3): 12_345_678_901,
        (4, 3): True,
        (5, 3): None,
        (2, 2): date(2026, 11, 27),
        (40, 30): "beyond the sheet's extent",
        (20, 8): -1,
    }
    book = opened(KITCHEN_SINK)
    edits = Edits(book)
    for place, value in values.items():
        edits.set("Lots", place, value)
    content = edits.content()
    read = openpyxl.load_workbook(io.BytesIO(content))["Lots"]
    for (row, column), value in values.items():
        found = read.cell(row, column).value
        shown = found.date() if isinstance(value, date) else found
        assert (plain_text(shown) if isinstance(value, str) else shown) == value
    assert Book(content, "file").sheet("Lots").dimension.attributes["ref"] == "A1:AD40"
    assert read["C5"].number_format == openpyxl.load_workbook(KITCHEN_SINK)["Lots"]["C5"].number_format


TEXTS = st.text(st.characters(codec="utf-8"), max_size=40).filter(lambda text: not NOT_IN_A_CELL.search(text))
VALUES = st.one_of(
    TEXTS.filter(bool), st.booleans(), st.integers(-(10**15), 10**15), st.floats(allow_nan=False, allow_infinity=False)
)


@settings(max_examples=40)
@given(
    path=st.sampled_from(EVERY),
    values=st.dictionaries(st.tuples(st.integers(17, 40), st.integers(1, 40)), VALUES, min_size=1, max_size=12),
)
def test_whatever_is_written_is_read_back(path, values):
    """By the same reader, and by openpyxl: in old cells and new ones, in old rows and new ones."""
    book = opened(path)
    title = next(iter(book.titles))
    edits = Edits(book)
    sheet = book.sheet(title)
    free = {
        place: value
        for place, value in values.items()
        if sheet.array_over(place) is None and ((cell := sheet.cell(place)) is None or cell.formula is None)
    }
    for place, value in free.items():
        edits.set(title, place, value)
    after = Book(edits.content(), path.name)
    for place, value in free.items():
        assert after.value(title, place) == value
    read = openpyxl.load_workbook(io.BytesIO(after.content))[title]
    for place, value in free.items():
        found = read.cell(*place).value
        if isinstance(value, str):
            # openpyxl leaves the file's signs for what XML cannot hold as they are in a cell's own text
            assert plain_text(found or "").replace("\r\n", "\n") == value.replace("\r\n", "\n")
        elif not is_date_format(read.cell(*place).number_format):  # whose number is a day by the look of its column
            assert found == value


def test_forms_that_others_write_are_kept():
    """A prefix, single quotes, a cell without an address, comments, CDATA, and > in a value."""
    xml = (
        b"<?xml version='1.0'?><x:worksheet xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
        b"<x:sheetData><x:row r='1'><!-- <x:c r='A1'/> --><x:c t='str'><x:f><![CDATA[\"<\"&\"b\"]]></x:f>"
        b"<x:v>&lt;b</x:v></x:c><x:c r='B1' s='1' q='a>b'><x:v>1</x:v></x:c></x:row><x:row r='3'/></x:sheetData>"
        b"</x:worksheet>"
    )
    source = opened(EXCEL_SHAPES)
    content = changed(source.content, SHEET, (source.parts[SHEET], xml))
    book = Book(content, "prefixed.xlsx")
    assert book.formula("Lots", (1, 1)) == '"<"&"b"'
    edits = Edits(book)
    edits.set("Lots", (1, 2), "x")
    edits.set("Lots", (3, 1), 2)
    edits.set("Lots", (2, 1), 3)
    edits.result("Lots", (1, 1), "<b ")
    assert edits.parts()[SHEET] == (
        xml.replace(b"<x:v>&lt;b</x:v>", b'<x:v xml:space="preserve">&lt;b </x:v>')
        .replace(b"<x:c t='str'>", b'<x:c t="str">')
        .replace(
            b"<x:c r='B1' s='1' q='a>b'><x:v>1</x:v>",
            b"<x:c r='B1' s='1' q='a>b' t=\"inlineStr\"><x:is><x:t>x</x:t></x:is>",
        )
        .replace(
            b"<x:row r='3'/>",
            b'<x:row r="2"><x:c r="A2"><x:v>3</x:v></x:c></x:row><x:row r=\'3\'><x:c r="A3"><x:v>2</x:v></x:c></x:row>',
        )
    )


def test_days_are_counted_as_the_file_counts_them():
    """From 1904 on, where the file says so."""
    source = opened(EXCEL_SHAPES)
    content = changed(source.content, "xl/workbook.xml", (b"<workbookPr ", b'<workbookPr date1904="1" '))
    for book, day in ((source, 46_024), (Book(content, "mac.xlsx"), 44_562)):
        edits = Edits(book)
        edits.set("Lots", (20, 1), date(2026, 1, 2))
        assert (
            Book(edits.content(), "new").value("Lots", (20, 1))
            == day
            == serial(date(2026, 1, 2), from_1904=book.from_1904)
        )


REFUSED_CELLS = [
    (EXCEL_SHAPES, "Lots", (3, 4), 1, "excel_shapes.xlsx, Lots!D3: it holds a formula, which is kept"),
    (EXCEL_SHAPES, "Lots", (15, 5), 1, r"Lots!E15: it is filled by the array formula in E14; change that formula"),
    (KITCHEN_SINK, "Summary", (5, 5), 1, r"Summary!E5: it is filled by the array formula in E3"),
    (KITCHEN_SINK, "Summary", (1, 3), 1, r"Summary!C1: it is hidden in the merged cells A1:F1; unmerge them"),
    (KITCHEN_SINK, "Chart page", (1, 1), 1, "the sheet 'Chart page' holds a chart and no cells"),
    (KITCHEN_SINK, "Nowhere", (1, 1), 1, "it has no sheet 'Nowhere'; its sheets are Lots, Summary, Grants"),
    (KITCHEN_SINK, "Lots", (LAST_ROW + 1, 1), 1, "no sheet has row 1048577, column 1"),
    (KITCHEN_SINK, "Lots", (30, 1), float("nan"), "Lots!A30: nan is not a number that a cell can hold"),
    (KITCHEN_SINK, "Lots", (30, 1), float("-inf"), "Lots!A30: -inf is not a number"),
    (KITCHEN_SINK, "Lots", (30, 1), "a\0b", r"Lots!A30: 'a\?b' holds a control character"),
    (KITCHEN_SINK, "Lots", (30, 1), "x" * 32_768, "Lots!A30: 'x{40}…' has 32,768 characters"),
]


@pytest.mark.parametrize(("path", "sheet", "place", "value", "said"), REFUSED_CELLS)
def test_a_cell_that_cannot_be_written_is_refused(path, sheet, place, value, said):
    """In one sentence with sheet and cell."""
    with pytest.raises((FileError, ArgumentError), match=said):
        Edits(opened(path)).set(sheet, place, value)


_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REFUSED_FILES = [
    ("xl/workbook.xml", (_MAIN, b"http://purl.oclc.org/ooxml/spreadsheetml/main"), "is a Strict Open XML workbook"),
    (SHEET, (b"<worksheet ", b"<!DOCTYPE a><worksheet "), "declares XML entities"),
    (SHEET, (b'encoding="UTF-8"', b'encoding="ISO-8859-1"'), "sheet 'Lots': it is written in ISO-8859-1, not in UTF-8"),
    (SHEET, (b"</sheetData>", b"</sheetdata>"), "sheet 'Lots': it is not well-formed"),
    (SHEET, (b'<row r="3" ', b'<row r="2" '), "is damaged or not an Excel workbook"),
    (SHEET, (b'<row r="3" ', b'<row r="13" '), "is damaged or not an Excel workbook"),
    (SHEET, (b'<c r="B3" ', b'<c r="A3" '), "sheet 'Lots': A3 is doubled or out of order in row 3"),
    (SHEET, (b'<c r="B3" ', b'<c r="B4" '), "sheet 'Lots': B4 is doubled or out of order in row 3"),
]


@pytest.mark.parametrize(("part", "replacement", "said"), REFUSED_FILES)
def test_a_file_that_cannot_be_edited_is_refused(part, replacement, said):
    """In one sentence, before anything is written."""
    content = changed(EXCEL_SHAPES.read_bytes(), part, replacement)
    with pytest.raises(FileError, match=said):
        list(Book(content, "lots.xlsx").sheets())


def test_utf_16_is_refused():
    """Offsets are of UTF-8."""
    source = opened(EXCEL_SHAPES)
    xml = source.parts[SHEET].replace(b'encoding="UTF-8"', b'encoding="UTF-16"').decode().encode("utf-16")
    content = changed(source.content, SHEET, (source.parts[SHEET], xml))
    with pytest.raises(FileError, match="it is written in UTF-16, not in UTF-8; open it in Excel"):
        Book(content, "lots.xlsx").sheet("Lots")


@pytest.mark.parametrize("mark", ["~$lots.xlsx", ".~lock.lots.xlsx#"])
def test_a_file_that_is_open_elsewhere_is_refused(tmp_path, mark):
    """By Excel or by LibreOffice, each of which says so in a file beside it."""
    path = tmp_path / "lots.xlsx"
    path.write_bytes(EXCEL_SHAPES.read_bytes())
    (tmp_path / mark).write_text("")
    with pytest.raises(FileError, match="it is open in a spreadsheet program"):
        open_book(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le"), "is password-protected"),
        (b"Grant,Shares\n", "is not an Excel workbook"),
    ],
)
def test_what_is_no_workbook_is_refused(content, said):
    """As the one guard says it."""
    with pytest.raises(FileError, match=said):
        Book(content, "lots.xlsx")


def test_a_new_formula_takes_the_calculation_chain_out():
    """Excel makes it anew; one that leaves a formula out is an error to it."""
    book = opened(EXCEL_SHAPES)
    edits = Edits(book)
    edits.new_formula("Lots", (20, 2), 'SUM(Lot_shares)&"<"', None)
    after = Book(edits.content(), "new")
    assert set(book.parts) - set(after.parts) == {"xl/calcChain.xml"}
    assert b"calcChain" not in after.parts["xl/_rels/workbook.xml.rels"] + after.parts["[Content_Types].xml"]
    assert after.formula("Lots", (20, 2)) == 'SUM(Lot_shares)&"<"'
    assert {part for part in after.parts if book.parts[part] != after.parts[part]} == {
        SHEET, "xl/_rels/workbook.xml.rels", "[Content_Types].xml",
    }  # fmt: skip


def test_the_version_that_calculated_is_put_back():
    """LibreOffice drops it, and Excel then calculates all on opening; one that says so already keeps its bytes."""
    marked = Edits(opened(EXCEL_SHAPES))
    marked.mark_calculated()
    assert marked.content() == EXCEL_SHAPES.read_bytes()
    for path in (*SAVED_BY_LIBREOFFICE, KITCHEN_SINK):
        edits = Edits(opened(path))
        edits.mark_calculated()
        workbook = edits.parts()["xl/workbook.xml"].decode()
        assert 'calcId="191029"' in workbook
        assert "fullCalcOnLoad" not in workbook
    content = changed(EXCEL_SHAPES.read_bytes(), "xl/workbook.xml", (b'<calcPr calcId="191029"/>', b""))
    edits = Edits(Book(content, "lots.xlsx"))
    edits.mark_calculated()
    assert (
        edits.content() == EXCEL_SHAPES.read_bytes() or b'<calcPr calcId="191029"/>' in edits.parts()["xl/workbook.xml"]
    )


def test_a_formula_may_be_replaced_twice_alike():
    """A cell may be met by two names; the bytes around the formula stay."""
    book = opened(EXCEL_SHAPES)
    edits = Edits(book)
    cell = book.sheet("Lots").cell((14, 8))
    for _ in range(2):
        edits.formula("Lots", cell, '"b "&A2')
    assert edits.parts()[SHEET] == book.parts[SHEET].replace(b'"a "&amp;A2', b'"b "&amp;A2')


@pytest.mark.parametrize("value", [ErrorValue("#N/A"), True, "text ", 5, -0.25])
def test_a_result_keeps_the_formula(value):
    """Its bytes, and the look; only the value and its type change."""
    book = opened(EXCEL_SHAPES)
    edits = Edits(book)
    edits.result("Lots", (2, 4), value)
    after = Book(edits.content(), "new")
    assert after.value("Lots", (2, 4)) == value
    formula = b'<f t="shared" ref="D2:D12" si="0">B2*C2</f>'
    assert formula in after.parts[SHEET]
    assert after.formula("Lots", (5, 4)) == "B5*C5"


def test_a_sheet_without_rows_takes_cells():
    """The element for its rows may be written as one tag."""
    source = opened(EXCEL_SHAPES)
    xml = re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData/>", source.parts[SHEET], flags=re.DOTALL)
    book = Book(changed(source.content, SHEET, (source.parts[SHEET], xml)), "empty.xlsx")
    edits = Edits(book)
    edits.set("Lots", (7, 2), "first")
    assert b'<sheetData><row r="7"><c r="B7" t="inlineStr">' in edits.parts()[SHEET]
    assert Book(edits.content(), "new").value("lots", (7, 2)) == "first"
    assert address(7, 2) == "B7"
