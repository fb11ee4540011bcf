"""Faults for which Excel would offer to repair the file are found; the workbooks that we write have none."""

from pathlib import Path

import pytest

from tests.workbook.clients import ANA
from workbook_templates.build import TEMPLATE
from workbook_templates.examples import CARTA_EXAMPLE
from xl_amt.jobs.workbook_contents import book_of
from xl_amt.workbook import build_workbook, filled_package
from xl_amt.workbook.package import pack, read_parts, sheet_parts
from xl_amt.workbook.validity import problems_in

EXCEL_SHAPES = Path(__file__).with_name("excel_shapes.xlsx")
ROOM, CLIENT, ABOUT = "sheet Room", "sheet Client", "sheet About"
DRAWING_OF_ROOM, CHART_OF_ROOM = "relations of Room", "chart of Room"
WORKBOOK, STYLES = "xl/workbook.xml", "xl/styles.xml"


@pytest.fixture(scope="module")
def parts():
    """The parts of a sound workbook."""
    return read_parts(filled_package(build_workbook(book_of(ANA))))


def test_our_workbooks_are_sound(package):
    """Every client's workbook is without a fault."""
    assert problems_in(package) == []


@pytest.mark.parametrize("path", [TEMPLATE, CARTA_EXAMPLE], ids=lambda path: path.name)
def test_what_ships_is_sound(path):
    """The template is without a fault; of the example, which openpyxl wrote alone, only the fonts' order is not."""
    problems = problems_in(path.read_bytes())
    assert set(problems) <= {"xl/styles.xml: the properties of a font are out of order."}
    assert path == CARTA_EXAMPLE or not problems


FAULTS = {
    "formula that cannot be read": (ROOM, "<f>Client_line</f>", "<f>SUM(Client_line</f>", "cannot be read"),
    "@ in a structured reference": (ROOM, "<f>Client_line</f>", "<f>T[@c]</f>", "must write as [#This Row]"),
    "formula that is too long": (
        ROOM,
        "<f>Client_line</f>",
        f"<f>{'1+' * 4_096}1</f>",
        "its formula has 8193 characters",
    ),
    "list of choices that is too long": (
        CLIENT,
        '"least tax,',
        f'"{"x" * 256},',
        "the list of choices is longer than 255",
    ),
    "message that is too long": (
        CLIENT,
        'error="Aim: choose least tax or most after tax."',
        f'error="{"x" * 256}"',
        "the error of the validation is longer than 255",
    ),
    "sheet name that is too long": (WORKBOOK, 'name="Room"', f'name="{"R" * 32}"', "cannot be a sheet's name"),
    "sheet name with a colon": (WORKBOOK, 'name="Room"', 'name="Ro:om"', "cannot be a sheet's name"),
    "two sheets of one name": (WORKBOOK, 'name="Room"', 'name="GRANTS"', "two sheets have the same name"),
    "defined name that is a cell": (WORKBOOK, 'name="Wages"', 'name="AMT2026"', "'AMT2026' cannot be a defined name"),
    "defined name like R1C1": (WORKBOOK, 'name="Wages"', 'name="R1C1"', "'R1C1' cannot be a defined name"),
    "defined name with a space": (WORKBOOK, 'name="Wages"', 'name="My wages"', "cannot be a defined name"),
    "name that is defined twice": (WORKBOOK, 'name="Wages"', 'name="TAX_YEAR"', "is defined twice"),
    "name of a missing sheet": (WORKBOOK, ">'Client'!$D$6<", ">'Clients'!$D$6<", "'Clients', which does not exist"),
    "merged cells that overlap": (
        ROOM,
        '<mergeCell ref="A7:B7">',
        '<mergeCell ref="B7:D7"></mergeCell><mergeCell ref="A7:B7">',
        "B7:D7",
    ),
    "cells out of order": (ROOM, '<c r="B12"', '<c r="Z12"', "the cells of row 12 are out of order"),
    "cell that stands twice": (ROOM, '<c r="B12"', '<c r="A12"', "the cells of row 12 are out of order"),
    "cell in another row": (ROOM, '<c r="B12"', '<c r="B13"', "B13 stands in row 12"),
    "rows out of order": (ROOM, ' r="2">', ' r="99">', "its rows are out of order"),
    "style that does not exist": (ROOM, '<c r="A2" s="2"', '<c r="A2" s="9999"', "A2: it asks for style 9999"),
    "text that is too long": (
        ROOM,
        "<t>Fill order</t>",
        f"<t>{'x' * 32_768}</t>",
        "its text has 32768 characters",
    ),
    "number that is none": (ROOM, "<v>0.25</v>", "<v>NaN</v>", "its value NaN is not a number"),
    "look that does not exist": (ROOM, 'dxfId="0"', 'dxfId="77"', "asks for look 77"),
    "elements out of order": (
        ROOM,
        "<sheetData>",
        "<pageSetup></pageSetup><sheetData>",
        "its elements are out of order",
    ),
    "header that is too long": (ROOM, "<oddHeader>", f"<oddHeader>{'x' * 256}", "its oddHeader is longer than 255"),
    "widths that overlap": (ROOM, 'max="1" min="1"', 'max="2" min="1"', "its column widths overlap"),
    "drawing without a relation": (
        DRAWING_OF_ROOM,
        'Id="rId1"',
        'Id="rId9"',
        "its drawing has no relation rId1",
    ),
    "relation without its part": (
        DRAWING_OF_ROOM,
        "/drawings/drawing",
        "/drawings/gone",
        "which is missing",
    ),
    "part of an unknown kind": (
        "[Content_Types].xml",
        'PartName="/xl/charts/chart1.xml"',
        'PartName="/xl/charts/chart99.xml"',
        "chart99.xml is named but missing",
    ),
    "link to a missing sheet": (ABOUT, "'Room'!A1", "'Rooms'!A1", "'Rooms', which does not exist"),
    "series of a missing sheet": (CHART_OF_ROOM, "'Room'!$", "'Rooms'!$", "a series refers to"),
    "font out of order": (
        STYLES,
        '<b val="1"></b><sz val="20"></sz>',
        '<sz val="20"></sz><b val="1"></b>',
        "the properties of a font are out of order",
    ),
    "font that does not exist": (STYLES, 'fontId="1"', 'fontId="99"', "asks for number 99 of"),
    "number format that does not exist": (STYLES, 'numFmtId="165" pivot', 'numFmtId="365" pivot', "number format 365"),
    "XML that is not well-formed": (ROOM, "</worksheet>", "</worksheets>", "not well-formed XML"),
}


