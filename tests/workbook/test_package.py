"""The file is the same whenever and wherever it is made, and is written whole or not at all."""

import io
import zipfile

import openpyxl
import pytest

from tests.workbook.clients import ANA
from xl_amt.errors import FileError
from xl_amt.jobs.workbook_contents import book_of
from xl_amt.workbook import build_workbook, filled_package, save_workbook
from xl_amt.workbook.package import read_parts


def test_two_builds_are_equal_byte_for_byte():
    """The same client gives the same file."""
    assert filled_package(build_workbook(book_of(ANA))) == filled_package(build_workbook(book_of(ANA)))


def test_nothing_of_the_clock_or_the_system_is_in_it(package):
    """Zip dates are the earliest there is, and the file's dates are the client's."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.create_system for entry in archive.infolist()} == {0}
    properties = openpyxl.load_workbook(io.BytesIO(package)).properties
    assert properties.modified == properties.created


def test_excel_is_not_asked_to_calculate_on_opening(package):
    """Where the add-in is missing, a calculation would turn every figure into #NAME?."""
    workbook = read_parts(package)["xl/workbook.xml"].decode()
    assert 'calcId="191029"' in workbook
    assert 'fullCalcOnLoad="1"' not in workbook


def test_saving_replaces_the_file_whole(tmp_path):
    """The file has the workbook's bytes, and nothing else is left in the folder."""
    path = tmp_path / "client.xlsx"
    path.write_text("old")
    workbook = build_workbook(book_of(ANA))
    save_workbook(workbook, path)
    assert path.read_bytes() == filled_package(build_workbook(book_of(ANA)))
    assert list(tmp_path.iterdir()) == [path]


def test_a_workbook_that_cannot_be_filled_leaves_the_old_file(tmp_path):
    """A failure before the end leaves what was there, and nothing half-written beside it."""
    path = tmp_path / "client.xlsx"
    path.write_text("old")
    workbook = build_workbook()
    workbook["About"]["A90"] = "=1/0"
    with pytest.raises(FileError, match="#DIV/0!"):
        save_workbook(workbook, path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_to_is_named(tmp_path):
    """A folder that does not exist is named in one sentence."""
    with pytest.raises(FileError, match=r"client\.xlsx cannot be written"):
        save_workbook(build_workbook(), tmp_path / "missing" / "client.xlsx")


def test_a_file_that_cannot_be_replaced_leaves_nothing_behind(tmp_path):
    """Where the target is a folder, it is named, and no temporary file is left."""
    target = tmp_path / "client.xlsx"
    (target / "inside").mkdir(parents=True)
    with pytest.raises(FileError, match="it is a folder"):
        save_workbook(build_workbook(), target)
    assert list(tmp_path.iterdir()) == [target]
