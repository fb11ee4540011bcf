"""The log of a record: one row for each thing that is done to it, by every command that writes it."""

from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from click.testing import CliRunner

from tests.report.clients import ALENA, BLANK, COUPLE, TODAY
from workbook_templates.examples import CARTA_EXAMPLE
from xl_amt.cli import main
from xl_amt.client import Client, ClientRecord, LogEntry, Remark, ReportedFigures
from xl_amt.client.fingerprint import fingerprint
from xl_amt.client.toml_file import read_record, write_record
from xl_amt.errors import FileError
from xl_amt.jobs.check_client import check_client
from xl_amt.jobs.firm import Firm
from xl_amt.jobs.log import last_row, logged
from xl_amt.jobs.new_client import write_client
from xl_amt.jobs.recalc import recalc
from xl_amt.jobs.records import open_record
from xl_amt.jobs.report import report_record
from xl_amt.jobs.rewrite_client import log_client, rewrite_client
from xl_amt.law import law_fingerprint
from xl_amt.workbook.splice import Book

ANA = ClientRecord(client=Client(name="Ana"))
ASKED = Remark(level="ask", kind="grant date missing", about="ES-1", text="ES-1: ask when it was granted.")
HELD = ("--status", "single", "--year", "2026", "--income", "185000", "--fmv", "12.40")


def run(*words):
    """A command that does what it is told."""
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result.output


def what_of(path):
    """What the log of a client's file says was done, row by row."""
    return [row.what for row in open_record(path).log]


def test_the_log_is_no_part_of_the_fingerprint():
    """And each row has that of the record from then on."""
    done = logged(ANA, TODAY, "planned", "ES-1", "Least tax: 0.00.")
    assert fingerprint(done) == fingerprint(ANA) == done.log[0].fingerprint
    assert fingerprint(replace(ANA, client=Client(name="Eve"))) != fingerprint(ANA)


def test_a_change_by_hand_has_a_row_before_the_next():
    """It is found by the fingerprint of the last row; a record as a command left it has none."""
    first = logged(ANA, date(2026, 11, 2), "keyed", detail="New record.")
    by_hand = replace(first, client=Client(name="Ana Alvarez"))
    second = logged(by_hand, TODAY, "planned", before=by_hand)
    assert [(row.what, row.detail) for row in second.log[1:]] == [
        ("keyed", "Found changed by hand since 2026-11-02."),
        ("planned", ""),
    ]
    assert [row.what for row in logged(second, TODAY, "updated", before=second).log[3:]] == ["updated"]


def test_each_answer_has_one_row():
    """With the question and the answer; another answer has another row."""
    answered = replace(ANA, remarks=(replace(ASKED, answered="In May 2022."),))
    once = logged(answered, TODAY, "updated")
    assert once.log[0] == LogEntry(
        day=TODAY, what="answered", about="ES-1", detail="ES-1: ask when it was granted. Answer: In May 2022."
    )
    again = logged(once, TODAY, "planned")
    assert [row.what for row in again.log] == ["answered", "updated", "planned"]
    other = replace(again, remarks=(replace(ASKED, answered="In June."),))
    assert [row.what for row in logged(other, TODAY, "planned").log][3:] == ["answered", "planned"]


def test_what_is_done_twice_on_a_day_has_one_row():
    """The same thing with the same outcome; on another day it has a row of its own."""
    once = logged(ANA, TODAY, "reported", "room", figures=ReportedFigures(shares=3))
    assert logged(once, TODAY, "reported", "room", figures=ReportedFigures(shares=3)) == once
    assert len(logged(once, TODAY, "reported", "room", figures=ReportedFigures(shares=4)).log) == 2
    assert len(logged(once, date(2026, 12, 1), "reported", "room", figures=ReportedFigures(shares=3)).log) == 2


def test_the_last_row_is_that_of_the_latest_day():
    """However the rows are sorted; of one day it is the lowest."""
    days = (date(2026, 11, 3), date(2026, 11, 5), date(2026, 11, 5), date(2026, 11, 4))
    record = replace(ANA, log=tuple(LogEntry(day=day, what="planned", about=str(at)) for at, day in enumerate(days)))
    assert last_row(record).about == "2"
    assert last_row(record, before=date(2026, 11, 5)).about == "3"
    assert last_row(record, "reported") is None


@pytest.mark.parametrize("ending", [".client.toml", ".xlsx"])
def test_every_command_that_writes_adds_a_row(tmp_path, ending):
    """Import, update, plan --write, and report; new; the row of each holds the fingerprint of what was written."""
    path = tmp_path / f"ana{ending}"
    run("import", CARTA_EXAMPLE, "-o", path, *HELD)
    assert what_of(path) == ["imported"]
    run("update", path, CARTA_EXAMPLE)
    assert what_of(path) == ["imported"], "nothing was written"
    run("plan", path, "--write")
    run("report", path, "-o", tmp_path / "ana.pdf")
    record = open_record(path)
    assert [row.what for row in record.log] == ["imported", "planned", "reported"]
    assert record.log[0].about == "carta_example.xlsx"
    assert record.log[0].detail == "The record has 6 grants and 1 open question."
    assert record.log[1].detail.startswith("Least tax: ")
    assert record.log[2].about == "plan"
    assert record.log[1].fingerprint == record.log[2].fingerprint == fingerprint(record)
    new = tmp_path / f"new{ending}"
    run("new", new)
    assert what_of(new) == ["keyed"]