def part_of(parts, name):
    """The part that a fault is made in: by the title of a sheet, or by its own name."""
    kind, _, title = name.partition(" ")
    if not title:
        return name
    part = sheet_parts(parts)[title.removeprefix("of ")]
    if kind == "sheet":
        return part
    folder, _, file = part.rpartition("/")
    if kind == "relations":
        return f"{folder}/_rels/{file}.rels"
    return next(name for name in parts if name.startswith("xl/charts/") and b"'Room'!" in parts[name])


@pytest.mark.parametrize("fault", FAULTS)
def test_a_file_broken_on_purpose_is_found(parts, fault):
    """Each fault is named; the file without it has none."""
    name, sound, broken, said = FAULTS[fault]
    part = part_of(parts, name)
    content = parts[part].decode()
    assert sound in content, "the fault cannot be made: the workbook is written in another way now"
    problems = problems_in(pack(parts | {part: content.replace(sound, broken, 1).encode()}))
    assert any(said in problem for problem in problems), problems


def test_what_a_person_added_is_no_fault(parts):
    """A picture, printer settings, a control in a frame of newer Excels, a formula that others share."""
    types = parts["[Content_Types].xml"].decode()
    room = parts[part_of(parts, ROOM)].decode()
    edited = parts | {
        "[Content_Types].xml": types.replace(
            "<Override", '<Default ContentType="image/png" Extension="png"/><Override', 1
        ).encode(),
        "xl/media/image1.png": b"\x89PNG\r\n",
        part_of(parts, ROOM): room.replace(
            "</worksheet>",
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"/></worksheet>',
        )
        .replace("<f>Client_line</f>", '<f t="shared" si="0"/>')
        .encode(),
    }
    assert problems_in(pack(edited)) == []
    assert problems_in(EXCEL_SHAPES.read_bytes()) == []
