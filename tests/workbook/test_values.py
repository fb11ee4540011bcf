"""Every formula has its value in the file, the very one that the functions give."""

import io
import re
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import to_excel

from tests.workbook.clients import ANA, ANSWERED, CLIENTS, client
from tests.workbook.filled import values_of
from xl_amt.errors import FileError
from xl_amt.jobs.workbook_contents import book_of
from xl_amt.workbook import build_workbook
from xl_amt.workbook.evaluation_copy import evaluation_copy, formulas_of_sheet, with_plain_names
from xl_amt.workbook.package import parts_of, read_parts, sheet_parts
from xl_amt.workbook.values import evaluate, fill_values
from xl_amt.worksheet import call


def formula_cells(workbook):
    """Every cell with a formula."""
    return [cell for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_every_formula_has_a_value_and_none_is_an_error(formulas, values):
    """A reader without any spreadsheet program finds a value in every formula cell."""
    cells = formula_cells(formulas)
    assert len(cells) > 700
    for cell in cells:
        read = values[cell.parent.title][cell.coordinate]
        assert read.data_type in {"n", "s", "str", "d"}, cell  # neither an error value nor a truth value
        assert read.value is not None or read.data_type == "str", cell  # openpyxl reads an empty text as None


def test_values_in_the_file_are_those_calculated_again(client, values):
    """Reading the file back gives what evaluating its formulas gives."""
    again = evaluate(parts_of(build_workbook(book_of(client))))
    for (sheet, address), value in again.items():
        cell = values[sheet][address]
        read = to_excel(cell.value) if cell.data_type == "d" else cell.value
        if cell.hyperlink and not value:  # openpyxl reads an empty text with a link as where that leads
            assert read == cell.hyperlink.location
            continue
        assert (read or "") == (value or ""), (sheet, address)


@pytest.mark.parametrize("client_name", ANSWERED, indirect=True)
def test_figures_are_those_of_the_functions(client, values):
    """The room, the regular tax and the AMT on the sheet are what the functions answer from Python."""
    (own,) = client.years
    facts = own.facts
    labelled = (*((list(facts), list(facts.values())) if facts else (None, None)), client.client.jurisdiction)
    household = (own.income, own.status, own.year)
    room, regular = (values_of(values, name)[0] for name in ("Room_dollars", "Regular_tax"))
    assert room == pytest.approx(call("AMT_ROOM", *household, *labelled), abs=1e-9)
    assert regular == pytest.approx(call("AMT_REGULAR_TAX", *household, *labelled))
    for spread, amt in zip(*(values_of(values, f"Room_beyond_{name}") for name in ("spread", "AMT")), strict=True):
        assert amt == pytest.approx(call("AMT_OWED", *household, spread, *labelled))


@pytest.mark.parametrize("name", CLIENTS)
def test_filling_changes_nothing_but_values(name):
    """With the values taken out again, every part of the file is as openpyxl wrote it."""
    empty = parts_of(build_workbook(book_of(CLIENTS[name])))
    filled = fill_values(empty)
    assert list(filled) == list(empty)
    for part, content in filled.items():
        without = re.sub(rb"( t=\"str\")?><f>([^<]*)</f><v>[^<]*</v>", rb"><f>\2</f><v></v>", content)
        assert without == empty[part], part


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("=AMT_ROMO(1)", r"^About!Z99 \(=AMT_ROMO\(1\)\) gives #NAME\?: correct its formula\.$"),
        ("=1/0", r"^About!Z99 \(=1/0\) gives #DIV/0!: correct its formula\.$"),
        ("=Z99", r"^About!Z99 \(=Z99\) gives no value: correct its formula\.$"),
        ('=AMT_ROOM(1,"x",2026)', r"gives #VALUE!: status: 'x' is not a filing status"),
        ('=AMT_ROOM(1,"single",1999)', "gives #N/A: year: 1999 is before 2018"),
    ],
)
def test_a_formula_without_a_value_is_named(formula, said):
    """The first formula that gives no value stops the build, in one sentence with the cell and the reason."""
    workbook = build_workbook()
    workbook["About"]["Z99"] = formula
    with pytest.raises(FileError, match=said):
        fill_values(parts_of(workbook))


def test_facts_that_cannot_be_answered_stop_the_build():
    """A fact that the functions refuse is told in their own words, at the first cell that asks."""
    workbook = build_workbook(book_of(client(status="single", wages=-1.0)))
    said = r"^Plan!\w+ \(=IF.*AMT_REGULAR_TAX.*\) gives #VALUE!: income: -1 is negative; enter zero or more\.$"
    with pytest.raises(FileError, match=said):
        fill_values(parts_of(workbook))


