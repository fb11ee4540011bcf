"""LibreOffice calculates the sheets of years to the values that the file holds."""

from dataclasses import replace

import openpyxl
import pytest

from tests.hosts.libreoffice import uses_libreoffice
from tests.workbook.filled import cells_of
from tests.workbook.test_december import RECORDS as DECEMBER
from tests.workbook.test_december import at_the_newest
from tests.workbook.test_leaving import RECORDS as LEAVERS
from tests.workbook.test_outlook import ANA as PLANNED
from tests.workbook.test_outlook import DAY, FEW
from tests.workbook.test_plan import planning
from tests.workbook.test_returns import RECORDS
from tests.workbook.test_values import formula_cells
from xl_amt.hosts.libreoffice.headless import recalculate
from xl_amt.jobs.outlook import report_outlook
from xl_amt.jobs.outlook_found import outlook_found
from xl_amt.jobs.workbook_contents import book_of
from xl_amt.workbook import build_workbook, save_workbook

SHEETS = ("Plan", "Credit", "Cash", "Leaving", "Outlook", "Returns", "Sales")
WHOSE = {
    "a plan of three years": planning(9_000, 2_000, cash={2026: 20_000.0}),
    "ten years of a credit": RECORDS["ten years of a credit"],
    "California": RECORDS["California"],
    "one of two companies left": LEAVERS["two companies"],
    "an outlook": PLANNED,
    "December": DECEMBER["the worked example"],
    "December in California": DECEMBER["California, with facts"],
}


def _same(one, other):
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one == pytest.approx(other, rel=1e-9, abs=1e-6)
    return (one or "") == (other or "")


@uses_libreoffice
@pytest.mark.parametrize("name", WHOSE)
def test_libreoffice_gives_every_value_of_the_years(name, libreoffice_profile, tmp_path):
    """With the registry's functions answering, every formula recalculates to its filled value."""
    path = tmp_path / "client.xlsx"
    book = book_of(WHOSE[name])
    if name == "an outlook":
        found = outlook_found(report_outlook(PLANNED, DAY, FEW), PLANNED, DAY)
        book = replace(book, outlook=found)
    workbook = build_workbook(book)
    if name.startswith("December"):
        for (cells, place), price in at_the_newest(WHOSE[name]).items():
            cells_of(workbook, cells)[place].value = price
    save_workbook(workbook, path)
    formulas, values = (openpyxl.load_workbook(path, data_only=only) for only in (False, True))
    again = openpyxl.load_workbook(recalculate(path, tmp_path / "out", libreoffice_profile), data_only=True)
    different = []
    for cell in formula_cells(formulas):
        if cell.parent.title in SHEETS:
            filled, calculated = (book[cell.parent.title][cell.coordinate].value for book in (values, again))
            if not _same(filled, calculated):
                different.append((cell, cell.value, filled, calculated))
    assert not different
