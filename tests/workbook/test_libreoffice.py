"""LibreOffice calculates the workbook to the values that the file holds."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.hosts.libreoffice import needed_libreoffice, uses_libreoffice
from tests.workbook.test_values import EXCEL_SHAPES, formula_cells
from xl_amt.client import Exercise
from xl_amt.client.toml_file import read_record
from xl_amt.hosts.libreoffice.headless import create_profile, recalculate
from xl_amt.jobs.new_client import write_client
from xl_amt.jobs.records import open_record
from xl_amt.jobs.rewrite_client import rewrite_client
from xl_amt.workbook.splice import Book
from xl_amt.worksheet import call

NORA = Path(__file__).parents[1] / "client" / "nora-quill.client.toml"


def _same(one, other):
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one == pytest.approx(other, rel=1e-9, abs=1e-6)
    return (one or "") == (other or "")


@uses_libreoffice
def test_libreoffice_gives_every_value_that_the_file_holds(package, formulas, values, libreoffice_profile, tmp_path):
    """With the registry's functions answering, every formula recalculates to its filled value."""
    path = tmp_path / "client.xlsx"
    path.write_bytes(package)
    again = openpyxl.load_workbook(recalculate(path, tmp_path / "out", libreoffice_profile), data_only=True)
    cells = formula_cells(formulas)
    assert len(cells) > 700
    different = []
    for cell in cells:
        filled, calculated = (book[cell.parent.title][cell.coordinate].value for book in (values, again))
        if not _same(filled, calculated):
            different.append((cell, cell.value, filled, calculated))
    assert not different


@pytest.mark.parametrize("client_name", ["Ana"], indirect=True)
def test_a_workbook_without_the_functions_says_so(package, tmp_path):
    """Calculated where the AMT_ functions are missing, every sheet says that they are not connected."""
    needed_libreoffice()
    path = tmp_path / "client.xlsx"
    path.write_bytes(package)
    create_profile(tmp_path / "profile")
    again = openpyxl.load_workbook(recalculate(path, tmp_path / "out", tmp_path / "profile"), data_only=True)
    for sheet in again:
        assert sheet["A3"].value.startswith("The AMT_ functions are not connected here"), sheet.title


@uses_libreoffice
def test_a_workbook_that_libreoffice_saved_is_rewritten(libreoffice_profile, tmp_path):
    """With what it drops and renames; a table that grew is calculated by it to the values that the file holds."""
    before = read_record(NORA)
    saved = recalculate(write_client(before, tmp_path / "nora.xlsx"), tmp_path / "saved", libreoffice_profile)
    holding = before.holdings[0]
    planned = tuple(
        Exercise(grant=holding.grants[0].label, day=date(2026, 12, day), shares=day, value=9.5, status="planned")
        for day in range(1, 13)
    )
    after = replace(before, holdings=(replace(holding, exercises=planned), *before.holdings[1:]))
    read = open_record(saved)
    assert read == before
    rewrite_client(saved, read, after, backup=tmp_path / "kept.xlsx")
    assert open_record(saved) == after
    again = Book(recalculate(saved, tmp_path / "again", libreoffice_profile).read_bytes(), "again")
    ours = Book(saved.read_bytes(), "ours")
    formulas = [(sheet.title, cell.place) for sheet in ours.sheets() for cell in sheet.formula_cells()]
    assert len(formulas) > 700
    assert not [cell for cell in formulas if not _same(ours.value(*cell), again.value(*cell))]


@uses_libreoffice
def test_a_workbook_as_excel_saves_it_is_calculated(libreoffice_profile, tmp_path):
    """Functions stored under an add-in's link or a prefix answer, and the file itself is as it was."""
    before = EXCEL_SHAPES.read_bytes()
    again = openpyxl.load_workbook(recalculate(EXCEL_SHAPES, tmp_path / "out", libreoffice_profile), data_only=True)
    shown = [again["Lots"][address].value for address in ("B14", "C14", "D14", "F16")]
    assert shown == [call("AMT_ROOM", 200, "single", 2026)] * 4
    assert EXCEL_SHAPES.read_bytes() == before