def test_text_with_special_characters_survives():
    """A value with &, < and > in it is read back as it is."""
    workbook = build_workbook(book_of(ANA))
    workbook["Client"]["D6"] = "A & B <C>"
    parts = fill_values(parts_of(workbook))
    sheet = parts[sheet_parts(parts)["Client"]].decode()
    assert "<v>A &amp; B &lt;C&gt; · tax year 2026</v>" in sheet


def test_readers_without_openpyxl_find_the_parts(package):
    """The file is a zip with the parts that every workbook has."""
    parts = read_parts(package)
    assert {"[Content_Types].xml", "xl/workbook.xml", "xl/styles.xml"} <= parts.keys()
    assert "Client" in openpyxl.load_workbook(io.BytesIO(package)).sheetnames


EXCEL_SHAPES = Path(__file__).with_name("excel_shapes.xlsx")
ROOM = 'AMT_ROOM(B2,"single",2026)'


def test_a_workbook_as_excel_saves_it_is_calculated():
    """Functions stored under an add-in's link or a prefix answer, shared and spilled formulas too."""
    values = evaluate(read_parts(EXCEL_SHAPES.read_bytes()))
    room = call("AMT_ROOM", 200, "single", 2026)
    assert {values["Lots", address] for address in ("B14", "C14", "D14", "F16")} == {room}
    assert [values["Lots", f"D{row}"] for row in range(2, 13)] == [150.0 * row for row in range(2, 13)]
    assert values["Lots", "E14"] == 1_000
    assert values["Lots", "G14"] == 6


def test_the_copy_has_no_links_and_the_file_keeps_them():
    """Only the copy is changed, and every formula in it that mentions no link keeps its bytes."""
    parts = read_parts(EXCEL_SHAPES.read_bytes())
    copy = evaluation_copy(parts)
    assert read_parts(EXCEL_SHAPES.read_bytes()) == parts
    assert set(parts) - set(copy) == {name for name in parts if name.startswith("xl/externalLinks/")}
    assert not [name for name, part in copy.items() if b"externalLink" in part or b"externalReference" in part]
    before, after = (dict(formulas_of_sheet(book["xl/worksheets/sheet1.xml"].decode())) for book in (parts, copy))
    changed = {address: after[address] for address, formula in before.items() if after[address] != formula}
    assert changed == dict.fromkeys(("B14", "C14", "D14"), ROOM)


@pytest.mark.parametrize("stored", ["[1]!", "_xll.", "_xldudf_", "_XLL."])
def test_values_are_filled_under_other_names(stored):
    """A formula of an add-in gets its value, and stays as it is stored."""
    workbook = build_workbook(book_of(ANA))
    workbook["Client"]["Z99"] = f'={stored}AMT_ROOM(150000,"single",2021)'
    parts = fill_values(parts_of(workbook))
    part = parts[sheet_parts(parts)["Client"]].decode()
    assert re.search(re.escape(f'{stored}AMT_ROOM(150000,"single",2021)</f><v>27480.769'), part)


def test_a_formula_that_looks_into_another_workbook_keeps_what_it_has():
    """Nobody but Excel can look there; the others are calculated, on top of the value that is in the file."""
    parts = read_parts(EXCEL_SHAPES.read_bytes())
    sheet = parts["xl/worksheets/sheet1.xml"]
    sheet = sheet.replace(b"<f>_xll." + ROOM.encode() + b"</f>", b"<f>[1]Sheet1!A1</f>")
    sheet = sheet.replace(b"<f>_xldudf_" + ROOM.encode() + b"</f>", b"<f>C14+'[1]It''s'!A1</f>")
    sheet = sheet.replace(b"<f>NOW()</f>", b'<f>C14+LEN("[1]Sheet1!A1")</f>')
    values = evaluate(parts | {"xl/worksheets/sheet1.xml": sheet})
    assert not {("Lots", "C14"), ("Lots", "D14")} & values.keys()
    assert values["Lots", "H15"] == 5_012


@pytest.mark.parametrize(
    ("formula", "plain"),
    [
        ("'[2]My sheet'!A1+[1]!AMT_ROOM(A1)", "'[2]My sheet'!A1+AMT_ROOM(A1)"),
        ("T[[#This Row],[_xll.AMT_x]]+_xll.AMT_ROOM(1)", "T[[#This Row],[_xll.AMT_x]]+AMT_ROOM(1)"),
        ("T['[_xll.AMT_x]+_xldudf_AMT_ROOM(1)", "T['[_xll.AMT_x]+AMT_ROOM(1)"),
        ("\"a\"\"_xll.AMT_\"&'_xll.AMT_ it''s'!A1", "\"a\"\"_xll.AMT_\"&'_xll.AMT_ it''s'!A1"),
        ("_xll.OTHER(1)+[1]!Other(2)", "_xll.OTHER(1)+[1]!Other(2)"),
    ],
)
def test_only_the_functions_names_change(formula, plain):
    """Texts, sheets, columns and the functions of others stay."""
    assert with_plain_names(formula) == plain
