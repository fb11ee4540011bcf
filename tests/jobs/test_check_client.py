"""xl-amt check: what is wrong with a client's file, a sentence each, and an exit status of 1."""

import json
from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner
from openpyxl import Workbook
from openpyxl.utils import column_index_from_string

from xl_amt.cli import main
from xl_amt.client import Client, ClientRecord, ClientYear, Grant, Holding, Remark, Sale
from xl_amt.client.toml_file import write_record
from xl_amt.errors import FileError
from xl_amt.jobs.check_client import check_client
from xl_amt.jobs.recalc import recalc
from xl_amt.workbook import Book, build_workbook, filled_package
from xl_amt.workbook.splice import Book as FileBook
from xl_amt.workbook.splice import Edits
from xl_amt.workbook.splice.cell_bytes import ErrorValue

ANA = ClientRecord(
    client=Client(name="Ana Alvarez"),
    years=(ClientYear(year=2026, status="single", income=185_000.0),),
    holdings=(
        Holding(
            company="Juniper Robotics",
            as_of=date(2026, 11, 20),
            grants=(Grant(label="ES-1", award="ISO", granted=date(2022, 3, 14), strike=0.85, shares=4_000),),
        ),
    ),
)
ASKED = Remark(level="ask", kind="grant date missing", about="ES-1", text="ES-1: ask when it was granted.")


@pytest.fixture(scope="module")
def sound():
    """A client's filled workbook, as bytes."""
    return filled_package(build_workbook(Book(ANA)))


@pytest.fixture
def edited(tmp_path, sound):
    """Writes the workbook with another value in the first cell of a name, or beside it, and gives its path."""

    def write(name, value, *, down=0, column=None, is_result=False):
        book = FileBook(sound, "Ana.xlsx")
        region = book.region(name)
        place = (region.area.row + down, column_index_from_string(column) if column else region.area.column)
        edits = Edits(book)
        (edits.result if is_result else edits.set)(region.sheet, place, value)
        path = tmp_path / "Ana.xlsx"
        path.write_bytes(edits.content())
        return path

    return write


def test_nothing_is_wrong_with_a_workbook_as_it_was_written(tmp_path, sound):
    """Nothing is found, and the exit status is 0."""
    path = tmp_path / "Ana.xlsx"
    path.write_bytes(sound)
    assert check_client(path) == ()
    result = CliRunner().invoke(main, ["check", str(path)])
    assert (result.exit_code, result.output) == (0, "Ana.xlsx: nothing to look at.\n")


def test_an_input_that_was_changed_is_found(edited):
    """The record's fingerprint is that of the last command; an input at its sixteenth digit is the same."""
    (finding,) = check_client(edited("Client_name", "Ana Alvarez-Ruiz"))
    assert str(finding) == "inputs were changed since a command last wrote the file; run xl-amt recalc."
    assert check_client(edited("Grant_strike", 0.8500000000000001)) == ()


def test_a_record_that_cannot_be_followed_is_found_in_a_workbook_too(tmp_path):
    """A planned sale of shares that nobody has by then."""
    sold = Sale(day=date(2026, 12, 1), shares=100, price=9.0, status="planned")
    holding = replace(ANA.holdings[0], sales=(sold,))
    path = tmp_path / "Ana.xlsx"
    path.write_bytes(filled_package(build_workbook(Book(replace(ANA, holdings=(holding,))))))
    said = [str(finding) for finding in check_client(path) if finding.kind == "record"]
    assert len(said) == 1
    assert "the sale of 2026-12-01: it is for 100 shares, but 0 shares are held that day" in said[0]


def test_a_recalculated_workbook_has_nothing_to_look_at(edited):
    """Recalc brings values up to date with inputs that were changed, and says so in the file."""
    path = edited("Client_name", "Ana Alvarez-Ruiz")
    recalc(path, date(2026, 12, 1))
    assert check_client(path) == ()


def test_an_input_that_cannot_be_read_is_found(edited):
    """A text in a number is named by its sheet and cell."""
    (finding,) = check_client(edited("Grant_strike", "cheap"))
    assert finding.kind == "record"
    assert "Grants" in finding.sentence
    assert "cheap" in finding.sentence


def test_an_error_and_a_formula_without_value_are_found_by_sheet_and_cell(edited):
    """What shows an error, or nothing, is named."""
    (finding,) = check_client(edited("Law_block", ErrorValue("#N/A"), down=3, column="E", is_result=True))
    assert str(finding) == "Law!E8: it shows #N/A; correct what it refers to, and run xl-amt recalc."
    (finding,) = check_client(edited("Law_block", ErrorValue("#NAME?"), down=3, column="E", is_result=True))
    assert "the functions were not connected" in str(finding)
    (finding,) = check_client(edited("Law_block", None, down=3, column="E", is_result=True))
    assert str(finding) == "Law!E8: its formula has no value; run xl-amt recalc."


def test_a_check_that_failed_is_found(tmp_path):
    """A question of the import without an answer fails, on the sheet Checks and here."""
    path = tmp_path / "Ana.xlsx"
    asked = ClientRecord(client=ANA.client, years=ANA.years, holdings=ANA.holdings, remarks=(ASKED,))
    path.write_bytes(filled_package(build_workbook(Book(asked))))
    (finding,) = check_client(path)
    assert (finding.kind, finding.sheet) == ("check", "Checks")
    assert finding.sentence == "Import questions without an answer (sheet Import): FAILED, 1."
    result = CliRunner().invoke(main, ["check", str(path), "--json"])
    assert result.exit_code == 1
    assert json.loads(result.output)["findings"] == [finding._asdict()]


def test_another_version_and_an_older_law_are_found(edited):
    """The version that made the workbook, and the law that it rests on."""
    assert [one.kind for one in check_client(edited("Engine_version", "0.0.9"))] == ["version"]
    (finding,) = check_client(edited("Law_enacted_through", 2025))
    assert finding.sentence == ("its law is enacted through 2025, and the functions' through 2026; run xl-amt recalc.")


def test_a_name_without_cells_is_found(tmp_path, sound):
    """A name whose cells were deleted shows #REF!."""
    book = FileBook(sound, "Ana.xlsx")
    edits = Edits(book)
    edits.name(next(name for name in book.names if name.name == "Spouse"), "#REF!")
    path = tmp_path / "Ana.xlsx"
    path.write_bytes(edits.content())
    assert "the name Spouse has lost its cells; restore an earlier copy." in map(str, check_client(path))


def test_a_record_is_checked_too(tmp_path):
    """A record says what it asks, and what keeps it from being followed."""
    path = tmp_path / "ana.client.toml"
    write_record(ClientRecord(client=ANA.client, years=ANA.years, remarks=(ASKED,)), path)
    assert [str(one) for one in check_client(path)] == ["ES-1: ask when it was granted. (not answered yet)"]
    blank = tmp_path / "blank.client.toml"
    write_record(ClientRecord(client=ANA.client), blank)
    (finding,) = check_client(blank)
    assert finding.kind == "record"


def test_another_workbook_is_refused(tmp_path):
    """A workbook that is none of ours is no client workbook."""
    path = tmp_path / "other.xlsx"
    Workbook().save(path)
    with pytest.raises(FileError, match="it is not a client workbook"):
        check_client(path)
