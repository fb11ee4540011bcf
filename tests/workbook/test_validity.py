"""Faults for which Excel would offer to repair the file are found; the workbooks that we write have none."""

import pytest

from tests.workbook.clients import ANA
from workbook_templates.build import TEMPLATE
from workbook_templates.examples import CARTA_EXAMPLE
from xl_amt.jobs.workbook_contents import book_of
from xl_amt.workbook import build_workbook, filled_package
from xl_amt.workbook.package import pack, read_parts
from xl_amt.workbook.validity import problems_in

ROOM = "xl/worksheets/sheet3.xml"
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
        "xl/worksheets/sheet1.xml",
        '"Single,',
        f'"{"x" * 256},',
        "the list of choices is longer than 255",
    ),
    "message that is too long": (
        "xl/worksheets/sheet1.xml",
        'error="Enter a date."',
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
    "name of a missing sheet": (WORKBOOK, ">Client!$B$10<", ">Clients!$B$10<", "'Clients', which does not exist"),
    "merged cells that overlap": (
        ROOM,
        '<mergeCell ref="A7:C7">',
        '<mergeCell ref="B7:D7"></mergeCell><mergeCell ref="A7:C7">',
        "the merged cells B7:D7 and A7:C7 overlap",
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
        "xl/worksheets/_rels/sheet3.xml.rels",
        'Id="rId1"',
        'Id="rId9"',
        "its drawing has no relation rId1",
    ),
    "relation without its part": (
        "xl/worksheets/_rels/sheet3.xml.rels",
        "drawing1.xml",
        "drawing7.xml",
        "drawing7.xml, which is missing",
    ),
    "part of an unknown kind": (
        "[Content_Types].xml",
        'PartName="/xl/charts/chart1.xml"',
        'PartName="/xl/charts/chart9.xml"',
        "chart9.xml is named but missing",
    ),
    "link to a missing sheet": ("xl/worksheets/sheet5.xml", "Room!A1", "Rooms!A1", "'Rooms', which does not exist"),
    "series of a missing sheet": ("xl/charts/chart1.xml", "'Room'!$Y$13", "'Rooms'!$Y$13", "a series refers to"),
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


@pytest.mark.parametrize("fault", FAULTS)
def test_a_file_broken_on_purpose_is_found(parts, fault):
    """Each fault is named; the file without it has none."""
    part, sound, broken, said = FAULTS[fault]
    content = parts[part].decode()
    assert sound in content, "the fault cannot be made: the workbook is written in another way now"
    problems = problems_in(pack(parts | {part: content.replace(sound, broken, 1).encode()}))
    assert any(said in problem for problem in problems), problems
