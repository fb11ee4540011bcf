"""Sheets Form 6251, Schedule P and Law: every line and number is the engine's own, in the year's column."""

from dataclasses import replace
from datetime import date

import pytest

from tests.workbook.clients import ANA, CALIFORNIA_ALONE, CALIFORNIAN_COUPLE, named, with_holding
from tests.workbook.read import read
from xl_amt.client import ClientYear, Exercise
from xl_amt.jobs.workbook_contents import book_of
from xl_amt.jobs.years_report import report_years
from xl_amt.law import Jurisdiction, look_up
from xl_amt.workbook import build_workbook
from xl_amt.workbook.sheets.about import CONTENTS

PLANNED = (
    Exercise(grant="R-1", day=date(2025, 12, 1), shares=2_000, value=18.0, status="planned"),
    Exercise(grant="R-2", day=date(2025, 12, 1), shares=9_000, value=18.0, status="planned"),
)
ITOS = replace(
    with_holding(CALIFORNIAN_COUPLE, exercises=PLANNED), years=(*CALIFORNIAN_COUPLE.years, ClientYear(year=2026))
)
FIGURES = {
    ("Form 6251", "Part II, alternative minimum tax", 9): "tentative minimum tax",
    ("Form 6251", "Part II, alternative minimum tax", 11): "AMT",
    ("Form 6251", "Part II, minimum tax credit and carryforward, lines 21 to 26", 25): "credit used",
    ("Form 6251", "Part II, lines 16 to 18", 18): "credit earned",
    ("Schedule P", "Part II, alternative minimum tax", 24): "CA tentative minimum tax",
    ("Schedule P", "Part II, alternative minimum tax", 26): "CA AMT",
    ("Schedule P", "Part II, credit carryover to the next year", 32): "CA credit out",
}


@pytest.fixture(scope="module")
def itos():
    """The couple's workbook, of 2025 and 2026."""
    return read(book_of(ITOS))


def lines_of(sheet):
    """The cells of every line of a sheet of forms, by the title of its part and its number."""
    lines, part = {}, ""
    for row in range(6, sheet.max_row + 1):
        words, number = sheet[f"A{row}"].value, sheet[f"B{row}"].value
        part = part if number is not None else words
        if number is not None:
            lines[part, number] = sheet[row]
    return lines


def test_the_forms_say_what_the_years_of_the_record_say(itos):
    """Tentative tax, AMT and the credit of each year, federal and of California, to the cent."""
    figures = report_years(ITOS).figures
    assert figures[2025]["AMT"] > 0.0
    assert figures[2026]["credit used"] > 0.0
    for (sheet, part, number), figure in FIGURES.items():
        cells = lines_of(itos[sheet])[part, number]
        for column, year in enumerate((2025, 2026), start=4):
            assert cells[column].value == pytest.approx(figures[year][figure], abs=0.005), (sheet, number, year)


def test_the_lines_stand_in_paper_order_with_the_words_of_the_form(itos):
    """Form 6251 begins with lines 1a and 1b from 2025 on; line 1, to 2024, is folded and blank."""
    sheet = itos["Form 6251"]
    numbers = [number for part, number in lines_of(sheet) if part == "Part I, alternative minimum taxable income"]
    assert numbers[:4] == [1, "1a", "1b", "2a"]
    line_1 = lines_of(sheet)["Part I, alternative minimum taxable income", 1]
    assert sheet.row_dimensions[line_1[0].row].hidden
    assert [cell.value for cell in line_1[4:6]] == [None, None]
    assert "for 2025" not in line_1[0].value
    exemption = lines_of(sheet)["Part II, alternative minimum tax", 5][0].value
    assert "married filing jointly" in exemption
    assert "$137,000" in exemption


def test_the_preparers_page_stands_first_with_every_jurisdiction(itos):
    """Lines 2i and 2k, Schedule P 9 and 10, Form 8801 and FTB 3510, before the forms and on a page of their own."""
    sheet = itos["Form 6251"]
    (last,) = [page_break.id for page_break in sheet.row_breaks.brk]
    page = [(sheet[f"A{row}"].value.partition(":")[0], sheet[f"B{row}"].value) for row in range(7, 21)]
    assert [number for _, number in page] == ["2i", "2k", 9, 11, 21, 25, 26, 18, 9, 10, 24, 26, 30, 32]
    assert {form for form, _ in page} >= {"Form 6251", "Form 8801", "Schedule P (540)", "FTB 3510 of the next year"}
    assert sheet["E7"].value == pytest.approx(4_000.0 + 2_000 * 16.0 + 9_000 * 11.5)
    assert last > 20
    assert not itos["Schedule P"].row_breaks.brk


def test_a_client_has_the_forms_of_the_jurisdictions_asked():
    """California alone has no Form 6251, and its Schedule P has the preparer's page."""
    alone = read(book_of(CALIFORNIA_ALONE))
    assert "Form 6251" not in alone.sheetnames
    assert alone["Schedule P"]["A6"].value == "For the return's preparer"
    assert "Schedule P" not in read(book_of(ANA)).sheetnames


def test_of_a_state_whose_forms_are_not_printed_the_law_is_shown_and_the_federal_forms():
    """Colorado has no sheet of forms; its numbers are on Law, and the preparer's page has the federal lines."""
    moved = named(ITOS, "Rosa & Jun Ito", jurisdiction="US+CO")
    sheet = build_workbook(book_of(replace(moved, years=moved.years[:1])))
    assert {"Form 6251", "Law"} <= set(sheet.sheetnames)
    assert "Colorado law" in {cell.value for cell in sheet["Law"]["A"]}
    numbers = [sheet["Form 6251"][f"B{row}"].value for row in range(7, 16)]
    assert numbers == ["2i", "2k", 9, 11, 21, 25, 26, 18, None]


def test_every_number_of_the_law_is_the_engines(itos):
    """Each number of both jurisdictions, its source, and the standing of each year."""
    sheet = itos["Law"]
    code = "US"
    found = 0
    for row in range(7, sheet.max_row + 1):
        name, in_2025, in_2026 = (sheet[f"{column}{row}"].value for column in "AEF")
        if name == "California law":
            code = "CA"
        if name in {"California law", "Is it enacted?", None} or in_2025 == "–":
            continue
        for value, year in ((in_2025, 2025), (in_2026, 2026)):
            number = look_up(name, "mfj", year, Jurisdiction(code))
            assert value == (pytest.approx(number.value) if isinstance(value, float | int) else number.value), name
        assert sheet[f"C{row}"].value == look_up(name, "mfj", 2025, Jurisdiction(code)).source
        found += 1
    assert found > 60
    standings = [cells[4:6] for cells in sheet.iter_rows(values_only=True) if cells[0] == "Is it enacted?"]
    assert standings == [("enacted", "enacted"), ("enacted", "estimated")]


def test_about_names_every_sheet(itos):
    """The contents are the sheets that are there, in their order, each with a link; December is a table of Sales."""
    about = itos["About"]
    linked = [cell.value for cell in about["A"] if cell.hyperlink]
    linked.remove("December")
    assert linked == [title for title in itos.sheetnames if title in CONTENTS]
    assert set(itos.sheetnames) - set(linked) == {"About"}