def test_leaving_and_an_update_add_a_row(tmp_path):
    """Leaving --write says the last day of work; an update, what differs."""
    path = tmp_path / "ana.client.toml"
    run("import", CARTA_EXAMPLE, "-o", path, *HELD)
    run("leaving", path, "--last-day", "2026-12-31", "--from", "2026-11-27", "--window", "90 days", "--write")
    row = read_record(path).log[-1]
    assert (row.what, row.detail) == ("planned", "Leaving: the last day of work is 2026-12-31.")
    other = tmp_path / "newer.xlsx"
    other.write_bytes(CARTA_EXAMPLE.read_bytes() + b"\0")
    run("update", path, other, "--as-of", "2026-12-01")
    row = read_record(path).log[-1]
    assert (row.what, row.about) == ("updated", "newer.xlsx")
    assert row.detail == "Nothing differs. The record has 6 grants."


def test_the_log_alone_is_brought_into_a_workbook(tmp_path):
    """Nothing but its sheet differs, and more rows than the table has spare ones make it grow."""
    path = write_client(COUPLE, tmp_path / "couple.xlsx")
    before = Book(path.read_bytes(), path.name)
    record = COUPLE
    for day in range(1, 29):
        record = logged(record, date(2026, 11, day), "reported", "plan", figures=ReportedFigures(shares=day, cash=-1.5))
    log_client(path, record, tmp_path / "before.xlsx")
    assert open_record(path) == record
    after = Book(path.read_bytes(), path.name)
    changed = {part for part in before.parts if before.parts[part] != after.parts[part]}
    names = {part: title for title, part in before.titles.items()}
    assert {names.get(part, part) for part in changed} <= {"Log", "xl/workbook.xml"}
    assert check_client(path) == ()


def test_a_workbook_whose_log_is_gone(tmp_path):
    """It is read all the same; a command that would add to the log says what to do, and leaves the file as it is."""
    path = write_client(BLANK, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    del book["Log"]
    for name in [name for name in book.defined_names if name.startswith("Log_")]:
        del book.defined_names[name]
    book.save(path)
    assert open_record(path) == BLANK
    content = path.read_bytes()
    with pytest.raises(FileError, match="it has no sheet Log, which the record needs now; make a new workbook from it"):
        log_client(path, logged(BLANK, TODAY, "reported"), tmp_path / "before.xlsx")
    assert path.read_bytes() == content


def test_a_rewritten_workbook_has_the_log_and_the_hash_of_the_law(tmp_path):
    """About says by which law and record the figures are, also after a command has written into the workbook."""
    path = write_client(ALENA, tmp_path / "alena.xlsx")
    record = replace(ALENA, client=replace(ALENA.client, name="Alena B."))
    after = logged(record, TODAY, "keyed", "name", "Another name.", before=ALENA)
    rewrite_client(path, ALENA, after, backup=tmp_path / "before.xlsx")
    assert open_record(path) == after
    book = Book(path.read_bytes(), path.name)
    told = [book.value("About", cell.place) for row in book.sheet("About").rows.values() for cell in row.cells]
    assert any(f"Its fingerprint is {fingerprint(after)}" in str(words) for words in told)
    assert "The sheet Log says what was imported, changed, answered and reported, and when; rows: 1." in told
    assert law_fingerprint(["US"]) in told


@pytest.mark.parametrize("ending", [".client.toml", ".xlsx"])
def test_check_says_whether_it_is_the_reported_record(tmp_path, ending):
    """Nothing for the reported one; of another one, since when, and which of the three figures differ."""
    path = write_client(COUPLE, tmp_path / f"couple{ending}")
    assert check_client(path) == ()
    reported = report_record(COUPLE, date(2026, 11, 2), Firm()).record
    log_client(path, reported, tmp_path / f"before{ending}")
    assert check_client(path) == ()
    more = replace(reported, years=(replace(reported.years[0], income=300_000.0), *reported.years[1:]))
    rewrite_client(path, reported, more, backup=tmp_path / f"second{ending}")
    (finding,) = check_client(path)
    assert finding.kind == "reported"
    assert str(finding) == (
        "it is not the record that was reported on 2026-11-02: changed by hand since then; up by $243 of AMT, up by "
        "$458 of cash; run xl-amt report."
    )
    planned = logged(more, TODAY, "updated", "newer.xlsx", before=more)
    rewrite_client(path, more, planned, backup=tmp_path / f"third{ending}")
    (finding,) = check_client(path)
    assert "changed since 2026-11-27 (keyed)" in finding.sentence


def test_recalc_leaves_the_log(tmp_path):
    """It changes values, and no record."""
    path = write_client(logged(ALENA, TODAY, "keyed"), tmp_path / "alena.xlsx")
    recalc(path, TODAY)
    assert what_of(path) == ["keyed"]


def test_a_log_in_a_toml_file_reads_back(tmp_path):
    """And a row that is none is one sentence with its place."""
    record = logged(COUPLE, TODAY, "reported", "plan", figures=ReportedFigures(shares=19_000, amt=1.5, cash=-2.25))
    path = write_record(record, tmp_path / "couple.client.toml")
    assert read_record(path) == record
    path.write_text(path.read_text("utf-8").replace('what = "reported"', 'what = "done"'), "utf-8")
    with pytest.raises(FileError, match=r"\[\[log\]\] 1, what: 'done' is not .*keyed"):
        read_record(path)
