"""After the edits that a person makes in LibreOffice, and saves there, the workbook is still the client's record."""

from dataclasses import replace

import pytest

from tests.hosts.libreoffice import Edited, edit, needed_libreoffice, uses_libreoffice
from tests.hosts.libreoffice_edits import EDITS
from workbook_templates.build import RECORDS, workbook_of
from xl_amt.client.toml_file import read_record
from xl_amt.workbook.read import read_workbook

COUPLE = next(record for record in RECORDS if record.name.startswith("vasquez"))
TABLES = ("Grants_table", "Exercises_table", "Sales_table", "Events_table", "Holdings_table")


@pytest.fixture(scope="module")
def edited(tmp_path_factory):
    """The couple's workbook after each edit of every table, after all of them, and after none: by the edit's name."""
    needed_libreoffice()
    folder = tmp_path_factory.mktemp("edited")
    every = {name: [(name, table) for table in TABLES] for name in EDITS} | {
        "all of them": [(name, table) for table in TABLES for name in EDITS if name != "add_a_sheet"],
        "none": [],
    }
    source = folder / "couple.xlsx"  # another run of LibreOffice would wait at the mark beside a file that is open
    source.write_bytes(workbook_of(COUPLE).read_bytes())
    edit(
        (Edited(source, folder / f"{name}.xlsx", edits) for name, edits in every.items()),
        folder / "profile",
    )
    return {name: folder / f"{name}.xlsx" for name in every}


@uses_libreoffice
@pytest.mark.parametrize("name", [*EDITS, "all of them", "none"])
def test_an_edited_workbook_is_read_back(name, edited):
    """Rows sorted, inserted and deleted, columns and sheets of one's own, other formats: none changes the record."""
    assert in_one_order(read_workbook(edited[name])) == in_one_order(read_record(COUPLE))


def in_one_order(record):
    """The record with the rows of its tables in one order, since a person may sort them."""
    tables = ("grants", "exercises", "sales", "values")

    def sorted_rows(holding):
        return replace(holding, **{table: tuple(sorted(getattr(holding, table), key=repr)) for table in tables})

    return replace(record, holdings=tuple(sorted(map(sorted_rows, record.holdings), key=repr)))
