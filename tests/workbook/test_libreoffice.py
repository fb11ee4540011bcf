"""LibreOffice calculates the workbook to the values that the file holds."""

import os
import re
import shutil
import subprocess

import openpyxl
import pytest

from tests.workbook.libreoffice_addin import recalculate
from tests.workbook.test_values import formula_cells


def _soffice_version():
    soffice = shutil.which("soffice")
    if soffice is None:
        return 0, 0
    said = subprocess.run(  # noqa: S603 - the program that the user installed
        [soffice, "--version"], capture_output=True, encoding="utf-8", timeout=60, check=True
    ).stdout
    found = re.search(r"LibreOffice ([0-9]+)\.([0-9]+)", said)
    return (int(found[1]), int(found[2])) if found else (0, 0)


@pytest.fixture(scope="module", autouse=True)
def _libreoffice():
    if _soffice_version() < (25, 2):
        reason = "LibreOffice 25.2 or later (soffice) is not installed: it is the first to load =AMT_ names from .xlsx"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


def _same(one, other):
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one == pytest.approx(other, rel=1e-9, abs=1e-6)
    return (one or "") == (other or "")


def test_libreoffice_gives_every_value_that_the_file_holds(package, formulas, values, tmp_path):
    """With the registry's functions answering, every formula recalculates to its filled value."""
    path = tmp_path / "client.xlsx"
    path.write_bytes(package)
    again = openpyxl.load_workbook(recalculate(path, tmp_path / "libreoffice"), data_only=True)
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
    path = tmp_path / "client.xlsx"
    path.write_bytes(package)
    again = openpyxl.load_workbook(recalculate(path, tmp_path / "libreoffice", with_addin=False), data_only=True)
    for sheet in again:
        assert sheet["A3"].value.startswith("The AMT_ functions are not connected here"), sheet.title
