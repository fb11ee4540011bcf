"""xl-amt check: what is wrong with a client's file, a sentence each, and an exit status of 1."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from xl_amt.cli import main
from xl_amt.client import Client, ClientRecord, ClientYear, Grant, Holding, Remark
from xl_amt.client.toml_file import write_record
from xl_amt.errors import FileError
from xl_amt.jobs.check_client import check_client
from xl_amt.workbook import Book, build_workbook, filled_package
from xl_amt.workbook.package import pack, read_parts, sheet_parts

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
def written(tmp_path, sound):
    """Writes the workbook with a change in one sheet, and gives its path."""

    def write(title, before, after):
        parts = read_parts(sound)
        part = "xl/workbook.xml" if title is None else sheet_parts(parts)[title]
        content = parts[part].decode()
        assert before in content, "the change cannot be made: the workbook is written in another way now"
        path = tmp_path / "Ana.xlsx"
        path.write_bytes(pack(parts | {part: content.replace(before, after, 1).encode()}))
        return path

    return write


def test_nothing_is_wrong_with_a_workbook_as_it_was_written(tmp_path, sound):
    """Nothing is found, and the exit status is 0."""
    path = tmp_path / "Ana.xlsx"
    path.write_bytes(sound)
    assert check_client(path) == ()
    result = CliRunner().invoke(main, ["check", str(path)])
    assert (result.exit_code, result.output) == (0, "Ana.xlsx: nothing to look at.\n")


CHANGES = {
    "an input": (
        "Client",
        "<v>185000</v>",
        "<v>186000</v>",
        ["inputs were changed since a command last wrote the file; run xl-amt recalc."],
    ),
    "a text in a number": (
        "Client",
        '<v>185000</v>',
        '<v>many</v>',
        ["xl/worksheets/sheet3.xml: E45: its value many is not a number.", "E45"],
    ),
    "an error": (
        "Law",
        '<v>90100</v>',
        '<v>#N/A</v>',
        ["#N/A"],
    ),
}


def test_an_input_that_was_changed_is_found(written):
    """The record's fingerprint is that of the last command; an input at its fifteenth digit is the same."""
    path = written("Client", "<v>185000</v>", "<v>186000</v>")
    assert [str(one) for one in check_client(path)] == [
        "inputs were changed since a command last wrote the file; run xl-amt recalc."
    ]
    same = written("Client", "<v>185000</v>", "<v>185000.00000000003</v>")
    assert check_client(same) == ()


def test_an_error_and_a_formula_without_value_are_found_by_sheet_and_cell(written):
    """What shows #NAME?, another error or nothing is named."""
    path = written("Law", 't="str"><f>IF(E$5="","",IFERROR(AMT_LAW(', 't="e"><f>IF(E$5="","",IFERROR(AMT_LAW(')
    assert all(one.sheet == "Law" and one.kind in {"cell", "file"} for one in check_client(path))


def test_a_check_that_failed_is_found(tmp_path):
    """A question of the import without an answer fails, on the sheet Checks and here."""
    path = tmp_path / "Ana.xlsx"
    asked = ClientRecord(client=ANA.client, years=ANA.years, holdings=ANA.holdings, remarks=(ASKED,))
    path.write_bytes(filled_package(build_workbook(Book(asked))))
    (finding,) = check_client(path)
    assert (finding.kind, finding.sheet) == ("check", "Checks")
    assert finding.sentence == "Questions of the import without an answer (sheet Import): FAILED, 1."
    result = CliRunner().invoke(main, ["check", str(path), "--json"])
    assert result.exit_code == 1
    assert json.loads(result.output)["findings"] == [finding._asdict()]


def test_another_version_and_an_older_law_are_found(written):
    """The version that made the workbook, and the law that it rests on."""
    path = written("Checks", "<t>0.1.0</t>", "<t>0.0.9</t>")
    assert [one.kind for one in check_client(path)] == ["version"]
    path = written("Checks", "<v>2026</v>", "<v>2025</v>")
    assert "its law is enacted through 2025" in str(check_client(path)[-1])


def test_a_name_without_cells_is_found(written):
    """A name whose cells were deleted shows #REF!."""
    path = written(None, ">Calendar!$C$", ">Calendar!#REF!$C$")
    assert any("has lost its cells" in str(one) for one in check_client(path))


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
    from openpyxl import Workbook

    Workbook().save(path)
    with pytest.raises(FileError, match="it is no client workbook"):
        check_client(path)
