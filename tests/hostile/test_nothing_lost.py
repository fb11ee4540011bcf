"""No command writes over what it reads, over what is open elsewhere, or over what appears while it runs."""

import os
import subprocess
import sys
from datetime import date

import pytest
from click.testing import CliRunner

from workbook_templates.examples import CARTA_EXAMPLE
from workbook_templates.examples.platforms import FOLDER
from xl_amt.calendar import Due
from xl_amt.calendar.file import write_calendar
from xl_amt.cli import main
from xl_amt.equity.grants import Grant
from xl_amt.equity.portfolio import Exercise, Portfolio
from xl_amt.errors import ArgumentError, FileError
from xl_amt.files import written_whole
from xl_amt.jobs.backups import replace_and_keep


@pytest.fixture
def no_process():
    """The number of a process that has ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


@pytest.mark.parametrize("by", ["its name", "another path", "a link", "a second name"])
def test_an_export_is_never_replaced(tmp_path, by):
    """By whatever name it goes, and though replacing is allowed."""
    export = tmp_path / "ex.xlsx"
    export.write_bytes(CARTA_EXAMPLE.read_bytes())
    output = tmp_path / "out.xlsx"
    if by == "its name":
        output = export
    elif by == "another path":
        (tmp_path / "folder").mkdir()
        output = tmp_path / "folder" / ".." / "ex.xlsx"
    elif by == "a link":
        output.symlink_to(export)
    else:
        output.hardlink_to(export)
    result = CliRunner().invoke(main, ["import", str(export), "-o", str(output), "--replace"])
    assert result.exit_code == 2
    assert "this is the file being read and would be overwritten; choose another name." in result.stderr
    assert export.read_bytes() == CARTA_EXAMPLE.read_bytes()


def test_a_calendar_is_never_written_over_its_export(tmp_path):
    """An export may have any ending."""
    export = tmp_path / "ex.ics"
    export.write_bytes(CARTA_EXAMPLE.read_bytes())
    given = ["--as-of", "2026-11-20", "--exercise", "ES-014, 2026-11-20, 1, 5"]
    result = CliRunner().invoke(main, ["calendar", str(export), *given, "-o", str(export), "--replace"])
    assert result.exit_code == 2
    assert export.read_bytes() == CARTA_EXAMPLE.read_bytes()


@pytest.mark.parametrize("mark", [".~lock.client.xlsx#", "~$client.xlsx"])
def test_a_workbook_that_is_open_is_not_replaced(tmp_path, mark):
    """LibreOffice and Excel say so by a file beside it."""
    workbook = tmp_path / "client.xlsx"
    workbook.write_text("open")
    (tmp_path / mark).write_text("Ana")
    result = CliRunner().invoke(main, ["new", str(workbook), "--replace"])
    assert result.exit_code == 2
    assert "it is open in a spreadsheet program; close it there" in result.stderr
    assert workbook.read_text() == "open"
    with pytest.raises(FileError, match="it is open in a spreadsheet program"), written_whole(workbook) as temporary:
        temporary.write_text("new")
    assert workbook.read_text() == "open"


def test_a_file_stays_private_and_a_link_a_link(tmp_path):
    """What replaces a file, and what keeps the one before, is for the same people to read."""
    own, link = tmp_path / "Ana.xlsx", tmp_path / "link.xlsx"
    own.write_bytes(b"before")
    own.chmod(0o600)
    link.symlink_to(own)
    replace_and_keep(link, b"before", b"after", tmp_path / "kept.xlsx")
    assert link.is_symlink()
    assert own.read_bytes() == b"after"
    assert (tmp_path / "kept.xlsx").read_bytes() == b"before"
    assert {path.stat().st_mode & 0o777 for path in (own, tmp_path / "kept.xlsx")} == {0o600}


def test_a_read_only_file_is_not_replaced(tmp_path):
    """Nor is a copy of it left."""
    own = tmp_path / "Ana.xlsx"
    own.write_bytes(b"before")
    own.chmod(0o400)
    with pytest.raises(FileError, match=r"Ana\.xlsx: it is read-only; allow writing to it, or work on a copy\."):
        replace_and_keep(own, b"before", b"after", tmp_path / "kept.xlsx")
    with pytest.raises(FileError, match="it is read-only"), written_whole(own) as temporary:
        temporary.write_bytes(b"after")
    assert [path.name for path in tmp_path.iterdir()] == ["Ana.xlsx"]
    assert own.read_bytes() == b"before"


@pytest.mark.parametrize("links", [True, False])
def test_what_appears_meanwhile_is_not_replaced_unasked(tmp_path, monkeypatch, links):
    """On disks that know second names of files, and on those that do not."""
    if not links:

        def refuse(*_):
            raise PermissionError(1, "Operation not permitted")

        monkeypatch.setattr(os, "link", refuse)
    target = tmp_path / "out.csv"
    with written_whole(target, replace_existing=False) as temporary:
        temporary.write_text("ours")
    assert target.read_text() == "ours"
    target.unlink()

    def write():
        with written_whole(target, replace_existing=False) as temporary:
            temporary.write_text("ours")
            target.write_text("theirs")

    with pytest.raises(FileError, match="it appeared while this was running, so it was not replaced"):
        write()
    assert target.read_text() == "theirs"
    assert list(tmp_path.iterdir()) == [target]


def test_of_two_runs_on_one_output_the_second_says_so(tmp_path):
    """As long as the first is writing it."""
    target = tmp_path / "out.csv"
    other = tmp_path / f".out.csv.{os.getppid()}.part"
    other.write_text("half")
    with (
        pytest.raises(FileError, match=rf"another run \(process {os.getppid()}\) is writing it"),
        written_whole(target) as temporary,
    ):
        temporary.write_text("ours")
    assert list(tmp_path.iterdir()) == [other]
    os.utime(other, (0, 0))  # left by a run long ago, whose number another process has by now
    with written_whole(target) as temporary:
        temporary.write_text("ours")
    assert list(tmp_path.iterdir()) == [target]


def test_what_killed_runs_left_is_cleared(tmp_path, no_process):
    """Of this output only."""
    left = tmp_path / f".client.xlsx.{no_process}.part"
    of_another = tmp_path / f".other.xlsx.{no_process}.part"
    left.write_text("half")
    of_another.write_text("half")
    result = CliRunner().invoke(main, ["new", str(tmp_path / "client.xlsx")])
    assert result.exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [of_another.name, "client.xlsx"]


@pytest.mark.parametrize(
    "command", [["new"], ["batch", str(CARTA_EXAMPLE), "-o"], ["import", str(CARTA_EXAMPLE), "-o"]]
)
def test_a_name_that_no_file_can_have(tmp_path, command):
    """One sentence, and no traceback."""
    result = CliRunner().invoke(main, [*command, str(tmp_path / f"{'x' * 300}.xlsx")])
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_lone_carriage_return_ends_no_line_of_a_calendar(tmp_path):
    """Some programs would take what follows for an entry of its own."""
    due = Due(date(2026, 3, 1), "expiration", "ES-1", "a\rBEGIN:VEVENT\x00", "b\r\nc\rd\x1b", "IRC 422")
    write_calendar(tmp_path / "out.ics", [due], client="Ana\rBen\nCo")
    content = (tmp_path / "out.ics").read_bytes()
    assert not {b"\r", b"\x00", b"\x1b"} & {bytes([byte]) for byte in content.replace(b"\r\n", b"")}
    assert content.count(b"\nBEGIN:VEVENT") == 1


@pytest.mark.parametrize("day", [date.max, date.min])
def test_a_day_at_the_end_of_the_calendar(day):
    """No period can be counted from it, so it is refused where it stands."""
    with pytest.raises(ArgumentError, match=r"ES-1: .* is not between 1900 and 2200"):
        Portfolio((Grant("ES-1", "NSO", date(2024, 1, 1), 1.0, 100, vesting_start=day),))
    grant = Grant("ES-1", "NSO", date(2024, 1, 1), 1.0, 100)
    with pytest.raises(ArgumentError, match=r"the exercise: .* is not between 1900 and 2200"):
        Portfolio((grant,), (Exercise("ES-1", day, 1, fmv=2.0),))


def test_what_is_no_file_is_not_replaced(tmp_path):
    """A folder; nor a device, whose place a report to /dev/null would take where root may do so."""
    folder = tmp_path / "a.pdf"
    folder.mkdir()
    with pytest.raises(FileError, match="it is a folder or a device"), written_whole(folder) as temporary:
        temporary.write_text("ours")
    client = FOLDER / "alena.client.toml"
    result = CliRunner().invoke(main, ["report", str(client), "-o", str(folder), "--no-log", "--replace"])
    assert result.exit_code == 2
    assert "a.pdf: it is a folder or a device, which no file can replace; choose another name." in result.stderr
    assert folder.is_dir()
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize("name", ["Bob.xlsx", "Bob.client.toml", "letter"])
def test_a_report_takes_the_place_of_no_file_of_another_kind(tmp_path, name):
    """Though replacing is allowed: it may be another client's."""
    other = tmp_path / name
    other.write_text("another client")
    client = FOLDER / "alena.client.toml"
    result = CliRunner().invoke(main, ["report", str(client), "-o", str(other), "--no-log", "--replace"])
    assert result.exit_code == 2
    assert f"{name}: a report is a PDF file; give it a name that ends in .pdf." in result.stderr
    assert other.read_text() == "another client"
